"""Every rule of validate, derive and protect has a message in every language, with the parameters it really has."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest
from ruamel.yaml import YAML

from bulletin.shipped import shipped

SOURCE = Path(__file__).resolve().parents[2] / "src" / "bulletin"


def rules() -> set[str]:
    """Names written where findings are made."""
    found = set()
    for stage in ("validate", "derive", "protect"):
        for path in sorted((SOURCE / stage).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and "-" in node.value:
                    word = node.value
                    if word.replace("-", "").isalnum() and word.islower() and word[0].isalpha():
                        found.add(word)
    return found | {"identity", "compare", "suppressed"}


def messages(language: str) -> dict[str, str]:
    read = YAML(typ="safe").load(shipped("config", "messages", f"{language}.yaml").read_text(encoding="utf-8"))
    return {str(k): str(v) for k, v in read.items()}


@pytest.mark.parametrize("rule", sorted(rules()))
def test_rule_has_the_same_message_in_both_languages(rule: str) -> None:
    fields = []
    for language in ("pt", "en"):
        text = messages(language).get(rule)
        assert text, f"{rule} in {language}"
        fields.append({name for _, name, _, _ in Formatter().parse(text) if name})
    assert fields[0] == fields[1]
