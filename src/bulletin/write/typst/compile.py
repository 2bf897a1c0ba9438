"""Runs Typst on source in memory: shipped faces alone, no file of the machine, no network, the date of the edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Severity
from bulletin.shipped import shipped
from bulletin.write.measure import lacking

Files = Mapping[str, bytes]
"""Path, relative to the root, to content; `main.typ` is compiled."""


def compiled(files: Files, release_date: str) -> bytes:
    """Tagged PDF 1.7 of `main.typ`."""
    import typst

    stamp = int(datetime.fromisoformat(release_date).replace(tzinfo=UTC).timestamp())
    try:
        data, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # files in memory are not in its types
            dict(files),
            font_paths=[str(shipped("config", "fonts"))],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=stamp,
        )
    except typst.TypstError as error:
        raise OutputError([complaint(str(error))]) from None
    said = [str(w.message) for w in warnings]
    if said:
        raise OutputError([complaint(message) for message in dict.fromkeys(said)])
    return bytes(data)


def complaint(message: str) -> Finding:
    return Finding("pdf-render-complaint", Severity.ERROR, parameters={"message": message.strip()})


def check_glyphs(source: str) -> None:
    """A sign that the text face lacks would be drawn as an empty box."""
    if missing := sorted(lacking(set(source))):
        raise OutputError(
            [Finding("pdf-glyph-missing", Severity.ERROR, parameters={"sign": c, "code": f"U+{ord(c):04X}"}) for c in missing]
        )
