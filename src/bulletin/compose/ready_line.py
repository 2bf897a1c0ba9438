"""A line of narrative made ready: parsed, looked at and compiled, all that can be done before any value is known."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.compose.template_check import (
    asked_indicators,
    claims_in,
    has_words,
    parsed,
    refused_in,
    unbound_in,
    words_environment,
)
from bulletin.compose.words import restored
from bulletin.model.narration import Lexicon
from bulletin.model.project import ParagraphTemplate

if TYPE_CHECKING:
    from jinja2 import Environment, Template


@dataclass(frozen=True)
class ReadyLine:
    code: bytes
    """Compiled; empty where the template cannot be compiled."""
    indicators: tuple[str, ...]
    """Asked of functions."""
    words: tuple[str, ...]
    """Typed by hand, which state something of figures, without a claim."""
    numbers: tuple[str, ...]
    claims: int
    """As many as the line can make."""
    has_words: bool


def ready_lines(templates: Iterable[ParagraphTemplate], lexicon: Lexicon | None) -> dict[str, ReadyLine]:
    """Every line of the paragraphs that is not refused."""
    environment = words_environment()
    lines = {line for template in templates for line in lines_of(template.text)}
    made = {line: ready_line(line, environment, lexicon) for line in sorted(lines)}
    return {line: found for line, found in made.items() if found is not None}


def lines_of(text: str) -> tuple[str, ...]:
    """As they are rendered: without what makes a bullet of one."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    bullets = text.lstrip().startswith("- ")
    return tuple(line[2:] if bullets and line.startswith("- ") else line for line in lines)


def ready_line(line: str, environment: Environment, lexicon: Lexicon | None) -> ReadyLine | None:
    """None for a line that is refused; that it asks for an indicator that is none is not known here."""
    tree = parsed(line, environment)
    if tree is None or any(True for _ in refused_in(tree)):
        return None
    words, numbers = unbound_in(tree, lexicon)
    asked, claims, said = tuple(asked_indicators(tree)), claims_in(tree), has_words(tree)
    try:
        code = marshal.dumps(environment.compile(tree))
    except Exception:  # told when the line is rendered
        code = b""
    return ReadyLine(code, asked, words, numbers, claims, said)


def template_of(line: str, ready: ReadyLine, environment: Environment) -> Template:
    """Raises what Jinja raises for a template that cannot be compiled."""
    return restored(ready.code, environment) if ready.code else environment.from_string(line)
