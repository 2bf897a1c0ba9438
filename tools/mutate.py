"""Changes one sign of the program after the other and runs the tests: a change that no test notices shows what is not tested.

tools/mutate.py numbers|rounding|suppression [--sample N] [--minutes N] [--seconds N] [--report FILE]
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "numbers": (("load/numbers.py",), ("tests/load/test_numbers.py",)),
    "rounding": (
        ("model/locale.py::marked,number", "document/number_format.py", "compose/printing.py::rounded,printed_alike,print_number"),
        ("tests/model/test_rounding.py",),
    ),
    "suppression": (
        tuple(f"protect/{name}.py" for name in ("control", "protect", "suppress", "seeds", "component", "relations", "plan", "audit")),
        ("tests/protect",),
    ),
}  # fmt: skip
"""Modules below `src/bulletin`, of some of them only these functions, and the tests that must notice a change in them."""

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REACHED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    module: str
    line: int
    change: str
    place: int
    """Which of the changes in the module, in the order of the walk."""


@dataclass(frozen=True)
class Verdict:
    mutant: Mutant
    killed: bool
    how: str


def changes(tree: ast.Module) -> Iterator[tuple[ast.AST, str, str]]:
    """Node, name of the change, and what it says; the same order in every copy of the tree. Words for people, types and docstrings are
    left alone."""
    skipped = {id(n) for node in ast.walk(tree) for part in _words(node) for n in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        match node:
            case ast.Compare(ops=[first, *_]) if type(first) in COMPARED:
                yield node, "compare", f"{type(first).__name__} → {COMPARED[type(first)].__name__}"
            case ast.BinOp(op=op) if type(op) in REACHED:
                yield node, "arithmetic", f"{type(op).__name__} → {REACHED[type(op)].__name__}"
            case ast.AugAssign(op=op) if type(op) in REACHED:
                yield node, "arithmetic", f"{type(op).__name__} → {REACHED[type(op)].__name__}"
            case ast.BoolOp(op=op):
                yield node, "logic", "and ↔ or"
            case ast.UnaryOp(op=ast.Not()) | ast.UnaryOp(op=ast.USub()):
                yield node, "sign", f"without {type(node.op).__name__}"
            case ast.Constant(value=bool() | int() | float() as value):
                yield node, "constant", f"{value} → {_other(value)}"
            case ast.Constant(value=str() as text) if text:
                yield node, "constant", f"{text[:20]!r} → other words"
            case ast.IfExp() | ast.If() | ast.While() if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
                yield node, "condition", "not"
            case ast.Continue():
                yield node, "loop", "continue → break"
            case ast.Break():
                yield node, "loop", "break → continue"
            case _:
                pass


def _words(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node
    if isinstance(node, ast.AnnAssign):
        yield node.annotation
    if isinstance(node, ast.FunctionDef):
        yield from (p for p in (node.returns, *(a.annotation for a in (*node.args.args, *node.args.kwonlyargs))) if p)
        yield from node.decorator_list
    if isinstance(node, ast.ClassDef):
        yield from node.decorator_list
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        yield node
    if isinstance(node, ast.Raise | ast.Assert | ast.ImportFrom | ast.Import):
        yield node


def mutated(source: str, place: int) -> ast.Module:
    tree = ast.parse(source)
    node, kind, _ = list(changes(tree))[place]
    match node, kind:
        case ast.Compare(), _:
            node.ops[0] = COMPARED[type(node.ops[0])]()
        case ((ast.BinOp() | ast.AugAssign()), _):
            node.op = REACHED[type(node.op)]()
        case ast.BoolOp(), _:
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.Constant(), _:
            node.value = _other(node.value)
        case ((ast.IfExp() | ast.If() | ast.While()), _):
            node.test = ast.UnaryOp(ast.Not(), copy.deepcopy(node.test))
        case _:
            new = (
                node.operand
                if isinstance(node, ast.UnaryOp)
                else ast.Break()
                if isinstance(node, ast.Continue)
                else ast.Continue()
            )
            _put(tree, node, new)
    return ast.fix_missing_locations(tree)


def _other(value: object) -> bool | str | float:
    if isinstance(value, bool):
        return not value
    return f"x{value}x" if isinstance(value, str) else value + 1 if isinstance(value, int | float) else 0


def _put(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and old in value:
                value[value.index(old)] = new


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module in its changed form."""

    def __init__(self, name: str, tree: ast.Module, path: Path) -> None:
        self.name, self.tree, self.path = name, tree, path

    def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self, origin=str(self.path)) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


