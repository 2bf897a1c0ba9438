"""YAML as people save it is read, or refused with the line and a rule that names the fix."""

from __future__ import annotations

import pytest

from bulletin.limits import TEXT_FILE
from bulletin.load.yaml_text import Map, parse_yaml


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "yaml-repeated-key", "3"),
        ("x: {b: 1, b: 2}\n", "yaml-repeated-key", "1"),
        ("a: &x [1]\nb: *x\n", "yaml-anchor", "1"),
        ("a:\n\tb: 1\n", "yaml-tab", "2"),
        ("a: “texto”\n", "yaml-curly-quotes", "1"),
        ("a: um: dois\n", "yaml-colon", "1"),
        ('a: "um\nb: 2\n', "yaml-quotes", "1"),
        ("a:\n  b: 1\n c: 2\n", "yaml-indentation", "3"),
        ("a: !!python/object x\n", "yaml-tag", "1"),
        ("a: 1\nb: x\u202ey\n", "forbidden-character", "2"),
    ],
)
def test_refused_with_line(text: str, rule: str, line: str) -> None:
    parsed = parse_yaml(text.encode(), "f.yaml")
    assert parsed.tree is None
    assert [(f.rule, f.place.cell) for f in parsed.findings] == [(rule, line)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_of_notepad_are_read(encoding: str, newline: str) -> None:
    parsed = parse_yaml(f"a: Protecção{newline}b: [1, 2]{newline}".encode(encoding), "f.yaml")
    assert parsed.tree == {"a": "Protecção", "b": [1, 2]}
    assert [f.rule for f in parsed.findings] == (["encoding-windows"] if encoding == "cp1252" else [])


def test_values_are_yaml_1_2_and_codes_stay_text() -> None:
    tree = parse_yaml(b"[NO, 010, 12:30, 1.10, yes, true, 2024-01-05, ~, 'x', 7]", "f").tree
    assert isinstance(tree, list)
    assert [str(v) for v in tree] == ["NO", "010", "12:30", "1.10", "yes", "True", "2024-01-05", "None", "x", "7"]
    assert isinstance(tree[3], float)


def test_every_key_knows_its_line() -> None:
    tree = parse_yaml(b"a: 1\n\nb:\n  c: {d: 2}\n", "f").tree
    assert isinstance(tree, Map)
    assert tree.at["b"] == ("f", 3)
    inner = tree["b"]
    assert isinstance(inner, Map)
    assert inner.at["c"] == ("f", 4)


def test_size_is_limited() -> None:
    assert parse_yaml(b"a: " + b"x" * TEXT_FILE.most, "f").findings[0].rule == "yaml-too-large"


def test_depth_is_limited() -> None:
    assert parse_yaml(b"[" * 500, "f").findings[0].rule in ("yaml-too-deep", "yaml-syntax", "yaml-quotes")
