"""Which texts are missing in a language of the edition."""

from __future__ import annotations

from bulletin.load.overlay import is_per_language
from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.finding import Finding, Severity

_NO_TEXT = ("style", "ordinal", "cardinals", "scales", "scale_of")


def missing_texts(tree: Tree, languages: tuple[str, ...], known: frozenset[str], severity: Severity) -> list[Finding]:
    """One finding per map of languages that lacks one of `languages`; `known` are the languages of all packs."""
    findings: list[Finding] = []

    def walk(node: Tree, at: Line, path: str) -> None:
        if isinstance(node, Map):
            if is_per_language(node) and known & set(node):
                shown = _shown(node)
                findings.extend(
                    Finding("missing-text", severity, place(at, path), f"{path}@{lang}", {"language": lang, "text": shown})
                    for lang in languages
                    if not node.get(lang)
                )
                return
            name = next((str(node[k]) for k in ("id", "code", "table", "chart", "chapter", "text_table") if k in node), "")
            for key, value in node.items():
                if key not in _NO_TEXT:
                    walk(value, node.at[key], f"{name or path}.{key}" if name or path else key)
        elif isinstance(node, Seq):
            for value, line in zip(node, node.at, strict=True):
                walk(value, line, path)

    walk(tree, ("", 0), "")
    return findings


def _shown(node: Map) -> str:
    return next((v[:60] for v in node.values() if isinstance(v, str) and v), "")
