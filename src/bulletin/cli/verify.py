"""`verify`: finished files, checked by whoever makes or receives them."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin.cli.console import Console, speaking
from bulletin.cli.options import Log, LogFormat, Messages, Quiet, Strict
from bulletin.model.finding import Finding, Severity

if TYPE_CHECKING:
    from bulletin.pipeline.verify import Verified

_COUNTS = ("pages", "tables", "figures", "links", "attachments")


def verify(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help="Pasta construída ou recebida, um ficheiro dela, ou o ZIP de release --archive / a folder, a file of it, or that ZIP.",
        ),
    ],
    rebuild: Annotated[
        Path | None,
        typer.Option(
            "--rebuild",
            metavar="PROJETO",
            help="Reconstrói-a deste projeto e compara / builds it anew from this project and compares.",
        ),
    ] = None,
    strict: Strict = False,
    messages: Messages = None,
    quiet: Quiet = False,
    log: Log = LogFormat.text,
) -> None:
    """Verifica ficheiros acabados: somas de controlo, PDF/UA-1, PDF/A-3a, leitura por leitores de ecrã, Word; reconstrói e compara.

    Checks finished files: digests, PDF/UA-1, PDF/A-3a, what screen readers need, Word; builds them anew and compares.
    """
    project = next((p for p in out.absolute().parents[:2] if (p / "bulletin.yaml").is_file()), out)
    with speaking(project, messages, quiet, log) as console:
        from bulletin.pipeline.verify import holds_open_data, verify

        with ExitStack() as held:
            if out.suffix.lower() == ".zip" and out.is_file() and not holds_open_data(out):
                from bulletin.pipeline.archive import unpacked

                own, inside = unpacked(out, Path(held.enter_context(TemporaryDirectory(prefix="bulletin-"))))
                out, rebuild = own, rebuild or inside
            verified = verify(out, console.progress)
            _verified(console, verified)
            found = verified.findings
            if rebuild is not None:
                found = (*found, *_rebuilt(console, out, rebuild))
        if any(f.severity is Severity.ERROR for f in found) or (strict and found):
            raise typer.Exit(1)


def _rebuilt(console: Console, out: Path, project: Path) -> tuple[Finding, ...]:
    from bulletin.pipeline.rebuild import rebuild

    made = rebuild(out, project, console.progress)
    console.findings(made.findings)
    content = console.texts["verify_content_same" if made.content else "verify_content_other"]
    console.say("verify_rebuilt", same=made.same, files=made.files, content=content)
    return made.findings


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
