"""WordprocessingML as text: units, escaping, runs and paragraphs with their properties in schema order."""

from __future__ import annotations

import re
from functools import lru_cache

from bulletin.document.inline import UNPRINTABLE

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


_SPECIAL = re.compile(rf'[&<>"\r]|{UNPRINTABLE.pattern}')


def escape(text: str) -> str:
    """For element content and double-quoted attributes alike."""
    if not _SPECIAL.search(text):
        return text
    text = UNPRINTABLE.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("\r", "&#13;")


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def emu(mm: float) -> int:
    return round(mm * 36000)


def hexed(colour: str) -> str:
    """`#12436D` as Word writes it: `12436D`."""
    return colour.lstrip("#").upper()


def run(text: str, properties: str = "") -> str:
    """A run; tabs and line breaks inside `text` become their elements."""
    if text and "\t" not in text and "\n" not in text:
        return f'<w:r>{_runs_properties(properties)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    parts = []
    for piece in re.split(r"([\t\n])", text):
        if piece == "\t":
            parts.append("<w:tab/>")
        elif piece == "\n":
            parts.append("<w:br/>")
        elif piece:
            parts.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{_runs_properties(properties)}{''.join(parts)}</w:r>" if parts else ""


def _runs_properties(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def styled(style: str, text: str, properties: str = "") -> str:
    """A run in a character style, named by its id."""
    return run(text, f'<w:rStyle w:val="{style}"/>{properties}')


def spacing(*, before: float | None = None, after: float | None = None, line: float | None = None, rule: str = "exact") -> str:
    """All in millimetres; what is None stays as the style has it."""
    parts = []
    if before is not None:
        parts.append(f'w:before="{twips(before)}"')
    if after is not None:
        parts.append(f'w:after="{twips(after)}"')
    if line is not None:
        parts.append(f'w:line="{twips(line)}" w:lineRule="{rule}"')
    return f"<w:spacing {' '.join(parts)}/>" if parts else ""


@lru_cache(maxsize=1024)
def indent(left: float | None = None, right: float | None = None, hanging: float | None = None) -> str:
    """`hanging` 0 takes a style's hanging indent back."""
    parts = []
    if left is not None:
        parts.append(f'w:left="{twips(left)}"')
    if right is not None:
        parts.append(f'w:right="{twips(right)}"')
    if hanging is not None:
        parts.append(f'w:hanging="{twips(hanging)}"' if hanging else 'w:firstLine="0"')
    return f"<w:ind {' '.join(parts)}/>" if parts else ""


def paragraph(
    style: str,
    content: str,
    *,
    keep: bool | None = None,
    shade: str = "",
    tabs: str = "",
    space: str = "",
    ind: str = "",
    align: str = "",
    fresh: bool = False,
    rule: str = "",
) -> str:
    """A paragraph in the style named by its id; the rest overrides the style for this paragraph only; `fresh`: it begins a page;
    `rule`: colour of a line below it."""
    return f"<w:p>{_properties(style, keep, shade, tabs, space, ind, align, fresh, rule)}{content}</w:p>"


@lru_cache(maxsize=4096)
def _properties(
    style: str, keep: bool | None, shade: str, tabs: str, space: str, ind: str, align: str, fresh: bool, rule: str
) -> str:
    """Those of a paragraph: thousands share them."""
    keeping = "" if keep is None else "<w:keepNext/>" if keep else '<w:keepNext w:val="0"/>'
    keeping += "<w:pageBreakBefore/>" if fresh else ""
    below = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="5" w:color="{hexed(rule)}"/></w:pBdr>' if rule else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{hexed(shade)}"/>' if shade else ""
    justification = f'<w:jc w:val="{align}"/>' if align else ""
    return f'<w:pPr><w:pStyle w:val="{style}"/>{keeping}{below}{fill}{tabs}{space}{ind}{justification}</w:pPr>'
