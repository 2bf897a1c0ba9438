"""What reading a file gave before: readers ask here first, and whoever calls them may answer; left alone, nothing is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

Lasting = Callable[[object], bool]
Memory = Callable[[str, bytes, str, Callable[[], object], Lasting], object]
"""Kind of reading, the file's content and name, how to read it, and whether a result may be remembered; gives what the reading gives."""


def _forgetful(kind: str, content: bytes, name: str, read: Callable[[], object], lasting: Lasting) -> object:
    return read()


_memory: list[Memory] = [_forgetful]


def recalled(kind: str, content: bytes, name: str, read: Callable[[], T], lasting: Callable[[T], bool] = lambda _: True) -> T:
    """What `read` gives, which depends on nothing but the content, the name and the program; `lasting`: unless it says otherwise."""
    return _memory[-1](kind, content, name, read, lasting)  # type: ignore[arg-type, return-value]


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    _memory.append(memory)
    try:
        yield
    finally:
        _memory.pop()
