"""How many processes work at once, and the processes themselves."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import wait
from multiprocessing.util import Finalize
from typing import TypeVar

I = TypeVar("I")  # noqa: E741
O = TypeVar("O")  # noqa: E741

MOST = 4
NEEDED = 450_000_000
"""Bytes that a process may need while it writes: the example takes 340 MB at most, as no PDF is laid out as a whole."""


def workers(jobs: int) -> int:
    """As many as asked for; with 0 by the cores that this process may use and the memory that is free."""
    if jobs:
        return jobs
    free = free_memory()
    return max(1, min(_cores(), MOST, MOST if free is None else free // NEEDED))


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def free_memory() -> int | None:
    """Bytes; None where the system does not say."""
    if os.name == "nt":
        return _free_on_windows()
    try:
        with open("/proc/meminfo", encoding="ascii") as told:  # noqa: PTH123
            found = {line.partition(":")[0]: line.split()[1] for line in told}
        return int(found["MemAvailable"]) * 1024
    except (OSError, KeyError, ValueError, IndexError):
        return None


def _free_on_windows() -> int | None:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong), *((f"n{n}", ctypes.c_ulonglong) for n in range(7))]

    status = Status(length=ctypes.sizeof(Status))
    asked = getattr(ctypes, "windll", None)
    return int(status.n1) if asked and asked.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)) else None


class Pool:
    """`each` maps in this process or in workers; a fresh interpreter for each worker, as on Windows, so that all systems do alike.
    They start with what `ready` gives them to load, or else with the first things to map that are more than one."""

    def __init__(self, jobs: int) -> None:
        self._workers = workers(jobs)
        self._executor: Executor | None = None
        self._usual = gc.get_threshold()

    def __enter__(self) -> Pool:
        collect_seldom()
        return self

    def ready(self, modules: Sequence[str]) -> None:
        """Starts the workers, which load `modules` while this process does something else; none where there is nothing to load."""
        if self._workers > 1 and modules:
            executor = self._started()
            for _ in range(self._workers):
                executor.submit(load, tuple(modules))

    def each(self, function: Callable[[I], O], items: Sequence[I]) -> Iterable[O]:
        """In the order of the items."""
        if self._workers == 1 or (len(items) < 2 and self._executor is None):
            return map(function, items)
        return self._started().map(function, items)

    def begin(self, function: Callable[[I], O], item: I) -> Callable[[], O]:
        """What gives the result when it is asked for: begun in a worker, or where there is none made then, once."""
        return cache(partial(function, item)) if self._workers == 1 else self._started().submit(function, item).result

    def _started(self) -> Executor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(self._workers, multiprocessing.get_context("spawn"), initializer=begin)
        return self._executor

    def __exit__(self, *_: object) -> None:
        gc.set_threshold(*self._usual)
        if self._executor:
            self._executor.shutdown(cancel_futures=True)


def load(modules: Sequence[str]) -> None:
    """Whoever needs one that is not there says so in its own words."""
    for name in modules:
        with suppress(ImportError, OSError):
            importlib.import_module(name)


def begin() -> None:
    """What a worker does first."""
    end_with_parent()
    collect_seldom()
    # All it made has been handed over by then: taking its memory apart object by object would keep the build waiting half a second.
    Finalize(None, os._exit, (0,), exitpriority=-1)


def collect_seldom() -> None:
    """A page is a hundred thousand objects that all live until it is written: looking for dead ones among them at every turn takes a
    twentieth of the time."""
    gc.set_threshold(50_000, 20, 100)


def end_with_parent() -> None:
    """A worker whose build was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
