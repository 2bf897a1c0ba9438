"""Whether the open data of an edition are whole: every file that its package lists is there, with its size and digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from bulletin.model.finding import Finding
from bulletin.verify.faults import fault
from bulletin.verify.package import parts_of

PACKAGE = "datapackage.json"


def check_open_data(name: str, data: bytes) -> Iterator[Finding]:
    parts = parts_of(data)
    if isinstance(parts, str) or PACKAGE not in parts:
        yield fault("verify-unreadable", name, reason=parts if isinstance(parts, str) else PACKAGE)
        return
    try:
        listed = {str(r["path"]): str(r["hash"]) for r in json.loads(parts[PACKAGE])["resources"]}
    except (ValueError, KeyError, TypeError):
        yield fault("verify-unreadable", name, reason=PACKAGE)
        return
    for path, digest in listed.items():
        if path not in parts or digest != f"sha256:{hashlib.sha256(parts[path]).hexdigest()}":
            yield fault("verify-data-file", name, part=path)
