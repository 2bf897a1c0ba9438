"""A document on its way to a PDF: what is rendered apart, in which order, and how it becomes one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bulletin.write.pdf.conform import Attachment, conform, saved
from bulletin.write.pdf.expected import expected
from bulletin.write.pdf.heads import heads_html, page_numbers, paged, render_heads
from bulletin.write.pdf.join import joined
from bulletin.write.pdf.pages import Survey, render_part, surveyed
from bulletin.write.pdf.parts import Cuts, Part, numbered


@dataclass(frozen=True)
class Volume:
    """All that a PDF is made of."""

    cuts: Cuts
    labels: Mapping[str, str]
    """Link target to its name."""
    attachments: tuple[Attachment, ...]
    release_date: str
    """ISO date, the only one that the file holds."""


@dataclass(frozen=True)
class Heads:
    """Heads and feet of all pages, to be rendered like a part."""

    html: str
    assets: tuple[tuple[str, bytes], ...]


def unnumbered(volume: Volume) -> dict[int, Part]:
    """What can be rendered before any page has its number, by its place among the parts: all but the contents."""
    return {n: part for n, part in enumerate(volume.cuts.parts) if not part.is_waiting}


def surveys_of(volume: Volume, rendered: Mapping[int, bytes]) -> list[Survey]:
    """Of all parts; those that are not `rendered` yet are taken to be as long as they will most likely be."""
    return [surveyed(rendered[n]) if n in rendered else expected(part.html) for n, part in enumerate(volume.cuts.parts)]


def settled(volume: Volume, surveys: Sequence[Survey]) -> dict[int, Part]:
    """The contents with page numbers, by their place among the parts."""
    pages = page_numbers(paged(volume.cuts.parts, surveys), surveys)
    return {n: numbered(part, pages) for n, part in enumerate(volume.cuts.parts) if part.is_waiting}


def heads_of(volume: Volume, surveys: Sequence[Survey]) -> Heads:
    return Heads(heads_html(volume.cuts.frame, paged(volume.cuts.parts, surveys)), volume.cuts.frame.assets)


def rendered_heads(heads: Heads) -> bytes:
    return render_heads(heads.html, heads.assets)


def bound(volume: Volume, parts: Sequence[bytes], heads: bytes) -> bytes:
    """The finished file: PDF/UA-1 and PDF/A-3a. `parts` as rendered, the contents `settled`; same bytes for same content."""
    from pikepdf import Pdf

    surveys = [surveyed(data) for data in parts]
    leaves = paged(volume.cuts.parts, surveys)
    with Pdf.new() as pdf:
        exhibits = joined(pdf, parts, surveys, leaves, heads, volume.labels)
        tables = [tag for tag in exhibits if tag.S == "/Table"]
        conform(pdf, tables, volume.attachments, volume.release_date)
        return saved(pdf)


def made(volume: Volume, each: Callable[..., Iterable[bytes]] = map) -> bytes:
    """All of it; `each`: `map`, here or in other processes."""
    last, parts, waiting = dict[int, Part](), dict[int, bytes](), unnumbered(volume)
    surveys: list[Survey] = []
    while waiting or not surveys:
        parts |= zip(waiting, each(render_part, list(waiting.values())), strict=True)
        last |= waiting
        surveys = surveys_of(volume, parts)
        waiting = {n: part for n, part in settled(volume, surveys).items() if last.get(n) != part}
    (heads,) = each(rendered_heads, [heads_of(volume, surveys)])
    return bound(volume, [parts[n] for n in range(len(parts))], heads)
