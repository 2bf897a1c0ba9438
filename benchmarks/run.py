"""Everything that is measured, in one run: `python benchmarks/run.py [--only docx start …] [--rounds 5] [--json FILE]`.

Results are written after every part. A ratio within what a command differs from itself counts as not distinguishable; a program
that is not there is `absent`; where a file lacks something of the content, its figures do not count.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import builds
from benchmarks.rounds import Arm, machine, run

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"

PARTS = ("start", "builds", "memory", "docx", "pdf", "tables", "observations", "trace")


def part(name: str, work: Path, rounds: int) -> object:
    match name:
        case "start":
            return builds.start(max(rounds, 9))
        case "builds":
            return builds.measured(work, rounds)
        case "memory":
            return builds.memory(work)
        case "docx" | "pdf":
            _tree(work)
            return builds.docx(work, rounds) if name == "docx" else builds.pdf(work, rounds)
        case _:
            target = work / f"{name}.json"
            subprocess.run([sys.executable, str(HERE / f"{name}.py"), "--json", str(target)], check=False)
            return json.loads(target.read_text(encoding="utf-8"))


def _tree(work: Path) -> None:
    if not (work / "document.pt.json").exists():
        folder = builds.project(work / "tree")
        run(Arm("tree", (*builds.BUILD, str(folder), "--format", "docx")))
        (folder / "out" / "document.pt.json").rename(work / "document.pt.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, default=RESULTS)
    given = parser.parse_args()
    results = json.loads(given.json.read_text(encoding="utf-8")) if given.json.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        for name in given.only:
            results[name] = {"machine": machine(), "found": part(name, Path(folder), given.rounds)}
            given.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            print(name, json.dumps(results[name]["found"], ensure_ascii=False)[:600], flush=True)


if __name__ == "__main__":
    main()
