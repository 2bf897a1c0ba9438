"""Short ways to write what was issued and what came back: figures in square brackets with their fact, literals in angle brackets."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache

from bulletin.document.anchors import bookmark
from bulletin.load.locale import make_locale
from bulletin.model.issued import BlockKind, Issued, IssuedBlock, IssuedChart, IssuedTable, Span
from bulletin.model.locale import Locale
from bulletin.model.review import Collected
from bulletin.model.reviewed import Mark, ReadChart, ReadComment, ReadFile, ReadParagraph, ReadTable, Revision
from bulletin.review.collect import collect
from factories import MOZAMBIQUE, PORTUGUESE, shipped_pack

_MARKED = re.compile(r"\[(?P<number>[^|\]]+)\|(?P<fact>[^\]]+)\]|<(?P<literal>[^>]+)>|\((?P<label>[^()|]+)\|@(?P<block>[^)]+)\)")


@cache
def tongue(language: str) -> Locale:
    """As the shipped pack speaks in the example's country."""
    return make_locale(shipped_pack(language), MOZAMBIQUE, PORTUGUESE.signs)


def issued(
    words: str, name: str = "a.level", language: str = "pt", order: int = 0, kind: BlockKind = "text", **more: object
) -> IssuedBlock:
    """`A população era de [33,2 milhões|POPULATION.MZ@2024] em <2024> (Quadro 1.1|@population)`; blanks inside figures do not break."""
    text, spans = "", []
    end = 0
    for m in _MARKED.finditer(words):
        text += words[end : m.start()]
        end = m.end()
        if m["number"]:
            said = m["number"].replace(" ", "\u00a0")
            spans.append(Span(len(text), said, "number", m["fact"]))
        elif m["literal"]:
            said = m["literal"]
            spans.append(Span(len(text), said, "literal", "period"))
        else:
            said = m["label"].replace(" ", "\u00a0")
            spans.append(Span(len(text), said, "reference", m["block"]))
        text += said
    text += words[end:]
    digest = hashlib.sha256(text.encode()).hexdigest()
    return IssuedBlock(name, language, bookmark(name, language), kind, order, text, digest, tuple(spans), f"gen:{name}", **more)  # type: ignore[arg-type]


ANA, BEN = "Ana", "Ben"


def edit(kind: str = "insert", author: str = ANA, date: str = "2026-11-22T08:15:06Z", text: str = "") -> Revision:
    return Revision(kind, author, date, text)  # type: ignore[arg-type]


def standing(
    block: IssuedBlock, said: str | None = None, *, tracked: bool = False, mark: str = "whole", **more: object
) -> ReadParagraph:
    """The block's paragraph as it is read back, its words changed or not; figures keep their style where they are still there."""
    text = block.lead + (block.text if said is None else said) + block.tail
    styled = tuple(
        (at, at + len(span.text)) for span in block.spans if span.kind == "number" and (at := text.find(span.text)) >= 0
    )
    own: dict[str, object] = {
        "original": block.lead + block.text + block.tail if tracked else text,
        "figures": styled,
        "marks": (Mark(block.bookmark, mark),) if mark else (),  # type: ignore[arg-type]
        "revisions": (edit(),) if tracked else (),
    }
    return ReadParagraph(text, **(own | more))  # type: ignore[arg-type]


def fresh(text: str, **more: object) -> ReadParagraph:
    return ReadParagraph(text, **({"original": text} | more))  # type: ignore[arg-type]


def sent(*blocks: IssuedBlock, tables: tuple[IssuedTable, ...] = (), charts: tuple[IssuedChart, ...] = ()) -> Issued:
    numbered = tuple(replace(b, order=n) for n, b in enumerate(blocks))
    languages = tuple(dict.fromkeys(b.language for b in blocks)) or ("pt",)
    return Issued("2024-pt-0a1b2c", "2024", "MZ", languages, numbered, tables, charts)


def back(
    *paragraphs: ReadParagraph,
    tables: tuple[ReadTable, ...] = (),
    comments: tuple[ReadComment, ...] = (),
    charts: tuple[ReadChart, ...] = (),
) -> ReadFile:
    return ReadFile(
        paragraphs, tables, comments, charts, b"", "2024-pt-0a1b2c", "LibreOffice/7.4", "2026-11-23T10:00:00Z", "d" * 64
    )


def collected(issued: Issued, file: ReadFile, reviewer: str = "Direcção X") -> Collected:
    return collect(issued, file, {language: tongue(language) for language in issued.languages}, reviewer)
