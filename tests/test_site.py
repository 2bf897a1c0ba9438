"""The library of editions: what it takes, what it refuses, and that its figures are those of the editions, each in a row of its own."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from bulletin.errors import BulletinError, ConfigError, OutputError
from bulletin.pipeline.progress import silent
from bulletin.pipeline.site import Shelved, site
from bulletin.pipeline.verify import verify

Row = Mapping[str, str]
BULLETIN = {"pt": "Boletim", "en": "Bulletin", "fr": "Bulletin statistique", "tet": "Boletín"}


def observed(period: str, value: str, **given: str) -> Row:
    """A row of open data; of Angola, where nothing else is said."""
    return {
        "INDICATOR": "SI_COV_PENSN", "REF_AREA": "AO", "SEX": "_T", "AGE": "_T", "SCHEME": "_T", "FUNCTION": "_T", "PROGRAMME": "_T",
        "TIME_PERIOD": period, "OBS_VALUE": value, "UNIT_MEASURE": "PT", "UNIT_MULT": "0", "DECIMALS": "1", "OBS_STATUS_ALL": "A", "CONF_STATUS": "F",
        "SOURCE": "OIT", "REF_DATE": "", "COMMENT_PT": "", "COMMENT_EN": "", "ILLUSTRATIVE": "false",
    } | given  # fmt: skip


def edition(
    folder: Path,
    name: str,
    rows: Sequence[Row] = (),
    *,
    country: str = "AO",
    languages: Sequence[str] = ("pt", "en"),
    definition: str = "Definition.",
    source: str = "Fonte",
    **about: str | int,
) -> Path:
    """A finished edition made by hand, with open data where there are `rows`."""
    folder.mkdir(parents=True)
    labels = {language: f"{BULLETIN[language]} {name}" for language in languages}
    files = {f"{name}-{language}.pdf": ("pdf", language, f"%PDF {name} {language}".encode()) for language in languages}
    for language, title in labels.items():
        metadata = {"title": title, "publisher": "INE", "language": language}
        cover = {"country": country, "banner": "", "banner_text": "", "edition": ""}
        files[f"document.{language}.json"] = ("tree", language, json.dumps({"metadata": metadata, "cover": cover}).encode())
    if rows:
        files[f"{name}-data.zip"] = ("data", "", packed(rows, labels, definition, source))
    said: dict[str, str | int] = {"id": name, "country": country, "year": 2024, "status": "final", "release_date": "2025-01-31"}
    said |= {"demonstration": False, "corrects": ""} | about
    artifacts = [
        {"path": path, "format": kind, "language": language, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for path, (kind, language, data) in files.items()
    ]
    for path, (_, _, data) in files.items():
        (folder / path).write_bytes(data)
    manifest = {"schema": "bulletin-manifest/1", "edition": said, "artifacts": artifacts}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def packed(rows: Sequence[Row], titles: Mapping[str, str], definition: str, source: str) -> bytes:
    parts = {"observations.csv": table(list(rows[0]), [list(row.values()) for row in rows])}
    parts["codes/indicator.csv"] = table(
        ["code", "name_pt", "name_en", "definition_pt", "definition_en", "scale"],
        [
            [i, f"Indicador {i}", f"Indicator {i}", f"PT: {definition}", definition, "0"]
            for i in sorted({r["INDICATOR"] for r in rows})
        ],
    )
    sources = sorted({s for r in rows for s in r["SOURCE"].split(";")})
    parts["codes/source.csv"] = table(["code", "name_pt", "name_en"], [[s, f"{source} {s}", f"Source {s}"] for s in sources])
    resources = [
        {"name": p, "path": p, "hash": f"sha256:{hashlib.sha256(d).hexdigest()}", "bytes": len(d)} for p, d in parts.items()
    ]
    parts["datapackage.json"] = json.dumps({"titles": dict(titles), "resources": resources}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for path, data in parts.items():
            package.writestr(path, data)
    return out.getvalue()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


class Read(HTMLParser):
    """Links, ids, words and tables of a page, read without any of the writer's code."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text: list[str] = []
        self.active: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.classes: list[list[list[str]]] = []
        self.language = ""
        self._cell: list[str] | None = None
        self._flag = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        self.links += [given[k] for k in ("href", "src") if k in given and not (tag == "a" and given[k].startswith("https://"))]
        self.ids += [given["id"]] if "id" in given else []
        inline = tag == "script" and "src" not in given and given.get("type") != "application/ld+json"
        self.active += [tag] if inline or tag == "style" or "style" in given or any(k.startswith("on") for k in given) else []
        self.language = self.language or (given.get("lang", "") if tag == "html" else "")
        if tag == "table":
            self.tables.append([])
            self.classes.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
            self.classes[-1].append([])
        elif tag in ("td", "th"):
            self._cell = []
            self.classes[-1][-1].append(given.get("class", ""))
        elif tag == "span" and (self._flag or given.get("class") in ("flag", "vh")):
            self._flag += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag == "span" and self._flag:
            self._flag -= 1

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._cell is not None and not self._flag:
            self._cell.append(data)

    def figures(self) -> list[tuple[str, str, str]]:
        """Name of the row, head of the column and what the cell prints, of every figure and gap."""
        found = []
        for rows, classes in zip(self.tables, self.classes, strict=True):
            for row, kinds in zip(rows[1:], classes[1:], strict=True):
                cells = zip(row, rows[0], kinds, strict=False)
                found += [(row[0], head, text) for text, head, kind in cells if kind in ("number", "missing")]
        return found


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return tmp_path / "sítio"


