"""The parts of a Word file in one package, with the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.write.docx.charts.part import WORKBOOK
from bulletin.write.docx.comments import Commented, commented
from bulletin.write.docx.fonts import embedded, font_table
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

if TYPE_CHECKING:
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PackURI

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."


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
    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    metadata, theme = story.document.metadata, story.theme
    notes = footnotes_part(story)
    if notes:
        more += footnote_looks(theme, double=double)
    package = OpcPackage()

    def part(name: str, kind: str, data: bytes) -> Part:
        return Part(PackURI(name), kind, data)

    document = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{found.text}</w:body></w:document>".encode()
    main = part("/word/document.xml", _WORD + "document.main+xml", document)
    package.relate_to(main, RT.OFFICE_DOCUMENT)
    package.relate_to(part("/docProps/core.xml", CT.OPC_CORE_PROPERTIES, core_properties(metadata)), RT.CORE_PROPERTIES)
    application = part("/docProps/app.xml", _OFFICE + "extended-properties+xml", application_properties(metadata))
    package.relate_to(application, RT.EXTENDED_PROPERTIES)
    custom = part("/docProps/custom.xml", _OFFICE + "custom-properties+xml", custom_properties(build))
    package.relate_to(custom, RT.CUSTOM_PROPERTIES)

    main.load_rel(
        RT.STYLES,
        part("/word/styles.xml", _WORD + "styles+xml", style_sheet(theme, metadata.tag, double=double, more=more)),
        "rIdStyles",
    )
    main.load_rel(
        RT.SETTINGS,
        part(
            "/word/settings.xml",
            _WORD + "settings+xml",
            settings(metadata, recording=story.review is not None, notes=bool(notes)),
        ),
        "rIdSettings",
    )
    main.load_rel(RT.NUMBERING, part("/word/numbering.xml", _WORD + "numbering+xml", numbering(theme)), "rIdNumbering")

    main.load_rel(RT.THEME, part("/word/theme/theme1.xml", _OFFICE + "theme+xml", office_theme(theme)), "rIdTheme")
    if notes:
        main.load_rel(RT.FOOTNOTES, part("/word/footnotes.xml", _WORD + "footnotes+xml", notes), "rIdFootnotes")
    if found.part:
        main.load_rel(RT.COMMENTS, part("/word/comments.xml", _WORD + "comments+xml", found.part), "rIdComments")

    fonts = embedded(theme)
    table = part("/word/fontTable.xml", _WORD + "fontTable+xml", font_table(theme, fonts))
    for font in fonts:
        data = part(f"/word/fonts/{font.name}", _OFFICE + "obfuscatedFont", font.data)
        table.load_rel("http://schemas.openxmlformats.org/officeDocument/2006/relationships/font", data, font.relation)
    main.load_rel(RT.FONT_TABLE, table, "rIdFonts")

    manifested = part("/customXml/item1.xml", CT.XML, manifest_part(manifest))
    described = part("/customXml/itemProps1.xml", _OFFICE + "customXmlProperties+xml", manifest_properties(manifest))
    manifested.load_rel(RT.CUSTOM_XML_PROPS, described, "rId1")
    main.load_rel(RT.CUSTOM_XML, manifested, "rIdManifest")

    media = [(medium.relation, part(f"/word/media/{medium.name}", medium.content_type, medium.data)) for medium in story.media]
    for relation, medium in media:
        if f'"{relation}"'.encode() in document:
            main.load_rel(RT.IMAGE, medium, relation)
    for chart in story.charts:
        drawn = part(f"/word/charts/chart{chart.number}.xml", CT.DML_CHART, chart.xml)
        book = part(f"/word/embeddings/Microsoft_Excel_Sheet{chart.number}.xlsx", CT.SML_SHEET, _zipped(opened(chart.workbook)))
        drawn.load_rel(RT.PACKAGE, book, WORKBOOK)
        main.load_rel(RT.CHART, drawn, chart.relation)
    for item in furniture:
        piece = part(f"/word/{item.name}", f"{_WORD}{item.kind}+xml", item.xml)
        for relation, medium in media:
            if f'"{relation}"'.encode() in item.xml:
                piece.load_rel(RT.IMAGE, medium, relation)
        main.load_rel(RT.HEADER if item.kind == "header" else RT.FOOTER, piece, item.relation)

    return _zipped(_written(package))


def opened(data: bytes) -> dict[str, bytes]:
    """The parts of a package of ours by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        return {name: read.read(name) for name in read.namelist()}


def replaced(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with other contents of some parts."""
    return _zipped({**opened(data), **parts})


def _written(package: OpcPackage) -> dict[str, bytes]:
    """Content of every part by its name in the package, with the content types and the relationships: what the library would write
    into a zip of its own, which would have to be unpacked again."""
    from docx.opc.pkgwriter import PackageWriter

    found: dict[str, bytes] = {}

    class Parts:
        def write(self, name: PackURI, content: bytes) -> None:
            found[name.membername] = content

    for part in package.parts:
        part.before_marshal()  # type: ignore[no-untyped-call]
    PackageWriter._write_content_types_stream(Parts(), package.parts)  # type: ignore[no-untyped-call]
    PackageWriter._write_pkg_rels(Parts(), package.rels)  # type: ignore[no-untyped-call]
    PackageWriter._write_parts(Parts(), package.parts)  # type: ignore[arg-type]
    return found


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Sorted entries (the content types first, as readers expect) without a time of writing; pictures, packed already, as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 0, 0
            info.compress_type = zipfile.ZIP_STORED if name.endswith((".png", ".jpg")) else zipfile.ZIP_DEFLATED
            written.writestr(info, parts[name])
    return out.getvalue()
