"""Every message is explained in both languages, its example can be written, and the generated pages are those of the configuration."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_message_docs", ROOT / "tools" / "write_message_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_rule_has_an_entry_and_every_entry_a_rule(language: str) -> None:
    explained = [rule for group in TOOL.read("docs/messages.yaml")["groups"] for rule in group["rules"]]
    known = TOOL.rules(TOOL.read(f"config/messages/{language}.yaml"))
    assert sorted(set(known) - set(explained)) == [], "explain these in docs/messages.yaml, then run tools/write_message_docs.py"
    assert sorted(set(explained) - set(known)) == []
    assert len(explained) == len(set(explained))


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_explanation_is_a_sentence(language: str) -> None:
    for group in TOOL.read("docs/messages.yaml")["groups"]:
        for rule, entry in group["rules"].items():
            assert re.fullmatch(r"\S.*\.", entry[language]), rule


def test_the_pages_are_up_to_date() -> None:
    pages = TOOL.pages()
    stale = [path for path, text in pages.items() if (ROOT / path).read_text(encoding="utf-8") != text]
    assert stale == [], "run tools/write_message_docs.py"


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / unquote(target)).exists(), f"{page.name}: {target}"
