"""Keeps `expected/`, the readable record of what the example says: `expected.py write|compare PROJECT EXPECTED`."""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path


def record(project: Path) -> dict[str, str]:
    """File name to text: the tree of each language as lines, facts and findings as short lines, sorted."""
    out, found = project / "out", {}
    for path in sorted((project / "work").glob("*.txt")):
        found[path.name] = path.read_text(encoding="utf-8")
    facts = json.loads((out / "facts.json").read_text(encoding="utf-8"))["facts"]
    found["facts.txt"] = "".join(
        f"{f['id']} = {f['value']!r} {f['unit']} {';'.join(f['obs_status'])}{' illustrative' if f['illustrative'] else ''} "
        + " ".join(f"{language}:{'|'.join(texts)}" for language, texts in f["texts"].items())
        + "\n"
        for f in facts
    )
    findings = json.loads((out / "findings.json").read_text(encoding="utf-8"))["findings"]
    found["findings.txt"] = "".join(sorted(
        f"{f['severity']} {f['rule']} {f['key']} {f['file']} {json.dumps(f['parameters'], ensure_ascii=False, sort_keys=True)} {f['waived']}".rstrip() + "\n"
        for f in findings
    ))  # fmt: skip
    return found


def main() -> int:
    command, project, expected = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    now = record(project)
    if command == "write":
        expected.mkdir(exist_ok=True)
        for name, text in now.items():
            (expected / name).write_text(text, encoding="utf-8", newline="\n")
        return 0
    before = {p.name: p.read_text(encoding="utf-8") for p in sorted(expected.glob("*.txt"))}
    differing = [n for n in sorted({*now, *before}) if now.get(n) != before.get(n)]
    for name in differing:
        lines = difflib.unified_diff(
            before.get(name, "").splitlines(),
            now.get(name, "").splitlines(),
            f"expected/{name}",
            f"built/{name}",
            lineterm="",
            n=0,
        )
        print("\n".join(list(lines)[:60]))
    print(f"{len(now) - len(differing)} passed, {len(differing)} failed")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
