"""Claims that set two figures of the same time side by side: sexes, coverage, money and its weight, balance, ratio, target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bulletin.compose.claims.change import HUNDRED, percent_of, points_of, same
from bulletin.compose.claims.series import Where, newest, observed
from bulletin.compose.claims.statement import (
    Evidence,
    Figure,
    Item,
    Statement,
    about,
    computed,
    displayed,
    exact,
    figure_of,
    note_of,
    rounding,
    shape,
)
from bulletin.model.indicator import Kind
from bulletin.model.period import Period


def sex_gap(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    """For rates, averages and ratios; for counts and totals the sex split is a share."""
    kind = evidence.indicator(indicator).kind
    if kind is Kind.COUNT or (evidence.indicator(indicator).unit_counted not in ("none", "money") and kind is Kind.AMOUNT):
        return None
    women = newest(evidence, indicator, {**where, "sex": "F"}, at)
    men = observed(evidence, indicator, women.period, {**women.coordinates, "sex": "M"}) if women else None
    if women is None or men is None or women.value is None or men.value is None:
        return None
    figures = {"women": figure_of(evidence, women), "men": figure_of(evidence, men)}
    subject = about(women)
    subject = type(subject)(subject.indicator, {**subject.where, "sex": "_T"})
    periods = {"when": women.period}
    if same(figures["women"], figures["men"]):
        return Statement("sex_gap", "equal", subject, figures, periods)
    side = "above" if women.value > men.value else "below"
    if kind is Kind.RATE:
        gap = points_of(evidence, (men, women), exact(women.value) - exact(men.value), "gap")
        outcome = f"points_{side}"
    else:
        if men.value <= 0 or women.value <= 0:
            return None
        gap = percent_of(evidence, "relative_gap", (men, women), HUNDRED * (exact(women.value) / exact(men.value) - 1))
        outcome = f"percent_{side}"
    if not gap.displayed:
        return Statement("sex_gap", "equal", subject, figures, periods)
    apart = rounding(figures["women"], figures["men"], gap) if gap.form == "points" else ""
    return Statement("sex_gap", outcome, subject, {**figures, "gap": gap}, periods, choices={"rounding": apart})


def comparison(
    evidence: Evidence, indicator: str, where: Where, a: Mapping[str, str], b: Mapping[str, str], at: str = ""
) -> Statement | None:
    """The same measure for two places or groups; `a` and `b` name one dimension each, the same one."""
    if len(a) != 1 or set(a) != set(b):
        return None
    by = next(iter(a))
    first = newest(evidence, indicator, {**where, **a}, at)
    second = observed(evidence, indicator, first.period, {**first.coordinates, **b}) if first else None
    if first is None or second is None or first.value is None or second.value is None:
        return None
    items = {"a": (Item(by, a[by], figure_of(evidence, first)),), "b": (Item(by, b[by], figure_of(evidence, second)),)}
    subject = type(about(first))(indicator, evidence.lookup.complete({k: v for k, v in first.coordinates.items() if k != by}))
    periods = {"when": first.period}
    shown = items["a"][0].figure, items["b"][0].figure
    assert shown[0]
    assert shown[1]
    if same(shown[0], shown[1]):
        return Statement("comparison", "equal", subject, {}, periods, items)
    if evidence.indicator(indicator).kind is Kind.RATE:
        gap = points_of(evidence, (second, first), exact(first.value) - exact(second.value), "gap")
        choices = {"rounding": rounding(shown[0], shown[1], gap)}
        return Statement("comparison", "points", subject, {"gap": gap}, periods, items, choices=choices)
    return Statement("comparison", "plain", subject, {}, periods, items)


def levels(
    evidence: Evidence, one: str, other: str, where: Where, a: Mapping[str, str], b: Mapping[str, str], at: str = ""
) -> Statement | None:
    """Two levels in one sentence; `a` and `b` add what tells them apart. With one of them missing, the other alone."""
    known = [
        (name, obs)
        for name, obs in (
            ("first", newest(evidence, one, {**where, **a}, at)),
            ("second", newest(evidence, other, {**where, **b}, at)),
        )
        if obs is not None
    ]
    if not known:
        return None
    alone, obs = known[0]
    shared = {d: c for d, c in obs.coordinates.items() if d not in a and d not in b}
    subject = type(about(obs))(obs.indicator, evidence.lookup.complete(shared))
    if len(known) == 1:
        return Statement("levels", alone, subject, {"value": figure_of(evidence, obs)}, {"when": obs.period})
    beside = known[1][1]
    figures = {"value": figure_of(evidence, obs), "beside": figure_of(evidence, beside)}
    if obs.period == beside.period:
        return Statement("levels", "both", subject, figures, {"when": obs.period})
    return Statement("levels", "apart", subject, figures, {"when": obs.period, "also": beside.period})


def coverage(evidence: Evidence, numerator: str, rate: str, where: Where, at: str = "") -> Statement | None:
    share = newest(evidence, rate, where, at)
    people = observed(evidence, numerator, share.period, {**share.coordinates, **where}) if share else None
    if share is None or people is None:
        return None
    figures = {"people": figure_of(evidence, people), "rate": figure_of(evidence, share)}
    periods = {"when": share.period}
    return Statement("coverage", "rate", about(people), figures, periods, others={"rate_subject": about(share)})


def money_gdp(evidence: Evidence, amount: str, rate: str, where: Where, at: str = "") -> Statement | None:
    """`rate` is the amount in per cent of GDP (or of the State budget), as the catalogue derives or receives it."""
    share = newest(evidence, rate, where, at)
    money = observed(evidence, amount, share.period, {**share.coordinates, **where}) if share else None
    if share is None or money is None:
        return None
    figures = {"amount": figure_of(evidence, money), "rate": figure_of(evidence, share)}
    return Statement("money_gdp", "rate", about(money), figures, {"when": share.period})


def rounded(figure: Figure) -> Decimal:
    """As printed, in units of one."""
    return figure.displayed.scaleb(figure.scale)


def balance(evidence: Evidence, revenue: str, expenditure: str, where: Where, at: str = "") -> Statement | None:
    income = newest(evidence, revenue, where, at)
    spending = observed(evidence, expenditure, income.period, income.coordinates) if income else None
    if income is None or spending is None or income.value is None or spending.value is None or income.unit != spending.unit:
        return None
    difference = exact(income.value) - exact(spending.value)
    scale, decimals = shape(evidence.indicator(revenue), abs(difference))
    gap = computed(
        evidence,
        "balance",
        (income, spending),
        difference,
        "money",
        unit=income.unit,
        decimals=decimals,
        scale=scale,
        magnitude=True,
    )
    shown = figure_of(evidence, income), figure_of(evidence, spending)
    if abs(rounded(shown[0]) - rounded(shown[1])) != rounded(gap):
        # One decimal more, so that the printed figures add up for the reader.
        shown = figure_of(evidence, income, 1), figure_of(evidence, spending, 1)
    figures = {"revenue": shown[0], "expenditure": shown[1], "gap": gap}
    periods = {"when": income.period}
    others = {"spending": about(spending)}
    if not gap.displayed or (same(figures["revenue"], figures["expenditure"]) and abs(difference) < exact(income.value) / 1000):
        return Statement("balance", "equal", about(income), figures, periods, others=others)
    outcome = "surplus" if difference > 0 else "deficit"
    return Statement(
        "balance", outcome, about(income), figures, periods, others=others, choices={"rounding": rounding(*shown, gap)},
        note=note_of((income, spending)),
    )  # fmt: skip


def ratio(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    """How many of one for each of another; the nouns are the narrative's."""
    obs = newest(evidence, indicator, where, at)
    if obs is None:
        return None
    return Statement("ratio", "plain", about(obs), {"value": figure_of(evidence, obs)}, {"when": obs.period})


