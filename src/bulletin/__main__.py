"""Entry point of the console script and of `python -m bulletin`."""

from __future__ import annotations


def main() -> None:
    from bulletin.cli import run

    run()


if __name__ == "__main__":
    main()
