"""A round through LibreOffice on files that the program sent out, from the edit to the printed page, in either language."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner

from bulletin.cli import app
from bulletin.document.anchors import bookmark
from bulletin.document.inline import Number, Reference, plain
from bulletin.document.issued_json import decode_issued
from bulletin.document.tree import walk
from bulletin.model.issued import Issued
from bulletin.pipeline.build import build
from bulletin.pipeline.check import check
from bulletin.pipeline.progress import silent
from bulletin.pipeline.review_import import Imported, import_review
from factories import shipped_messages
from office.driver import Office, Operation
from office.reviewers import PROSE
from office.sample import project_to_review
from office.script import script, sent_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANGUAGES = ["pt", "en"]
WHOLE = "BULLETIN_EDITS" in os.environ
PAIRS = [("pt", True), ("en", False), *([("pt", False), ("en", True)] if WHOLE else [])]
"""Language, and whether changes are recorded."""
SEEDS = [("pt", 11), ("en", 12), *([(n, s) for s in range(20, 60) for n in LANGUAGES] if WHOLE else [])]
ANA, RUI = "Ana Silva", "Rui Costa"
LEVEL = "people.old_age"
SAID = {
    "pt": {
        "was": "o número de pensionistas", "now": "havia de pensionistas o número seguinte", "figure": "45\u00a0307", "slip": "45\u00a0703",
        "grown": "46\u00a0307", "turned": "De 116 000 em 2023 para 124 488 em 2024: foi assim que o número de pensionistas (INSS) aumentou 7,3%. "
        "Em 2024 (dados provisórios), a sobrevivência tinha 62,3%, a velhice 36,4% e a invalidez 1,3%.",
        "new": "Está prevista a abertura de 15 000 postos.", "typed": "15 000",
    },
    "en": {
        "was": "the number of pensioners", "now": "pensioners were counted, whose number", "figure": "45,307", "slip": "45,703",
        "grown": "46,307", "turned": "From 116,000 in 2023 to 124,488 in 2024: so the number of pensioners (INSS) rose, by 7.3%. "
        "In 2024 (provisional data), survivors had 62.3%, old age 36.4% and disability 1.3%.",
        "new": "There are to be 15,000 new service points.", "typed": "15,000",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Round:
    project: Path
    files: dict[str, Path]
    office: Office

    def record(self, name: str) -> Issued:
        (path,) = (self.project / "review" / "issued").glob(f"*/issued.{name}.json")
        return decode_issued(path.read_bytes(), name)

    def edited(self, name: str, operations: list[Operation]) -> Path:
        target = self.project.parent / f"{name} {len(list(self.project.parent.iterdir()))}.docx"
        return self.office.edit(self.files[name], target, operations)

    def take(self, *files: Path, who: str = "Direcção X") -> Imported:
        return import_review(self.project, files, silent, shipped_messages("pt"), who=who)

    def printed(self, block: str, language: str) -> str:
        document = check(self.project, silent).composed.documents[language]
        found = [b for b in walk(document.sections) if getattr(b, "id", "") == block]
        return plain(found[0].content) if found else ""  # type: ignore[union-attr]

    def grow(self) -> None:
        """A thousand pensioners more in 2024."""
        path = self.project / "data" / "pensionistas.csv"
        rows = path.read_text(encoding="utf-8").splitlines()
        for n, row in enumerate(rows):
            cells = row.split(",")
            if ",2024," in row and cells[1:] and any(f",INSS,{kind}," in row for kind in ("_T", "OLD_AGE")):
                rows[n] = row.replace(f",{cells[3]},", f",{int(cells[3]) + 1000},")
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")

    def written(self) -> list[str]:
        folders = (self.project / "overrides", self.project / "review")
        return sorted(p.relative_to(self.project).as_posix() for f in folders for p in f.rglob("*") if p.is_file())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sent out apart, and side by side. Copied, never changed."""
    found = {}
    for name, layout in (("apart", ""), ("beside", "side-by-side")):
        project = project_to_review(tmp_path_factory.mktemp(name) / "projeto")
        settings = project / "bulletin.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("status: final", "status: draft"), encoding="utf-8")
        build(project, silent, for_review=True, jobs=1, layout=layout)
        found[name] = project
    return found


@pytest.fixture
def begin(kept: dict[str, Path], office: Office, tmp_path: Path) -> Callable[..., Round]:
    def copied(name: str = "apart") -> Round:
        project = shutil.copytree(kept[name], tmp_path / name / "país", ignore=shutil.ignore_patterns("out", "work", "*.docx"))
        sources = (kept[name] / "review" / "out").glob("*.docx")
        files = {p.stem.removeprefix("small-draft-").removesuffix("-review"): p for p in sources}
        return Round(project, files, office)

    return copied


