"""What sentences say of random series, against a recomputation from the recorded claim alone, with fractions."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from words_bench import CODES, contexts, places, rendered, series, words

from bulletin.model.fact import Claim

UP = {"pt": ("aumentou", "mais ", "duplicou", "triplicou"), "en": ("rose", "higher", "doubled", "tripled")}
DOWN = {"pt": ("diminuiu", "menos "), "en": ("fell", "lower")}
STABLE = {"pt": ("inalterad",), "en": ("unchanged",)}
COUNTS = st.lists(st.integers(0, 5000), min_size=2, max_size=9)
RATES = st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=2, max_size=9)


def said(text: str, *rows: dict) -> tuple[dict[str, str], Claim | None]:  # type: ignore[type-arg]
    both = contexts(*rows)
    texts = {language: " ".join(words(b) for b in rendered(text, context)[0]) for language, context in both.items()}
    claims = both["pt"].facts.claims()
    assert len({(c.kind, c.outcome, c.basis) for _, c in claims}) <= 1
    for language, claim in claims:
        assert claim.sentence in texts[language].replace("\u00a0", " ")
    return texts, claims[0][1] if claims else None


def fraction(value: float) -> Fraction:
    return Fraction(str(value))


def any_of(text: str, found: tuple[str, ...]) -> bool:
    return any(word in text for word in found)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["PEOPLE", "RATE"]), COUNTS, RATES)
def test_direction(name: str, counts: list[int], rates: list[float]) -> None:
    values = dict(zip(range(2024, 2000, -1), counts if name == "PEOPLE" else rates, strict=False))
    texts, claim = said('{{ change("' + name + '") }}', *series(name, values))
    assert claim
    old, new = (fraction(v) for _, v in sorted(claim.basis, key=lambda b: b[0].rpartition("@")[2]))
    assert (new, old) == (fraction(values[2024]), fraction(values[2023]))
    limit = claim.thresholds["stable_points" if name == "RATE" else "stable_percent"]
    assert isinstance(limit, float | int)
    size = new - old if name == "RATE" or new == old else 100 * (new / old - 1) if old else None
    for language, text in texts.items():
        if claim.outcome in ("moved", "multiplied"):
            assert not any_of(text, UP[language] + DOWN[language] + STABLE[language])
            assert size is None or old < 50 or new == 0 or size > 300
            continue
        assert size is not None
        stable = abs(size) < fraction(limit)
        assert any_of(text, STABLE[language]) == stable
        assert any_of(text, UP[language]) == (size > 0 and not stable)
        assert any_of(text, DOWN[language]) == (size < 0 and not stable)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 400).map(lambda n: n / 10), min_size=3, max_size=9))
def test_records_and_streaks(rates: list[float]) -> None:
    values = dict(zip(range(2024, 2000, -1), rates, strict=False))
    texts, claim = said('{{ record("RATE") }}', *series("RATE", values))
    before = [v for year, v in values.items() if year < 2024]
    highest, lowest = rates[0] > max(before), rates[0] < min(before)
    assert (claim is not None) == (len(rates) >= 5 and (highest or lowest))
    if claim:
        assert (claim.outcome, len(claim.basis)) == ("highest" if highest else "lowest", len(rates))
        assert ("mais elevado" in texts["pt"], "lowest" in texts["en"]) == (highest, lowest)
    _, claim = said('{{ streak("RATE") }}', *series("RATE", values))
    steps = [fraction(b) - fraction(a) for a, b in zip(rates[1:], rates, strict=False)]  # newest first
    way = [0 if abs(s) < Fraction(1, 2) else 1 if s > 0 else -1 for s in steps]

    def run(found: list[int]) -> int:
        return next((n for n, w in enumerate(found) if w != found[0]), len(found)) if found and found[0] else 0

    reversal = run(way[1:]) if way[0] and way[1:2] == [-way[0]] else 0
    expected = "" if max(run(way), reversal) < 3 else "up" if run(way) >= 3 and way[0] > 0 else "down" if run(way) >= 3 else ""
    expected = expected or ("" if reversal < 3 else "ended_up" if way[0] > 0 else "ended_down")
    assert (claim.outcome if claim else "") == expected


@settings(max_examples=20, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 60).map(lambda n: n / 2)), min_size=11, max_size=11), st.integers(0, 60))
def test_ranks_and_averages(rates: list[float | None], average: int) -> None:
    known = {c: v for c, v in zip(CODES, rates, strict=True) if v is not None}
    _, claim = said('{{ ranking("RATE") }}', *places("RATE", rates, average / 2))
    if claim:
        top = claim.parameters["top"].split(",")
        rest = [v for c, v in known.items() if c not in top]
        assert [known[c] for c in top] == sorted((known[c] for c in top), reverse=True)
        assert min(known[c] for c in top) > max(rest)
        for code in claim.parameters.get("low", "").split(","):
            assert not code or known[code] == min(known.values())
        assert claim.outcome.startswith("partial") == (len(known) < 11)
        assert dict(claim.basis).items() >= {f"RATE.{c}@2024": v for c, v in known.items()}.items()
    texts, claim = said('{{ above_average("RATE") }}', *places("RATE", rates, average / 2))
    above = [c for c, v in known.items() if v > average / 2]
    assert (claim is not None) == (len(known) >= 5 and 0 < len(above) < len(known))
    if claim and len(above) == 1:
        assert "apenas" in texts["pt"]


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 999), st.integers(1, 3))
def test_shares(women: int, place: int) -> None:
    rows = [*series("PEOPLE", {2024: 1000}), *series("PEOPLE", {2024: women}, sex="F")]
    texts, claim = said('{{ share("PEOPLE", part={"sex": "F"}) }}\n' * place, *rows)
    assert claim
    share = Fraction(women, 10)
    named = claim.parameters.get("fraction")
    if named:
        top, bottom = (int(n) for n in named.split("/"))
        anchor = Fraction(100 * top, bottom)
        assert abs(share - anchor) <= Fraction(3, 2)
        assert abs(share - anchor) * 100 <= anchor * Fraction(5, 2)
        hedge = claim.parameters.get("hedge", "")
        assert not hedge or (hedge == "about") == (abs(share - anchor) * 200 < anchor)
        assert hedge != "nearly" or share < anchor
        assert hedge != "more" or share > anchor
        assert hedge or share == anchor
        assert ("quase" in texts["pt"], "just over" in texts["en"]) == (hedge == "nearly", hedge == "more")
    shown = f"{women / 10:.1f}%"
    assert shown in texts["en"] or (women >= 100 and f"{share.numerator / share.denominator:.0f}%" in texts["en"])
