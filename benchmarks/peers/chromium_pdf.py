"""Headless Chromium: the same page of markup, printed with tags; or absent."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.content import Content

NAMES = ("chromium", "chromium-browser", "google-chrome")


def absent() -> bool:
    return not any(shutil.which(name) for name in NAMES)


def write(content: Content, charts: Path, target: Path) -> None:
    from benchmarks.peers.markup import page

    program = next(found for name in NAMES if (found := shutil.which(name)))
    source = charts / f"{content.language}.html"
    source.write_text(page(content, charts), encoding="utf-8")
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        options += ["--disable-sync", f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
        subprocess.run([program, *options, source.as_uri()], check=True, capture_output=True)
