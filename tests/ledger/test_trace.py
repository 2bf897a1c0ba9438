"""Where is this from? Every printed figure leads to its fact and to its line of a data file; what is hidden tells nothing."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.document.lines import encoded_blocks, encoded_items, read_blocks, read_items
from bulletin.errors import BulletinError
from bulletin.ledger.answer import Answer, Kind, Outcome
from bulletin.ledger.figures import Marks, fits, reading_of, readings
from bulletin.ledger.printed import Pages
from bulletin.ledger.search import Edition, answer
from bulletin.load.messages import load_messages
from bulletin.load.yaml_text import parse_yaml
from bulletin.model.locale import Locale
from bulletin.pipeline import records
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.pipeline.trace import as_json, read_edition, trace
from bulletin.pipeline.trace_text import told
from bulletin.shipped import shipped

SMALL = Path(__file__).parents[1] / "projects" / "small"
PENSIONERS = "PENSIONERS.MZ.scheme=INSS@2024"
EVERYTHING = 10_000


@pytest.fixture(scope="module")
def edition(small_out: Path) -> Edition:
    return read_edition(small_out)


def filed(project: Path, out: Path) -> Path:
    """What a build files of a project, without PDF and DOCX."""
    prepared = prepare(project, silent)
    composed = compose_editions(prepared)
    published = composed.published()
    files = {f"document.{language}.json": data for language, data in composed.trees().items()}
    files["facts.json"] = records.facts(prepared, composed.facts, *published)
    files["table.csv"] = records.table(composed.facts.published(*published), tuple(composed.documents))
    out.mkdir()
    for name, data in {**files, "manifest.json": records.manifest(prepared, files, dict.fromkeys(files, ("", "")))}.items():
        (out / name).write_bytes(data)
    return out


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def lines(found: Answer, language: str = "pt") -> str:
    return "\n".join(told(found, load_messages(language)))


def test_every_printed_figure_leads_to_its_fact_and_to_its_line_of_a_data_file(small_out: Path, edition: Edition) -> None:
    rows: dict[tuple[str, str], list[str]] = {}
    for path in sorted((SMALL / "data").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        for n, row in enumerate(csv.reader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ","), 1):
            rows[f"data/{path.name}", str(n)] = row
    facts = read(small_out / "facts.json")["facts"]
    assert len(facts) > 25
    for fact in facts:
        for printed in {t for said in fact["texts"].values() for t in said}:
            found = answer(edition, printed, EVERYTHING)
            assert found.outcome is Outcome.FIGURES, printed
            hit = next(t for t in found.traces if t.id == fact["id"])
            assert printed in {a.text.partition(" ")[0] if a.kind is Kind.KEY_FIGURE else a.text for a in hit.appearances}
            assert hit.leaves
            for leaf in hit.leaves:
                row = rows[leaf.place.file, leaf.place.cell]
                assert leaf.key.startswith(row[0])
                assert leaf.source in row
            if not fact["operation"]:
                value = row[3].replace(",", ".")
                assert hit.value == pytest.approx(
                    float(value) * 10 ** int(row[7] if leaf.place.file.endswith("populacao.csv") else 0)
                )


def numbers(node: object) -> Iterator[str]:
    """Facts in the tree, but for the titles that the contents repeat."""
    if isinstance(node, dict) and node.get("type") != "Contents":
        if node.get("fact"):
            yield node["fact"]
        for value in node.values():
            yield from numbers(value)
    elif isinstance(node, list):
        for value in node:
            yield from numbers(value)


def test_every_place_of_the_pages_is_told_once(small_out: Path, edition: Edition) -> None:
    for language in ("pt", "en"):
        printed = Counter(numbers(read(small_out / f"document.{language}.json")))
        seen = {
            fact: sum(a.language == language for t in answer(edition, fact).traces for a in t.appearances) for fact in printed
        }
        assert seen == dict(printed)


@pytest.mark.parametrize(
    "asked", ["124 488", "124.488", "124,488", "124488", "124\u00a0488", "124\u202f488", " «124 488» ", PENSIONERS]
)
def test_a_figure_is_found_as_either_language_prints_it(edition: Edition, asked: str) -> None:
    found = answer(edition, asked)
    assert [t.id for t in found.traces] == [PENSIONERS]
    assert found.traces[0].statuses == ("P",)
    shown = lines(found)
    assert "data/pensionistas.csv:7" in shown
    assert "provisório" in shown
    assert "coluna «2024»" in shown


def test_a_share_tells_its_formula_and_what_goes_in(edition: Edition) -> None:
    found = answer(edition, "62,3%")
    assert [t.calculation.name for t in found.traces if t.calculation] == ["share"]
    shown = lines(found)
    assert "[1] ÷ [2] × 100" in shown
    assert f"[2] {PENSIONERS}  124 488" in shown.replace("\u00a0", " ").replace("124,5 / ", "")
    assert {"data/pensionistas.csv:12", "data/pensionistas.csv:7"} <= set(shown.split())


@pytest.mark.parametrize(
    "asked",
    ["o numero de PENSIONISTAS (INSS) aumentou 7,3%", "O número de pensionistas … de 116 000 para 124 488", "the number of pensioners (INSS) rose by 7.3%, from"],
)  # fmt: skip
def test_words_lead_to_the_claim_and_to_the_sentence_of_the_other_language(edition: Edition, asked: str) -> None:
    found = answer(edition, asked)
    assert found.outcome is Outcome.WORDS
    said = {a.language: a.sentence for a in found.appearances if a.block == "pensioners.change"}
    assert "aumentou" in said["pt"]
    assert "rose" in said["en"]
    assert ("change", "up") in {(c.kind, c.outcome) for c in found.claims}
    assert PENSIONERS in {t.id for t in found.traces}


def test_the_words_that_stand_for_a_chart_are_found_with_their_claim(small_out: Path, edition: Edition) -> None:
    facts = read(small_out / "facts.json")
    made = [c for c in facts["claims"] if c["kind"] == "alternative" and c["facts"]]
    assert {c["language"] for c in made} == {"pt", "en"}
    for claim in made:
        found = answer(edition, claim["sentence"])
        assert found.outcome is Outcome.WORDS
        assert {a.kind for a in found.appearances} == {Kind.ALTERNATIVE}
        assert claim["id"] in {c.id for c in found.claims}
        assert set(claim["facts"]) <= {t.id for t in found.traces}
    assert {a.language for a in found.appearances} == {"pt", "en"}


def test_tables_cells_blocks_and_cells_of_files_are_understood(edition: Edition) -> None:
    assert [t.id for t in answer(edition, "Quadro 2.2 / total / 2024").traces] == [PENSIONERS]
    assert [t.id for t in answer(edition, "table 2.2 / total / 2024").traces] == [PENSIONERS]
    assert answer(edition, "Quadro 2.2").count > 5
    assert answer(edition, "pensioners_type").count == answer(edition, "Table 2.2").count
    resting = answer(edition, "data/pensionistas.csv:7", EVERYTHING)
    assert resting.outcome is Outcome.RESTING
    assert {"", "growth", "share"} <= {t.calculation.name if t.calculation else "" for t in resting.traces}


def test_words_beside_a_figure_choose_among_those_with_its_digits(edition: Edition) -> None:
    assert [t.id for t in answer(edition, "6,8 milhões").traces] == ["POPULATION.MZ-N@2024"]
    assert {t.unit for t in answer(edition, "7,3 %").traces} == {"PT"}
    assert answer(edition, "124,5 milhares").traces[0].id == PENSIONERS


def test_what_is_not_there_is_said_and_the_nearest_is_named(edition: Edition) -> None:
    assert "124\u00a0488" in answer(edition, "124 489").near
    assert PENSIONERS in answer(edition, PENSIONERS.replace("2024", "2025")).near
    assert any("aumentou 7,3%" in s for s in answer(edition, "o número de pensionistas diminuiu 7,3% entre 2023 e 2024").near)
    assert answer(edition, "2024").outcome is Outcome.LITERAL
    gap = answer(edition, "PENSIONERS.MZ.scheme=INSS@2022")
    assert gap.outcome is Outcome.WITHOUT_FIGURE
    assert "não disponível" in lines(gap)
    for question in ("", "  ", "…", "x", "()[]"):
        assert answer(edition, question).outcome is Outcome.NOTHING


@pytest.fixture(scope="module")
def filed_with_secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One figure is confidential, another one came in a workbook, the last one is printed nowhere."""
    tmp_path = tmp_path_factory.mktemp("segredo")
    folder = Path(shutil.copytree(SMALL, tmp_path / "p"))
    data = folder / "data" / "pensionistas.csv"
    text = data.read_text(encoding="utf-8").splitlines()
    rows = [
        f"{line},{'C' if ',1527,' in line else 'F'},{'forms/received/inss.xlsx!Folha 1!C9' if ',124488,' in line else ''}"
        for line in text[1:]
    ]
    rows.append("PENSIONERS,MZ,2023,77001,PERS,PRIMEIRA,INSS,OLD_AGE,A,,,F,")
    data.write_text("\n".join([f"{text[0]},CONF_STATUS,INGEST", *rows]) + "\n", encoding="utf-8")
    return filed(folder, folder / "out")


