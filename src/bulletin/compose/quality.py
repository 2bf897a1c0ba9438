"""The quality annex: the dimensions of quality with simple figures, then institutions, rules and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.compose.context import Context, with_literals
from bulletin.compose.names import institution_name, ranked_institutions
from bulletin.document.blocks import Cell, Column, Note, Row, Table
from bulletin.document.inline import Literal
from bulletin.model.dataset import Observation
from bulletin.model.quality import Measure

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

_INSTITUTION = ("expected", "received", "response", "gaps", "provisional", "estimated", "days", "revision")
_RULE = ("checked", "passed", "failed", "not_evaluated")
_FILE = ("read", "used", "rejected", "ignored")


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
    languages = context.locale.enumerated([context.word(f"language_{code}") for code in edition.languages])
    own = {"waivers": waived, "languages": languages, "files": context.word("quality_files_published")}
    rows: list[Row] = []
    for dimension, names in _DIMENSIONS.items():
        lines = []
        for name in names:
            measure = known.get((name, ""))
            text = own.get(name, "") or (_with_unit(context, measure) if measure else "")
            if text:
                lines.append(Row(f"{dimension}.{name}", with_literals(context.word(f"quality_{name}")), (_words(text),)))
        rows += [Row(f"{dimension}.head", with_literals(context.word(f"quality_{dimension}")), (), "block"), *lines]
    return _table(context, "quality_dimensions", "quality_measure", ("value",), rows)


def _institutions(context: Context, known: _Known) -> Tables:
    subjects = [s for n, s in known if n == "expected" and s]
    rows = []
    for subject in ranked_institutions(context, subjects):
        cells = tuple(_figure(context, known.get((name, subject))) for name in _INSTITUTION)
        rows.append(Row(f"institution.{subject}", with_literals(institution_name(context, subject)), cells))
    return (_table(context, "quality_institutions", "institution", _INSTITUTION, rows),) if rows else ()


def _rules(context: Context, known: _Known) -> Tables:
    kinds = [s for n, s in known if n == "checked" and s]
    rows = []
    for subject in ("", *(k for k in context.project.rules if k in kinds)):
        label = context.said(context.project.rules[subject].label) if subject else context.word("total")
        cells = tuple(_figure(context, known.get((name, subject))) for name in _RULE)
        rows.append(Row(f"rule.{subject}", with_literals(label), cells, "normal" if subject else "total"))
    return (_table(context, "quality_rules", "rule", _RULE, rows),) if kinds else ()


def _files(context: Context, known: _Known) -> Tables:
    files = [s for n, s in known if n == "read" and s]
    rows = [
        Row(f"file.{f}", (Literal(f.removeprefix("data/"), "code"),), tuple(_figure(context, known.get((n, f))) for n in _FILE))
        for f in files
    ]
    return (_table(context, "quality_files", "quality_file", _FILE, rows),) if rows else ()


def _figure(context: Context, measure: Measure | None) -> Cell:
    if measure is None:
        sign = context.locale.signs["not_applicable"]
        return Cell(sign, "", "missing")
    text = measure_text(context, measure)
    return Cell(text, "", "text", content=(Literal(text, "edition"),))


def _with_unit(context: Context, measure: Measure) -> str:
    text = measure_text(context, measure)
    return context.locale.percent.format(n=text) if measure.unit == "PT" else text


def _words(text: str) -> Cell:
    return Cell(text, "", "text", content=with_literals(text))


def _table(context: Context, name: str, stub: str, heads: Sequence[str], rows: Sequence[Row]) -> Table:
    title, stubhead = context.word(f"{name}_title"), context.word(stub)
    columns = [context.word(head if head == "value" else f"quality_head_{head}") for head in heads]
    notes = []
    if any(c.kind == "missing" for r in rows for c in r.cells):
        sign = context.locale.signs["not_applicable"]
        context.facts.signed(["not_applicable"])
        notes = [
            Note(f"{name}.signs", context.word("signs"), with_literals(f"{sign} {context.locale.sign_names['not_applicable']}."))
        ]
    return Table(
        id=name,
        title=with_literals(title),
        headnote=with_literals(context.locale.words.get(f"{name}_headnote", "")),
        stubhead=with_literals(stubhead),
        columns=tuple(Column(head, with_literals(said)) for head, said in zip(heads, columns, strict=True)),
        spanners=(),
        rows=tuple(rows),
        notes=tuple(notes),
        illustrative="",
        summary=context.word("table_summary").format(
            title=title, rows=stubhead.lower(), columns=context.locale.enumerated([c.lower() for c in columns])
        ),
    )
