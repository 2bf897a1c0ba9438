"""Every Word file that a project gives: valid for Word, and nothing in it stops a reader with a screen reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

import factories
from bulletin.pipeline.build import build
from bulletin.pipeline.progress import silent
from bulletin.write.docx.package import opened, replaced
from word import CHECKS, faults, invalid, left_alone


@pytest.fixture(scope="module")
def files(small_out: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Final, in the other theme with a leaflet, side by side, and for review."""
    folder = factories.small_project(tmp_path_factory.mktemp("word") / "pequeno")
    edition = folder / "bulletin.yaml"
    edition.write_text(
        edition.read_text(encoding="utf-8") + "\ntheme: acacia\ncharts: native\nalso: [highlights]\n", encoding="utf-8"
    )
    build(folder, silent, formats=("docx",), languages=("pt",), jobs=1, output=folder / "acacia")
    build(folder, silent, formats=("docx",), layout="side-by-side", jobs=1)
    build(folder, silent, formats=("docx",), languages=("en",), for_review=True, jobs=1)
    made = [*small_out.glob("*.docx"), *folder.glob("acacia/*.docx"), *folder.glob("out/*.docx")]
    return tuple(sorted((*made, *folder.glob("review/out/*.docx"))))


def test_nothing_stands_in_the_way_of_any_reader(files: tuple[Path, ...]) -> None:
    assert len(files) >= 5
    assert [fault for path in files for fault in faults(path)] == []


def test_both_validators_find_nothing(files: tuple[Path, ...]) -> None:
    assert [fault for path in files for fault in invalid(path)] == []


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_a_heading_at_the_foot_of_a_page_is_seen(files: tuple[Path, ...]) -> None:
    said, file = "Índice de quadros", next(f for f in files if f.name == "small-pt.docx")
    assert left_alone(file, [["Texto.", said], [said, "1.1 Um quadro"]]) == ["small-pt.docx: page 1 ends in 'Índicedequadros'"]


def spoiled(kind: str, body: etree._Element) -> None:
    """Makes one fault of each kind."""

    def first(path: str) -> etree._Element:
        found = body.find(f".//{path}")
        assert found is not None
        return found

    match kind:
        case "headings":
            style = next(s for s in body.iter(f"{W}pStyle") if s.get(f"{W}val") == "Heading2")
            style.set(f"{W}val", "Heading3")
        case "pictures":
            next(d for d in body.iter("{*}docPr") if d.get("descr")).set("descr", "")
        case "tables":
            head = first(f"{W}tblHeader")
            parent = head.getparent()
            assert parent is not None
            parent.remove(head)
        case "spaces":
            first(f"{W}body").insert(3, etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"/>'))
        case "contrast":
            run = next(r for r in body.iter(f"{W}r") if (r.findtext(f"{W}t") or "").strip() and r.find(f"{W}rPr") is None)
            run.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:color w:val="999999"/></w:rPr>'))
        case "links":
            first(f"{W}hyperlink").set(f"{W}anchor", "_Nowhere")
        case _:
            raise ValueError(kind)


@pytest.mark.parametrize("kind", ["headings", "pictures", "tables", "spaces", "contrast", "links"])
def test_the_checker_sees_what_it_is_for(kind: str, small_out: Path, tmp_path: Path) -> None:
    data = (small_out / "small-pt.docx").read_bytes()
    body = etree.fromstring(opened(data)["word/document.xml"])
    spoiled(kind, body)
    path = tmp_path / "small.docx"
    path.write_bytes(replaced(data, {"word/document.xml": etree.tostring(body)}))
    assert {fault.split(": ")[1] for fault in faults(path)} == {kind}
    assert kind in CHECKS
