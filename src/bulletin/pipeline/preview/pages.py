"""The files of a web edition as `build --format html` would write them, each made when somebody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bulletin.document.web import Web
from bulletin.document.workbook import Workbook
from bulletin.pipeline.companions import companions, long_tables
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.kept import Kept
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.produce import images_of, name_of
from bulletin.pipeline.progress import silent
from bulletin.pipeline.web import FILES, downloads

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.model.theme import Theme
    from bulletin.write.web import Around
    from bulletin.write.web.exhibits import Beside

START = "index.html"


@dataclass
class TableFiles:
    """Files of tables made so far: a table that is the same, in an edition that says the same of itself, has the same files."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    known: dict[tuple[str, str, str], tuple[Workbook, Theme, bytes]] = field(default_factory=dict)

    def made(self, book: Workbook, theme: Theme, kind: str, make: Callable[[Workbook, Theme], bytes]) -> bytes:
        key = (book.language, book.tables[0].id, kind)
        known = self.known.get(key)
        if known is None or known[:2] != (book, theme):
            known = self.known[key] = (book, theme, make(book, theme))
        return known[2]


class Pages:
    """Paths are those inside the folder of the web edition. `former`: pages of an earlier reading, whose tables may be the same."""

    def __init__(self, prepared: Prepared, composed: Composed, kept: Kept, former: Pages | None = None) -> None:
        self.prepared, self.composed = prepared, composed
        self.webs = {c.language: c for c in companions(prepared, composed, ("html",)) if isinstance(c, Web)}
        self._tables: TableFiles = former._tables if former else TableFiles()
        self._kept = kept
        self._made: dict[str, bytes] = {}
        self._around: dict[str, Around] = {}
        self._images: dict[str, Mapping[str, Image]] = {}
        self._assets: dict[str, Mapping[str, bytes]] = {}
        self._beside: dict[str, Mapping[str, tuple[str, str]]] = {}
        self._workbooks: tuple[tuple[str, str, bytes], ...] | None = None

    def file(self, path: str) -> bytes | None:
        """None where the edition has no such file."""
        with self._tables.lock:
            found = self._made.get(path)
            if found is None and (found := self._file(path)) is not None:
                self._made[path] = found
            return found

    def paths(self) -> tuple[str, ...]:
        """Of every file."""
        with self._tables.lock:
            found = [START] if self.webs else []
            for language in self.webs:
                names = (START, *self.names(language), *self._shared(language), *self._files(language))
                found += [f"{language}/{name}" for name in names]
            return (*found, *(f"{FILES}/{name}" for name, _, _ in self._long()))

    def draw(self) -> None:
        """All charts. Raises ConfigError where one cannot be drawn."""
        for language in self.webs:
            self._drawn(language)

    def names(self, language: str) -> tuple[str, ...]:
        """Of the chapters' pages."""
        return tuple(page.name for page in self.around(language).pages)

    def around(self, language: str) -> Around:
        from bulletin.write.web import Around

        with self._tables.lock:
            if language not in self._around:
                web = self.webs[language]
                self._around[language] = Around(web, self._theme, self._drawn(language), partial(self._said, language))
            return self._around[language]

    @property
    def _theme(self) -> Theme:
        return self.prepared.project.theme

    def _file(self, path: str) -> bytes | None:
        from bulletin.write.web import write_index, write_page, write_start

        webs = tuple(self.webs.values())
        if path == START and webs:
            return write_start(webs, self._theme, self._shared(webs[0].language))
        folder, _, name = path.partition("/")
        if folder == FILES:
            return next((data for known, _, data in self._long() if known == name), None)
        if folder not in self.webs:
            return None
        if name == START:
            found = {known: data for known, _, data in self._long()}
            labels = {known: ("tables", language) for known, language, _ in self._long()}
            return write_index(self.webs[folder], self._theme, downloads(found, labels), self._shared(folder))
        if name in self.names(folder):
            return write_page(self.around(folder), name)
        if name in self._files(folder):
            return self._table(folder, name)
        return self._shared(folder).get(name)

    def _drawn(self, language: str) -> Mapping[str, Image]:
        if language not in self._images:
            web = self.webs[language]
            found = images_of({name_of(web): web}, self.prepared, self._kept, map, silent, word=False)
            self._images[language] = found[name_of(web)]
        return self._images[language]

    def _shared(self, language: str) -> Mapping[str, bytes]:
        """Style, script, pictures of the cover."""
        from bulletin.write.web import assets

        if language not in self._assets:
            self._assets[language] = assets(self.webs[language], self._drawn(language), self._theme)
        return self._assets[language]

    def _long(self) -> tuple[tuple[str, str, bytes], ...]:
        """Workbooks of the tables that no page shows whole: other formats are not made here."""
        if self._workbooks is None:
            self._workbooks = tuple(long_tables(self.prepared, self.composed)) if self.webs else ()
        return self._workbooks

    def _files(self, language: str) -> Mapping[str, tuple[str, str]]:
        """Name to table and kind."""
        from bulletin.write.web.exhibits import KINDS, file_of, table_names

        if language not in self._beside:
            named = table_names(self.webs[language])
            self._beside[language] = {file_of(path, kind): (table, kind) for table, path in named.items() for kind in KINDS}
        return self._beside[language]

    def _table(self, language: str, name: str) -> bytes:
        from bulletin.write.web.exhibits import KINDS, book_of

        table, kind = self._files(language)[name]
        return self._tables.made(book_of(self.webs[language], table), self._theme, kind, KINDS[kind][1])

    def _said(self, language: str, table: str) -> tuple[Beside, ...]:
        """What a page says of the files of a table on it."""
        from bulletin.write.web.exhibits import beside_of

        named = {kind: name for name, (known, kind) in self._files(language).items() if known == table}
        made = {kind: self.file(f"{language}/{name}") or b"" for kind, name in named.items()}
        return beside_of(next(iter(named.values())).rpartition(".")[0], made) if named else ()
