"""A LibreOffice of the tests' own, started once; a list of a reviewer's edits makes a new file of one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

Operation = tuple[str, Any]
"""Name of a method of `Desk` in edit.py and its arguments."""

PYTHON = "/usr/bin/python3"
"""The one that has LibreOffice's bridge; a virtual environment has not."""


@cache
def missing() -> str:
    """What LibreOffice lacks here, empty when the edits can be made."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed (libreoffice-writer)"
    if not Path(PYTHON).exists():
        return f"{PYTHON} is not installed"
    asked = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return "the bridge to LibreOffice is not installed (python3-uno)" if asked.returncode else ""


@dataclass
class Office:
    driver: subprocess.Popen[str]

    def edit(self, source: Path, target: Path, operations: Sequence[Operation] = ()) -> Path:
        """Opens `source`, does what is listed, saves as `target`; the ending says in which format."""
        job = {"source": str(source), "target": str(target), "operations": list(operations)}
        assert self.driver.stdin is not None
        assert self.driver.stdout is not None
        self.driver.stdin.write(json.dumps(job) + "\n")
        self.driver.stdin.flush()
        answer = json.loads(self.driver.stdout.readline() or '{"error": "LibreOffice has ended"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return target


@contextmanager
def started(folder: Path) -> Iterator[Office]:
    """`folder`: for its profile."""
    pipe = f"bulletin-{uuid4().hex}"
    program = subprocess.Popen(
        [
            "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    driver = subprocess.Popen(
        [PYTHON, str(Path(__file__).with_name("edit.py")), pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Office(driver)
    finally:
        assert driver.stdin is not None
        assert driver.stdout is not None
        driver.stdin.close()
        driver.wait(300)
        driver.stdout.close()
        _stop(program)


def _stop(program: subprocess.Popen[bytes]) -> None:
    """With the process it has started: the launcher ends without it."""
    try:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait(60)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        os.killpg(program.pid, signal.SIGKILL)
        program.wait(60)
