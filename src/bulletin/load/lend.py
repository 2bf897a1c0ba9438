"""What a language that is not complete lacks is lent by another one of the edition, visibly marked; nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bulletin.load.texts import OPTIONAL, text_maps
from bulletin.load.yaml_text import Map, Seq, Tree
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.text import lent

_FIELD = re.compile(r"\{[^}]*\}")
_PARTS = ("words", "sign_names")
"""Of a language pack."""


def lend_texts(tree: Tree, partial: Iterable[str], languages: Sequence[str], known: frozenset[str]) -> None:
    """In place: every map of languages gets, for each of the `partial` ones it lacks, the text of the first other one that has it."""
    for m in text_maps(tree, known):
        if m.path.rpartition(".")[2] in OPTIONAL:
            continue
        for language in partial:
            lender = next((other for other in (*languages, *m.node) if other != language and m.node.get(other)), "")
            if lender and not m.node.get(language):
                _put(m.node, language, m.node[lender], lender)


def _put(node: Map, language: str, value: Tree, lender: str) -> None:
    at = node.at[lender]
    if isinstance(value, str):
        node.put(language, lent(value, lender), at)
    elif isinstance(value, Seq):
        words = Seq(value.own)
        for one, line in zip(value, value.at, strict=True):
            words.put(lent(str(one), lender), line)
        node.put(language, words, at)


def lend_pack(pack: Map, lender: Map, file: str, severity: Severity) -> list[Finding]:
    """In place: fixed words and names of signs; patterns that hold no word are taken as they are and not told."""
    language, other = str(pack.get("language")), str(lender.get("language"))
    findings = []
    for part in _PARTS:
        mine, theirs = pack.get(part), lender.get(part)
        if not isinstance(mine, Map) or not isinstance(theirs, Map):
            continue
        for key, text in theirs.items():
            if key in mine:
                continue
            said = str(text)
            spoken = any(c.isalpha() for c in _FIELD.sub("", said))
            mine.put(key, lent(said, other) if spoken else said, theirs.at[key])
            if spoken:
                where = Place(file, column=f"{part}.{key}")
                told: Mapping[str, str] = {"language": language, "text": said[:60]}
                findings.append(Finding("missing-text", severity, where, f"{part}.{key}@{language}", told))
    return findings
