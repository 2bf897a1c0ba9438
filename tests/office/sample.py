"""The small project with enough prose to be reviewed: sentences with figures, and plain ones."""

from __future__ import annotations

from pathlib import Path

import factories
from office.reviewers import PROSE

FIGURES = {
    "old_age": '{{ change("PENSIONERS", scheme="INSS", function="OLD_AGE") }}',
    "survivors": '{{ level("PENSIONERS", scheme="INSS", function="SURVIVORS") }}',
    "disability": '{{ change("PENSIONERS", scheme="INSS", function="DISABILITY") }}',
    "mix": '{{ composition("PENSIONERS", by="function", scheme="INSS", at="2021") }}',
}
"""Alike in both languages."""


def project_to_review(folder: Path) -> Path:
    """A copy of the small project with more to say."""
    project = factories.small_project(folder)
    for language, plain in PROSE.items():
        with (project / "text" / language / "people.md").open("a", encoding="utf-8") as file:
            file.writelines(f"\n{{#people.{name}}}\n{text}\n" for name, text in {**plain, **FIGURES}.items())
    return project
