"""Configuration trees are validated against the dataclasses of model; every error keeps its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, get_args, get_type_hints

from bulletin.load.nearest import nearest
from bulletin.load.table_map import TableMap
from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.codes import Code
from bulletin.model.finding import Finding, Severity
from bulletin.model.grammar import Grammar
from bulletin.model.outline import ChapterSpec, Item, SectionSpec
from bulletin.model.override import Override
from bulletin.model.phrasing import Phrasing
from bulletin.model.text import LocalText

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

ITEM_KEYS: Mapping[str, str] = {fields(kind)[0].name: kind.__name__ for kind in get_args(Item)}
"""First key of an outline item to its type: `table` to `TableSpec`, …"""


@dataclass(frozen=True)
class Addition:
    """One entry of `add:`: an item, section or chapter and where it goes."""

    to: str = ""
    """Id of the section (for an item) or of the chapter (for a section)."""
    after: str = ""
    before: str = ""
    item: Item | None = None
    section: SectionSpec | None = None
    chapter: ChapterSpec | None = None


@dataclass(frozen=True)
class Changes:
    """What bulletin.yaml says beside the edition."""

    schema: Literal["bulletin/1"]
    add: tuple[Addition, ...] = ()
    omit: tuple[str, ...] = ()
    change: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class MapFile:
    """Several tables of one file; what stands beside `tables` holds for all."""

    tables: tuple[TableMap, ...]


@dataclass(frozen=True)
class OutlineHead:
    id: str
    title: LocalText
    subtitle: LocalText
    order: tuple[str, ...]


@dataclass(frozen=True)
class OverrideFile:
    blocks: Mapping[str, Override]
    """By id of the block."""
    schema: str = ""


@dataclass(frozen=True)
class CodeListFile:
    label: LocalText
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class LanguagePack:
    """Fields of Locale; the tag is the country's unless the pack fixes it."""

    language: str
    decimal: str
    group: str
    min_group: int
    percent: str
    scales: Mapping[int, tuple[str, str]]
    scale_of: Mapping[int, str]
    months: tuple[str, ...]
    date: str
    month_year: str
    quarter: str
    semester: str
    ordinal: Mapping[str, str]
    cardinals: Mapping[str, tuple[str, ...]]
    list_and: str
    quotes: tuple[str, str]
    words: Mapping[str, str]
    sign_names: Mapping[str, str]
    tag: str = ""
    signs: Mapping[str, str] = field(default_factory=dict)
    """Signs that this language prints otherwise than the preset."""
    grammar: Grammar = field(default_factory=Grammar)
    phrasing: Phrasing = field(default_factory=Phrasing)
    literals: tuple[tuple[str, str], ...] = ()
    months_short: tuple[str, ...] = ()
    partial: bool = False
    """The language is not complete: what it lacks is lent by another one of the edition, and no edition is final with it."""
    review: tuple[str, ...] = ()
    """Words and patterns of this pack that a national reader has yet to confirm."""
    first_of_month: bool = False
    halves: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    bare_scales: tuple[int, ...] = ()


@cache
def adapter(kind: Any, *, documented: bool = False) -> TypeAdapter[Any]:
    from pydantic import ConfigDict, TypeAdapter

    # A one-element tuple carries the configuration, so that the dataclasses of model stay free of pydantic.
    config = ConfigDict(
        extra="forbid", coerce_numbers_to_str=True, hide_input_in_errors=True, use_attribute_docstrings=documented
    )
    return TypeAdapter(tuple[kind], config=config)


def validated(kind: type[T], tree: Tree, line: Line) -> tuple[T | None, tuple[Finding, ...]]:
    """The value of a tree, or None and what is wrong with it; empty keys (`partners:`) count as absent."""
    from pydantic import ValidationError

    tree = without_empty(tree)
    try:
        return adapter(cast("Any", kind)).validate_python((tree,))[0], ()
    except ValidationError as error:
        found = [_finding(e, tree, line, kind) for e in error.errors(include_url=False, include_context=True, include_input=True)]
        return None, unique(f for f in found if f is not None)


def unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without repetitions, in order."""
    kept: dict[tuple[str, str, str, str], Finding] = {}
    for f in findings:
        kept.setdefault((f.rule, str(f.place), f.key, str(sorted(f.parameters.items()))), f)
    return tuple(kept.values())


def without_empty(tree: Tree) -> Tree:
    if isinstance(tree, Map):
        kept = Map(tree.own)
        for key, value in tree.items():
            if value is not None:
                kept.put(key, without_empty(value), tree.at[key])
        return kept
    if isinstance(tree, Seq):
        items = Seq(tree.own)
        for value, at in zip(tree, tree.at, strict=True):
            items.put(without_empty(value), at)
        return items
    return tree


_TYPE_RULES = {
    "string_type": "config-not-text",
    "string_sub_type": "config-not-text",
    "int_type": "config-not-whole",
    "int_parsing": "config-not-whole",
    "int_from_float": "config-not-whole",
    "float_type": "config-not-number",
    "float_parsing": "config-not-number",
    "bool_type": "config-not-yes-no",
    "bool_parsing": "config-not-yes-no",
    "tuple_type": "config-not-list",
    "list_type": "config-not-list",
    "mapping_type": "config-not-map",
    "dict_type": "config-not-map",
    "dataclass_type": "config-not-map",
}


def _finding(error: Any, tree: Tree, line: Line, kind: Any) -> Finding | None:
    """None for an error of a union member that the item does not mean."""
    path: list[str] = []
    node: Tree = tree
    names = set(ITEM_KEYS.values())
    for step in error["loc"][1:]:
        if isinstance(node, Map) and isinstance(step, str | int) and str(step) in node:
            line, node = node.at[str(step)], node[str(step)]
            path.append(str(step))
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            line, node = node.at[step], node[step]
            path.append(f"[{step + 1}]")
        elif step in names and isinstance(node, Map):
            meant = _meant(node)
            if meant != step and not (meant is None and step == "TableSpec"):
                return None
            if meant is None:
                return Finding(
                    "config-unknown-item",
                    Severity.ERROR,
                    place(line, ".".join(path)),
                    parameters={"found": ", ".join(list(node)[:3]), "known": ", ".join(ITEM_KEYS)},
                )
    last = str(error["loc"][-1]) if len(error["loc"]) > 1 else ""
    where = ".".join(path).replace(".[", "[")
    rule = error["type"]
    if rule == "missing":
        return Finding("config-missing-key", Severity.ERROR, place(line, where), parameters={"name": last})
    if rule in ("unexpected_keyword_argument", "extra_forbidden"):
        parent = where.rsplit(".", 1)[0] if "." in where else ""
        known = _siblings(kind, error["loc"][1:-1], tree)
        return Finding(
            "config-unknown-key",
            Severity.ERROR,
            place(line, parent),
            parameters={"name": last, "nearest": nearest(last, known) or ", ".join(known[:12])},
        )
    shown = "" if isinstance(node, Map | Seq) else str(node)
    if rule in ("literal_error", "enum"):
        context = error.get("ctx", {})
        return Finding(
            "config-not-allowed",
            Severity.ERROR,
            place(line, where),
            parameters={"found": shown[:60], "expected": str(context.get("expected", "")).replace(" or ", ", ")},
        )
    if rule in ("too_short", "too_long", "missing_argument"):
        context = error.get("ctx", {})
        count = context.get("min_length", context.get("max_length", 0))
        return Finding("config-wrong-length", Severity.ERROR, place(line, where), parameters={"count": int(count or 0)})
    return Finding(
        _TYPE_RULES.get(rule, "config-wrong-value"), Severity.ERROR, place(line, where), parameters={"found": shown[:60]}
    )


def _meant(node: Map) -> str | None:
    return next((name for key, name in ITEM_KEYS.items() if key in node), None)


def _siblings(kind: Any, steps: tuple[Any, ...], tree: Tree) -> list[str]:
    """Keys allowed at `steps` below `kind`."""
    current: Any = kind
    for step in steps:
        options = [current, *_members(current)]
        named = next((o for o in options if getattr(o, "__name__", "") == step and is_dataclass(o)), None)
        if named is not None:
            current = named
            continue
        found: Any = None
        for option in options:
            if is_dataclass(option) and isinstance(step, str):
                found = get_type_hints(option).get(step)
            else:
                arguments = [a for a in get_args(option) if a is not Ellipsis]
                found = arguments[-1] if arguments else None
            if found is not None:
                break
        current = found
    for option in [current, *_members(current)]:
        if is_dataclass(option):
            return [f.name for f in fields(option)]
    return []


def _members(kind: Any) -> list[Any]:
    """Members of a union, for instance of `Level | None`."""
    import types
    from typing import Union, get_origin

    if get_origin(kind) in (Union, types.UnionType):
        return [m for m in get_args(kind) if m is not type(None)]
    return []
