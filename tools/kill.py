"""Kills, fills the disk and holds files at every call that writes, and looks at what is left: `kill.py [--quick] [--points N]`.

Quick: the writing alone, with small files, killed at every call. Otherwise whole builds of tests/projects/small, at N calls over a fresh
folder and N over an older edition (60 each), and 20 failures. The processes killed are copies of this one (POSIX only).
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from bulletin.errors import OutputError  # noqa: E402
from bulletin.pipeline import swap  # noqa: E402
from bulletin.pipeline.lock import alone  # noqa: E402
from bulletin.pipeline.save import save_private  # noqa: E402
from bulletin.pipeline.verify import check_whole  # noqa: E402

Deed = Callable[[str, int], None]
"""What happens at a writing call: its name and its number."""
Action = Callable[[Path], None]
"""Writes an edition into a folder `out` below the folder given."""
REFUSED, BROKEN = 3, 9
CALLS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate"})


def watched(place: Path, deed: Deed) -> None:
    """From now on this process tells every call that changes something below `place`; cannot be undone."""
    count = [0]

    def told(name: str) -> None:
        count[0] += 1
        deed(name, count[0])

    def hook(event: str, given: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = given
            wanted = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if wanted and isinstance(path, (str, Path)) and str(path).startswith(str(place)):
                told("open")
        elif event in CALLS and (not str(given[0]).startswith("/") or str(given[0]).startswith(str(place))):
            told(event)

    write, fsync = os.write, os.fsync

    def halved(descriptor: int, data: memoryview) -> int:
        if len(data) > 1:
            write(descriptor, data[: len(data) // 2])
            os.lseek(descriptor, -(len(data) // 2), os.SEEK_CUR)
        told("write")
        return write(descriptor, data)

    def flushed(descriptor: int) -> None:
        told("fsync")
        fsync(descriptor)

    os.write, os.fsync = halved, flushed  # type: ignore[assignment]
    sys.addaudithook(hook)


def apart(work: Callable[[], None]) -> int:
    """Runs it in a copy of this process: its exit code, or minus the signal that ended it."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        work()
        os._exit(0)
    except OutputError as error:
        told = [f.rule for f in error.findings]
        os._exit(REFUSED if told else BROKEN)
    except BaseException as error:  # what a user would see as a traceback
        print(f"  {type(error).__name__}: {error}")
        os._exit(BROKEN)


def calls(action: Action, place: Path) -> list[str]:
    """The writing calls of an action that is left alone."""
    listed = place.with_name("calls.txt")
    names: list[str] = []

    def work() -> None:
        watched(place, lambda name, _: names.append(name))
        action(place)
        listed.write_text("\n".join(names), encoding="utf-8")

    assert apart(work) == 0
    return listed.read_text(encoding="utf-8").split("\n")


def contents(folder: Path) -> dict[str, str] | None:
    if not folder.is_dir():
        return None
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def is_named(out: Path) -> bool:
    """`verify` finds fault with the folder."""
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()} if out.is_dir() else {}
    return any(f.severity.value == "error" for f in check_whole(out, files))


@dataclass
class Tally:
    """Of a series of faults: what was found after them."""

    name: str
    points: int = 0
    as_it_was: int = 0
    """Or the whole edition that was waiting to be put there."""
    new: int = 0
    named: int = 0
    """In between, and `verify` says so."""
    silent: list[str] = field(default_factory=list)
    """In between, and nothing says so; or an edition lost."""
    other: list[str] = field(default_factory=list)
    """The next build is not the reference, leaves something behind, or the fault was answered with a traceback."""

    def line(self) -> str:
        lost, wrong = len(self.silent), len(self.other)
        return (
            f"{self.name}: {self.points} points; as it was {self.as_it_was}, new {self.new}, named by verify {self.named}; "
            f"partial or lost {lost}; next build other than the reference or leftovers {wrong}"
        )


@dataclass(frozen=True)
class Case:
    """`before` prepares a folder, `action` is disturbed there, then repeated."""

    name: str
    before: Action
    action: Action


def prepared(case: Case, parent: Path) -> Path:
    place = parent / "place"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    assert apart(lambda: case.before(place)) == 0
    return place


def settled(place: Path) -> None:
    swap.settle(place / "out")


def troubled(case: Case, place: Path, deed: Deed) -> None:
    watched(place, deed)
    case.action(place)


