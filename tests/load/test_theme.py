"""A theme is checked when it is loaded, with the figures named; a country's own look is a few lines over a shipped one."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.errors import ConfigError
from bulletin.load.messages import load_messages
from bulletin.load.project import load_project
from bulletin.load.schema import validated
from bulletin.load.theme import joined, shipped_themes
from bulletin.load.theme_brand import with_brand
from bulletin.load.theme_colours import CLEAR, CLOSE, colour_findings
from bulletin.load.yaml_text import Map, parse_yaml
from bulletin.model.colour import VISION, ciede2000, contrast, distance, lab
from bulletin.model.finding import Finding, Severity
from bulletin.model.shade import nearness, polar, shade
from bulletin.model.theme import Theme
from bulletin.pipeline.messages import message
from bulletin.shipped import shipped

THEMES = sorted(p.stem for p in shipped("config", "themes").glob("*.yaml"))

SHARMA = (
    # Sharma, Wu and Dalal (2005), table 1: pairs that tell right from wrong implementations.
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
)


@pytest.mark.parametrize(("one", "other", "expected"), SHARMA)
def test_difference_of_colours_is_that_of_the_published_pairs(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(expected, abs=1e-4)
    assert ciede2000(other, one) == pytest.approx(expected, abs=1e-4)


def test_contrast_and_vision_are_the_published_ones() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)  # the lightest grey that passes
    assert lab("#FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    for vision in VISION:  # nobody sees a colour in a grey
        assert lab("#808080", vision) == pytest.approx(lab("#808080"), abs=0.1)
    # red and green of one lightness: told apart by most, hardly by those without one kind of cones
    assert distance("#B30000", "#6B6B00") > 40
    assert distance("#B30000", "#6B6B00", "deuteranopia") < 16
    assert polar("#FF0000") == pytest.approx((0.6280, 0.2577, 29.23), abs=0.01)  # Ottosson's reference
    assert shade(*polar("#12436D")) == "#12436D"


def tree(text: str, file: str = "theme.yaml") -> Map:
    found = parse_yaml(text.encode(), file).tree
    assert isinstance(found, Map)
    return found


def shipped_tree(name: str) -> Map:
    return tree(shipped("config", "themes", f"{name}.yaml").read_text(encoding="utf-8"), f"shipped:config/themes/{name}.yaml")


def laid(own: str, base: str = "indico") -> tuple[Theme, tuple[Finding, ...]]:
    below = shipped_tree(base)
    whole = joined(below, with_brand(tree(own, "bulletin.yaml"), below))
    theme, wrong = validated(Theme, whole, whole.own)
    assert theme is not None, wrong
    return theme, tuple(colour_findings(theme, whole))


@pytest.mark.parametrize("name", THEMES)
def test_shipped_themes_are_without_a_finding_and_far_from_the_limits(name: str) -> None:
    theme, found = laid("table_head: open", name)
    assert found == ()
    series = theme.colour.series
    assert min(nearness(a, b) for a, b in combinations(series, 2)) > CLEAR + 1
    assert theme.id == name


def test_the_doctor_looks_at_them_too() -> None:
    assert shipped_themes() == dict.fromkeys(THEMES, ())


def test_the_two_themes_are_plainly_different() -> None:
    one, other = (laid("table_head: open", name)[0] for name in ("indico", "acacia"))
    assert distance(one.colour.brand, other.colour.brand) > 2 * CLEAR
    assert one.font.display != other.font.display


def told(findings: tuple[Finding, ...], language: str = "en") -> list[str]:
    return [message(f, load_messages(language)) for f in findings]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ('colour:\n  ink_2: "#8A9AA8"', "bulletin.yaml:2 (colour.ink_2): ink_2 (#8A9AA8) on tint (#F1F5F8) of the theme “indico” has a contrast of 2.63"),
        ('colour:\n  brand: "#F4B400"', "brand (#F4B400) on tint (#F7F5F0) of the theme “indico” has a contrast of 1.69, and 4.5 is the least; take #916900"),
        ('colour:\n  accent: "#F46A25"\n  on_brand: "#FFFFFF"', "accent (#F46A25) on tint (#F1F5F8)"),
        ('colour:\n  series: ["#12436D", "#B8470F", "#1C7A73", "#6B7580"]',
         "with deuteranopia, series.4 (#6B7580) and series.3 (#1C7A73) of the theme “indico” look too alike: difference 3."),
        ('colour:\n  series: ["#12436D", "#B8470F",\n           "#12476D", "#5F6A7A"]', "bulletin.yaml:3 (colour.series.3): "),
        ('colour:\n  sequential: ["#DBE9F1", "#A9CBE0", "#A9C8DE", "#34729F", "#12436D"]', "darker than sequential.2 (#A9CBE0) by 0."),
        ('colour:\n  tint: blue', "bulletin.yaml:2 (colour.tint): the colour tint of the theme “indico” is “blue”; write it as #"),
    ],
)  # fmt: skip
def test_refused_with_colours_and_figures(own: str, said: str) -> None:
    _, found = laid(own)
    texts = told(found)
    assert any(said in text for text in texts), texts
    assert all(";" in text for text in (*texts, *told(found, "pt")))
    assert len({f.parameters["token"] for f in found}) == len(texts)  # one line for each fault


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 0xFFFFFF), st.sampled_from(["indico", "acacia"]))
@example(0xC8102E, "indico")
@example(0xB8470F, "indico")
@example(0x0049EE, "indico")
@example(0x000000, "acacia")
def test_one_brand_colour_makes_a_look_that_passes_or_names_the_shade_that_does(number: int, base: str) -> None:
    brand = f"#{number:06X}"
    theme, found = laid(f'colour: {{brand: "{brand}"}}', base)
    grave = [f for f in found if f.severity is Severity.ERROR]
    if contrast(brand, theme.colour.tint) >= 4.5:
        assert grave == []
        return
    assert [f.parameters["token"] for f in grave] == ["brand"]
    _, again = laid(f'colour: {{brand: "{grave[0].parameters["better"]}"}}', base)
    assert [f for f in again if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("part", ["series.3", "series.4"])
def test_the_colour_advised_is_one_that_passes(part: str) -> None:
    number = int(part[-1])
    colours = ["#12436D", "#B8470F", "#1C7A60", "#5F6A7A"]
    colours[number - 1] = "#1C4F73"
    theme, found = laid(f"colour: {{series: {colours}}}".replace("'", '"'))
    advice = next(str(f.parameters["better"]) for f in found if f.parameters["token"] == part)
    others = [c for i, c in enumerate(theme.colour.series, 1) if i != number]
    assert min(nearness(advice, other) for other in others) >= CLEAR > CLOSE
    assert contrast(advice, theme.colour.paper) >= 4.5


@pytest.fixture
def small(tmp_path: Path) -> Path:
    import shutil

    root = tmp_path / "small"
    shutil.copytree(Path(__file__).parents[1] / "projects" / "small", root)
    return root


def with_theme(root: Path, text: str) -> Path:
    path = root / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return root


def test_a_look_in_two_lines(small: Path) -> None:
    project, found = load_project(with_theme(small, 'theme:\n  base: acacia\n  colour: {brand: "#7A1F2B"}\n'))
    assert project.theme.colour.brand == project.theme.colour.series[0] == project.theme.colour.sequential[-1] == "#7A1F2B"
    assert project.theme.colour.brand_deep != "#1D402A"
    assert project.theme.table_head == "filled"
    assert [f for f in found if f.rule.startswith("theme")] == []


def test_a_file_of_its_own_over_a_shipped_theme_of_the_same_name(small: Path) -> None:
    folder = small / "config" / "themes"
    folder.mkdir(parents=True)
    (folder / "indico.yaml").write_text("base: indico\ntype: {body: {size: 10.5}}\n", encoding="utf-8")
    project, _ = load_project(small)
    assert (project.theme.type.body.size, project.theme.type.body.line, project.theme.font.text) == (10.5, 5, "Source Sans 3")
    (folder / "a.yaml").write_text("base: b\n", encoding="utf-8")
    (folder / "b.yaml").write_text("base: a\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_project(with_theme(small, "theme: a\n"))
    assert {f.rule for f in refused.value.findings} == {"unknown-theme"}


@pytest.mark.parametrize(
    ("own", "rule", "place"),
    [
        ("theme:\n  base: azul\n", "unknown-theme", "bulletin.yaml:16 (theme.base)"),
        ('theme:\n  colour:\n    bland: "#123456"\n', "config-unknown-key", "bulletin.yaml:17 (colour)"),
        ("theme:\n  font: {text: Arial}\n", "theme-face-missing", "bulletin.yaml:16 (font.text)"),
        ("theme:\n  type:\n    body: {size: 14}\n", "theme-size", "bulletin.yaml:17 (type.body)"),
        ("theme: [indico]\n", "config-not-text", "bulletin.yaml:15 (theme)"),
    ],
)
def test_a_look_that_cannot_be_is_refused_with_its_line(small: Path, own: str, rule: str, place: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load_project(with_theme(small, own))
    assert (rule, place) in [(f.rule, str(f.place)) for f in refused.value.findings], [
        (f.rule, str(f.place)) for f in refused.value.findings
    ]


def test_every_letter_of_the_languages_is_asked_of_every_face(small: Path) -> None:
    packs = small.parent / "program"
    import shutil

    for part in ("config", "bulletin_templates"):
        shutil.copytree(shipped(part), packs / part, ignore=shutil.ignore_patterns("*.ttf"))
    pack = packs / "config" / "languages" / "en.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("January,", "Ⰰanuary,"), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_project(small, program=packs)
    letters = {(f.rule, f.parameters["letters"]) for f in refused.value.findings}
    assert letters == {("theme-letters-missing", "Ⰰ")}