def test_a_figure_that_came_by_form_leads_to_the_cell_of_the_workbook(filed_with_secret: Path) -> None:
    (leaf,) = trace(filed_with_secret, PENSIONERS).traces[0].leaves
    assert str(leaf.place) == "forms/received/inss.xlsx [Folha 1]:C9"
    assert PENSIONERS in {t.id for t in trace(filed_with_secret, "inss.xlsx[Folha 1]!C9").traces}
    assert PENSIONERS in {t.id for t in trace(filed_with_secret, "data/pensionistas.csv:7").traces}, "the file it is kept in"
    assert trace(filed_with_secret, "inss.xlsx[Folha 2]!C9").outcome is Outcome.UNUSED


def test_a_paragraph_in_two_chapters_is_found_in_both(small_out: Path) -> None:
    whole = read(small_out / "document.pt.json")
    paragraph = next(b for s in whole["sections"] for i in s["sections"] for b in i["blocks"] if b["id"] == "pensioners.change")
    whole["sections"][0]["blocks"].append(paragraph)
    pages = Pages("pt", read_blocks(json.dumps(whole).encode()))
    shown = pages.appearances(PENSIONERS, ("pensioners.change",))
    assert len({a.sections for a in shown}) == len(shown) == 2


def test_a_hidden_cell_tells_only_that_it_is_confidential(filed_with_secret: Path) -> None:
    out = filed_with_secret
    for question in ("PENSIONERS.MZ.scheme=INSS.function=DISABILITY@2021", "Quadro 2.2 / Invalidez / 2021"):
        found = trace(out, question)
        assert found.outcome is Outcome.CONFIDENTIAL, question
        said = lines(found) + json.dumps(as_json(found))
        assert "1527" not in said.replace("\u00a0", "")
        assert "pensionistas.csv" not in said
        assert "confidencial" in lines(found)
    assert trace(out, "1 527").outcome is Outcome.NOTHING


