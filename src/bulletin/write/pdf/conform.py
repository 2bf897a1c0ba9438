"""Makes one file PDF/A-3a and PDF/UA-1: what it says of itself, the meaning of its colours, and the tables that go with it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bulletin.shipped import shipped
from bulletin.write.pdf.faces import resources

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

PRINTED = 4
"""Flag of an annotation that is printed (ISO 19005-3, 6.3.2)."""


@dataclass(frozen=True)
class Attachment:
    """A file in the file. `table`: place of the printed table it is the data of, counted from 0; the parts of a table name one file."""

    name: str
    description: str
    data: bytes
    table: int


def conform(pdf: Pdf, tables: Sequence[Object], attachments: Sequence[Attachment], release_date: str) -> None:
    """`tables`: tags of the printed tables; `release_date`: ISO date, the only one that the file holds."""
    describe(pdf, release_date)
    mean_colours(pdf)
    print_annotations(pdf)
    keep_pictures_sharp(pdf)
    attach(pdf, tables, attachments, f"D:{release_date.replace('-', '')}000000Z")


def saved(pdf: Pdf) -> bytes:
    """Same bytes for same content."""
    from pikepdf import ObjectStreamMode

    written = io.BytesIO()
    pdf.save(written, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, compress_streams=True)
    return written.getvalue()


_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""PDF/A knows no property of PDF/UA unless it is told what it is (ISO 19005-3, 6.6.2.3)."""


def describe(pdf: Pdf, release_date: str) -> None:
    """Metadata, readable without a PDF program, the same as in the information dictionary (ISO 19005-3, 6.6; PDF/UA-1, 5 and 7.1)."""
    from pikepdf import Dictionary, Name

    info = {key: str(pdf.docinfo.get(f"/{key}", "")) for key in ("Title", "Author", "Subject", "Keywords", "Producer")}
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{release_date.replace('-', '')}000000Z"
    date = f"{release_date}T00:00:00Z"
    parts = [
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>",
        f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>",
        "<dc:format>application/pdf</dc:format>",
        _texts("dc:language", "Bag", str(pdf.Root.Lang)),
        _texts("dc:title", "Alt", info["Title"]),
        _texts("dc:creator", "Seq", info["Author"]),
        _texts("dc:description", "Alt", info["Subject"]),
        f"<pdf:Keywords>{escape(info['Keywords'])}</pdf:Keywords>" if info["Keywords"] else "",
        f"<pdf:Producer>{escape(info['Producer'])}</pdf:Producer>",
    ]
    body = "\n".join(p for p in parts if p)
    xmp = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" '
        f'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n{body}\n</rdf:Description>\n{_SCHEMA}\n'
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
    )
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Dictionary(Type=Name("/Metadata"), Subtype=Name("/XML")))


def _texts(name: str, kind: str, text: str) -> str:
    if not text:
        return ""
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    return f"<{name}><rdf:{kind}><rdf:li{language}>{escape(text)}</rdf:li></rdf:{kind}></{name}>"


def mean_colours(pdf: Pdf) -> None:
    """All colours are sRGB, those of transparent things too (ISO 19005-3, 6.2.3, 6.2.4.3 and 6.2.10).

    The profile is the International Color Consortium's own, see `config/colour`.
    """
    from pikepdf import Array, Dictionary, Name, String

    profile = pdf.make_stream(shipped("config", "colour", "sRGB2014.icc").read_bytes(), Dictionary(N=3))
    name, home = String("sRGB IEC61966-2.1"), String("http://www.color.org")
    intent = Dictionary(
        Type=Name("/OutputIntent"), S=Name("/GTS_PDFA1"), OutputConditionIdentifier=name, Info=name, RegistryName=home
    )
    intent.DestOutputProfile = profile
    pdf.Root.OutputIntents = Array([intent])
    for page in pdf.pages:
        page.obj.Group = Dictionary(Type=Name("/Group"), S=Name("/Transparency"), CS=Name("/DeviceRGB"))


def print_annotations(pdf: Pdf) -> None:
    """Every link is there on paper too (ISO 19005-3, 6.3.2)."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            annotation.F = PRINTED


def keep_pictures_sharp(pdf: Pdf) -> None:
    """No picture is smoothed by the program that shows it (ISO 19005-3, 6.2.8)."""
    pictures = [drawn for held in resources(pdf) for drawn in held.get("/XObject", {}).values() if drawn.Subtype == "/Image"]
    for picture in [*pictures, *(p.SMask for p in pictures if "/SMask" in p)]:
        if "/Interpolate" in picture:
            picture.Interpolate = False


def attach(pdf: Pdf, tables: Sequence[Object], attachments: Sequence[Attachment], date: str) -> None:
    """The data of each table, known to the document and to the tag of the table (ISO 19005-3, 6.8 and annex E)."""
    from pikepdf import Array, Dictionary, Name, String

    files: dict[str, Object] = {}
    for attachment in {a.name: a for a in sorted(attachments, key=lambda a: a.name)}.values():
        stream = pdf.make_stream(attachment.data, Dictionary(Type=Name("/EmbeddedFile"), Subtype=Name("/text/csv")))
        digest = hashlib.md5(attachment.data, usedforsecurity=False).digest()
        stream.Params = Dictionary(
            Size=len(attachment.data), CreationDate=String(date), ModDate=String(date), CheckSum=String(digest)
        )
        files[attachment.name] = pdf.make_indirect(
            Dictionary(
                Type=Name("/Filespec"),
                F=String(attachment.name),
                UF=String(attachment.name),
                Desc=String(attachment.description),
                AFRelationship=Name("/Data"),
                EF=Dictionary(F=stream, UF=stream),
            )
        )
    if not files:
        return
    listed = [x for name, file in files.items() for x in (String(name), file)]
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(listed)))
    pdf.Root.AF = pdf.make_indirect(Array(list(files.values())))
    for attachment in attachments:
        if attachment.table < len(tables):
            tag = tables[attachment.table]
            tag.AF = Array([*tag.get("/AF", []), files[attachment.name]])
