"""Narrative files split into paragraphs, the country's own laid over the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bulletin.load.orthography import Speller, respelt_template
from bulletin.load.text_file import FORBIDDEN, decode
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.project import ParagraphTemplate

_ID = re.compile(r"\{#\s*([A-Za-z0-9_][A-Za-z0-9_.-]*)(\s+required)?(?:\s+confirm=([A-Za-z0-9_.-]+))?\s*#?\}")


def paragraphs(
    content: bytes, file: str, *, own: bool, spell: Speller | None
) -> tuple[tuple[ParagraphTemplate, ...], tuple[Finding, ...]]:
    """Paragraphs of a file in order; text before the first `{#id}` and repeated ids are findings."""
    decoded = decode(content, "cp1252")
    if decoded is None:
        return (), (Finding("unknown-encoding", Severity.ERROR, Place(file)),)
    text, encoding = decoded
    findings: list[Finding] = []
    if encoding == "cp1252":
        findings.append(Finding("encoding-windows", Severity.WARNING, Place(file)))
    for bad in list(FORBIDDEN.finditer(text))[:20]:
        line = text.count("\n", 0, bad.start()) + 1
        findings.append(
            Finding(
                "forbidden-character",
                Severity.ERROR,
                Place(file, cell=str(line)),
                parameters={"character": f"U+{ord(bad[0]):04X}"},
            )
        )
    found: dict[str, ParagraphTemplate] = {}
    name, start, lines, dropped, required, carried = "", 0, list[str](), False, False, ""

    def close() -> None:
        if not name:
            return
        body = "\n".join(lines).strip("\n")
        body = body if own else respelt_template(body, spell)
        where = Place(file, cell=str(start))
        found[name] = ParagraphTemplate(name, body, where, own=own, unconfirmed=carried, required=required)

    for number, row in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        mark = _ID.fullmatch(row.strip())
        if mark:
            close()
            name, start, lines, required, carried = mark[1], number + 1, [], bool(mark[2]), mark[3] or ""
            if name in found:
                findings.append(
                    Finding(
                        "repeated-id",
                        Severity.ERROR,
                        Place(file, cell=str(number)),
                        parameters={"name": name, "first": str(found[name].place)},
                    )
                )
        elif name:
            lines.append(row.rstrip())
        elif row.strip() and not row.lstrip().startswith("<!--") and not dropped:
            dropped = True
            findings.append(Finding("text-before-id", Severity.ERROR, Place(file, cell=str(number))))
    close()
    return tuple(found.values()), tuple(findings)


def laid_over_paragraphs(below: Iterable[ParagraphTemplate], above: Iterable[ParagraphTemplate]) -> tuple[ParagraphTemplate, ...]:
    """Own paragraphs replace those of the same id; a new one follows the paragraph it follows in its own file. One that waits to be
    confirmed keeps its place for those that follow it, and leaves it to the shipped one."""
    shipped = {p.id: p for p in below}
    merged = list(shipped.values())
    previous = ""
    for paragraph in above:
        index = next((n for n, p in enumerate(merged) if p.id == paragraph.id), None)
        if index is not None:
            merged[index] = replace(paragraph, required=paragraph.required or merged[index].required)
        else:
            after = next((n for n, p in enumerate(merged) if p.id == previous), None)
            if after is None and not previous:
                merged.insert(0, paragraph)
            else:
                merged.insert(len(merged) if after is None else after + 1, paragraph)
        previous = paragraph.id
    shown = (shipped.get(p.id) if p.unconfirmed else p for p in merged)
    return tuple(p for p in shown if p is not None)