def adequacy(evidence: Evidence, benefit: str, benchmark: str, where: Where, at: str = "") -> Statement | None:
    """A benefit beside a benchmark in the same money and period, e.g. the lowest minimum wage."""
    paid = newest(evidence, benefit, where, at)
    mark = observed(evidence, benchmark, paid.period, {}) if paid else None
    if paid is None or mark is None or paid.value is None or not mark.value or paid.unit != mark.unit or mark.value < 0:
        return None
    percent = HUNDRED * exact(paid.value) / exact(mark.value)
    share = computed(evidence, "share", (paid, mark), percent, "percent", unit="PT", decimals=1)
    figures = {"value": figure_of(evidence, paid), "share": share}
    return Statement("adequacy", "share", about(paid), figures, {"when": paid.period}, others={"benchmark": about(mark)})


def target(evidence: Evidence, indicator: str, aim: str, where: Where, at: str = "") -> Statement | None:
    """The newest value beside the target, which may lie in the future."""
    now = newest(evidence, indicator, where, at)
    wanted_periods = evidence.lookup.periods(aim, dict(where))
    wanted = observed(evidence, aim, wanted_periods[-1], where) if wanted_periods else None
    if now is None or wanted is None or now.value is None or wanted.value is None:
        return None
    figures = {"value": figure_of(evidence, now), "aim": figure_of(evidence, wanted)}
    periods = {"when": now.period, "due": wanted.period}
    less = evidence.indicator(indicator).direction == "less"
    distance = exact(wanted.value) - exact(now.value)
    if same(figures["value"], figures["aim"]):
        return Statement("target", "met", about(now), figures, periods)
    if (distance < 0) != less:
        return Statement("target", "beyond", about(now), figures, periods)
    if evidence.indicator(indicator).kind is Kind.RATE:
        gap = points_of(evidence, (now, wanted), distance, "gap")
    else:
        scale, decimals = shape(evidence.indicator(indicator), abs(distance))
        form = figures["value"].form
        gap = computed(
            evidence, "distance", (now, wanted), distance, form, unit=now.unit, decimals=decimals, scale=scale, magnitude=True
        )
    if not gap.displayed:
        return Statement("target", "met", about(now), figures, periods)
    figures["gap"] = gap
    missed = Period.parse(now.period) >= Period.parse(wanted.period)
    side = "above" if less else "below"
    choices = {"rounding": rounding(figures["aim"], figures["value"], gap)}
    return Statement("target", f"missed_{side}" if missed else f"ahead_{side}", about(now), figures, periods, choices=choices)


