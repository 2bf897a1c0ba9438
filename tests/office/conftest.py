"""Two documents as they are sent out, and what reviewers make of them in LibreOffice; every file is made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import factories
from bulletin.model.reviewed import ReadFile
from bulletin.review.read import read_docx
from office.driver import Office, Operation
from office.reviewers import PROSE, Edit


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small project with some more prose, as sent out for review, by language. Read only."""
    from bulletin.pipeline.build import build
    from bulletin.pipeline.progress import silent

    folder = factories.small_project(tmp_path_factory.mktemp("enviado") / "em revisão")
    for language, texts in PROSE.items():
        with (folder / "text" / language / "people.md").open("a", encoding="utf-8") as file:
            file.writelines(f"\n{{#people.{name}}}\n{text}\n" for name, text in texts.items())
    build(folder, silent, for_review=True, jobs=1)
    return {language: folder / "review" / "out" / f"small-{language}-review.docx" for language in PROSE}


@pytest.fixture(scope="session")
def edited(sent: dict[str, Path], office: Office, tmp_path_factory: pytest.TempPathFactory) -> Edit:
    """The document in one language after some edits; the same edits are made once."""
    folder = tmp_path_factory.mktemp("voltou")

    @cache
    def edit(language: str, operations: Callable[[str], list[Operation]] | None, **choices: bool) -> ReadFile:
        number = len(list(folder.iterdir()))
        steps = operations(language, **choices) if operations else []
        steps = [("reopen", str(folder / f"{number}.odt"))] if choices.get("odt") else steps
        return read_docx(office.edit(sent[language], folder / f"{number}.docx", steps).read_bytes())

    return edit
