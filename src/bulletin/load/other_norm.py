"""Words of the other orthography in what a country itself has written; its texts are never respelt, only read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bulletin.load.orthography import respelt
from bulletin.load.yaml_text import Map, Seq
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.translation import Translated

_APART = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|«[^»]*»|“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"|(?<!\*)\*[^*]+\*(?!\*)|\S*[/@]\S*")
"""Templates, quotations, words in italics and addresses."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def other_norm(units: Iterable[Translated], norm: Map | None, orthography: str) -> Iterator[Finding]:
    """One warning per text; `norm` is the list of pairs of `orthography.yaml`, new spelling first."""
    pairs = norm.get("pairs") if norm is not None else None
    if norm is None or not isinstance(pairs, Seq):
        return
    both = [(str(p[0]), str(p[1])) for p in pairs if isinstance(p, Seq) and len(p) == 2]
    former = norm.get("norm") == orthography
    right = {new.lower(): old for new, old in both} if former else {old.lower(): new for new, old in both if old.lower() != new}
    language = str(norm.get("language"))
    for unit in units:
        text = _APART.sub(" ", unit.texts.get(language, ""))
        found = {word: kept for word in _WORD.findall(text) if (kept := respelt(word, right)) != word}
        if found:
            said = ", ".join(f"{word} → {kept}" for word, kept in list(found.items())[:8])
            place = unit.places.get(language, Place())
            parameters = {"words": said, "language": language, "name": unit.id}
            yield Finding("spelling-other-norm", Severity.WARNING, place, f"{unit.id}@{language}", parameters)
