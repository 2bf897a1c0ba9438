"""Which languages a country's file offers a new project."""

from __future__ import annotations

from bulletin.load.yaml_text import Map, Seq, parse_yaml
from bulletin.shipped import shipped


def offered_languages(country: str) -> tuple[str, ...]:
    path = shipped("config", "countries", f"{country}.yaml")
    tree = parse_yaml(path.read_bytes(), path.name).tree
    found = tree.get("languages") if isinstance(tree, Map) else None
    return tuple(str(language) for language in found) if isinstance(found, Seq) else ()
