"""`bulletin site`: finished editions of any countries as a library of static pages, with their files and figures side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.archive.published import Published
from bulletin.archive.side_by_side import side_by_side
from bulletin.document.site import Site
from bulletin.document.web import Tongue
from bulletin.errors import OutputError
from bulletin.load.library import Vocabulary, read_vocabulary
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.text import MESSAGES
from bulletin.pipeline.guide import guides
from bulletin.pipeline.lock import alone
from bulletin.pipeline.packs import packs
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.records import encoded
from bulletin.pipeline.site_editions import FOLDER, SCHEMA, read_editions, schema_of
from bulletin.pipeline.site_search import entries
from bulletin.pipeline.swap import save, settle
from bulletin.write.site import write_site
from bulletin.write.site.crawlers import crawlers

if TYPE_CHECKING:
    from bulletin.document.serial import Json


@dataclass(frozen=True)
class Shelved:
    """What was written."""

    output: Path
    site: Site
    pages: int
    files: int
    """Of the editions."""
    bytes: int


def site(folders: Sequence[Path], output: Path, progress: Progress, *, address: str = "") -> Shelved:
    """`address`: where it is to be published, if that is known. Raises ConfigError with everything that stands against an edition, and
    OutputError where `output` is another's; nothing is written then."""
    with alone(output) if output.parent.is_dir() else nullcontext():
        settle(output)
        _check_output(output)
        progress("read", str(len(folders)))
        kept = read_editions(folders)
        published = tuple(one for one, _ in kept)
        languages = dict.fromkeys(n for one in published for n in one.edition.languages)
        vocabulary = read_vocabulary(tuple(languages))
        progress("compose", "")
        library = replace(
            assembled(published, vocabulary), guides=guides(), packs=packs(), entries=entries(published), address=address
        )
        progress("write", "")
        pages = write_site(library, vocabulary.locales, vocabulary.look)
        files = {path: data for _, contents in kept for path, data in contents.items()}
        pages |= crawlers(library, [name for name in (*files, *pages) if name.endswith(".html")])
        progress("save", str(output))
        save(output, {**files, **pages}, _manifest(library, files, pages))
    return Shelved(output, library, sum(name.endswith(".html") for name in pages), len(files), sum(map(len, files.values())))


def assembled(published: Sequence[Published], vocabulary: Vocabulary) -> Site:
    """Countries by the name that the first language gives them, their editions the newest first."""
    names = {e.country: vocabulary.countries.get(e.country) or e.country_name for e in (p.edition for p in published)}
    order = {code: n for n, code in enumerate(sorted(names, key=lambda code: _sorted_as(names[code].get(MESSAGES, code))))}
    shelved = sorted(published, key=lambda p: p.edition.id)
    shelved = sorted(shelved, key=lambda p: (p.edition.release_date, p.edition.year), reverse=True)
    shelved = sorted(shelved, key=lambda p: order[p.edition.country])
    measures = side_by_side(shelved, vocabulary.themes, vocabulary.outside)
    used = {m.theme for m in measures}
    return Site(
        tuple(Tongue(n, locale.tag, locale.words["web_language"]) for n, locale in vocabulary.locales.items()),
        vocabulary.tongues,
        {code: names[code] for code in order},
        tuple(p.edition for p in shelved),
        measures,
        tuple(t for t in dict.fromkeys((*vocabulary.themes.values(), "")) if t in used),
        {(p.edition.id, *key): name for p in shelved for key, name in p.names.items()},
        {code: noun for code, noun in vocabulary.currencies.items() if code in names},
    )


def _sorted_as(name: str) -> str:
    """Without accents: São stands among the S."""
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))


def _check_output(output: Path) -> None:
    """A folder that is empty or holds a library; whatever else stands in one is not to be mixed with it."""
    if output.is_dir() and any(output.iterdir()) and schema_of(output) != SCHEMA:
        raise OutputError([Finding("site-output-taken", Severity.ERROR, Place(output.name), parameters={"folder": output.name})])


def _manifest(library: Site, files: Mapping[str, bytes], pages: Mapping[str, bytes]) -> bytes:
    whole = {**files, **pages}
    artifacts: list[Json] = [
        {"path": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in sorted(whole.items())
    ]
    editions: list[Json] = [{"id": e.id, "folder": f"{FOLDER}/{e.id}"} for e in library.editions]
    return encoded({"schema": SCHEMA, "editions": editions, "artifacts": artifacts})
