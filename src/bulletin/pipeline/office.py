"""LibreOffice on this machine: where it is, which version, and what it makes of a Word file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Severity

TIME = 300
"""Seconds after which a layout is given up."""

_PLACES = (
    ("PROGRAMFILES", "LibreOffice/program/soffice.com"),
    ("PROGRAMFILES(X86)", "LibreOffice/program/soffice.com"),
    ("PROGRAMW6432", "LibreOffice/program/soffice.com"),
)
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")

# Every bookmark becomes a named place of the PDF. In the profile, not on the command line: that is understood by all versions.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Filter/PDF/Export">\
<prop oor:name="ExportBookmarksToPDFDestination" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def office() -> Path | None:
    """The program; `BULLETIN_SOFFICE` names one that is not where installers put it."""
    named = os.environ.get("BULLETIN_SOFFICE")
    if named:
        return Path(named) if Path(named).is_file() else None
    # The console program of Windows waits until the work is done.
    for name in ("soffice.com", "soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    installed = [Path(os.environ[key]) / rest for key, rest in _PLACES if key in os.environ]
    return next((path for path in (*installed, _MAC) if path.is_file()), None)


class Layout:
    """LibreOffice with a profile of its own, so that neither a window that is open nor anybody's settings change the pages."""

    def __init__(self) -> None:
        """Raises ConfigError where there is no LibreOffice."""
        program = office()
        if program is None:
            raise ConfigError([Finding("office-missing", Severity.ERROR)])
        self._program = program
        self._folder = tempfile.TemporaryDirectory(prefix="bulletin-", ignore_cleanup_errors=True)
        user = self._path / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")

    def __enter__(self) -> Layout:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    @property
    def _path(self) -> Path:
        return Path(self._folder.name)

    def version(self) -> str:
        """`LibreOffice 7.4.7.2 …`, as it says itself."""
        said = self._run("--version").strip().splitlines()
        return " ".join(next((line for line in said if line.startswith("LibreOffice")), "LibreOffice").split())

    def pdf(self, docx: bytes) -> bytes:
        """The pages as LibreOffice breaks them. Raises ConfigError when it makes none."""
        source, target = self._path / "layout.docx", self._path / "layout.pdf"
        target.unlink(missing_ok=True)
        source.write_bytes(docx)
        said = self._run("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(self._path), str(source))
        try:
            return target.read_bytes()
        except FileNotFoundError:
            raise _failed(said) from None

    def _run(self, *arguments: str) -> str:
        profile = f"-env:UserInstallation={(self._path / 'profile').as_uri()}"
        command = [str(self._program), profile, "--headless", "--norestore", "--nolockcheck", "--nologo", *arguments]
        environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"} if os.name == "posix" else dict(os.environ)
        try:
            process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                start_new_session=os.name == "posix",
            )  # fmt: skip
        except OSError as fault:
            raise _failed(str(fault)) from fault
        try:
            return process.communicate(timeout=TIME)[0].decode(errors="replace")
        except subprocess.TimeoutExpired as fault:
            raise _failed(f"> {TIME} s") from fault
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """With the process it has started, which the launcher leaves behind when it is ended alone."""
    if process.poll() is not None:
        return
    if os.name == "posix":
        import signal

        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        # Of Windows: with its children.
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    process.kill()
    process.communicate()


def _failed(said: str) -> ConfigError:
    return ConfigError([Finding("office-failed", Severity.ERROR, parameters={"said": " ".join(said.split())[:200] or "–"})])
