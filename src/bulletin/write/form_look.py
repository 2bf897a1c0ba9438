"""Cell formats of a collection form, from the colours of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulletin.model.theme import Theme


def mixed(colour: str, ground: str, share: float) -> str:
    """`share` of one colour on another, as `#RRGGBB`."""
    pairs = [(int(colour[k : k + 2], 16), int(ground[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


class Look:
    """Formats by name, each made once."""

    def __init__(self, book: Any, theme: Theme) -> None:
        self.book = book
        self.made: dict[tuple[str, int, str], Any] = {}
        self.named = _formats(theme)

    def __call__(self, name: str, *, indent: int = 0, number: str = "") -> Any:
        key = (name, indent, number)
        if key not in self.made:
            properties = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter", **self.named[name]}
            if indent:
                properties["indent"] = indent * 2
            if number:
                properties["num_format"] = number
            self.made[key] = self.book.add_format(properties)
        return self.made[key]


def _formats(theme: Theme) -> dict[str, dict[str, object]]:
    c = theme.colour
    line: dict[str, object] = {"border": 1, "border_color": c.hair}
    field = {"bg_color": mixed(c.accent_fill, c.paper, 0.13), "border": 1, "border_color": c.rule, "locked": False}
    old: dict[str, object] = {"font_color": c.ink_2, "bg_color": c.tint, **line}
    head: dict[str, object] = {"bold": True, "font_color": c.on_brand, "bg_color": c.brand, "text_wrap": True, "align": "center"}
    head |= {"border": 1, "border_color": c.on_brand_2}
    return {
        "title": {"bold": True, "font_size": 16, "font_color": c.brand},
        "subtitle": {"font_size": 12, "italic": True, "font_color": c.ink_2},
        "quiet": {"font_color": c.ink_2},
        "fact": {"bold": True, "font_color": c.ink},
        "warning": {"bold": True, "font_color": c.on_brand, "bg_color": c.accent, "text_wrap": True},
        "warning_line": {"bold": True, "font_color": c.accent},
        "section": {"bold": True, "font_size": 12, "font_color": c.brand, "bottom": 1, "bottom_color": c.rule},
        "section_right": {"bold": True, "font_color": c.brand, "bottom": 1, "bottom_color": c.rule, "align": "left"},
        "text": {"text_wrap": True, "font_color": c.ink},
        "prose": {"text_wrap": True, "font_color": c.ink, "valign": "top", **line},
        "step": {"bold": True, "font_color": c.brand, "align": "center", "valign": "top", **line},
        "link": {"font_color": c.brand, "underline": 1, "align": "center"},
        "count": {"align": "left", "font_color": c.ink_2},
        "head": head,
        "head_left": {**head, "align": "left"},
        "head_old": {**head, "bg_color": c.ink_2},
        "head_new": {**head, "bg_color": c.accent},
        "band": {"bold": True, "font_size": 11, "font_color": c.brand_deep, "bg_color": mixed(c.brand, c.paper, 0.14)},
        "definition": {"font_size": 9, "italic": True, "font_color": c.ink_2, "text_wrap": True, "valign": "top"},
        "code": {"font_size": 9, "font_color": c.ink_2, "shrink": True, **line},
        "label": {"text_wrap": True, "font_color": c.ink, **line},
        "total": {"text_wrap": True, "bold": True, "font_color": c.ink, **line},
        "previous": old,
        "previous_text": {**old, "align": "center", "font_size": 9},
        "input": {**field, "font_color": c.ink},
        "input_text": {**field, "font_color": c.ink, "text_wrap": True, "num_format": "@"},
        "total_input": {**field, "bg_color": mixed(c.accent_fill, c.paper, 0.3), "bold": True, "font_color": c.ink},
        "closed": {"pattern": 4, "fg_color": c.hair, "bg_color": c.paper, **line},
        "check": {"bold": True, "font_color": c.accent, "align": "center"},
        "fault": {"bg_color": c.accent, "font_color": c.on_brand},
        "fault_rule": {"bg_color": c.accent, "font_color": c.on_brand, "bold": True},
    }
