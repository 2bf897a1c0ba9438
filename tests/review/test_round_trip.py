"""A round of review on the product's own files: sent out, edited, taken in, decided, closed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import footnoted
from bulletin.document.footnotes import footnotes
from bulletin.document.inline import plain
from bulletin.document.tree import walk
from bulletin.errors import ConfigError, DataError, ReviewError
from bulletin.load.review import read_answers, read_review
from bulletin.model.round import Decision
from bulletin.pipeline.build import build
from bulletin.pipeline.check import check
from bulletin.pipeline.progress import silent
from bulletin.pipeline.review_close import close_review
from bulletin.pipeline.review_decide import decide, read_sheet, write_sheet
from bulletin.pipeline.review_import import Imported, import_review
from bulletin.pipeline.review_status import as_json, review_status
from edited_docx import EditedDocx
from factories import shipped_messages, small_project, spoken

BLOCK = "pensioners.change"
WITHIN = "o número de pensionistas (INSS) aumentou"
TEXTS = shipped_messages("pt")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A project of which a build was sent out, and its Word files. Copied, never changed."""
    project = small_project(tmp_path_factory.mktemp("revisão") / "projeto")
    settings = project / "bulletin.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("status: final", "status: draft"), encoding="utf-8")
    made = build(project, silent, for_review=True, jobs=1)
    return project, {p.language: p.data for p in made.products}


@pytest.fixture
def project(sent: tuple[Path, dict[str, bytes]], tmp_path: Path) -> Path:
    folder = tmp_path / "país"
    shutil.copytree(sent[0], folder, ignore=shutil.ignore_patterns("out", "work"))
    return folder


class Desk:
    """A secretariat: files come in, questions are answered."""

    def __init__(self, project: Path, files: dict[str, bytes]) -> None:
        self.project, self.files = project, files

    def edited(self, author: str = "Ana", language: str = "pt", day: str = "2025-02-03") -> EditedDocx:
        return EditedDocx(self.files[language], author, f"{day}T10:00:00Z")

    def file(self, name: str, made: EditedDocx) -> Path:
        path = self.project.parent / f"{name}.docx"
        path.write_bytes(made.bytes())
        return path

    def take(self, *files: Path, **more: object) -> Imported:
        return import_review(self.project, files, silent, TEXTS, **more)  # type: ignore[arg-type]

    def overrides(self, language: str = "pt") -> str:
        path = self.project / "overrides" / "small" / f"{language}.yaml"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def printed(self, block: str = BLOCK, language: str = "pt") -> str:
        document = check(self.project, silent).composed.documents[language]
        found = next(b for b in walk(document.sections) if getattr(b, "id", "") == block)
        return plain(found.content).replace("\u00a0", " ")  # type: ignore[union-attr]

    def grow(self) -> None:
        """A thousand pensioners more than when the build was sent out: 125 488."""
        path = self.project / "data" / "pensionistas.csv"
        text = path.read_text(encoding="utf-8")
        for kind in ("_T", "OLD_AGE"):
            row = next(r for r in text.splitlines() if f",INSS,{kind}," in r and ",2024," in r)
            value = row.split(",")[3]
            text = text.replace(row, row.replace(f",{value},", f",{int(value) + 1000},"))
        path.write_text(text, encoding="utf-8")

    def written(self) -> dict[str, bytes]:
        folders = (self.project / "review", self.project / "overrides")
        return {
            p.relative_to(self.project).as_posix(): p.read_bytes() for f in folders for p in sorted(f.rglob("*")) if p.is_file()
        }


@pytest.fixture
def desk(project: Path, sent: tuple[Path, dict[str, bytes]]) -> Desk:
    return Desk(project, sent[1])


def reworded(desk: Desk) -> EditedDocx:
    return desk.edited().replace(WITHIN, "passando de", "e passou de")


