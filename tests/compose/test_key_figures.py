"""Key figures of the opening of a chapter: what is known, as large as it is."""

from __future__ import annotations

from pathlib import Path

from bulletin.document.inline import plain
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from factories import small_project

OUTLINE = "config/outlines/small/pensions.yaml"
KNOWN = "  - {id: pensions.figure, indicator: PENSIONERS, where: {scheme: INSS}, "


def test_what_nothing_is_known_of_is_no_key_figure_and_a_small_count_has_no_decimals(tmp_path: Path) -> None:
    """A country of 200,000 people shares its outline with one of thirty million."""
    root = small_project(tmp_path / "p")
    path = root / OUTLINE
    text = path.read_text(encoding="utf-8")
    assert KNOWN in text
    unknown = "  - {id: pensions.none, indicator: PENSIONERS, where: {scheme: INSS-TCP}, label: {pt: nada, en: nothing}}\n"
    path.write_text(text.replace(KNOWN, f"{unknown}{KNOWN}decimals: 1, "), encoding="utf-8")
    document = compose_editions(prepare(root, silent)).documents["en"]
    (opening,) = (s.opening for s in document.sections if s.id == "pensions")
    assert opening is not None
    assert [(f.id, plain(f.value)) for f in opening.figures] == [("pensions.figure", "124,488")]
