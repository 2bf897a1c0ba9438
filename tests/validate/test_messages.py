"""Every rule of validate, derive and protect has a message in every language, with the parameters it really has."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from bulletin.validate.rules import RULES
from factories import shipped_messages, shipped_rules

SOURCE = Path(__file__).resolve().parents[2] / "src" / "bulletin"


def constants(node: ast.expr) -> set[str]:
    """`"a"` and both sides of `"a" if x else "b"`."""
    return {c.value for c in ast.walk(node) if isinstance(c, ast.Constant) and isinstance(c.value, str)}


def made(stage: str) -> set[str]:
    """Names written where findings are made: first argument of Finding, of Evidence.at and Evidence.about."""
    found: set[str] = set()
    for path in sorted((SOURCE / stage).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("Finding", "at", "about", "found", "fault"):
                    found |= constants(node.args[0])
    return found - {"ref_area"}


RULE_FINDINGS = {name for kind in shipped_rules().values() for name in kind.findings}


@pytest.mark.parametrize("rule", sorted(RULE_FINDINGS | made("validate") | made("derive") | made("protect")))
def test_rule_has_the_same_message_in_both_languages(rule: str) -> None:
    fields = []
    for language in ("pt", "en"):
        text = shipped_messages(language).get(rule)
        assert text, f"{rule} in {language}"
        fields.append({name for _, name, _, _ in Formatter().parse(text) if name})
    assert fields[0] == fields[1]


def test_every_kind_of_rule_names_the_findings_it_makes() -> None:
    assert set(shipped_rules()) == set(RULES)
    source = "".join(p.read_text(encoding="utf-8") for p in (SOURCE / "validate").glob("*.py"))
    assert {f for f in RULE_FINDINGS if f'"{f}"' not in source} == set()
    about_rules = {"rule-not-evaluated", "waiver-unused", "waiver-expired"}
    assert {f for f in made("validate") - RULE_FINDINGS - about_rules if not f.startswith("rule-")} == set()