def test_words_come_back_with_the_figures_of_today_and_the_same_file_once(desk: Desk) -> None:
    untouched = desk.take(desk.file("igual", desk.edited("")), who="INSS")
    assert untouched.standing is not None
    assert (untouched.rounds[0].edits, untouched.standing.asked, desk.overrides()) == ((), (), ""), "nothing was changed"
    came = desk.file("ana", reworded(desk))
    found = desk.take(came)
    assert found.standing is not None
    assert found.standing.open == ()
    assert [(r.name, r.who) for r in found.rounds] == [("2025-02-03-ana", "Ana")]
    assert "e passou de" in desk.overrides()
    assert "124" not in desk.overrides().split("placeholders:")[0], "figures are names"
    before = desk.written()
    again = desk.take(came)
    assert (again.rounds, again.known, desk.written()) == ((), (("ana.docx", "2025-02-03-ana"),), before)
    assert "e passou de 116 000 para 124 488" in desk.printed()
    desk.grow()
    assert "e passou de 116 000 para 125 488" in desk.printed()
    stale = review_status(desk.project, silent).stale
    assert stale == (("en", f"pensions/{BLOCK}"),), "the other language has to follow"
    report = (desk.project / "review" / "2025-02-03-ana" / "report.html").read_text(encoding="utf-8")
    assert "<del> passando</del><ins> e passou</ins>" in report
    assert "http" not in report
    record = (desk.project / "review" / "2025-02-03-ana" / "import.json").read_text(encoding="utf-8")
    assert str(desk.project) not in record


def test_data_that_change_before_the_import_change_nothing_in_it(desk: Desk, tmp_path: Path) -> None:
    other = Desk(shutil.copytree(desk.project, tmp_path / "outro"), desk.files)
    came = desk.file("ana", reworded(desk))
    desk.take(came)
    for _ in range(2):
        other.grow()
        build(other.project, silent, formats=("docx",), languages=("pt",), jobs=1)
    other.take(came)
    assert other.overrides() == desk.overrides()
    rounds = [read_review(d.project, "small").rounds for d in (desk, other)]
    assert rounds[0] == rounds[1]
    before = other.overrides()
    made = build(other.project, silent, for_review=True, jobs=1)
    unchanged = EditedDocx(next(p.data for p in made.products if p.language == "pt"), "", "2025-03-01T10:00:00Z")
    assert "passou de" in "".join(unchanged.paragraph(WITHIN).itertext())
    found = other.take(other.file("de novo", unchanged), who="Ana")
    assert (found.rounds[0].edits, other.overrides()) == ((), before), "sent out again and not touched: nothing comes back"


def test_a_figure_is_asked_about_with_its_cell_and_closed_by_the_data(desk: Desk) -> None:
    made = reworded(desk).replace(WITHIN, "124 488", "125 488")
    found = desk.take(desk.file("ana", made))
    assert found.standing is not None
    (asked,) = found.standing.open
    assert (asked.query.kind, asked.query.old.replace("\u00a0", " "), asked.query.new) == ("number-changed", "124 488", "125 488")
    assert asked.place.file == "data/pensionistas.csv"
    assert asked.place.cell
    assert "125" not in desk.overrides().split("by:")[0]
    (warned,) = [f for f in check(desk.project, silent).findings if f.rule == "review-open"]
    assert spoken([warned])
    with pytest.raises(DataError) as open_:
        close_review(desk.project, silent, "Secretariado", "2025-03-01")
    assert {f.rule for f in spoken(open_.value.findings)} >= {"review-close-open", "review-close-stale"}
    decided = decide(desk.project, silent, Decision(asked.id, "at-source", by="Direção", date="2025-02-20"))
    assert [a.waits for a in decided.standing.open] == [True]
    with pytest.raises(ReviewError) as refused:
        decide(desk.project, silent, Decision(asked.id, "take", by="Direção", date="2025-02-20"))
    assert [f.rule for f in spoken(refused.value.findings)] == ["review-wrong-answer"], "a figure is never taken"
    desk.grow()
    status = review_status(desk.project, silent)
    assert [a.state for a in status.standing.asked] == ["agreed"]
    assert json.loads(as_json(status, TEXTS))["questions"][0]["state"] == "agreed"


