"""Notes that a reviewer has put in since, as recorded changes: the call in the text and the words of the note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bulletin.model.noted import noted
from bulletin.write.docx.atoms import W
from bulletin.write.docx.recorded import Pen

if TYPE_CHECKING:
    from lxml import etree


def mark_new_notes(pen: Pen, notes: etree._Element, body: etree._Element, before: Iterable[str]) -> None:
    """`before`: the words of the older blocks, with the notes in them. Notes of the program have bookmarks, and are blocks."""
    known = {_bare(said) for text in before for kind, said in noted(text) if kind == "note"}
    calls = {str(c.get(f"{W}id")): c for c in body.iter(f"{W}footnoteReference")}
    for note in notes.iterchildren(f"{W}footnote"):
        texts = list(note.iter(f"{W}t"))
        said = _bare("".join(t.text or "" for t in texts))
        if not said or next(note.iter(f"{W}bookmarkStart"), None) is not None or said in known:
            continue
        call = calls.get(str(note.get(f"{W}id")))
        words = [t for t in texts if (t.text or "").strip()]
        for element in (*([call] if call is not None else []), *words):
            run = element.getparent()
            around = run.getparent() if run is not None else None
            if run is None or around is None or run.tag != f"{W}r" or around.tag == f"{W}ins":
                continue
            change = pen.change("ins")
            around.replace(run, change)
            change.append(run)


def _bare(words: str) -> str:
    return " ".join(words.split())
