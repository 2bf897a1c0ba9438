"""The shipped fonts inside the document, so that it looks the same where they are not installed."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from functools import cache

from bulletin.model.theme import Theme
from bulletin.write.docx.markup import DECLARATION, NAMESPACES, escape
from bulletin.write.docx.styles import heading, light, semibold
from bulletin.write.measure import faces
from bulletin.write.zipped import Deflated, deflated

_LEVEL = 5
"""Of deflating: the next takes half as long again and saves one byte in two hundred."""


@dataclass(frozen=True)
class EmbeddedFont:
    relation: str
    name: str
    key: str
    """The GUID its first bytes are veiled with (ECMA-376 part 4, 2.8.1)."""
    data: Deflated


def families(theme: Theme) -> tuple[str, ...]:
    """Those a style names; the licence (SIL OFL 1.1) allows embedding whole files."""
    font = theme.font
    wanted = (font.text, semibold(theme), font.display, light(theme), font.heading, heading(theme), font.figures)
    return tuple(dict.fromkeys(wanted))


@cache
def embedded(wanted: tuple[str, ...]) -> tuple[EmbeddedFont, ...]:
    """Of the families `wanted`."""
    found: list[EmbeddedFont] = []
    for family in wanted:
        for bold, italic in _CUTS:
            path = faces().get((family, bold, italic))
            if path is None:
                continue
            data = path.read_bytes()
            key = str(uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(data).hexdigest())).upper()
            number = len(found) + 1
            found.append(EmbeddedFont(f"rIdFont{number}", f"font{number}.odttf", key, deflated(veiled(data, key), _LEVEL)))
    return tuple(found)


def veiled(data: bytes, key: str) -> bytes:
    """The first 32 bytes combined with the key, whose bytes are taken from the end; doing it twice gives the font back."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1]
    return bytes(byte ^ mask[i % 16] for i, byte in enumerate(data[:32])) + data[32:]


def font_table(theme: Theme, fonts: tuple[EmbeddedFont, ...]) -> bytes:
    """The part `fontTable.xml`; `fonts` in the order of `embedded`."""
    rest = list(fonts)
    entries = []
    for family in families(theme):
        links = []
        for (bold, italic), element in _CUTS.items():
            if (family, bold, italic) in faces():
                font = rest.pop(0)
                links.append(f'<w:{element} r:id="{font.relation}" w:fontKey="{{{font.key}}}"/>')
        serif = "Serif" in family
        entries.append(
            f'<w:font w:name="{escape(family)}"><w:altName w:val="{"Cambria" if serif else "Calibri"}"/><w:charset w:val="00"/>'
            f'<w:family w:val="{"roman" if serif else "swiss"}"/><w:pitch w:val="variable"/>{"".join(links)}</w:font>'
        )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{''.join(entries)}</w:fonts>".encode()


_CUTS = {
    (False, False): "embedRegular",
    (True, False): "embedBold",
    (False, True): "embedItalic",
    (True, True): "embedBoldItalic",
}