def disturbed(case: Case, parent: Path, deeds: Mapping[str, Deed], tally: Tally, *, refused: bool) -> None:
    """Each deed on a new copy. `refused`: the process lives and must say that it cannot write, `out` as it was."""
    place = prepared(case, parent)
    pristine = shutil.copytree(place, parent / "pristine", dirs_exist_ok=True)
    old = contents(place / "out")
    assert apart(lambda: case.action(place)) == 0
    reference, names = contents(place / "out"), sorted(p.name for p in place.iterdir())
    shutil.rmtree(place)
    shutil.copytree(pristine, place)
    assert apart(partial(settled, place)) == 0
    middle = contents(place / "out")
    for name, deed in deeds.items():
        shutil.rmtree(place)
        shutil.copytree(pristine, place)
        tally.points += 1
        code = apart(partial(troubled, case, place, deed))
        now = contents(place / "out")
        if now == reference and not (refused and code):
            tally.new += 1
        elif now in (old, middle) and not (refused and code == 0):
            tally.as_it_was += 1
        elif is_named(place / "out"):
            tally.named += 1
        else:
            tally.silent.append(f"{name} (exit {code})")
        if code == BROKEN:
            tally.other.append(f"{name}: traceback")
        again = apart(lambda: case.action(place))
        left = sorted(p.name for p in place.iterdir())
        parts = [p.name for p in place.rglob(".*") if p.name.endswith((".part", ".lock")) or ".staging" in p.name]
        if again or contents(place / "out") != reference or left != names or parts:
            tally.other.append(f"{name}: exit {again}, {left} {parts}")
        print(f"{tally.points} of {len(deeds)}: {name}; {len(tally.silent)}, {len(tally.other)}", file=sys.stderr, flush=True)
    print(tally.line(), *(f"  {said}" for said in (*tally.silent, *tally.other)), sep="\n", flush=True)
    shutil.rmtree(pristine)


def killed_at(number: int) -> Deed:
    def deed(_: str, count: int) -> None:
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return deed


