"""That every file says the same before any of its times counts: figures, tables, rows and pictures."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.content import Content

FIGURE = re.compile(r"[-−]?\d[\d.,]*")
SPACES = re.compile(r"[\s\u00a0\u202f\u2060]+")


def cells(content: Content) -> Counter[str]:
    """Without the signs and marks that hang on them, which each program sets in its own way."""
    found = (FIGURE.match(_bare(c)) for t in content.tables for r in t.rows for c in r[1:])
    return Counter(f.group() for f in found if f)


def _bare(text: str) -> str:
    return SPACES.sub("", text)


def lacking_in_pdf(content: Content, path: Path) -> list[str]:
    """Figures of tables that the finished file prints less often than they stand in the content; too few pictures."""
    said = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True).stdout
    whole = _bare(said)
    found = [f"figure {figure}" for figure, times in cells(content).items() if whole.count(figure) < times]
    tagged = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    if not re.search(r"Tagged:\s+yes", tagged):
        found.append("tags")
    return found


def lacking_in_docx(content: Content, path: Path) -> list[str]:
    from docx import Document

    document = Document(str(path))
    texts = (FIGURE.match(_bare(c.text)) for t in document.tables for c in t._cells)
    printed = Counter(f.group() for f in texts if f)
    found = [f"figure {figure}" for figure, times in cells(content).items() if printed[figure] < times]
    if len(document.tables) < len(content.tables):
        found.append(f"tables {len(document.tables)} of {len(content.tables)}")
    rows = sum(len(t.rows) for t in document.tables)
    if rows < content.rows:
        found.append(f"rows {rows} of {content.rows}")
    pictures = len(re.findall(rb"<pic:pic[ >]|<c:chart[ />]", path_part(path)))
    if pictures < len(content.pictures):
        found.append(f"pictures {pictures} of {len(content.pictures)}")
    return found


def path_part(path: Path) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml")
