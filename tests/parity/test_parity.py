"""Whether the proof finds what differs between languages, and nothing where nothing does."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.document.figures import differing, read, reader
from bulletin.document.tree import Document
from bulletin.load.messages import load_messages
from bulletin.model.fact import Claim
from bulletin.model.finding import Finding, Severity
from bulletin.model.locale import Locale
from bulletin.parity.prove import Terms, prove
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.messages import message
from bulletin.pipeline.parity import terms_of
from bulletin.pipeline.prepare import Prepared
from injected import KINDS, inject

Made = tuple[Prepared, Composed]


def proved(made: Made, documents: dict[str, Document]) -> dict[str, list[Finding]]:
    """Findings by block; those of lists of contents follow from others."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in prove(documents, made[1].facts.claims(), terms_of(made[0])).findings:
        found[str(finding.parameters["block"])].append(finding)
    return found


def test_a_clean_edition_has_no_finding(composed_example: Made, composed_small: Made) -> None:
    for _, composed in (composed_example, composed_small):
        assert composed.parity is not None
        assert [message(f, load_messages("en")) for f in composed.parity.findings] == []
    assert composed_example[1].parity is not None
    assert len(composed_example[1].parity.pairs) > 600
    assert sum(p.figures for p in composed_example[1].parity.pairs) > 5000
    assert composed_example[1].parity.claims > 100


def test_a_hundred_faults_are_found_where_they_are(composed_example: Made) -> None:
    documents, made = inject(composed_example[1].documents, 100, seed=20241031)
    assert len(made) == 100
    assert {k.name for k in KINDS} - {m.kind.name for m in made} == set()
    found = proved(composed_example, documents)
    missed = [(m.kind.name, m.block) for m in made if not m.kind.rules & {f.rule for f in found[m.block]}]
    assert missed == []
    spilt = found.keys() - {m.block for m in made} - {b for b in found if b.startswith("contents.")}
    assert spilt == set()


def test_faults_of_the_small_project_are_found(composed_small: Made) -> None:
    for seed in range(3):
        documents, made = inject(composed_small[1].documents, 12, seed)
        found = proved(composed_small, documents)
        assert [(m.kind.name, m.block) for m in made if not m.kind.rules & {f.rule for f in found[m.block]}] == []


def test_every_finding_is_a_sentence_in_both_languages(composed_example: Made) -> None:
    documents, _ = inject(composed_example[1].documents, 100, seed=7)
    found = [f for findings in proved(composed_example, documents).values() for f in findings]
    assert {f.severity for f in found} <= {Severity.WARNING, Severity.ERROR}
    for language in ("pt", "en"):
        texts = load_messages(language)
        assert [f.rule for f in found if "{" in message(f, texts).replace("{year}", "") or f.rule not in texts] == []


def test_blocks_in_another_order_are_found(composed_small: Made) -> None:
    documents = dict(composed_small[1].documents)
    *others, last = documents["en"].sections
    assert len(last.sections[0].blocks) > 1
    inner = replace(last.sections[0], blocks=last.sections[0].blocks[::-1])
    documents["en"] = replace(documents["en"], sections=(*others, replace(last, sections=(inner, *last.sections[1:]))))
    rules = {f.rule for found in proved(composed_small, documents).values() for f in found}
    assert rules == {"parity-order"}


def test_a_statement_of_one_language_only_is_found(composed_small: Made) -> None:
    prepared, composed = composed_small
    claims = [(language, claim) for language, claim in composed.facts.claims()]
    turned = [(lang, replace(c, outcome="down") if lang == "en" and c.outcome == "up" else c) for lang, c in claims]
    blocks = {c.id.rpartition("#")[0] for lang, c in claims if lang == "en" and c.outcome == "up"}
    found = prove(composed.documents, turned, terms_of(prepared)).findings
    assert {(f.rule, f.parameters["block"]) for f in found} == {("parity-claims", block) for block in blocks}
    extra = [*claims, ("en", Claim(f"{min(blocks)}#9", "level", "", {}, ()))]
    assert [f.rule for f in prove(composed.documents, extra, terms_of(prepared)).findings] == ["parity-claims"]


def test_any_number_of_languages_is_compared(composed_small: Made) -> None:
    """A third language, here a copy of the first under another name, with a fault of its own."""
    prepared, composed = composed_small
    documents, made = inject({"pt": composed.documents["pt"], "en": composed.documents["en"]}, 1, seed=1)
    name = "pt" if made[0].kind.language == "pt" else "en"
    locales = prepared.project.locales
    terms = replace(terms_of(prepared), locales={**locales, "xx": replace(locales[name], language="xx")})
    found = prove({**composed.documents, "xx": documents[name]}, (), replace(terms, texts={})).findings
    assert {f.parameters["block"] for f in found if f.rule in made[0].kind.rules} == {made[0].block}


@pytest.mark.parametrize(
    ("pt", "en", "equal"),
    [
        ("1,2 milhões de pessoas", "1.2 million people", True),
        ("3,4 mil milhões de meticais", "MZN 3.4 billion", True),
        ("350 mil pessoas", "350,000 people", True),
        ("44\u00a0107", "44,107", True),
        ("44.107 e 44 107", "44,107 and 44,107", True),
        ("três províncias e duas ilhas", "3 provinces and two islands", True),
        ("\u22120,4%", "-0.4%", True),
        ("\u22120,4%", "0.4%", False),
        ("12,3%", "12.3 per cent", True),
        ("2,0 pontos percentuais", "2.0 percentage points", True),
        ("2,0 pontos percentuais", "2.0%", False),
        ("em 31 de Dezembro de 2024", "on 31 December 2024", True),
        ("em 31 de Dezembro de 2024", "on 31 November 2024", False),
        ("1.º semestre de 2024", "first half of 2024", True),
        ("o VII Boletim", "the Seventh Bulletin", True),
        ("o VII Boletim", "the Eighth Bulletin", False),
        ("pelo 3.º ano consecutivo", "for the third year in a row", True),
        ("meta 1.3 dos ODS", "SDG target 1.3", False),
        ("ODS 1.3", "SDG 1.3", True),
        ("45.3%", "45.3%", False),
        ("1,2 milhões", "1.2 billion", False),
        ("em 2024 124 pessoas", "in 2024 124 people", True),
    ],
)
def test_figures_are_read_as_a_reader_reads_them(composed_example: Made, pt: str, en: str, equal: bool) -> None:
    locales = composed_example[0].project.locales
    left, right = differing(read(pt, reader(locales["pt"])), read(en, reader(locales["en"])))
    assert (not left and not right) is equal, (left, right)


def test_what_is_proved_is_published_without_words_that_are_not(small_out: Path) -> None:
    record = json.loads((small_out / "parity.json").read_text(encoding="utf-8"))
    assert record["equal"] is True
    assert record["languages"] == ["pt", "en"]
    assert record["counts"]["findings"] == 0
    assert record["counts"]["figures"] > 100
    assert not any("texts" in block for block in record["blocks"])


def test_a_language_without_grammar_is_compared_by_figures(composed_small: Made) -> None:
    prepared, composed = composed_small
    bare: dict[str, Locale] = {n: replace(p, grammar=type(p.grammar)()) for n, p in prepared.project.locales.items()}
    documents, made = inject(composed.documents, 1, seed=3)
    assert made[0].kind.name == "changed digit"
    assert [f.rule for f in prove(composed.documents, (), Terms(bare, Severity.ERROR)).findings] == []
    assert "parity-figures" in {f.rule for f in prove(documents, (), Terms(bare, Severity.ERROR)).findings}
