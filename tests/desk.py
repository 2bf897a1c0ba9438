"""A small project with one institution, its form, and short ways to fill it in and read it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from bulletin.pipeline.form_read import ReadForm, read_forms
from factories import spoken

SMALL = Path(__file__).parents[0] / "projects" / "small"
EDITION = """
collect:
  - {institution: INSS, due: 2025-01-15, source: FORM}
  - {institution: INE, source: FORM}
"""
SOURCE = """
  - id: FORM
    short: {pt: Formulário, en: Form}
    full: {pt: Formulário da instituição, en: Form of the institution}
"""


def quiet(stage: str, detail: str) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True)
class Desk:
    """Where a form is sent out from and comes back to."""

    root: Path

    def form(self, institution: str = "inss") -> Path:
        return self.root / "forms" / f"mz-{institution}-2024.xlsx"

    def changed(self, change: Callable[[Any], None], institution: str = "inss") -> Path:
        """A copy of the form as somebody changed it by hand."""
        book = openpyxl.load_workbook(self.form(institution))
        change(book)
        path = self.root / "forms" / "returned.xlsx"
        book.save(path)
        return path

    def read(self, path: Path) -> ReadForm:
        (found,) = read_forms(self.root, quiet, [path])
        spoken(found.findings)
        return found
