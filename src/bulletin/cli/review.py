"""`review import`, `review status`, `review decide` and `review close`: reviewed Word files in, questions answered, the round ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import MOST, Console, refuse, speaking
from bulletin.cli.options import JsonReport, Log, LogFormat, Messages, Project, Quiet
from bulletin.cli.report_file import report_file

if TYPE_CHECKING:
    from bulletin.model.round import Asked, Remarked, Standing
    from bulletin.pipeline.review_import import Imported
    from bulletin.pipeline.review_status import ReviewStatus

review = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Revisão em Word: receber os ficheiros, decidir as perguntas, fechar.\n\n"
    "Review in Word: take in the files, decide the questions, close.",
)

ProjectOption = Annotated[
    Path,
    typer.Option("--project", "-p", metavar="PROJETO", help="Pasta do país / country folder. [pasta atual / this folder]"),
]
By = Annotated[str, typer.Option("--by", metavar="FUNÇÃO", help="Quem decide, pela função / who decides, by function.")]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Dia, AAAA-MM-DD / day, YYYY-MM-DD.")]


@review.command("import")
def review_import(
    files: Annotated[list[Path], typer.Argument(metavar="FICHEIRO…", help="Ficheiros revistos / reviewed files (.docx).")],
    project: ProjectOption = Path(),
    who: Annotated[
        str, typer.Option("--as", metavar="NOME", help="Quem reviu / who reviewed. [autores do ficheiro / authors in the file]")
    ] = "",
    against: Annotated[
        str,
        typer.Option(
            "--against", metavar="BUILD", help="O que lhe foi enviado / what was sent out: id, pasta/folder, issued.*.json."
        ),
    ] = "",
    date: Day = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Mostra e não escreve nada / shows, and writes nothing.")] = False,
    reopen: Annotated[
        bool, typer.Option("--reopen", help="Mesmo com a revisão fechada / even when the review is closed.")
    ] = False,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Recebe ficheiros Word revistos: redação para overrides/, perguntas e relatório para review/. Os números nunca vêm do Word.

    Takes in reviewed Word files: wording to overrides/, questions and a report to review/. Figures never come from Word.
    """
    with speaking(project, messages, quiet, log, "files") as console:
        from bulletin.pipeline.review_import import import_review

        found = import_review(
            project,
            files,
            console.progress,
            console.texts,
            who=who,
            against=against,
            day=_iso(date),
            dry_run=dry_run,
            reopen=reopen,
        )
        _imported(console, found, dry_run)
        if found.findings or (found.standing is not None and found.standing.open):
            raise typer.Exit(1)


def _imported(console: Console, found: Imported, dry_run: bool) -> None:
    console.findings(found.findings)
    for file, name in found.known:
        console.say("review_known", file=file, round=name)
    if found.standing is None:
        console.say("review_nothing_new")
        return
    for each in found.rounds:
        changes = [e for e in each.edits if e.change.kind != "format"]
        queries = len(each.queries) + sum(len(e.change.queries) for e in each.edits)
        key = "review_would" if dry_run else "review_taken"
        console.say(key, file=each.file, round=each.name, changes=len(changes), queries=queries, remarks=len(each.remarks))
    _questions(console, found.standing.open)
    for asked in found.standing.asked:
        if asked.state == "agreed" and not console.quiet and not console.as_json:
            q = asked.query
            label = console.texts[f"review_kind_{q.kind}"]
            console.say("review_agreed", id=asked.id, label=label, block=q.block, language=q.language)
    if dry_run:
        console.say("review_dry")
    else:
        unanswered = sum(r.is_open for r in found.standing.remarks)
        console.say("review_imported", open=len(found.standing.open), remarks=unanswered)


