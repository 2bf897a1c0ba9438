"""The theme as custom properties of the style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from bulletin.model.theme import Print

if TYPE_CHECKING:
    from bulletin.model.theme import Theme

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

LONG = 32 / 38
"""A long title of the cover, as a share of an ordinary one."""

BOX = 0.95
"""Text of a box, as a share of ordinary text."""


def root(theme: Theme) -> str:
    """Custom properties of the theme; a face that lacks a sign takes it from the text face, never from the machine."""
    faces = {"text": theme.font.text, "display": theme.font.display, "heading": theme.font.heading, "figures": theme.font.figures}
    lines = [f"--{name}: {', '.join(dict.fromkeys([quoted(face), quoted(theme.font.text)]))};" for name, face in faces.items()]
    for name in (
        "ink", "ink_2", "rule", "hair", "tint", "paper", "brand", "brand_deep", "on_brand", "on_brand_2", "accent", "accent_fill",
    ):  # fmt: skip
        colour = getattr(theme.colour, name)
        if not COLOUR.fullmatch(colour):
            raise ValueError(f"{name}: {colour}")
        lines.append(f"--{dashed(name)}: {colour};")
    for name, role in sizes(theme):
        lines.append(f"--{name}: {role.size:g}pt; --{name}-line: {role.line:g}mm;")
    space = theme.spacing
    lines.append(
        f"--paragraph: {space.paragraph:g}mm; --exhibit-space: {space.exhibit:g}mm; --section-space: {space.section:g}mm;"
    )
    return ":root { " + " ".join(lines) + " }"


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
