"""One concept, one term, one spelling: in what is shipped, in every language, and in what users write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.document.blocks import Paragraph
from bulletin.document.inline import Text
from bulletin.load.narrative import paragraphs
from bulletin.load.other_norm import other_norm
from bulletin.load.translated import of_tree
from bulletin.load.yaml_text import Map, parse_yaml
from bulletin.model.finding import Place
from bulletin.model.glossary import Term
from bulletin.model.translation import Translated
from bulletin.parity.terms import avoided, unexplained
from bulletin.parity.tongue import foreign, vocabulary
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.prepare import Prepared
from factories import ENGLISH, PORTUGUESE, shipped_pack

ROOT = Path(__file__).parents[2]
LANGUAGES = frozenset(p.stem for p in (ROOT / "config" / "languages").glob("*.yaml"))


def shipped() -> Iterator[Translated]:
    """Every text of the program: configuration, texts laid beside it, narratives, patterns."""
    for path in sorted((ROOT / "config").rglob("*.yaml")):
        relative = path.relative_to(ROOT / "config")
        tree = parse_yaml(path.read_bytes(), relative.as_posix()).tree
        if relative.parts[0] in ("languages", "messages"):
            language = relative.stem if len(relative.parts) == 2 else relative.parts[1]
            if language in LANGUAGES:
                yield Translated(
                    relative.as_posix(), {language: path.read_text(encoding="utf-8")}, {language: Place(str(relative))}
                )
        else:
            yield from of_tree(tree, relative.as_posix(), LANGUAGES)
    for path in sorted((ROOT / "bulletin_templates" / "narrative").rglob("*.md")):
        for paragraph in paragraphs(path.read_bytes(), path.name, own=True, spell=None)[0]:
            yield Translated(
                f"{path.stem}/{paragraph.id}", {path.parent.name: paragraph.text}, {path.parent.name: paragraph.place}
            )


def test_what_is_shipped_keeps_to_its_terms(composed_example: tuple[Prepared, Composed]) -> None:
    texts = list(shipped())
    assert len(texts) > 3000
    found = [(f.key, f.place) for f in avoided(texts, composed_example[0].project.glossary)]
    assert found == []


def test_the_example_keeps_to_its_terms(composed_example: tuple[Prepared, Composed]) -> None:
    assert [f.key for f in composed_example[1].findings if f.rule == "term-avoided"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mandatory social security covers employees.", ["mandatory social security"]),
        ("The retirees of 2024 and the taxpayers", ["retirees", "taxpayers"]),
        ("The law calls it ‘mandatory social security’.", []),
        ('{{ level("X", who="of retirees") }} Pensioners live longer.', []),
        ("Compulsory social security covers employees.", []),
    ],
)
def test_a_word_to_avoid_is_told_with_the_approved_term(text: str, found: list[str]) -> None:
    glossary = (
        Term("sso", {"en": "Compulsory social security"}, avoid=(("en", "mandatory social security"),)),
        Term("pensionista", {"en": "Pensioner"}, avoid=(("en", "retiree*"), ("pt", "reformado*"))),
        Term("contribuinte", {"en": "Employer"}, avoid=(("en", "taxpayer*"),)),
    )
    told = list(avoided([Translated("a/b", {"en": text}, {"en": Place("text/en/a.md", cell="3")})], glossary))
    assert [f.parameters["found"] for f in told] == found
    assert all(f.parameters["approved"] and f.place.cell == "3" for f in told)


def test_acronyms_are_in_the_list_or_written_out_where_they_first_appear(composed_example: tuple[Prepared, Composed]) -> None:
    _, composed = composed_example
    assert [f.key for f in composed.findings if f.rule == "acronym-unexplained"] == []
    document = composed.documents["en"]
    body = document.sections[-2]
    text = (
        "The RSSB runs it. The National Health Fund (NHF) pays; NHF publishes, as do INSS and the ABC (Association of Clerks). "
        "Bulletin VII. The RSSB again."
    )
    inner = replace(body.sections[0], blocks=(Paragraph("own.text", (Text(text),)),))
    changed = replace(document, sections=(*document.sections[:-2], replace(body, sections=(inner,)), document.sections[-1]))
    assert [f.parameters["found"] for f in unexplained(changed)] == ["RSSB"]


NORM = parse_yaml((ROOT / "config" / "orthography.yaml").read_bytes(), "orthography.yaml").tree
assert isinstance(NORM, Map)
PAIRS = {str(p[0]): str(p[1]) for p in NORM["pairs"]}
SAME_IN_BOTH = {"tratada", "tratados", "tratamento", "facto", "factor"}
"""Reviewed: they begin like words of the list, or stand in it as the old spelling of another word, and do not change."""


def words() -> set[str]:
    """All Portuguese words of the program's own texts, calls of patterns and expressions left out."""
    texts = [u.texts["pt"] for u in shipped() if "pt" in u.texts and not u.id.startswith("orthography")]
    prose = (re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}|^ *- \[legal.*$", " ", t, flags=re.MULTILINE) for t in texts)
    return {w.lower() for t in prose for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", t)} - SAME_IN_BOTH


def test_words_whose_spelling_differs_are_all_in_the_list() -> None:
    """A word that begins like one of the list, up to the letter after the change, changes with it."""
    stems: dict[str, str] = {}
    for new, old in PAIRS.items():
        same = next((n for n, (a, b) in enumerate(zip(new, old.lower(), strict=False)) if a != b), len(new))
        stem = new[: same + 1]
        if len(new) < len(old) and len(stem) > 3:
            stems.setdefault(stem, new)
    found = words()
    assert len(found) > 2500
    assert sorted((w, kin) for w in found - PAIRS.keys() for stem, kin in stems.items() if w.startswith(stem)) == []


def test_shipped_texts_are_spelt_after_the_agreement() -> None:
    former = {old.lower() for new, old in PAIRS.items() if old.lower() != new}
    assert sorted(words() & former) == []


@pytest.mark.parametrize(
    ("text", "orthography", "found"),
    [
        ("A proteção social em março", "pre1990", "proteção → protecção, março → Março"),
        ("A protecção social em Março", "pre1990", ""),
        ("A Protecção Social e os activos", "ao90", "Protecção → Proteção, activos → ativos"),
        ("A proteção social em março, de facto", "ao90", ""),
        ("O *Relatório sobre Protecção Social* diz «activos»", "ao90", ""),
    ],
)
def test_words_of_the_other_norm_are_told_in_what_users_write(text: str, orthography: str, found: str) -> None:
    assert isinstance(NORM, Map)
    told = list(other_norm([Translated("a/b", {"pt": text, "en": "proteção"})], NORM, orthography))
    assert [f.parameters["words"] for f in told] == ([found] if found else [])


def test_no_language_takes_its_own_little_words_for_those_of_another() -> None:
    """As in a new project, where few texts are known in either."""
    both = {"pt": PORTUGUESE, "en": replace(ENGLISH, grammar=shipped_pack("en").grammar)}
    assert foreign("Population per household, in per cent", "en", vocabulary({}, both)) == ()


def test_names_of_places_belong_to_every_language() -> None:
    both = {"pt": PORTUGUESE, "en": ENGLISH}
    texts = {"pt": ["O príncipe herdeiro. Príncipe. Do príncipe."] * 20}
    assert foreign("Príncipe", "en", vocabulary(texts, both)) == ("Príncipe",)
    names = {"en": ["São Tomé and Príncipe"]}
    assert foreign("Príncipe", "en", vocabulary(texts, both, names)) == ()
    assert foreign("Of the príncipe", "en", vocabulary(texts, both, names)) == ("príncipe",)