def at(language: str, block: str, text: str = "", **rest: Any) -> dict[str, Any]:
    return {"mark": bookmark(block, language), "text": text, **rest}


@pytest.mark.parametrize("odt", [False, True])
def test_1_a_file_only_saved_again_changes_nothing(begin: Callable[..., Round], odt: bool, tmp_path: Path) -> None:
    desk = begin()
    before = desk.written()
    files = [desk.edited(name, [("reopen", str(tmp_path / f"{name}.odt"))] if odt else []) for name in LANGUAGES]
    found = desk.take(*files)
    assert found.standing is not None
    assert [(r.edits, r.queries, r.remarks) for r in found.rounds] == [((), (), ())] * 2
    assert (found.standing.asked, dict(found.standing.overrides)) == ((), {})
    assert not (desk.project / "overrides").exists()
    assert set(before) <= set(desk.written())


@pytest.mark.parametrize(("language", "tracked"), PAIRS)
def test_2_and_3_words_are_printed_with_todays_figures_and_a_figure_typed_over_is_asked_about(
    begin: Callable[..., Round], language: str, tracked: bool
) -> None:
    desk, said = begin(), SAID[language]
    start = said["now"]
    file = desk.edited(
        language,
        [
            ("author", ANA),
            ("record", tracked),
            ("overwrite", at(language, LEVEL, said["was"], words=said["now"])),
            ("overwrite", at(language, LEVEL, said["figure"], words=said["slip"])),
        ],
    )
    found = desk.take(file)
    assert found.standing is not None
    (asked,) = found.standing.open
    query = asked.query
    assert (query.kind, query.block, query.language) == ("number-changed", LEVEL, language)
    assert (query.old, query.new) == (said["figure"], said["slip"])
    assert [(a.author, a.tracked) for a in query.authors] == [(ANA if tracked else "Direcção X", tracked)]
    assert asked.place.file == "data/pensionistas.csv"
    printed = desk.printed(LEVEL, language)
    assert start in printed
    assert said["figure"] in printed
    assert said["slip"] not in printed
    desk.grow()
    printed = desk.printed(LEVEL, language)
    assert start in printed
    assert said["grown"] in printed
    before = {p: (desk.project / p).read_bytes() for p in desk.written()}
    assert desk.take(file).rounds == ()
    assert {p: (desk.project / p).read_bytes() for p in desk.written()} == before


def test_3_a_question_left_open_is_said_by_the_exit_code(begin: Callable[..., Round]) -> None:
    desk, said = begin(), SAID["pt"]
    file = desk.edited("pt", [("author", ANA), ("overwrite", at("pt", LEVEL, said["figure"], words=said["slip"]))])
    other = desk.project.parent / "outro.docx"
    other.write_bytes(b"PK\x03\x04 nada")
    codes = {}
    for name, path in (("open", file), ("unusable", other)):
        done = CliRunner().invoke(app, ["review", "import", str(path), "--project", str(desk.project)])
        assert done.exception is None or isinstance(done.exception, SystemExit), "nothing else reaches the user"
        codes[name] = done.exit_code
    assert codes == {"open": 1, "unusable": 2}


@pytest.mark.parametrize(("language", "tracked"), PAIRS)
def test_4_a_paragraph_written_anew_keeps_every_figure(begin: Callable[..., Round], language: str, tracked: bool) -> None:
    desk, turned = begin(), SAID[language]["turned"]
    block = "pensioners.change"
    file = desk.edited(language, [("author", ANA), ("record", tracked), ("replace", at(language, block, words=turned))])
    found = desk.take(file)
    (edit,) = found.rounds[0].edits
    assert (edit.change.kind, edit.change.block) == ("reworded", block)
    issued = next(b for b in desk.record(language).blocks if b.id == block)
    assert set(edit.change.placeholders.values()) == {s.ref for s in issued.spans if s.kind == "number"}
    assert {q.kind for q in edit.change.queries} <= {"uncertain-match"}
    assert plain_words(desk.printed(block, language)) == plain_words(turned)


