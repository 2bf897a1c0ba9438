"""The Mozambique example as finished: what the issue of a bulletin promises its readers, read from the written files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import word
from accessible import accessible
from bulletin.model.finding import Severity
from bulletin.pipeline.progress import silent
from bulletin.pipeline.verify import verify
from finished import Known, Node, docx_numbers, nodes, pdf_numbers, read_sheets, unknown
from proof import faults

pytestmark = pytest.mark.slow
LANGUAGES = ("pt", "en")


@cache
def tree(out: Path, language: str) -> Node:
    read: Node = json.loads((out / f"document.{language}.json").read_text(encoding="utf-8"))
    return read


@cache
def facts(out: Path) -> dict[str, Node]:
    return {f["id"]: f for f in json.loads((out / "facts.json").read_text(encoding="utf-8"))["facts"]}


def facts_of(node: object) -> list[str]:
    return sorted(n["fact"] for n in nodes(node) if n.get("fact"))


def words(node: object) -> str:
    return "".join(str(n["text"]) for n in nodes(node) if "text" in n)


def finished(out: Path, language: str, suffix: str) -> Path:
    (path,) = (p for p in out.glob(f"*-{language}.{suffix}") if "-highlights-" not in p.name)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_full_bulletin(example_out: Path, language: str) -> None:
    whole = tree(example_out, language)
    figures = list(nodes(whole, "Figure"))
    assert sum(s["number"].isdigit() for s in whole["sections"]) >= 10
    assert len(list(nodes(whole, "Table"))) >= 30
    assert sum(f["series"] == "figure" for f in figures) >= 25
    assert sum(f["series"] == "map" for f in figures) >= 2
    assert len(read_sheets(finished(example_out, language, "pdf"))) >= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_has_computed_words(example_out: Path, language: str) -> None:
    for section in tree(example_out, language)["sections"]:
        if section["number"].isdigit() and section["id"] not in ("system", "methods"):
            assert any(n["type"] == "Number" for p in nodes(section, "Paragraph") for n in nodes(p)), section["id"]


def test_twelve_tables_and_ten_charts_stand_on_published_figures_alone(example_out: Path) -> None:
    known, whole = facts(example_out), tree(example_out, "pt")

    def published(kind: str) -> set[str]:
        found = ((b["id"], facts_of(b)) for b in nodes(whole, kind) if not b["illustrative"])
        return {i for i, used in found if used and not any(known[u]["illustrative"] for u in used)}

    assert len(published("Table")) >= 12
    assert len(published("Figure")) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reader_takes_an_illustrative_figure_for_an_official_one(example_out: Path, language: str) -> None:
    known, whole = facts(example_out), tree(example_out, language)
    mark = whole["words"]["illustrative"]
    assert whole["cover"]["banner"]
    wrong = []
    for section in whole["sections"]:
        used = [f for f in facts_of(section) if known[f]["illustrative"]]
        if used and section["number"] and not (section["opening"] and section["opening"]["notice"]):
            wrong.append(f"{section['id']}: no notice at the chapter's head")
        for block in (*nodes(section, "Table"), *nodes(section, "Figure"), *nodes(section, "KeyFigure")):
            holds = any(known[f]["illustrative"] for f in facts_of(block))
            if holds and not block["illustrative"]:
                wrong.append(f"{block['id']}: not marked")
            if block["illustrative"] and block["type"] != "KeyFigure":
                source = words(block["notes"][-1])
                if mark.lower() not in source.lower():
                    wrong.append(f"{block['id']}: source line says {source}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_finished_files_is_a_fact_or_a_listed_literal(example_out: Path, language: str) -> None:
    known = Known(example_out, language)
    assert unknown(pdf_numbers(finished(example_out, language, "pdf")), known, marks=True) == []
    assert unknown(docx_numbers(finished(example_out, language, "docx")), known, marks=False) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proof_reader_finds_nothing_on_its_pages(example_out: Path, language: str) -> None:
    assert faults(finished(example_out, language, "pdf")) == []


def test_both_languages_say_the_same(example_out: Path) -> None:
    pt, en = (list(_outline(tree(example_out, language)["sections"])) for language in LANGUAGES)
    assert [line[:2] for line in pt] == [line[:2] for line in en]
    assert [a for a, b in zip(pt, en, strict=True) if a != b] == []


def _outline(node: object) -> Iterator[tuple[object, ...]]:
    """Ids, shapes and facts of every block, without words."""
    sorted_by_words = {"Definitions"}  # glossary, acronyms: in the order of the alphabet
    for n in nodes(node):
        match n["type"]:
            case "Section" | "Box":
                yield n["type"], n["id"], n.get("numbering"), n.get("number")
            case "Paragraph" | "Notice" | "KeyFigure" | "BulletList":
                yield n["type"], n["id"], facts_of(n)
            case "Table":
                rows = sorted(n["rows"], key=lambda r: str(r["key"])) if n["words"] else n["rows"]
                cells = [(r["key"], r["role"], [(c["fact"], c["kind"]) for c in r["cells"]]) for r in rows]
                yield n["type"], n["id"], [c["key"] for c in n["columns"]], cells, len(n["notes"]), bool(n["illustrative"])
            case "Figure":
                chart = n["chart"]
                points = [(s["key"], [(p["fact"], p["value"]) for p in s["points"]]) for s in chart["series"]]
                keys = [c["key"] for c in chart["categories"]]
                yield n["type"], n["id"], chart["kind"], keys, points, len(n["notes"]), bool(n["alt"]), bool(n["illustrative"])
            case "Contents":
                yield n["type"], n["id"], [(e["target"], e["number"]) for e in n["entries"]]
            case kind if kind in sorted_by_words and n["id"] != "acronyms":  # each language abbreviates in its own way
                yield kind, n["id"], sorted(i["id"] for i in n["items"])


def test_every_printed_fact_leads_to_a_file_and_a_place(example_out: Path) -> None:
    inputs = json.loads((example_out / "facts.json").read_text(encoding="utf-8"))["inputs"]
    for fact in facts(example_out).values():
        assert fact["printed"], fact["id"]
        # a sparkline shows facts without their figures
        assert set(fact["texts"]) in (set(), set(LANGUAGES)), fact["id"]
        if fact["value"] is not None:
            assert fact["lineage"], fact["id"]
        for leaf in fact["lineage"]:
            assert inputs[leaf["input"]]
            assert leaf["cell"], fact["id"]


def test_the_word_files_are_valid_and_can_be_read_by_everybody(example_out: Path) -> None:
    paths = [path for language in LANGUAGES for path in example_out.glob(f"*2024-{language}.docx")]
    assert len(paths) == len(LANGUAGES)
    assert [fault for path in paths for fault in (*word.refused(path), *word.faults(path))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_valid_and_read_right_by_assistive_technology(example_out: Path, language: str) -> None:
    data = finished(example_out, language, "pdf").read_bytes()
    assert accessible(data, tree(example_out, language), standards=False) == []


def test_so_are_its_leaflets(example_out: Path) -> None:
    leaflets = sorted(example_out.glob("*-highlights-*.pdf"))
    assert len(leaflets) == len(LANGUAGES)
    assert [fault for path in leaflets for fault in accessible(path.read_bytes(), standards=False)] == []


def test_who_receives_it_finds_no_fault(example_out: Path) -> None:
    """Every PDF and every Word file is held against its standards."""
    findings = verify(example_out, silent).findings
    assert [f for f in findings if f.severity is Severity.ERROR or f.rule == "verify-not-checked"] == []
