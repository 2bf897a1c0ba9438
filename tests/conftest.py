"""Puts this folder on the path, so that tests can `import factories`; builds that several tests read are made once, for all processes."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
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
settings.register_profile("whole", deadline=None, derandomize=True, suppress_health_check=NEVER_FAILS_BY_SPEED)
settings.register_profile("every-change", settings.get_profile("whole"), max_examples=40)
settings.register_profile("search", deadline=None, suppress_health_check=NEVER_FAILS_BY_SPEED)
"""The check of a change says the same on every machine, more of it in CI; a search for new faults draws other cases each time."""
settings.load_profile(os.environ.get("BULLETIN_CASES", "every-change"))


ORDER = 20241123
"""Seed of the order of the tests, which is the same on every machine unless `--randomly-seed` or BULLETIN_CASES says otherwise."""
LONGEST = (
    "test_example.py", "test_stress.py", "test_round_in_example.py", "test_truth.py", "test_equal.py", "test_pdf.py",
    "test_small.py", "test_example_editions.py", "test_changes.py", "test_generated.py", "test_docx.py", "test_colours.py",
)  # fmt: skip
"""Files that take longest, in that order: begun first, they run beside everything else, never after it."""


gc.set_threshold(100_000, 20, 20)
"""What tests read lives long and has few cycles: to look for them at every step took an eighth of the time of composing."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("randomly_seed", None) == "default" and os.environ.get("BULLETIN_CASES") != "search":
        config.option.randomly_seed = ORDER


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST)

    items.sort(key=place)


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its processes share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """`folder`, which whichever process comes first has `make` fill."""
    from bulletin.pipeline.lock import alone

    done = folder.with_name(f"{folder.name} made")
    with alone(folder, seconds=1800):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a process that failed has left
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def built(project: Path, folder: Path, jobs: int, formats: tuple[str, ...] = ()) -> Path:
    from bulletin.pipeline.build import build
    from bulletin.pipeline.progress import silent

    build(copied(project, folder), silent, jobs=jobs, formats=formats)
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
def small_out(common: Path) -> Path:
    """The small project, built in both languages and formats. Read only."""
    formats, project = ("pdf", "docx", "xlsx", "data", "html"), ROOT / "tests" / "projects" / "small"
    place = once(common / "small", lambda folder: built(project, folder / "pequeno", jobs=1, formats=formats))
    return place / "pequeno" / "out"


@pytest.fixture(scope="session")
def example_out(common: Path) -> Path:
    """The Mozambique example in all its formats, built from a place with a space and accents. Read only."""
    name = "Moçambique em edição"
    place = once(common / "example", lambda folder: built(ROOT / "examples" / "mozambique", folder / name, 2))
    return place / name / "out"


@pytest.fixture(scope="session")
def sealed_small(common: Path) -> Path:
    """The small project, built in Word and released. Read only."""
    from bulletin.pipeline.build import build
    from bulletin.pipeline.progress import silent
    from bulletin.pipeline.release import release

    def made(folder: Path) -> None:
        project = copied(ROOT / "tests" / "projects" / "small", folder / "país com espaço")
        build(project, silent, formats=["docx"], jobs=1)
        release(project, silent)

    return once(common / "selado", made) / "país com espaço"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice that makes a reviewer's edits; started once."""
    from office.driver import missing, started

    if missing():
        # Where the whole check runs, an edit that cannot be made must not pass for one that went well.
        (pytest.fail if os.environ.get("BULLETIN_OFFICE") == "required" else pytest.skip)(missing())
    with started(tmp_path_factory.mktemp("office")) as running:
        yield running