def page(root: Path, name: str, language: str = "pt") -> Read:
    return Read(root / language / name)


def shelved(output: Path, *folders: Path) -> Shelved:
    return site(folders, output, silent)


@pytest.fixture(scope="module")
def of_small(small_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of one edition that was built, in all its formats."""
    output = tmp_path_factory.mktemp("biblioteca") / "sítio"
    shelved(output, small_out)
    return output


@pytest.mark.parametrize(("language", "decimal", "group"), [("pt", ",", "\u00a0"), ("en", ".", ",")])
def test_every_figure_is_the_one_of_the_open_data(
    of_small: Path, small_out: Path, language: str, decimal: str, group: str
) -> None:
    with zipfile.ZipFile(small_out / "small-data.zip") as package:
        rows = list(csv.DictReader(io.StringIO(package.read("observations.csv").decode(), newline="")))
        scales = {r["code"]: int(r["scale"]) for r in csv.DictReader(io.StringIO(package.read("codes/indicator.csv").decode()))}
    assert rows
    for indicator in sorted({r["INDICATOR"] for r in rows}):
        wanted = []
        for row in (r for r in rows if r["INDICATOR"] == indicator and r["OBS_VALUE"]):
            exact = Decimal(row["OBS_VALUE"]).scaleb(-scales[indicator])
            digits = f"{exact.quantize(Decimal(1).scaleb(-int(row['DECIMALS'])), ROUND_HALF_UP):,f}"
            wanted.append(digits.replace(",", " ").replace(".", decimal).replace(" ", group))
        found = page(of_small, f"indicator-{indicator.lower()}.html", language).figures()
        assert sorted(" ".join(w.split()) for w in wanted) == sorted(t for _, _, t in found if any(c.isdigit() for c in t)), (
            indicator
        )
        assert len(found) == sum(r["INDICATOR"] == indicator for r in rows)


def test_the_files_of_an_edition_are_its_own_and_each_is_there_once(of_small: Path, small_out: Path) -> None:
    place = of_small / "editions" / "small"
    files = {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()}
    assert all((small_out / name).read_bytes() == data for name, data in files.items())
    assert {PurePosixPath(n).suffix for n in files} >= {".pdf", ".docx", ".xlsx", ".zip", ".html"}
    downloads = [n for n in files if PurePosixPath(n).suffix in (".pdf", ".docx", ".zip")]
    assert len(downloads) == len({PurePosixPath(n).name for n in downloads})
    assert not [n for n in files if "findings" in n or "document." in n or "parity" in n]


def test_links_lead_somewhere_and_pages_need_nothing_from_elsewhere(of_small: Path) -> None:
    pages = [of_small / "index.html", *sorted(of_small.glob("??/*.html"))]
    assert len(pages) > 10
    for path in pages:
        read = Read(path)
        assert read.active == []
        assert len(set(read.ids)) == len(read.ids), path
        assert read.language == ("pt" if path.parent == of_small else {"en": "en-GB"}.get(path.parent.name, path.parent.name))
        for link in read.links:
            name, _, mark = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.is_file(), f"{path.name}: {link}"
            assert target.is_relative_to(of_small.resolve())
            if mark:
                assert mark in Read(target).ids, f"{path.name}: {link}"
        assert "default-src &#39;none&#39;" in path.read_text(encoding="utf-8")


def test_pages_are_the_same_in_every_language_and_lead_to_each_other(of_small: Path) -> None:
    names = {language: sorted(p.name for p in (of_small / language).glob("*.html")) for language in ("pt", "en")}
    assert names["pt"] == names["en"]
    for name in names["pt"]:
        assert f"../en/{name}" in page(of_small, name).links
        assert f"../pt/{name}" in page(of_small, name, "en").links


def test_a_demonstration_says_so_wherever_its_figures_stand(of_small: Path) -> None:
    assert "EDIÇÃO DE DEMONSTRAÇÃO" in "".join(page(of_small, "index.html").text)
    assert "não são oficiais" in "".join(page(of_small, "indicator-pensioners.html").text)


def test_sources_and_breaks_are_rows_of_their_own(tmp_path: Path, made: Path) -> None:
    rows = [
        observed("2019", "10"), observed("2020", "11.25"), observed("2021", "12", OBS_STATUS_ALL="B;E"),
        observed("2020", "40", SOURCE="INE", REF_AREA="AO", SCHEME="INSS"), observed("2022", "13"), observed("2023", "14", SOURCE="INE"),
        observed("2022", "99.5", ILLUSTRATIVE="true", SEX="F"), observed("2023", "98.5", SEX="F"),
    ]  # fmt: skip
    shelved(made, edition(tmp_path / "a", "ao-2024", rows))
    read = page(made, "indicator-si_cov_pensn.html")
    lines = [[cell for cell in row if cell != "·"] for found in read.tables for row in found[1:] if len(row) > 1]
    assert ["Angola até à quebra de série, 2020", "1", "10,0", "11,3"] in lines
    assert ["Angola depois da quebra de série, desde 2021", "1", "12,0", "13,0"] in lines
    assert ["Angola", "2", "14,0"] in lines
    assert ["F Dados ilustrativos", "1", "99,5"] in lines
    assert ["F", "1", "98,5"] in lines
    text = "".join(read.text)
    assert "Há quebras de série" in text
    assert "várias fontes" in text


def test_what_is_hidden_or_missing_is_a_sign_and_no_number(tmp_path: Path, made: Path) -> None:
    former = [observed("2020", "31.7"), observed("2021", "32.9")]
    newer = [
        observed("2020", "", OBS_STATUS_ALL="Q", CONF_STATUS="C"), observed("2021", "", OBS_STATUS_ALL="O"),
        observed("2022", "33.1", CONF_STATUS="C", COMMENT_PT="segredo"),
    ]  # fmt: skip
    older = edition(tmp_path / "b", "ao-2023", former, year=2023, release_date="2024-01-31")
    shelved(made, older, edition(tmp_path / "a", "ao-2024", newer))
    found = page(made, "indicator-si_cov_pensn.html").figures()
    assert found == [("Angola", "2020", "c"), ("Angola", "2021", ".."), ("Angola", "2022", "c")]
    pages = "".join(p.read_text(encoding="utf-8") for p in made.glob("??/*.html"))
    assert not re.findall(r"31[.,]7|32[.,]9|33[.,]1|segredo", pages)


def test_the_newest_edition_is_shown_and_says_what_the_former_printed(tmp_path: Path, made: Path) -> None:
    former = [observed("2019", "9"), observed("2020", "10"), observed("2021", "11")]
    newer = [observed("2020", "10.04"), observed("2021", "11.5"), observed("2022", "12")]
    older = edition(tmp_path / "b", "ao-2023", former, year=2023, release_date="2024-01-31")
    shelved(made, older, edition(tmp_path / "a", "ao-2024", newer))
    read = page(made, "indicator-si_cov_pensn.html")
    assert ("Angola", "2021", "11,5") in read.figures()
    assert ("Angola como na edição de 2023", "2019", "9,0") in read.figures()
    assert len(read.figures()) == 4
    text = "".join(read.text)
    assert "Na edição de 2023 o valor era 11,0." in text
    assert "era 10,0" not in text


def test_countries_stand_side_by_side_with_what_each_lacks(tmp_path: Path, made: Path) -> None:
    other = [observed("2020", "55", REF_AREA="CV"), observed("2020", "0", REF_AREA="CV", INDICATOR="GINI", DECIMALS="2")]
    shelved(
        made, edition(tmp_path / "a", "ao-2024", [observed("2020", "10")]), edition(tmp_path / "b", "cv", other, country="CV")
    )
    found = page(made, "indicator-si_cov_pensn.html").figures()
    assert found == [("Angola", "2020", "10,0"), ("Cabo Verde", "2020", "55,0")]
    assert "Indicador GINI" in "".join(page(made, "country-ao.html").text).partition("O que falta")[2]
    assert page(made, "indicator-gini.html").figures() == [("Cabo Verde", "2020", "–")]


def test_illustrative_figures_never_count_as_published(tmp_path: Path, made: Path) -> None:
    mixed = [observed("2016", "10"), observed("2018", "11"), observed("2024", "12", ILLUSTRATIVE="true")]
    unreal = observed("2023", "5", ILLUSTRATIVE="true", INDICATOR="GINI")
    other = [observed("2016", "55", REF_AREA="CV"), observed("2016", "7", REF_AREA="CV", INDICATOR="POVERTY")]
    shelved(made, edition(tmp_path / "a", "ao-2024", [*mixed, unreal]), edition(tmp_path / "b", "cv", other, country="CV"))
    held = {row[0]: row[1] for found in page(made, "country-ao.html").tables for row in found[1:]}
    assert held == {"Indicador SI_COV_PENSN": "2016, 2018; ilustrativos: 2024", "Indicador GINI": "ilustrativos: 2023"}
    index = {row[0]: row[1:] for found in page(made, "indicators.html").tables for row in found[1:]}
    assert index == {
        "Indicador SI_COV_PENSN": ["todos os países", "2016, 2018; ilustrativos: 2024"],
        "Indicador GINI Dados ilustrativos": ["nenhum; ilustrativos: Angola", "ilustrativos: 2023"],
        "Indicador POVERTY": ["Cabo Verde", "2016"],
    }
    lacks = {code: "".join(page(made, f"country-{code}.html").text).partition("O que falta")[2] for code in ("ao", "cv")}
    assert "Indicador POVERTY" in lacks["ao"]
    assert "Indicador" not in lacks["cv"]


def test_figures_of_the_world_stand_under_no_country_and_once_where_editions_agree(tmp_path: Path, made: Path) -> None:
    def world(country: str, value: str) -> list[Row]:
        return [observed("2020", "10", REF_AREA=country), observed("2020", value, REF_AREA="x-WORLD")]

    a = edition(tmp_path / "a", "ao-2024", world("AO", "77.5"))
    b = edition(tmp_path / "b", "cv-2023", world("CV", "77.5"), country="CV", year=2023)
    c = edition(tmp_path / "c", "st-2021", world("ST", "70"), country="ST", year=2021)
    shelved(made, a, b, c)
    assert page(made, "indicator-si_cov_pensn.html").tables[1] == [
        ["Território", "Fonte", "2020"],
        ["x-WORLD citado em: Angola 2024, Cabo Verde 2023", "1", "77,5"],
        ["x-WORLD citado em: São Tomé e Príncipe 2021", "1", "70,0"],
    ]


def test_wordings_of_a_source_stand_apart_unless_only_their_orthography_differs(tmp_path: Path, made: Path) -> None:
    words = {"AO": "Projecção de 2002", "CV": "projeção de 2002", "ST": "Projeção de 2014"}
    shelved(
        made,
        *(edition(tmp_path / c, c.lower(), [observed("2020", "10", REF_AREA=c)], country=c, source=w) for c, w in words.items()),
    )
    read = page(made, "indicator-si_cov_pensn.html")
    assert [row[:2] for row in read.tables[0][1:]] == [["Angola", "1"], ["Cabo Verde", "1"], ["São Tomé e Príncipe", "2"]]
    text = "".join(read.text)
    assert "Projecção de 2002 OIT" in text
    assert "Projeção de 2014 OIT" in text


def test_an_edition_without_open_data_is_listed_and_says_what_follows(tmp_path: Path, made: Path) -> None:
    done = shelved(made, edition(tmp_path / "a", "ao-2024"))
    assert done.site.measures == ()
    text = "".join(page(made, "index.html").text)
    assert "Boletim ao-2024" in text
    assert "não se podem comparar" in text
    assert (made / "editions" / "ao-2024" / "ao-2024-pt.pdf").is_file()


def test_a_project_gives_what_it_has_built_and_what_it_has_sealed(tmp_path: Path, made: Path, sealed_small: Path) -> None:
    done = shelved(made, sealed_small)
    assert [(e.id, e.sealed) for e in done.site.editions] == [("small", False)]
    project = tmp_path / "projecto"
    shutil.copytree(sealed_small / "editions", project / "editions")
    (project / "bulletin.yaml").write_text("")
    edition(project / "out", "mz-2025", [observed("2020", "10", REF_AREA="MZ")], country="MZ", release_date="2026-01-31")
    done = shelved(made, project)
    assert [(e.id, e.sealed) for e in done.site.editions] == [("mz-2025", False), ("small", True)]
    assert "guarda-se o seu selo" in "".join(page(made, "index.html").text)


def test_a_correction_and_what_it_corrects_lead_to_each_other(tmp_path: Path, made: Path) -> None:
    first = edition(tmp_path / "a", "ao-2024", [observed("2020", "10")])
    second = edition(tmp_path / "b", "ao-2024-1", [observed("2020", "11")], corrects="ao-2024", release_date="2025-03-01")
    shelved(made, first, second)
    for name in ("index.html", "country-ao.html"):
        read = page(made, name)
        assert "Corrigida pela edição ao-2024-1" in "".join(read.text)
        assert "Corrige a edição ao-2024" in "".join(read.text)
        assert "#ao-2024-1" in read.links
    assert page(made, "indicator-si_cov_pensn.html").figures() == [("Angola", "2020", "11,0")]


def test_definitions_that_differ_stand_apart_and_are_told(tmp_path: Path, made: Path) -> None:
    a = edition(tmp_path / "a", "ao-2024", [observed("2020", "10")], definition="All ages.")
    b = edition(tmp_path / "b", "cv-2024", [observed("2020", "20", REF_AREA="CV")], country="CV", definition="Only 60 and over.")
    c = edition(tmp_path / "c", "st-2024", [observed("2020", "30", REF_AREA="ST")], country="ST", definition="All ages.")
    shelved(made, a, b, c)
    text = " ".join("".join(page(made, "indicator-si_cov_pensn.html", "en").text).split())
    assert "All ages. So in the editions: Angola 2024, Sao Tome and Principe 2024" in text
    assert "Only 60 and over. So in the editions: Cabo Verde 2024 " in text
    assert "do not define this indicator in the same way" in text
    shelved(made, a, c)
    assert "do not define" not in "".join(page(made, "indicator-si_cov_pensn.html", "en").text)


def test_every_whole_language_of_an_edition_has_pages_and_one_that_is_not_whole_is_named(tmp_path: Path, made: Path) -> None:
    rows = [observed("2020", "1234.5", UNIT_MEASURE="PERS")]
    a = edition(tmp_path / "a", "gw-2024", rows, country="GW", languages=("pt", "fr", "tet"))
    shelved(made, a, edition(tmp_path / "b", "ao-2024", rows))
    assert sorted(p.parent.name for p in made.glob("??*/index.html") if p.parent.name not in ("guide", "editions")) == [
        "en",
        "fr",
        "pt",
    ]
    french = page(made, "indicator-si_cov_pensn.html", "fr")
    assert {text for _, _, text in french.figures()} == {"1 234,5"}
    text = "".join(page(made, "index.html", "fr").text)
    assert "Guinée-Bissau" in text
    assert "Tetun" in text
    assert '<span lang="pt">Boletim ao-2024</span>' in (made / "fr" / "index.html").read_text(encoding="utf-8")


def rules(error: BulletinError) -> list[str]:
    return sorted(f.rule for f in error.findings)


def test_what_is_not_finished_or_not_whole_is_told_all_at_once_and_nothing_is_written(tmp_path: Path, made: Path) -> None:
    rows = [observed("2020", "10")]
    whole, changed = edition(tmp_path / "a", "ao-2024", rows), edition(tmp_path / "b", "ao-2023", rows)
    (changed / "ao-2023-pt.pdf").write_bytes(b"%PDF other")
    lost = edition(tmp_path / "c", "ao-2022", rows)
    (lost / "ao-2022-data.zip").unlink()
    twice, project, nothing = edition(tmp_path / "d", "ao-2024", rows), tmp_path / "angola", tmp_path / "cartas"
    project.mkdir()
    (project / "bulletin.yaml").write_text("")
    nothing.mkdir()
    with pytest.raises(ConfigError) as told:
        shelved(made, whole, changed, lost, twice, project, nothing)
    wanted = ["site-no-edition", "site-not-built", "site-twice", "verify-file-changed", "verify-file-missing"]
    assert rules(told.value) == wanted
    assert {f.place.file for f in told.value.findings} == {"b/ao-2023-pt.pdf", "c/ao-2022-data.zip", "d", "angola", "cartas"}
    assert not made.exists()


WRONG: Mapping[str, tuple[dict[str, str | int], Row]] = {
    "name": ({"id": "../fora"}, observed("2020", "10")),
    "column": ({}, {k: v for k, v in observed("2020", "10").items() if k != "OBS_STATUS_ALL"}),
    "period": ({}, observed("de 2020 a 2021", "10")),
    "multiplied": ({}, observed("2020", "10", UNIT_MULT="3")),
    "value": ({}, observed("2020", "NaN")),
    "year": ({"year": "este"}, observed("2020", "10")),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_edition_that_cannot_be_read_is_a_message(tmp_path: Path, made: Path, wrong: str) -> None:
    about, row = WRONG[wrong]
    with pytest.raises(ConfigError) as told:
        shelved(made, edition(tmp_path / "a", "ao-2024", [row], **about))
    assert rules(told.value) == ["site-unreadable"]
    assert not made.exists()


def test_the_same_editions_give_the_same_bytes_in_any_order(tmp_path: Path, made: Path) -> None:
    a = edition(tmp_path / "a", "ao-2024", [observed("2020", "10")])
    b = edition(tmp_path / "b", "cv-2024", [observed("2020", "20", REF_AREA="CV")], country="CV")
    shelved(made, a, b)
    first = {p.relative_to(made): p.read_bytes() for p in made.rglob("*") if p.is_file()}
    (made / "notas.txt").write_text("de outra pessoa")
    shelved(made, b, a)
    (made / "notas.txt").unlink()
    assert {p.relative_to(made): p.read_bytes() for p in made.rglob("*") if p.is_file()} == first
    assert verify(made, silent).findings == ()
    assert not [n for n, data in first.items() if str(tmp_path).encode() in data]
    shelved(made, b)
    assert not (made / "editions" / "ao-2024").exists()
    assert not (made / "pt" / "country-ao.html").exists()


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path: Path) -> None:
    a = edition(tmp_path / "a", "ao-2024", [observed("2020", "10")])
    other = tmp_path / "página"
    other.mkdir()
    (other / "index.html").write_text("outra")
    for output in (a, other):
        before = sorted(p.name for p in output.iterdir())
        with pytest.raises(OutputError) as told:
            shelved(output, a)
        assert rules(told.value) == ["site-output-taken"]
        assert sorted(p.name for p in output.iterdir()) == before


def test_names_from_an_edition_are_text_and_never_markup(tmp_path: Path, made: Path) -> None:
    rows = [observed("2020", "10", SOURCE="<b>&x", COMMENT_PT="<script>alert(1)</script>")]
    shelved(made, edition(tmp_path / "a", "ao-2024", rows))
    for path in made.glob("??/*.html"):
        assert Read(path).active == []
    text = "".join(page(made, "indicator-si_cov_pensn.html").text)
    assert "Fonte <b>&x" in text
    assert "<script>alert(1)</script>" in text
