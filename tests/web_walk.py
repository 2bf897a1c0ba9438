"""Pages looked at in Chromium as readers and auditors do: see tests/tools/walk.cjs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

TOOLS = Path(__file__).parent / "tools"
AT_ONCE = 40


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


def main(folder: Path) -> int:
    """Every page of a folder, some at a time; 1 where something is wrong with one."""
    if lacking():
        print(lacking())
        return 2
    pages = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.html"))
    wrong: dict[str, Any] = {}
    for start in range(0, len(pages), AT_ONCE):
        wrong |= walked(folder, pages[start : start + AT_ONCE])
        print(f"{min(start + AT_ONCE, len(pages))}/{len(pages)} pages, wrong: {len(wrong)}", flush=True)
    print(json.dumps(wrong, ensure_ascii=False, indent=1) if wrong else "Nothing is wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
