"""Makes config/fonts/web from config/fonts: the faces of web editions, with the signs that European languages need. Needs brotli."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from bulletin.write.web.faces import OWN, RESERVED, file_of

FONTS = Path(__file__).resolve().parents[1] / "config" / "fonts"
SIGNS = [
    *map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x180)),
    *"əΔΣΩαβγσμπ–—‘’“”„•…‰′″‹›€−≤≥≈≠½⁰⁴⁵⁶⁷⁸⁹▲△▼▽●○■□◆◇◊→←↑↓✓ˉ\u02bc\u1ebd\u202f\u2009\u2002\u2011\u200b\u2060",
]  # fmt: skip
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]
LICENCE = (0, 13, 14)
"""Entries of the table of names that stay as they are: copyright and licence."""
LEFT_OUT = {("Source Sans 3", 300, False), ("Source Sans 3", 600, True)}
"""Cuts that no page uses."""


def made(path: Path) -> tuple[str, bytes] | None:
    """Name and content of the web face of a shipped one."""
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        names = font["name"]
        family = str(names.getDebugName(16) or names.getDebugName(1))
        cut = (family, int(font["OS/2"].usWeightClass), bool(font["OS/2"].fsSelection & 1))
        return None if cut in LEFT_OUT else (file_of(cut[0], cut[1], italic=cut[2]), _subset(font))


def _subset(font: Any) -> bytes:
    options = subset.Options()
    options.layout_features, options.name_IDs = FEATURES, ["*"]
    options.hinting = options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in SIGNS])
    subsetter.subset(font)
    names = font["name"]
    for record in list(names.names):
        if record.nameID not in LICENCE:
            text = record.toUnicode().replace(RESERVED, OWN)
            names.setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


if __name__ == "__main__":
    (FONTS / "web").mkdir(exist_ok=True)
    for source in sorted(FONTS.glob("*.ttf")):
        found = made(source)
        if found:
            (FONTS / "web" / found[0]).write_bytes(found[1])
            print(found[0], len(found[1]))
