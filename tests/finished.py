"""Reads finished files as a reader would: words and numbers of a PDF and of a DOCX, sharing no code with the writers."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOKEN = re.compile(r"\d[\d\u00a0\u202f.,]*\d|\d")


def pdf_text(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True).stdout.decode()


def docx_text(path: Path) -> str:
    """Visible text of body, notes, headers and footers; field instructions and deleted text left out."""
    parts = []
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if re.fullmatch(r"word/(document|footnotes|header\d*|footer\d*)\.xml", name):
                root = etree.fromstring(package.read(name))
                for paragraph in root.iter(f"{W}p"):
                    parts.append("".join(_visible(paragraph)))
    return "\n".join(parts)


def _visible(paragraph: etree._Element) -> list[str]:
    found = []
    for node in paragraph.iter():
        if node.tag == f"{W}t":
            found.append(node.text or "")
        elif node.tag in (f"{W}tab", f"{W}br"):
            found.append(" ")
    return found


def numbers(text: str) -> set[str]:
    """Number tokens as printed: digits with their marks and no-break groups; a final mark is punctuation."""
    return {t.strip(".,\u00a0\u202f") for t in _TOKEN.findall(text)}
