"""PDFs made by chapters: the parts of all of them, and whatever else is to be written, over the same processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bulletin.cache import digest
from bulletin.document.chart import Image
from bulletin.document.parallel import Parallel
from bulletin.document.tree import Document
from bulletin.model.theme import Theme
from bulletin.pipeline.kept import Each, Kept, Step

if TYPE_CHECKING:
    from bulletin.write.pdf.pages import Survey
    from bulletin.write.pdf.parts import Part
    from bulletin.write.pdf.volume import Heads, Volume

Book = tuple[Document | Parallel, Mapping[str, Image], Theme]
"""All that a PDF is made of."""

PICTURE = 3000
"""A picture takes as long as so many characters of markup."""


def by_chapters(books: Sequence[Book], others: Sequence[Step], kept: Kept, each: Each) -> tuple[list[bytes], list[Any]]:
    """The PDF of each book, and the results of `others`, in their order: the same however many processes work."""
    from bulletin.write.pdf.volume import drafts

    volumes: list[Volume] = list(each(_volume, books)) if books else []
    names = [_names(edition) for edition, _, _ in books]
    steps = [_part(*named) for n, volume in enumerate(volumes) for named in zip(names[n], drafts(volume), strict=True)]
    results = kept.steps([*others, *steps], each)
    rest = iter(results[len(others) :])
    parts = [[next(rest) for _ in volume.cuts.parts] for volume in volumes]
    heads = _settle(volumes, names, parts, kept, each)
    bound = list(each(_bound, list(zip(volumes, parts, heads, strict=True)))) if books else []
    return bound, results[: len(others)]


def _names(edition: Document | Parallel) -> tuple[str, ...]:
    """Of the parts: language and section, `pt/contributory`."""
    document = edition.first if isinstance(edition, Parallel) else edition
    language = edition.languages if isinstance(edition, Parallel) else document.metadata.language
    return tuple(f"{language}/{name}" for name in ("cover", *(section.id for section in document.sections)))


def _settle(
    volumes: Sequence[Volume], names: Sequence[Sequence[str]], parts: list[list[bytes]], kept: Kept, each: Each
) -> list[bytes]:
    """Puts the page numbers into the contents among `parts`; returns the heads and feet of all pages."""
    from bulletin.write.pdf.pages import surveyed
    from bulletin.write.pdf.volume import heads_of, settled

    def seen() -> list[list[Survey]]:
        return [[surveyed(data) for data in found] for found in parts]

    before, surveys, heads = None, seen(), list[bytes]()
    while before != surveys:  # numbers may have made the contents longer
        waiting = [(n, at, part) for n, volume in enumerate(volumes) for at, part in settled(volume, surveys[n]).items()]
        steps = [_heads(heads_of(volume, surveys[n])) for n, volume in enumerate(volumes)]
        results = kept.steps([*steps, *(_part(names[n][at], part) for n, at, part in waiting)], each)
        heads = results[: len(volumes)]
        for (n, at, _), data in zip(waiting, results[len(volumes) :], strict=True):
            parts[n][at] = data
        before, surveys = surveys, seen()
    return heads


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
