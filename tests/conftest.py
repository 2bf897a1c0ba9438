"""Puts this folder on the path, so that tests can `import factories`; builds that several tests read are made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from factories import copied

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared
    from office.driver import Office

ROOT = Path(__file__).parents[1]

NEVER_FAILS_BY_SPEED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
settings.register_profile("every-change", deadline=None, derandomize=True, suppress_health_check=NEVER_FAILS_BY_SPEED)
settings.register_profile("search", deadline=None, suppress_health_check=NEVER_FAILS_BY_SPEED)
"""The check of a change says the same on every machine; a search for new faults draws other cases each time."""
settings.load_profile(os.environ.get("BULLETIN_CASES", "every-change"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The example first: beside everything else, never after it."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def built(project: Path, folder: Path, jobs: int) -> Path:
    from bulletin.pipeline.build import build
    from bulletin.pipeline.progress import silent

    copied(project, folder)
    build(folder, silent, jobs=jobs)
    return folder / "out"


def composed(project: Path) -> tuple[Prepared, Composed]:
    from bulletin.pipeline.edit import compose_editions
    from bulletin.pipeline.prepare import prepare
    from bulletin.pipeline.progress import silent

    prepared = prepare(project, silent)
    return prepared, compose_editions(prepared)


@pytest.fixture(scope="session", autouse=True)
def own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test uses, or makes, the key of the user's own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BULLETIN_HOME", str(tmp_path_factory.mktemp("user")))
        yield


@pytest.fixture(scope="session")
def composed_small() -> tuple[Prepared, Composed]:
    """The small project, composed in both languages."""
    return composed(ROOT / "tests" / "projects" / "small")


@pytest.fixture(scope="session")
def composed_example() -> tuple[Prepared, Composed]:
    """The Mozambique example, composed in all its languages."""
    return composed(ROOT / "examples" / "mozambique")


@pytest.fixture(scope="session")
def small_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, built in both languages and formats. Read only."""
    return built(ROOT / "tests" / "projects" / "small", tmp_path_factory.mktemp("small") / "pequeno", jobs=1)


@pytest.fixture(scope="session")
def example_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Mozambique example, built from a place with a space and accents. Read only."""
    return built(ROOT / "examples" / "mozambique", tmp_path_factory.mktemp("example") / "Moçambique em edição", jobs=2)


@pytest.fixture(scope="session")
def sealed_small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, built in Word and released. Read only."""
    from bulletin.pipeline.build import build
    from bulletin.pipeline.progress import silent
    from bulletin.pipeline.release import release

    folder = copied(ROOT / "tests" / "projects" / "small", tmp_path_factory.mktemp("selado") / "país com espaço")
    build(folder, silent, formats=["docx"], jobs=1)
    release(folder, silent)
    return folder


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice that makes a reviewer's edits; started once."""
    from office.driver import missing, started

    if missing():
        # Where the whole check runs, an edit that cannot be made must not pass for one that went well.
        (pytest.fail if os.environ.get("BULLETIN_OFFICE") == "required" else pytest.skip)(missing())
    with started(tmp_path_factory.mktemp("office")) as running:
        yield running
