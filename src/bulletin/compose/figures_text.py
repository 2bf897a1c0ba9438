"""From a value to its printed text in running words: marks, scale words, per cent, small numbers in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bulletin.compose.claims.statement import Figure, displayed, exact, form_of, shape
from bulletin.model.locale import NO_BREAK

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator
    from bulletin.model.locale import Locale


IN_WORDS = 10
"""Counts up to here stand in words."""


def figure_text(locale: Locale, figure: Figure, gender: str = "m") -> str:
    """The figure alone, scale word and per cent sign included: `45 307`, `3,4 mil milhões`, `12,3%`; currency and *pontos
    percentuais* are the patterns' words."""
    match figure.form:
        case "count":
            return count_text(locale, int(figure.value), gender)
        case "ordinal":
            return locale.ordinal_of(int(figure.value), gender)
        case "percent":
            return percent_text(locale, figure.value, figure.decimals)
        case _:
            return scaled_text(locale, figure.value, figure.scale, figure.decimals)


def scaled_text(locale: Locale, value: Decimal, scale: int, decimals: int) -> str:
    """`2,1 milhões`, `1 milhão` (and *mil milhões* without a numeral) only when it prints as exactly one; spaces inside do not break."""
    text = locale.number(value.scaleb(-scale), decimals)
    word = scale_word(locale, value, scale, decimals)
    if word and scale in locale.bare_scales and not decimals and displayed(value, scale, 0) == 1:
        return word.replace(" ", NO_BREAK)
    return f"{text}{NO_BREAK}{word.replace(' ', NO_BREAK)}" if word else text


def scale_word(locale: Locale, value: Decimal, scale: int, decimals: int) -> str:
    if not scale:
        return ""
    one, many = locale.scales[scale]
    return one if locale.is_one(displayed(value, scale, decimals)) else many


def scale_joiner(locale: Locale, scale: int) -> str:
    """The word between scale and noun: *de* in `milhões de pessoas`; empty in English and after full figures."""
    return locale.scale_of.get(scale, "") if scale else ""


def percent_text(locale: Locale, value: Decimal, decimals: int) -> str:
    return locale.percent.format(n=locale.number(value, decimals))


def count_text(locale: Locale, count: int, gender: str = "m") -> str:
    """One to ten in words, agreeing with what is counted; figures beyond."""
    words = locale.cardinals.get(gender) or next(iter(locale.cardinals.values()), ())
    if 1 <= count <= min(IN_WORDS, len(words)):
        return words[count - 1]
    return locale.number(count, 0)


def spoken(locale: Locale, indicator: Indicator, value: float) -> tuple[str, str]:
    """A value as running text prints it, in two: the figure alone and its scale word, for key figures."""
    number = exact(value)
    scale, decimals = shape(indicator, number)
    if form_of(indicator) == "percent":
        return percent_text(locale, number, decimals), ""
    return locale.number(number.scaleb(-scale), decimals), scale_word(locale, number, scale, decimals)
