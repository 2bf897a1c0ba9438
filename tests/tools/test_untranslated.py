"""The list for a translator is a file of texts with the texts left to be written."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from bulletin.load.translations import lay_texts, unknown_paths
from bulletin.load.yaml_text import Map, parse_yaml

ROOT = Path(__file__).parents[2]


def test_every_missing_text_is_listed_by_the_path_that_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("untranslated", ROOT / "tools" / "untranslated.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    tool.main("xx", ["indicators/service.yaml", "countries/gw.yaml"])
    lists = capsys.readouterr().out.split("#### ")[1:]
    assert [listed.partition(":")[0] for listed in lists] == [
        "languages/xx/indicators/service.yaml",
        "languages/xx/countries/gw.yaml",
    ]
    for listed, name in zip(lists, ("indicators/service.yaml", "countries/gw.yaml"), strict=True):
        texts = parse_yaml(("# " + listed).encode(), "xx").tree
        tree = parse_yaml((ROOT / "config" / name).read_bytes(), name).tree
        assert isinstance(texts, Map)
        assert len(texts) == int(listed.splitlines()[0].rpartition(": ")[2]) > 30
        assert unknown_paths(texts, lay_texts(tree, texts, "xx", frozenset({"pt", "en", "xx"}))) == []
    tool.main("fr", [])
    assert capsys.readouterr().out == ""
