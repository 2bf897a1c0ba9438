"""Tells when a file of a project has changed, by watchfiles, which is needed for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.inputs import MADE, PASSING

STEP, MOST = 30, 300
"""Milliseconds without a further change after which those so far are told, and after which they are told anyway: programs save a file
in several steps."""
TICK = 500
"""Milliseconds after which nothing is told, so that Ctrl+C is heard at once on every system."""
HOW = 'pip install "bulletin[preview]"'


def check_watcher() -> None:
    """Raises ConfigError where watchfiles is not installed."""
    try:
        import watchfiles  # noqa: F401
    except ImportError as error:
        raise ConfigError([Finding("preview-no-watcher", Severity.ERROR, parameters={"command": HOW})]) from error


def changes(root: Path) -> Iterator[bool]:
    """Whether files have changed, again and again; the first time, when everything that changes from now on will be told, True.
    Ends with KeyboardInterrupt only."""
    from watchfiles import watch

    here = root.resolve()
    told = False
    for polling in (None, True):
        try:
            for found in watch(
                here, watch_filter=lambda _, path: counts(here, Path(path)), debounce=MOST, step=STEP, rust_timeout=TICK,
                yield_on_timeout=True, force_polling=polling,
            ):  # fmt: skip
                yield bool(found) or not told
                told = True
            return
        except (OSError, RuntimeError):  # no room for more watches, or a drive that tells nothing
            if polling:
                raise
        told = False  # what changed in between


def counts(root: Path, path: Path) -> bool:
    """Whether a change of this file may be one of the project: not what builds write, nor what programs put beside an open file."""
    try:
        inside = path.relative_to(root)
    except ValueError:
        return False
    name = inside.as_posix()
    made = any(name == m or name.startswith(f"{m}/") for m in MADE)
    passing = any(PASSING.fullmatch(part) or part.startswith(("~$", ".~lock.")) for part in inside.parts)
    return not made and not passing
