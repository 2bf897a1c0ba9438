"""A workbook becomes plain values: looked through as a zip, then as XML, and only then given to the reader of its format."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.parsers import expat

from bulletin.limits import WORKBOOK_FILE, WORKBOOK_PARTS, WORKBOOK_RATIO, WORKBOOK_UNPACKED
from bulletin.load.reader_ods import read_ods
from bulletin.load.reader_scan import Scan, scanned
from bulletin.load.reader_xlsx import read_xlsx
from bulletin.load.sheet import RefusedError

_XML = (".xml", ".rels", ".vml")


def read_book(kind: str, content: bytes) -> dict[str, Any]:
    """Sheets and warnings, or the rule by which the file was refused. To be called in a process with limits."""
    try:
        archive, scans = checked_archive(content)
        return read_ods(archive) if kind == "ods" else read_xlsx(content, archive, scans)
    except RefusedError as refused:
        return {"refused": refused.rule, "parameters": refused.parameters}
    except MemoryError:
        raise
    except Exception:
        # Whatever a damaged file makes the reader raise, the user is told the same: it cannot be read.
        return {"refused": "workbook-broken", "parameters": {}}


def checked_archive(content: bytes) -> tuple[zipfile.ZipFile, dict[str, Scan]]:
    """Refuses what unpacks to more than it should, and declarations of types; bytes are counted while reading because declared sizes
    may lie. With what was found in each sheet of an XLSX file."""
    if len(content) > WORKBOOK_FILE.most:
        raise RefusedError(WORKBOOK_FILE.rule, what="file", found=len(content))
    scans: dict[str, Scan] = {}
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
        if len(members) > WORKBOOK_PARTS.most:
            raise RefusedError(WORKBOOK_PARTS.rule, what="members", found=len(members))
        if any(m.flag_bits & 1 for m in members):
            raise RefusedError("workbook-encrypted")
        if len({m.filename for m in members}) < len(members):
            # Which of the two another program shows cannot be known.
            raise RefusedError("workbook-broken")
        total = 0
        for member in members:
            if member.file_size > min(WORKBOOK_UNPACKED.most, WORKBOOK_RATIO.most * max(member.compress_size, 1000)):
                raise RefusedError(WORKBOOK_RATIO.rule, what=member.filename[:60], found=member.file_size)
            with archive.open(member) as stream:
                if member.filename.lower().endswith(_XML):
                    found, size = scanned(stream, member.filename, WORKBOOK_UNPACKED.most - total)
                    scans[member.filename] = found
                else:
                    size = 0
                    while chunk := stream.read(1 << 20):
                        size += len(chunk)
                        if total + size > WORKBOOK_UNPACKED.most:
                            raise RefusedError(WORKBOOK_UNPACKED.rule, what=member.filename[:60], found=total + size)
                total += size
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, expat.ExpatError) as error:
        raise RefusedError("workbook-broken") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise RefusedError("workbook-broken") from error
        raise
    return archive, scans
