"""Lines made ready before, as a cache gives them back, say and refuse what they do when they are made ready on the spot."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from words_bench import contexts, template

from bulletin.cache import Cache
from bulletin.compose.narrative import render_chapter
from bulletin.compose.ready_line import ReadyLine, ready_lines
from bulletin.compose.words import WordsContext, compile_macros
from bulletin.errors import TemplateError
from bulletin.model.narration import Lexicon, Narration
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.kept import Kept, canonical
from bulletin.pipeline.prepare import Prepared
from factories import row

ROWS = (row("PEOPLE", 100_000, 2023), row("PEOPLE", 107_700, 2024), row("RATE", 51.5, 2024))
LINES = (
    '{{ level("PEOPLE") }}',
    '- {{ level("PEOPLE") }}\n-  {{ value("RATE") }} subiu metade.\n- {{ level("CASES") }} Fica.',
    'Em 2024, {{ value("PEOPLE") }} pessoas; {{ claim("rose", "PEOPLE") }} subiu.',
    '{% if has("PEOPLE") %}Há {{ value("PEOPLE", unit=False) }}.{% else %}Nada.{% endif %}',
    'Subiu um terço, {{ value("RATE") }} e 17.',
    '{{ value("PEOPL") }}',
    '{{ value("PEOPLE", decimals=1 / 0) }}',
    '{{ valeu("PEOPLE") }} {{ "".join([]) }}',
    '{{ value(["PEOPLE"]) }}',
    "{% for x in [1] %}x{% endfor %}",
    "{{ value(",
    "{# nada #}",
    "{{ level() }}",
    '{{ level("PEOPLE") if true }}',
    "x" * 5000,
)


def outcome(text: str, name: str, context: WordsContext) -> object:
    try:
        blocks, findings = render_chapter([template(text, name)], context)
    except TemplateError as error:
        return error.findings
    facts = context.facts
    return dict(blocks), findings, facts.facts(), facts.claims(), [facts.texts(f.id) for f in facts.facts()]


@pytest.mark.parametrize("name", ["p.one", "lede", "chart.people"])
@pytest.mark.parametrize("text", LINES)
def test_a_line_is_the_same_made_ready_before(text: str, name: str) -> None:
    lexicon = Lexicon(up=("subiu",), share=("metade", "um terço"), plain=("fica",))
    narration = Narration(lexicon={"pt": lexicon})
    before: dict[str, ReadyLine] = pickle.loads(pickle.dumps(ready_lines([template(text, name)], lexicon)))
    context = replace(contexts(*ROWS)["pt"], narration=narration)
    known = replace(contexts(*ROWS)["pt"], narration=narration, ready=before, compiled=compile_macros(context.patterns))
    assert outcome(text, name, known) == outcome(text, name, context)


def said(composed: Composed) -> object:
    facts = [(f, composed.facts.texts(f.id), composed.facts.places(f.id)) for f in composed.facts.facts()]
    return composed.trees(), composed.findings, facts, composed.facts.claims(), canonical(composed.parity)


def test_an_edition_is_the_same_with_what_was_made_ready_before(
    composed_small: tuple[Prepared, Composed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETIN_HOME", str(tmp_path / "home"))
    prepared, without = composed_small
    for found in (set(), {"lines", "patterns"}):
        kept = Kept(Cache(tmp_path / "cache"))
        assert said(compose_editions(prepared, kept)) == said(without)
        assert found <= set(kept.found)
    # another sentence: its chapter alone is made ready anew, and it is the new one that is said
    narrated = prepared.project.narrative["pt"]
    chapter, templates = next((c, found) for c, found in narrated.items() if found)
    changed = [replace(t, text=f"{t.text} Assim é.") for t in templates]
    narrative = {**prepared.project.narrative, "pt": {**narrated, chapter: tuple(changed)}}
    other = replace(prepared, project=replace(prepared.project, narrative=narrative))
    kept = Kept(Cache(tmp_path / "cache"))
    again = said(compose_editions(other, kept))
    assert again == said(compose_editions(other)) != said(without)
    assert kept.made["lines"] == [f"pt/{chapter}"]
