"""The state of a preview: the pages of the last reading that gave some, and the findings of the newest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulletin.errors import BulletinError, ConfigError, DataError
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.check import found_in
from bulletin.pipeline.edit import Composed, compose_words, concluded, set_off
from bulletin.pipeline.inputs import digests
from bulletin.pipeline.kept import Kept
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.preview.changes import changed_blocks
from bulletin.pipeline.preview.pages import Pages
from bulletin.pipeline.progress import silent
from bulletin.pipeline.translations import agreed

UNPROTECTED = "suppression-impossible"
"""What is to be hidden could not be: nothing is shown."""


@dataclass(frozen=True)
class State:
    number: int = 0
    """Of readings that found something new."""
    pages: Pages | None = None
    newest: bool = True
    """Whether the pages are those of the newest reading; else it failed, and the pages are of the last one that did not."""
    whole: bool = True
    """Whether the reading is finished: before, the pages in one language are there, and the findings are those of the reading before."""
    findings: tuple[Finding, ...] = ()
    """They are for whoever has the data: figures that the pages hide may stand in them."""
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language to the ids of what the newest pages say otherwise than those before."""
    inputs: Mapping[str, str] | None = None
    """Digests of the files that were read; None where they are not known."""


Record = Callable[[BaseException], str]
"""Keeps the details of a failure; gives the file in which they are."""


def readings(before: State, root: Path, languages: Sequence[str], kept: Kept, record: Record, seen: str = "") -> Iterator[State]:
    """The states after the files of the project are read anew, the last of them whole; none where no file has changed. Never raises for
    what a user may do: whatever is wrong stands among the findings, and the last pages stay. Writes nothing but to the cache of `kept`.

    `seen`: path of the page that somebody looks at; it and its language come first.
    """
    inputs = digests(root)
    if inputs is not None and inputs == before.inputs:
        return
    number, kept = before.number + 1, replace(kept, made={}, found={})

    def failed(findings: tuple[Finding, ...]) -> State:
        return replace(before, number=number, newest=False, findings=findings, changed={}, inputs=inputs)

    try:
        for pages, findings in _made(before.pages, root, languages, kept, seen):
            pages.file(seen)
            changed = changed_blocks(before.pages.webs, pages.webs) if before.pages else {}
            whole = findings is not None
            yield State(number, pages, True, whole, before.findings if findings is None else findings, changed, inputs)
    except BulletinError as error:
        yield failed(error.findings)
    except Exception as error:
        said = {"reason": str(error) or type(error).__name__, "file": record(error)}
        yield failed((Finding("preview-failed", Severity.ERROR, parameters=said),))


def refreshed(before: State, root: Path, languages: Sequence[str], kept: Kept, record: Record, seen: str = "") -> State:
    """The last of `readings`; the same state where no file has changed."""
    return [before, *readings(before, root, languages, kept, record, seen)][-1]


def _made(
    former: Pages | None, root: Path, languages: Sequence[str], kept: Kept, seen: str
) -> Iterator[tuple[Pages, tuple[Finding, ...] | None]]:
    """Pages as soon as there are some, at last with the findings."""
    prepared = prepare(root, silent, tuple(languages), kept=kept)
    unread = _unread(prepared) - _unread(former.prepared) if former else set()
    if unread or any(f.rule == UNPROTECTED for f in prepared.findings):
        raise DataError(prepared.findings)
    if prepared.project.alone:
        raise ConfigError([Finding("preview-leaflet", Severity.ERROR), *prepared.findings])
    several = len(prepared.project.locales) > 1
    pages = _in_one_language(prepared, former, kept, seen) if several else None
    if pages:
        yield pages, None
    said = compose_words(prepared, kept)
    said = replace(said, documents=set_off(prepared, said, agreed(prepared.project)))
    pages = _drawn(prepared, said, kept, pages or former)
    if not several:
        yield pages, None
    yield pages, found_in(prepared, concluded(prepared, said), whole=not languages)


def _in_one_language(prepared: Prepared, former: Pages | None, kept: Kept, seen: str) -> Pages | None:
    """New pages in the language of `seen`, those before in the others. What a language has in common with the others (which sentences
    of an alternative text there is room for in all of them) follows with the whole."""
    locales = prepared.project.locales
    if former is None or list(former.webs) != list(locales):
        return None
    language = next((n for n in locales if seen.startswith(f"{n}/")), next(iter(locales)))
    own = replace(prepared, project=replace(prepared.project, locales={language: locales[language]}))
    try:
        said = compose_words(own, kept)
    except BulletinError:
        return None  # told with the faults of all languages
    documents = {**former.composed.documents, **set_off(own, said, agreed(prepared.project))}
    return _drawn(prepared, replace(said, documents=documents), kept, former)


def _drawn(prepared: Prepared, composed: Composed, kept: Kept, former: Pages | None) -> Pages:
    """Now, so that what cannot be drawn is told like any other fault."""
    pages = Pages(prepared, composed, kept, former)
    pages.draw()
    return pages


def _unread(prepared: Prepared) -> set[str]:
    """Data files of which nothing could be taken up: half saved, open elsewhere."""
    return {account.file for account in prepared.accounting if account.unread}
