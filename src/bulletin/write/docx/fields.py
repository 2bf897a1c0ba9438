"""Fields and links of a Word document, always with their result filled in."""

from __future__ import annotations

from bulletin.write.docx.markup import escape, run, styled


def field(instruction: str, result: str, properties: str = "") -> str:
    """A complex field; `result` is finished runs, `properties` are those of the field's own marks."""
    return opened(instruction, properties) + result + closed(properties)


def opened(instruction: str, properties: str = "") -> str:
    """The field up to its result, for a field that runs over several paragraphs."""
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{kept}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{kept}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{kept}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


def closed(properties: str = "") -> str:
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{kept}<w:fldChar w:fldCharType="end"/></w:r>'


def link(bookmark: str, content: str) -> str:
    """A link to a place in the document."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


def reference(bookmark: str, text: str, properties: str = "") -> str:
    # MERGEFORMAT keeps the running text's look when Word renews the field; without it the caption's colour would come along.
    return field(f"REF {bookmark} \\h \\* MERGEFORMAT", run(text, properties), properties)


def folio() -> str:
    """The page number, as a field in the folio style."""
    return field("PAGE", styled("Folio", "1"), '<w:rStyle w:val="Folio"/>')
