"""The command line: thin commands, each one public function of the Python interface.

Data goes to stdout, progress and messages to stderr. Exit status: 0 done; 1 some inputs were rejected; 2 the words of
the call are off or nothing could be read. Heavy imports happen inside the commands, so that ``--help`` answers at once.
"""

from summitry.cli.app import app, main

__all__ = ["app", "main"]
