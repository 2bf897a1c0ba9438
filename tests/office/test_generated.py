"""Whatever a reviewer does in LibreOffice is found or asked about, where it was done and nowhere else.

`BULLETIN_EDITS=200` makes the whole proof: so many sequences of 1 to 20 edits on the small project in each language, half as many
on its file with two languages side by side, and a tenth on each of the example's files. Without it a few of the first.
`BULLETIN_EDITS=200 BULLETIN_EDITS_FROM=17` begins at another seed. A seed always makes the same edits of the same file.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bulletin.document.issued_json import decode_issued
from bulletin.model.locale import Locale
from bulletin.model.review import Collected
from bulletin.pipeline.build import build
from bulletin.pipeline.progress import silent
from bulletin.review.collect import collect
from bulletin.review.read import read_docx
from office.driver import Office
from office.oracle import OUTCOMES, judged
from office.sample import project_to_review
from office.script import KINDS, Script, Sent, script, sent_of

EDITS = int(os.environ.get("BULLETIN_EDITS", "0"))
FIRST = int(os.environ.get("BULLETIN_EDITS_FROM", "0"))
QUICK = 4
EXAMPLE = Path(__file__).parents[2] / "examples" / "mozambique"


@dataclass(frozen=True)
class Desk:
    """A file that was sent out, and what takes it in again."""

    sent: Sent
    path: Path
    locales: dict[str, Locale]

    def collected(self, file: Path) -> Collected:
        return collect(self.sent.record, read_docx(file.read_bytes(), file.name), self.locales, "Direcção X")


def desks(project: Path, **layout: str) -> dict[str, Desk]:
    built = build(project, silent, for_review=True, jobs=1, **layout)  # type: ignore[arg-type]
    found = {}
    for product in built.products:
        if product.issued is not None:
            name = product.language
            record = decode_issued((project / "review" / "issued" / built.issued / f"issued.{name}.json").read_bytes(), name)
            path = next(built.output.glob(f"*-{name}-review.docx"))
            found[name] = Desk(sent_of(path.read_bytes(), record), path, dict(built.prepared.project.locales))
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Desk]:
    """By language; `pt-en`: side by side."""
    folder = tmp_path_factory.mktemp("gerado")
    apart = desks(project_to_review(folder / "em separado"))
    return {**apart, **desks(project_to_review(folder / "lado a lado"), layout="side-by-side")}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Desk]:
    folder = tmp_path_factory.mktemp("exemplo") / "moçambique"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", "work", "expected", "review"))
    return desks(folder)


def run(office: Office, desk: Desk, seed: int, folder: Path) -> tuple[Script, Path]:
    made = script(seed, desk.sent)
    target = folder / f"{seed}.docx"
    operations = [*made.operations]
    if made.ending == "odt":
        operations.append(("reopen", str(target.with_suffix(".odt"))))
    return made, office.edit(desk.path, target, operations)


def proved(office: Office, desk: Desk, seeds: range, folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    table: Counter[tuple[str, str]] = Counter()
    faults: list[str] = []
    for seed in seeds:
        made, file = run(office, desk, seed, folder)
        verdict = judged(desk.sent, made, desk.collected(file))
        table += Counter(verdict.outcomes)
        faults += [f"{name}, seed {seed}: {fault}" for fault in verdict.faults]
        file.unlink()
    if EDITS:
        with capsys.disabled():
            sys.stdout.write(f"\n{name}: {len(seeds)} sequences, {sum(table.values())} edits, {len(faults)} faults\n")
            sys.stdout.writelines(line + "\n" for line in lines(table))
    assert faults == []


def lines(table: Counter[tuple[str, str]]) -> Iterator[str]:
    yield f"{'':14}{''.join(f'{o:>12}' for o in OUTCOMES)}"
    for kind in KINDS:
        yield f"{kind:14}{''.join(f'{table[kind, o]:12}' for o in OUTCOMES)}"


@pytest.mark.parametrize("language", ["pt", "en", "pt-en"])
def test_edits_come_back_as_what_they_were(
    office: Office, small: dict[str, Desk], language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = (EDITS if language != "pt-en" else EDITS // 2) or QUICK
    start = FIRST + 1000 * (language == "en")
    proved(office, small[language], range(start, start + count), tmp_path, f"small project, {language}", capsys)


@pytest.mark.slow
@pytest.mark.skipif(not EDITS, reason="BULLETIN_EDITS is not set")
@pytest.mark.parametrize("language", ["pt", "en"])
def test_edits_of_the_example_come_back_as_what_they_were(
    office: Office, example: dict[str, Desk], language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = FIRST + 1000 * (language == "en")
    proved(office, example[language], range(start, start + max(1, EDITS // 10)), tmp_path, f"example, {language}", capsys)


@pytest.mark.slow
@pytest.mark.skipif(not EDITS, reason="BULLETIN_EDITS is not set")
@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("odt", [False, True])
def test_the_example_only_saved_again_says_nothing(
    office: Office, example: dict[str, Desk], language: str, odt: bool, tmp_path: Path
) -> None:
    steps = [("reopen", str(tmp_path / "saved.odt"))] if odt else []
    found = example[language].collected(office.edit(example[language].path, tmp_path / "saved.docx", steps))
    assert (found.changes, found.queries, found.unmatched, found.remarks) == ((), (), (), ())


def test_a_seed_makes_the_same_edits_and_all_kinds_occur(small: dict[str, Desk]) -> None:
    sent = small["pt"].sent
    assert script(7, sent) == script(7, sent)
    made = [script(seed, sent) for seed in range(60)]
    assert {step.kind for one in made for step in one.steps} == set(KINDS)
    assert {one.ending for one in made} == {"", "accept", "reject", "odt"}
    assert {step.tracked for one in made for step in one.steps} == {True, False}


def test_the_oracle_notices_what_is_lost_and_what_is_put_elsewhere(
    office: Office, small: dict[str, Desk], tmp_path: Path
) -> None:
    """A review of the edits of one seed is no review of those of another, and one without its questions hides figures."""
    from dataclasses import replace

    desk = small["pt"]
    seed = next(
        n for n in range(200)
        if (one := script(n, desk.sent)).ending == "" and {"number", "word"} <= {s.kind for s in one.steps} and len(one.steps) > 5
    )  # fmt: skip
    made, file = run(office, desk, seed, tmp_path)
    found = desk.collected(file)
    assert judged(desk.sent, made, found).faults == []
    assert judged(desk.sent, script(seed + 1, desk.sent), found).faults
    mute = replace(found, changes=tuple(replace(c, queries=()) for c in found.changes), queries=())
    assert any("number" in fault for fault in judged(desk.sent, made, mute).faults)
    assert judged(desk.sent, made, replace(found, changes=found.changes[1:])).faults