def plain_words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2060", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_5_a_new_paragraph_with_a_number_of_its_own(begin: Callable[..., Round], language: str) -> None:
    desk, said = begin(), SAID[language]
    file = desk.edited(language, [("author", RUI), ("record", True), ("new", at(language, "people.law", words=said["new"]))])
    found = desk.take(file)
    assert found.standing is not None
    (override,) = found.standing.overrides[language].values()
    assert (override.action, override.text) == ("insert-after", said["new"])
    assert [(t.text, t.state) for t in override.literals] == [(said["typed"], "unverified")]
    assert [a.query.kind for a in found.standing.open] == ["number-new"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_7_two_authors_and_their_comments(begin: Callable[..., Round], language: str) -> None:
    desk, said, prose = begin(), SAID[language], PROSE[language]
    word = prose["services"].split()[1]
    file = desk.edited(
        language,
        [
            ("author", ANA), ("record", True), ("overwrite", at(language, LEVEL, said["was"], words=said["now"])),
            ("author", RUI), ("append", at(language, LEVEL, words=" !")),
            ("comment", at(language, "people.services", word, words="Fonte?")),
            ("comment", at(language, "people.women", words="Feito.")), ("resolve", "Feito."),
        ],
    )  # fmt: skip
    round_ = desk.take(file, who="").rounds[0]
    (edit,) = round_.edits
    assert {a.author for a in edit.change.authors} == {ANA, RUI}
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", a.date) for a in edit.change.authors), "in UTC"
    remarks = {(r.author, r.block, r.quoted, r.resolved) for r in round_.remarks}
    assert remarks == {(RUI, "people.services", word, False), (RUI, "people.women", prose["women"], True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_8_a_contents_list_that_swallows_the_rest_hides_no_block(begin: Callable[..., Round], language: str) -> None:
    """As programs do that take a list's end for the end of a control."""
    desk = begin()
    saved = desk.edited(language, [])
    with zipfile.ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    body = root[0]
    control = etree.SubElement(body, f"{W}sdt")
    content = etree.SubElement(control, f"{W}sdtContent")
    for element in list(body)[5:-2]:
        content.append(element)
    body.insert(5, control)
    parts["word/document.xml"] = etree.tostring(root)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    swallowed = desk.project.parent / "engolido.docx"
    swallowed.write_bytes(stream.getvalue())
    round_ = desk.take(swallowed).rounds[0]
    assert (round_.edits, round_.queries) == ((), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_10_a_cell_is_asked_about_and_never_taken(begin: Callable[..., Round], language: str) -> None:
    desk = begin()
    table = bookmark("population.table", language)
    file = desk.edited(language, [("author", ANA), ("overwrite", {"mark": table, "cell": "B3", "text": "27", "words": "72"})])
    found = desk.take(file)
    assert found.standing is not None
    (asked,) = found.standing.open
    assert (asked.query.kind, asked.query.old.replace("27", "72")) == ("table-cell", asked.query.new)
    assert asked.place.file == "data/populacao.csv"
    assert dict(found.standing.overrides) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_13_the_same_edit_side_by_side_is_the_same_override(begin: Callable[..., Round], language: str) -> None:
    said = SAID[language]
    edits: list[Operation] = [
        ("author", ANA), ("record", True), ("overwrite", at(language, LEVEL, said["was"], words=said["now"])),
        ("replace", at(language, "pensioners.change", words=said["turned"])),
        ("new", at(language, "people.law", words=said["new"])),
    ]  # fmt: skip
    found = []
    for layout, name in (("apart", language), ("beside", "pt-en")):
        desk = begin(layout)
        standing = desk.take(desk.edited(name, edits)).standing
        assert standing is not None
        entries = standing.overrides[language]
        found.append({block: replace(o, by=tuple(replace(a, date="") for a in o.by)) for block, o in entries.items()})
        assert set(standing.overrides) == {language}
    assert found[0] == found[1]


@pytest.mark.parametrize(("language", "seed"), SEEDS)
def test_14_no_number_is_printed_that_is_neither_of_the_data_nor_listed(
    begin: Callable[..., Round], language: str, seed: int
) -> None:
    """Whatever was edited, and whatever the data say afterwards."""
    desk = begin()
    record = desk.record(language)
    made = script(seed, sent_of(desk.files[language].read_bytes(), record))
    found = desk.take(desk.edited(language, list(made.operations)))
    assert found.standing is not None
    for _ in range(random.Random(seed).randint(1, 3)):
        desk.grow()
    listed = {
        n for o in found.standing.overrides.get(language, {}).values() for t in o.literals for n in re.findall(r"\d+", t.text)
    }
    issued = {b.id: b for b in record.blocks}
    document = check(desk.project, silent).composed.documents[language]
    for block in walk(document.sections):
        content = getattr(block, "content", None)
        if not isinstance(content, tuple):
            continue
        typed = plain(tuple(p for p in content if not isinstance(p, Number | Reference)))
        known = issued.get(re.sub(r"\.\d+$", "", getattr(block, "id", "")))
        own = set(re.findall(r"\d+", _without_figures(known))) if known else set()
        assert set(re.findall(r"\d+", typed)) <= own | listed, (block, made.steps)


def _without_figures(block: Any) -> str:
    text = block.text
    for span in block.spans:
        if span.kind == "number":
            text = text[: span.start] + " " * len(span.text) + text[span.end :]
    return str(text)
