"""PDFs made by chapters: the parts of all of them, and whatever else is to be written, over the same processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bulletin.cache import digest
from bulletin.document.chart import Image
from bulletin.document.parallel import Parallel
from bulletin.document.tree import Document
from bulletin.model.theme import Theme
from bulletin.pipeline.kept import Each, Kept, Step

if TYPE_CHECKING:
    from bulletin.write.pdf.parts import Part
    from bulletin.write.pdf.volume import Heads, Volume

Book = tuple[Document | Parallel, Mapping[str, Image], Theme]
"""All that a PDF is made of."""

HEADS = -1
"""In the place of a part: heads and feet of all pages."""

PICTURE = 3000
"""A picture takes as long as so many characters of markup."""


def by_chapters(
    books: Sequence[Book],
    others: Sequence[Step],
    kept: Kept,
    each: Each,
    meanwhile: Callable[[], object] = lambda: None,
) -> tuple[list[bytes], list[Any]]:
    """The PDF of each book, and the results of `others`, in their order: the same however many processes work. `meanwhile`: done
    here, if at all, once the workers have most to do."""
    from bulletin.write.pdf.volume import unnumbered

    volumes: list[Volume] = list(each(_volume, books)) if books else []
    names = [_names(edition) for edition, _, _ in books]
    chapters = [(n, at, part) for n, volume in enumerate(volumes) for at, part in unnumbered(volume).items()]
    results = kept.steps([*others, *(_part(names[n][at], part) for n, at, part in chapters)], _beside(each, meanwhile))
    parts: list[dict[int, bytes]] = [{} for _ in volumes]
    for (n, at, _), data in zip(chapters, results[len(others) :], strict=True):
        parts[n][at] = data
    heads = _settle(volumes, names, parts, kept, each)
    pieces = [(v, [found[at] for at in range(len(found))], h) for v, found, h in zip(volumes, parts, heads, strict=True)]
    bound = list(each(_bound, pieces)) if books else []
    return bound, results[: len(others)]


def _beside(each: Each, meanwhile: Callable[[], object]) -> Each:
    def begun(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterable[Any]:
        results = each(function, items)
        meanwhile()
        return results

    return begun


def _names(edition: Document | Parallel) -> tuple[str, ...]:
    """Of the parts: language and section, `pt/contributory`."""
    document = edition.first if isinstance(edition, Parallel) else edition
    language = edition.languages if isinstance(edition, Parallel) else document.metadata.language
    return tuple(f"{language}/{name}" for name in ("cover", *(section.id for section in document.sections)))


def _settle(
    volumes: Sequence[Volume], names: Sequence[Sequence[str]], parts: list[dict[int, bytes]], kept: Kept, each: Each
) -> list[bytes]:
    """Puts the contents among `parts`, once it is known which page has which number; returns the heads and feet of all pages."""
    from bulletin.write.pdf.volume import Heads, heads_of, settled, surveys_of

    made: dict[tuple[int, int], Part | Heads] = {}
    heads = [b""] * len(volumes)
    while True:  # the contents may take more pages than expected
        surveys = [surveys_of(volume, found) for volume, found in zip(volumes, parts, strict=True)]
        wanted: dict[tuple[int, int], Part | Heads] = {
            (n, at): part for n, volume in enumerate(volumes) for at, part in settled(volume, surveys[n]).items()
        }
        wanted |= {(n, HEADS): heads_of(volume, surveys[n]) for n, volume in enumerate(volumes)}
        lacking = {place: piece for place, piece in wanted.items() if made.get(place) != piece}
        if not lacking:
            return heads
        steps = [_heads(piece) if isinstance(piece, Heads) else _part(names[n][at], piece) for (n, at), piece in lacking.items()]
        for (n, at), data in zip(lacking, kept.steps(steps, each), strict=True):
            if at == HEADS:
                heads[n] = data
            else:
                parts[n][at] = data
        made |= lacking


def _part(name: str, part: Part) -> Step:
    from bulletin.write.pdf.pages import render_part

    key = digest(part.name, part.html, *(piece for asset in part.assets for piece in asset))
    return Step("pdf-part", name, key, render_part, part, len(part.html) + PICTURE * len(part.assets))


def _heads(heads: Heads) -> Step:
    from bulletin.write.pdf.volume import rendered_heads

    key = digest(heads.html, *(piece for asset in heads.assets for piece in asset))
    return Step("pdf-heads", "", key, rendered_heads, heads)


def _volume(book: Book) -> Volume:
    from bulletin.write.pdf import parallel_volume_of, volume_of

    edition, images, theme = book
    return parallel_volume_of(edition, images, theme) if isinstance(edition, Parallel) else volume_of(edition, images, theme)


def _bound(pieces: tuple[Volume, Sequence[bytes], bytes]) -> bytes:
    from bulletin.write.pdf.volume import bound

    return bound(*pieces)
