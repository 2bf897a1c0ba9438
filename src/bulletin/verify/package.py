"""The parts of a zip, read with care: a Word file, a workbook, open data."""

from __future__ import annotations

import io
import zipfile

LARGEST = 512 * 1024**2
"""Bytes of all parts together, unpacked."""


def parts_of(data: bytes) -> dict[str, bytes] | str:
    """By name; or the reason why they cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(i.file_size for i in package.infolist()) > LARGEST:
                return f"> {LARGEST} bytes"
            names = package.namelist()
            parts = {n: package.read(n) for n in names}
    except Exception as error:  # zlib.error and struct.error of a damaged member too
        return str(error)[:120] or type(error).__name__
    repeated = next((n for n in names if names.count(n) > 1), "") if len(parts) < len(names) else ""
    return repeated or parts
