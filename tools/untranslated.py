"""Lists the texts of `config/` that a language lacks: `untranslated.py fr [glossary.yaml …]`, ready to be filled in.

Each text is printed with its path, below its Portuguese and English; the lines go to `config/languages/<language>/<same file>`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bulletin.load.texts import OPTIONAL, TextMap, text_maps
from bulletin.load.translations import lay_texts
from bulletin.load.yaml_text import Map, Seq, Tree, parse_yaml
from bulletin.shipped import shipped

CONFIG = shipped("config")
KNOWN = frozenset(p.stem for p in (CONFIG / "languages").glob("*.yaml")) | {"pt", "en"}
WITHOUT_TEXTS = ("languages", "messages", "schemas", "themes")


def main(language: str, names: list[str]) -> None:
    for path in [CONFIG / n for n in names] or files():
        lacking = [m for m in texts_of(path, language) if not m.node.get(language) and m.path.rpartition(".")[2] not in OPTIONAL]
        if lacking:
            print(f"#### languages/{language}/{path.relative_to(CONFIG).as_posix()}: {len(lacking)}")
            for text in lacking:
                print("\n".join(lines(text)))


def files() -> list[Path]:
    """Those that hold texts, by name."""
    return [p for p in sorted(CONFIG.rglob("*.yaml")) if p.relative_to(CONFIG).parts[0] not in WITHOUT_TEXTS]


def texts_of(path: Path, language: str) -> Iterator[TextMap]:
    """The texts of a file, with those of the language laid in."""
    tree = parse_yaml(path.read_bytes(), path.name).tree
    beside = CONFIG / "languages" / language / path.relative_to(CONFIG)
    if beside.is_file():
        said = parse_yaml(beside.read_bytes(), beside.name).tree
        if isinstance(said, Map):
            lay_texts(tree, said, language, KNOWN)
    return text_maps(tree, KNOWN)


def lines(text: TextMap) -> Iterator[str]:
    for language in ("pt", "en"):
        yield f"# {language}: {flow(text.node.get(language))}"
    shape = text.node.get("pt")
    yield f"{quoted(text.path)}: {'{text: , gender: , number: , of: }' if isinstance(shape, Map) else '[]' if isinstance(shape, Seq) else ''}"


def flow(value: Tree) -> str:
    if isinstance(value, Map):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, Seq):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return str(value)


def quoted(path: str) -> str:
    return f'"{path}"' if path.startswith("[") else path


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
