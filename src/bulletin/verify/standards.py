"""Validators of other people, where they are installed."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bulletin.model.finding import Finding
from bulletin.verify.faults import fault, unchecked

HOW = 'pip install "bulletin[verify]"'

LENGTHS = "PDFA3A-STREAM-LENGTH-001"
"""A false alarm of page-validation 0.11 where compressed data end in a line feed, in one stream of a hundred."""


def check_pdf_standards(name: str, data: bytes) -> Iterator[Finding]:
    """PDF/UA-1 and PDF/A-3a, by page-validation."""
    try:
        import page
    except ImportError:
        for standard in ("PDF/UA-1", "PDF/A-3a"):
            yield unchecked("verify-not-checked", name, standard=standard, package="page-validation", command=HOW)
        return
    profiles = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-3a": page.ValidationProfile.PDF_A_3A}
    # tables are printed up to `longest_table` rows, headings and further pages not counted
    limits = page.SafetyLimits(max_table_grid_rows=100_000)
    for standard, profile in profiles.items():
        try:
            failures = list(page.validate_pdf_bytes(data, profile=profile, limits=limits).failures)
        except page.PageError as error:
            yield fault("verify-unreadable", name, reason=str(error)[:120])
            return
        counts = Counter((f.rule_id, f.message) for f in failures if f.rule_id != LENGTHS)
        for (rule, message), count in counts.items():
            yield fault("verify-standard", name, standard=standard, rule=rule, reason=message, count=count)


def check_open_xml(name: str, data: bytes) -> Iterator[Finding]:
    """The schemas and rules of Open XML for Word files and workbooks, by openxml-audit."""
    try:
        from openxml_audit import OpenXmlValidator
    except ImportError:
        yield unchecked("verify-not-checked", name, standard="Open XML", package="openxml-audit", command=HOW)
        return
    with tempfile.TemporaryDirectory(prefix="bulletin-") as folder:
        path = Path(folder) / f"file{Path(name).suffix.lower()}"
        path.write_bytes(data)
        found = OpenXmlValidator().validate(str(path))
    counts = Counter((str(e.part_uri or ""), str(e.description)) for e in found.errors)
    for (part, message), count in counts.items():
        yield fault("verify-standard", name, standard="Open XML", rule=part, reason=message[:200], count=count)
