"""`release` and `compare`: editions sealed, corrected and set against each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import MOST, Console, refuse, speaking
from bulletin.cli.options import ComparisonReport, Languages, Log, LogFormat, Messages, Project, Quiet
from bulletin.cli.report_file import report_file
from bulletin.model.quality import Amendment
from bulletin.model.text import MESSAGES
from bulletin.pipeline.messages import figure

if TYPE_CHECKING:
    from bulletin.model.quality import Revision
    from bulletin.pipeline.compare import Comparison
    from bulletin.pipeline.release import Released


def release(
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
    with speaking(project, messages, quiet, log, "edition") as console:
        if reason and not corrects:
            refuse(console, "usage-needs", name="--reason", other="--corrects")
        given = {}
        for entry in reason or ():
            spoken, _, words = entry.partition("=")
            if not spoken.isalpha() or not words.strip():
                refuse(console, "usage-reason", found=entry)
            given[spoken] = words.strip()
        from bulletin.pipeline.archive import keep
        from bulletin.pipeline.correct import correct
        from bulletin.pipeline.release import release

        if corrects:
            made = correct(project, corrects, given, console.progress, output=output)
        else:
            made = release(project, console.progress, output=output)
        _released(console, made, keep(project, made, output=output) if archive else None)


def _released(console: Console, released: Released, archive: Path | None) -> None:
    console.findings(released.findings)
    if not console.as_json and not console.quiet:
        rows = [(name, console.size(len(data))) for name, data in released.files.items()]
        console.table((console.texts["head_file"], console.texts["head_size"]), rows)
    console.say("released", folder=str(released.folder), figures=released.figures)
    if archive is not None:
        console.say("archived", file=str(archive))


def compare(
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
    docx: Annotated[
        Path | None,
        typer.Option(
            "--docx", metavar="FICHEIRO", help="Também o Word da nova, com as alterações registadas / as tracked changes."
        ),
    ] = None,
    languages: Languages = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Diz o que mudou de uma edição para outra: valores alterados, novos e retirados, com a razão, e frases diferentes.

    Tells what changed from one edition to another: figures amended, added and deleted, with the reason, and sentences.
    """
    with speaking(new, messages, quiet, log) as console:
        path = report_file(console, report and report.value, output)
        if languages and docx is None:
            refuse(console, "usage-needs", name="--language", other="--docx")
        from bulletin.archive.compare import stands_open
        from bulletin.pipeline.compare import as_json, as_workbook, compare

        if docx is not None and _redline(console, old, new, docx, languages or ()):
            return
        found = compare(old, new, console.progress)
        _compared(console, found)
        if report is not None:
            data = as_json(found) if report is ComparisonReport.json else as_workbook(found, console.texts)
            console.wrote(path or Path(f"compare-{found.old.id}-{found.new.id}.{report.value}"), data)
        if stands_open(found.revisions):
            raise typer.Exit(1)


def _redline(console: Console, old: Path, new: Path, target: Path, languages: Sequence[str]) -> bool:
    """Writes a file for each language; true where there is nothing else to compare, for `old` keeps words alone."""
    from bulletin.pipeline.redline import is_issued, redline

    marked = redline(old, new, console.progress, languages=languages)
    for made in marked:
        path = target if len(marked) == 1 else target.with_name(f"{target.stem}-{made.language}{target.suffix}")
        console.wrote(path, made.data)
        console.say("compare_changes", language=made.language, changes=made.changes)
        if not made.figures:
            console.say("compare_words")
        for key, names in (("compare_reshaped", made.reshaped), ("compare_unmarked", made.unmarked)):
            if names:
                console.say(key, names=", ".join(names[:MOST]), count=len(names))
    return is_issued(old)


def _compared(console: Console, found: Comparison) -> None:
    """Figures first, then sentences, each with what it was and what it is."""
    from bulletin.pipeline.compare import as_json, counts

    if console.as_json:
        typer.echo(json.dumps({"event": "comparison", **json.loads(as_json(found))}, ensure_ascii=True))
        return
    if not console.quiet:
        _revisions(console, found.revisions)
        for w in found.rewordings[:MOST]:
            typer.echo(f"{w.language} {{#{w.block}}}")
            for sign, sentences in (("-", w.old), ("+", w.new)):
                for sentence in sentences:
                    typer.echo(f"  {sign} {sentence}")
        if len(found.rewordings) > MOST:
            console.say("more", count=len(found.rewordings) - MOST)
    parameters: dict[str, str | int] = {"old": found.old.id, "new": found.new.id, **counts(found)}
    console.say("compared", error=False, **parameters)
    if found.is_backwards:
        console.say("compare_backwards", old=found.old.id, new=found.new.id)


def _revisions(console: Console, revisions: Sequence[Revision]) -> None:
    def told(value: float | None) -> str:
        return "" if value is None else figure(value, console.texts)

    shown = [r for r in revisions if r.kind is not Amendment.ADDED]
    language = console.texts.get("message_language", MESSAGES)
    rows = [
        (r.key, console.texts[f"amendment_{r.kind}"], told(r.old), told(r.new), told(r.difference),
         r.reason.get(language, "") or console.texts[f"cause_{r.cause or 'none'}"])
        for r in shown[:MOST]
    ]  # fmt: skip
    if rows:
        head = ("figure", "kind", "old", "new", "difference", "reason")
        console.table(tuple(console.texts[f"compare_{name}"] for name in head), rows)
    if len(shown) > MOST:
        console.say("more_figures", count=len(shown) - MOST)
