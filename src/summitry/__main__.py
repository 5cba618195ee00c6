"""``python -m summitry`` is the command line."""

from summitry.cli import main

if __name__ == "__main__":
    main()
