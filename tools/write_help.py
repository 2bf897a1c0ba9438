"""Writes src/bulletin/cli/help.txt, the first page of help as the command line itself makes it, 80 columns wide."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[1] / "src" / "bulletin" / "cli" / "help.txt"


def page() -> str:
    from typer.testing import CliRunner

    from bulletin.cli import app

    result = CliRunner().invoke(app, ["--help"], prog_name="bulletin", env={"COLUMNS": "80", "TERMINAL_WIDTH": "80"})
    return result.output


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
