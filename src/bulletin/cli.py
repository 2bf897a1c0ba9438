"""The command line: the only module that prints or sets an exit code."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.shipped import shipped

if TYPE_CHECKING:
    from bulletin.console import Console

_COUNTRIES = ", ".join(sorted(p.stem for p in shipped("config", "countries").glob("*.yaml")))

app = typer.Typer(
    name="bulletin",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Boletim Estatístico sobre Proteção Social: dos quadros de dados ao PDF e ao DOCX, em duas línguas.\n\n"
    "Statistical Bulletin on Social Protection: from data tables to PDF and DOCX, in two languages.",
    epilog="0: sem problemas / fine. 1: erros nos dados / errors in the data. 2: uso ou configuração / usage or configuration. "
    "3: não se pode escrever / cannot write.",
)


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


Project = Annotated[Path, typer.Argument(metavar="PROJETO", help="Pasta do país (com bulletin.yaml) / country folder.")]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", "-l", help="Só esta língua (repetível) / only this language (repeatable): pt, en."),
]
Messages = Annotated[
    str | None, typer.Option("--messages", help="Língua das mensagens / language of messages: pt, en. [bulletin.yaml]")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Só erros / errors only.")]
Log = Annotated[
    LogFormat, typer.Option("--log-format", help="text, ou uma linha JSON por acontecimento / or one JSON line an event.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Os avisos contam como erros / warnings count as errors.")]


def _version(wanted: bool) -> None:
    if wanted:
        from bulletin import __version__

        typer.echo(f"bulletin {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Versão / version.")] = False,
) -> None:
    pass


@app.command("init")
def _init(
    folder: Annotated[Path | None, typer.Argument(metavar="PASTA", help="Pasta nova / new folder.")] = None,
    country: Annotated[str | None, typer.Option("--country", "-c", help=f"País / country: {_COUNTRIES}.")] = None,
    origin: Annotated[
        Path | None,
        typer.Option("--from", metavar="PROJETO", help="Prepara a edição seguinte deste projeto / next edition of this project."),
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Cria um projeto novo para um país, ou com --from a edição seguinte de um projeto; constrói-se logo, mesmo sem dados.

    Makes a new project for a country, or with --from the next edition of a project; it builds at once, even without data.
    """
    if (origin is None) == (country is None) or (origin is None and folder is None):
        raise typer.BadParameter("PASTA --country PAÍS | --from PROJETO [PASTA]")
    with _console(origin or folder or Path(), messages, quiet, log) as console:
        if origin is not None:
            from bulletin.pipeline.init_from import init_from

            console.advanced(init_from(origin, folder, console.progress))
        elif folder is not None and country is not None:
            from bulletin.pipeline.init import init

            console.created(folder, init(folder, country.lower()))


@app.command("check")
def _check(
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
    with _console(project, messages, quiet, log) as console:
        if explain or file:
            _explain(console, project, tuple(file or ()))
            return
        if approvals:
            console.signed(project, approvals)
            return
        from bulletin.pipeline.check import check
        from bulletin.pipeline.prepare import stands_against

        checked = check(project, console.progress, tuple(language or ()))
        console.checked(checked)
        if report:
            console.reported(checked, report.value, output or project / "work" / f"check.{report.value}")
        if stands_against(checked.findings, strict=strict):
            raise typer.Exit(1)


def _explain(console: Console, project: Path, files: tuple[str, ...]) -> None:
    from bulletin.pipeline.explain import explain
    from bulletin.pipeline.prepare import stands_against

    explained = explain(project, console.progress, files)
    console.explained(explained)
    if stands_against(explained.findings, strict=False):
        raise typer.Exit(1)


@app.command("build")
def _build(
    project: Project,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Pasta de saída / output folder. [PROJETO/out]")] = None,
    language: Languages = None,
    file_format: Annotated[
        list[Format] | None, typer.Option("--format", "-f", help="Só este formato / only this format.")
    ] = None,
    strict: Strict = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, help="Processos em paralelo / parallel processes; 0: automático.")
    ] = 0,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Constrói o boletim: PDF e DOCX em cada língua, com os factos e o manifesto.

    Builds the bulletin: PDF and DOCX in each language, with facts and manifest.
    """
    with _console(project, messages, quiet, log) as console:
        from bulletin.pipeline.build import build

        built = build(
            project,
            console.progress,
            output=output,
            languages=tuple(language or ()),
            formats=tuple(f.value for f in file_format or ()),
            strict=strict,
            jobs=jobs,
        )
        console.built(built)


@app.command("release")
def _release(
    project: Project,
    corrects: Annotated[
        str | None, typer.Option("--corrects", metavar="ID", help="Emissão corrigida desta edição / corrected issue of it.")
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option("--reason", metavar="LÍNGUA=TEXTO", help="Razão da correção, uma por língua / reason, one a language: pt=…"),
    ] = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="Também tudo num ZIP confidencial em work/ / all in a confidential ZIP in work/.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Pasta construída / built folder. [PROJETO/out]")] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Sela a edição final em editions/: quadro publicável, factos, textos e somas de controlo; nunca se escreve por cima.

    Seals the final edition under editions/: publishable table, facts, wording and hashes; never written over.
    """
    given = dict(r.partition("=")[::2] for r in reason or ())
    if bool(corrects) != bool(reason) or any(not k.isalpha() or not text.strip() for k, text in given.items()):
        raise typer.BadParameter("--corrects ID --reason pt=… --reason en=…")
    with _console(project, messages, quiet, log) as console:
        from bulletin.pipeline.correct import correct, keep
        from bulletin.pipeline.release import release

        if corrects:
            made = correct(project, corrects, given, console.progress, output=output)
        else:
            made = release(project, console.progress, output=output)
        console.released(made, keep(project, made, output=output) if archive else None)


