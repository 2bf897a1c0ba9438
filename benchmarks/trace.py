"""Times `bulletin trace` on a made-up edition of 10^5 facts in two languages, each question in a process of its own.

Run: python benchmarks/trace.py [--facts 100000] [--rounds 3] [--json FILE]

The edition has tables of 20 rows by 50 columns that print every fact, and for every tenth fact a paragraph with a claim. Its files
are written by the functions that a build uses. The time is that of the whole command, from the start of Python to the last line of
the answer; the goal is less than a second for every question. On a busy machine look at the time of the processor.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bulletin.document.blocks import Cell, Column, Note, Paragraph, Row, Table
from bulletin.document.inline import Number, Text
from bulletin.document.lines import encoded_blocks, encoded_items
from bulletin.document.serial import Json, tree
from bulletin.document.tree import Cover, Document, Metadata, Section

GOAL_SECONDS = 1.0
ROWS, COLUMNS = 50, 20
MARKS = {"pt": (",", "\u00a0"), "en": (".", ",")}
WORDS = {"pt": ("Quadro", "O valor da linha {n} aumentou para ", ", segundo as instituições do sector."),
         "en": ("Table", "The figure of line {n} rose to ", ", according to the institutions of the sector.")}  # fmt: skip


def key(n: int) -> str:
    return f"BENCH.P{n // 1000:03}.scheme=S{n % 1000:03}@2024"


def value(n: int) -> int:
    return 10_000 + n * 37


def printed(n: int, language: str) -> str:
    return f"{value(n):,}".replace(",", MARKS[language][1])


def paragraph(n: int, language: str) -> Paragraph:
    _, before, after = WORDS[language]
    return Paragraph(f"line.{n}", (Text(before.format(n=n)), Number(printed(n, language), key(n)), Text(after)))


def table(first: int, language: str) -> Table:
    columns = tuple(Column(str(c), (Text(f"{1000 + c}"),)) for c in range(COLUMNS))
    rows = tuple(
        Row(str(r), (Text(f"{r}"),), tuple(
            Cell(printed(n, language), key(n)) for n in range(first + r * COLUMNS, first + (r + 1) * COLUMNS)
        ))
        for r in range(ROWS)
    )  # fmt: skip
    number = first // (ROWS * COLUMNS) + 1
    notes = (Note(f"table{number}.source", "", (Text("-"),)),)
    return Table(f"table{number}", (Text(f"B {number}"),), (), (), columns, (), rows, notes, "", "-",
                 label=f"{WORDS[language][0]}\u00a01.{number}")  # fmt: skip


def document(facts: int, language: str) -> Document:
    step = ROWS * COLUMNS
    sections = tuple(
        Section(f"s{first}", 1, (Text(f"S {first}"),), (table(first, language), *(paragraph(n, language) for n in range(first, first + step, 10))),
                number=str(first // step + 1))
        for first in range(0, facts, step)
    )  # fmt: skip
    metadata = Metadata("bench", language, language, "B", "B", "B", "", (), "", "draft", "", "")
    return Document(metadata, Cover("", "", "", "", (), (), "", "", "", None), sections, {})


def facts_file(facts: int) -> bytes:
    listed: list[Json] = []
    claims: list[Json] = []
    for n in range(facts):
        texts: Json = {language: [printed(n, language)] for language in MARKS}
        coordinates: Json = {"ref_area": f"P{n // 1000}", "sex": "_T", "age": "_T", "scheme": f"S{n % 1000}", "function": "_T"}
        blocks: list[Json] = [f"table{n // (ROWS * COLUMNS) + 1}", *([f"line.{n}"] if n % 10 == 0 else [])]
        lineage: Json = {"key": key(n), "source": "BENCH", "input": 0, "sheet": "S", "cell": f"B{n + 2}", "column": ""}
        listed.append({
            "id": key(n), "indicator": "BENCH", "coordinates": coordinates, "period": "2024", "value": float(value(n)), "unit": "PERS",
            "obs_status": ["A"], "conf_status": "F", "illustrative": False, "operation": "", "texts": texts, "printed": blocks,
            "lineage": [lineage],
        })  # fmt: skip
        if n % 10 == 0:
            for language in MARKS:
                claim: Json = {
                    "id": f"line.{n}#1",
                    "language": language,
                    "kind": "change",
                    "outcome": "up",
                    "parameters": {},
                    "facts": [key(n)],
                }
                claims.append(claim)
    marks: Json = {language: {"decimal": d, "group": g} for language, (d, g) in MARKS.items()}
    lists: dict[str, list[Json]] = {"inputs": [{"path": "data/bench.xlsx", "sha256": ""}], "facts": listed, "claims": claims}
    return encoded_items({"schema": "bulletin-facts/1", "edition": "bench", "order": "id", "marks": marks}, lists)


def write_edition(folder: Path, facts: int) -> dict[str, int]:
    files = {f"document.{language}.json": encoded_blocks(tree(document(facts, language))) for language in MARKS}
    files["facts.json"] = facts_file(facts)
    artifacts: list[Json] = [{"path": n, "sha256": hashlib.sha256(d).hexdigest()} for n, d in files.items()]
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "manifest.json").write_text(json.dumps({"edition": {"id": "bench"}, "artifacts": artifacts}), encoding="utf-8")
    return {name: len(data) for name, data in files.items()}


def questions(facts: int) -> Iterator[tuple[str, str]]:
    last = facts - 10
    yield "figure, pt", printed(last, "pt")
    yield "figure, en", printed(last, "en")
    yield "fact", key(last)
    yield "sentence", f"o valor da linha {last} aumentou"
    yield "table and cell", f"Quadro 1.{facts // (ROWS * COLUMNS)} / {ROWS - 1} / {1000 + COLUMNS - 1}"
    yield "block", f"line.{last}"
    yield "cell of a file", f"bench.xlsx[S]!B{last + 2}"
    yield "no such figure", "9 999 999 999"
    yield "no such sentence", "um texto que nenhuma edição tem"


def timed(folder: Path, question: str, rounds: int) -> tuple[float, float, str]:
    """Shortest time on the clock and of the processor, and the first line of the answer."""
    best, least, said = float("inf"), float("inf"), ""
    for _ in range(rounds):
        start, used = time.perf_counter(), sum(os.times()[2:4])
        command = [sys.executable, "-m", "bulletin", "trace", str(folder), question]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONUTF8": "1"})
        best = min(best, time.perf_counter() - start)
        least = min(least, sum(os.times()[2:4]) - used)
        said = done.stdout.partition("\n")[0] or done.stderr
    return best, least, said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = write_edition(Path(folder), options.facts)
        print(", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items()))
        times = {}
        for name, question in questions(options.facts):
            times[name], processor, said = timed(Path(folder), question, options.rounds)
            print(f"{name:18} {times[name]:.2f} s ({processor:.2f} s of the processor)  {said}")
    if options.json:
        options.json.write_text(
            json.dumps({"facts": options.facts, "bytes": sizes, "seconds": times}, indent=1), encoding="utf-8"
        )
    return 0 if max(times.values()) < GOAL_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
