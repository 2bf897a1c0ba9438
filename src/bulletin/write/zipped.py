"""A zip whose bytes depend on its contents alone: sorted entries without a time of writing or a system of origin."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The content types of an Office file first, as readers expect; pictures, packed already, as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 0, 0
            info.compress_type = zipfile.ZIP_STORED if name.endswith((".png", ".jpg")) else zipfile.ZIP_DEFLATED
            written.writestr(info, parts[name])
    return out.getvalue()
