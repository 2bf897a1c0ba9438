"""Which of the two PDF writers makes the PDF: WeasyPrint's is the PDF of record, Typst's needs no library of the system."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Sequence

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.doctor import has_pango

FORMATS_BY_ENGINE = {"weasyprint": "pdf", "typst": "typst"}
"""Engine to the entry of `FORMATS` that writes with it."""


def has_typst() -> bool:
    return importlib.util.find_spec("typst") is not None


def chosen(
    formats: Sequence[str], engine: str, declared: Sequence[str] = ("pdf", "docx")
) -> tuple[tuple[str, ...], str, tuple[Finding, ...]]:
    """Formats that can be made, the engine of the PDF (empty: none), and what is to be said of it.

    `formats`: those asked for, by default those that the edition has `declared`; `engine`: the one asked for, by default WeasyPrint
    where it can run. Raises ConfigError where what was asked for cannot be made.
    """
    wanted = tuple(formats) or tuple(declared)
    if "pdf" not in wanted:
        return wanted, "", ()
    if engine == "weasyprint" and not has_pango():
        raise ConfigError([Finding("pango-missing", Severity.ERROR)])
    if engine == "typst" and not has_typst():
        raise ConfigError([Finding("typst-missing", Severity.ERROR)])
    if engine or has_pango():
        return wanted, engine or "weasyprint", ()
    if has_typst():
        return wanted, "typst", (Finding("pdf-by-typst", Severity.INFO, key="pdf"),)
    if formats:
        raise ConfigError([Finding("pango-missing", Severity.ERROR)])
    return tuple(f for f in wanted if f != "pdf"), "", (Finding("pango-missing", Severity.WARNING, key="pdf"),)


def written_by(formats: Sequence[str], engine: str) -> tuple[str, ...]:
    """Entries of `FORMATS`."""
    return tuple(FORMATS_BY_ENGINE.get(engine, f) if f == "pdf" else f for f in formats)


def libraries(formats: Sequence[str], engine: str, *, drawn_before: bool) -> tuple[str, ...]:
    """What takes longest to load of all that writes these formats; nothing for those without charts. `drawn_before`: most charts are
    known from an earlier build."""
    drawn = ("matplotlib.figure",) if {"pdf", "docx", "html"} & {*formats} and not drawn_before else ()
    return (*drawn, *(("weasyprint", "pikepdf") if engine == "weasyprint" and "pdf" in formats else ()))


def named(engine: str) -> dict[str, str]:
    """For the manifest: the engine of the PDF with its version."""
    return {"pdf_engine": f"{engine} {importlib.metadata.version(engine)}"} if engine else {}
