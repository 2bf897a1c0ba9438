"""Reviewers' wording: printed as plain words with today's figures, never beyond what the reviewer saw, never in one language only."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bulletin.document.blocks import Paragraph
from bulletin.document.digest import digest_of
from bulletin.document.inline import Number, plain
from bulletin.document.tree import walk
from bulletin.errors import ConfigError
from bulletin.ledger.answer import Outcome
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline import records
from bulletin.pipeline.build import build
from bulletin.pipeline.check import Checked, check
from bulletin.pipeline.progress import silent
from bulletin.pipeline.trace import trace
from bulletin.pipeline.translations import keep_record, translations

SMALL = Path(__file__).parents[1] / "projects" / "small"
BLOCK = "pensioners.change"
FACT = "PENSIONERS.MZ.scheme=INSS@2024"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "país com espaço"
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work", "translations.json"))
    status(folder, "final", "draft")
    return folder


def status(project: Path, old: str, new: str) -> None:
    path = project / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(f"status: {old}", f"status: {new}"), encoding="utf-8")


def write(project: Path, language: str, blocks: object) -> None:
    path = project / "overrides" / "small" / f"{language}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"blocks": blocks}, ensure_ascii=False, indent=1), encoding="utf-8")


def paragraph(checked: Checked, language: str, block: str = BLOCK) -> Paragraph:
    document = checked.composed.documents[language]
    return next(b for b in walk(document.sections) if isinstance(b, Paragraph) and b.id == block)


def found(findings: tuple[Finding, ...], rule: str) -> list[Finding]:
    return [f for f in findings if f.rule == rule]


def base(project: Path, language: str = "pt") -> str:
    shutil.move(project / "overrides", project / "kept") if (project / "overrides").exists() else None
    digest = digest_of(paragraph(check(project, silent), language).content)
    shutil.move(project / "kept", project / "overrides") if (project / "kept").exists() else None
    return digest


def entry(project: Path, text: str, **more: object) -> dict[str, object]:
    return {"action": "replace", "text": text, "base": base(project), "placeholders": {"n": FACT}, **more}


def test_the_words_are_the_reviewer_s_and_the_figures_are_today_s(project: Path) -> None:
    before = paragraph(check(project, silent), "pt")
    number = next(p for p in before.content if isinstance(p, Number) and p.fact == FACT)
    said = entry(project, "No fim de 2024, o *INSS* <b>pagava</b> a {n} pessoas.")
    write(project, "pt", {BLOCK: said})
    made = check(project, silent)
    after = paragraph(made, "pt")
    assert plain(after.content) == f"No fim de 2024, o *INSS* <b>pagava</b> a {number.text} pessoas."
    assert number in after.content
    assert not [f for f in made.findings if f.rule.startswith(("override", "unbound"))]
    facts = json.loads(records.facts(made.prepared, made.composed.facts, *made.composed.published()))
    claims = [c for c in facts["claims"] if c["block"] == BLOCK]
    assert {c["kind"] for c in claims if c["language"] == "pt"} == {"value"}, "what the generated sentence claimed is gone"
    assert {c["kind"] for c in claims if c["language"] == "en"} > {"change"}
    assert BLOCK in next(f for f in facts["facts"] if f["id"] == FACT)["printed"]
    gone = {p.fact for p in before.content if isinstance(p, Number)} - {FACT}
    assert gone
    assert all(not made.composed.facts.texts(f).get("pt") or f in _elsewhere(made, "pt") for f in gone)

    data = project / "data" / "pensionistas.csv"
    text = data.read_text(encoding="utf-8")
    for row, more in (("_T", 1000), ("OLD_AGE", 1000)):
        old = next(r for r in text.splitlines() if f",INSS,{row}," in r and ",2024," in r)
        value = old.split(",")[3]
        text = text.replace(old, old.replace(f",{value},", f",{int(value) + more},"))
    data.write_text(text, encoding="utf-8")
    again = check(project, silent)
    assert plain(paragraph(again, "pt").content) != plain(after.content)
    assert not found(again.findings, "override-outdated"), "new figures alone change no wording"


def _elsewhere(made: Checked, language: str) -> set[str]:
    from bulletin.document.serial import facts_used

    return {fact for fact, _ in facts_used(made.composed.documents[language])}


def test_a_wording_that_the_reviewer_did_not_see_is_a_warning_and_then_an_error(project: Path) -> None:
    write(project, "pt", {BLOCK: {**entry(project, "Eram {n} pessoas, mais 12 500."), "base": "000000000000"}})
    made = check(project, silent)
    (outdated,) = found(made.findings, "override-outdated")
    assert outdated.severity is Severity.WARNING
    assert outdated.place.file == "overrides/small/pt.yaml"
    assert {"generated", "text", "base"} <= set(outdated.parameters)
    assert plain(paragraph(made, "pt").content).startswith("Eram ")
    assert [f.parameters["number"] for f in found(made.findings, "override-unverified-number")] == ["12 500"]
    status(project, "draft", "final")
    (outdated,) = found(check(project, silent).findings, "override-outdated")
    assert outdated.severity is Severity.ERROR
    write(
        project,
        "pt",
        {BLOCK: entry(project, "O número de pessoas aumentou e diminuiu para {n}.", base=outdated.parameters["base"])},
    )
    made = check(project, silent)
    assert not found(made.findings, "override-outdated")
    assert [f.parameters["words"] for f in found(made.findings, "override-unbound-words")] == ["diminuiu"]


def test_all_faults_of_a_file_come_together_with_their_lines(project: Path) -> None:
    write(
        project,
        "pt",
        {
            "pensioners.chnge": {"action": "drop"},
            "pensioners": {"action": "drop"},
            BLOCK: {"action": "replace", "text": "{{ value('PENSIONERS') }} {% if %}"},
            "people.ranking": {"action": "replace", "text": "Há {n}.", "placeholders": {"m": FACT}},
            "pensions.lede": {"action": "replace", "text": "Há { n }."},
            "people.new": {"action": "insert-after", "after": "people.ranking", "text": " "},
            "people.other": {"action": "move"},
        },
    )
    with pytest.raises(ConfigError) as raised:
        check(project, silent)
    rules = [f.rule for f in raised.value.findings]
    assert sorted(rules) == [
        "config-not-allowed",
        "override-action",
        "override-braces",
        "override-braces",
        "override-empty",
        "override-unknown-block",
        "override-unmapped",
        "override-unused",
    ]
    assert all(f.place.file == "overrides/small/pt.yaml" and f.place.cell for f in raised.value.findings)
    write(project, "pt", {BLOCK: {"action": "replace", "text": "Há {n}.", "placeholders": {"n": "NADA.MZ@2024"}}})
    (unknown,) = found(check(project, silent).findings, "override-unknown-fact")
    assert unknown.severity is Severity.ERROR


def test_a_paragraph_is_dropped_added_and_told_when_it_has_no_place(project: Path) -> None:
    added = {"action": "insert-after", "after": BLOCK, "text": "Eram {n}.", "placeholders": {"n": FACT}}
    write(
        project,
        "pt",
        {BLOCK: {"action": "drop", "base": base(project)}, "pensioners.new": added, "no": {**added, "state": "rejected"}},
    )
    made = check(project, silent)
    ids = [b.id for b in walk(made.composed.documents["pt"].sections)]
    assert BLOCK not in ids
    assert "pensioners.new" in ids
    assert "no" not in ids
    assert not found(made.findings, "override-orphan")
    for language in ("pt", "en"):
        path = project / "text" / language / "pensions.md"
        path.write_text(
            path.read_text(encoding="utf-8")
            .replace('{{ composition("PENSIONERS", by="function", scheme="INSS", at="2024") }}', "")
            .replace('{{ change("PENSIONERS", scheme="INSS") }}', '{{ level("PENSIONERS", scheme="INSS", at="1990") }}'),
            encoding="utf-8",
        )
    silenced = [f for f in check(project, silent).findings if f.rule == "override-orphan"]
    assert {(f.parameters["name"], f.severity) for f in silenced} == {(BLOCK, Severity.WARNING)}
    status(project, "draft", "final")
    silenced = [f for f in check(project, silent).findings if f.rule == "override-orphan"]
    assert {(f.parameters["name"], f.severity) for f in silenced} == {(BLOCK, Severity.ERROR)}


def test_the_other_language_is_stale_until_confirmed_and_proposals_are_only_read(project: Path) -> None:
    write(project, "pt", {BLOCK: entry(project, "Eram {n} pessoas.")})
    shutil.copy(project / "overrides/small/pt.yaml", project / "overrides/small/proposals-en.yaml")
    made = check(project, silent)
    (stale,) = found(made.findings, "translation-stale")
    assert (stale.parameters["language"], stale.parameters["edited"], stale.parameters["after"]) == (
        "en",
        "pt",
        "Eram {n} pessoas.",
    )
    assert paragraph(made, "en").role == "stale"
    assert "Eram" not in plain(paragraph(made, "en").content)
    assert made.composed.agreement
    keep_record(project, made.composed.agreement)
    status(project, "draft", "final")
    assert [f.severity for f in found(check(project, silent).findings, "translation-stale")] == [Severity.ERROR]
    assert translations(project, silent, ["all"]).stale == ()
    assert not found(check(project, silent).findings, "translation-stale")


def test_the_same_figures_in_other_words_make_a_final_edition_once_confirmed(project: Path) -> None:
    pieces = [(f"x{n}", p) for n, p in enumerate(paragraph(check(project, silent), "pt").content)]
    figures = {name: p.fact for name, p in pieces if isinstance(p, Number)}
    text = "".join(f"{{{name}}}" if name in figures else plain((p,)) for name, p in pieces)
    assert "passando" in text
    write(project, "pt", {BLOCK: entry(project, text.replace("passando", "indo"), placeholders=figures)})
    translations(project, silent, ["all"])
    status(project, "draft", "final")
    made = check(project, silent)
    assert "indo de" in plain(paragraph(made, "pt").content)
    assert [f for f in made.findings if f.severity is Severity.ERROR and not f.waived] == []


def test_a_reworded_sentence_can_be_traced_in_what_was_built(project: Path) -> None:
    write(project, "pt", {BLOCK: entry(project, "No fim do ano contavam-se {n} pessoas com pensão.")})
    build(project, silent, formats=["docx"], jobs=1)
    answer = trace(project, "contavam-se")
    assert answer.outcome is Outcome.WORDS
    assert FACT in [t.id for t in answer.traces]
