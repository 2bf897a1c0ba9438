"""Comments of reviewers, tied to the paragraphs and words they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.model.reviewed import ReadComment
from bulletin.review.paragraphs import Settled
from bulletin.review.pieces import Raw
from bulletin.review.ranges import Covered
from bulletin.review.styles import Styles
from bulletin.review.walk import Walk
from bulletin.review.wordml import W14, W15, W, moment

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def read_comments(
    part: Element | None,
    extended: Element | None,
    anchors: Mapping[str, tuple[Covered, ...]],
    raws: Sequence[Raw],
    places: Mapping[int, Settled],
) -> tuple[ReadComment, ...]:
    """`extended`: the part that says which are resolved and which answer others, by the id of a comment's last paragraph."""
    if part is None:
        return ()
    states = {e.get(f"{W15}paraId", "").upper(): e for e in extended.iterfind(f"{W15}commentEx")} if extended is not None else {}
    comments = list(part.iterfind(f"{W}comment"))
    threads: dict[str, str] = {}
    for comment in comments:
        for paragraph in comment.iter(f"{W}p"):
            threads[paragraph.get(f"{W14}paraId", "").upper()] = comment.get(f"{W}id", "")
    found = {}
    for comment in comments:
        identity = comment.get(f"{W}id", "")
        paragraphs = [p.get(f"{W14}paraId", "").upper() for p in comment.iter(f"{W}p")]
        state = next((states[p] for p in reversed(paragraphs) if p in states), None)
        parent = "" if state is None else threads.get(state.get(f"{W15}paraIdParent", "").upper() or "-", "")
        done = state is not None and state.get(f"{W15}done", "0") in {"1", "true", "on"}
        index, quoted = _place(anchors.get(identity, ()), raws, places)
        found[identity] = ReadComment(
            id=identity,
            author=comment.get(f"{W}author", ""),
            date=moment(comment),
            text=_text(comment),
            resolved=done,
            parent="" if parent == identity else parent,
            paragraph=index,
            quoted=quoted,
        )
    return tuple(_with_thread(comment, found) for comment in found.values())


def _with_thread(comment: ReadComment, known: Mapping[str, ReadComment]) -> ReadComment:
    """An answer stands where its question stands, and is resolved with it."""
    seen, first = {comment.id}, comment
    while first.parent in known and first.parent not in seen:
        seen.add(first.parent)
        first = known[first.parent]
    if first is comment:
        return comment
    resolved = comment.resolved or first.resolved
    if comment.paragraph < 0:
        return replace(comment, resolved=resolved, paragraph=first.paragraph, quoted=first.quoted)
    return replace(comment, resolved=resolved)


def _text(comment: Element) -> str:
    walk = Walk(Styles())
    walk.body(comment)
    return "\n".join(raw.accepted for raw in walk.paragraphs if not raw.story).strip()


def _place(parts: Sequence[Covered], raws: Sequence[Raw], places: Mapping[int, Settled]) -> tuple[int, str]:
    """The paragraph read on which it stands, and the words, of the original view where none of them is left."""
    if not parts:
        return -1, ""
    kept = [raws[part.paragraph].accepted[slice(*part.accepted)] for part in parts]
    if not any(kept):
        kept = [raws[part.paragraph].original[slice(*part.original)] for part in parts]
    return places[parts[0].paragraph].index, "\n".join(kept).strip()
