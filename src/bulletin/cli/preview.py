"""`preview`: the web edition in the browser while it is being written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import Console, speaking
from bulletin.cli.options import Languages, Log, LogFormat, Messages, Project, Quiet
from bulletin.model.finding import Severity

if TYPE_CHECKING:
    from bulletin.pipeline.preview.session import State


def preview(
    project: Project,
    language: Languages = None,
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Porta nesta máquina / port on this machine. [8750]")
    ] = None,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Mostra a edição para a Web no navegador, só nesta máquina, e relê o projeto quando um ficheiro muda; Ctrl+C termina.

    Shows the web edition in the browser, on this machine only, and reads the project anew when a file changes; Ctrl+C ends it.
    """
    with speaking(project, messages, quiet, log) as console:
        from bulletin.pipeline.preview.run import preview

        with suppress(KeyboardInterrupt):
            preview(
                project,
                console.texts,
                console.progress,
                languages=tuple(language or ()),
                port=port,
                record=console.record,
                serving=lambda url: console.say("preview_serving", url=url),
                read=lambda state: _told(console, state),
            )
        console.say("preview_ended")


def _told(console: Console, state: State) -> None:
    """The errors and a count; everything stands on the pages."""
    console.findings(f for f in state.findings if f.severity is Severity.ERROR and not f.waived)
    console.counts(state.findings)