def full_from(number: int, *, once: bool = False) -> Deed:
    """A disk on which nothing new can be written from a call on; names can be moved and removed."""

    def deed(name: str, count: int) -> None:
        if (count == number if once else count >= number) and (once or name in ("open", "write", "fsync", "os.mkdir", "os.link")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return deed


def limited_to(size: int) -> Deed:
    """No file may be larger, as the system itself sees to it."""

    def deed(_: str, count: int) -> None:
        if count == 1:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return deed


def spread(total: int, wanted: int) -> list[int]:
    """Numbers from 1 to `total`, evenly."""
    return list(range(1, total + 1)) if wanted >= total else sorted({1 + i * (total - 1) // (wanted - 1) for i in range(wanted)})


def edition(words: str, *names: str) -> tuple[dict[str, bytes], bytes]:
    files = {name: f"{words} {name}\n".encode() * 50 for name in names}
    listed = [{"path": n, "sha256": hashlib.sha256(d).hexdigest()} for n, d in files.items()]
    return files, json.dumps({"artifacts": listed}).encode()


def quick_cases() -> tuple[Case, ...]:
    """The writing alone: fresh, over an older edition, and over one that waits because Word held a file."""
    old = edition("old", "a.docx", "web/pt/a.html", "web/old/gone.html")
    new = edition("new", "a.docx", "web/pt/a.html", "web/new/c.html")

    def nothing(place: Path) -> None:
        (place / "work").mkdir()

    def former(place: Path) -> None:
        nothing(place)
        swap.save(place / "out", *old)

    def waiting(place: Path) -> None:
        former(place)
        watched(place, lambda name, count: held_second(name, count))
        try:
            swap.save(place / "out", *edition("never seen", "a.docx", "web/pt/a.html"))
        except OutputError:
            return
        raise AssertionError

    moves = [0]

    def held_second(name: str, _: int) -> None:
        moves[0] += name == "os.rename"
        if name == "os.rename" and moves[0] == 3:  # the first brings the staged edition to its place
            raise PermissionError(errno.EACCES, "held")

    def action(place: Path) -> None:
        with alone(place / "out"):
            swap.settle(place / "out")
            save_private(place / "work", {"findings.json": b"{}"})
            swap.save(place / "out", *new)

    return tuple(Case(name, before, action) for name, before in (("fresh", nothing), ("over", former), ("waiting", waiting)))


def held_at(number: int, *, onwards: bool = False) -> Deed:
    moves = [0]

    def deed(name: str, _: int) -> None:
        moves[0] += name == "os.rename"
        if name == "os.rename" and (moves[0] == number or (onwards and moves[0] > number)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    return deed


def quick(parent: Path) -> list[Tally]:
    tallies = []
    for case in quick_cases():
        place = prepared(case, parent)
        listed = calls(case.action, place)
        numbers, moves = range(1, len(listed) + 1), range(1, listed.count("os.rename") + 1)
        some = spread(len(listed), 15)
        series: tuple[tuple[str, dict[str, Deed], bool], ...] = (
            ("killed", {f"kill {n} {listed[n - 1]}": killed_at(n) for n in numbers}, False),
            ("disk full", {f"full {n} {listed[n - 1]}": full_from(n) for n in some}, True),
            ("one call fails", {f"fails {n} {listed[n - 1]}": full_from(n, once=True) for n in some}, True),
            ("held by Word", {f"held {n}": held_at(n) for n in moves}, True),
            ("held from then on", {f"held on {n}": held_at(n, onwards=True) for n in moves}, True),
        )
        for name, deeds, refused in series:
            tally = Tally(f"{case.name}, {name}")
            disturbed(case, parent, deeds, tally, refused=refused)
            tallies.append(tally)
    return tallies


def whole(parent: Path, points: int) -> list[Tally]:
    """Builds of the small project; what they draw and set in type is made once and remembered."""
    from bulletin.pipeline import build as building
    from bulletin.pipeline.progress import silent
    from bulletin.pipeline.summary import Asked
    from bulletin.pipeline.unchanged import ensure_built

    os.environ["BULLETIN_HOME"] = str(parent / "home")

    remembered: dict[str, Any] = {}
    really: Any = building.__dict__["produce"]

    def produce(*given: Any) -> Any:
        key = repr(given[2])
        if key not in remembered:
            remembered[key] = really(*given)
        return remembered[key]

    building.__dict__["produce"] = produce

    def project(place: Path, first: str = "") -> None:
        shutil.copytree(ROOT / "tests/projects/small", place / "project", ignore=shutil.ignore_patterns("out", "work"))
        (place / "project").rename(place.parent / "moving")
        place.rmdir()
        (place.parent / "moving").rename(place)
        if first:
            settings = place / "bulletin.yaml"
            settings.write_text(
                settings.read_text(encoding="utf-8").replace("status: final", f"status: {first}"), encoding="utf-8"
            )

    def action(place: Path) -> None:
        ensure_built(place, silent, Asked(), jobs=1)

    def over(place: Path) -> None:
        """An older edition with another date, hence with the same names and other bytes."""
        project(place)
        settings = place / "bulletin.yaml"
        now = settings.read_bytes()
        settings.write_bytes(now.replace(b"2025-01-31", b"2025-01-30"))
        action(place)
        shutil.rmtree(place / "work")
        settings.write_bytes(now)

    for case in (Case("over", over, action),):  # fills the memory of what was drawn, in this process
        place = parent / "place"
        place.mkdir()
        case.before(place)
        action(place)
        shutil.rmtree(place)
    tallies = []
    for case in (Case("small project, fresh", project, action), Case("small project, over an older edition", over, action)):
        listed = calls(action, prepared(case, parent))
        kills = {f"kill {n} {listed[n - 1]}": killed_at(n) for n in spread(len(listed), points)}
        tally = Tally(f"{case.name}, killed at {len(kills)} of {len(listed)} calls")
        disturbed(case, parent, kills, tally, refused=False)
        tallies.append(tally)
        fails: dict[str, Deed] = {f"full {n} {listed[n - 1]}": full_from(n) for n in spread(len(listed), 7)}
        fails |= {f"limit {size}": limited_to(size) for size in (0, 1000, 100_000)}
        tally = Tally(f"{case.name}, disk full or file too large")
        disturbed(case, parent, fails, tally, refused=True)
        tallies.append(tally)
    return tallies


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--points", type=int, default=60)
    given = options.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="bulletin-kill-", dir=memory if memory.is_dir() else None) as folder:
        tallies = quick(Path(folder)) if given.quick else whole(Path(folder), given.points)
    return int(any(t.silent or t.other for t in tallies))


if __name__ == "__main__":
    sys.exit(main())
