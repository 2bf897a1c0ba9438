"""Run as a process of its own with limits on memory and time: a workbook on standard input becomes JSON on standard output."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import Any

from bulletin.load.reader_ods import read_ods
from bulletin.load.reader_xlsx import read_xlsx
from bulletin.load.sheet import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RefusedError

MEMORY, SECONDS = 2 * 1024**3, 60


def limit_resources() -> None:
    """Where the system has them: no more than 2 GB and a minute of processor time."""
    try:
        import resource
    except ImportError:
        return
    for what, amount in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            _, hard = resource.getrlimit(what)
            amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
            resource.setrlimit(what, (amount, hard))
        except (ValueError, OSError):
            continue


def checked_archive(content: bytes) -> zipfile.ZipFile:
    """Refuses what unpacks to more than it should; bytes are counted while reading because declared sizes may lie."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise RefusedError("workbook-too-large", what="members", found=len(members))
        if any(m.flag_bits & 1 for m in members):
            raise RefusedError("workbook-encrypted")
        total = 0
        for member in members:
            if member.file_size > MAX_UNPACKED or member.file_size > MAX_RATIO * max(member.compress_size, 1000):
                raise RefusedError("workbook-too-large", what=member.filename[:60], found=member.file_size)
            with archive.open(member) as stream:
                head = b""
                while chunk := stream.read(1 << 20):
                    total += len(chunk)
                    if total > MAX_UNPACKED:
                        raise RefusedError("workbook-too-large", what=member.filename[:60], found=total)
                    if not head:
                        head = chunk[:4096]
                if member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in head:
                    raise RefusedError("workbook-broken")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise RefusedError("workbook-broken") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise RefusedError("workbook-broken") from error
        raise
    return archive


def main(kind: str) -> int:
    """Answers with one JSON object: sheets, or the rule by which the file was refused."""
    limit_resources()
    content = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        archive = checked_archive(content)
        answer = read_ods(archive) if kind == "ods" else read_xlsx(content, archive)
    except RefusedError as refused:
        answer = {"refused": refused.rule, "parameters": refused.parameters}
    except MemoryError:
        answer = {"refused": "workbook-too-large", "parameters": {"what": "memory", "found": MEMORY}}
    except Exception:
        # Whatever a damaged file makes the reader raise, the user is told the same: it cannot be read.
        answer = {"refused": "workbook-broken", "parameters": {}}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