class QuickFirst:
    """Tests in the order of the time they took without any change, so that a change is noticed by a quick one where one can."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self.known: dict[str, float] = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
        self.took: dict[str, float] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.known.get(item.nodeid, 0.0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.took[report.nodeid] = self.took.get(report.nodeid, 0.0) + report.duration

    def pytest_sessionfinish(self) -> None:
        if not self.known:
            self.kept.write_text(json.dumps(self.took), encoding="utf-8")


def noticed(module: str, tree: ast.Module | None, tests: Sequence[str], seconds: float, times: Path) -> tuple[bool, str]:
    """In a copy of this process, which has read all libraries; a change that makes the tests endless counts as noticed."""
    child = os.fork()
    if not child:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        if tree is not None:
            name = "bulletin." + module.removesuffix(".py").replace("/", ".")
            sys.meta_path.insert(0, Loader(name, tree, ROOT / "src" / "bulletin" / module))
        import pytest

        os._exit(
            int(
                pytest.main(
                    ["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-W", "ignore", "-m", "not slow", *tests],
                    plugins=[QuickFirst(times)],
                )
            )
        )
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True, f"signal {os.WTERMSIG(status)}"
    return os.WEXITSTATUS(status) != 0, f"exit {os.WEXITSTATUS(status)}"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("group", choices=sorted(GROUPS))
    asked.add_argument("--sample", type=int, default=0, help="so many changes, drawn with seed 1; 0: all")
    asked.add_argument("--minutes", type=float, default=0, help="begin no change after so many minutes; 0: no limit")
    asked.add_argument("--seconds", type=float, default=120, help="processor time for the tests of one change")
    asked.add_argument("--report", type=Path)
    said = asked.parse_args()
    modules, tests = GROUPS[said.group]
    found: list[Mutant] = []
    for said_of in modules:
        module, _, names = said_of.partition("::")
        tree = ast.parse((ROOT / "src" / "bulletin" / module).read_text(encoding="utf-8"))
        named = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in names.split(",")]
        inside = {line for n in named for line in range(n.lineno, (n.end_lineno or n.lineno) + 1)}
        for n, (node, _, text) in enumerate(changes(tree)):
            if not names or getattr(node, "lineno", 0) in inside:
                found.append(Mutant(module, getattr(node, "lineno", 0), text, n))
    total = len(found)
    if said.sample and said.sample < total:
        found = random.Random(1).sample(
            found, said.sample
        )  # in the order drawn: where the time ends, the part is a sample as well
    import hypothesis
    import openpyxl
    import pandas
    import pytest
    import scipy.optimize

    del hypothesis, openpyxl, pandas, pytest, scipy
    os.chdir(ROOT)
    times = Path(tempfile.mkdtemp(prefix="mutate-")) / "times.json"
    failed, how = noticed("", None, tests, said.seconds, times)
    if failed:
        print(f"the tests fail without any change: {how}")
        return 2
    verdicts = []
    began = time.monotonic()
    for mutant in found:
        if said.minutes and time.monotonic() - began > 60 * said.minutes:
            break
        source = (ROOT / "src" / "bulletin" / mutant.module).read_text(encoding="utf-8")
        killed, how = noticed(mutant.module, mutated(source, mutant.place), tests, said.seconds, times)
        verdicts.append(Verdict(mutant, killed, how))
        if not killed:
            print(f"survives: {mutant.module}:{mutant.line} {mutant.change} ({mutant.place})", flush=True)
    killed_ = sum(v.killed for v in verdicts)
    share = 100 * killed_ / max(1, len(verdicts))
    print(
        f"{said.group}: {killed_} of {len(verdicts)} noticed, {share:.1f} % (of {total} changes possible), {time.monotonic() - began:.0f} s",
        flush=True,
    )
    if said.report:
        said.report.write_text(json.dumps([asdict(v) for v in verdicts], indent=1, ensure_ascii=False), encoding="utf-8")
    return 0 if share >= 85 else 1


if __name__ == "__main__":
    sys.exit(main())