def test_unprinted_left_out_confidential_and_missing_lines_are_told_apart(filed_with_secret: Path, tmp_path: Path) -> None:
    expected = {
        "7": Outcome.RESTING, "10": Outcome.CONFIDENTIAL, "5": Outcome.WITHOUT_FIGURE, "4": Outcome.LEFT_OUT,
        "14": Outcome.UNPRINTED, "1": Outcome.NO_CELL, "99": Outcome.NO_CELL,
    }  # fmt: skip
    found = {line: trace(filed_with_secret, f"pensionistas.csv:{line}") for line in expected}
    assert {line: a.outcome for line, a in found.items() if line != "7"} == {k: v for k, v in expected.items() if k != "7"}
    assert found["7"].outcome is Outcome.FIGURES
    assert "outra fonte" in lines(found["4"])
    assert "PENSIONERS.MZ.scheme=INSS.function=OLD_AGE@2023" in lines(found["14"])
    assert "data/pensionistas.csv:2–14" in lines(found["99"])
    told_ = "".join(lines(a) + json.dumps(as_json(a)) for line, a in found.items() if line in ("10", "14", "99"))
    assert not any(secret in told_.replace("\u00a0", "") for secret in ("1527", "77001"))
    # Without the project, or once its file has changed, the edition alone does not know.
    alone = Path(shutil.copytree(filed_with_secret, tmp_path / "out"))
    assert {trace(alone, f"data/pensionistas.csv:{line}").outcome for line in ("10", "14", "99")} == {Outcome.UNUSED}
    project = Path(shutil.copytree(filed_with_secret.parent, tmp_path / "p"))
    with (project / "data" / "pensionistas.csv").open("a", encoding="utf-8") as file:
        file.write("PENSIONERS,MZ,2011,77002,PERS,PRIMEIRA,INSS,_T,A,,,F,\n")
    assert trace(project, "data/pensionistas.csv:15").outcome is Outcome.UNUSED
    other = trace(filed_with_secret, "data/pensionista.csv:7")
    assert (other.outcome, other.near[0]) == (Outcome.NO_FILE, "data/pensionistas.csv")


