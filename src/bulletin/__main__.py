"""Entry point of the console script and of `python -m bulletin`."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        from bulletin.cli import run

        run()
    except KeyboardInterrupt:  # while the program itself is being read
        sys.exit(130)


if __name__ == "__main__":
    main()
