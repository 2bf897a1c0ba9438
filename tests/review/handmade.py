"""Word files written by hand, for what LibreOffice does not write."""

from __future__ import annotations

import io
import zipfile

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16du": "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ANA, RUI = 'w:author="Ana" w:date="2026-01-05T09:00:00Z"', 'w:author="Rui" w:date="2026-01-06T10:00:00Z"'
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Contents1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="zz7"><w:name w:val="Bulletin Number"/></w:style>'
)


def run(text: str, properties: str = "") -> str:
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{kept}<w:t xml:space="preserve">{text}</w:t></w:r>'


def gone(text: str) -> str:
    return f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'


def paragraph(*content: str, mark: str = "", style: str = "") -> str:
    """`mark`: what stands in the properties of its end."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    ended = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{named}{ended}</w:pPr>{''.join(content)}</w:p>"


def marked(name: str, *content: str, number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{"".join(content)}<w:bookmarkEnd w:id="{number}"/>'


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {DECLARED}>{content}</{root}>'


def relations(*entries: tuple[str, str, str]) -> str:
    """Id, last part of the type, target."""
    inner = "".join(
        f'<Relationship Id="{i}" Type="{RELATED}{kind}" Target="{target}"'
        + (' TargetMode="External"' if target.startswith(("http", "file")) else "")
        + "/>"
        for i, kind, target in entries
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def parts(body: str, *more: tuple[str, str, str | bytes], main: str = MAIN) -> dict[str, str | bytes]:
    """`more`: kind, name in `word/` and content of further parts of the text."""
    given: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/>'
        "</Types>",
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(
            ("rId0", "styles", "styles.xml"), *((f"rId{n}", kind, name) for n, (kind, name, _) in enumerate(more, 1))
        ),
        "word/styles.xml": part("w:styles", STYLES),
        "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
    }
    return {**given, **{f"word/{name}": content for _, name, content in more}}


def docx(body: str, *more: tuple[str, str, str | bytes]) -> bytes:
    return packed(parts(body, *more))
