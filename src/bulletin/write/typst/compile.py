"""Runs Typst on source in memory: shipped faces alone, no file of the machine, no network, the date of the edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Severity
from bulletin.shipped import shipped
from bulletin.write.measure import lacking
from bulletin.write.typst.apart import Made, RefusedError, run, run_apart

Files = Mapping[str, bytes]
"""Path, relative to the root, to content; `main.typ` is compiled."""


LARGE = 200_000
"""Bytes of source from which Typst runs in a process of its own."""


def compiled(files: Files, release_date: str) -> bytes:
    """Tagged PDF 1.7 of `main.typ`; its boxes of figures and its order are those that PDF/UA-1 asks for."""
    how = run_apart if len(files["main.typ"]) >= LARGE else run
    return bytes(_run(how, files, release_date, format="pdf", pdf_standards=["ua-1"]))


def quickly(files: Files, release_date: str, form: str) -> tuple[bytes, ...]:
    """`form`: `pdf` without tags, or a picture of each page as `svg` or `png`. Quicker still where the last document was nearly the
    same."""
    made = _run(run, files, release_date, format=form, ppi=96.0, pdf_tags=False)
    return tuple(made) if isinstance(made, list) else (bytes(made),)


def _run(how: Callable[[Files, Mapping[str, object]], Made], files: Files, release_date: str, **options: object) -> Any:
    stamp = int(datetime.fromisoformat(release_date).replace(tzinfo=UTC).timestamp())
    faces = [str(shipped("config", "fonts"))]
    try:
        made, warnings = how(files, {"font_paths": faces, "ignore_system_fonts": True, "timestamp": stamp, **options})
    except RefusedError as error:
        raise OutputError([complaint(str(error))]) from None
    if said := dict.fromkeys(warnings):
        raise OutputError([complaint(message) for message in said])
    return made


def complaint(message: str) -> Finding:
    return Finding("pdf-render-complaint", Severity.ERROR, parameters={"message": message.strip()})


def check_glyphs(source: str) -> None:
    """A sign that the text face lacks would be drawn as an empty box."""
    if missing := sorted(lacking(set(source))):
        raise OutputError(
            [Finding("pdf-glyph-missing", Severity.ERROR, parameters={"sign": c, "code": f"U+{ord(c):04X}"}) for c in missing]
        )
