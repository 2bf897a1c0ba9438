"""What a workbook of tables owes its readers: values and no formulas, nothing that leads outside, a title and a language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding
from bulletin.verify.faults import fault
from bulletin.verify.package import parts_of

_FORMULA = re.compile(rb"<f[ />]")
_OUTSIDE = re.compile(rb'TargetMode="External"')
_SAID = re.compile(rb"<dc:(title|language)>\s*[^<\s]")


def check_workbook(name: str, data: bytes) -> Iterator[Finding]:
    parts = parts_of(data)
    if isinstance(parts, str) or "xl/workbook.xml" not in parts:
        yield fault("verify-unreadable", name, reason=parts if isinstance(parts, str) else "xl/workbook.xml")
        return
    for part, content in sorted(parts.items()):
        if part.startswith("xl/worksheets/sheet") and _FORMULA.search(content):
            yield fault("verify-formula", name, part=part)
        if part.endswith(".rels") and _OUTSIDE.search(content):
            yield fault("verify-outside", name, part=part)
    said = {m.decode() for m in _SAID.findall(parts.get("docProps/core.xml", b""))}
    yield from (fault(f"verify-no-{what}", name) for what in ("title", "language") if what not in said)
