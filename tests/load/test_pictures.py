"""Logos and a cover picture are taken from the project only when they can be printed, harmless and fine enough."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bulletin.errors import ConfigError
from bulletin.load.project import load_project
from bulletin.load.svg import harmless
from bulletin.model.finding import Finding, Severity
from looks import LOGO, looked


def findings(root: Path) -> list[Finding]:
    try:
        return [f for f in load_project(root)[1] if f.severity is not Severity.INFO]
    except ConfigError as refused:
        return list(refused.findings)


def test_logos_and_picture_come_as_large_as_they_are_printed(tmp_path: Path) -> None:
    project, found = load_project(looked(tmp_path / "p", picture=True))
    assert [f for f in found if f.severity is not Severity.INFO] == []
    logo, partner, cover = (project.pictures[n] for n in ("cover.logo.1", "cover.logo.2", "cover.picture"))
    assert (logo.width, logo.height, bool(logo.svg)) == (35, 14, True)
    assert (partner.width, partner.height, bool(partner.svg)) == (24, 12, False)
    assert cover.width >= 214
    assert cover.height >= 180
    assert {"logos/ficticio.svg", "logos/ficticio.png", "cover/paisagem.jpg"} <= {i.path for i in project.inputs}


def test_a_photograph_loses_place_and_time_of_the_camera(tmp_path: Path) -> None:
    root = looked(tmp_path / "p", picture=True)
    path = root / "cover" / "paisagem.jpg"
    taken = Image.Exif()
    taken[0x010F] = "Camera of the test"
    with Image.open(path) as image:
        image.save(path, exif=taken)
    assert b"Camera of the test" in path.read_bytes()
    project, _ = load_project(root)
    data = project.pictures["cover.picture"].data
    assert b"Camera" not in data
    with Image.open(BytesIO(data)) as image:
        assert image.format == "JPEG"


def test_a_drawing_is_made_harmless() -> None:
    evil = LOGO.replace(
        "<circle",
        '<script>alert(1)</script><image href="http://example.org/x.png"/><use href="#here"/><style>@import "x.css"</style>'
        '<foreignObject/><a xlink:href="javascript:alert(1)" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
        '<rect onclick="alert(1)" fill="url(http://example.org/y)" style="fill:url(#inside)"/><circle',
        1,
    )
    drawing = harmless(evil.encode())
    assert drawing.aspect == 2.5
    for word in (b"alert", b"example.org", b"@import", b"foreignObject", b"onclick", b"javascript"):
        assert word not in drawing.data
    assert b"#here" in drawing.data
    assert b"url(#inside)" in drawing.data
    assert set(drawing.removed) == {"script", "foreignObject", "style", "href", "onclick", "fill"}
    assert harmless(LOGO.encode()).removed == ()
    for broken in ('<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO, "<html/>", "<svg", LOGO.replace("viewBox", "data-box")):
        with pytest.raises(ValueError):
            harmless(broken.encode())


@pytest.mark.parametrize(
    ("change", "rule", "severity"),
    [
        (("logos/ficticio.svg", "../ficticio.svg"), "picture-outside", "error"),
        (("logos/ficticio.svg", "/etc/hostname.svg"), "picture-outside", "error"),
        (("logos/ficticio.svg", "logos/ficticio.ai"), "picture-kind", "error"),
        (("logos/ficticio.svg", "logos/outro.svg"), "picture-missing", "error"),
        (("height: 12", "height: 40"), "theme-size", "error"),
        (("{file: logos/parceiro.png, alt: {pt: Logótipo do Parceiro Fictício, en: ", "{file: logos/parceiro.png, alt: {pt: "),
         "missing-text", "error"),
        (("alt: {pt: Logótipo do Ministério Fictício, en: Logo of the Fictitious Ministry}", "height: 14"), "config-missing-key", "error"),
        (("focus: [0.5, 0.8]", "focus: [0.5, 80]"), "theme-size", "error"),
        (("height: 12}", "height: 12}" + "\n    - {file: logos/ficticio.svg, height: 24, alt: {pt: A, en: A}}" * 3), "logos-too-wide", "error"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], rule: str, severity: str) -> None:
    root = looked(tmp_path / "p", picture=True)
    settings = root / "bulletin.yaml"
    text = settings.read_text(encoding="utf-8")
    assert change[0] in text
    settings.write_text(text.replace(*change), encoding="utf-8")
    found = findings(root)
    assert (rule, severity) in [(f.rule, f.severity.value) for f in found], found
    assert all(f.place.file == "bulletin.yaml" and int(f.place.cell) >= 15 for f in found)


def test_files_that_are_not_what_they_should_be(tmp_path: Path) -> None:
    root = looked(tmp_path / "p", picture=True)
    (root / "logos" / "ficticio.png").unlink()
    (root / "logos" / "parceiro.png").write_text("no picture", encoding="utf-8")
    Image.new("RGB", (640, 480), "#5D4037").save(root / "cover" / "paisagem.jpg")
    found = {f.rule: f for f in findings(root)}
    assert set(found) == {"logo-without-png", "picture-unreadable", "picture-coarse"}
    assert found["picture-coarse"].parameters["found"] == 67  # 640 by 480 pixels on 214 by 180 mm
    assert found["picture-coarse"].severity is Severity.WARNING
    (root / "logos" / "ficticio.svg").write_text(LOGO.replace("</svg>", "<text>A</text></svg>"), encoding="utf-8")
    assert "logo-lettering" in {f.rule for f in findings(root)}
