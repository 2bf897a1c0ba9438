from __future__ import annotations


def mended(pdf: bytes, labels: object) -> bytes:
    return pdf
