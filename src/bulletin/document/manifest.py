"""What a file sent out for review carries of the build: per block its order, text and numbers, so that it can be read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from bulletin.document.anchors import bookmark
from bulletin.document.blocks import Box, BulletList, Definitions, Figure, Notice, Paragraph, Table
from bulletin.document.inline import Emphasis, Foreign, Inlines, Literal, Number, Strong, plain
from bulletin.document.tree import Document, walk


def build_manifest(document: Document, second: Document | None = None) -> bytes:
    """UTF-8 JSON with schema, build id, edition, language, and blocks in reading order. The build id is a digest of the blocks.

    With a second language side by side its blocks come after those of the first, each under its own bookmark.
    """
    documents = (document, second) if second else (document,)
    language = "-".join(d.metadata.language for d in documents)
    blocks = [block for d in documents for block in _blocks(d)]
    digest = hashlib.sha256(json.dumps(blocks, ensure_ascii=False).encode()).hexdigest()
    whole = {
        "schema": "bulletin-build/1",
        "build": f"{document.metadata.edition}-{language}-{digest[:12]}",
        "edition": document.metadata.edition,
        "language": language,
        "blocks": blocks,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _blocks(document: Document) -> list[dict[str, object]]:
    language = document.metadata.language
    return [
        {
            "id": block,
            "bookmark": bookmark(block, language),
            "sha256": hashlib.sha256(plain(content).encode()).hexdigest(),
            "numbers": [[n.fact, n.text] for n in _numbers(content)],
            "literals": [n.text for n in _literals(content)],
        }
        for block, content in _contents(document)
    ]


def _contents(document: Document) -> Iterator[tuple[str, Inlines]]:
    for section in document.sections:
        if section.opening and section.opening.lede:
            yield section.opening.lede.id, section.opening.lede.content
    for block in walk(document.sections):
        match block:
            case Paragraph() | Notice():
                yield block.id, block.content
            case BulletList():
                yield from ((p.id, p.content) for p in block.items)
            case Table() | Figure():
                yield block.id, block.title
                yield from ((n.id, n.content) for n in block.notes)
            case Box():
                yield block.id, block.title
            case Definitions():
                yield from ((d.id, d.content) for d in block.items)
            case _:
                pass


def _numbers(content: Inlines) -> Iterator[Number]:
    for piece in content:
        match piece:
            case Number():
                yield piece
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                yield from _numbers(inner)
            case _:
                pass


def _literals(content: Inlines) -> Iterator[Literal]:
    for piece in content:
        match piece:
            case Literal():
                yield piece
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                yield from _literals(inner)
            case _:
                pass
