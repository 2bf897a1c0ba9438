"""YAML 1.2 read strictly, with the line of every key: no repeated keys, no anchors, no tags, at most 1 MB."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Union

from bulletin.limits import TEXT_FILE, YAML_DEPTH
from bulletin.load.memory import recalled
from bulletin.load.text_file import FORBIDDEN, decode
from bulletin.model.finding import Finding, Place, Severity

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_CURLY = "“”„‘’‚"

Scalar = str | int | float | bool | None
Tree = Union[Scalar, "Map", "Seq"]
Line = tuple[str, int]
"""File and line."""


class Map(dict[str, Tree]):
    """A mapping that knows where each key stands."""

    __slots__ = ("at", "own")

    def __init__(self, own: Line) -> None:
        super().__init__()
        self.own = own
        self.at: dict[str, Line] = {}

    def put(self, key: str, value: Tree, at: Line) -> None:
        self[key] = value
        self.at[key] = at


class Seq(list[Tree]):
    """A list that knows where each item stands."""

    __slots__ = ("at", "own")

    def __init__(self, own: Line) -> None:
        super().__init__()
        self.own = own
        self.at: list[Line] = []

    def put(self, value: Tree, at: Line) -> None:
        self.append(value)
        self.at.append(at)


class Number(float):
    """A decimal number that still knows how it was written, so that a text field given `1.10` keeps its zero."""

    __slots__ = ("text",)
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Parsed:
    tree: Tree
    findings: tuple[Finding, ...]


def place(line: Line, column: str = "") -> Place:
    return Place(line[0], cell=str(line[1]) if line[1] else "", column=column)


def parse_yaml(content: bytes, file: str) -> Parsed:
    """The tree of a file, the caller's own to change; when a finding is an error the tree is None."""
    parsed = _remembered(content, file)
    return Parsed(_copied(parsed.tree), parsed.findings)


def _copied(tree: Tree) -> Tree:
    if isinstance(tree, Map):
        kept = Map(tree.own)
        kept.update((key, _copied(value)) for key, value in tree.items())
        kept.at = dict(tree.at)
        return kept
    if isinstance(tree, Seq):
        items = Seq(tree.own)
        items.extend(_copied(value) for value in tree)
        items.at = list(tree.at)
        return items
    return tree


@lru_cache(maxsize=256)
def _remembered(content: bytes, file: str) -> Parsed:
    # Kept in memory by content: a country that keeps the former orthography is read twice, and tests load the same files often.
    return recalled("yaml", content, file, lambda: _parsed(content, file))


