"""Units that a formula's inputs and result must have; a check answers with what is wrong, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.model.indicator import Formula, Indicator

Check = Callable[["Indicator", Mapping[str, "Indicator"], "Formula"], str]
"""From the result, its inputs by role and the formula to the units that clash, `XDC, USD`; empty: fine."""

MONEY = frozenset({"XDC", "USD"})
_COUNTED = {"PUPILS": "PERS"}
"""Units that count the same thing."""


def _thing(indicator: Indicator) -> str:
    return _COUNTED.get(indicator.unit, indicator.unit)


def _clash(*units: str) -> str:
    return "" if len(set(units)) == 1 else ", ".join(dict.fromkeys(units))


def ratio(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    """Per cent of the same thing only (households are no persons), unless `mixed_units`; never one money per another."""
    over, under = _thing(inputs["numerator"]), _thing(inputs["denominator"])
    if over in MONEY and under in MONEY:
        return _clash(over, under)
    if result.unit == "PT" and not formula.parameters.get("mixed_units", False):
        return _clash(over, under)
    if result.unit in MONEY and over in MONEY:
        return _clash(over, result.unit)
    return ""


def of_first(role: str) -> Check:
    """The result has the unit of that input."""

    def check(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
        return _clash(_thing(inputs[role]), _thing(result)) if result.unit not in ("RATIO", "PT") else ""

    return check


def growth(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    """Per cent; of a percentage it would be a per cent of a per cent: `points` says that change."""
    return next((i.unit for i in inputs.values() if i.unit == "PT"), "") or _clash(result.unit, "PT")


def percentage_of_same(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    return all_alike(inputs) or _clash(result.unit, "PT")


def points(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    """Points are differences of percentages."""
    return _clash(result.unit, *(i.unit for i in inputs.values()))


def index(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    return _clash(result.unit, "INDEX")


def deflate(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    return _clash(inputs["amount"].unit, result.unit) or _clash(inputs["deflator"].unit, "INDEX")


def all_alike(inputs: Mapping[str, Indicator]) -> str:
    return _clash(*(_thing(i) for i in inputs.values()))


def all_same(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    return _clash(_thing(result), *(_thing(i) for i in inputs.values()))


def money_rate(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    """One money as a percentage of the same money."""
    return _not_money(*(i.unit for i in inputs.values())) or _clash(result.unit, "PT")


def years_of_money(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    """One money divided by what is spent of it in a year: years, or a number."""
    return _not_money(*(i.unit for i in inputs.values())) or ("" if result.unit in ("YEARS", "RATIO") else result.unit)


def money_per_head(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    """The money of the expenditure; recipients are counted, not paid."""
    counted = inputs["recipients"].unit
    return _not_money(inputs["expenditure"].unit, result.unit) or (counted if counted in (*MONEY, "PT", "RATIO", "INDEX") else "")


def people_rate(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    """Per cent of the same thing: people of people, households of households."""
    return all_alike(inputs) or _clash(result.unit, "PT")


def _not_money(*units: str) -> str:
    return _clash(*units) or ("" if units[0] in MONEY else units[0])


def dependency(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    return all_alike(inputs)


def unchecked(result: Indicator, inputs: Mapping[str, Indicator], formula: Formula) -> str:
    return ""
