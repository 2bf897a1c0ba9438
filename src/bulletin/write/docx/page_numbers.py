"""Page numbers in the contents and lists of a finished Word file, as a layout of that very file has them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulletin.write.docx.fields import field
from bulletin.write.docx.markup import run
from bulletin.write.docx.package import opened, replaced

_BODY = "word/document.xml"
_ENTRY = re.compile(
    r'(<w:p><w:pPr><w:pStyle w:val="(?P<style>Toc\d|TableOfFigures)"/>(?:(?!</w:p>).)*?<w:hyperlink w:anchor="(?P<target>_Toc\w+)"'
    r"[^>]*>(?:(?!</w:hyperlink>).)*)(</w:hyperlink>)",
    re.DOTALL,
)
_NUMBER = re.compile(r'<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText[^>]*> PAGEREF .*?</w:r>'
                     r'(?=</w:hyperlink>)', re.DOTALL)  # fmt: skip


def listed(data: bytes) -> tuple[str, ...]:
    """Names of the bookmarks that the entries of contents and lists lead to, in their order."""
    return tuple(found["target"] for found in _ENTRY.finditer(opened(data)[_BODY].decode()))


def paged(data: bytes, pages: Mapping[str, int]) -> bytes:
    """The file with the number of the page in every entry, instead of any it has; `pages`: by name of a bookmark.

    An entry whose bookmark has no page stays a link without a number.
    """
    text = _NUMBER.sub("", opened(data)[_BODY].decode())

    def numbered(found: re.Match[str]) -> str:
        page = pages.get(found["target"])
        if page is None:
            return found[0]
        look = '<w:rStyle w:val="EntryPage"/>' if found["style"] in _STRONG else ""
        number = field(f"PAGEREF {found['target']} \\h", run(str(page), look))
        return found[1] + run("\t") + number + found[4]

    return replaced(data, {_BODY: _ENTRY.sub(numbered, text).encode()})


_STRONG = ("Toc1",)
