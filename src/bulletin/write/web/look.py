"""The style sheet of a web edition, with the theme in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.shipped import shipped
from bulletin.write.look import themed
from bulletin.write.web.faces import own_name

if TYPE_CHECKING:
    from bulletin.model.theme import Theme


def style_sheet(theme: Theme) -> bytes:
    """Colours and faces are those of print; sizes are those of a screen."""
    css = shipped("bulletin_templates", "web", "web.css").read_text(encoding="utf-8")
    return own_name(themed(css, theme)).encode()


def body_class(theme: Theme) -> str:
    return f"head-{theme.table_head} label-{theme.exhibit_label}{' strip' if theme.page_strip else ''}"
