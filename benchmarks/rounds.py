"""Commands run in turns, A B A B, each in a process group of its own, with the first arm run twice a round as a control."""

from __future__ import annotations

import os
import platform
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIMIT = 900.0
"""Seconds after which a command's whole group is ended."""
LIBRARIES = ("weasyprint", "typst", "python-docx", "matplotlib", "pandas", "pikepdf", "pydantic", "xlsxwriter", "lxml")


@dataclass(frozen=True)
class Sample:
    wall: float
    cpu: float
    """Of the command and every child that it waited for."""
    peak: float
    """Megabytes of the whole process tree at once, shared pages counted once (PSS); 0 where the system does not tell."""
    said: str = field(default="", repr=False)


@dataclass(frozen=True)
class Arm:
    name: str
    command: tuple[str, ...]
    before: Callable[[], None] = lambda: None
    """What puts things as they were; not timed."""


class RunFailedError(Exception):
    """The command had no end within the limit, or failed."""


def run(arm: Arm, environment: Mapping[str, str] | None = None) -> Sample:
    """Raises RunFailedError, with the last lines that the command said, when it fails."""
    arm.before()
    before = os.times()
    # Bytecode is kept, as in every installation: a machine set otherwise would time Python's compiler in every arm.
    usual = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        arm.command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**usual, **(environment or {})},
    )
    peak, stop = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, stop))
    watcher.start()
    try:
        said, complained = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise RunFailedError(f"{arm.name}: no end within {LIMIT:.0f} s") from None
    finally:
        wall = time.perf_counter() - begun
        stop.set()
        watcher.join()
    after = os.times()
    if process.returncode:
        raise RunFailedError(f"{arm.name}: {(complained or said)[-800:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Sample(round(wall, 3), round(cpu, 3), round(peak[0]), said)


def _watch(group: int, peak: list[float], stop: threading.Event) -> None:
    while not stop.wait(0.25):  # looking more often takes a tenth of a core from what is measured
        peak[0] = max(peak[0], _held(group))


def _held(group: int) -> float:
    held = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rpartition(")")[2].split()[2]) != group:
                continue
            for line in (entry / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    held += int(line.split()[1])
        except (OSError, ValueError, IndexError):
            continue
    return held / 1024


@dataclass(frozen=True)
class Compared:
    """`ratios`: of each other arm to the first, per round; above 1 the other one is slower."""

    samples: Mapping[str, tuple[Sample, ...]]
    control: tuple[float, ...]
    """The first arm's second run to its first, per round."""
    ratios: Mapping[str, tuple[float, ...]]


def compare(arms: Sequence[Arm], rounds: int, value: Callable[[Sample], float] = lambda s: s.wall) -> Compared:
    """One round to warm up, then `rounds` counted ones."""
    taken: dict[str, list[Sample]] = {a.name: [] for a in arms}
    again: list[float] = []
    for number in range(rounds + 1):
        found = {a.name: run(a) for a in arms}
        second = run(arms[0])
        if number:
            for name, sample in found.items():
                taken[name].append(sample)
            again.append(value(second) / value(found[arms[0].name]))
    first = taken[arms[0].name]
    ratios = {a.name: tuple(round(value(s) / value(f), 2) for s, f in zip(taken[a.name], first, strict=True)) for a in arms[1:]}
    return Compared({n: tuple(s) for n, s in taken.items()}, tuple(round(r, 3) for r in again), ratios)


def summary(ratios: Sequence[float], control: Sequence[float]) -> dict[str, object]:
    """Median and range; whether the range lies within what the same command differs from itself."""
    low, high = min((*control, 1.0)), max((*control, 1.0))
    middle = round(statistics.median(ratios), 2)
    return {
        "ratio": middle,
        "range": [min(ratios), max(ratios)],
        "n": len(ratios),
        "distinguishable": not low <= middle <= high,
    }


def machine() -> dict[str, object]:
    """What the figures were taken with."""
    libraries = {}
    for name in LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = "absent"
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": os.cpu_count(),
        "load": round(load, 2),
        "libraries": libraries,
    }