def test_a_table_without_such_a_row_says_which_and_what_it_has(edition: Edition) -> None:
    found = answer(edition, "Quadro 2.2 / Invalidz / 2021")
    assert (found.outcome, found.reason, found.near) == (Outcome.NO_PLACE, "Invalidz", ("Invalidez",))
    assert "nenhuma linha ou coluna sua diz «Invalidz»" in lines(found)
    assert answer(edition, "Quadro 2.2 / Invalidez / 2031").reason == "2031"
    assert answer(edition, "Quadro 2.2 / xpto").near == ("Total", "Velhice", "Sobrevivência", "Invalidez")
    assert (
        answer(edition, "Quadro 2.2 / Disability / 2021").traces == answer(edition, "Table 2.2 / Disability / 2021").traces != ()
    )
    assert answer(edition, "Gráfico 2.1 / 2031").outcome is Outcome.NO_PLACE
    other = answer(edition, "Quadro 2.9 / Invalidez")
    assert other.outcome is Outcome.NOTHING
    assert "Quadro 2.2 Pensionistas, por tipo de pensão, 2021 e 2024" in [
        n.replace("\u2060", "").replace("\u00a0", " ") for n in other.near
    ]


def test_a_sealed_edition_answers_from_what_it_keeps(sealed_small: Path) -> None:
    folder = sealed_small / "editions" / "small"
    found = trace(folder, "124 488")
    assert [(t.id, t.value, t.statuses) for t in found.traces] == [(PENSIONERS, 124488.0, ("P",))]
    assert [(str(i.place), i.source) for i in found.traces[0].leaves] == [("data/pensionistas.csv:7", "PRIMEIRA")]
    assert any("aumentou 7,3%" in a.sentence for a in found.traces[0].appearances)
    assert "rose by 7.3%" in lines(trace(folder, "rose by 7.3%"), "en")
    assert trace(sealed_small, "124 488").traces[0].id == PENSIONERS  # the project: its out/


def test_a_revised_figure_tells_what_it_was_and_why(sealed_small: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sealed_small, tmp_path / "seguinte", ignore=shutil.ignore_patterns("out", "work")))
    for name, old, new in (
        ("bulletin.yaml", "id: small\n", "id: small-2\nrevisions: [{key: PENSIONERS, reason: {pt: Novo registo, en: New register}}]\n"),
        ("bulletin.yaml", "2025-01-31", "2026-01-31"), ("data/pensionistas.csv", "2021,103540", "2021,103600"),
    ):  # fmt: skip
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = trace(filed(folder, tmp_path / "out"), "103 600")
    (change,) = found.traces[0].changes
    assert (change.since, change.old, change.new) == ("small", 103540.0, 103600.0)
    assert "revised since small: 103,540 → 103,600 (New register)" in lines(found, "en")


