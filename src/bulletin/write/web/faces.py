"""Faces of web pages: shipped copies with the signs of European languages, in WOFF2, under a name of their own as the licence of the
originals asks; `tools/web_faces.py` makes them."""

from __future__ import annotations

import base64
from functools import cache

from bulletin.model.theme import Faces
from bulletin.shipped import shipped

RESERVED, OWN = "Source", "Bulletin"
"""The name that a changed copy may not bear (SIL OFL 1.1, section 3), and the one it gets."""


def own_name(family: str) -> str:
    return family.replace(RESERVED, OWN)


def wanted(faces: Faces) -> list[tuple[str, int, bool]]:
    """Family, weight, and whether it is italic."""
    cuts = [(faces.text, 400, False), (faces.text, 400, True), (faces.text, 600, False), (faces.text, 700, False)]
    cuts += [(faces.display, 300, False), (faces.display, 400, False), (faces.figures, 400, False)]
    return list(dict.fromkeys([*cuts, (faces.heading, 400, False), (faces.heading, 600, False)]))


def file_of(family: str, weight: int, *, italic: bool) -> str:
    """`BulletinSans3-400-italic.woff2`."""
    return f"{own_name(family).replace(' ', '')}-{weight}{'-italic' if italic else ''}.woff2"


@cache
def faces_sheet(faces: Faces) -> bytes:
    """A rule for each face, its file within: some browsers let no page of a disk read a font beside it."""
    rules = []
    for family, weight, italic in wanted(faces):
        path = shipped("config", "fonts", "web", file_of(family, weight, italic=italic))
        if path.is_file():
            data = base64.b64encode(path.read_bytes()).decode()
            rules.append(
                f'@font-face {{ font-family: "{own_name(family)}"; font-weight: {weight}; '
                f"font-style: {'italic' if italic else 'normal'}; font-display: swap; "
                f"src: url(data:font/woff2;base64,{data}) format('woff2') }}\n"
            )
    return "".join(rules).encode()


def licences() -> dict[str, bytes]:
    """Of the faces, to go with them."""
    return {path.name: path.read_bytes() for path in sorted(shipped("config", "fonts").glob("OFL-*.txt"))}
