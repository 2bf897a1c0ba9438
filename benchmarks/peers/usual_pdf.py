"""One WeasyPrint process: the whole document as one page of markup, tagged."""

from __future__ import annotations

from pathlib import Path

from benchmarks.content import Content


def write(content: Content, charts: Path, target: Path) -> None:
    from weasyprint import HTML

    from benchmarks.peers.markup import page

    HTML(string=page(content, charts)).write_pdf(target, pdf_variant="pdf/ua-1")
