"""`build --why`: what was made anew, and which files, figures and sentences that comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.cache import digest, versions
from bulletin.document.wording import wording_of
from bulletin.errors import OutputError
from bulletin.pipeline.save import save_private
from bulletin.pipeline.summary import Asked, Reason

if TYPE_CHECKING:
    from bulletin.document.serial import Json
    from bulletin.pipeline.build import Built
    from bulletin.pipeline.kept import Kept

RECORD = "build.json"
"""In `work/`. It explains and decides nothing: whoever alters it alters what `--why` says."""
TABLE = "table.csv"
KINDS = ("figures", "chart", "pdf-part", "file")
"""Steps of which users are told; the others are parts of these."""


def reasons(
    root: Path, asked: Asked, inputs: Mapping[str, str], built: Built, kept: Kept, *, fresh: bool = False
) -> tuple[Reason, ...]:
    """To be asked before `keep`, which forgets the build before."""
    return (*_causes(_before(root), asked, inputs, built, fresh=fresh), *_steps(kept))


def _causes(
    before: Mapping[str, Json] | None, asked: Asked, inputs: Mapping[str, str], built: Built, *, fresh: bool
) -> tuple[Reason, ...]:
    if fresh:
        return (Reason("why_fresh"),)
    if before is None:
        return (Reason("why_first"),)
    found = []
    if before.get("program") != versions():
        found.append(Reason("why_program"))
    if before.get("asked") != json.loads(json.dumps(asdict(asked))):
        found.append(Reason("why_asked"))
    former = _texts_of(before.get("inputs"))
    for key, names in (
        ("why_changed", [n for n in inputs if n in former and former[n] != inputs[n]]),
        ("why_new", [n for n in inputs if n not in former]),
        ("why_gone", [n for n in former if n not in inputs]),
    ):
        if names:
            found.append(Reason(key, tuple(sorted(names)), len(names)))
    for key, now in (("figures", _figures(built)), ("texts", _texts(built))):
        then = _texts_of(before.get(key))
        names = sorted(n for n in {*then, *now} if then.get(n) != now.get(n))
        if names and then:
            found.append(Reason(f"why_{key}", tuple(names), len(names)))
    return tuple(found) or (Reason("why_incomplete"),)


def _steps(kept: Kept) -> tuple[Reason, ...]:
    found = []
    for kind in KINDS:
        made = [*dict.fromkeys(kept.made.get(kind, []))]
        same = {*kept.found.get(kind, [])} - {*made}  # the contents are rendered twice: before and after the pages have numbers
        if made or same:
            found.append(Reason(f"why_made_{kind}", tuple(made), len(made), len(made) + len(same)))
    return tuple(found)


def keep(root: Path, asked: Asked, inputs: Mapping[str, str], built: Built) -> None:
    """For the `--why` of the next build; a project that cannot be written to is built all the same."""
    said: dict[str, Json] = {
        "schema": "bulletin-build/1",
        "program": versions(),
        "asked": asdict(asked),
        "inputs": dict(inputs),
        "figures": dict(_figures(built)),
        "texts": dict(_texts(built)),
    }
    with suppress(OutputError):
        save_private(root / "work", {RECORD: (json.dumps(said, ensure_ascii=False, indent=0) + "\n").encode()})


def _before(root: Path) -> Mapping[str, Json] | None:
    try:
        said = json.loads((root / "work" / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and said.get("schema") == "bulletin-build/1" else None


def _texts_of(said: Json) -> Mapping[str, str]:
    return {n: v for n, v in said.items() if isinstance(v, str)} if isinstance(said, dict) else {}


def _figures(built: Built) -> Mapping[str, str]:
    """Indicator to a digest of its published rows."""
    found: dict[str, list[str]] = {}
    for row in built.files[TABLE].decode().splitlines()[1:]:
        found.setdefault(row.partition(",")[0], []).append(row)
    return {name: _short(lines) for name, lines in found.items()}


def _texts(built: Built) -> Mapping[str, str]:
    """`pt/<block>` to a digest of its words."""
    return {
        f"{language}/{block}": _short([text])
        for language, tree in built.trees.items()
        for block, text in wording_of(json.loads(tree)).items()
    }


def _short(lines: Sequence[str]) -> str:
    return digest(*lines)[:12]
