"""Whether the files of an edition are those that its manifest lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from bulletin.model.finding import Finding
from bulletin.verify.faults import fault, unchecked

MANIFEST = "manifest.json"


def check_digests(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """`files`: all of the folder, by name."""
    if MANIFEST not in files:
        yield unchecked("verify-no-manifest", MANIFEST)
        return
    try:
        manifest = json.loads(files[MANIFEST])
        # a sealed edition keeps shorter facts under the name of those that were published
        listed = {str(item["path"]): str(item["sha256"]) for item in [*manifest["artifacts"], *manifest.get("sealed", [])]}
    except (ValueError, KeyError, TypeError, AttributeError):
        yield fault("verify-unreadable", MANIFEST, reason="JSON")
        return
    sealed = {str(item["path"]) for item in manifest.get("sealed", [])}
    for name, digest in listed.items():
        if name not in files:
            # of a sealed edition the manifest remembers published files that are kept elsewhere
            if not sealed or name in sealed:
                yield fault("verify-file-missing", name)
        elif hashlib.sha256(files[name]).hexdigest() != digest:
            yield fault("verify-file-changed", name)
