"""Reviewers' wording as a file for people: entries by id, one field a line, nothing that says nothing, comments kept."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.model.override import Placeholder

if TYPE_CHECKING:
    from bulletin.model.override import Override, Reviewer

SCHEMA = "bulletin.overrides/1"
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
_SHOWN = "\u00a0\u202f"
"""Blanks of numbers: they stay as they are, though an editor does not show them."""


def write_overrides(entries: Mapping[str, Override], existing: str = "") -> bytes:
    """YAML, the same for the same entries. Comments of the `existing` file stand above the entry in which, or before which, they
    stood; those of entries that are no longer there go."""
    comments = _comments(existing)
    lines = [*comments.head, f"schema: {SCHEMA}", "blocks:" if entries else "blocks: {}"]
    for block in sorted(entries, key=_natural):
        lines += [f"  {comment}" for comment in comments.entries.get(block, ())]
        lines += [f"  {_key(block)}:", *(f"    {line}".rstrip() for line in _entry(entries[block]))]
    return ("\n".join([*lines, *comments.foot]) + "\n").encode()


def _entry(given: Override) -> list[str]:
    lines = [f"action: {given.action}"]
    lines += [f"{name}: {_key(text)}" for name, text in (("after", given.after), ("into", given.into)) if text]
    lines += _text(given.text) if given.text else []
    lines += [f"base: {_quoted(given.base)}"] if given.base else []
    lines += _placeholders(given.placeholders)
    if given.literals:
        lines.append("literals:")
        for typed in given.literals:
            note = f", note: {_quoted(typed.note)}" if typed.note else ""
            lines.append(f"  - {{text: {_quoted(typed.text)}, state: {typed.state}{note}}}")
    lines.append(f"state: {given.state}")
    lines += _by(given.by)
    if given.alternatives:
        lines.append("alternatives:")
        for other in given.alternatives:
            base = [f"base: {_quoted(other.base)}"] if other.base else []
            inner = [*_text(other.text), *base, *_placeholders(other.placeholders), *_by(other.by)]
            lines += [f"  {'- ' if not n else '  '}{line}" for n, line in enumerate(inner)]
    return lines


def _text(text: str) -> list[str]:
    """Paragraphs as paragraphs, where nothing is lost by it."""
    lines = text.split("\n")
    written = len(lines) > 1 and all(lines[i] for i in (0, -1)) and all(line == line.strip() for line in lines)
    if written and unicodedata.is_normalized("NFC", text) and all(c.isprintable() or c in _SHOWN for c in "".join(lines)):
        return ["text: |-", *(f"  {line}" for line in lines)]
    return [f"text: {_quoted(text)}"]


def _placeholders(given: Mapping[str, str | Placeholder]) -> list[str]:
    if not given:
        return []
    found = []
    for name, said in given.items():
        if isinstance(said, Placeholder):
            form = f", format: {said.format}" if said.format else ""
            found.append(f"  {_key(name)}: {{ref: {_quoted(said.ref)}{form}}}")
        else:
            found.append(f"  {_key(name)}: {_quoted(said)}")
    return ["placeholders:", *found]


def _by(reviewers: Sequence[Reviewer]) -> list[str]:
    if not reviewers:
        return []
    found = []
    for r in reviewers:
        date = f", date: {_quoted(r.date)}" if r.date else ""
        tracked = ", tracked: true" if r.tracked else ""
        found.append(f"  - {{author: {_quoted(r.author)}{date}{tracked}}}")
    return ["by:", *found]


def _key(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Marks that no editor shows, and those that a reader would join, are written out."""
    joined = not unicodedata.is_normalized("NFC", text)
    return '"' + "".join(_escaped(c, all_=joined) for c in text) + '"'


def _escaped(c: str, *, all_: bool) -> str:
    if c in '"\\':
        return "\\" + c
    if c in "\n\t":
        return {"\n": "\\n", "\t": "\\t"}[c]
    if (c.isprintable() or c in _SHOWN) and (c.isascii() or not all_):
        return c
    return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"


def _natural(text: str) -> list[tuple[int, str]]:
    """`x.2` before `x.10`."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", text)]


# ---------------------------------------------------------------- comments of a file that a person has edited


@dataclass
class _Comments:
    head: list[str] = field(default_factory=list)
    entries: dict[str, list[str]] = field(default_factory=dict)
    foot: list[str] = field(default_factory=list)


_ENTRY = re.compile(r"""(?P<blank>\s+)(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'\-][^:#]*?)\s*:(?:\s|$)""")
_SCALAR = re.compile(r":\s+[|>][+-]?\d?[+-]?\s*(?:#.*)?$")


def _comments(existing: str) -> _Comments:
    """What a person wrote after `#`; a file in another form than one key a line has none that can be told."""
    found, waiting = _Comments(), list[str]()
    inside, depth, scalar = "", 0, -1
    begun = False
    for line in existing.splitlines():
        indent = len(line) - len(line.lstrip())
        if scalar >= 0 and (not line.strip() or indent > scalar):
            continue
        scalar = indent if _SCALAR.search(line) else -1
        remark = _remark(line)
        if line.lstrip().startswith("#"):
            into = found.entries[inside] if inside and indent > depth else waiting
            into.append(line.strip())
        elif not begun:
            begun = line.startswith("blocks:")
            if begun or remark:
                found.head += [*waiting, *([remark] if remark else [])]
                waiting = []
        else:
            entry = _ENTRY.match(line)
            if entry and (not depth or indent == depth):
                inside, depth = _unquoted(entry["key"]), indent
                found.entries[inside], waiting = waiting, []
            if inside and remark:
                found.entries[inside].append(remark)
    found.foot = waiting
    return found


def _remark(line: str) -> str:
    """What stands after `#` outside of quotation marks; empty for none."""
    quote, before, escaped = "", " ", False
    for at, c in enumerate(line):
        if quote:
            if c == quote and not escaped:
                quote = ""
            escaped = c == "\\" and quote == '"' and not escaped
        elif c in "\"'" and before in " \t:,[{":
            quote = c
        elif c == "#" and before in " \t":
            return line[at:].rstrip()
        before = c
    return ""


def _unquoted(key: str) -> str:
    if key.startswith('"'):
        try:
            return str(json.loads(key))
        except ValueError:
            return key[1:-1]
    return key[1:-1].replace("''", "'") if key.startswith("'") else key
