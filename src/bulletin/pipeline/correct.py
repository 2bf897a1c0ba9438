"""`bulletin release --corrects`: a corrected issue of a published edition."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bulletin.archive.erratum import newest_issue, next_issue, with_entry
from bulletin.errors import ConfigError
from bulletin.load.archive import EDITIONS, is_edition
from bulletin.load.errata import ERRATA
from bulletin.load.project import load_project
from bulletin.model.edition import Erratum
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.build import build
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.release import Released, check_correction, release
from bulletin.pipeline.save import save_file


def correct(
    root: Path,
    corrects: str,
    reason: Mapping[str, str],
    progress: Progress,
    *,
    output: Path | None = None,
    formats: tuple[str, ...] = (),
    jobs: int = 0,
) -> Released:
    """An entry in errata.yaml, then build and release. Whatever stands against it leaves errata.yaml as it was."""
    path = root / ERRATA
    known = sorted(p.name for p in (root / EDITIONS).glob("*") if is_edition(p))
    if corrects not in known:
        said = {"edition": corrects, "known": ", ".join(known) or "–"}
        raise ConfigError([Finding("erratum-unknown", Severity.ERROR, Place(EDITIONS), corrects, said)])
    newest = newest_issue(corrects, known)
    if corrects != newest:
        raise ConfigError(
            [Finding("erratum-superseded", Severity.ERROR, Place(), corrects, {"edition": corrects, "newest": newest})]
        )
    _check_reason(root, reason)
    former = path.read_bytes() if path.is_file() else None
    entry = Erratum(next_issue(corrects, known), corrects, reason)
    try:
        save_file(path, with_entry((former or b"").decode("utf-8"), entry).encode())
        prepared = prepare(root, progress)
        check_correction(prepared, compose_editions(prepared))
        build(root, progress, output=output, formats=formats, jobs=jobs)
        return release(root, progress, output=output)
    except BaseException:
        if former is None:
            path.unlink(missing_ok=True)
        else:
            save_file(path, former)
        raise


def _check_reason(root: Path, reason: Mapping[str, str]) -> None:
    """A notice of correction is printed in every language of the edition, so its reason is given in all of them."""
    languages = load_project(root, ())[0].edition.languages
    missing = [language for language in languages if not reason.get(language)]
    found = []
    if missing:
        options = " ".join(f'--reason "{language}=…"' for language in missing)
        said = {"languages": ", ".join(missing), "options": options}
        found.append(Finding("reason-missing", Severity.ERROR, parameters=said))
    for language in reason:
        if language not in languages:
            said = {"language": language, "known": ", ".join(languages)}
            found.append(Finding("reason-foreign", Severity.ERROR, parameters=said))
    if found:
        raise ConfigError(found)
