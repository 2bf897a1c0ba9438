"""`site`: finished editions of one or more countries as a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bulletin.cli.console import speaking
from bulletin.cli.options import Log, LogFormat, Messages, Quiet


def _address(value: str) -> str:
    """Without the slash at its end."""
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or " " in value):
        raise typer.BadParameter("https://…")
    return value.rstrip("/")


def site(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="PASTA…", help="Projetos já construídos, ou pastas out / projects that are built, or folders out."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="SÍTIO", help="Pasta nova, ou de um sítio / new folder, or that of a site."),
    ],
    address: Annotated[
        str,
        typer.Option(
            "--address",
            metavar="https://…",
            callback=_address,
            help="Onde vai ser publicado: faz sitemap.xml / where it will be published: makes sitemap.xml.",
        ),
    ] = "",
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Faz uma biblioteca de edições: páginas estáticas com todos os ficheiros, e os valores de cada indicador lado a lado.

    Makes a library of editions: static pages with all their files, and the figures of each indicator side by side.
    """
    with speaking(folders[0], messages, quiet, log, "files") as console:
        from bulletin.pipeline.site import site

        made = site(folders, output, console.progress, address=address)
        console.say(
            "site_made",
            folder=str(output),
            editions=len(made.site.editions),
            countries=len(made.site.countries),
            indicators=len(made.site.measures),
            pages=made.pages,
        )