def test_a_figure_alone_is_not_answered_with_a_wording_that_would_go_nowhere(desk: Desk) -> None:
    found = desk.take(desk.file("ana", desk.edited().replace(WITHIN, "124 488", "125 488")))
    assert found.standing is not None
    (asked,) = found.standing.open
    assert "edit" not in asked.answers
    with pytest.raises(ReviewError) as refused:
        decide(desk.project, silent, Decision(asked.id, "edit", text="Outra frase.", by="Direção", date="2025-02-20"))
    assert [f.rule for f in spoken(refused.value.findings)] == ["review-wrong-answer"]
    also = desk.take(desk.file("rui", reworded(desk).replace(WITHIN, "124 488", "125 488")), who="Rui")
    assert also.standing is not None
    (asked,) = also.standing.open
    assert "edit" in asked.answers, "a wording that came goes with it"
    decide(desk.project, silent, Decision(asked.id, "edit", text="Outra frase.", by="Direção", date="2025-02-20"))
    assert desk.printed() == "Outra frase."


def test_a_figure_copied_from_elsewhere_as_plain_words_is_asked_about_though_it_is_right_today(desk: Desk) -> None:
    found = desk.take(desk.file("ana", desk.edited().insert_after(WITHIN, "A população de Nampula chegou a 6,82 milhões.")))
    assert found.standing is not None
    assert [(a.query.kind, a.query.new.replace("\u00a0", " ")) for a in found.standing.open] == [("number-new", "6,82 milhões")]


def test_files_in_any_order_are_the_same_and_an_edit_that_touches_nobody_is_in_every_choice(desk: Desk, tmp_path: Path) -> None:
    ana = desk.file("ana", reworded(desk))
    rui = desk.file("rui", desk.edited("Rui", day="2025-02-05").replace(WITHIN, "passando de", "tendo passado de"))
    eva = desk.file("eva", desk.edited("Eva", day="2025-02-04").replace(WITHIN, "Entre ", "De "))
    other = Desk(shutil.copytree(desk.project, tmp_path / "outro"), desk.files)
    for came in (rui, eva, ana):
        other.take(came)
    found = desk.take(ana, rui, eva)
    assert other.overrides() == desk.overrides()
    assert found.standing is not None
    (asked,) = found.standing.open
    assert [(c[:7], "tendo" in c) for c in asked.choices] == [("De 2023", False), ("De 2023", True)]
    decide(desk.project, silent, Decision(asked.id, "take", 2, by="Direção", date="2025-02-20"))
    assert desk.printed().startswith("De 2023 e 2024, o número de pensionistas (INSS) aumentou 7,3%, tendo passado de")


def test_two_reviewers_are_joined_or_asked_about_and_the_sheet_decides(desk: Desk) -> None:
    ana = desk.file("ana", reworded(desk))
    rui = desk.file("rui", desk.edited("Rui", day="2025-02-05").replace(WITHIN, "Entre ", "De "))
    eva = desk.file("eva", desk.edited("Eva", day="2025-02-06").replace(WITHIN, "passando de", "tendo passado de"))
    found = desk.take(ana, rui)
    assert found.standing is not None
    assert found.standing.open == ()
    assert "De {" in desk.overrides() or "De 2023" in desk.overrides()
    assert "author: Ana" in desk.overrides().replace('"', "")
    assert "author: Rui" in desk.overrides().replace('"', "")
    found = desk.take(eva)
    assert found.standing is not None
    (asked,) = found.standing.open
    assert (asked.query.kind, len(asked.choices)) == ("reviewers-disagree", 2 + (len(asked.choices) > 2))
    data, count = write_sheet(desk.project, silent, TEXTS)
    assert count == 1
    sheet = desk.project.parent / "decisões.xlsx"
    number = next(n for n, text in enumerate(asked.choices, 1) if "tendo passado" in text)
    sheet.write_bytes(filled(data, {"answer": f"aceitar {number}"}))
    words = [shipped_messages("pt"), shipped_messages("en")]
    decided = read_sheet(desk.project, silent, sheet, words, "Direção", "2025-02-20")
    assert decided.standing.open == ()
    assert "tendo passado" in desk.overrides()
    assert "state: applied" in desk.overrides()
    before = desk.written()
    read_sheet_again = read_sheet(desk.project, silent, sheet, words, "Direção", "2025-02-20")
    assert (read_sheet_again.standing, desk.written()) == (decided.standing, before)
    sheet.write_bytes(filled(data, {"answer": "talvez", "new": "outra coisa"}))
    with pytest.raises(ReviewError) as wrong:
        read_sheet(desk.project, silent, sheet, words, "", "")
    rules = [f.rule for f in spoken(wrong.value.findings)]
    assert sorted(rules) == ["review-sheet-changed", "review-wrong-answer"]
    assert desk.written() == before


