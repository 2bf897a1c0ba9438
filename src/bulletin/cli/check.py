"""`check`: what was found by file, what became of every row and cell, the reports, and the sheets of approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import MOST, Console, speaking
from bulletin.cli.options import Languages, Log, LogFormat, Messages, Project, Quiet, ReportFormat, Strict
from bulletin.cli.report_file import report_file
from bulletin.load.messages import languages_of_messages, load_messages
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.messages import figure, filled, message

if TYPE_CHECKING:
    from bulletin.load.account import FileAccount
    from bulletin.load.explain import ParsedCell
    from bulletin.pipeline.check import Checked
    from bulletin.pipeline.explain import Explained


def check(
    project: Project,
    language: Languages = None,
    strict: Strict = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Mostra cada célula como está e como foi lida / shows every cell as sent and as read."),
    ] = False,
    file: Annotated[
        list[str] | None, typer.Option("--file", help="Com --explain: só este ficheiro / only this file (repetível).")
    ] = None,
    report: Annotated[
        ReportFormat | None,
        typer.Option(
            "--report", help="Escreve também um relatório: json, xlsx (com a folha de aprovação) ou html / writes a report."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Com --report: o ficheiro / with --report: the file. [PROJETO/work/check.*]"),
    ] = None,
    approvals: Annotated[
        list[Path] | None,
        typer.Option("--approvals", help="Lê folhas de aprovação preenchidas / reads sheets of approval filled in (repetível)."),
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Lê e verifica tudo, conta o que encontrou; só escreve o relatório que se pede.

    Reads and checks everything, tells what it found; writes only the report asked for.
    """
    with speaking(project, messages, quiet, log) as console:
        path = report_file(console, report and report.value, output) or project / "work" / f"check.{report}"
        if explain or file:
            _explain(console, project, tuple(file or ()))
            return
        if approvals:
            _signed(console, project, approvals)
            return
        from bulletin.pipeline.check import check
        from bulletin.pipeline.prepare import stands_against

        checked = check(project, console.progress, tuple(language or ()))
        _checked(console, checked)
        if report:
            _reported(console, checked, report.value, path)
        if stands_against(checked.findings, strict=strict):
            raise typer.Exit(1)


def _checked(console: Console, checked: Checked) -> None:
    """Findings by file, then sheet and cell, the most severe first; then what became of the rows, and what is to be approved."""
    from bulletin.pipeline.approve import contents_id, institutions

    _by_file(console, checked.findings)
    _accounts(console, checked.prepared.accounting)
    if checked.prepared.project.edition.status != "draft":
        known = {i.id: i.acronym for i in checked.prepared.project.country.institutions}
        names = ", ".join(known[i] for i in institutions(checked.prepared, checked.composed)) or "–"
        console.say("check_contents", build=contents_id(checked.prepared, checked.composed), institutions=names)
    console.counts(checked.findings)


def _by_file(console: Console, findings: tuple[Finding, ...]) -> None:
    from bulletin.model.report import Line, counts, grouped, level_of

    if console.as_json:
        console.findings(findings)
        return
    lines = []
    for f in findings:
        bare = Finding(f.rule, f.severity, key=f.key, parameters=f.parameters)
        said = (message(bare, console.texts), "", f.waived)
        place = f.place
        lines.append(
            Line(f.rule, level_of(f.severity, f.waived), place.file, place.sheet, place.cell, place.column, f.key, *said)
        )
    shown = tuple(f for f in lines if f.level == "error" or (f.level != "info" and not console.quiet))
    left = MOST
    for file, found in grouped(shown):
        told = ", ".join(
            f"{console.texts[f'report_{level}'].lower()} {figure(n, console.texts)}" for level, n in counts(found).items() if n
        )
        if left > 0:
            typer.echo(
                filled(
                    console.texts["check_file"], console.texts, {"file": file or console.texts["report_whole"], "counts": told}
                ),
                err=True,
            )
        for line in found[: max(left, 0)]:
            where = str(Place(line.file, line.sheet, line.cell, line.column))
            level = console.texts.get(f"severity_{line.level}", line.level)
            typer.echo(f"  [{level}] {where + ': ' if where else ''}{line.message}", err=True)
        left -= len(found)
    if len(shown) > MOST:
        console.say("more", error=True, count=len(shown) - MOST)


