"""The quality annex: the dimensions of quality with simple figures, then institutions, rules and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.compose.context import Context, with_literals
from bulletin.compose.exhibits import Footnotes, note_lines
from bulletin.compose.names import NOBODY, institution_name, language_name, ranked_institutions
from bulletin.document.blocks import Cell, Column, Row, Table
from bulletin.document.inline import Literal
from bulletin.model.dataset import Observation
from bulletin.model.quality import ORIGIN, Measure

Tables = tuple[Table, ...]
_Known = Mapping[tuple[str, str], Measure]

_DIMENSIONS = {
    "relevance": ("expected", "response"),
    "accuracy": ("gaps", "provisional", "estimated", "illustrative", "amended", "revision"),
    "timeliness": ("days", "due", "late"),
    "coherence": ("checked", "passed", "failed", "not_evaluated", "waivers"),
    "accessibility": ("languages", "files"),
}
"""Dimension of the European Statistical System to the measures that tell of it."""

_DATES = ("due", "late")
_INSTITUTION = ("expected", "received", "response", "gaps", "provisional", "estimated", "days", "revision")
_RULE = ("checked", "passed", "failed", "not_evaluated")
_FILE = ("read", "used", "rejected", "ignored")
_MADE_UP = "*"


def quality(context: Context, used: Sequence[Observation]) -> Tables:
    """Up to four tables; nothing where nothing was measured."""
    known = {(m.name, m.subject): m for m in context.measures}
    if not known:
        return ()
    return (_dimensions(context, known), *_institutions(context, known), *_rules(context, known), *_files(context, known))


def measure_text(context: Context, measure: Measure) -> str:
    """Shares with one decimal, counts and days whole, in this language's figures."""
    return context.locale.number(measure.value, 1 if measure.unit == "PT" else 0, table=True)


def _dimensions(context: Context, known: _Known) -> Table:
    edition = context.project.edition
    waived = str(len(edition.waivers))
    languages = context.locale.enumerated([language_name(context, code) for code in edition.languages])
    own = {"waivers": waived, "languages": languages, "files": context.word("quality_files_published")}
    rows: list[Row] = []
    for dimension, names in _DIMENSIONS.items():
        lines = []
        for name in names:
            measure = known.get((name, ""))
            if name in _DATES and not _agreed(known):
                continue
            text = own.get(name, "") or (_with_unit(context, measure) if measure else "")
            if text:
                lines.append(Row(f"{dimension}.{name}", with_literals(context.word(f"quality_{name}")), (_words(text),)))
        rows += [Row(f"{dimension}.head", with_literals(context.word(f"quality_{dimension}")), (), "block"), *lines]
    return _table(context, "quality_dimensions", "quality_measure", ("value",), rows)


def _agreed(known: _Known) -> bool:
    """Whether any institution has a date by which to send its data; without one, nobody can be late."""
    due = known.get(("due", ""))
    return due is not None and bool(due.value)


def _institutions(context: Context, known: _Known) -> Tables:
    subjects = [s for n, s in known if n == "expected" and s]
    rows = []
    for subject in ranked_institutions(context, subjects):
        cells = tuple(_figure(context, known.get((name, subject))) for name in _INSTITUTION)
        rows.append(Row(f"institution.{subject}", with_literals(institution_name(context, subject)), cells))
    return (_table(context, "quality_institutions", "institution", _INSTITUTION, rows),) if rows else ()


def _rules(context: Context, known: _Known) -> Tables:
    """Kinds that found anything to check, or could not."""
    kinds = [s for n, s in known if n == "checked" and s and any(known[n, s].value for n in ("checked", "not_evaluated"))]
    rows = []
    for subject in ("", *(k for k in context.project.rules if k in kinds)):
        label = _rule_title(context, subject) if subject else context.word("total")
        cells = tuple(_figure(context, known.get((name, subject))) for name in _RULE)
        rows.append(Row(f"rule.{subject}", with_literals(label), cells, "normal" if subject else "total"))
    return (_table(context, "quality_rules", "quality_rule", _RULE, rows),) if kinds else ()


def _rule_title(context: Context, rule: str) -> str:
    """What passing means, in plain words; the rule's own name where it has none."""
    kind = context.project.rules[rule]
    return context.said(kind.title or kind.label)


def _files(context: Context, known: _Known) -> Tables:
    """A row for all files that come from the same institutions, the country's own first, what nobody is known to have sent last."""
    origins = {s: s.removeprefix(ORIGIN).split(";") for n, s in known if n == "read" and s.startswith(ORIGIN)}
    order = ranked_institutions(context, {name for names in origins.values() for name in names if name != _MADE_UP})
    place = {_MADE_UP: len(order), **{name: n for n, name in enumerate(order)}}
    rows = []
    for subject in sorted(origins, key=lambda s: [place[name] for name in sorted(origins[s], key=place.__getitem__)]):
        names = [_sender(context, name) for name in sorted(origins[subject], key=place.__getitem__)]
        label = context.locale.enumerated(names)
        cells = tuple(_figure(context, known.get((name, subject))) for name in _FILE)
        rows.append(Row(f"file.{subject}", with_literals(label[:1].upper() + label[1:]), cells))
    return (_table(context, "quality_files", "quality_file", _FILE, rows),) if rows else ()


def _sender(context: Context, name: str) -> str:
    said = context.word("illustrative") if name == _MADE_UP else institution_name(context, name)
    return said[:1].lower() + said[1:] if name in (_MADE_UP, *NOBODY) else said


def _figure(context: Context, measure: Measure | None) -> Cell:
    """A count or a share of nothing is printed as zeros are everywhere."""
    if measure is None:
        return Cell(context.locale.signs["not_applicable"], "", "missing")
    text = measure_text(context, measure) if measure.value else context.locale.signs["zero"]
    return Cell(text, "", "text", content=(Literal(text, "edition"),))


def _with_unit(context: Context, measure: Measure) -> str:
    if not measure.value:
        return context.locale.signs["zero"]
    text = measure_text(context, measure)
    return context.locale.percent.format(n=text) if measure.unit == "PT" else text


def _words(text: str) -> Cell:
    return Cell(text, "", "text", content=with_literals(text))


def _table(context: Context, name: str, stub: str, heads: Sequence[str], rows: Sequence[Row]) -> Table:
    title, stubhead = context.word(f"{name}_title"), context.word(stub)
    columns = [context.word(head if head == "value" else f"quality_head_{head}") for head in heads]
    printed = {c.text for r in rows for c in r.cells}
    meanings = [m for m in ("not_applicable", "zero") if context.locale.signs[m] in printed]
    return Table(
        id=name,
        title=with_literals(title),
        headnote=with_literals(context.locale.words.get(f"{name}_headnote", "")),
        stubhead=with_literals(stubhead),
        columns=tuple(Column(head, with_literals(said)) for head, said in zip(heads, columns, strict=True)),
        spanners=(),
        rows=tuple(rows),
        notes=note_lines(context, name, (), Footnotes(context, name), meanings, ()),
        illustrative="",
        summary=context.word("table_summary").format(
            title=title, rows=stubhead.lower(), columns=context.locale.enumerated([c.lower() for c in columns])
        ),
    )
