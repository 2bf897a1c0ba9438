"""Trees and lists as JSON with one block or item a line, so that one of 10^5 is found and read without reading the others."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulletin.document.serial import Json

_LONG = {"Table": "rows", "Figure": "chart"}
"""The field of a block that holds its figures: written last, so that what stands before it can be read alone."""
_CLOSED, _BETWEEN = "]}", '],"sections":['


def encoded_items(head: Mapping[str, Json], lists: Mapping[str, Sequence[Json]]) -> bytes:
    """An object of plain fields and lists, every item of a list on a line of its own."""
    parts = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in head.items()]
    for name, items in lists.items():
        lines = ",\n".join(_compact(i) for i in items)
        parts.append(f"{json.dumps(name)}: [\n{lines}\n]")
    return ("{" + ",\n".join(parts) + "}\n").encode()


def encoded_blocks(tree: Json) -> bytes:
    """The tree of a document: the head of a section and every block on a line of its own."""
    assert isinstance(tree, dict)
    head = {k: v for k, v in tree.items() if k != "sections"}
    return "\n".join([_compact(head)[:-1] + ',"sections":[', *_sections(tree.get("sections")), _CLOSED, ""]).encode()


def _sections(sections: Json) -> Iterator[str]:
    listed = sections if isinstance(sections, list) else []
    for n, section in enumerate(listed):
        assert isinstance(section, dict)
        yield _compact({k: v for k, v in section.items() if k not in ("blocks", "sections")})[:-1] + ',"blocks":['
        blocks = section.get("blocks")
        yield from _separated([_block(b) for b in blocks] if isinstance(blocks, list) else [])
        yield _BETWEEN
        yield from _sections(section.get("sections"))
        yield _CLOSED + ("," if n + 1 < len(listed) else "")


def _separated(lines: Sequence[str]) -> Iterator[str]:
    for n, line in enumerate(lines):
        yield line + ("," if n + 1 < len(lines) else "")


def _block(block: Json) -> str:
    assert isinstance(block, dict)
    long = _LONG.get(str(block.get("type")), "")
    return _compact({**{k: v for k, v in block.items() if k != long}, **({long: block[long]} if long in block else {})})


def _compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Line:
    """A block, or the head of a section, as it stands in the file."""

    start: int
    """Offset in the file: the order of reading."""
    data: bytes
    sections: tuple[int, ...]
    """Numbers of the lines of the sections around it, outermost first; a section's own line is the last of its own."""

    def node(self) -> dict[str, Json]:
        return _object(self.data)

    def head(self) -> dict[str, Json]:
        """Without the rows of a table and the data of a chart."""
        for name in _LONG.values():
            end = self.data.find(f',"{name}":'.encode())
            if end > 0:
                return _object(self.data[:end] + b"}")
        return self.node()


@dataclass(frozen=True)
class Lines:
    """A tree as lines; sections come before their blocks."""

    data: bytes
    lines: tuple[Line, ...]
    starts: tuple[int, ...] = field(default=(), repr=False)

    def at(self, offset: int) -> Line | None:
        """The line that holds a place of the file."""
        n = bisect_right(self.starts, offset) - 1
        return self.lines[n] if n >= 0 else None


def read_blocks(data: bytes) -> Lines:
    """Of a file that `encoded_blocks` wrote, or of a tree in any other layout. Raises ValueError for anything else."""
    if not data.startswith(b'{"type":"Document"') or b',"sections":[\n' not in data[: data.find(b"\n") + 1]:
        whole = json.loads(data)
        if not isinstance(whole, dict) or whole.get("type") != "Document":
            raise ValueError("no document")
        data = encoded_blocks(whole)
    lines: list[Line] = []
    around: list[int] = []
    start = data.find(b"\n") + 1
    while 0 < start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if data.startswith(b'{"type":"Section"', start):
            around.append(len(lines))
            lines.append(Line(start, data[start:end] + b"]}", tuple(around)))
        elif data.startswith(b"{", start):
            lines.append(Line(start, data[start:end].rstrip(b","), tuple(around)))
        elif data.startswith(b"]}", start) and around:
            around.pop()
        start = end + 1
    return Lines(data, tuple(lines), tuple(line.start for line in lines))


@dataclass(frozen=True)
class Items:
    """A file of lists as lines."""

    data: bytes
    head: Mapping[str, Json]
    spans: Mapping[str, tuple[int, int]]
    """Name of a list to where its lines begin and end."""

    def all(self, name: str) -> list[dict[str, Json]]:
        """Every item of a short list."""
        start, end = self.spans.get(name, (0, 0))
        found = json.loads(b"[" + self.data[start:end] + b"]")
        return [i for i in found if isinstance(i, dict)]

    def line_at(self, offset: int) -> bytes:
        """The item that holds a place of the file."""
        start, end = self.data.rfind(b"\n", 0, offset) + 1, self.data.find(b"\n", offset)
        return self.data[start : len(self.data) if end < 0 else end].rstrip(b",")

    def first_from(self, name: str, beginning: bytes) -> bytes:
        """The first item that does not come before these bytes, of a list whose items are in the order of theirs; empty: none."""
        low, high = self.spans.get(name, (0, 0))
        end = high
        while low < high:
            middle = self.data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self.data[middle : middle + len(beginning)] < beginning:
                low = self.data.find(b"\n", middle, end) + 1 or end
            else:
                high = middle
        return self.line_at(low) if low < end else b""

    def holding(self, needle: bytes, name: str) -> Iterator[dict[str, Json]]:
        """The items of a list in which the bytes occur, in order."""
        place, end = self.spans.get(name, (0, 0))
        while (place := self.data.find(needle, place, end)) >= 0:
            yield _object(self.line_at(place))
            place = self.data.find(b"\n", place)
            if place < 0:
                return


def read_items(data: bytes) -> Items:
    """Of a file that `encoded_items` wrote, or of such an object in any other layout. Raises ValueError for anything else."""
    spans = _spans(data)
    if not spans:
        whole = json.loads(data)
        if not isinstance(whole, dict):
            raise ValueError("no object")
        data = encoded_items(
            {k: v for k, v in whole.items() if not isinstance(v, list)}, {k: v for k, v in whole.items() if isinstance(v, list)}
        )
        spans = _spans(data)
    first = min((data.rfind(b"\n", 0, start - 1) for start, _ in spans.values()), default=len(data))
    return Items(data, _object(data[:first].rstrip(b",\n") + b"}"), spans)


def _spans(data: bytes) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    place = 0
    while (opened := data.find(b": [\n", place)) > 0:
        name = json.loads(data[data.rfind(b"\n", 0, opened) + 1 : opened].lstrip(b"{"))
        end = data.find(b"\n]", opened + 3)
        if end < 0 or data[opened + 4 : opened + 5] not in (b"{", b"[", b"\n", b'"'):
            return {}
        found[str(name)] = (opened + 4, max(end, opened + 4))
        place = end
    return found


_read_from = json.JSONDecoder().raw_decode


def _object(data: bytes) -> dict[str, Json]:
    found, _ = _read_from(data.decode())
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