def _reported(console: Console, checked: Checked, kind: str, path: Path) -> None:
    from bulletin.pipeline.report import REPORTS, make_report

    report = make_report(checked.prepared, checked.composed, checked.findings, console.texts, console.language)
    console.wrote(path, REPORTS[kind](report, checked.prepared.project.theme))


def _signed(console: Console, root: Path, files: Sequence[Path]) -> None:
    """Lines for bulletin.yaml on the screen, what is wrong with the answers beside them."""
    from bulletin.pipeline.sign import read_signed
    from bulletin.write.approvals import write_approvals

    words = [console.texts, *(load_messages(known) for known in languages_of_messages())]
    found = read_signed(root, files, console.progress, words)
    console.findings(found.findings)
    if console.as_json:
        for a in found.approvals:
            console.event({"event": "approval"} | asdict(a))
    else:
        typer.echo(write_approvals(found.approvals))
    if any(f.severity is Severity.ERROR for f in found.findings):
        raise typer.Exit(1)


def _explain(console: Console, project: Path, files: tuple[str, ...]) -> None:
    from bulletin.pipeline.explain import explain
    from bulletin.pipeline.prepare import stands_against

    explained = explain(project, console.progress, files)
    _explained(console, explained)
    if stands_against(explained.findings, strict=False):
        raise typer.Exit(1)


def _explained(console: Console, found: Explained) -> None:
    """Every cell with its address, as sent and as read; then what became of the rows, and what is wrong."""
    for file in dict.fromkeys(a.file for a in found.accounting):
        cells = [c for c in found.cells if c.file == file]
        if console.as_json:
            for c in cells:
                console.event({"event": "cell"} | asdict(c))
            continue
        for sheet in dict.fromkeys(c.sheet for c in cells):
            typer.echo(f"\n{file}{f' [{sheet}]' if sheet else ''}")
            heads = tuple(console.texts[f"explain_{h}"] for h in ("cell", "sent", "value", "coordinates", "why"))
            rows = [_cell(console, c) for c in cells if c.sheet == sheet]
            widths = [min(max(len(r[i]) for r in (heads, *rows)), 32) for i in range(3)]
            for row in (heads, *rows):
                typer.echo("  ".join(t.ljust(w) for t, w in zip(row, (*widths, 0, 0), strict=True)).rstrip())
    if not console.as_json:
        typer.echo("")
    console.findings(found.findings, notes=True)
    _accounts(console, found.accounting)
    console.counts(found.findings)


def _cell(console: Console, cell: ParsedCell) -> tuple[str, str, str, str, str]:
    read = " ".join(t for t in (cell.value, f"[{cell.status}]" if cell.status not in ("", "A") else "") if t)
    coordinates = " ".join(f"{k}={v}" for k, v in cell.coordinates.items())
    said = console.texts.get(f"ignored_{cell.reason}", cell.reason)
    why = f"({said})" if cell.outcome == "used" and said else said
    outcome = "" if cell.outcome == "used" else console.texts[f"explain_{cell.outcome}"]
    return cell.cell, _line(cell.sent), read or outcome, coordinates, why


def _accounts(console: Console, accounts: Sequence[FileAccount]) -> None:
    """What became of the rows of every file, with the reasons."""
    for a in accounts:
        if console.as_json:
            console.event({"event": "account"} | asdict(a))
        elif console.quiet:
            continue
        elif a.unread:
            console.say("account_unread", file=a.file)
        else:
            console.say("account", file=a.file, read=a.read, used=a.used, rejected=a.rejected, ignored=a.ignored)
            told = [f"{console.texts.get(f'ignored_{r}', r)} ({n})" for r, n in a.ignored_by.items() if r != "blank"]
            for key, reasons in (("rejected", [f"{r} ({n})" for r, n in a.rejected_by.items()]), ("ignored", told)):
                if reasons:
                    console.say(f"account_{key}", reasons=", ".join(reasons))


def _line(text: str) -> str:
    """On one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 32 else flat[:31] + "…"
