"""errata.yaml: the corrected issues of a published edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.load.files import is_safe_name
from bulletin.load.texts import missing_texts
from bulletin.load.yaml_text import Seq, place
from bulletin.model.edition import Edition, Erratum
from bulletin.model.finding import Severity

if TYPE_CHECKING:
    from bulletin.load.project_files import ProjectFiles

ERRATA = "errata.yaml"


def read_erratum(files: ProjectFiles, edition: Edition) -> Erratum | None:
    """The newest entry, where there is one: this issue puts a published edition right, and says why in all its languages."""
    tree = files.map_of(files.root / ERRATA)
    if tree is None:
        return None
    entries = tree.get("errata")
    if not isinstance(entries, Seq):
        files.error("config-not-list", place(tree.at.get("errata", tree.own), "errata"), found="")
        return None
    if not entries:
        return None
    files.findings.extend(missing_texts(entries, edition.languages, frozenset(edition.languages), Severity.ERROR))
    found = files.checked(Erratum, entries[-1], entries.at[-1])
    if found is not None and not is_safe_name(found.id):
        files.error("unsafe-name", place(entries.at[-1], "id"), name=found.id[:60])
    return found
