"""The file of facts of an edition, built or sealed, and the publishable table beside it, read a line at a time."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bulletin.document.lines import Items
from bulletin.ledger.answer import Calculation, Change, ClaimSeen, Leaf
from bulletin.ledger.figures import SIGNS, Marks
from bulletin.ledger.nodes import Node, number, one, said, text, texts
from bulletin.model.codes import DIMENSIONS, TOTAL, ConfStatus, ObsStatus
from bulletin.model.dataset import DERIVED
from bulletin.model.finding import Place
from bulletin.model.text import LocalText

_KEY = re.compile(r"(?P<indicator>[^.@()\s]+)\.(?P<area>[^.@()\s]+)(?P<rest>(?:\.\w+=[^.@()\s]+)*)@(?P<period>[\w-]+)")
_RARE = 4
"""Bytes."""
_NO_DIGITS = bytes(b for b in range(256) if not 48 <= b <= 57)


@dataclass(frozen=True)
class Row:
    """A line of the publishable table: what an edition says of an observation, printed as a figure or as a sign."""

    value: float | None
    unit: str
    statuses: tuple[str, ...]
    hidden: bool
    source: str
    illustrative: bool
    derived: bool


@dataclass(frozen=True)
class Book:
    items: Items
    table: bytes = b""
    """Empty: not at hand."""

    @property
    def edition(self) -> str:
        return text(dict(self.items.head), "edition")

    @cached_property
    def marks(self) -> Mapping[str, Marks]:
        return {
            k: Marks(text(v, "decimal"), text(v, "group"), text(v, "confidential") or "c")
            for k, v in self._by_language("marks").items()
        }

    @cached_property
    def files(self) -> tuple[str, ...]:
        return tuple(text(i, "path") for i in self.items.all("inputs"))

    @cached_property
    def indicators(self) -> Mapping[str, Node]:
        return {text(i, "id"): i for i in self.items.all("indicators")}

    @cached_property
    def labels(self) -> Mapping[str, LocalText]:
        return {i: said(node, "label") for i, node in self.indicators.items()}

    @cached_property
    def sources(self) -> Mapping[str, LocalText]:
        return {text(i, "id"): said(i, "title") for i in self.items.all("sources")}

    @cached_property
    def _revisions(self) -> Mapping[str, tuple[Node, ...]]:
        found: dict[str, tuple[Node, ...]] = {}
        for node in self.items.all("revisions"):
            found[text(node, "key")] = (*found.get(text(node, "key"), ()), node)
        return found

    def _by_language(self, name: str) -> dict[str, Node]:
        found = self.items.head.get(name)
        return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}

    # Facts

    def fact(self, fact_id: str) -> Node | None:
        beginning = b'{"id":' + _json(fact_id) + b","
        if self.items.head.get("order") == "id":
            line = self.items.first_from("facts", beginning)
            return _loaded(line) if line.startswith(beginning) else None
        return next((n for n in self.items.holding(beginning, "facts")), None)

    def saying(self, beginnings: Iterable[str]) -> Iterator[Node]:
        """Facts of which a text begins so, a sign before it or not, by id; a few others may be among them."""
        data = self.items.data
        places: dict[int, None] = {}
        for beginning in beginnings:
            whole = beginning.encode()
            # A long beginning is rare enough to be looked for once, without each sign that may stand before it.
            for sign in ("",) if len(whole) > _RARE else ('"', *(f'"{sign}' for sign in SIGNS)):
                places |= dict.fromkeys(self._found(sign.encode() + whole))
        yield from (
            _loaded(self.items.line_at(place)) for place in dict.fromkeys(data.rfind(b"\n", 0, p) + 1 for p in sorted(places))
        )

    def _found(self, needle: bytes) -> Iterator[int]:
        """Where the bytes stand in the facts without a digit after them, at most once a line."""
        data, (place, end) = self.items.data, self.items.spans.get("facts", (0, 0))
        while (place := data.find(needle, place, end)) >= 0:
            after = place + len(needle)
            if data[after : after + 1].isdigit():
                place = after
                continue
            yield place
            place = data.find(b"\n", after)
            if place < 0:
                return

    def resting_on(self, key: str) -> Iterator[Node]:
        """Facts in whose lineage the observation stands."""
        for node in self.items.holding(_json(key), "facts"):
            if any(leaf.key == key for leaf in self.leaves(node)):
                yield node

    def from_cell(self, place: Place) -> Iterator[Node]:
        """Facts in whose lineage the cell of a workbook or the line of a text file stands."""
        if place.file not in self.files:
            return
        for node in self.items.holding(_json(place.cell), "facts"):
            origins = [leaf.place for leaf in self.leaves(node)]
            if any(o.file == place.file and o.cell == place.cell and place.sheet in ("", o.sheet) for o in origins):
                yield node

    def nearest_texts(self, asked: str) -> tuple[str, ...]:
        """Printed figures whose digits are most like those asked for."""
        wanted = asked.encode().translate(None, _NO_DIGITS)
        start, end = self.items.spans.get("facts", (0, 0))
        language = json.dumps(next(iter(self.marks)))
        lists = re.compile(f'{language}:\\["([^\\]]*)"\\]'.encode()).findall(self.items.data, start, end)
        said = (t for each in lists for t in each.split(b'","'))
        known = [(t, d) for t in dict.fromkeys(said) if (d := t.translate(None, _NO_DIGITS))]
        length = min((abs(len(d) - len(wanted)) for _, d in known), default=0)
        alike = [(abs(int(d) - int(wanted or b"0")), t) for t, d in known if abs(len(d) - len(wanted)) == length]
        return tuple(t.decode() for _, t in sorted(alike)[:3])

    # What a fact says

    def leaves(self, node: Node) -> tuple[Leaf, ...]:
        found = []
        lineage = node.get("lineage")
        for given in lineage if isinstance(lineage, list) else []:
            if isinstance(given, dict):
                key, source, column = text(given, "key"), text(given, "source"), text(given, "column")
                place = (given.get("input"), text(given, "sheet"), text(given, "cell"))
            elif isinstance(given, list) and len(given) >= 4:
                key, source, column = str(given[0]), "", ""
                place = (given[1], str(given[2]), str(given[3]))
            else:
                continue
            found.append(Leaf(key, Place(self._file(place[0]), place[1], place[2], column), source, {}))
        return tuple(found)

    def _file(self, index: object) -> str:
        return self.files[index] if isinstance(index, int) and 0 <= index < len(self.files) else ""

    def calculation(self, node: Node) -> Calculation | None:
        """None for a figure as it was received."""
        fact, operation = text(node, "id"), text(node, "operation")
        called = re.fullmatch(r"([\w:.\-]+)\((.*)\)", fact)
        if called:
            return Calculation(operation or called[1], {}, {}, tuple(called[2].split(", ")))
        formula = self.indicators.get(fact.partition(".")[0], {})
        row = self.row(fact)
        if operation == "derived" or (row is not None and row.derived):
            inputs = {k: str(v) for k, v in one(formula, "inputs").items()}
            return Calculation(text(formula, "formula"), inputs, {k: str(v) for k, v in one(formula, "parameters").items()})
        return None

    def changes(self, fact_id: str) -> tuple[Change, ...]:
        return tuple(
            Change(text(n, "since"), text(n, "kind"), number(n, "old"), number(n, "new"), text(n, "cause"), said(n, "reason"))
            for n in self._revisions.get(fact_id, ())
        )

    def texts(self, node: Node) -> dict[str, tuple[str, ...]]:
        """Language to printed forms, languages in the order of the edition."""
        given = one(node, "texts")
        return {language: texts(given, language) for language in (*self.marks, *given) if language in given}

    def claims(self) -> tuple[ClaimSeen, ...]:
        return tuple(_claim(n) for n in self.items.all("claims"))

    def claims_on(self, fact_id: str) -> tuple[ClaimSeen, ...]:
        found = (_claim(n) for n in self.items.holding(_json(fact_id), "claims"))
        return tuple(c for c in found if fact_id in c.facts)

    def claims_in(self, block: str) -> tuple[ClaimSeen, ...]:
        return tuple(_claim(n) for n in self.items.holding(b'{"id":' + _json(block)[:-1] + b"#", "claims"))

    # The table

    def row(self, key: str) -> Row | None:
        """Of an observation that the edition prints, as a figure or as a sign."""
        split = key_parts(key)
        if split is None or not self.table:
            return None
        indicator, coordinates, period = split
        beginning = ",".join([indicator, *(coordinates[d] for d in DIMENSIONS), period, ""])
        start = self.table.find(f"\n{beginning}".encode())
        if start < 0:
            return None
        # A comment in quotation marks may hold line ends: the reader decides where the row stops.
        head = self.table[: self.table.find(b"\n")].decode()
        given = next(csv.DictReader([head, *self.table[start + 1 : start + 20_000].decode("utf-8", "ignore").splitlines(True)]))
        statuses = tuple(s for s in given["OBS_STATUS"].split(";") if s)
        hidden = given["CONF_STATUS"] != ConfStatus.FREE.value or ObsStatus.SUPPRESSED.value in statuses
        value = float(given["OBS_VALUE"]) if given["OBS_VALUE"] and not hidden else None
        return Row(
            value, given["UNIT_MEASURE"], statuses, hidden, given["SOURCE"], given["ILLUSTRATIVE"] == "true",
            given[DERIVED] == "true",
        )  # fmt: skip


def key_parts(key: str) -> tuple[str, dict[str, str], str] | None:
    """Indicator, every coordinate, period; None for what is no key of an observation."""
    match = _KEY.fullmatch(key)
    if match is None:
        return None
    coordinates = dict.fromkeys(DIMENSIONS, TOTAL) | {DIMENSIONS[0]: match["area"]}
    for part in match["rest"].split(".")[1:]:
        dimension, _, code = part.partition("=")
        if dimension not in coordinates:
            return None
        coordinates[dimension] = code
    return match["indicator"], coordinates, match["period"]


def _claim(node: Node) -> ClaimSeen:
    parameters = {k: str(v) for k, v in one(node, "parameters").items()}
    return ClaimSeen(
        text(node, "id"), text(node, "language"), text(node, "kind"), text(node, "outcome"), parameters, texts(node, "facts"),
        text(node, "sentence"),
    )  # fmt: skip


def _json(value: str) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _loaded(line: bytes) -> Node:
    found: Node = json.loads(line)
    return found
