"""What a preview adds to a page of the web edition: a script and a style of its own, which the published page never has."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from bulletin.shipped import shipped

if TYPE_CHECKING:
    from bulletin.model.theme import Theme

OWN = "_preview"
"""Folder of what belongs to the preview; no language is called that."""
ALLOWED = "; connect-src 'self'"
"""What a page may do in a preview beyond what it may do when published: ask the preview for news."""
_ASKED = re.compile(r"var\(--([\w-]+),")
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content="[^"]*)')


def dressed(page: bytes, path: str, digest: str) -> bytes:
    """`path` and `digest`: of the page as it is without."""
    allowed = _POLICY.sub(lambda found: found[1] + escape(ALLOWED).encode(), page, count=1)
    return allowed.replace(b"</head>", _added(path, digest) + b"</head>", 1)


def waiting(language: str, title: str, path: str) -> bytes:
    """In place of a page that is not there, or not yet."""
    from bulletin.write.web import POLICY

    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY + ALLOWED)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{_added(path, '').decode()}</head>\n"
        f'<body class="preview-waiting">\n<main><h1>{escape(title)}</h1></main>\n</body>\n</html>\n'
    ).encode()


def style(theme: Theme | None) -> bytes:
    """In the colours and faces of the edition; None where no edition could be read yet: in those of the browser."""
    from bulletin.write.look import properties
    from bulletin.write.web.faces import own_name

    css = shipped("bulletin_templates", "preview", "preview.css").read_text(encoding="utf-8")
    values = properties(theme) if theme else {}
    asked = (name for name in dict.fromkeys(_ASKED.findall(css)) if name in values)
    return f":root {{ {'; '.join(f'--{name}: {own_name(values[name])}' for name in asked)} }}\n{css}".encode()


def _added(path: str, digest: str) -> bytes:
    return (
        f'<link rel="stylesheet" href="/{OWN}/preview.css">\n'
        f'<script src="/{OWN}/preview.js" data-path="{escape(path)}" data-page="{escape(digest)}" defer></script>\n'
    ).encode()
