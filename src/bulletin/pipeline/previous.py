"""What the last build had: the figures on which its hand-written claims rested, to say what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bulletin.compose.claims.stated import STATED
from bulletin.document.lines import read_items
from bulletin.ledger.nodes import Node, text
from bulletin.model.project import Project

FACTS = Path("out") / "facts.json"


def previous_claims(project: Project) -> Mapping[str, Mapping[str, float]]:
    """Id of a claim to key and value; empty where no text states one, or nothing has been built."""
    path = project.root / FACTS
    stating = any("claim(" in p.text for texts in project.narrative.values() for ps in texts.values() for p in ps)
    if not stating or not path.is_file():
        return {}
    try:
        items = read_items(path.read_bytes())
        return {text(node, "id"): _basis(node) for node in items.all("claims") if text(node, "kind") in STATED}
    except (OSError, ValueError):
        # A file that another program left there, or an older one: what has changed is then not told.
        return {}


def _basis(node: Node) -> dict[str, float]:
    pairs = node.get("basis")
    return (
        {str(p[0]): number for p in pairs if isinstance(p, list) and isinstance(number := p[1], float | int)}
        if isinstance(pairs, list)
        else {}
    )
