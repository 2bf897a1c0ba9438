"""Nothing wrong is printed: facts, texts, tables, charts and words against the data files, read and computed a second time."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from bulletin.pipeline import records
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import silent
from factories import WHOLE, at_length
from independent import Source, fact_faults, quality_faults
from prints import nodes, read, stands_for, text_faults, tree_faults
from sentences import word_faults

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "projects" / "small"
EXAMPLE = ROOT / "examples" / "mozambique"

Edition = tuple[dict, dict[str, dict]]
Checked = tuple[list[str], dict[str, Fraction | float]]


def composed(root: Path) -> Edition:
    prepared = prepare(root, silent)
    return published(prepared, compose_editions(prepared))


def published(prepared: Prepared, made: Composed) -> Edition:
    """Facts and trees as published, read back from their JSON."""
    facts = json.loads(records.facts(prepared, made.facts, *made.published()))
    return facts, {language: json.loads(data) for language, data in made.trees().items()}


def faults(source: Source, edition: Edition) -> list[str]:
    facts, trees = edition
    found, values = fact_faults(source, facts)
    if found:
        return found
    return text_faults(facts, values) + tree_faults(source, trees, facts, values) + word_faults(source, trees, facts, values)


@pytest.fixture(scope="module")
def files() -> Source:
    return Source(EXAMPLE)


@pytest.fixture(scope="module")
def example(composed_example: tuple[Prepared, Composed]) -> Edition:
    return published(*composed_example)


def test_the_example_prints_what_its_files_say(files: Source, example: Edition) -> None:
    assert faults(files, example) == []
    facts, trees = example
    assert len(facts["facts"]) > 1500
    assert len(facts["claims"]) > 300
    assert sum(len(t["rows"]) for t in nodes(trees["pt"], "Table")) > 300


def test_the_quality_annex_says_what_the_files_hold(files: Source, example: Edition) -> None:
    facts, trees = example
    assert quality_faults(files, facts) == []
    told = {(m["name"], m["subject"]): m for m in facts["quality"]}
    columns = {"quality_institutions": "institution.", "quality_rules": "rule.", "quality_files": "file."}
    for language, tree in trees.items():
        for table in (t for t in nodes(tree, "Table") if t["id"] in columns):
            for row in table["rows"]:
                for column, cell in zip(table["columns"], row["cells"], strict=True):
                    measure = told.get((column["key"], row["key"].removeprefix(columns[table["id"]])))
                    assert (measure is None) == (cell["kind"] == "missing"), (row["key"], column["key"])
                    if measure:
                        shown = read(cell["text"], language)
                        assert shown is not None
                        assert stands_for(shown, measure["value"], {0}), (row["key"], cell["text"])


def test_signs_that_say_two_things_are_never_printed(example: Edition) -> None:
    for tree in example[1].values():
        text = json.dumps({k: v for k, v in tree.items() if k != "words"}, ensure_ascii=False)
        assert not re.search(r"…|\.\.\.|\bn\. ?[ad]\.|\bn/a\b", text, re.IGNORECASE)


def test_the_small_project_prints_what_its_files_say() -> None:
    assert faults(Source(SMALL), composed(SMALL)) == []


# --- what this reader notices -------------------------------------------------------------------------------------------


def _value(edition: Edition) -> None:
    next(f for f in edition[0]["facts"] if f["operation"] == "" and f["value"])["value"] += 1


def _derived(edition: Edition) -> None:
    next(f for f in edition[0]["facts"] if f["operation"] == "derived")["value"] *= 1.0001


def _computed(edition: Edition) -> None:
    next(f for f in edition[0]["facts"] if f["operation"] == "growth")["value"] += 0.01


def _status(edition: Edition) -> None:
    next(f for f in edition[0]["facts"] if f["obs_status"] == ["P"])["obs_status"] = ["A"]


def _illustrative(edition: Edition) -> None:
    next(f for f in edition[0]["facts"] if f["illustrative"])["illustrative"] = False


def _lineage(edition: Edition) -> None:
    found = next(f for f in edition[0]["facts"] if len(f["lineage"]) == 2)
    found["lineage"].reverse()
    found["lineage"].pop()


def _text(edition: Edition) -> None:
    found = next(f for f in edition[0]["facts"] if f["id"] == "POPULATION.MZ@2024")
    found["texts"]["en"][0] = found["texts"]["en"][0].replace("33", "34")


def _cell(edition: Edition) -> None:
    table = next(t for t in nodes(edition[1]["en"], "Table") if t["id"] == "population_age_sex")
    cells = table["rows"][3]["cells"]
    cells[1], cells[2] = cells[2], cells[1]


def _scale(edition: Edition) -> None:
    figure = next(f for f in nodes(edition[1]["en"], "Figure") if "million" in str(f["subtitle"]))
    figure["subtitle"] = [{"type": "Text", "text": "Measure (thousands of people)"}]


def _sign(edition: Edition) -> None:
    cell = next(c for c in nodes(edition[1]["pt"], "Cell") if c["text"] == "–")
    cell["text"] = "0"


def _word(language: str, old: str, new: str) -> Callable[[Edition], None]:
    def change(edition: Edition) -> None:
        for kind, part in (("Paragraph", "content"), ("Figure", "title")):
            for block in nodes(edition[1][language], kind):
                for text in nodes(block[part], "Text"):
                    if re.search(rf"\b{old}", text["text"]):
                        text["text"] = re.sub(rf"\b{old}", new, text["text"], count=1)
                        return
        raise AssertionError(old)

    return change


def _claim(kind: str, outcome: str = "", **parameters: str) -> Callable[[Edition], None]:
    def change(edition: Edition) -> None:
        claim = next(c for c in edition[0]["claims"] if c["kind"] == kind)
        claim["outcome"] = outcome or claim["outcome"]
        claim["parameters"].update(parameters)

    return change


def _alternative(edition: Edition) -> None:
    """The place with the highest figure is said to have the lowest."""
    claim = next(c for c in edition[0]["claims"] if c["kind"] == "alternative" and {"highest", "lowest"} <= set(c["parameters"]))
    figure = next(f for f in nodes(edition[1][claim["language"]], "Figure") if claim["block"] == f"{f['id']}.alt")
    p = claim["parameters"]
    p["highest"], p["lowest"] = p["lowest"], p["highest"]
    assert claim["sentence"] in figure["alt"].replace("\u00a0", " ")


def _alternative_digits(edition: Edition) -> None:
    figure = next(f for f in nodes(edition[1]["en"], "Figure") if "Values in" in f["alt"])
    figure["alt"] = figure["alt"].replace("Values in", "It rose to 12.5. Values in")


SPOILT = {
    "alternative": _alternative,
    "alternative digits": _alternative_digits,
    "value": _value,
    "derived": _derived,
    "computed": _computed,
    "status": _status,
    "illustrative": _illustrative,
    "lineage": _lineage,
    "text": _text,
    "cell": _cell,
    "scale": _scale,
    "sign": _sign,
    "rise": _word("pt", "aumentou", "diminuiu"),
    "fall": _word("en", "rose", "fell"),
    "higher": _word("en", "lower", "higher"),
    "more": _word("pt", "menos $", "mais "),
    "fraction": _word("en", "fifths", "quarters"),
    "ranking": _claim("ranking", top="MZ-A"),
    "composition": _claim("composition", top="DISABILITY"),
    "break": _claim("breaks", when="2020"),
    "balance": _claim("balance", "deficit"),
}


@pytest.fixture(scope="module")
def written(example: Edition) -> str:
    return json.dumps(example)


@pytest.fixture(scope="module")
def unspoilt(files: Source, example: Edition) -> Checked:
    return fact_faults(files, example[0])


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_spoilt_is_noticed(
    files: Source, example: Edition, written: str, unspoilt: Checked, spoil: Callable[[Edition], None]
) -> None:
    copy: Edition = json.loads(written)
    spoil(copy)
    assert list(copy) != list(example)
    facts, trees = copy
    found, values = unspoilt if facts["facts"] == example[0]["facts"] else fact_faults(files, facts)
    # As `faults` reads it, but no further than the first fault, and the longest reading last.
    readings: tuple[Callable[[], list[str]], ...] = (
        lambda: text_faults(facts, values),
        lambda: word_faults(files, trees, facts, values),
        lambda: tree_faults(files, trees, facts, values),
    )
    assert found or any(read() for read in readings)


# --- changed data -------------------------------------------------------------------------------------------------------


def mutate(folder: Path, chance: random.Random, files: list[Path], times: int) -> list[str]:
    """Changes a digit of a value, takes a row out, marks a value as missing, or adds a status; says what it did."""
    told = []
    for _ in range(times):
        path = chance.choice(files)
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        if not lines:
            continue
        separator = ";" if head.count(";") > head.count(",") else ","
        columns = head.split(separator)
        at = columns.index("OBS_VALUE")
        line = chance.randrange(len(lines))
        cells = lines[line].split(separator)
        digits = [i for i, c in enumerate(cells[at]) if c.isdigit()]
        what = chance.choice(["digit", "digit", "digit", "drop", "missing", "status"])
        if '"' in lines[line] or not digits:
            continue
        if what == "digit":
            i = chance.choice(digits)
            cells[at] = cells[at][:i] + chance.choice("0123456789") + cells[at][i + 1 :]
        elif what == "missing" and "OBS_STATUS" in columns:
            cells[at], cells[columns.index("OBS_STATUS")] = "", "O"
        elif what == "status" and "OBS_STATUS" in columns:
            cells[columns.index("OBS_STATUS")] = chance.choice(["P", "E", "B", "F", "B;P", "U", "D"])
        lines[line : line + 1] = [] if what == "drop" else [separator.join(cells)]
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        told.append(f"{path.name} {line + 2} {what}: {separator.join(cells)}")
    return told


def survives(folder: Path, seed: int, names: list[str], times: int) -> None:
    told = mutate(folder, random.Random(seed), [folder / "data" / n for n in names], times)
    assert faults(Source(folder), composed(folder)) == [], told


def copied(root: Path, to: Path) -> Path:
    shutil.copytree(root, to, ignore=shutil.ignore_patterns("out", "work"))
    return to


SMALL_FILES = ["pensionistas.csv", "populacao.csv"]
EXAMPLE_FILES = [
    "inss_benefits.csv", "inss_registration.csv", "illustrative_coverage.csv", "illustrative_programmes.csv", "macro.csv",
    "population_province.csv", "illustrative_expenditure.csv", "inss_accounts.csv", "coverage_sdg131.csv", "targets.csv",
]  # fmt: skip


@pytest.mark.parametrize("seeds", [range(12), pytest.param(range(12, 30), marks=pytest.mark.slow)])
def test_changed_values_of_the_small_project_are_printed_truly(tmp_path: Path, seeds: range) -> None:
    for seed in seeds:
        survives(copied(SMALL, tmp_path / str(seed)), seed, SMALL_FILES, 1 + seed % 4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3 if WHOLE else 1))
def test_changed_values_of_the_example_are_printed_truly(tmp_path: Path, seed: int) -> None:
    survives(copied(EXAMPLE, tmp_path / "example"), seed, EXAMPLE_FILES, 40)


@pytest.mark.slow
@at_length
@pytest.mark.parametrize("seed", range(100, 104))
def test_many_changed_values_are_printed_truly(tmp_path: Path, seed: int) -> None:
    for n in range(5):
        survives(copied(SMALL, tmp_path / f"small{n}"), 1000 * seed + n, SMALL_FILES, 5)
    files = [p.name for p in (EXAMPLE / "data").glob("*.csv")]
    survives(copied(EXAMPLE, tmp_path / "example"), seed, files, 150)
