"""A small project that has sent out its forms."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.isolated import Reader
from bulletin.pipeline.form_write import write_forms
from desk import EDITION, SMALL, SOURCE, Desk, quiet
from factories import called_here


@pytest.fixture(scope="session")
def sent_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its forms written, copied for every test."""
    root = tmp_path_factory.mktemp("forms") / "projeto"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("out", "work"))
    with (root / "bulletin.yaml").open("a", encoding="utf-8") as file:
        file.write(EDITION)
    with (root / "config" / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(SOURCE)
    write_forms(root, quiet)
    return root


@pytest.fixture
def desk(sent_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    root = tmp_path / "projeto"
    shutil.copytree(sent_out, root)
    # Every test would start a process otherwise; test_read.py has one that does.
    monkeypatch.setattr(Reader, "call", called_here)
    return Desk(root)
