"""The state of a preview: the pages of the last reading that gave some, and the findings of the newest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulletin.errors import BulletinError, ConfigError, DataError
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.check import Checked, check
from bulletin.pipeline.inputs import digests
from bulletin.pipeline.kept import Kept
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.preview.changes import changed_blocks
from bulletin.pipeline.preview.pages import Pages
from bulletin.pipeline.progress import silent

UNPROTECTED = "suppression-impossible"
"""What is to be hidden could not be: nothing is shown."""


@dataclass(frozen=True)
class State:
    number: int = 0
    """Of readings that found something new."""
    pages: Pages | None = None
    newest: bool = True
    """Whether the pages are those of the newest reading; else it failed, and the pages are of the last one that did not."""
    findings: tuple[Finding, ...] = ()
    """Of the newest reading. They are for whoever has the data: figures that the pages hide may stand in them."""
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language to the ids of what the newest pages say otherwise than those before."""
    inputs: Mapping[str, str] | None = None
    """Digests of the files that were read; None where they are not known."""


Record = Callable[[BaseException], str]
"""Keeps the details of a failure; gives the file in which they are."""


def refreshed(before: State, root: Path, languages: Sequence[str], kept: Kept, record: Record) -> State:
    """The state after the files of the project are read anew; the same one where none has changed. Never raises for what a user may
    do: whatever is wrong stands among the findings, and the last pages stay. Writes nothing but to the cache of `kept`."""
    inputs = digests(root)
    if inputs is not None and inputs == before.inputs:
        return before
    number = before.number + 1
    try:
        checked = check(root, silent, languages, kept)
        pages = _pages(checked, kept, before.pages)
    except BulletinError as error:
        return replace(before, number=number, newest=False, findings=error.findings, changed={}, inputs=inputs)
    except Exception as error:
        said = {"reason": str(error) or type(error).__name__, "file": record(error)}
        found = Finding("preview-failed", Severity.ERROR, parameters=said)
        return replace(before, number=number, newest=False, findings=(found,), changed={}, inputs=inputs)
    changed = changed_blocks(before.pages.webs, pages.webs) if before.pages else {}
    return State(number, pages, True, checked.findings, changed, inputs)


def _pages(checked: Checked, kept: Kept, former: Pages | None) -> Pages:
    if any(f.rule == UNPROTECTED for f in checked.findings) or (former and _unread(checked.prepared) - _unread(former.prepared)):
        raise DataError(checked.findings)
    pages = Pages(checked.prepared, checked.composed, kept, former)
    if not pages.webs:
        raise ConfigError([Finding("preview-leaflet", Severity.ERROR), *checked.findings])
    pages.draw()  # now, so that what cannot be drawn is told like any other fault
    return pages


def _unread(prepared: Prepared) -> set[str]:
    """Data files of which nothing could be taken up: half saved, open elsewhere."""
    return {account.file for account in prepared.accounting if account.unread}
