"""What reviewers can change beside a sentence: titles, headings, notes, order, parting and joining, references, rounded figures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bulletin.document.blocks import BulletList, Contents, Figure, Paragraph, Table
from bulletin.document.inline import Emphasis, Foreign, Inlines, Literal, NoteMark, Number, Reference, Strong, Text, plain
from bulletin.document.parallel import paired
from bulletin.document.rewrite import texts_of
from bulletin.document.serial import dump, ids_used
from bulletin.document.tree import Section, walk
from bulletin.errors import ConfigError
from bulletin.model.finding import Severity
from bulletin.pipeline.build import build
from bulletin.pipeline.check import Checked, check
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.progress import silent

SMALL = Path(__file__).parents[1] / "projects" / "small"
SENTENCE, CHART = "pensioners.change", "pensioners_chart"
FACT = "PENSIONERS.MZ.scheme=INSS@2024"
LIST = """
{#people.list}
- Primeiro ponto, com *ênfase* e **peso**.
- {{ level("POPULATION", at="2024") }}
- Terceiro ponto, como diz {{ table("population") }}.

{#people.notice required}
Os limites não têm valor legal.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return prepared_project(tmp_path / "small")


def prepared_project(folder: Path) -> Path:
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work", "translations.json"))
    status(folder, "final", "draft")
    for language in ("pt", "en"):
        with (folder / "text" / language / "people.md").open("a", encoding="utf-8") as file:
            file.write(LIST)
    return folder


def status(project: Path, old: str, new: str) -> None:
    path = project / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(f"status: {old}", f"status: {new}"), encoding="utf-8")


@cache
def digests() -> dict[str, Mapping[str, str]]:
    """Of the program's own words, by language and block."""
    with TemporaryDirectory() as folder:
        return dict(check(prepared_project(Path(folder) / "small"), silent).composed.generated)


def made(project: Path, blocks: dict[str, dict[str, object]], language: str = "pt") -> Checked:
    """Each entry rests on the program's words as they are in the project."""
    path = project / "overrides" / "small" / f"{language}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    based = {n: {"base": digests()[language].get(n, ""), **b} for n, b in blocks.items() if b["action"] != "insert-after"}
    path.write_text(json.dumps({"blocks": {n: based.get(n, b) for n, b in blocks.items()}}, ensure_ascii=False), encoding="utf-8")
    return check(project, silent)


def told(checked: Checked) -> set[str]:
    return {
        f.rule for f in (*checked.prepared.findings, *checked.composed.findings) if f.rule.startswith(("override", "unbound"))
    }


def blocks(checked: Checked, language: str = "pt") -> dict[str, object]:
    found: dict[str, object] = {}
    for block in walk(checked.composed.documents[language].sections):
        found[block.id] = block
        found.update({p.id: p for p in block.items if isinstance(p, Paragraph)} if isinstance(block, BulletList) else {})
    return found


def words(checked: Checked, block: str, language: str = "pt") -> str:
    found = blocks(checked, language)[block]
    assert isinstance(found, Paragraph)
    return plain(found.content)


def sections(checked: Checked) -> dict[str, Section]:
    whole = checked.composed.documents["pt"].sections
    return {s.id: s for s in (*whole, *(inner for s in whole for inner in s.sections))}


def test_titles_headings_and_notes_are_reworded_and_keep_their_figures(project: Path) -> None:
    note = "pensioners.note.1"
    checked = made(
        project,
        {
            CHART: {"action": "replace", "text": "Eram {n} pensionistas do INSS em 2024.", "placeholders": {"n": FACT}},
            "pensioners": {"action": "replace", "text": "Beneficiários de pensões, 2020-2024"},
            "pensions.heading": {"action": "replace", "text": "Quem recebe pensão"},
            "pensions.years.heading": {"action": "replace", "text": "Ao longo dos anos"},
            note: {"action": "replace", "text": "A segunda fonte dá outro valor."},
        },
    )
    found = blocks(checked)
    figure, table = found[CHART], found["pensioners"]
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert plain(figure.title).startswith("Eram 124")
    assert not plain(figure.title).endswith(".")
    assert [p.fact for p in figure.title if isinstance(p, Number)] == [FACT]
    assert plain(table.title) == "Beneficiários de pensões, 2020-2024"
    assert table.continued.startswith("Quadro\u00a02.1\u2002Beneficiários")
    marked, second = table.notes[0], table.notes[1]
    assert plain(marked.content) == "\u00a0A segunda fonte dá outro valor."
    assert isinstance(second.content[0], NoteMark)
    assert marked.content[0] == NoteMark("1"), "the mark to which the table's cell refers"
    assert plain(sections(checked)["pensions"].title) == "Quem recebe pensão"
    assert sections(checked)["pensions"].running.endswith("Quem recebe pensão")
    contents = next(b for b in walk(checked.composed.documents["pt"].sections) if isinstance(b, Contents))
    assert "Ao longo dos anos" in {plain(e.title) for e in contents.entries}
    assert not told(checked)
    claims = {c.id for language, c in checked.composed.facts.claims() if language == "pt" and c.id.startswith(f"{CHART}#")}
    english = {c.id for language, c in checked.composed.facts.claims() if language == "en" and c.id.startswith(f"{CHART}#")}
    assert (claims, english) == ({f"{CHART}#line1"}, {f"{CHART}#1"}), "what the generated title claimed is gone"
    stale = {f.parameters["name"] for f in checked.composed.findings if f.rule == "translation-stale"}
    assert stale == {
        f"pensions/{n}" for n in (f"chart.{CHART}", "pensioners", "pensions.heading", "pensions.years.heading", note)
    }


def test_a_note_is_found_by_its_words_when_those_before_it_go(project: Path) -> None:
    second = {"action": "replace", "text": "Arredondado pela fonte."}
    made(project, {"pensioners.note.2": second})
    data = project / "data" / "pensionistas.csv"
    lines = [line for line in data.read_text(encoding="utf-8").splitlines() if "SEGUNDA" not in line]
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    checked = check(project, silent)
    table = blocks(checked)["pensioners"]
    assert isinstance(table, Table)
    assert [plain(n.content) for n in table.notes[:1]] == ["\u00a0Arredondado pela fonte."]
    assert not told(checked)


def test_notes_are_parted_and_taken_out_and_their_label_counts_them(project: Path) -> None:
    def notes(checked: Checked, block: str) -> list[tuple[str, str]]:
        figure = blocks(checked)[block]
        assert isinstance(figure, Figure)
        return [(n.label, plain(n.content)) for n in figure.notes if ".note." in n.id]

    second = f"{CHART}.note.2"
    checked = made(project, {second: {"action": "drop"}})
    assert [label for label, _ in notes(checked, CHART)] == ["Nota"]
    checked = made(project, {f"{CHART}.note.1": {"action": "drop"}, second: {"action": "replace", "text": "Uma.\n\nOutra."}})
    assert notes(checked, CHART) == [("Notas", "Uma."), ("", "Outra.")]
    checked = made(project, {"pensioners.note.1": {"action": "drop"}})
    assert told(checked) == {"override-required"}, "a cell refers to it"


def test_a_text_with_an_empty_line_is_several_paragraphs_and_several_items(project: Path) -> None:
    entry = {
        "text": "Eram {n}.\n\nSegundo parágrafo.\n \nTerceiro, {{assim}}.",
        "placeholders": {"n": FACT},
        "action": "replace",
    }
    after = {"action": "insert-after", "after": f"{SENTENCE}.2", "text": "Entre o segundo e o terceiro."}
    item = {"action": "replace", "text": "Um.\n\nOutro."}
    checked = made(project, {SENTENCE: entry, "pensioners.new": after, "people.list.1": item})
    ids = [b.id for b in sections(checked)["pensions.years"].blocks]
    assert ids[:4] == [SENTENCE, f"{SENTENCE}.2", "pensioners.new", f"{SENTENCE}.3"]
    assert words(checked, f"{SENTENCE}.3") == "Terceiro, {assim}."
    bullets = blocks(checked)["people.list"]
    assert isinstance(bullets, BulletList)
    assert [p.id for p in bullets.items] == ["people.list.1", "people.list.1.2", "people.list.2", "people.list.3"]
    assert not told(checked) - {"override-unverified-number"}


def test_a_merged_block_goes_only_as_long_as_the_other_says_its_words(project: Path) -> None:
    first = {"action": "replace", "text": "Um e três juntos."}
    gone = {"action": "merge", "into": "people.list.1"}
    checked = made(project, {"people.list.1": first, "people.list.3": gone})
    assert "people.list.3" not in blocks(checked)
    checked = made(project, {"people.list.1": {**first, "state": "rejected"}, "people.list.3": gone})
    assert words(checked, "people.list.1").startswith("Primeiro ponto")
    assert words(checked, "people.list.3").startswith("Terceiro ponto")
    with pytest.raises(ConfigError) as raised:
        made(project, {"people.list.3": {"action": "merge", "into": "people.lst"}})
    assert [f.rule for f in raised.value.findings] == ["override-into"]


def test_blocks_are_moved_with_or_without_new_words_and_what_follows_them_goes_along(project: Path) -> None:
    checked = made(
        project,
        {
            SENTENCE: {"action": "move-after", "after": "pensioners_type"},
            "new": {"action": "insert-after", "after": SENTENCE, "text": "Logo a seguir."},
            "people.list.3": {"action": "move-after", "after": "people.list.1", "text": "Agora segundo."},
        },
    )
    assert [b.id for b in sections(checked)["pensions.types"].blocks] == ["pensioners_type", SENTENCE, "new"]
    assert words(checked, SENTENCE) == words(checked, SENTENCE)
    bullets = blocks(checked)["people.list"]
    assert isinstance(bullets, BulletList)
    assert [p.id for p in bullets.items] == ["people.list.1", "people.list.3", "people.list.2"]
    kinds = {c.kind for language, c in checked.composed.facts.claims() if language == "pt" and c.id.startswith(SENTENCE)}
    assert "change" in kinds, "words that were only moved still claim what they claimed"
    assert not told(checked)
    circle = {
        "people.list.1": {"action": "move-after", "after": "people.list.3"},
        "people.list.3": {"action": "move-after", "after": "people.list.1"},
    }
    checked = made(project, circle)
    assert told(checked) == {"override-no-place"}
    assert {"people.list.1", "people.list.3"} <= blocks(checked).keys()


def test_a_required_paragraph_is_reworded_and_never_taken_out(project: Path) -> None:
    checked = made(project, {"people.notice": {"action": "drop"}})
    assert words(checked, "people.notice") == "Os limites não têm valor legal."
    (finding,) = [f for f in checked.composed.findings if f.rule == "override-required"]
    assert finding.severity is Severity.WARNING
    checked = made(project, {"people.notice": {"action": "replace", "text": "Os limites são só ilustração."}})
    assert words(checked, "people.notice") == "Os limites são só ilustração."


def test_references_and_rounded_figures_follow_tables_and_data(project: Path) -> None:
    text = "Cerca de {n} mil, ou {m}, como mostra o {q}."
    entry: dict[str, object] = {
        "action": "replace",
        "text": text,
        "placeholders": {
            "n": {"ref": FACT, "format": "thousands"},
            "m": {"ref": FACT, "format": "decimals-0"},
            "q": "@pensioners_type",
        },
    }
    checked = made(project, {SENTENCE: entry})
    assert words(checked, SENTENCE).startswith("Cerca de 124 mil, ou 124\u00a0488, como mostra o Quadro\u00a02.2")
    paragraph = blocks(checked)[SENTENCE]
    assert isinstance(paragraph, Paragraph)
    assert Reference("pensioners_type", "Quadro\u00a02.2") in paragraph.content
    assert not told(checked)
    for wrong, rule in (
        ({"ref": FACT, "format": "billions"}, "override-format"),
        ("@pensioners_typ", "override-unknown-reference"),
    ):
        broken = {**entry, "text": "Há {n}.", "placeholders": {"n": wrong}}
        checked = made(project, {SENTENCE: broken})
        assert told(checked) == {rule}
        assert words(checked, SENTENCE).startswith("Entre 2023 e 2024"), "the generated words stay"
    with pytest.raises(ConfigError):
        made(project, {SENTENCE: {**entry, "placeholders": {"n": {"ref": FACT, "format": "dozens"}}}})


def test_markup_and_language_of_words_that_still_stand_are_kept(project: Path) -> None:
    for language in ("pt", "en"):
        path = project / "text" / language / "people.md"
        path.write_text(
            path.read_text(encoding="utf-8") + "\n{#people.more}\nSegundo o *World Bank*, é **muito**.\n", encoding="utf-8"
        )
    text = "É **muito**, diz o World Bank. O World Bank diz muito, muito mesmo, e muitos concordam."
    checked = made(project, {"people.more": {"action": "replace", "text": text}})
    found = blocks(checked)["people.more"]
    assert isinstance(found, Paragraph)
    assert plain(found.content) == text
    kept = [p for p in found.content if isinstance(p, Emphasis | Strong | Foreign)]
    assert [plain(p.content) for p in kept] == ["muito", "World Bank"]


def test_a_typed_number_waits_until_somebody_has_verified_it(project: Path) -> None:
    entry: dict[str, object] = {
        "action": "replace",
        "text": "Eram {n}, e mais 15\u00a0000 à espera.",
        "placeholders": {"n": FACT},
    }
    listed = {"text": "15 000", "state": "unverified"}
    checked = made(project, {SENTENCE: {**entry, "literals": [listed]}})
    (finding,) = [f for f in checked.composed.findings if f.rule == "override-unverified-number"]
    assert (finding.severity, finding.parameters["number"]) == (Severity.WARNING, "15\u00a0000")
    status(project, "draft", "final")
    assert [f.severity for f in check(project, silent).composed.findings if f.rule == finding.rule] == [Severity.ERROR]
    verified = {**listed, "state": "verified", "note": "Despacho 12/2025"}
    checked = made(project, {SENTENCE: {**entry, "literals": [verified]}})
    assert told(checked) == {"override-verified-number"}


def test_two_reviewers_wait_for_a_decision_that_names_both(project: Path) -> None:
    other = {"text": "Havia {x}.", "placeholders": {"x": FACT}, "by": [{"author": "B"}]}
    entry = {"action": "replace", "state": "needs-decision", "alternatives": [{"text": "Contavam-se poucos."}, other]}
    checked = made(project, {SENTENCE: dict(entry)})
    assert words(checked, SENTENCE).startswith("Entre 2023 e 2024")
    (finding,) = [f for f in checked.composed.findings if f.rule == "override-undecided"]
    assert finding.parameters["others"] == "“Contavam-se poucos.” / “Havia {x}.”"
    with pytest.raises(ConfigError) as raised:
        made(project, {SENTENCE: {**entry, "alternatives": [{"text": "{% x"}, {**other, "text": "Havia {y}."}]}})
    assert sorted(f.rule for f in raised.value.findings) == ["override-braces", "override-unmapped", "override-unused"]


def test_what_has_no_words_here_or_no_such_action_is_refused_with_its_line(project: Path) -> None:
    refused: dict[str, dict[str, object]] = {
        "pensioners.source": {"action": "replace", "text": "Fonte."},
        "pensioners": {"action": "drop"},
        "pensions.heading": {"action": "replace", "text": "Um\n\nDois"},
        SENTENCE: {"action": "move-after"},
        "people.list.1": {"action": "move-after", "after": "people.lst"},
    }
    with pytest.raises(ConfigError) as raised:
        made(project, refused)
    rules = ["override-action", "override-after", "override-not-text", "override-one-line", "override-unknown-block"]
    assert sorted(f.rule for f in raised.value.findings) == rules


def test_the_same_changes_in_both_languages_leave_them_equal(project: Path) -> None:
    for language, word in (("pt", "Novo"), ("en", "New")):
        blocks: dict[str, dict[str, object]] = {
            CHART: {"action": "replace", "text": f"{word} {{n}}", "placeholders": {"n": FACT}},
            "pensions.years.heading": {"action": "replace", "text": word},
            "pensioners.note.1": {"action": "replace", "text": f"{word}."},
            SENTENCE: {
                "action": "move-after", "after": "pensioners_type", "text": f"{word} {{n}}.\n\n{word}, {{q}}.",
                "placeholders": {"n": FACT, "q": "@pensioners"},
            },
            "people.list.1": {"action": "replace", "text": f"{word}."},
            "people.list.3": {"action": "merge", "into": "people.list.1"},
            "pensions.new": {"action": "insert-after", "after": "pensions.lede", "text": f"{word}."},
        }  # fmt: skip
        checked = made(project, blocks, language)
    assert not [f.rule for f in checked.composed.findings if f.rule in ("parity-block-missing", "parity-order", "parity-facts")]
    assert {f"{SENTENCE}.2", "pensions.new"} <= set(ids_used(checked.composed.documents["en"]))
    assert not paired(*checked.composed.documents.values())[1]


def test_what_is_changed_in_one_language_alone_faces_nothing_while_the_edition_is_a_draft(project: Path) -> None:
    checked = made(
        project,
        {
            SENTENCE: {"action": "replace", "text": "Um.\n\nDois."},
            "people.list.1": {"action": "drop"},
            "people.list.2": {"action": "move-after", "after": "people.list.3"},
            "pensions.lede": {"action": "drop"},
        },
    )
    pair, findings = paired(*checked.composed.documents.values(), unfinished=True)
    assert not findings
    left, right = ({b.id: b for b in walk(document.sections)} for document in (pair.first, pair.second))
    assert list(left) == list(right)
    one, other = left["people.list"], right["people.list"]
    assert isinstance(one, BulletList)
    assert isinstance(other, BulletList)
    assert [p.id for p in one.items] == [p.id for p in other.items] == ["people.list.1", "people.list.3", "people.list.2"]
    assert (plain(one.items[0].content), plain(other.items[0].content)[:5]) == ("", "Prime")
    assert paired(*checked.composed.documents.values())[1], "a final edition says the same in both"
    assert build(project, silent, formats=["docx"], jobs=1, layout="side-by-side")


def spelled(content: Inlines, names: dict[str, str]) -> str:
    """As somebody would write it into the file who changes nothing."""
    said = ""
    for piece in content:
        match piece:
            case Number(_, ref) | Reference(ref, _):
                name = f"n{len(names)}"
                names[name] = ref if isinstance(piece, Number) else f"@{ref}"
                said += f"{{{name}}}"
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                said += spelled(inner, names)
            case Text(text) | Literal(text):
                said += text.replace("{", "{{").replace("}", "}}")
            case _:
                pass
    return said


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_block_reworded_in_its_own_words_is_printed_as_it_was(project: Path, language: str) -> None:
    before = check(project, silent).composed
    entries: dict[str, dict[str, object]] = {}
    for block, content in texts_of(before.documents[language].sections).items():
        if block in digests()[language]:
            names: dict[str, str] = {}
            entries[block] = {"action": "replace", "text": spelled(content, names), "placeholders": names}
    checked = made(project, entries, language)
    assert len(entries) == len(checked.composed.replaced[language]) > 20
    assert dump(checked.composed.documents[language]) == dump(before.documents[language])
    assert told(checked) == set()
    assert figures(before) == figures(checked.composed)


def figures(composed: Composed) -> dict[str, dict[str, set[str]]]:
    """Of the register: fact to language to the texts in which it is printed."""
    book = composed.facts
    return {f.id: {name: set(texts) for name, texts in book.texts(f.id).items()} for f in book.facts() if book.texts(f.id)}
