"""The parts of a Word file in one package, with the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from bulletin.write.docx.charts.part import WORKBOOK
from bulletin.write.docx.comments import Commented, commented
from bulletin.write.docx.container import Container
from bulletin.write.docx.fonts import embedded, families, font_table
from bulletin.write.docx.footnotes import footnote_looks, footnotes_part
from bulletin.write.docx.markup import DECLARATION, NAMESPACES
from bulletin.write.docx.office_theme import office_theme
from bulletin.write.docx.pages import Furniture
from bulletin.write.docx.properties import (
    application_properties,
    core_properties,
    custom_properties,
    manifest_part,
    manifest_properties,
    numbering,
    settings,
)
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import Look, style_sheet
from bulletin.write.zipped import Content, zipped

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_SHEET = _OFFICE + "spreadsheetml.sheet"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_EMBEDDED = re.compile(r'r:(?:embed|id)="(rIdMedia\d+)"')


def packed(
    story: Story,
    text: str,
    furniture: tuple[Furniture, ...],
    manifest: bytes,
    build: str,
    *,
    double: bool = False,
    more: tuple[Look, ...] = (),
) -> bytes:
    """`text`: content of the body; `manifest`: JSON in UTF-8; `build`: id of the build; `double`: of two languages; `more`: styles
    beside those of every document."""
    found = commented(text, story.review) if story.review else Commented(text, b"")
    metadata, theme = story.document.metadata, story.theme
    notes = footnotes_part(story)
    if notes:
        more += footnote_looks(theme, double=double)
    package = Container()

    def related(source: str, kind: str, identity: str, name: str, content_type: str, content: Content) -> str:
        """A part to which another, or the package, relates."""
        package.relate(source, kind if ":" in kind else _RELATED + kind, package.part(name, content_type, content), identity)
        return name

    document = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{found.text}</w:body></w:document>"
    main = related("", "officeDocument", "rId1", "/word/document.xml", _WORD + "document.main+xml", document.encode())
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    related("", _CORE, "rId2", "/docProps/core.xml", core, core_properties(metadata))
    extended, custom = _OFFICE + "extended-properties+xml", _OFFICE + "custom-properties+xml"
    related("", "extended-properties", "rId3", "/docProps/app.xml", extended, application_properties(metadata))
    related("", "custom-properties", "rId4", "/docProps/custom.xml", custom, custom_properties(build))

    def told(kind: str, identity: str, name: str, content: bytes) -> None:
        """A part of the text that Word knows by the kind of its content."""
        related(main, kind, identity, f"/word/{name}.xml", f"{_WORD}{name}+xml", content)

    told("styles", "rIdStyles", "styles", style_sheet(theme, metadata.tag, double=double, more=more))
    told("settings", "rIdSettings", "settings", settings(metadata, recording=story.review is not None, notes=bool(notes)))
    told("numbering", "rIdNumbering", "numbering", numbering(theme))
    related(main, "theme", "rIdTheme", "/word/theme/theme1.xml", _OFFICE + "theme+xml", office_theme(theme))
    if notes:
        told("footnotes", "rIdFootnotes", "footnotes", notes)
    if found.part:
        told("comments", "rIdComments", "comments", found.part)

    fonts = embedded(families(theme))
    told("fontTable", "rIdFonts", "fontTable", font_table(theme, fonts))
    for font in fonts:
        related("/word/fontTable.xml", "font", font.relation, f"/word/fonts/{font.name}", _OFFICE + "obfuscatedFont", font.data)

    record = related(main, "customXml", "rIdManifest", "/customXml/item1.xml", "application/xml", manifest_part(manifest))
    described = _OFFICE + "customXmlProperties+xml"
    related(record, "customXmlProps", "rId1", "/customXml/itemProps1.xml", described, manifest_properties(manifest))

    def shown(source: str, said: str) -> None:
        used = set(_EMBEDDED.findall(said))
        for medium in story.media:
            if medium.relation in used:
                related(source, "image", medium.relation, f"/word/media/{medium.name}", medium.content_type, medium.data)

    shown(main, document)
    for chart in story.charts:
        drawn = f"/word/charts/chart{chart.number}.xml"
        related(main, "chart", chart.relation, drawn, _OFFICE + "drawingml.chart+xml", chart.xml)
        book = zipped(opened(chart.workbook))
        related(drawn, "package", WORKBOOK, f"/word/embeddings/Microsoft_Excel_Sheet{chart.number}.xlsx", _SHEET, book)
    for item in furniture:
        piece = related(main, item.kind, item.relation, f"/word/{item.name}", f"{_WORD}{item.kind}+xml", item.xml)
        shown(piece, item.xml.decode())
    return package.packed()


def opened(data: bytes) -> dict[str, bytes]:
    """The parts of a package of ours by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        return {name: read.read(name) for name in read.namelist()}


def replaced(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with other contents of some parts."""
    return zipped({**opened(data), **parts})
