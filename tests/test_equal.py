"""PDF and DOCX of an edition print the same, cell by cell and word by word, in both languages, and what the tree and the facts say;
its workbook and its open data say the same in every cell."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from printed import Printed, differences, missing_words, unlike
from printed_csv import opened, unlike_tables
from printed_docx import read_docx
from printed_html import read_html, unequal_csv
from printed_pdf import read_pdf
from printed_tree import against_facts, nodes, read_tree
from printed_xlsx import Sheet, read_xlsx, unequal

LANGUAGES = ("pt", "en")
SMALL = ("small_out", 5)
EXAMPLE = ("example_out", 100)
OF_BOTH = pytest.mark.parametrize(("built", "least"), [SMALL, pytest.param(*EXAMPLE, marks=pytest.mark.slow)])
"""Editions, with the number of exhibits that each has at least."""


@cache
def read(out: Path, language: str) -> tuple[Printed, Printed, Printed, list[str]]:
    """What the PDF, the DOCX and the tree print, and the paragraphs of the narrative."""
    tree, index, narrative = read_tree(out / f"document.{language}.json")
    (pdf,), (docx,) = (
        [p for p in out.glob(f"*-{language}.{suffix}") if "-highlights-" not in p.name] for suffix in ("pdf", "docx")
    )
    return read_pdf(pdf, index), read_docx(docx, index), tree, narrative


def faults(out: Path, language: str) -> list[str]:
    pdf, docx, tree, narrative = read(out, language)
    found = [f"PDF / DOCX: {d}" for d in differences(pdf, docx)]
    for name, printed in (("PDF", pdf), ("DOCX", docx)):
        found += [f"tree / {name}: {d}" for d in differences(replace(tree, words=printed.words), printed)]
        found += [f"{name}: {d}" for d in missing_words(narrative, printed)]
    return found + against_facts(out / f"document.{language}.json", out / "facts.json", language)


@pytest.mark.parametrize("language", LANGUAGES)
@OF_BOTH
def test_pdf_and_docx_print_the_same(built: str, least: int, language: str, request: pytest.FixtureRequest) -> None:
    out: Path = request.getfixturevalue(built)
    assert faults(out, language) == []
    pdf = read(out, language)[0]
    assert len(pdf.exhibits) >= least
    assert sum(len(row) for e in pdf.exhibits.values() for row in e.grid) > 10 * least
    assert len(pdf.words) > 4 * least


@pytest.mark.parametrize("built", [SMALL[0], pytest.param(EXAMPLE[0], marks=pytest.mark.slow)])
def test_both_languages_print_the_same_figures(built: str, request: pytest.FixtureRequest) -> None:
    out: Path = request.getfixturevalue(built)
    pt, en = (read(out, language)[1] for language in LANGUAGES)
    assert unlike(pt, en, {"pt": "\u00a0", "en": ","}, LANGUAGES) == []


@pytest.mark.parametrize("language", LANGUAGES)
@OF_BOTH
def test_the_workbook_says_what_is_printed(built: str, least: int, language: str, request: pytest.FixtureRequest) -> None:
    out: Path = request.getfixturevalue(built)
    assert unlike_workbook(out, language) == []
    sheets = workbook(out, language)
    assert sum(len(row) for sheet in sheets.values() for row in sheet.rows) > 8 * least


@pytest.mark.parametrize("language", LANGUAGES)
@OF_BOTH
def test_the_open_data_say_what_is_printed(built: str, least: int, language: str, request: pytest.FixtureRequest) -> None:
    out: Path = request.getfixturevalue(built)
    (path,) = out.glob("*-data.zip")
    data = opened(path)
    assert list(unlike_tables(data, read(out, language)[1].exhibits, language)) == []
    assert sum(len(data.rows(r["path"])) for r in data.package["resources"] if r["path"].startswith("tables/")) > 5 * least


def test_a_digit_changed_in_the_open_data_is_seen(small_out: Path) -> None:
    data = opened(small_out / "small-data.zip")
    path = "tables/pensioners_type.csv"
    changed = replace(data, files=data.files | {path: data.files[path].replace(b",65601,", b",65801,")})
    told = list(unlike_tables(changed, read(small_out, "pt")[1].exhibits, "pt"))
    assert told == ["Quadro2.2, row 3 (Sobrevivência), column 2: 65801   / 65601  "]


def workbook(out: Path, language: str) -> dict[str, Sheet]:
    words = json.loads((out / f"document.{language}.json").read_text(encoding="utf-8"))["words"]
    (path,) = out.glob(f"*-{language}.xlsx")
    return read_xlsx(path, words)


def unlike_workbook(out: Path, language: str) -> list[str]:
    return list(unequal(workbook(out, language), read(out, language)[1].exhibits, language))


@pytest.mark.parametrize("language", LANGUAGES)
@OF_BOTH
def test_the_web_edition_and_its_files_say_what_is_printed(
    built: str, least: int, language: str, request: pytest.FixtureRequest
) -> None:
    """Against the tree, which PDF and DOCX print to the letter as other tests show; and each file of a table against its page."""
    out: Path = request.getfixturevalue(built)
    assert unlike_web(out, language) == []
    (folder,) = out.glob("*-web")
    assert len(read_html(folder / language).exhibits) >= least


def unlike_web(out: Path, language: str) -> list[str]:
    (folder,) = out.glob("*-web")
    printed, (tree, _, narrative) = read_html(folder / language), read_tree(out / f"document.{language}.json")
    words = json.loads((out / f"document.{language}.json").read_text(encoding="utf-8"))["words"]
    sheets: dict[str, Sheet] = {}
    for path in sorted((folder / language / "data").glob("*.xlsx")):
        sheets |= read_xlsx(path, words)
    return [
        *differences(replace(tree, words=printed.words), printed),
        *missing_words(narrative, printed),
        *unequal(sheets, printed.exhibits, language),
        *unequal_csv(folder / language, printed.exhibits, language),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("pensions.html", "65\u00a0601", "65\u00a0801", "Quadro2.2, row 4 (Sobrevivência), column 2: 65 601 / 65 801"),
        ("pensions.html", "De 91,0 (2020)", "De 91,1 (2020)", "Gráfico2.1, alternative text"),
        ("pensions.html", "Valor arredondado", "Valor exacto", "Quadro2.1, notes"),
        ("data/quadro-2-2.csv", "65601", "65801", "Quadro2.2: 65 601"),
    ],
)
def test_whatever_is_changed_in_the_web_edition_is_seen(copy: Path, file: str, old: str, new: str, place: str) -> None:
    path = copy / "small-web" / "pt" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")
    assert any(place in line for line in unlike_web(copy, "pt"))


@pytest.fixture
def copy(small_out: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_out, tmp_path / "out"))


def test_a_digit_changed_in_a_cell_of_the_docx_is_seen(copy: Path) -> None:
    rewrite(copy / "small-pt.docx", "65\u00a0601", "65\u00a0801")
    told = faults(copy, "pt")
    assert "PDF / DOCX: Quadro2.2, row 4 (Sobrevivência), column 2: 65 601 / 65 801" in told
    assert all("65 601 / 65 801" in line for line in told)


def test_a_digit_changed_in_a_cell_of_the_pdf_is_seen(copy: Path) -> None:
    swap_digits(copy / "small-pt.pdf", "65\u00a0601")
    told = faults(copy, "pt")
    assert "PDF / DOCX: Quadro2.2, row 4 (Sobrevivência), column 2: 56 601 / 65 601" in told
    assert all("56 601" in line for line in told)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("\u202f(p)", "\u202f(e)", "Quadro2.1, row 2 (Pensionistas), column 6"),
        ("Velhice", "Velhíce", "Quadro2.2, row 3"),
        ("Moçambique (pessoas)", "Angola (pessoas)", "Quadro2.1, head"),
        ("Valor arredondado pela fonte.", "Valor exacto.", "Quadro2.1, notes"),
        ("De 91,0 (2020)", "De 91,1 (2020)", "Gráfico2.1, alternative text"),
        ("62,3%", "63,2%", "words"),
        ("+7,3%", "+3,7%", "key figure"),
    ],
)
def test_whatever_else_is_changed_is_seen_where_it_stands(copy: Path, old: str, new: str, place: str) -> None:
    rewrite(copy / "small-pt.docx", old, new)
    assert any(line.startswith(f"PDF / DOCX: {place}") for line in faults(copy, "pt"))


def test_a_figure_that_one_language_prints_otherwise_is_seen(copy: Path) -> None:
    rewrite(copy / "small-en.docx", "65,601", "65,801")
    pt, en = (read(copy, language)[1] for language in LANGUAGES)
    told = unlike(pt, en, {"pt": "\u00a0", "en": ","}, LANGUAGES)
    assert told == ["Quadro2.2 / Table2.2, row 4 (Sobrevivência), column 2: 65 601 / 65,801"]


def test_a_cell_that_is_not_its_fact_is_seen(copy: Path) -> None:
    path = copy / "document.pt.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    cell = next(c for c in nodes(whole, "Cell") if c["text"] == "65\u00a0601")
    cell["text"] = "65\u00a0801"
    path.write_text(json.dumps(whole), encoding="utf-8")
    (told,) = against_facts(path, copy / "facts.json", "pt")
    assert told.startswith("PENSIONERS.MZ.scheme=INSS.function=SURVIVORS@2021: 65\u00a0801 / ")


@pytest.mark.parametrize(
    ("part", "old", "new", "place"),
    [
        ("xl/worksheets/sheet7.xml", "<v>65601</v>", "<v>65801</v>", "Quadro2.2, row 3 (Sobrevivência), column 2"),
        ("xl/sharedStrings.xml", ">..<", ">//<", "Quadro2.1, row 1 (Pensionistas), column 4"),
        ("xl/sharedStrings.xml", "2023: [nota 2]", "2023: [nota 1]", "Quadro2.1, row 1 (Pensionistas), column 5"),
        ("xl/sharedStrings.xml", "2024 [p]", "2024 [e]", "Quadro2.2, heads"),
        ("xl/sharedStrings.xml", ">Velhice<", ">Morte<", "Quadro2.2, row 2 (Morte), column 1"),
    ],
)
def test_whatever_is_changed_in_a_workbook_is_seen(copy: Path, part: str, old: str, new: str, place: str) -> None:
    rewrite(copy / "small-pt.xlsx", old, new, part)
    assert any(line.startswith(place) for line in unlike_workbook(copy, "pt"))


def rewrite(path: Path, old: str, new: str, part: str = "word/document.xml") -> None:
    """Puts `new` for the first `old` that stands in the text of a part."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode()
    assert old in text
    before, _, after = text.partition(old)
    parts[part] = (before + new + after).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def swap_digits(path: Path, figure: str) -> None:
    """Swaps the first two digits of a figure where the PDF draws it."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        done = 0
        for page in pdf.pages:
            maps = {str(name): letters(font) for name, font in page.obj.Resources.Font.items()}
            stream, known = [], dict[int, str]()
            for operands, operator in pikepdf.parse_content_stream(page):
                changed = operands
                if str(operator) == "Tf":
                    known = maps[str(operands[0])]
                elif str(operator) == "TJ":
                    raw = b"".join(bytes(s) for s in operands[0] if isinstance(s, pikepdf.String))
                    if said(raw, known).replace(" ", "\u00a0") == figure:
                        changed, done = [pikepdf.Array([pikepdf.String(raw[2:4] + raw[:2] + raw[4:])])], done + 1
                stream.append((changed, operator))
            page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(stream))
        assert done == 1
        pdf.save(path)


def letters(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", font.ToUnicode.read_bytes())
    return {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in pairs}


def said(raw: bytes, known: dict[int, str]) -> str:
    return "".join(known.get(int.from_bytes(raw[i : i + 2]), "?") for i in range(0, len(raw), 2))
