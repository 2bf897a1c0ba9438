"""A country's brand colour carried through a theme: every colour that goes with the brand and is not given follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise

from bulletin.load.theme_colours import CLEAR, STEP, TEXT
from bulletin.load.yaml_text import Line, Map, Seq
from bulletin.model.colour import VISION, contrast, distance, is_colour, lab, luminance
from bulletin.model.shade import apart, as_light, legible, nearness, polar, shade

_TURNED = ("ink", "ink_2", "rule", "hair", "tint", "context")
"""Greys that take the brand's hue and stay exactly as light as they are, so that their contrast stays what it was."""

_LIVELY = (0.18, 0.42, 0.72, 0.95, 1.0)
"""How much of the brand's chroma the classes of a map have, from light to dark."""

_GREY = 0.02
"""Chroma below which a brand has no hue that another colour could take."""

_COLOUR = 0.075
"""Chroma above which nobody would call it a grey."""

_FILL = 3.0
"""Contrast to paper of the accent as an area."""


def with_brand(own: Map, base: Map) -> Map:
    """`own` with the colours that follow from its brand; unchanged where it has none or a colour of the base cannot be read."""
    given, below = own.get("colour"), base.get("colour")
    if not (isinstance(given, Map) and isinstance(below, Map)) or not is_colour(str(given.get("brand"))):
        return own
    if not all(is_colour(c) for c in _flat(below)):
        return own
    colours = Map(given.own)
    for key, value in given.items():
        colours.put(key, value, given.at[key])
    at = given.at["brand"]
    for name, made in derived(str(given["brand"]), below, {k: str(v) for k, v in given.items()}).items():
        if name not in given:
            colours.put(name, made if isinstance(made, str) else _listed(made, at), at)
    whole = Map(own.own)
    for key, part in own.items():
        whole.put(key, colours if key == "colour" else part, own.at[key])
    return whole


def derived(brand: str, base: Map, given: Mapping[str, str]) -> Mapping[str, str | tuple[str, ...]]:
    """Colours by token. `given`: those that the country names itself, on which the others build."""
    _, chroma, hue = polar(brand)
    of = {name: str(value) for name, value in base.items() if isinstance(value, str)}
    found: dict[str, str | tuple[str, ...]] = {name: _turned(of[name], hue, chroma) for name in _TURNED}

    def now(name: str) -> str:
        said = given.get(name, found.get(name, of.get(name, "")))
        return said if isinstance(said, str) and is_colour(said) else of[name]

    darker = luminance(of["brand_deep"]) / max(luminance(of["brand"]), 0.001)
    duller = polar(of["brand_deep"])[1] / max(polar(of["brand"])[1], 0.001)
    found["brand_deep"] = as_light(luminance(brand) * darker, chroma * min(1.0, duller), hue)
    found["on_brand_2"] = legible(_turned(of["on_brand_2"], hue, chroma), (brand, now("brand_deep")), TEXT)
    grounds = (now("paper"), now("tint"))
    if nearness(of["accent"], brand) < CLEAR:
        accent = apart(
            of["accent"], (brand,), 2 * CLEAR, lambda c: _is_lively(c) and all(contrast(c, g) >= TEXT for g in grounds)
        )
        found["accent"] = accent
        _, lively, turn = polar(accent)
        found["accent_fill"] = as_light(1.05 / _FILL - 0.05, lively, turn)
    found["series"] = _series(brand, base, (of["accent"], now("accent")), now("context"), now("paper"))
    found["sequential"] = _classes(brand, now("paper"), now("ink"))
    return found


def _turned(colour: str, hue: float, chroma: float) -> str:
    return as_light(luminance(colour), polar(colour)[1] if chroma >= _GREY else 0.0, hue)


def _series(brand: str, base: Map, accents: tuple[str, str], context: str, paper: str) -> tuple[str, ...]:
    """The brand, then the base's; one that would be too near to those before gives way to the nearest that is not."""
    old, accent = accents
    found = [brand]
    series = base.get("series")
    for colour in [str(c) for c in series[1:]] if isinstance(series, Seq) else []:
        wanted = accent if colour == old else colour
        others = (*found, context)
        if any(nearness(wanted, other) < CLEAR for other in others):
            wanted = apart(wanted, others, CLEAR * 1.1, partial(_is_like, wanted, paper))
        found.append(wanted)
    return tuple(found)


def _is_like(model: str, paper: str, colour: str) -> bool:
    """Readable on paper, and a colour where its model is one."""
    return contrast(colour, paper) >= TEXT and (_is_lively(colour) or not _is_lively(model))


def _is_lively(colour: str) -> bool:
    return polar(colour)[1] >= _COLOUR


def _classes(brand: str, paper: str, ink: str) -> tuple[str, ...]:
    """From nearly paper to the brand, or to a darker shade of a brand too light for steps that can be seen."""
    dark = polar(brand)[0]
    found = _steps(brand, brand, paper, ink)
    while dark > 0 and any(lab(a, v)[0] - lab(b, v)[0] < STEP for v in VISION for a, b in pairwise(found)):
        dark -= 0.02
        found = _steps(brand, shade(dark, *polar(brand)[1:]), paper, ink)
    return found


def _steps(brand: str, last: str, paper: str, ink: str) -> tuple[str, ...]:
    """Even in lightness; each can carry a figure in ink or in the colour of paper."""
    _, chroma, hue = polar(brand)
    dark, light = polar(last)[0], min(0.945, polar(paper)[0] - 0.05)
    found = []
    for number, share in enumerate(_LIVELY):
        colour = last if number == len(_LIVELY) - 1 else shade(light + (dark - light) * number / 4, chroma * share, hue)
        if max(contrast(colour, paper), contrast(colour, ink)) < TEXT:
            colour = min((legible(colour, (ground,), TEXT) for ground in (paper, ink)), key=lambda c: distance(c, colour))
        found.append(colour)
    return tuple(found)


def _listed(colours: tuple[str, ...], at: Line) -> Seq:
    many = Seq(at)
    for colour in colours:
        many.put(colour, at)
    return many


def _flat(colours: Map) -> Iterator[str]:
    for value in colours.values():
        if isinstance(value, Seq):
            yield from (str(one) for one in value)
        else:
            yield str(value)
