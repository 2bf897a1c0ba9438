"""Applies a reviewer's edits to a document with LibreOffice, through the commands a user would give; runs in the system's Python.

Usage: edit.py PIPE, with jobs as lines of JSON on standard input: {"source", "target", "operations": [[name, {...}], ...]}.
Each answer is a line of JSON: {"seconds"} or {"error"}.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}


def properties(**values: Any) -> tuple[Any, ...]:
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + 600
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class Desk:
    """One document at a time, as a reviewer has it on the screen."""

    def __init__(self, pipe: str) -> None:
        self.context = connected(pipe)
        self.manager = self.context.ServiceManager
        self.desktop = self.create("com.sun.star.frame.Desktop")
        self.dispatcher = self.create("com.sun.star.frame.DispatchHelper")
        self.toolkit = self.create("com.sun.star.awt.Toolkit")
        self.document: Any = None

    def create(self, name: str) -> Any:
        return self.manager.createInstanceWithContext(name, self.context)

    def command(self, name: str, **values: Any) -> None:
        self.dispatcher.executeDispatch(self.document.CurrentController.Frame, f".uno:{name}", "", 0, properties(**values))

    # Files

    def open(self, path: str) -> None:
        self.document = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, properties())

    def save(self, path: str) -> None:
        self.document.storeToURL(Path(path).as_uri(), properties(FilterName=FILTERS[Path(path).suffix]))

    def close(self) -> None:
        self.document.close(True)
        self.document = None

    def reopen(self, path: str) -> None:
        """Saves under a name, perhaps in another format, and goes on with what was saved."""
        self.save(path)
        self.close()
        self.open(path)

    # Settings

    def author(self, name: str) -> None:
        first, _, last = name.partition(" ")
        provider = self.create("com.sun.star.configuration.ConfigurationProvider")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess", properties(nodepath="/org.openoffice.UserProfile/Data")
        )
        access.setPropertyValue("givenname", first)
        access.setPropertyValue("sn", last)
        access.commitChanges()

    def record(self, on: bool) -> None:
        self.document.RecordChanges = on

    # Places

    def at(self, mark: str = "", text: str = "", nth: int = 0, cell: str = "") -> Any:
        """Words in the document: `text`, its `nth` time after the start of the paragraph that has a bookmark, or of a cell in the
        table that has it in another; the whole paragraph without a text."""
        search = self.document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = text or ".", True
        start = self.document.Text.Start
        # Searching also leaves a comment that was just written, which would take the next command for an answer to it.
        self.document.findNext(start, search)
        if mark:
            anchor = self.document.Bookmarks.getByName(mark).Anchor
            place = anchor.TextTable.getCellByName(cell).Start if cell else anchor.Start
            within = place.Text.createTextCursorByRange(place)
            within.gotoStartOfParagraph(False)
            start = within.Start
            if not text:
                within.gotoEndOfParagraph(True)
                return within
        found = self.document.findNext(start, search)
        for _ in range(nth):
            found = self.document.findNext(found.End, search)
        if found is None:
            raise LookupError(text)
        return found

    def select(self, place: Any) -> None:
        self.document.CurrentController.select(place)

    def paragraph(self, **place: Any) -> Any:
        """All words of the paragraph in which a place lies."""
        found = self.at(**place)
        cursor = found.Text.createTextCursorByRange(found.Start)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        return cursor

    def whole(self, **place: Any) -> Any:
        """A paragraph with its end."""
        cursor = self.paragraph(**place)
        cursor.goRight(1, True)
        return cursor

    # What a user does

    def type(self, words: str, **place: Any) -> None:
        """In front of a place."""
        self.select(self.at(**place).Start)
        self.command("InsertText", Text=words)

    def append(self, words: str, **place: Any) -> None:
        """Behind a place."""
        self.select(self.at(**place).End)
        self.command("InsertText", Text=words)

    def overwrite(self, words: str, **place: Any) -> None:
        self.delete(**place)
        self.command("InsertText", Text=words)

    def delete(self, **place: Any) -> None:
        self.select(self.at(**place))
        self.command("Delete")

    def replace(self, words: str, **place: Any) -> None:
        """Types over a whole paragraph."""
        self.select(self.paragraph(**place))
        self.command("Delete")
        self.command("InsertText", Text=words)

    def enter(self, **place: Any) -> None:
        """Splits a paragraph in front of a place."""
        self.select(self.at(**place).Start)
        self.command("InsertPara")

    def new(self, words: str, **place: Any) -> None:
        """A new paragraph after one."""
        self.select(self.paragraph(**place).End)
        self.command("InsertPara")
        self.command("InsertText", Text=words)

    def join(self, **place: Any) -> None:
        """Deletes the end of a paragraph."""
        self.select(self.paragraph(**place).End)
        self.command("Delete")

    def remove(self, **place: Any) -> None:
        self.select(self.whole(**place))
        self.command("Delete")

    def move(self, before: dict[str, Any], **place: Any) -> None:
        """Cuts a paragraph and pastes it in front of another."""
        self.select(self.whole(**place))
        self.command("Cut")
        self.select(self.paragraph(**before).Start)
        self.command("Paste")

    def carry(self, to: dict[str, Any], **place: Any) -> None:
        """Cuts words and pastes them in front of a place."""
        self.select(self.at(**place))
        self.command("Cut")
        self.select(self.at(**to).Start)
        self.command("Paste")

    def copy(self, before: dict[str, Any], **place: Any) -> None:
        self.select(self.whole(**place))
        self.command("Copy")
        self.select(self.paragraph(**before).Start)
        self.command("Paste")

    def comment(self, words: str, author: str = "", **place: Any) -> None:
        self.select(self.at(**place))
        named = {"Author": author} if author else {}
        self.command("InsertAnnotation", Text=words, **named)
        # The comment takes the keyboard a moment later: only then can it be left again (see `at`).
        self.toolkit.processEventsToIdle()
        if words not in self.comments():
            raise RuntimeError(f"the comment was not set: {words}")

    def resolve(self, words: str) -> None:
        self.comments()[words].Resolved = True

    def comments(self) -> dict[str, Any]:
        """By their words."""
        found = {}
        fields = self.document.TextFields.createEnumeration()
        while fields.hasMoreElements():
            one = fields.nextElement()
            if one.supportsService("com.sun.star.text.textfield.Annotation"):
                found[one.Content] = one
        return found

    def press(self, command: str, **place: Any) -> None:
        """Any command by its name: Bold, DeleteRows, AcceptAllTrackedChanges."""
        if place:
            self.select(self.at(**place))
        self.command(command)


def run(desk: Desk, job: dict[str, Any]) -> None:
    actions: dict[str, Callable[..., None]] = {
        name: getattr(desk, name)
        for name in (
            "append", "author", "carry", "comment", "copy", "delete", "enter", "join", "move", "new", "overwrite", "press", "record", "remove",
            "reopen", "replace", "resolve", "type",
        )
    }  # fmt: skip
    desk.open(job["source"])
    try:
        for name, values in job["operations"]:
            if isinstance(values, dict):
                actions[name](**values)
            else:
                actions[name](values)
        desk.save(job["target"])
    finally:
        if desk.document is not None:
            desk.close()


def main() -> None:
    desk = Desk(sys.argv[1])
    for line in sys.stdin:
        started = time.monotonic()
        try:
            run(desk, json.loads(line))
            answer: dict[str, Any] = {"seconds": time.monotonic() - started}
        except Exception:
            answer = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
