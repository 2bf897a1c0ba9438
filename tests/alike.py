"""Compares two PDFs as wholes: words and pixels of each page, places, links, bookmarks, tags in reading order; shares no code with the
writer."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

from tagged import Tag, content, tags

NEAR = 0.01
"""Points that two places may differ by."""
SHADE = 8
"""Of 255, by which a pixel may differ: what is moved by a millionth of a point may be smoothed otherwise."""


def differences(one: bytes, other: bytes, resolution: int = 40) -> list[str]:
    """What a reader, a program or a printer would find different; empty: nothing."""
    with pikepdf.open(io.BytesIO(one)) as a, pikepdf.open(io.BytesIO(other)) as b:
        if len(a.pages) != len(b.pages):
            return [f"{len(a.pages)} pages, {len(b.pages)} pages"]
        found = [*unlike("places", places(a), places(b)), *unlike("bookmarks", bookmarks(a), bookmarks(b))]
        found += [*unlike("links", links(a), links(b)), *unlike("tags", read_on(a), read_on(b))]
        found += unlike("fonts", sorted(fonts(a).items()), sorted(fonts(b).items()))
    words = zip(pages_of(one), pages_of(other), strict=True)
    found += [f"p. {n}: {x.split()[:9]} / {y.split()[:9]}" for n, (x, y) in enumerate(words, 1) if x.split() != y.split()]
    return [*found, *shades(one, other, resolution)]


def unlike(what: str, one: list[tuple[object, ...]], other: list[tuple[object, ...]]) -> Iterator[str]:
    if len(one) != len(other):
        yield f"{what}: {len(one)} / {len(other)}"
    for x, y in zip(one, other, strict=False):
        if not all(near(v, w) for v, w in zip(x, y, strict=True)):
            yield f"{what}: {x} / {y}"


def near(x: object, y: object) -> bool:
    if isinstance(x, float) and isinstance(y, float):
        return abs(x - y) <= NEAR
    if isinstance(x, tuple) and isinstance(y, tuple):
        return len(x) == len(y) and all(near(v, w) for v, w in zip(x, y, strict=True))
    return x == y


def numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}


def place(found: pikepdf.Object, pages: dict[tuple[int, int], int]) -> tuple[object, ...]:
    return pages[found[0].objgen], str(found[1]), *(float(v) for v in list(found)[2:])


def places(pdf: pikepdf.Pdf) -> list[tuple[object, ...]]:
    pages = numbers(pdf)
    flat = list(pdf.Root.Names.Dests.Names)
    return [(str(flat[i]), place(flat[i + 1], pages)) for i in range(0, len(flat), 2)]


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[object, ...]]:
    pages = numbers(pdf)
    found: list[tuple[object, ...]] = []

    def collect(items: list[pikepdf.OutlineItem], depth: int) -> None:
        for item in items:
            found.append((depth, item.title, place(item.destination, pages)))
            collect(item.children, depth + 1)

    with pdf.open_outline() as outline:
        collect(outline.root, 1)
    return found


def links(pdf: pikepdf.Pdf) -> list[tuple[object, ...]]:
    return [
        (n, str(a.get("/Dest", "")), str(a.get("/Contents", "")), tuple(float(v) for v in a.Rect), int(a.get("/F", 0)))
        for n, page in enumerate(pdf.pages, 1)
        for a in page.obj.get("/Annots", [])
    ]


def fonts(pdf: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(f.BaseFont) for f in pdf.objects if isinstance(f, pikepdf.Dictionary) and f.get("/Subtype") == "/Type0")


def read_on(pdf: pikepdf.Pdf) -> list[tuple[object, ...]]:
    """Every tag in reading order with its depth, words, language, alternative text, attributes and place of its box."""

    def visit(tag: Tag, depth: int) -> Iterator[tuple[object, ...]]:
        own = "".join(p for p in tag.parts if isinstance(p, str))
        yield depth, tag.kind, own, tag.language, str(tag.raw.get("/Alt", "")), attributes(tag.raw), len(tag.annotations)
        for kid in tag.kids:
            yield from visit(kid, depth + 1)

    return list(visit(tags(pdf, content(pdf)), 0))


def attributes(raw: pikepdf.Object) -> tuple[object, ...]:
    held = raw.get("/A")
    listed = [] if held is None else list(held) if isinstance(held, pikepdf.Array) else [held]
    return tuple((str(key), value(v)) for each in listed for key, v in sorted(each.items()) if key != "/Headers")


def value(found: object) -> object:
    if isinstance(found, pikepdf.Array):
        return tuple(float(v) for v in found)
    return str(found)


def pages_of(data: bytes) -> list[str]:
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, check=True, capture_output=True).stdout.decode()
    return told.split("\f")


def shades(one: bytes, other: bytes, resolution: int) -> Iterator[str]:
    for n, (a, b) in enumerate(zip(drawn(one, resolution), drawn(other, resolution), strict=True), 1):
        if a.size != b.size:
            yield f"p. {n}: {a.size} / {b.size}"
            continue
        most = ImageChops.difference(a, b).getextrema()[1]
        if most > SHADE:
            yield f"p. {n}: pixels differ by up to {most}"


def drawn(data: bytes, resolution: int) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-gray", "-r", str(resolution), "-", str(Path(folder, "p"))]
        subprocess.run(command, input=data, check=True, capture_output=True)
        return [Image.open(io.BytesIO(path.read_bytes())) for path in sorted(Path(folder).iterdir())]
