"""Words of rise and fall that today's figures contradict."""

from __future__ import annotations

import pytest

from bulletin.load.schema import validated
from bulletin.load.yaml_text import Map, parse_yaml
from bulletin.model.narration import Lexicon
from bulletin.review.trends import contradicted
from bulletin.shipped import shipped

FACTS = {"pop": "growth(P)", "poor": "points(Q)", "level": "P.MZ@2024"}


def lexicon(language: str) -> Lexicon:
    tree = parse_yaml(shipped("config", "lexicon", f"{language}.yaml").read_bytes(), language).tree
    assert isinstance(tree, Map)
    found, faults = validated(Lexicon, tree, tree.own)
    assert found is not None, faults
    return found


@pytest.mark.parametrize(
    ("language", "text", "signs", "found"),
    [
        ("pt", "A população aumentou {pop}.", (1, 0), ()),
        ("pt", "A população aumentou {pop}.", (-1, 0), ("aumentou",)),
        ("pt", "Houve um aumento de {pop} e uma descida de {poor}.", (1, -1), ()),
        ("pt", "Houve um aumento de {pop} e uma descida de {poor}.", (1, 1), ("descida",)),
        ("pt", "Com {pop}, o crescimento foi o maior de sempre.", (-1, 0), ("crescimento",)),
        ("pt", "A população manteve-se: {pop}.", (1, 0), ("manteve-se",)),
        ("pt", "Em {level}, o aumento explica-se. A taxa desceu {poor}.", (1, -1), ()),
        ("en", "Poverty fell by {poor}; the population rose by {pop}.", (1, -1), ()),
        ("en", "Poverty fell by {poor}; the population rose by {pop}.", (-1, 1), ("fell", "rose")),
        ("en", "What falls outside the scope is not counted: {pop}.", (1, 0), ()),
    ],
)
def test_words_are_judged_by_the_figures_of_their_clause(
    language: str, text: str, signs: tuple[int, int], found: tuple[str, ...]
) -> None:
    changes = {"growth(P)": signs[0], "points(Q)": signs[1]}
    assert contradicted(text, FACTS, changes, lexicon(language)) == found
