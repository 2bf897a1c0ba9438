"""Texts of findings and of the commands, by language; readable even when a project is not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from bulletin.load.yaml_text import parse_yaml
from bulletin.model.text import MESSAGES
from bulletin.shipped import shipped

_PLAIN = re.compile(r"""([\w-]+): (?:("(?:[^"\\]|\\["\\nt])*")|('(?:[^']|'')*')|([^\s"'\[\]{}>|*&!%#`@,?:-][^#:]*))""")
"""A line of a flat map as the files of messages have it: a name, and a text in quotation marks or a bare one."""
_MARK = re.compile(r"^(decimal|group|min_group): (.+)$", re.MULTILINE)
"""A line of a language pack that says how numbers are written."""
_DECLARED = re.compile(rb"^messages:\s*['\"]?(\w+)", re.MULTILINE)


def load_messages(language: str) -> Mapping[str, str]:
    """Rule, or key of a command's text, to pattern; with the number marks of the language: `decimal`, `group`, `min_group`."""
    path = shipped("config", "messages", f"{language}.yaml")
    plain = _plain(path.read_text(encoding="utf-8"))
    if plain is None:
        tree = parse_yaml(path.read_bytes(), path.name).tree
        plain = {str(k): str(v) for k, v in tree.items()} if isinstance(tree, dict) else {}
    pack = shipped("config", "languages", f"{language}.yaml").read_text(encoding="utf-8")
    return plain | {name: str(json.loads(mark)) for name, mark in _MARK.findall(pack)}


def _plain(text: str) -> dict[str, str] | None:
    """Without the YAML reader, which takes longer than a whole `trace`; None where a line needs it."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        match = _PLAIN.fullmatch(line)
        if match is None or match[1] in found:
            return None
        name, double, single, bare = match.groups()
        found[name] = json.loads(double) if double else single[1:-1].replace("''", "'") if single else bare.rstrip()
    return found


def languages_of_messages() -> tuple[str, ...]:
    return tuple(sorted(p.stem for p in shipped("config", "messages").glob("*.yaml")))


def declared_language(root: Path) -> str:
    """What `bulletin.yaml` says of the language of messages, even when the file cannot be used otherwise; `pt` by default."""
    try:
        found = _DECLARED.search((root / "bulletin.yaml").read_bytes())
    except OSError:
        return MESSAGES
    language = found[1].decode("ascii", "replace") if found else MESSAGES
    return language if language in languages_of_messages() else MESSAGES
