"""Markdown of the documentation as markup of the library: links and pictures found, heads named, tables that scroll and are read aloud."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)


@dataclass(frozen=True)
class Head:
    id: str
    title: str
    level: int


@dataclass(frozen=True)
class Article:
    markup: str
    heads: tuple[Head, ...]
    words: str
    """Its first paragraph as plain text."""


@dataclass(frozen=True)
class Picture:
    address: str
    width: int
    height: int
    """In pixels; 0: not known."""


def article(text: str, pages: Mapping[str, str], pictures: Mapping[str, Picture], title: str) -> Article:
    """`pages`: name of a Markdown file to its address; a link to a file that is not among them becomes plain words. Markup in the text
    is shown as text. `title`: of the page, which names tables before its first head."""
    reader = _reader()
    tokens = reader.parse(text)
    heads = tuple(_named(tokens))
    tokens = _tables(tokens, title)
    for token in tokens:
        token.children = _linked(token.children or [], pages, pictures)
    for token in tokens:
        if token.type in ("fence", "code_block"):
            token.info = ""
    # empty lines of a command stay where a page loses its own
    markup = _PRE.sub(lambda found: found[0].replace("\n", "&#10;"), reader.renderer.render(tokens, reader.options, {}))
    return Article(markup, heads, _opening(tokens))


def slug(title: str, taken: set[str]) -> str:
    """As the hosts of repositories make them, so that a link into a page holds there and here."""
    found = re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", title).lower()).strip().replace(" ", "-") or "part"
    name, number = found, 1
    while name in taken:
        name, number = f"{found}-{number}", number + 1
    taken.add(name)
    return name


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _plain(token: Token) -> str:
    """Words of a line of text."""
    return "".join(" " if c.type in ("softbreak", "hardbreak") else c.content for c in token.children or [])


def _opening(tokens: Sequence[Token]) -> str:
    at = next((n for n, token in enumerate(tokens) if token.type == "paragraph_open"), None)
    return "" if at is None else _plain(tokens[at + 1])


def _named(tokens: Sequence[Token]) -> Iterator[Head]:
    taken = {"main"}
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            title = _plain(tokens[at + 1])
            name = slug(title, taken)
            token.attrSet("id", name)
            yield Head(name, title, int(token.tag[1]))


def _linked(children: Sequence[Token], pages: Mapping[str, str], pictures: Mapping[str, Picture]) -> list[Token]:
    found: list[Token] = []
    kept: list[bool] = []
    for token in children:
        if token.type == "link_open":
            address = _address(str(token.attrGet("href") or ""), pages)
            kept.append(address is not None)
            if address is None:
                continue
            token.attrSet("href", address)
        elif token.type == "link_close" and not kept.pop():
            continue
        elif token.type == "image":
            picture = pictures[unquote(str(token.attrGet("src")))]
            token.attrs = {"src": picture.address, "alt": "", "loading": "lazy"}
            if picture.width:
                token.attrs |= {"width": picture.width, "height": picture.height}
        found.append(token)
    return found


def _address(target: str, pages: Mapping[str, str]) -> str | None:
    if "://" in target or target.startswith("#"):
        return target
    path, sign, part = target.partition("#")
    page = pages.get(unquote(path))
    return None if page is None else f"{page}{sign}{part}"


def _tables(tokens: Sequence[Token], head: str) -> list[Token]:
    """Tables that scroll; heads of columns and, where there are none, of rows. An empty head is no head."""
    found: list[Token] = []
    bare = False
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open":
            head = _plain(tokens[at + 1])
        if token.type == "table_open":
            end = next(n for n in range(at, len(tokens)) if tokens[n].type == "thead_close")
            bare = not any(t.content for t in tokens[at:end] if t.type == "inline")
            found += [_made(f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(head)}">'), token]
            at = end + 1 if bare else at + 1
            continue
        if token.type == "th_open":
            if tokens[at + 1].content:
                token.attrSet("scope", "col")
            else:
                token.tag = tokens[at + 2].tag = "td"
        elif token.type == "td_open" and bare and tokens[at - 1].type == "tr_open":
            token.tag = tokens[at + 2].tag = "th"
            token.attrSet("scope", "row")
        token.attrs.pop("style", None)
        found.append(token)
        if token.type == "table_close":
            found.append(_made("</div>"))
        at += 1
    return found


def _made(markup: str) -> Token:
    from markdown_it.token import Token

    return Token("html_block", "", 0, content=markup)
