"""The texts of a configuration file, each with its path, and which of them a language of the edition lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin.load.overlay import is_per_language
from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.finding import Finding, Parameter, Place, Severity

_NO_TEXT = ("style", "ordinal", "cardinals", "scales", "scale_of")
OPTIONAL = ("inside", "article")
"""What a language may say of a place or code beside its name, and another may have no need to say."""
_NAMES = ("id", "code", "table", "chart", "chapter", "text_table")
_SHOWN = 10
"""Up to so many texts that the program itself lacks in a language are named one by one."""


@dataclass(frozen=True)
class TextMap:
    """One map of languages: `path` is made of the names of list entries and of keys, without those that lead to named entries."""

    path: str
    node: Map
    at: Line


def text_maps(tree: Tree, known: frozenset[str]) -> Iterator[TextMap]:
    """The maps of languages in order; of equal paths the second is called `…#2`. `known` are the languages of all packs."""
    return (m for m in all_maps(tree, known) if is_per_language(m.node) and known & set(m.node))


def all_maps(tree: Tree, known: frozenset[str]) -> Iterator[TextMap]:
    """The same and every other map, by its path."""
    seen: dict[str, int] = {}

    def walk(node: Tree, at: Line, path: str, above: str) -> Iterator[TextMap]:
        if isinstance(node, Map):
            if is_per_language(node) and known & set(node):
                seen[path] = seen.get(path, 0) + 1
                yield TextMap(path if seen[path] == 1 else f"{path}#{seen[path]}", node, at)
                return
            yield TextMap(path, node, at)
            for key, value in node.items():
                if key not in _NO_TEXT:
                    yield from walk(value, node.at[key], _joined(path, key), path)
        elif isinstance(node, Seq):
            for n, (value, line) in enumerate(zip(node, node.at, strict=True), 1):
                name = _name(value)
                inside = _joined(above, name) if name else f"{path}[{n}]"
                yield from walk(value, line, inside, inside)

    yield from walk(tree, ("", 0), "", "")


def _name(node: Tree) -> str:
    return next((str(node[k]) for k in _NAMES if k in node), "") if isinstance(node, Map) else ""


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def missing_texts(
    tree: Tree, languages: tuple[str, ...], known: frozenset[str], severity: Severity, *, within: str = ""
) -> list[Finding]:
    """One finding per map of languages that lacks one of `languages`; the place names the path by which a translation may say it.
    `within`: what makes the key unique where the trees of several files are asked one by one."""
    return [
        Finding(
            "missing-text",
            severity,
            place(m.at, m.path),
            f"{_joined(within, m.path)}@{lang}",
            {"language": lang, "text": shown_text(m.node)},
        )
        for m in text_maps(tree, known)
        if m.path.rpartition(".")[2] not in OPTIONAL
        for lang in languages
        if not m.node.get(lang)
    ]


def shown_text(node: Map) -> str:
    return next((v[:60] for v in node.values() if isinstance(v, str) and v), "")


def grouped(findings: Sequence[Finding], reviews: Mapping[str, int]) -> list[Finding]:
    """With one finding per language in place of the texts and paragraphs that the shipped files lack, where they are many; it says
    how many words wait for a reader besides (`reviews`)."""
    lacking: dict[str, list[Finding]] = {}
    for f in findings:
        if f.rule in ("missing-text", "missing-paragraph") and f.place.file.startswith("shipped:"):
            lacking.setdefault(str(f.parameters["language"]), []).append(f)
    many = {language: found for language, found in lacking.items() if len(found) > _SHOWN}
    if not many:
        return list(findings)
    kept: list[Finding] = []
    for f in findings:
        language = str(f.parameters.get("language", ""))
        group = many.get(language, [])
        if f not in group:
            kept.append(f)
        elif f is group[0]:
            files = len({g.place.file for g in group})
            said: dict[str, Parameter] = {
                "language": language,
                "count": len(group),
                "files": files,
                "first": f.key.rpartition("@")[0],
                "review": reviews.get(language, 0),
            }
            kept.append(
                replace(
                    f, rule="pack-incomplete", place=Place(f"shipped:config/languages/{language}"), key=language, parameters=said
                )
            )
    return kept
