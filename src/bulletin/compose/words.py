"""What the narrative of one language is made from, and how a template can fail."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from bulletin.model.finding import Parameter
from bulletin.model.glossary import Term
from bulletin.model.locale import NO_BREAK, Locale
from bulletin.model.narration import Narration
from bulletin.model.outline import TextTableSpec

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.environment import TemplateModule

    from bulletin.compose.context import Context
    from bulletin.compose.facts import FactBook
    from bulletin.compose.lookup import Lookup
    from bulletin.compose.ready_line import ReadyLine


@dataclass(frozen=True)
class WordsContext:
    """What the narrative of one language is made from."""

    lookup: Lookup
    facts: FactBook
    locale: Locale
    patterns: str
    """Source of this language's sentence patterns."""
    glossary: tuple[Term, ...] = ()
    exhibits: frozenset[str] | None = None
    """Ids of the tables and charts of the edition; None: not checked."""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What can be counted beside codes and places: id of a table of words to its stubs; `chapters`, `languages`."""
    narration: Narration = field(default_factory=Narration)
    previous: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Of the last build: id of a hand-written claim to the figures on which it rested, by key."""

    lenders: Mapping[str, WordsContext] = field(default_factory=dict)
    """Languages that lend paragraphs and sentences to this one, where it is not complete."""
    recorded: str = ""
    """The language under which figures and claims are recorded, when it is another one: that of the page."""
    ready: Mapping[str, ReadyLine] = field(default_factory=dict)
    """Lines of this language that have been made ready; any other is when it is said."""
    compiled: bytes = b""
    """The patterns compiled, where that has been done."""

    @property
    def language(self) -> str:
        return self.locale.language

    @classmethod
    def of(cls, context: Context) -> WordsContext:
        project = context.project
        exhibits = frozenset(
            str(name)
            for chapter in project.outline.chapters
            for section in chapter.sections
            for item in section.items
            for name in (getattr(item, "table", ""), getattr(item, "text_table", ""), getattr(item, "chart", ""))
            if name
        )
        patterns = project.patterns[context.language]
        return cls(
            context.lookup,
            context.facts,
            context.locale,
            patterns,
            project.glossary,
            exhibits,
            _lists(context),
            project.narration,
        )


def _lists(context: Context) -> Mapping[str, tuple[str, ...]]:
    project = context.project
    chapters = project.outline.chapters
    items = [i for c in chapters for s in c.sections for i in s.items if isinstance(i, TextTableSpec)]
    return {
        **{i.text_table: tuple(context.said(row[0]) for row in i.rows) for i in items},
        "chapters": tuple(c.chapter for c in chapters if c.numbered and not c.front and not c.annex),
        "languages": project.edition.languages,
    }


@lru_cache(maxsize=8)
def load_macros(source: str, compiled: bytes = b"") -> TemplateModule:
    """Once per language: every chapter uses the same macros, which keep no state. `compiled`: what `compile_macros` gave."""
    environment = _macro_environment()
    if not compiled:
        return environment.from_string(source).module
    return restored(compiled, environment).module


def restored(compiled: bytes, environment: Environment) -> Template:
    """From the code that `environment` compiled, as bytes."""
    return environment.template_class.from_code(environment, marshal.loads(compiled), environment.make_globals(None))


def compile_macros(source: str) -> bytes:
    """Empty for patterns that cannot be read, which loading them tells."""
    from jinja2 import TemplateSyntaxError

    try:
        return marshal.dumps(_macro_environment().compile(source))
    except TemplateSyntaxError:
        return b""


def _macro_environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.globals["NB"] = NO_BREAK
    return environment


class MissingError(Exception):
    """A value does not exist: the sentence that uses it is left out."""


class FaultError(Exception):
    """A template asks for something that cannot be: becomes a finding with the file and line."""

    def __init__(self, rule: str, **parameters: Parameter) -> None:
        super().__init__(rule)
        self.rule = rule
        self.parameters = parameters
