"""Files from elsewhere are worked on in a process of its own, with limits of time and memory: none can take the program down."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal

from bulletin.errors import BulletinError
from bulletin.limits import READER_MEMORY, READER_SECONDS

_LENGTH = struct.Struct(">Q")
Reason = Literal["time", "memory", "crash"]


class LostError(Exception):
    """The process gave no answer and was ended."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Reader:
    """One process for all files of a command: begun with the first, begun anew after one that it did not survive."""

    def __init__(self, seconds: float = READER_SECONDS.most) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            try:
                if stream:
                    stream.close()
            except OSError:
                continue
        process.wait()

    def call(self, task: str, *arguments: object) -> Any:
        """What the function `task` (`package.module:name`) answers: plain values and the program's own dataclasses. Raises what it
        raises where that is a BulletinError, else LostError."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        process = self._process = self._process or _started()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(self.seconds, stop)
        watch.daemon = True
        watch.start()
        try:
            _send(process.stdin, pickle.dumps((task, arguments)))
            said, value = _Plain(io.BytesIO(_received(process.stdout))).load()
        except (OSError, EOFError, ValueError, TypeError, AttributeError, pickle.UnpicklingError, MemoryError) as error:
            self.close()
            ended = process.returncode
            raise LostError("time" if late.is_set() or ended == -_too_long() else "crash") from error
        finally:
            watch.cancel()
        if late.is_set():
            # The answer came in the last moment; the next one will not.
            self.close()
        if said == "refused" and isinstance(value, BulletinError):
            raise value
        if said != "done":
            # What an allocation that failed has left behind is not trusted with the next file.
            self.close()
            raise LostError("memory" if said == "memory" else "crash")
        return value


def _too_long() -> int:
    """The signal that ends a process at its limit of processor time; no signal has number 0."""
    return int(getattr(signal, "SIGXCPU", 0))


def _started() -> subprocess.Popen[bytes]:
    """Without the folder in which the command runs among those that modules come from."""
    environment = dict(os.environ)
    own = str(Path(__file__).parents[1])
    environment["PYTHONPATH"] = os.pathsep.join(p for p in (own, environment.get("PYTHONPATH", "")) if p)
    environment["OPENBLAS_NUM_THREADS"] = "1"
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "bulletin.isolated"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class _Plain(pickle.Unpickler):
    """The answer may hold values and dataclasses of this program, and nothing that does anything when it is read."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("bulletin."):
            found = super().find_class(module, name)
            own = isinstance(found, type) and found.__module__.startswith("bulletin.")
            if own and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum | BulletinError)):
                return found
        if module == "builtins" and name in ("set", "frozenset"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    """Raises EOFError where nothing, or less than was announced, comes."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > READER_MEMORY.most:
        raise EOFError
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def limited() -> tuple[str, ...]:
    """Sets what limits this system has, on this process: names of those that hold."""
    try:
        import resource
    except ImportError:
        return ()
    held = []
    for name, what, amount in (("memory", resource.RLIMIT_AS, READER_MEMORY.most), ("core", resource.RLIMIT_CORE, 0)):
        try:
            _, hard = resource.getrlimit(what)
            resource.setrlimit(what, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))
            held.append(name)
        except (ValueError, OSError):
            continue
    return tuple(held)


def _given_time() -> bool:
    """For the next file, so much processor time more; whether the system keeps to it."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        amount = int(used.ru_utime + used.ru_stime) + READER_SECONDS.most
        resource.setrlimit(resource.RLIMIT_CPU, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))
    except (ImportError, ValueError, OSError):
        return False
    return True


def in_force() -> tuple[str, ...]:
    """Which limits hold in a reading process on this machine, each tried: `time`, `processor`, `memory`."""
    held = ["time"]
    if _given_time():
        held.append("processor")
    if "memory" in limited():
        try:
            # Asked of the system and not used: nothing is taken from a machine that grants it.
            bytearray(READER_MEMORY.most + 1)
        except MemoryError:
            held.append("memory")
    return tuple(held)


def _answer(request: bytes) -> tuple[str, object]:
    task, arguments = pickle.loads(request)
    module, _, name = task.partition(":")
    try:
        return "done", getattr(importlib.import_module(module), name)(*arguments)
    except BulletinError as error:
        return "refused", error
    except MemoryError:
        return "memory", None
    except Exception as error:
        return "failed", type(error).__name__


def main() -> None:
    """Answers requests until there are no more; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    limited()
    # Nothing that is done here counts with arrays, and to load them takes longer than most files.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    while True:
        try:
            request = _received(sys.stdin.buffer)
        except EOFError:
            return
        _given_time()
        try:
            data = pickle.dumps(_answer(request))
        except MemoryError:
            data = pickle.dumps(("memory", None))
        _send(answers, data)


if __name__ == "__main__":
    main()