@review.command("status")
def review_status(
    project: Project,
    report: Annotated[JsonReport | None, typer.Option("--report", help="Também em ficheiro / also as a file: json.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Nome do ficheiro / name of the file. [review-status.json]")
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Diz o que foi enviado, quem já respondeu, e o que está por decidir.

    Tells what was sent out, who has returned, and what is to be decided.
    """
    with speaking(project, messages, quiet, log) as console:
        path = report_file(console, report and report.value, output)
        from bulletin.pipeline.review_status import as_json, review_status

        found = review_status(project, console.progress)
        _status(console, found)
        if report is not None:
            console.wrote(path or Path("review-status.json"), as_json(found, console.texts))
        if found.standing.open or any(r.is_open for r in found.standing.remarks):
            raise typer.Exit(1)


def _status(console: Console, found: ReviewStatus) -> None:
    if found.folder.sent:
        console.say("review_issued", builds=", ".join(f"{s.build} ({', '.join(s.languages)})" for s in found.folder.sent))
    else:
        console.say("review_not_issued")
    current = {r.name for r in found.current}
    for r in found.folder.rounds:
        key = "review_round" if r.name in current else "review_superseded"
        console.say(key, date=r.date, who=r.who, file=r.file, build=r.build)
    if found.waiting:
        console.say("review_waiting", builds=", ".join(s.build for s in found.waiting))
    stands = found.standing
    console.say(
        "review_state",
        open=len(stands.open),
        decided=sum(a.state == "decided" for a in stands.asked),
        agreed=sum(a.state == "agreed" for a in stands.asked),
        remarks=sum(r.is_open for r in stands.remarks),
        stale=len(found.stale),
    )
    for kind, count in sorted(found.kinds.items()):
        console.say("review_by_kind", label=console.texts[f"review_kind_{kind}"], count=count)
    if found.folder.closed:
        console.say("review_is_closed")


@review.command("decide")
def review_decide(
    question: Annotated[
        str | None, typer.Argument(metavar="PERGUNTA", help="Id da pergunta ou do comentário / of question or comment: q-…, c-….")
    ] = None,
    answer: Annotated[
        str | None,
        typer.Argument(metavar="RESPOSTA", help="keep, take, take-2, verified, at-source, edit, reject, reply."),
    ] = None,
    project: ProjectOption = Path(),
    text: Annotated[str, typer.Option("--text", metavar="TEXTO", help="De edit e reply / of edit and reply.")] = "",
    note: Annotated[str, typer.Option("--note", metavar="NOTA", help="Razão ou fonte / reason or source.")] = "",
    by: By = "",
    date: Day = None,
    sheet: Annotated[
        Path | None, typer.Option("--sheet", metavar="XLSX", help="Escreve uma folha para preencher / writes a sheet to fill in.")
    ] = None,
    origin: Annotated[
        Path | None, typer.Option("--from", metavar="XLSX", help="Lê a folha preenchida / reads the sheet filled in.")
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Mostra as perguntas por decidir; responde a uma; ou escreve e lê uma folha XLSX com todas.

    Lists the questions to decide; answers one; or writes and reads an XLSX sheet of them all.
    """
    makes = "files" if answer or sheet or origin else "reading"
    with speaking(project, messages, quiet, log, makes) as console:
        from bulletin.load.messages import languages_of_messages, load_messages
        from bulletin.model.round import Decision
        from bulletin.pipeline import review_decide as deciding

        words = [console.texts, *(load_messages(language) for language in languages_of_messages())]
        if sheet is not None:
            path = report_file(console, "xlsx", sheet) or sheet
            data, count = deciding.write_sheet(project, console.progress, console.texts)
            console.wrote(path, data)
            console.say("review_sheet", count=count, file=str(path))
        elif origin is not None:
            made = deciding.read_sheet(project, console.progress, origin, words, by, _iso(date))
            console.findings(made.findings)
            console.say("review_decided", count=len(made.decisions), open=len(made.standing.open))
        elif question is not None and answer is not None:
            meant, choice = deciding.answer_of(answer, words)
            given = Decision(question, meant, choice, text, note, by, _iso(date))
            made = deciding.decide(project, console.progress, given)
            console.findings(made.findings)
            console.say("review_decided", count=len(made.decisions), open=len(made.standing.open))
        elif question is not None:
            refuse(console, "usage-needs", name="PERGUNTA", other="RESPOSTA")
        else:
            _listed(console, deciding.open_questions(project, console.progress))


def _listed(console: Console, stands: Standing) -> None:
    _questions(console, stands.open, answers=True)
    remarks = [r for r in stands.remarks if r.is_open]
    _comments(console, remarks)
    console.say("review_decided", count=0, open=len(stands.open) + len(remarks))
    if stands.open or remarks:
        raise typer.Exit(1)


@review.command("close")
def review_close(
    project: Project,
    by: By = "",
    date: Day = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Fecha a revisão, quando já nada está por decidir, traduzir ou responder.

    Closes the review, once nothing is left to decide, translate or answer.
    """
    with speaking(project, messages, quiet, log, "files") as console:
        if not by or date is None:
            refuse(console, "review-needs-by")
        from bulletin.pipeline.review_close import close_review

        found = close_review(project, console.progress, by, _iso(date))
        console.say("review_closed_now", rounds=len(found.folder.rounds), decisions=len(found.folder.decisions))


def _questions(console: Console, asked: Sequence[Asked], *, answers: bool = False) -> None:
    """One a line, with what may be answered below it."""
    from bulletin.pipeline.review_words import asked_line

    for each in asked if console.as_json else asked[:MOST]:
        line = asked_line(each, console.texts)
        if console.as_json:
            console.event({
                "event": "question", "id": line.id, "kind": line.kind, "block": line.block, "language": line.language,
                "old": line.old, "new": line.new, "today": line.today, "place": line.place, "authors": line.authors,
            })  # fmt: skip
        elif not console.quiet:
            console.say(
                "review_line", id=line.id, label=line.label, block=line.block, language=line.language, question=line.question
            )
            if line.place:
                typer.echo(f"    {line.place}")
            for n, choice in enumerate(line.choices, 1):
                typer.echo(f"    {n}: {choice or '–'}")
            if answers:
                console.say("review_answers", answers=", ".join(line.answers))
    if len(asked) > MOST and not console.as_json:
        console.say("more_questions", count=len(asked) - MOST)


def _comments(console: Console, remarks: Sequence[Remarked]) -> None:
    for each in remarks:
        r = each.remark
        console.say(
            "review_remark_line", id=each.id, author=r.author or "–", block=r.block or "–", language=r.language, text=r.text
        )


def _iso(date: datetime | None) -> str:
    return f"{date:%Y-%m-%d}" if date else ""
