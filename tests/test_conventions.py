"""What the design asks of every module and every shared file, read from the sources."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from ruamel.yaml import YAML

from bulletin.draw.draw import CHARTS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "bulletin"
MODULES = sorted(SOURCE.rglob("*.py"))
LANGUAGES = ("pt", "en")


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def read(path: Path) -> dict[str, object]:
    found: dict[str, object] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return found


def strings(tree: ast.AST) -> Iterator[str]:
    """Text constants that the program uses: docstrings are for people."""
    said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def countries() -> list[dict[str, object]]:
    return [read(p) for p in sorted((ROOT / "config" / "countries").glob("*.yaml"))]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_owns_in_one_sentence(path: Path) -> None:
    said = ast.get_docstring(trees()[path])
    assert said or (path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip())
    if said:
        assert re.match(r"[^\n]*\.(\n|$)", said) or said.count("\n") <= 2, said


def test_no_language_is_named_in_the_program() -> None:
    """A new language takes no change of code; the one name left is the language of messages where nothing says otherwise."""
    codes = {path.stem for path in (ROOT / "config" / "languages").glob("*.yaml")}
    found = [
        f"{path.relative_to(SOURCE)}: {node.value}"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in codes
    ]
    points = {
        "write/docx/pages.py: pt",
        "write/look.py: pt",
        "review/charts.py: pt",
    }  # the unit, and the point of a chart's series
    assert set(found) - points == {"model/text.py: pt"}


def test_no_country_is_named_in_the_program() -> None:
    codes = {p.stem for p in (ROOT / "config" / "countries").glob("*.yaml")}
    labels = {str(t) for c in countries() for t in c["place"]["name"].values()}  # type: ignore[index]
    either = sorted({c.upper() for c in codes} | codes - {"ao"})  # `ao` is a Portuguese word too
    alone = re.compile(rf"(?<![\w-])({'|'.join(either)})(-[A-Z]+)?(?![\w-])")
    texts = [(path, text) for path, tree in trees().items() for text in strings(tree)]
    found = [(p, t) for p, t in texts if any(label in t for label in labels) or alone.search(t)]
    assert [f"{named(path)}: {text[:60]}" for path, text in found] == []


def test_colours_come_from_the_theme() -> None:
    colour = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![\w;])|rgba?\(\s*\d")
    found = [f"{named(p)}: {t[:60]}" for p, tree in trees().items() for t in strings(tree) if colour.search(t)]
    for path in sorted((ROOT / "bulletin_templates").rglob("*")):
        if path.is_file() and path.parent.name != "minisearch":  # another author's
            found += [f"{path.name}: {m}" for m in colour.findall(path.read_text(encoding="utf-8"))]
    assert found == []


def test_only_the_command_line_speaks_and_nothing_asks_the_clock() -> None:
    found = []
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called == "print" and not named(path).startswith("cli/"):
                found.append(f"{named(path)}:{node.lineno} {called}")
            if re.search(r"(datetime|date)\.(now|today|utcnow)$|^time\.(time|localtime|gmtime|strftime)$", called):
                found.append(f"{named(path)}:{node.lineno} {called}")
            if called.startswith("sys.exit") and named(path) not in ("__main__.py", "cli/__init__.py"):
                found.append(f"{named(path)}:{node.lineno} {called}")
    assert found == []


def made_findings() -> Iterator[tuple[Path, ast.Call, set[str]]]:
    """Every Finding(...) with the rules its first argument names."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("Finding", "FaultError"):
                given = node.args[:1] or [k.value for k in node.keywords if k.arg == "rule"]
                yield path, node, {t for g in given for t in _plain_keys(g)}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def messages(language: str) -> dict[str, object]:
    return read(ROOT / "config" / "messages" / f"{language}.yaml")


def test_messages_are_the_same_in_both_languages() -> None:
    assert messages("pt").keys() == messages("en").keys()
    assert [k for k in messages("pt") if fields(str(messages("pt")[k])) != fields(str(messages("en")[k]))] == []


