"""A country's letterhead: its styles, head and foot on our Word files, and nothing of it that acts or lies elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor
from lxml import etree
from PIL import Image

import factories
from bulletin.errors import ConfigError, DataError
from bulletin.pipeline.build import Built, build
from bulletin.pipeline.progress import silent
from bulletin.review.read import read_docx
from word import faults, invalid

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OBJECT = f'<w:r xmlns:w="{W[1:-1]}"><w:object/></w:r>'
LINK = f'<w:fldSimple xmlns:w="{W[1:-1]}" w:instr=" INCLUDEPICTURE &quot;http://example.org/x.png&quot; "><w:r><w:t>Talão</w:t></w:r></w:fldSimple>'


def paper(change: Callable[[bytes], bytes] = bytes) -> bytes:
    """A letterhead as Word's users make them: a logo and words above, an address below, a face and a colour of its own."""
    made = docx.Document()
    heading = made.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.color.rgb = "Georgia", Pt(30), RGBColor(0x7A, 0x00, 0x10)
    # What a theme says comes before a name.
    del heading.element.rPr.rFonts.attrib[f"{W}asciiTheme"]
    made.styles["Body Text"].font.name = "Georgia"
    section = made.sections[0]
    section.top_margin, section.header_distance = Mm(40), Mm(12)
    logo = io.BytesIO()
    Image.new("RGB", (60, 20), "#7A0010").save(logo, "PNG")
    head = section.header.paragraphs[0]
    head.add_run().add_picture(io.BytesIO(logo.getvalue()), width=Mm(30))
    head.add_run("\tREPÚBLICA DE ENSAIO")
    head._p.append(parse_xml(OBJECT))
    head._p.append(parse_xml(LINK))
    section.footer.paragraphs[0].text = "Rua do Ensaio, 1"
    out = io.BytesIO()
    made.save(out)
    return change(out.getvalue())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    folder = factories.small_project(tmp_path_factory.mktemp("papel") / "timbrado")
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config" / "letterhead.docx").write_bytes(paper())
    return build(folder, silent, formats=("docx",), languages=("pt",), jobs=1, for_review=True), folder


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return {n: package.read(n).decode(errors="replace") for n in package.namelist()}


def test_its_styles_head_and_foot_are_taken_over(made: tuple[Built, Path]) -> None:
    built, folder = made
    path = folder / "review" / "out" / "small-pt-review.docx"
    found = parts(path)
    styles = {s.get(f"{W}styleId"): s for s in etree.fromstring(found["word/styles.xml"].encode()).iter(f"{W}style")}
    heading = styles["Heading1"]
    assert heading.find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == "Georgia"
    assert (heading.find(f"{W}rPr/{W}sz").get(f"{W}val"), heading.find(f"{W}rPr/{W}color").get(f"{W}val")) == ("60", "7A0010")
    # Its line grows with its letters, and the axis on which its number hangs stays.
    spacing = heading.find(f"{W}pPr/{W}spacing")
    assert (spacing.get(f"{W}lineRule"), int(spacing.get(f"{W}line")) > 567) == ("exact", True)
    assert heading.find(f"{W}pPr/{W}ind").get(f"{W}hanging") == str(round(44 * 1440 / 25.4))
    heads = [xml for name, xml in found.items() if name.startswith("word/header") and "REPÚBLICA DE ENSAIO" in xml]
    feet = [xml for name, xml in found.items() if name.startswith("word/footer") and "Rua do Ensaio, 1" in xml]
    assert heads
    assert feet
    # The foot has no page number of its own, so ours stays.
    assert all(" PAGE " in xml for xml in feet)
    assert 'w:top="2268"' in found["word/document.xml"]
    everything = "".join(found.values())
    assert "INCLUDEPICTURE" not in everything
    assert "w:object" not in everything
    assert "Talão" in everything
    assert [f.parameters["what"] for f in built.findings if f.rule == "letterhead-dropped"] == ["#4F81BD", "object"]
    assert '"letterhead"' in (folder / "review" / "out" / "manifest.json").read_text(encoding="utf-8")


def test_the_file_stays_valid_readable_and_can_be_read_back(made: tuple[Built, Path]) -> None:
    path = made[1] / "review" / "out" / "small-pt-review.docx"
    assert invalid(path) == []
    assert faults(path) == []
    bare = factories.small_project(path.parents[3] / "sem papel")
    build(bare, silent, formats=("docx",), languages=("pt",), jobs=1, for_review=True)
    plain = read_docx((bare / "review" / "out" / "small-pt-review.docx").read_bytes())
    read = read_docx(path.read_bytes())
    # Heads and feet are read apart from the text, which is as it was.
    assert [p for p in read.paragraphs if not p.note] == [p for p in plain.paragraphs if not p.note]
    assert read.tables == plain.tables


def test_what_is_not_taken_over_is_told_and_stops_a_strict_build(made: tuple[Built, Path], tmp_path: Path) -> None:
    told = [(f.severity.value, f.parameters["what"]) for f in made[0].findings if f.rule == "letterhead-dropped"]
    assert ("warning", "object") in told
    folder = factories.small_project(tmp_path / "p")
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config" / "letterhead.docx").write_bytes(paper())
    with pytest.raises(DataError) as refused:
        build(folder, silent, formats=("docx",), languages=("pt",), jobs=1, strict=True)
    assert [(f.severity.value, f.parameters["what"]) for f in refused.value.findings if f.rule == "letterhead-dropped"] == told
    assert not (folder / "out").exists()


def macros(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d[: len(d) // 2], "not-docx broken"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-word"),
        (macros, "macros"),
    ],
)
def test_what_cannot_be_used_is_refused_by_what_it_is(change: Callable[[bytes], bytes], reason: str, tmp_path: Path) -> None:
    folder = factories.small_project(tmp_path / "p")
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config" / "letterhead.docx").write_bytes(paper(change))
    with pytest.raises(ConfigError) as refused:
        build(folder, silent, formats=("docx",), jobs=1)
    assert [f.rule for f in refused.value.findings] == ["letterhead-unreadable"]
    assert str(refused.value.findings[0].parameters["reason"]) in reason.split()
    assert not (folder / "out").exists()
