"""What every command is wrapped in: errors as messages, interrupts, and readers of our output that leave early."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Final

import typer

from summitry.errors import SummitryError

OFF = 2
"""Exit status: the words of the call are off, or nothing could be read."""

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the number of SIGINT, as shells have it."""


class Stopped(Exception):
    """Ctrl-C, with a line about what stands."""


def plain_streams() -> None:
    """Let no character that the terminal's encoding lacks stop the output."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


_ACTS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls that a terminal obeys, marks that turn the writing direction, halves of characters: as in names of files."""


def say(message: str) -> None:
    """A message for a person, to stderr; nothing in it steers the terminal."""
    typer.echo(_ACTS.sub("\N{REPLACEMENT CHARACTER}", message), err=True)


@contextmanager
def guarded() -> Iterator[None]:
    """Run a command: never a traceback for bad input; a bug is one line, and a traceback with SUMMITRY_DEBUG set.

    Raises:
        typer.Exit: with the status of the command.
    """
    try:
        yield
        sys.stdout.flush()
    except typer.Exit:
        _flush()
        raise
    except BrokenPipeError:
        # Whoever reads our output has seen enough (`| head`). Python would complain again when it closes stdout.
        _silence_stdout()
        raise typer.Exit(0) from None
    except Stopped as stopped:
        say(f"stopped: {stopped}")
        raise typer.Exit(INTERRUPTED) from None
    except KeyboardInterrupt:
        say("stopped")
        raise typer.Exit(INTERRUPTED) from None
    except SummitryError as error:
        if os.environ.get("SUMMITRY_DEBUG"):
            raise
        say(f"summitry: {error}")
        raise typer.Exit(OFF) from None
    except Exception as error:
        if os.environ.get("SUMMITRY_DEBUG"):
            raise
        say(
            f"summitry: this is a bug: {type(error).__name__}: {error}; set SUMMITRY_DEBUG=1 and run again to see "
            "where, and report it with the input; of a record, first see whether it is whole: summitry check"
        )
        raise typer.Exit(OFF) from None


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()


def _silence_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