def test_what_is_no_edition_or_was_altered_is_refused(small_out: Path, tmp_path: Path) -> None:
    with pytest.raises(BulletinError, match="trace-no-edition"):
        trace(tmp_path, "1")
    copy = Path(shutil.copytree(small_out, tmp_path / "out", ignore=shutil.ignore_patterns("*.pdf", "*.docx")))
    facts = (copy / "facts.json").read_text(encoding="utf-8")
    (copy / "facts.json").write_text(facts.replace("124488.0", "124489.0"), encoding="utf-8")
    with pytest.raises(BulletinError, match="trace-altered"):
        trace(copy, "124 488")
    (copy / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(BulletinError, match="edition-unreadable"):
        trace(copy, "124 488")


def test_files_of_another_layout_are_read_alike(small_out: Path) -> None:
    tree, facts = (small_out / name for name in ("document.pt.json", "facts.json"))
    assert encoded_blocks(read(tree)) == tree.read_bytes()
    assert read_blocks(json.dumps(read(tree), indent=1, ensure_ascii=False).encode()) == read_blocks(tree.read_bytes())
    assert read_items(json.dumps(read(facts), indent=1, ensure_ascii=False).encode()) == read_items(facts.read_bytes())
    empty = read_items(encoded_items({"schema": "x"}, {"facts": [], "claims": []}))
    assert empty.all("facts") == empty.all("claims") == list(empty.holding(b"a", "facts")) == []


LOCALES = {"pt": (",", "\u00a0"), "en": (".", ",")}


@given(
    value=st.integers(0, 10**10),
    decimals=st.integers(0, 3),
    language=st.sampled_from(sorted(LOCALES)),
    typed=st.sampled_from(" .,\u202f"),
)
def test_a_printed_number_is_read_as_what_it_says(value: int, decimals: int, language: str, typed: str) -> None:
    mark, group = LOCALES[language]
    locale = Locale(language, "", mark, group, 4, "", {}, {}, (), "", "", "", "", {}, {}, "", ("", ""), {}, {}, {})
    printed = locale.number(value / 10**decimals, decimals, table=True)
    own = reading_of(printed, Marks(mark, group))
    assert own is not None
    assert f"{own.value:.{decimals}f}" == f"{value / 10**decimals:.{decimals}f}"
    for asked in (printed, printed.replace("\u00a0", " "), f"+{printed}".removeprefix("+")):
        assert any(fits(r, own) for r in readings(asked))
    if typed != mark:
        assert any(fits(r, own) for r in readings(printed.replace(group, typed)))
    other = reading_of(locale.number((value + 1) / 10**decimals, decimals, table=True), Marks(mark, group))
    assert other is not None
    assert not any(fits(r, other) for r in readings(printed) if r.digits == own.digits)


def test_words_of_a_figure_count_and_signs_only_where_they_are_asked_for() -> None:
    marks = Marks(",", "\u00a0")
    million, plain, fall = (reading_of(t, marks) for t in ("1,2\u00a0milhões", "1,2", "\u22121,2\u00a0p.p."))
    assert million
    assert plain
    assert fall
    (asked,) = readings("1,2 MILHOES")
    assert fits(asked, million)
    assert not fits(asked, plain)
    assert all(fits(readings("1,2")[0], r) for r in (million, plain, fall))
    assert [fits(readings("-1,2")[0], r) for r in (plain, fall)] == [False, True]


def test_the_short_way_of_reading_messages_says_what_the_yaml_says() -> None:
    for language in ("pt", "en"):
        path = shipped("config", "messages", f"{language}.yaml")
        tree = parse_yaml(path.read_bytes(), path.name).tree
        assert isinstance(tree, dict)
        assert load_messages(language).items() >= {str(k): str(v) for k, v in tree.items()}.items()
