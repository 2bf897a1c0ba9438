"""Guide pages of the library: every page of the documentation is one, and its links, heads, pictures and tables hold."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from bulletin.document.guide import Guide
from bulletin.pipeline.guide import guides
from bulletin.write.site.markdown import Article, Picture, article

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = guides()


def articles(guide: Guide) -> dict[str, Article]:
    known = {page.source: f"{page.name}.html" for page in guide.pages}
    pictures = {name: Picture(Path(name).name, 0, 0) for name in guide.pictures}
    return {f"{page.name}.html": article(page.text, known, pictures, page.title) for page in guide.pages}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda g: g.language)
def test_every_page_of_the_documentation_is_reached_from_the_first(guide: Guide) -> None:
    assert {p.source for p in guide.pages} == {p.name for p in (DOCS / guide.language).glob("*.md")}, "name it in docs/*/index.md"
    assert all(step for page in guide.pages[1:] for step in [page.step])


def test_a_page_has_the_same_place_and_the_same_parts_in_every_language() -> None:
    first, *others = GUIDES
    shape = {name: [h.level for h in made.heads] for name, made in articles(first).items()}
    for other in others:
        assert {name: [h.level for h in made.heads] for name, made in articles(other).items()} == shape
        assert [[p.name for p in pages] for _, pages in other.steps] == [[p.name for p in pages] for _, pages in first.steps]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda g: g.language)
def test_links_lead_to_a_page_and_to_a_place_in_it(guide: Guide) -> None:
    made = articles(guide)
    ids = {name: re.findall(r' id="([^"]+)"', found.markup) for name, found in made.items()}
    for name, found in made.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for target in re.findall(r'href="([^"]+)"', found.markup):
            if "://" in target:
                continue
            page, _, part = unquote(unescape(target)).partition("#")
            assert page == "" or page in made, f"{name}: {target}"
            assert part == "" or part in ids[page or name], f"{name}: {target}"
        (source,) = [p for p in guide.pages if f"{p.name}.html" == name]
        written = len(re.findall(r"(?<!!)\[[^\]]+\]\([^)]+\)", re.sub(r"```.*?```", "", source.text, flags=re.DOTALL)))
        assert found.markup.count("<a ") == written, name


def test_tables_scroll_and_have_heads() -> None:
    markup = article(
        "| | |\n|---|---|\n| `a` | b |\n\n| | c |\n|---|--:|\n| 1 | 2 |\n\n## D & E\n\n| f |\n|---|\n| 3 |\n", {}, {}, "A"
    ).markup
    assert re.findall(r'<div class="scroll" role="group" tabindex="0" aria-label="(.*?)"><table>', markup) == [
        "A",
        "A",
        "D &amp; E",
    ]
    assert markup.count("</table>\n</div>") == 3
    bare, headed = markup.split("</table>")[:2]
    assert "<thead>" not in bare
    assert '<th scope="row"><code>a</code></th>' in bare
    assert '<th scope="col">c</th>' in headed
    assert "<td></td>" in headed
    assert "style" not in markup


def test_what_leads_nowhere_is_said_without_a_link_and_markup_is_text() -> None:
    made = article("# Não, sim\n\n[a](x.md) [b](y.md#c-d) <b>\n\n## Não, sim\n", {"y.md": "why.html"}, {}, "")
    assert '<p>a <a href="why.html#c-d">b</a> &lt;b&gt;</p>' in made.markup
    assert [h.id for h in made.heads] == ["não-sim", "não-sim-1"]
    assert made.words == "a b <b>"
