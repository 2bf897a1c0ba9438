"""`translations`: texts whose translation has not followed an edit."""

from __future__ import annotations

from typing import Annotated

import typer

from bulletin.cli.console import speaking
from bulletin.cli.options import Log, LogFormat, Messages, Project, Quiet


def translations(
    project: Project,
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            "--confirm",
            metavar="TEXTO",
            help="A tradução deste texto continua válida (repetível; all: todas) / the translation of this text still holds.",
        ),
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Textos cuja tradução não acompanhou uma alteração, com o antes e o depois; com --confirm aceita a tradução como está.

    Texts whose translation has not followed an edit, with before and after; with --confirm accepts the translation as it is.
    """
    with speaking(project, messages, quiet, log, "files" if confirm else "reading") as console:
        from bulletin.pipeline.translations import translations

        found = translations(project, console.progress, tuple(confirm or ()))
        console.findings(found.stale)
        if found.confirmed:
            console.say("translations_confirmed", names=", ".join(found.confirmed))
        console.say("translations_state", count=found.texts, stale=len(found.stale))
        if found.stale:
            raise typer.Exit(1)