def _is_rough(value: float) -> bool:
    """Two significant digits at most: a figure given as "more than 1.5 million" bears no decimal in what is made of it."""
    return value == float(f"{value:.1e}")


def share_of(
    evidence: Evidence, indicator: str, where: Where, part: Where, whole: Where, total: str = "", at: str = ""
) -> Statement | None:
    """Part and whole have the same unit and period; a part larger than its whole is refused."""
    small = newest(evidence, indicator, {**where, **part}, at)
    large = observed(evidence, total or indicator, small.period, {**where, **whole}) if small else None
    if small is None or large is None or small.value is None or not large.value or small.unit != large.unit:
        return None
    if small.value < 0 or large.value < 0 or small.value > large.value or small.key == large.key:
        return None
    percent = HUNDRED * exact(small.value) / exact(large.value)
    rough = _is_rough(small.value) and _is_rough(large.value)
    decimals = 0 if rough and 10 <= percent < Decimal("99.5") else 1
    if percent and not displayed(percent, 0, decimals):
        return None
    figure = computed(evidence, "share", (small, large), percent, "percent", unit="PT", decimals=decimals)
    by = next((d for d, c in small.coordinates.items() if large.coordinates[d] != c), "")
    items = {"part": (Item(by, small.coordinates[by]),)} if by and not total else {}
    fraction, hedge = _fraction(evidence, percent)
    choices = {"fraction": fraction, "hedge": hedge, "by": by if items else ""}
    figures = {"amount": figure_of(evidence, small), "share": figure}
    return Statement(
        "share", "share", about(small), figures, {"when": small.period}, items, {"whole": about(large)}, choices,
        note_of((small, large)),
    )  # fmt: skip


_FRACTIONS = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 10), (9, 10))


def _fraction(evidence: Evidence, percent: Decimal) -> tuple[str, str]:
    limits = evidence.thresholds
    best = min(_FRACTIONS, key=lambda f: abs(percent - HUNDRED * f[0] / f[1]))
    anchor = HUNDRED * best[0] / best[1]
    distance = percent - anchor
    relative = abs(distance) / anchor * HUNDRED
    if abs(distance) > exact(limits.fraction_points) or relative > exact(limits.fraction):
        return "", ""
    name = f"{best[0]}/{best[1]}"
    if relative < exact(limits.exact):
        return name, "about" if distance else ""
    return name, "nearly" if distance < 0 else "more"
