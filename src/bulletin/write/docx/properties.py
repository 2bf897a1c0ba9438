"""What the document says of itself: core, custom and application properties, settings, numbering, the manifest part."""

from __future__ import annotations

import hashlib
import re
import uuid

from bulletin.document.inline import UNPRINTABLE
from bulletin.document.tree import Metadata
from bulletin.model.theme import Theme
from bulletin.write.docx.markup import DECLARATION, NAMESPACES, escape, hexed, twips

MANIFEST = "urn:bulletin:manifest:1"
"""Namespace of the part that holds the build's manifest; nothing in the text is bound to it."""


def day_of(metadata: Metadata) -> str:
    """Of the edition, never of the clock: the same edition gives the same bytes."""
    return metadata.release_date[:10] if re.match(r"\d{4}-\d\d-\d\d", metadata.release_date) else "1980-01-01"


def core_properties(metadata: Metadata) -> bytes:
    stamp = f"{day_of(metadata)}T00:00:00Z"
    kept = 'xsi:type="dcterms:W3CDTF"'
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(metadata.title)}</dc:title><dc:subject>{escape(metadata.description)}</dc:subject>"
        f"<dc:creator>{escape(metadata.publisher)}</dc:creator><cp:keywords>{escape('; '.join(metadata.keywords))}</cp:keywords>"
        f"<cp:lastModifiedBy>{escape(metadata.publisher)}</cp:lastModifiedBy>"
        f"<dcterms:created {kept}>{stamp}</dcterms:created><dcterms:modified {kept}>{stamp}</dcterms:modified>"
        f"<dc:language>{escape(metadata.tag)}</dc:language><cp:contentStatus>{escape(metadata.status)}</cp:contentStatus>"
        "</cp:coreProperties>"
    ).encode()


def application_properties(metadata: Metadata) -> bytes:
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>bulletin</Application><Company>{escape(metadata.publisher)}</Company></Properties>"
    ).encode()


def custom_properties(build: str) -> bytes:
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="bulletin.build">'
        f"<vt:lpwstr>{escape(build)}</vt:lpwstr></property></Properties>"
    ).encode()


def manifest_part(manifest: bytes) -> bytes:
    # The quotes of half a megabyte of JSON need no escaping in an element.
    said = UNPRINTABLE.sub("", manifest.decode()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'{DECLARATION}<manifest xmlns="{MANIFEST}">{said}</manifest>'.encode()


def manifest_properties(manifest: bytes) -> bytes:
    item = str(uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(manifest).hexdigest())).upper()
    return (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{{{item}}}"><ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
"""The lines between text and footnotes, which are notes themselves."""


def settings(metadata: Metadata, *, recording: bool = False, notes: bool = False) -> bytes:
    """No update on opening: Word would ask a question and reviewers would fear for the file. `recording`: of changes, from the
    start; `notes`: there are footnotes."""
    word = 'w:uri="http://schemas.microsoft.com/office/word"'
    compatibility = f'<w:compatSetting w:name="compatibilityMode" {word} w:val="15"/>' + "".join(
        f'<w:compatSetting w:name="{name}" {word} w:val="1"/>'
        for name in ("overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures", "doNotFlipMirrorIndents")
    )
    lines = "".join(f'<w:footnote w:id="{n}"/>' for _, n in SEPARATORS)
    lines = f"<w:footnotePr>{lines}</w:footnotePr>"
    separator = ";" if metadata.decimal == "," else ","
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:embedTrueTypeFonts/>'
        f"{'<w:trackRevisions/>' if recording else ''}"
        f'<w:defaultTabStop w:val="{twips(10)}"/><w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>{lines if notes else ""}<w:compat>'
        f"{compatibility}</w:compat>"
        f'<w:themeFontLang w:val="{escape(metadata.tag)}"/><w:decimalSymbol w:val="{metadata.decimal}"/>'
        f'<w:listSeparator w:val="{separator}"/></w:settings>'
    ).encode()


def numbering(theme: Theme) -> bytes:
    """One list: the bullet; its indents are those of the paragraph styles."""
    return (
        f'{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="tab"/><w:lvlText w:val="•"/>'
        f'<w:lvlJc w:val="left"/><w:pPr/><w:rPr><w:color w:val="{hexed(theme.colour.accent)}"/></w:rPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ).encode()
