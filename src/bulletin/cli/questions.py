"""`trace` and `impact`: where a figure comes from, and what other data would change."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import Console, speaking
from bulletin.cli.options import JsonReport, Languages, Log, LogFormat, Messages, Project, Quiet

if TYPE_CHECKING:
    from bulletin.ledger.answer import Answer
    from bulletin.pipeline.impact import Foreseen


def trace(
    edition: Annotated[
        Path,
        typer.Argument(metavar="EDIÇÃO", help="Pasta de saída, projeto ou editions/<id> / output folder, project or edition."),
    ],
    question: Annotated[
        str,
        typer.Argument(
            metavar="PERGUNTA",
            help="Valor («44 007»), frase, quadro («Quadro 3.2 / Total / 2024»), código de um valor ou célula de um ficheiro / "
            "figure, sentence, table, id of a figure or cell of a file.",
        ),
    ],
    report: Annotated[JsonReport | None, typer.Option("--report", help="Tudo em JSON / all of it as JSON: json.")] = None,
    messages: Messages = None,
    log: Log = LogFormat.text,
) -> None:
    """De onde vem um valor ou uma frase: onde está impresso, cálculo, ficheiro, célula e fonte. Não constrói nada.

    Where a figure or sentence comes from: where it is printed, calculation, file, cell and source. Builds nothing.
    """
    with speaking(edition, messages, False, log) as console:
        from bulletin.ledger.answer import UNFOUND
        from bulletin.ledger.search import MOST
        from bulletin.pipeline.trace import trace

        found = trace(edition, question, most=sys.maxsize if report else MOST, progress=console.progress)
        _traced(console, found, in_json=report is not None)
        if found.outcome in UNFOUND:
            raise typer.Exit(1)


def _traced(console: Console, found: Answer, *, in_json: bool) -> None:
    from bulletin.pipeline.trace import as_json
    from bulletin.pipeline.trace_text import told

    if console.as_json or in_json:
        typer.echo(
            json.dumps({**({"event": "trace"} if console.as_json else {}), **as_json(found)}, ensure_ascii=console.as_json)
        )
        return
    for line in told(found, console.texts):
        typer.echo(line)


def impact(
    project: Project,
    change: Annotated[
        list[str],
        typer.Option(
            "--change",
            help="FICHEIRO=OUTRO, FICHEIRO:LINHA=VALOR, FICHEIRO[FOLHA]!CÉLULA=VALOR, ou só FICHEIRO: desde a construção (repetível) / "
            "FILE=OTHER, FILE:LINE=FIGURE, FILE[SHEET]!CELL=FIGURE, or FILE alone: since the build (repeatable).",
        ),
    ],
    language: Languages = None,
    report: Annotated[JsonReport | None, typer.Option("--report", help="Tudo em JSON / all of it as JSON: json.")] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """O que mudaria com outros dados: valores, afirmações, frases, quadros e gráficos, em que línguas. Não escreve nada.

    What other data would change: figures, claims, sentences, tables and charts, in which languages. Writes nothing.
    """
    with speaking(project, messages, quiet, log) as console:
        from bulletin.pipeline.impact import impact

        found = impact(project, change, console.progress, languages=tuple(language or ()))
        _foreseen(console, found, in_json=report is not None)
        if found.refused:
            raise typer.Exit(1)


def _foreseen(console: Console, found: Foreseen, *, in_json: bool) -> None:
    from bulletin.pipeline.impact import as_json
    from bulletin.pipeline.impact_text import counts, told

    if console.as_json or in_json:
        typer.echo(
            json.dumps({**({"event": "impact"} if console.as_json else {}), **as_json(found)}, ensure_ascii=console.as_json)
        )
        return
    for line in [counts(found.impact, console.texts)] if console.quiet else told(found, console.texts):
        typer.echo(line)
