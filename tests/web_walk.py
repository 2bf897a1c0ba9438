"""Pages looked at in Chromium as readers and auditors do: see tests/tools/walk.cjs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

TOOLS = Path(__file__).parent / "tools"


def chromium() -> str:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


def lacking() -> str:
    """What is needed to walk pages and is not here; empty: nothing."""
    if not chromium():
        return "Chromium is not installed: apt-get install chromium"
    if not shutil.which("node"):
        return "Node.js is not installed: apt-get install nodejs npm"
    if not (TOOLS / "node_modules" / "axe-core").is_dir():
        return "axe-core is not installed: npm install --prefix tests/tools --no-save"
    return ""


def walked(folder: Path, pages: list[str]) -> Any:
    """Page to view to what is wrong there."""
    ran = subprocess.run(
        ["node", TOOLS / "walk.cjs", chromium(), folder, *pages], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
