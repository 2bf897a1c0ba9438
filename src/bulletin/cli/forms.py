"""`form write`, `form read` and `form status`: collection forms out, in, and who has sent what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import Console, speaking
from bulletin.cli.options import Log, LogFormat, Messages, Project, Quiet
from bulletin.model.quality import Arrival
from bulletin.pipeline.messages import figure, said

if TYPE_CHECKING:
    from bulletin.model.quality import Availability
    from bulletin.pipeline.form_read import ReadForm
    from bulletin.pipeline.form_status import Sender
    from bulletin.pipeline.form_write import WrittenForms


def form_write(
    project: Project,
    institution: Annotated[
        list[str] | None,
        typer.Option("--institution", "-i", help="Só esta instituição (repetível) / only this institution (repeatable)."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Pasta de saída / output folder. [PROJETO/forms]")] = None,
    year: Annotated[
        int | None, typer.Option("--year", "-y", min=1950, max=2100, help="Ano de referência / reference year. [bulletin.yaml]")
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Escreve um formulário XLSX por instituição, com o último valor conhecido ao lado de cada célula.

    Writes one XLSX form per institution, with the last known figure beside each cell.
    """
    with speaking(project, messages, quiet, log, "files") as console:
        from bulletin.pipeline.form_write import write_forms

        _forms_written(
            console, write_forms(project, console.progress, institutions=tuple(institution or ()), output=output, year=year)
        )


def _forms_written(console: Console, written: WrittenForms) -> None:
    if console.as_json:
        for f in written.forms:
            console.event(
                {"event": "form", "file": f.path.name, "institution": f.institution, "tables": f.tables, "cells": f.cells}
            )
    elif not console.quiet:
        head = (console.texts["head_file"], console.texts["head_tables"], console.texts["head_cells"])
        console.table(head, [(f.path.name, str(f.tables), figure(f.cells, console.texts)) for f in written.forms])
    console.findings(written.findings, notes=True)
    console.say("forms_written", count=len(written.forms), folder=str(written.folder))


def form_read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FICHEIRO…", help="Formulários recebidos / forms received (.xlsx, .ods).")
    ],
    project: Annotated[
        Path,
        typer.Option("--project", "-p", metavar="PROJETO", help="Pasta do país / country folder. [pasta atual / this folder]"),
    ] = Path(),
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Pasta das cópias a corrigir / folder of copies to correct. [PROJETO/forms]"),
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Lê os formulários recebidos para data/forms; com erros, não escreve dados e faz uma cópia comentada para devolver.

    Reads returned forms into data/forms; with errors it writes no data and makes a copy with comments to send back.
    """
    with speaking(project, messages, quiet, log, "files") as console:
        from bulletin.load.files import read_path
        from bulletin.pipeline.form_read import read_forms

        for path in files:
            read_path(path, path.name)
        if not _forms_read(console, read_forms(project, console.progress, tuple(files), output=output)):
            raise typer.Exit(1)


def _forms_read(console: Console, forms: Sequence[ReadForm]) -> bool:
    """True when every form was taken in."""
    console.findings([f for form in forms for f in form.findings])
    for form in forms:
        result = str(form.table) if form.table else console.texts["forms_refused"]
        if console.as_json:
            console.event(
                {
                    "event": "form",
                    "file": form.file,
                    "institution": form.institution,
                    "year": form.year,
                    "answered": form.answered,
                    "unanswered": form.unanswered,
                    "table": form.table.name if form.table else "",
                    "copy": form.copy.name if form.copy else "",
                    "notes": list(form.notes),
                }
            )
            continue
        if form.answered or form.unanswered:
            console.say("forms_row", file=form.file, answered=form.answered, unanswered=form.unanswered, result=result)
        else:
            console.say("forms_row_none", file=form.file, result=result)
        if form.copy:
            console.say("forms_copy", file=str(form.copy))
        for note in form.notes:
            console.say("forms_note", note=note)
    console.say("forms_read", taken=sum(not f.refused for f in forms), count=len(forms))
    return not any(f.refused for f in forms)


def form_status(
    project: Project,
    institution: Annotated[
        list[str] | None,
        typer.Option("--institution", "-i", help="Só esta instituição (repetível) / only this institution (repeatable)."),
    ] = None,
    year: Annotated[list[int] | None, typer.Option("--year", "-y", help="Só este ano (repetível) / only this year.")] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on", formats=["%Y-%m-%d"], help="Dia em que se julga o atraso / day to judge lateness by. [release_date]"
        ),
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Diz quem já enviou o quê: valores recebidos e esperados, por instituição, indicador e ano; o que está atrasado ou falta.

    Tells who has sent what: figures received and expected, by institution, indicator and year; what is late or missing.
    """
    with speaking(project, messages, quiet, log) as console:
        from bulletin.pipeline.form_status import form_status

        found = form_status(
            project,
            console.progress,
            institutions=tuple(institution or ()),
            years=tuple(year or ()),
            on=f"{on:%Y-%m-%d}" if on else "",
        )
        _forms_status(console, found)


def _forms_status(console: Console, senders: Sequence[Sender]) -> None:
    """Per institution a line, then received/expected by indicator and year, with a mark where nothing was sent in time."""
    for sender in senders:
        if console.as_json:
            for e in sender.entries:
                console.event(
                    {
                        "event": "availability", "institution": e.institution, "indicator": e.indicator, "year": e.year,
                        "state": e.state.value, "expected": e.expected, "received": e.received, "due": sender.due,
                    }
                )  # fmt: skip
            continue
        read = [("forms_has", sender.forms), ("forms_has_not", sender.waiting)] if sender.institution else []
        form = "; ".join(said(console.texts, key, years=", ".join(map(str, years))) for key, years in read if years)
        name = sender.institution or console.texts["forms_nobody"]
        late = sender.counted(Arrival.LATE)
        console.say("forms_sender", institution=name, due=sender.due or "–", form=form or "–", late=late)
        if console.quiet:
            continue
        cells = {(e.indicator, e.year): e for e in sender.entries}
        rows = []
        for indicator in dict.fromkeys(e.indicator for e in sender.entries):
            found = [cells.get((indicator, year)) for year in sender.years]
            rows.append((f"  {indicator}", *(_arrival(e) for e in found)))
        if not rows:
            continue
        console.table((console.texts["head_indicator"], *(str(y) for y in sender.years)), rows)
    console.say("forms_signs")


def _arrival(entry: Availability | None) -> str:
    """`3/48`, with the letter of a state that the numbers do not tell."""
    if entry is None:
        return ""
    mark = {Arrival.LATE: " !", Arrival.PROVISIONAL: " p", Arrival.ILLUSTRATIVE: " i"}.get(entry.state, "")
    return f"{entry.received}/{entry.expected}{mark}"
