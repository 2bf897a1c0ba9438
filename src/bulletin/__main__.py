"""Entry point of the console script and of `python -m bulletin`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    _without_the_folder_of_the_command()
    if sys.argv[1:] == ["--help"]:
        _tell_help()
        return
    try:
        from bulletin.cli import run

        run()
    except KeyboardInterrupt:  # while the program itself is being read
        sys.exit(130)
    except SystemExit as end:
        _leave(end)


def _leave(end: SystemExit) -> None:
    """At once: taking apart what a build holds in memory, object by object, keeps whoever waits for the command waiting."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads any more
        raise end from None
    if end.code is None or isinstance(end.code, int):
        os._exit(end.code or 0)
    raise end


def _tell_help() -> None:
    """The page as `tools/write_help.py` keeps it: asked for often, and most of its time went into making it anew."""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "cli", "help.txt"), encoding="utf-8") as page:
        said = page.read()
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.stdout.write(said)


def _without_the_folder_of_the_command() -> None:
    """`python -m` would take modules from there before all others: a project that was sent might bring some."""
    here = os.getcwd()
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if sys.path and sys.path[0] in ("", here) and own != here:
        del sys.path[0]


if __name__ == "__main__":
    main()
