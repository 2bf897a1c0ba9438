"""Entry point of the console script and of `python -m bulletin`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    _without_the_folder_of_the_command()
    try:
        from bulletin.cli import run

        run()
    except KeyboardInterrupt:  # while the program itself is being read
        sys.exit(130)


def _without_the_folder_of_the_command() -> None:
    """`python -m` would take modules from there before all others: a project that was sent might bring some."""
    here = os.getcwd()
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if sys.path and sys.path[0] in ("", here) and own != here:
        del sys.path[0]


if __name__ == "__main__":
    main()
