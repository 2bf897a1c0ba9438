"""`init`, `build` and `doctor`: a project from nothing to a bulletin, and the machine it is built on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import Console, refuse, speaking
from bulletin.cli.options import Format, Languages, Layout, Log, LogFormat, Messages, PdfEngine, Project, Quiet, Strict
from bulletin.model.text import MESSAGES
from bulletin.shipped import shipped

if TYPE_CHECKING:
    from bulletin.pipeline.examined import Item
    from bulletin.pipeline.init_from import Advance
    from bulletin.pipeline.summary import Result

_SHOWN = 12
"""Names told of what changed; the rest is counted."""
_COUNTRIES = ", ".join(sorted(p.stem for p in shipped("config", "countries").glob("*.yaml")))


def init(
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
    with speaking(origin or folder or Path(), messages, quiet, log, "files") as console:
        if origin is not None and country is None:
            from bulletin.pipeline.init_from import init_from

            _advanced(console, init_from(origin, folder, console.progress))
        elif folder is not None and country is not None and origin is None:
            from bulletin.pipeline.init import init

            _created(console, folder, init(folder, country.lower()))
        else:
            refuse(console, "usage-init", known=_COUNTRIES.replace(", ", "|"))


def _created(console: Console, folder: Path, files: Sequence[str]) -> None:
    if console.as_json:
        console.event({"event": "created", "folder": folder.as_posix(), "files": list(files)})
        return
    if not console.quiet:
        for name in files:
            typer.echo(f"  {name}")
    console.say("created", folder=str(folder))


def _advanced(console: Console, made: Advance) -> None:
    """What was carried over, what waits to be confirmed, and what to collect from whom."""
    texts = console.texts
    if console.as_json:
        console.event({
            "event": "advanced", "folder": made.folder.as_posix(), "edition": made.new.id, "sealed": made.sealed,
            "paragraphs": made.paragraphs, "waivers": [f"{w.rule} {w.key}" for w in made.waivers],
            "dropped": list(made.dropped), "proposals": list(made.proposals),
            "collect": {name: list(wanted) for name, wanted in made.wanted.items()},
        })  # fmt: skip
        return
    console.say("advanced", old=made.old.id, new=made.new.id, year=str(made.new.year))
    if not console.quiet:
        if made.sealed:
            console.say("advanced_archive", old=made.old.id)
        else:
            console.say("advanced_unsealed", old=made.old.id)
        if made.paragraphs:
            console.say("advanced_texts", count=made.paragraphs, old=made.old.id)
        for name in made.proposals:
            console.say("advanced_proposal", file=name)
        for waiver in made.waivers:
            console.say("advanced_waiver", waiver=f"{waiver.rule} {waiver.key}")
        others = [key for key in made.dropped if key != "waivers"]
        if others:
            console.say("advanced_dropped", keys=", ".join(others))
        country, catalogue = made.prepared.project.country, made.prepared.project.catalogue
        names = {i.id: i.acronym for i in country.institutions}
        language = texts.get("message_language", MESSAGES)
        if made.wanted:
            console.say("advanced_collect", year=str(made.new.year))
        for institution, indicators in made.wanted.items():
            typer.echo(f"  {names.get(institution, institution) or texts['advanced_nobody']}")
            for name in indicators:
                typer.echo(f"    {name}: {catalogue[name].label.get(language) or name}")
    console.say("created", folder=str(made.folder))


def build(
    project: Project,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Pasta de saída / output folder. [PROJETO/out]")] = None,
    language: Languages = None,
    file_format: Annotated[
        list[Format] | None,
        typer.Option(
            "--format", "-f", help="Só este formato (repetível) / only this format (repeatable). [bulletin.yaml: pdf, docx]"
        ),
    ] = None,
    pdf_engine: Annotated[
        PdfEngine | None,
        typer.Option(
            "--pdf-engine",
            help="Programa que compõe o PDF / program that sets the PDF. [weasyprint; typst sem o Pango / without Pango]",
        ),
    ] = None,
    layout: Annotated[
        Layout | None,
        typer.Option(
            "--layout", help="Uma língua por ficheiro, ou duas lado a lado / one language a file, or two. [bulletin.yaml]"
        ),
    ] = None,
    outline: Annotated[
        str,
        typer.Option(
            "--outline", help="Só esta estrutura / this outline only: highlights, o folheto / the leaflet. [bulletin.yaml]"
        ),
    ] = "",
    for_review: Annotated[
        bool,
        typer.Option(
            "--for-review",
            help="Ficheiros Word para rever, com registo de alterações e comentários, em PROJETO/review/out / "
            "Word files to be reviewed, recording changes and with comments.",
        ),
    ] = False,
    docx_pages: Annotated[
        bool,
        typer.Option(
            "--docx-pages",
            help="Números de página no índice do DOCX, pelo LibreOffice / page numbers in the DOCX's contents, by LibreOffice.",
        ),
    ] = False,
    strict: Strict = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, help="Processos em paralelo / parallel processes; 0: automático.")
    ] = 0,
    why: Annotated[
        bool, typer.Option("--why", help="Diz o que foi feito de novo e porquê / tells what was made anew, and why.")
    ] = False,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Faz tudo de novo, sem o que ficou guardado / everything anew, nothing from the cache."),
    ] = False,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Constrói o boletim: PDF e DOCX em cada língua, com os factos e o manifesto; com --format também páginas para a
    Web (html), livro de quadros (xlsx) e dados abertos (data).

    Builds the bulletin: PDF and DOCX in each language, with facts and manifest; with --format web pages (html), the
    workbook of tables (xlsx) and open data (data) too.
    """
    with speaking(project, messages, quiet, log, "edition") as console:
        from bulletin.pipeline.summary import Asked
        from bulletin.pipeline.unchanged import ensure_built

        asked = Asked(
            tuple(language or ()),
            tuple(f.value for f in file_format or ()),
            strict,
            layout.value if layout else "",
            for_review,
            outline,
            docx_pages,
            pdf_engine.value if pdf_engine else "",
        )
        _built(console, ensure_built(project, console.progress, asked, output=output, jobs=jobs, fresh=fresh), why=why)


