"""New colours from known ones: the same hue lighter or darker, another hue as light, a colour that stands apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import atan2, cos, degrees, hypot, radians, sin

from bulletin.model.colour import VISION, Matrix, Triple, applied, contrast, distance, linear, luminance

_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_OPPONENT: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_OPPONENT: Matrix = ((1, 0.3963377774, 0.2158037573), (1, -0.1055613458, -0.0638541728), (1, -0.0894841775, -1.2914855480))
_FROM_CONES: Matrix = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
"""Oklab (Ottosson, 2020): hue stays the same hue while lightness changes."""

Polar = tuple[float, float, float]
"""Lightness 0 to 1, chroma, hue in degrees."""


def polar(colour: str) -> Polar:
    one, two, three = applied(_CONES, linear(colour))
    light, a, b = applied(_OPPONENT, (one ** (1 / 3), two ** (1 / 3), three ** (1 / 3)))
    return light, hypot(a, b), degrees(atan2(b, a)) % 360


def shade(light: float, chroma: float, hue: float) -> str:
    """The colour, as lively as a screen can show it at this lightness."""
    light = min(1.0, max(0.0, light))
    low, high = 0.0, chroma
    found = _linear(light, chroma, hue)
    if not _is_shown(found):
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if _is_shown(_linear(light, middle, hue)) else (low, middle)
        found = _linear(light, low, hue)
    return "#" + "".join(f"{round(255 * _coded(min(1, max(0, part)))):02X}" for part in found)


def _linear(light: float, chroma: float, hue: float) -> Triple:
    one, two, three = applied(_FROM_OPPONENT, (light, chroma * cos(radians(hue)), chroma * sin(radians(hue))))
    return applied(_FROM_CONES, (one**3, two**3, three**3))


def _is_shown(rgb: Triple) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in rgb)


def _coded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def as_light(wanted: float, chroma: float, hue: float) -> str:
    """The shade of a hue with the relative luminance `wanted`: its contrast to everything is decided by that alone."""
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if luminance(shade(middle, chroma, hue)) < wanted else (low, middle)
    return shade(high, chroma, hue)


def legible(colour: str, grounds: Sequence[str], least: float) -> str:
    """The nearest shade of the same hue with at least this contrast to every ground; the colour itself where there is none."""
    light, chroma, hue = polar(colour)
    tries = sorted((abs(step), light + step / 200) for step in range(-200, 201) if 0 <= light + step / 200 <= 1)
    shades = (shade(at, chroma, hue) for _, at in tries)
    return next((c for c in shades if all(contrast(c, ground) >= least for ground in grounds)), colour)


def nearness(one: str, other: str) -> float:
    """The least difference of two colours in any kind of vision."""
    return min(distance(one, other, vision) for vision in VISION)


def apart(colour: str, others: Sequence[str], least: float, fits: Callable[[str], bool]) -> str:
    """The colour nearest to this one that is at least so far from all others in every kind of vision; itself where there is none."""
    tries = sorted((distance(colour, c), c) for c in _wheel() if fits(c))
    return next((c for _, c in tries if all(nearness(c, other) >= least for other in others)), colour)


def _wheel() -> Iterator[str]:
    for light in range(28, 62, 3):
        for chroma in (0.02, 0.06, 0.1, 0.14):
            for hue in range(0, 360, 15):
                yield shade(light / 100, chroma, hue)
