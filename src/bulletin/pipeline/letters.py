"""Signs that no shipped face has, found before anything is drawn: each with the file and the line or cell that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from bulletin.document.nodes import FIELDS
from bulletin.document.tree import Document
from bulletin.model.dataset import COMMENT
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.prepare import Prepared
from bulletin.write.measure import lacking

TEXTS = frozenset((".yaml", ".yml", ".md"))


def unprintable(prepared: Prepared, documents: Mapping[str, Document]) -> tuple[Finding, ...]:
    """One finding for each place; a sign that is in no file of the project is told by the block that prints it."""
    unknown = lacking(_signs(documents))
    if not unknown:
        return ()
    found = [*_in_files(prepared, unknown), *_in_data(prepared, unknown)]
    told = {sign for sign, _ in found}
    found += [(sign, Place()) for sign in sorted(unknown - told)]
    places: dict[Place, list[str]] = {}
    for sign, place in dict.fromkeys(found):
        places.setdefault(place, []).append(sign)
    return tuple(
        Finding(
            "sign-unprintable",
            Severity.ERROR,
            place,
            str(place),
            {"sign": " ".join(signs), "code": ", ".join(f"U+{ord(c):04X}" for c in signs)},
        )
        for place, signs in places.items()
    )


def _signs(value: object) -> set[str]:
    found: set[str] = set()
    waiting: list[object] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if not node.isascii():
                found.update(node)
        elif isinstance(node, Mapping):
            waiting += node.values()
        elif isinstance(node, Iterable):
            waiting += node
        else:
            waiting += [getattr(node, name) for name in FIELDS[type(node)]]
    return found


def _in_files(prepared: Prepared, unknown: frozenset[str]) -> Iterator[tuple[str, Place]]:
    for given in prepared.inputs:
        if PurePosixPath(given.path).suffix not in TEXTS or given.path.startswith("shipped:"):
            continue
        path = prepared.project.root / given.path
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, 1):
            if not line.isascii():
                yield from ((sign, Place(given.path, cell=str(number))) for sign in sorted(unknown & set(line)))


def _in_data(prepared: Prepared, unknown: frozenset[str]) -> Iterator[tuple[str, Place]]:
    frame = prepared.received.frame
    for name in (str(c) for c in frame.columns if str(c).startswith(COMMENT)):
        texts = frame[name].astype(str)
        for position in texts.index[~texts.map(str.isascii)]:
            row = frame.loc[position]
            place = Place(str(row["file"]), str(row["sheet"] or ""), str(row["cell"] or ""), name.upper())
            yield from ((sign, place) for sign in sorted(unknown & set(str(row[name]))))