def _built(console: Console, result: Result, *, why: bool) -> None:
    built = result.summary
    console.findings(built.findings)
    if console.as_json:
        if built.issued:
            console.event({"event": "issued", "build": built.issued})
        for w in built.written:
            console.event({"event": "artifact", "format": w.format, "language": w.language, "bytes": w.bytes, "pages": w.pages})
    elif not console.quiet:
        rows = [(w.name, str(w.pages or ""), console.size(w.bytes)) for w in built.written]
        console.table((console.texts["head_file"], console.texts["head_pages"], console.texts["head_size"]), rows)
    console.counts(built.findings)
    if not console.as_json:
        console.say("built", folder=str(result.output))
        if built.issued:
            console.say("built_for_review", build=built.issued)
    _kept(console, result, why=why)


def _kept(console: Console, result: Result, *, why: bool) -> None:
    """What the cache had to do with it."""
    if result.unchanged:
        console.say("kept_unchanged")
    if result.healed:
        console.say("kept_healed", names=_named(result.healed), count=len(result.healed))
    if result.damaged:
        console.say("kept_damaged", count=result.damaged)
    if result.unwritten:
        console.say("kept_unwritten", count=result.unwritten)
    if not why:
        return
    for reason in result.reasons:
        console.say(reason.key, names=_named(reason.names), count=reason.count, of=reason.of)
    if result.limit:
        console.say("kept_size", held=round(result.held / 1e6), limit=round(result.limit / 1e6))


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "") or "–"


def doctor(
    project: Annotated[
        Path | None,
        typer.Argument(metavar="[PROJETO]", help="Também esta pasta / this folder too.", exists=True, file_okay=False),
    ] = None,
    messages: Messages = None,
    log: Log = LogFormat.text,
) -> None:
    """Diz o que esta máquina e a pasta de um projeto têm e o que lhes falta, e como o obter.

    Tells what this machine and a project's folder have and lack, with the fix.
    """
    with speaking(project or Path(), messages, False, log) as console:
        from bulletin.pipeline.doctor import examine

        here = Path() if project is None and Path("bulletin.yaml").is_file() else None
        if not _examined(console, examine(project or here)):
            raise typer.Exit(1)


def _examined(console: Console, items: Sequence[Item]) -> bool:
    """True when nothing needed is missing."""
    if console.as_json:
        for i in items:
            console.event({"event": "item", "name": i.name, "state": i.state, "detail": i.detail})
    else:
        marks = {"ok": "+", "missing": "!", "optional": "-"}
        for i in items:
            typer.echo(f"{marks[i.state]} {console.texts.get(f'doctor_{i.name}', i.name)}: {i.detail}")
            if i.state != "ok" and f"fix_{i.name}" in console.texts:
                for line in console.texts[f"fix_{i.name}"].splitlines():
                    typer.echo(f"    {line}")
    return all(i.state != "missing" for i in items)
