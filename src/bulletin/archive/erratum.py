"""Corrected issues of a published edition: their ids, and the file that lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from bulletin.model.edition import Erratum

_NUMBER = re.compile(r"-r(\d+)$")
HEAD = (
    "# Emissões corrigidas desta edição; constrói-se a última. / Corrected issues of this edition; the last is what is built.\n"
    "errata:\n"
)


def base_of(edition: str) -> str:
    """Id of an edition without the number of its corrected issue."""
    return _NUMBER.sub("", edition)


def next_issue(corrects: str, known: Iterable[str]) -> str:
    """`<edition>-r<n>`, one above the highest that is sealed."""
    base = base_of(corrects)
    numbers = [int(n[1]) for name in known if base_of(name) == base and (n := _NUMBER.search(name))]
    return f"{base}-r{max(numbers, default=0) + 1}"


def with_entry(text: str, erratum: Erratum) -> str:
    """errata.yaml with one entry more, on a line of its own."""
    reason = ", ".join(f"{language}: {_quoted(said)}" for language, said in erratum.reason.items())
    entry = f"  - {{id: {_quoted(erratum.id)}, corrects: {_quoted(erratum.corrects)}, reason: {{{reason}}}}}\n"
    return (text.rstrip("\n") + "\n" if text.strip() else HEAD) + entry


def _quoted(text: str) -> str:
    """A JSON string is a YAML string."""
    return json.dumps(text, ensure_ascii=False)