def filled(data: bytes, fields: dict[str, str]) -> bytes:
    """The first question of a sheet, filled in as in a spreadsheet program."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    columns = {page.cell(3, c).value: c for c in range(1, page.max_column + 1)}
    for name, value in fields.items():
        assert page.cell(5, columns[name]).protection.locked is (name == "new")
        page.cell(5, columns[name]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_cannot_be_taken_in_is_refused_whole(desk: Desk) -> None:
    good = desk.file("ana", reworded(desk))
    broken = desk.project.parent / "partido.docx"
    broken.write_bytes(b"PK\x03\x04 nada")
    before = desk.written()

    def rules(*files: Path, **more: object) -> list[str]:
        with pytest.raises((ReviewError, ConfigError)) as refused:
            desk.take(*files, **more)
        assert desk.written() == before
        return sorted(f.rule for f in spoken(refused.value.findings))

    assert rules(good, broken) == ["review-file-broken"]
    assert rules(good, desk.project.parent / "falta.docx") == ["file-missing"]
    nobody = desk.file("sem", desk.edited("").saved("").replace(WITHIN, "passando de", "e passou de"))
    assert rules(nobody) == ["review-no-date", "review-no-name"]
    assert desk.take(nobody, who="INSS", day="2025-02-04", dry_run=True).rounds[0].name == "2025-02-04-inss"
    assert desk.written() == before, "a dry run writes nothing"
    issued = desk.project / "review" / "issued"
    kept = issued.rename(desk.project.parent / "guardado")
    before = desk.written()
    assert rules(good) == ["review-unknown-build"]
    assert desk.take(good, against=str(next(kept.iterdir())), dry_run=True).rounds
    kept.rename(issued)
    settings = desk.project / "bulletin.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("id: small", "id: outro"), encoding="utf-8")
    before = desk.written()
    assert rules(good) == ["review-other-bulletin"]


def test_a_reviewers_footnote_is_taken_in_at_its_word(desk: Desk) -> None:
    ana = footnoted.add(desk.edited(), WITHIN, "aumentou", "Sem os [9 999] da função pública.")
    rui = footnoted.add(desk.edited("Rui", day="2025-02-04"), WITHIN, "valor provisório", "Em apuramento. Ver o anexo.")
    found = desk.take(desk.file("ana", ana), desk.file("rui", rui))
    assert found.standing is not None
    assert [(a.query.kind, a.query.block, a.query.new) for a in found.standing.open] == [("number-new", BLOCK, "9 999")]
    said = desk.overrides()
    assert "aumentou^[Sem os" in said
    assert "valor provisório^[Em apuramento. Ver o anexo.]" in said, "both stand, for they do not touch"
    document = check(desk.project, silent).composed.documents["pt"]
    block = next(b for b in walk(document.sections) if getattr(b, "id", "") == BLOCK)
    notes = list(footnotes(block.content))  # type: ignore[union-attr]
    assert [(n.number, plain(n.content)) for n in notes] == [
        ("1", "Sem os [9 999] da função pública."),
        ("2", "Em apuramento. Ver o anexo."),
    ]
    made = build(desk.project, silent, for_review=True, languages=("pt",), jobs=1)
    again = Desk(desk.project, {p.language: p.data for p in made.products})
    same = again.take(again.file("igual", again.edited("", day="2025-03-01")), who="INSS")
    assert same.rounds[0].edits == ()
    eva = footnoted.take_out(footnoted.reword(again.edited("Eva", day="2025-03-02"), "anexo", "quadro"), "Sem os")
    again.take(again.file("eva", eva))
    assert "provisório^[Em apuramento. Ver o quadro.]" in again.overrides()
    assert "Sem os" not in again.overrides()


def test_a_round_is_closed_once_nothing_is_left(desk: Desk) -> None:
    made = desk.edited().delete("Em 2024, o número de pensionistas (INSS) era")
    desk.take(desk.file("ana", made))
    english = desk.edited(language="en").delete("In 2024, the number of pensioners (INSS) stood")
    desk.take(desk.file("ana-en", english))
    assert "action: drop" in desk.overrides()
    assert "action: drop" in desk.overrides("en")
    close_review(desk.project, silent, "Secretariado", "2025-03-01")
    late = desk.file("rui", desk.edited("Rui").replace(WITHIN, "Entre ", "De "))
    with pytest.raises(ReviewError) as closed:
        desk.take(late)
    assert [f.rule for f in spoken(closed.value.findings)] == ["review-closed"]
    assert desk.take(late, reopen=True).rounds
    assert not read_review(desk.project, "small").closed


def test_a_wording_without_a_place_never_stops_the_project(desk: Desk) -> None:
    desk.take(desk.file("ana", reworded(desk)))
    for path in (desk.project / "text").glob("*/pensions.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("{#pensioners.change}", "{#pensioners.other}"), encoding="utf-8")
    shutil.rmtree(desk.project / "overrides")
    (desk.project / "review" / "2025-02-03-ana" / "import.json").unlink()
    found = desk.take(desk.file("ana", reworded(desk)))
    assert [f.rule for f in spoken(found.findings)] == ["review-unplaced"]
    assert found.standing is not None
    assert [a.query.kind for a in found.standing.open] == ["block-gone"]
    assert "state: rejected" in desk.overrides()
    assert [a.query.kind for a in review_status(desk.project, silent).standing.open] == ["block-gone"]


def test_a_comment_is_answered_and_the_answer_goes_out(desk: Desk) -> None:
    made = desk.edited("Eva").comment(WITHIN, "Porquê só o INSS?")
    found = desk.take(desk.file("eva", made))
    assert found.standing is not None
    (remark,) = found.standing.remarks
    assert (remark.remark.block, remark.remark.author, remark.is_open) == (BLOCK, "Eva", True)
    assert not found.rounds[0].edits, "a comment changes no word"
    with pytest.raises(DataError) as open_:
        close_review(desk.project, silent, "Secretariado", "2025-03-01")
    assert [f.rule for f in spoken(open_.value.findings)] == ["review-close-remark"]
    data, count = write_sheet(desk.project, silent, TEXTS)
    sheet = desk.project.parent / "folha.xlsx"
    sheet.write_bytes(filled(data, {"answer": "responder", "text": "Só o INSS enviou dados."}))
    read_sheet(desk.project, silent, sheet, [TEXTS], "Direção", "2025-02-20")
    assert count == 1
    (answer,) = read_answers(check(desk.project, silent).prepared.project)
    assert (answer.block, answer.to, answer.text) == (BLOCK, "Eva", "Só o INSS enviou dados.")
    again = build(desk.project, silent, for_review=True, languages=("pt",), jobs=1)
    out = EditedDocx(again.products[0].data)
    assert "Só o INSS enviou dados." in out.parts["word/comments.xml"].decode()
    back = desk.take(desk.file("outra vez", out.saved("2025-03-01T00:00:00Z")), who="Eva")
    assert back.rounds[0].remarks == (), "what the program says is nobody's remark"
    close_review(desk.project, silent, "Secretariado", "2025-03-02")
