"""The texts of every language say what the Portuguese ones say: same paths, same numbers, same placeholders, nothing left untranslated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from string import Formatter

import pytest

from bulletin.load.texts import OPTIONAL, TextMap, text_maps
from bulletin.load.translations import lay_texts, unknown_paths
from bulletin.load.yaml_text import Map, Seq, Tree, parse_yaml
from bulletin.shipped import shipped

CONFIG = shipped("config")
OVERLAID = sorted(p.name for p in (CONFIG / "languages").iterdir() if p.is_dir())
"""Languages whose texts stand in files of their own."""
WHOLE = ("en", "fr")
"""Languages that lack nothing; any other may still be in the hands of a translator."""
KNOWN = frozenset({"pt", "en", *OVERLAID})
WITHOUT_TEXTS = ("languages", "messages", "schemas", "themes")

FOREIGN = {
    "pt": "não uma um os da dos das em pela pelo pelos com são também por para do no na ao aos e o até nem cada ano anos",
    "en": "the of and with by for is are not from their in at year number persons",
}
"""Frequent words of other languages that French does not have."""


@cache
def read(path: Path) -> Tree:
    parsed = parse_yaml(path.read_bytes(), path.relative_to(CONFIG).as_posix())
    assert not parsed.findings, parsed.findings
    return parsed.tree


@cache
def texts() -> dict[str, list[TextMap]]:
    """The texts of each file with those of every language laid in; reading checks that each text belongs somewhere."""
    found: dict[str, list[TextMap]] = {}
    for path in sorted(CONFIG.rglob("*.yaml")):
        name = path.relative_to(CONFIG)
        if name.parts[0] in WITHOUT_TEXTS:
            continue
        tree = read(path)
        for language in OVERLAID:
            beside = CONFIG / "languages" / language / name
            said = read(beside) if beside.is_file() else None
            if isinstance(said, Map):
                assert unknown_paths(said, lay_texts(tree, said, language, KNOWN)) == []
        found[name.as_posix()] = list(text_maps(tree, KNOWN))
    return found


def pairs(language: str) -> Iterator[tuple[str, str, str]]:
    """Place, Portuguese text and the same text in the language, part by part."""
    for file, maps in texts().items():
        for m in maps:
            for one, other in zip_longest(parts(m.node.get("pt")), parts(m.node.get(language)), fillvalue=""):
                yield f"{file}: {m.path}", one, other


def parts(value: Tree) -> list[str]:
    if isinstance(value, Map):
        return [str(value[k]) for k in ("text", "of") if value.get(k)]
    return [str(v) for v in value] if isinstance(value, Seq) else [str(value or "")]


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)*", re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"(?<=\d)[\u00a0\u202f,](?=\d{3}\b)", "", text)))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", re.sub(r"\{.*?\}", "", text.lower()))


def test_translations_stand_beside_files_that_exist() -> None:
    for language in OVERLAID:
        folder = CONFIG / "languages" / language
        assert [p for p in folder.rglob("*.yaml") if p.relative_to(folder).as_posix() not in texts()] == []


@pytest.mark.parametrize("language", WHOLE)
def test_a_whole_language_lacks_no_text(language: str) -> None:
    lacking = [f"{file}: {m.path}" for file, maps in texts().items() for m in maps if not m.node.get(language)]
    assert [at for at in lacking if at.rpartition(".")[2] not in OPTIONAL] == []


@pytest.mark.parametrize("language", [*dict.fromkeys((*WHOLE, *OVERLAID))])
def test_numbers_and_placeholders_are_the_same(language: str) -> None:
    said = [(at, pt, other) for at, pt, other in pairs(language) if other]
    assert [row for row in said if sorted(numbers(row[1])) != sorted(numbers(row[2]))] == []
    assert [row for row in said if fields(row[1]) != fields(row[2])] == []


def test_nothing_is_left_in_another_language() -> None:
    foreign = {w for listed in FOREIGN.values() for w in listed.split()}
    left = [
        (at, text)
        for at, pt, text in pairs("fr")
        if (foreign & set(words(text)) or (text == pt and len(words(text)) > 3)) and not (text == pt and ".name" in at)
    ]
    assert left == []


def test_french_marks_and_articles() -> None:
    wrong = [
        (at, text)
        for at, _, text in pairs("fr")
        if re.search(r"'|(?<=[^\W\d]) ?[;!?]|[^\u202f(]%(?!$)|[^\u00a0\d]:|[«] |\s »", text)
    ]
    assert wrong == []
    contracted = {"le ": "du ", "les ": "des ", "la ": "de la ", "l’": "de l’"}
    for maps in texts().values():
        for m in maps:
            said = m.node.get("fr")
            if isinstance(said, Map) and "gender" in said:
                opening = next(o for o in contracted if str(said["text"]).startswith(o))
                assert said["of"] == contracted[opening] + str(said["text"])[len(opening) :]
                assert (said.get("number") == "p") == (opening == "les ")
                assert opening not in ("le ", "la ") or said["gender"] == {"le ": "m", "la ": "f"}[opening]
