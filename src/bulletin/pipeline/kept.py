"""The cache around pure steps: what goes into a step, as bytes that are the same in every process, and what came out of it before."""

from __future__ import annotations

import io
import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path, PurePath
from typing import Any, ClassVar, TypeVar

from bulletin.cache import Cache, digest, versions

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741

Each = Callable[..., Iterable[Any]]
"""`map`, in this process or over several."""


@dataclass(frozen=True)
class Step:
    """A pure step: `function` of `item`."""

    kind: str
    name: str
    key: str
    """Digest of all that goes in but the program itself, which always counts."""
    function: Callable[[Any], Any]
    item: Any
    length: float = 0.0
    """How long it takes, beside the others."""


def _taken(step: tuple[Callable[[Any], Any], Any]) -> Any:
    function, item = step
    return function(item)


class Memory:
    """Results as they are, which nobody changes; of each kind those used last."""

    MOST: ClassVar[Mapping[str, int]] = {"figures": 2}
    USUAL = 400

    def __init__(self) -> None:
        self._known: dict[str, OrderedDict[str, Any]] = {}

    def get(self, kind: str, key: str) -> tuple[Any] | None:
        known = self._known.get(kind, OrderedDict())
        if key not in known:
            return None
        known.move_to_end(key)
        return (known[key],)

    def keep(self, kind: str, key: str, result: object) -> None:
        known = self._known.setdefault(kind, OrderedDict())
        known[key] = result
        known.move_to_end(key)
        while len(known) > self.MOST.get(kind, self.USUAL):
            known.popitem(last=False)


@dataclass
class Kept:
    """Steps whose results are taken from the cache where there is one for all that goes in."""

    cache: Cache = field(default_factory=lambda: Cache(None))
    made: dict[str, list[str]] = field(default_factory=dict)
    """Kind of step to the names of what was made anew."""
    found: dict[str, list[str]] = field(default_factory=dict)
    memory: Memory | None = None
    """Of a process that reads the same project again and again; None: nothing is remembered."""

    def once(
        self,
        kind: str,
        name: str,
        key: Sequence[bytes | str],
        make: Callable[[], T],
        lasting: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """The result of `make`; `key`: all that goes into it but the program itself, which always counts; `lasting`: whether a
        result may be kept."""
        if self.cache.folder is None:
            return make()
        full = digest(versions(), kind, *key)
        known = self._recalled(kind, full)
        result = known[0] if known else make()
        (self.found if known else self.made).setdefault(kind, []).append(name)
        if not known and lasting(result):
            self._keep(kind, full, result)
        return result

    def each(
        self, kind: str, names: Sequence[str], keys: Sequence[str], function: Callable[[I], T], items: Sequence[I], over: Each
    ) -> list[T]:
        """`function` of every item, in their order; `keys`: of each item a digest of all that goes in; `over`: how to map."""
        return self.steps(
            [Step(kind, name, key, function, item) for name, key, item in zip(names, keys, items, strict=True)], over
        )

    def steps(self, steps: Sequence[Step], over: Each) -> list[Any]:
        """Results in the order of the steps; of those that are to be made the longest begins first."""
        results = self.recall(steps)
        lacking = sorted((n for n in range(len(steps)) if n not in results), key=lambda n: -steps[n].length)
        made = over(_taken, [(steps[n].function, steps[n].item) for n in lacking]) if lacking else ()
        for n, result in zip(lacking, made, strict=True):
            self.keep(steps[n], result)
            results[n] = result
        return [results[n] for n in range(len(steps))]

    def recall(self, steps: Sequence[Step]) -> dict[int, Any]:
        """Place to result of the steps that were taken before."""
        results: dict[int, Any] = {}
        for n, step in enumerate(steps if self.cache.folder else ()):
            known = self._recalled(step.kind, digest(versions(), step.kind, step.key))
            if known is not None:
                results[n] = known[0]
                self.found.setdefault(step.kind, []).append(step.name)
        return results

    def keep(self, step: Step, result: object) -> None:
        if self.cache.folder:
            self._keep(step.kind, digest(versions(), step.kind, step.key), result)
            self.made.setdefault(step.kind, []).append(step.name)

    def recalled(
        self, kind: str, content: bytes, name: str, read: Callable[[], object], lasting: Callable[[object], bool]
    ) -> object:
        """Answers readers that ask what reading a file gave before."""
        return self.once(kind, name, (content, name), read, lasting)

    def _keep(self, kind: str, key: str, result: object) -> None:
        self.cache.put(kind, key, pickle.dumps((result,), 5))
        if self.memory:
            self.memory.keep(kind, key, result)

    def _recalled(self, kind: str, key: str) -> tuple[Any] | None:
        if self.memory and (held := self.memory.get(kind, key)):
            return held
        data = self.cache.get(kind, key)
        if data is None:
            return None
        try:
            found: tuple[Any] = pickle.loads(data)
        except Exception:  # written by us and whole, yet of a class that is no more
            return None
        if self.memory:
            self.memory.keep(kind, key, found[0])
        return found


def known_of(root: Path) -> Kept:
    """What builds of a project have kept, for commands that only read: where nothing was kept yet, nothing is."""
    folder = root / "work" / "cache"
    return Kept(Cache(folder if folder.is_dir() else None))


def canonical(value: object) -> bytes:
    """The value as bytes: equal bytes for equal values in every process, whatever its hash seed and whichever parts are one object.

    A pickle without memo, so that it does not matter which equal parts are shared; dataclasses as their fields in order, without
    what they have computed since, and sets among these sorted. Mappings count in their order, which in a bulletin is meant. Two values that differ
    never have the same bytes, because a pickle can be read back.
    """
    out = io.BytesIO()
    pickler = _Canonical(out, 5)
    pickler.fast = True
    pickler.dump(_sorted(value))
    return out.getvalue()


class _Canonical(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind in _FIELDS:
            return kind, tuple(_sorted(getattr(value, name)) for name in _FIELDS[kind])
        if isinstance(value, type):
            return NotImplemented
        if is_dataclass(value):
            _FIELDS[kind] = tuple(f.name for f in fields(value))
            return self.reducer_override(value)
        if isinstance(value, PurePath):
            return Path, (value.as_posix(),)
        return NotImplemented


_FIELDS: dict[type, tuple[str, ...]] = {}


def _sorted(value: object) -> object:
    if isinstance(value, (set, frozenset)):
        return ("set", sorted(value, key=canonical))
    return value
