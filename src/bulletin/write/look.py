"""The theme in the style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from bulletin.model.theme import Print

if TYPE_CHECKING:
    from bulletin.model.theme import Theme

VARIABLE = re.compile(r"var\(--([\w-]+)\)")

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

LONG = 32 / 38
"""A long title of the cover, as a share of an ordinary one."""

BOX = 0.95
"""Text of a box, as a share of ordinary text."""


def themed(css: str, theme: Theme) -> str:
    """A style sheet with the theme's values in place of `var(--name)`: the renderer would look each of them up for every element anew.
    Other custom properties stay."""
    values = properties(theme)
    return VARIABLE.sub(lambda m: values.get(m[1], m[0]), css)


def properties(theme: Theme) -> dict[str, str]:
    """What a style sheet may ask for by `var(--name)`; a face that lacks a sign takes it from the text face, never from the machine."""
    faces = {"text": theme.font.text, "display": theme.font.display, "heading": theme.font.heading, "figures": theme.font.figures}
    found = {name: ", ".join(dict.fromkeys([quoted(face), quoted(theme.font.text)])) for name, face in faces.items()}
    for name in (
        "ink", "ink_2", "rule", "hair", "tint", "paper", "brand", "brand_deep", "on_brand", "on_brand_2", "accent", "accent_fill",
    ):  # fmt: skip
        colour = getattr(theme.colour, name)
        if not COLOUR.fullmatch(colour):
            raise ValueError(f"{name}: {colour}")
        found[dashed(name)] = colour
    for name, role in sizes(theme):
        found[name], found[f"{name}-line"] = f"{role.size:g}pt {role.line:g}mm".split(" ")
    space = theme.spacing
    return found | {
        "paragraph": f"{space.paragraph:g}mm",
        "exhibit-space": f"{space.exhibit:g}mm",
        "section-space": f"{space.section:g}mm",
    }


def sizes(theme: Theme) -> Iterator[tuple[str, Print]]:
    for field in fields(theme.type):
        role = getattr(theme.type, field.name)
        if isinstance(role, Print):
            yield dashed(field.name), role
    cover, body = theme.type.cover, theme.type.body
    yield "cover-long", Print(cover.size * LONG, round(cover.line * LONG + 0.2))
    yield "box", Print(body.size * BOX, body.line * BOX)


def dashed(name: str) -> str:
    return name.replace("_", "-")


def quoted(face: str) -> str:
    return '"' + re.sub(r"[^\w .-]", "", face) + '"'
