"""`bulletin build` when it may have been done before: decided from digests alone, before anything heavy is read."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.cache import Cache, digest, versions
from bulletin.errors import OutputError
from bulletin.pipeline.disk import is_swept, sweep, waiting_of
from bulletin.pipeline.inputs import as_read, digests
from bulletin.pipeline.summary import Asked, Finished, Result

if TYPE_CHECKING:
    from bulletin.pipeline.build import Built
    from bulletin.pipeline.progress import Progress

MANIFEST = "manifest.json"
RECORD = "text/translations.json"
_ELSEWHERE = "office-missing"
"""What LibreOffice may change by being installed."""


def ensure_built(
    root: Path, progress: Progress, asked: Asked, *, output: Path | None = None, jobs: int = 0, fresh: bool = False
) -> Result:
    """What `build` does, or the finished edition where nothing that goes into it has changed since it was built. Raises as `build`.

    `fresh`: everything is made anew.
    """
    target = output or (root / "review" / "out" if asked.for_review else root / "out")
    is_project = (root / "bulletin.yaml").is_file()
    cache = Cache(root / "work" / "cache" if is_project else None, fresh=fresh)
    inputs = digests(root, target) if cache.folder else None
    key = _key(asked, inputs) if inputs is not None else ""
    if key and not fresh:
        result = _found(root, target, cache, key)
        if result is not None:
            return result
    from bulletin.pipeline.build import build
    from bulletin.pipeline.kept import Kept
    from bulletin.pipeline.why import keep, reasons

    kept = Kept(cache)
    built = build(
        root, progress, output=output, languages=asked.languages, formats=asked.formats, strict=asked.strict, jobs=jobs,
        layout=asked.layout, for_review=asked.for_review, outline=asked.outline, docx_pages=asked.docx_pages,
        pdf_engine=asked.pdf_engine, kept=kept,
    )  # fmt: skip
    if inputs is not None and key:
        _keep(built, root, cache, asked, inputs, target)
    why = reasons(root, asked, inputs or {}, built, kept, fresh=fresh)
    if inputs is not None:
        keep(root, asked, inputs, built)
    cache.trim()
    return Result(
        built.output, built.summary(), reasons=why, damaged=cache.damaged, unwritten=cache.unwritten, held=cache.size(),
        limit=cache.limit,
    )  # fmt: skip


def _key(asked: Asked, inputs: Mapping[str, str]) -> str:
    files = (f"{name}\0{inputs[name]}" for name in sorted(inputs))
    return digest(versions(), json.dumps(asdict(asked), sort_keys=True), *files)


def _found(root: Path, target: Path, cache: Cache, key: str) -> Result | None:
    """None where it has not been built, where another edition waits to take its place, or where not all of it is there any more."""
    data = cache.get("edition", key)
    if data is None or waiting_of(target).exists():
        return None
    finished: Finished = pickle.loads(data)
    work = root / "work"
    lost = [n for n, sha in finished.public.items() if _digest(target / n) != sha]
    hidden = [n for n, sha in finished.private.items() if _digest(work / n) != sha]
    _sweep(target, work)
    if lost or hidden:
        public, private = _contents(target, finished.public, cache), _contents(work, finished.private, cache)
        if public is None or private is None:
            return None
        _put_back(target, public if lost else {}, work, {n: private[n] for n in hidden})
    return Result(
        target, finished.summary, unchanged=True, healed=tuple(lost), damaged=cache.damaged, held=cache.sweep(), limit=cache.limit
    )


def _sweep(*folders: Path) -> None:
    """What commands that were killed left, where nobody is at work; nothing depends on it."""
    for folder in folders:
        if not is_swept(folder):
            from bulletin.pipeline.lock import alone

            with suppress(OutputError, OSError), alone(folder, seconds=0):
                sweep(folder)


def _put_back(target: Path, public: Mapping[str, bytes], work: Path, private: Mapping[str, bytes]) -> None:
    from bulletin.pipeline.save import save_private
    from bulletin.pipeline.swap import save

    if private:
        save_private(work, private)
    if public:
        save(target, {n: data for n, data in public.items() if n != MANIFEST}, public[MANIFEST])


def _contents(folder: Path, names: Mapping[str, str], cache: Cache) -> dict[str, bytes] | None:
    """From the folder where they are as they were, else from the cache; None where one is lost."""
    found: dict[str, bytes] = {}
    for name, sha in names.items():
        data = _read(folder / name)
        if data is None or hashlib.sha256(data).hexdigest() != sha:
            data = cache.get("output", sha)
        if data is None:
            return None
        found[name] = data
    return found


def _digest(path: Path) -> str:
    data = _read(path)
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _keep(built: Built, root: Path, cache: Cache, asked: Asked, inputs: Mapping[str, str], target: Path) -> None:
    """Unless somebody, the build itself included, has changed what the next one reads, or more than files went into it."""
    told = built.summary()
    after = digests(root, target)
    if built.paged or any(f.rule == _ELSEWHERE for f in told.findings) or after is None:
        return
    other = {name for name in {*after, *inputs} if after.get(name) != inputs.get(name)}
    if other - ({RECORD} if built.recorded else set()) or not as_read(built.prepared.inputs, inputs):
        return
    listed: list[dict[str, str]] = []
    for files in (built.files, built.private):
        named = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        for name, data in files.items():
            cache.put("output", named[name], data)
        listed.append(named)
    cache.put("edition", _key(asked, after), pickle.dumps(Finished(told, *listed), 5))
