"""`verify`: finished files, checked by whoever makes or receives them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import Console, speaking
from bulletin.cli.options import Log, LogFormat, Messages, Quiet, Strict

if TYPE_CHECKING:
    from bulletin.pipeline.verify import Verified

_COUNTS = ("pages", "tables", "figures", "links", "attachments")


def verify(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="Pasta construída ou recebida, ou um PDF ou DOCX / built or received folder, or a file."
        ),
    ],
    strict: Strict = False,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Verifica ficheiros acabados: somas de controlo, PDF/UA-1, PDF/A-3a, leitura por leitores de ecrã, Word.

    Checks finished files: digests, PDF/UA-1, PDF/A-3a, what screen readers need, Word.
    """
    project = next((p for p in out.absolute().parents[:2] if (p / "bulletin.yaml").is_file()), out)
    with speaking(project, messages, quiet, log) as console:
        from bulletin.pipeline.verify import verify

        verified = verify(out, console.progress)
        _verified(console, verified)
        if verified.faults or (strict and verified.findings):
            raise typer.Exit(1)


def _verified(console: Console, verified: Verified) -> None:
    console.findings(verified.findings)
    if console.as_json:
        for file in verified.files:
            console.event({"event": "verified", "file": file.name, "faults": file.faults, **file.counts})
    elif not console.quiet and verified.files:
        head = ("head_file", *(f"head_{name}" for name in _COUNTS), "head_faults")
        rows = [(f.name, *(str(f.counts.get(n, "")) for n in _COUNTS), str(f.faults)) for f in verified.files]
        console.table(tuple(console.texts[h] for h in head), rows)
    waiting = len(verified.findings) - verified.faults
    console.say("verify_state", files=len(verified.files), listed=verified.listed, faults=verified.faults, unchecked=waiting)
