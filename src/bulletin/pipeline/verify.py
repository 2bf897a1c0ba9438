"""`bulletin verify`: finished files checked as whoever receives them would, a folder of them or one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline import swap
from bulletin.pipeline.disk import waiting_of
from bulletin.pipeline.progress import Progress
from bulletin.verify.digests import MANIFEST, check_digests
from bulletin.verify.docx import check_docx
from bulletin.verify.faults import fault
from bulletin.verify.open_data import check_open_data, is_open_data
from bulletin.verify.pdf import check_pdf, counted
from bulletin.verify.standards import check_open_xml, check_pdf_standards
from bulletin.verify.workbook import check_workbook

Check = Callable[[str, bytes], Iterator[Finding]]
CHECKS: Mapping[str, tuple[Check, ...]] = {
    ".pdf": (check_pdf, check_pdf_standards),
    ".docx": (check_docx, check_open_xml),
    ".xlsx": (check_workbook, check_open_xml),
    ".zip": (check_open_data,),
}


@dataclass(frozen=True)
class Looked:
    """A file that was checked. `counts`: pages, tables and the like, where they could be counted."""

    name: str
    faults: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Verified:
    files: tuple[Looked, ...]
    findings: tuple[Finding, ...]
    listed: int
    """Files compared with the manifest."""

    @property
    def faults(self) -> int:
        return sum(f.severity is Severity.ERROR for f in self.findings)


def holds_open_data(path: Path) -> bool:
    """Of a ZIP: a confidential archive is one too."""
    return is_open_data(path.read_bytes())


def verify(path: Path, progress: Progress) -> Verified:
    """Raises ConfigError where there is nothing that can be checked."""
    if path.is_file() and path.suffix.lower() in CHECKS:
        wanted, findings, listed = [path], list[Finding](), 0
    else:
        files = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else []
        wanted = [p for p in files if p.suffix.lower() in CHECKS and not p.name.startswith("~$")]
        if not wanted and MANIFEST not in {p.name for p in files}:
            raise ConfigError(
                [Finding("verify-nothing", Severity.ERROR, Place(path.name), parameters={"file": path.name or str(path)})]
            )
        progress("digest", str(len(files)))
        contents = {p.name: p.read_bytes() for p in files}
        contents |= {n: (path / n).read_bytes() for n in sorted(swap.listed(path)) if "/" in n and (path / n).is_file()}
        findings, listed = [*check_whole(path, contents)], len(contents) if MANIFEST in contents else 0
    looked = []
    for file in wanted:
        progress("verify", file.name)
        data = file.read_bytes()
        found = [finding for check in CHECKS[file.suffix.lower()] for finding in check(file.name, data)]
        readable = not any(f.rule == "verify-unreadable" for f in found)
        counts = counted(data) if file.suffix.lower() == ".pdf" and readable else {}
        own = [f for f in findings if f.place.file == file.name]
        looked.append(Looked(file.name, sum(f.severity is Severity.ERROR for f in (*own, *found)), counts))
        findings += found
    return Verified(tuple(looked), tuple(findings), listed)


def check_whole(folder: Path, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """Whether the folder, of which these are the files, is one edition and the newest that was built for it."""
    waiting = waiting_of(folder.absolute())
    if (waiting / MANIFEST).exists():
        yield fault("verify-waiting", folder.absolute().name, found=waiting.name)
    yield from check_digests(contents)