def _parsed(content: bytes, file: str) -> Parsed:
    if len(content) > TEXT_FILE.most:
        return _failed("yaml-too-large", file, 0, limit=TEXT_FILE.most)
    decoded = decode(content, "cp1252")
    if decoded is None:
        return _failed("unknown-encoding", file, 0)
    text, encoding = decoded
    findings: list[Finding] = []
    if encoding == "cp1252":
        findings.append(Finding("encoding-windows", Severity.WARNING, Place(file)))
    bad = FORBIDDEN.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        return _failed("forbidden-character", file, line, character=f"U+{ord(bad[0]):04X}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        tree = _Builder(file, findings).build(text)
    except _RefusedError as refused:
        return Parsed(None, (*findings, refused.finding))
    if any(f.severity is Severity.ERROR for f in findings):
        return Parsed(None, tuple(findings))
    return Parsed(tree, tuple(findings))


def _failed(rule: str, file: str, line: int, **parameters: str | int) -> Parsed:
    return Parsed(None, (Finding(rule, Severity.ERROR, place((file, line)), parameters=parameters),))


class _RefusedError(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


class _Builder:
    """Turns ruamel's events into a tree: faster than its constructor, and every position is kept."""

    def __init__(self, file: str, findings: list[Finding]) -> None:
        self.file = file
        self.findings = findings

    def build(self, text: str) -> Tree:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            return self._walk(YAML(typ="safe", pure=True).parse(text))
        except MarkedYAMLError as error:
            raise self._explained(error, text) from error
        except YAMLError as error:
            raise self._refused("yaml-syntax", 0) from error
        except RecursionError as error:
            raise self._refused("yaml-too-deep", 0) from error

    def _walk(self, events) -> Tree:  # type: ignore[no-untyped-def]
        from ruamel.yaml.events import (
            AliasEvent,
            DocumentStartEvent,
            MappingEndEvent,
            MappingStartEvent,
            ScalarEvent,
            SequenceEndEvent,
            SequenceStartEvent,
        )

        file = self.file
        root: Tree = None
        stack: list[tuple[Map | Seq, Line]] = []
        current: Map | Seq | None = None
        key: str | None = None
        documents = 0
        for event in events:
            kind = type(event)
            if kind is ScalarEvent or kind is MappingStartEvent or kind is SequenceStartEvent:
                line = (file, event.start_mark.line + 1)
                if event.anchor is not None:
                    raise self._refused("yaml-anchor", line[1], name=event.anchor)
                if event.tag is not None:
                    raise self._refused("yaml-tag", line[1], name=str(event.tag))
                if kind is ScalarEvent and event.style == '"' and (hidden := FORBIDDEN.search(event.value)):
                    # written as an escape: `\u202e`
                    raise self._refused("forbidden-character", line[1], character=f"U+{ord(hidden[0]):04X}")
                value: Tree
                if kind is ScalarEvent:
                    if isinstance(current, Map) and key is None:
                        key = event.value
                        if event.style is None and key[:1] in _CURLY and key:
                            raise self._refused("yaml-curly-quotes", line[1], text=key[:40])
                        if key in current:
                            self.findings.append(
                                Finding(
                                    "yaml-repeated-key",
                                    Severity.ERROR,
                                    place(line),
                                    parameters={"name": key, "first": str(current.at[key][1])},
                                )
                            )
                        current.at[key] = line
                        continue
                    value = event.value if event.style is not None else self._plain(event.value, line)
                else:
                    if isinstance(current, Map) and key is None:
                        raise self._refused("yaml-syntax", line[1])
                    value = Map(line) if kind is MappingStartEvent else Seq(line)
                if current is None:
                    root = value
                elif isinstance(current, Map):
                    current[key or ""] = value
                    key = None
                else:
                    current.put(value, line)
                if kind is not ScalarEvent:
                    if current is not None:
                        stack.append((current, line))
                    if len(stack) > YAML_DEPTH.most:
                        raise self._refused("yaml-too-deep", line[1])
                    current = value  # type: ignore[assignment]
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                current = stack.pop()[0] if stack else None
                key = None
            elif kind is AliasEvent:
                raise self._refused("yaml-anchor", event.start_mark.line + 1, name=str(event.anchor))
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise self._refused("yaml-documents", event.start_mark.line + 1)
        return root

    def _plain(self, text: str, line: Line) -> Scalar:
        """YAML 1.2 core schema, except that `010` stays text: a leading zero belongs to a code."""
        first = text[:1]
        if first in "-+0123456789" and text:
            if _INTEGER.fullmatch(text):
                return int(text) if len(text) < 19 else text
            if _DECIMAL.fullmatch(text):
                number = Number(text)
                number.text = text
                return number
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text in ("true", "True", "TRUE"):
            return True
        if text in ("false", "False", "FALSE"):
            return False
        if first in _CURLY:
            raise self._refused("yaml-curly-quotes", line[1], text=text[:40])
        return text

    def _refused(self, rule: str, line: int, **parameters: str | int) -> _RefusedError:
        return _RefusedError(Finding(rule, Severity.ERROR, place((self.file, line)), parameters=parameters))

    def _explained(self, error, text: str) -> _RefusedError:  # type: ignore[no-untyped-def]
        """The rule that fits what the YAML reader stumbled over; its own English sentence is not passed on."""
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        lines = text.split("\n")
        problem, context = str(error.problem), str(error.context)
        near = lines[line - 1] if 0 < line <= len(lines) else ""
        if "\\t" in problem or re.match(r"[ ]*\t", near):
            return self._refused("yaml-tab", line)
        if "mapping values are not allowed" in problem:
            return self._refused("yaml-colon", line, text=near.strip()[:60])
        if "quoted scalar" in context or "unexpected end of stream" in problem:
            start = error.context_mark.line + 1 if error.context_mark else line
            return self._refused("yaml-quotes", start)
        if "duplicate" in problem:
            return self._refused("yaml-repeated-key", line, name=near.split(":")[0].strip(), first="?")
        if "undefined alias" in problem or "anchor" in context:
            return self._refused("yaml-anchor", line, name=near.strip()[:40])
        if "block" in context or "could not find expected" in problem:
            return self._refused("yaml-indentation", line, text=near.strip()[:60])
        return self._refused("yaml-syntax", line)
