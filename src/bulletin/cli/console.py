"""How every command speaks: progress, findings, tables, errors; on a terminal, in plain lines, or as JSON lines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import typer

from bulletin.cli.options import LogFormat
from bulletin.errors import BulletinError
from bulletin.load.messages import declared_language, languages_of_messages, load_messages
from bulletin.model.finding import Finding, Severity, by_severity
from bulletin.pipeline.messages import figure, message, said

TOLD = frozenset({"pdf-by-typst"})
"""Notes that say how the files were made: told even where notes are only counted."""
UNEXPLAINED = "warnings-unexplained"
"""The error that stands for all the warnings."""
MOST = 60
"""Findings printed in full; the rest is counted and stands in work/findings.json."""
INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells have it."""


class Console:
    """A context in which any error becomes messages and an exit code; no traceback ever reaches the user."""

    def __init__(self, language: str, *, quiet: bool = False, as_json: bool = False, makes: str = "reading") -> None:
        """`makes`: `edition` or `files` where a command writes, `reading` where it only reads."""
        self.language = language
        self.texts = load_messages(language)
        self.quiet = quiet
        self.as_json = as_json
        self.makes = makes

    def __enter__(self) -> Console:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        match error:
            case None | typer.Exit():
                return
            case BulletinError():
                self.stopped(error.findings)
                if not any(f.rule == "edition-between" for f in error.findings):
                    self.say(f"stopped_{self.makes}", error=True)
                raise typer.Exit(error.exit_code)
            case BrokenPipeError():
                # Whoever reads the answer (`| head`) has had enough.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit
            case KeyboardInterrupt():
                self.say(f"interrupted_{self.makes}", error=True)
                raise typer.Exit(INTERRUPTED)
            case Exception():
                where = self.record(error)
                self.say("unexpected", error=True, reason=str(error) or type(error).__name__, file=where)
                raise typer.Exit(2)

    def progress(self, stage: str, detail: str) -> None:
        """Begins a stage. A detail of digits is a count."""
        if self.as_json:
            self.event({"event": "stage", "stage": stage, "detail": detail})
        elif not self.quiet:
            text = self.texts.get(f"stage_{stage}", stage)
            shown = figure(int(detail), self.texts) if detail.isdecimal() else detail
            typer.echo(f"· {text}{f' ({shown})' if shown else ''}", err=True)

    def findings(self, findings: Iterable[Finding], *, notes: bool = False) -> None:
        found = sorted(
            findings, key=lambda f: (f.severity is not Severity.ERROR, bool(f.waived), f.place.file, f.rule, str(f.place))
        )
        shown = [
            f
            for f in found
            if (notes or f.severity is not Severity.INFO or f.rule in TOLD)
            and (not self.quiet or (f.severity is Severity.ERROR and not f.waived))
        ]
        for finding in shown[:MOST]:
            text = message(finding, self.texts)
            level = "waived" if finding.waived else finding.severity.value
            if self.as_json:
                self.event({"event": "finding", "rule": finding.rule, "severity": level, "key": finding.key, "message": text})
            else:
                typer.echo(f"[{self.texts.get(f'severity_{level}', level)}] {text}", err=True)
        if len(shown) > MOST and not self.as_json:
            self.say("more", error=True, count=len(shown) - MOST)

    def stopped(self, findings: Sequence[Finding]) -> None:
        """What stands against going on: the errors where there are any, and how many warnings wait behind them; the warnings
        too where they are all that stands against it."""
        errors = [f for f in findings if f.severity is Severity.ERROR and not f.waived]
        only_warnings = all(f.rule == UNEXPLAINED for f in errors)
        self.findings(findings if only_warnings else errors)
        waiting = sum(f.severity is Severity.WARNING and not f.waived for f in findings)
        if waiting and not only_warnings and not self.quiet:
            self.say("warnings_wait", error=True, count=waiting)

    def counts(self, findings: tuple[Finding, ...]) -> None:
        counts = by_severity(findings)
        if self.as_json:
            self.event({"event": "findings", **counts})
        elif not self.quiet:
            self.say("counts", errors=counts["error"], warnings=counts["warning"], infos=counts["info"], waived=counts["waived"])

    def table(self, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        if sys.stdout.isatty():
            from rich.console import Console as Terminal
            from rich.table import Table

            table = Table(box=None, pad_edge=False)
            for i, title in enumerate(head):
                table.add_column(title, justify="right" if i else "left")
            for row in rows:
                table.add_row(*row)
            Terminal().print(table)
            return
        widths = [max(len(r[i]) for r in (head, *rows)) for i in range(len(head))]
        for row in (head, *rows):
            typer.echo("  ".join(c.ljust(w) if not i else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))))

    def size(self, count: int) -> str:
        """`count`: bytes."""
        return f"{figure(round(count / 1024), self.texts)} kB"

    def say(self, key: str, *, error: bool = False, **parameters: str | float) -> None:
        text = said(self.texts, key, **parameters)
        if self.as_json:
            self.event({"event": key, "message": text})
        elif error or not self.quiet:
            typer.echo(text, err=error)

    def event(self, event: dict[str, object]) -> None:
        typer.echo(json.dumps(event, ensure_ascii=True))

    def wrote(self, path: Path, data: bytes) -> None:
        from bulletin.pipeline.save import save_file

        save_file(path, data)
        self.say("wrote", file=str(path))

    def record(self, error: BaseException) -> str:
        """Keeps the technical details in a file, for whoever looks into it."""
        import tempfile
        import traceback

        with tempfile.NamedTemporaryFile("w", suffix=".log", prefix="bulletin-", delete=False, encoding="utf-8") as log:
            log.write("".join(traceback.format_exception(error)))
        return log.name


def speaking(root: Path, messages: str | None, quiet: bool, log: LogFormat, makes: str = "reading") -> Console:
    """In the language asked for, or that of the project in `root`."""
    known = languages_of_messages()
    console = Console(
        messages if messages in known else declared_language(root), quiet=quiet, as_json=log is LogFormat.json, makes=makes
    )
    if messages and messages not in known:
        refuse(console, "usage-no-messages", found=messages, known=", ".join(known))
    return console


def refuse(console: Console, rule: str, **parameters: str) -> NoReturn:
    """A command that was not written as it should be."""
    console.findings([Finding(rule, Severity.ERROR, parameters=parameters)])
    raise typer.Exit(2)