def test_every_finding_has_its_message_with_what_it_tells() -> None:
    missing = []
    for path, node, rules in made_findings():
        told = next((k.value for k in node.keywords if k.arg == "parameters"), node.args[4] if len(node.args) > 4 else None)
        names = {str(k.value) for k in told.keys if isinstance(k, ast.Constant)} if isinstance(told, ast.Dict) else None
        if ast.unparse(node.func).endswith("FaultError"):
            names = {str(k.arg) for k in node.keywords} | {"nearest"}  # put in where the fault becomes a finding
        for rule in rules:
            if rule not in messages("pt"):
                missing.append(f"{named(path)}:{node.lineno} {rule}")
            elif names is not None and (lacks := fields(str(messages("pt")[rule])) - names - {"key"}):
                missing.append(f"{named(path)}:{node.lineno} {rule} needs {', '.join(sorted(lacks))}")
    assert missing == []


def test_no_message_is_left_over() -> None:
    """Message keys appear in the program, whole or as the beginning that a name is put behind."""
    used = {text for tree in trees().values() for text in strings(tree)}
    config = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "config" / "indicators").glob("*.yaml"))
    begun = tuple(t for t in used if t.endswith(("_", "-")) and len(t) > 3)
    assert [k for k in messages("pt") if k not in used and not k.startswith(begun) and k not in config] == []


def paragraph_ids(path: Path) -> list[str]:
    return re.findall(r"^\{#([\w.\-]+)(?: required)?\}\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    "folder",
    [ROOT / "bulletin_templates" / "narrative", *sorted(p.parent for p in (ROOT / "examples").glob("*/text/pt"))],
    ids=lambda p: p.parent.name,
)
def test_narratives_have_the_same_paragraphs_in_both_languages(folder: Path) -> None:
    files = [sorted(p.name for p in (folder / language).iterdir()) for language in LANGUAGES]
    assert files[0] == files[1]
    for name in files[0]:
        pt, en = (paragraph_ids(folder / language / name) for language in LANGUAGES)
        assert pt == en, name
        assert len(pt) == len(set(pt)), name


def outline_charts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "chart" in node:
            yield str(node["kind"])
        for value in node.values():
            yield from outline_charts(value)
    elif isinstance(node, list):
        for value in node:
            yield from outline_charts(value)


def test_outlines_ask_for_charts_that_can_be_drawn() -> None:
    outlines = [*(ROOT / "config" / "outlines").rglob("*.yaml"), *(ROOT / "tests" / "projects").rglob("outlines/**/*.yaml")]
    asked = {kind for path in outlines for kind in outline_charts(read(path))}
    assert asked
    assert asked <= CHARTS.keys()


def words_used() -> Iterator[tuple[str, str]]:
    for path, tree in trees().items():
        if path.parent.name == "draw":
            continue  # a chart's own small words, put there by compose
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".word") and node.args:
                yield from ((named(path), t) for t in _plain_keys(node.args[0]))
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value).split(".")[-1] == "words":
                yield from ((named(path), t) for t in _plain_keys(node.slice))
    for path in (ROOT / "bulletin_templates" / "html").glob("*.j2"):
        yield from ((path.name, t) for t in re.findall(r"\bwords\.([a-z]\w+)(?!\w*\()", path.read_text(encoding="utf-8")))


def _plain_keys(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp():
            yield from (*_plain_keys(node.body), *_plain_keys(node.orelse))
        case _:
            pass


def test_every_fixed_word_exists_in_every_language() -> None:
    for language in LANGUAGES:
        locale = read(ROOT / "config" / "languages" / f"{language}.yaml")
        words = locale["words"]
        assert isinstance(words, dict)
        assert sorted({f"{where}: {key}" for where, key in words_used() if key not in words}) == []


def test_modules_stay_small() -> None:
    assert {named(p): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 520} == {}


def test_a_countrys_configuration_stays_short() -> None:
    for path in (ROOT / "examples").glob("*/bulletin.yaml"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 80, path


def test_test_files_have_names_of_their_own() -> None:
    """Two of the same name in different folders cannot be collected together."""
    names = Counter(p.name for p in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
