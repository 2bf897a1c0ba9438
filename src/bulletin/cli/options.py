"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bulletin.model.dataset import LANGUAGES


class LogFormat(StrEnum):
    text = "text"
    json = "json"


class ComparisonReport(StrEnum):
    json = "json"
    xlsx = "xlsx"


class JsonReport(StrEnum):
    json = "json"


class ReportFormat(StrEnum):
    json = "json"
    xlsx = "xlsx"
    html = "html"


class Format(StrEnum):
    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"
    html = "html"
    data = "data"


class PdfEngine(StrEnum):
    weasyprint = "weasyprint"
    typst = "typst"


class Layout(StrEnum):
    separate = "separate"
    side_by_side = "side-by-side"


Project = Annotated[Path, typer.Argument(metavar="PROJETO", help="Pasta do país (com bulletin.yaml) / country folder.")]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--language", "-l", help="Só esta língua (repetível) / only this language (repeatable): " + ", ".join(LANGUAGES) + "."
    ),
]
Messages = Annotated[
    str | None, typer.Option("--messages", help="Língua das mensagens / language of messages: pt, en. [bulletin.yaml]")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Só erros / errors only.")]
Log = Annotated[
    LogFormat, typer.Option("--log-format", help="text, ou uma linha JSON por acontecimento / or one JSON line an event.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Os avisos contam como erros / warnings count as errors.")]
