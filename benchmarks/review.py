"""Times the reading of a reviewed Word file, beside python-docx opening the same file and listing its paragraphs, each in a process of its own.

Run: python benchmarks/review.py PROJECT [--file DOCX] [--rounds 3] [--command] [--json FILE]

PROJECT has a build that was sent out (`bulletin build --for-review`). Without `--file` the file is that build's own, edited here as
a reviewer would: in every third paragraph of the narrative a sentence is added, on record. `--command` times `bulletin review import
--dry-run` as well, from the start of Python to the last line. The goal is a few seconds for a hundred pages, and memory that does not
grow beyond some multiple of the file. On a busy machine look at the time of the processor.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GOAL_SECONDS = 10.0
PARTS = {
    "python-docx": "import docx; d = docx.Document({file!r}); print(len([p.text for p in d.paragraphs]))",
    "read": "from pathlib import Path; from bulletin.review.read import read_docx; "
    "print(len(read_docx(Path({file!r}).read_bytes()).paragraphs))",
    "read and collect": "from pathlib import Path; from bulletin.review.read import read_docx; "
    "from bulletin.review.collect import collect; from bulletin.document.issued_json import decode_issued; "
    "from bulletin.load.project import load_project; import time; "
    "project, _ = load_project(Path({project!r})); start = time.process_time(); "
    "found = collect(decode_issued(Path({record!r}).read_bytes(), ''), read_docx(Path({file!r}).read_bytes()), project.locales, 'X'); "
    "print(len(found.changes), round(time.process_time() - start, 2))",
}


def edited(data: bytes, marks: frozenset[str]) -> bytes:
    """A sentence more in every third paragraph of the narrative, on record."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    own = [p for p in root.iter(f"{W}p") if any(m.get(f"{W}name") in marks for m in p.iter(f"{W}bookmarkStart"))]
    for n, paragraph in enumerate(own[::3]):
        put = etree.SubElement(
            paragraph, f"{W}ins", {f"{W}id": str(90000 + n), f"{W}author": "A", f"{W}date": "2025-02-03T10:00:00Z"}
        )
        text = etree.SubElement(
            etree.SubElement(put, f"{W}r"), f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
        )
        text.text = f" Frase {n} de quem revê, com 15 000 pedidos."
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def measured(command: list[str]) -> tuple[float, float, float, str]:
    """Seconds on the clock and of the processor, mebibytes at the most, and the last line said."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as wrong:
        process = subprocess.Popen(command, stdout=out, stderr=wrong)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        out.seek(0)
        wrong.seek(0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise SystemExit(wrong.read().decode()[-2000:])
        said = out.read().decode(errors="replace").strip().splitlines()
    return clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said[-1] if said else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--command", action="store_true")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    record = sorted(given.project.glob("review/issued/*/issued.*.json"))[-1]
    blocks = json.loads(record.read_bytes())["blocks"]
    with tempfile.TemporaryDirectory() as folder:
        path = given.file
        if path is None:
            sent = next(given.project.glob(f"review/out/*-{record.name.split('.')[1]}-review.docx"))
            marks = frozenset(b["bookmark"] for b in blocks if b.get("kind") in ("text", "item"))
            path = Path(folder) / "reviewed.docx"
            path.write_bytes(edited(sent.read_bytes(), marks))
        names = {"file": str(path), "record": str(record), "project": str(given.project)}
        ways = {name: [sys.executable, "-c", code.format(**names)] for name, code in PARTS.items()}
        if given.command:
            ways["command"] = [
                sys.executable, "-m", "bulletin", "review", "import", str(path), "--project", str(given.project), "--dry-run",
                "--as", "X",
            ]  # fmt: skip
        runs: dict[str, list[tuple[float, float, float, str]]] = {name: [] for name in ways}
        for _ in range(given.rounds):
            for name, command in ways.items():
                runs[name].append(measured(command))
    sys.stdout.write(f"{path.name}: {len(blocks)} blocks\n")
    table = {}
    for name, found in runs.items():
        clock, processor, memory = (min(r[n] for r in found) for n in range(3))
        table[name] = {"seconds": clock, "processor": processor, "mebibytes": memory, "said": found[-1][3]}
        sys.stdout.write(f"{name:18}{clock:8.2f} s {processor:8.2f} s of processor {memory:8.0f} MiB   {found[-1][3]}\n")
    if given.json:
        given.json.write_text(json.dumps(table, indent=2), encoding="utf-8")
    slow = table["read and collect"]["processor"]
    raise SystemExit(0 if isinstance(slow, float) and slow < GOAL_SECONDS else 1)


if __name__ == "__main__":
    main()