@app.command("compare")
def _compare(
    old: Annotated[
        Path, typer.Argument(metavar="ANTERIOR", help="Projeto, editions/<id> ou out / project, sealed edition or out.")
    ],
    new: Annotated[Path, typer.Argument(metavar="NOVA", help="O que se compara com ela / what is compared with it.")],
    report: Annotated[
        ComparisonReport | None, typer.Option("--report", help="Também em ficheiro / also as a file: json, xlsx.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Nome do ficheiro / name of the file. [compare-ANTERIOR-NOVA]")
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Diz o que mudou de uma edição para outra: valores alterados, novos e retirados, com a razão, e frases diferentes.

    Tells what changed from one edition to another: figures amended, added and deleted, with the reason, and sentences.
    """
    with _console(new, messages, quiet, log) as console:
        from bulletin.archive.compare import stands_open
        from bulletin.pipeline.compare import as_json, as_workbook, compare

        found = compare(old, new, console.progress)
        console.compared(found)
        if report is not None:
            data = as_json(found) if report is ComparisonReport.json else as_workbook(found, console.texts)
            console.wrote(output or Path(f"compare-{found.old.id}-{found.new.id}.{report.value}"), data)
        if stands_open(found.revisions):
            raise typer.Exit(1)


@app.command("trace")
def _trace(
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
    with _console(edition, messages, False, log) as console:
        from bulletin.ledger.answer import UNFOUND
        from bulletin.ledger.search import MOST
        from bulletin.pipeline.trace import trace

        found = trace(edition, question, most=sys.maxsize if report else MOST, progress=console.progress)
        console.traced(found, in_json=report is not None)
        if found.outcome in UNFOUND:
            raise typer.Exit(1)


@app.command("impact")
def _impact(
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
    with _console(project, messages, quiet, log) as console:
        from bulletin.pipeline.impact import impact

        found = impact(project, change, console.progress, languages=tuple(language or ()))
        console.foreseen(found, in_json=report is not None)
        if found.refused:
            raise typer.Exit(1)


form = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Formulários de recolha: escrever, ler, saber quem já enviou.\n\nCollection forms: write, read, see who has sent what.",
)
app.add_typer(form, name="form")


@form.command("write")
def _form_write(
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
    with _console(project, messages, quiet, log) as console:
        from bulletin.pipeline.form_write import write_forms

        console.forms_written(
            write_forms(project, console.progress, institutions=tuple(institution or ()), output=output, year=year)
        )


@form.command("read")
def _form_read(
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
    with _console(project, messages, quiet, log) as console:
        from bulletin.pipeline.form_read import read_forms

        if not console.forms_read(read_forms(project, console.progress, tuple(files), output=output)):
            raise typer.Exit(1)


@form.command("status")
def _form_status(
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
    with _console(project, messages, quiet, log) as console:
        from bulletin.pipeline.form_status import form_status

        found = form_status(
            project,
            console.progress,
            institutions=tuple(institution or ()),
            years=tuple(year or ()),
            on=f"{on:%Y-%m-%d}" if on else "",
        )
        console.forms_status(found)


@app.command("doctor")
def _doctor(messages: Messages = None, log: Log = LogFormat.text) -> None:
    """Diz o que esta máquina tem e o que lhe falta, e como o obter.

    Tells what this machine has and lacks, with the fix.
    """
    with _console(Path(), messages, False, log) as console:
        from bulletin.pipeline.doctor import examine

        if not console.examined(examine()):
            raise typer.Exit(1)


def _console(root: Path, messages: str | None, quiet: bool, log: LogFormat) -> Console:
    from bulletin.console import Console

    return Console(root, messages, quiet=quiet, as_json=log is LogFormat.json)


def run() -> None:
    """Runs the command with output that no console encoding can break."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
