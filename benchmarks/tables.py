"""Times one table of 100 rows and more by 25 columns as PDF, as DOCX and as workbook, each in a process of its own.

Run: python benchmarks/tables.py [--rows 100 1000] [--columns 25] [--json FILE]; by default each format from its own smallest to its
own largest number of rows.

The table is wider than a page, so that it is printed in parts as an edition prints it. Time is CPU time of the writer alone, memory
the peak of the whole process. The exponent is the slope of log time over log rows; the goal for PDF is at most 1.1.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

SMALL = Path(__file__).parents[1] / "tests" / "projects" / "small"
FORMATS = {"pdf": (100, 400, 2000), "docx": (100, 1000, 10_000), "xlsx": (100, 1000, 10_000)}
"""Rows by format: a printed table has at most 2,000."""


def measured(kind: str, rows: int, columns: int) -> dict[str, float]:
    from bulletin.document.blocks import Cell, Column, Row, Spanner, Table
    from bulletin.document.inline import Text
    from bulletin.document.issued import issued_of
    from bulletin.document.parts import in_parts
    from bulletin.document.workbook import Workbook
    from bulletin.pipeline.edit import compose_editions
    from bulletin.pipeline.prepare import prepare
    from bulletin.pipeline.progress import silent
    from bulletin.write.docx import write_docx
    from bulletin.write.pdf import count_pages, write_pdf
    from bulletin.write.sheets import sheets_of
    from bulletin.write.xlsx import write_workbook

    prepared = prepare(SMALL, silent, ("pt",))
    document = compose_editions(prepared).documents["pt"]
    theme = prepared.project.theme
    heads = tuple(Column(str(n), (Text(f"{2000 + n % 5}"),), n // 5, first=n % 5 == 0) for n in range(columns))
    spanners = tuple(Spanner((Text(f"Regime {n // 5 + 1}"),), n, min(5, columns - n)) for n in range(0, columns, 5))
    lines = tuple(
        Row(
            f"r{r}",
            (Text(f"Programa de ensaio {r}"),),
            tuple(Cell(f"{100 + (r * 7 + n) % 900}\u00a0{n:03d}", "f") for n in range(columns)),
        )
        for r in range(rows)
    )
    table = Table(
        "long",
        (Text("Quadro"),),
        (),
        (Text("Programa"),),
        heads,
        (spanners,),
        lines,
        (),
        "",
        "Linhas e colunas",
        label="Quadro\u00a01",
    )
    words = document.words
    section = replace(document.sections[-1], opening=None, sections=())
    sheets = sheets_of([table])
    parts = in_parts(replace(table, landscape=sheets.landscape), sheets.cuts, words)
    document = replace(document, cover=replace(document.cover, art=None), sections=(replace(section, blocks=parts),))
    begun, pages = time.process_time(), 0
    match kind:
        case "pdf":
            pages = count_pages(write_pdf(document, {}, theme))
        case "docx":
            write_docx(document, {}, theme, issued_of(document))
        case _:
            write_workbook(Workbook(document, (table,), ()), theme)
    taken = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(taken, 2), "megabytes": round(peak), "pages": pages, "parts": len(parts)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rows", type=int, nargs="+")
    options.add_argument("--columns", type=int, default=25)
    options.add_argument("--formats", nargs="+", default=FORMATS)
    options.add_argument("--json", type=Path)
    options.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one:
        print(json.dumps(measured(given.one[0], int(given.one[1]), given.columns)))
        return
    found: dict[str, dict[str, object]] = {}
    for kind in given.formats:
        times = []
        sizes = given.rows or FORMATS[kind]
        for rows in sizes:
            command = [sys.executable, __file__, "--columns", str(given.columns), "--one", kind, str(rows)]
            result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            times.append(result["seconds"])
            found.setdefault(kind, {})[str(rows)] = result
            print(
                f"{kind:5} {rows:6} x {given.columns}: {result['seconds']:8.2f} s {result['megabytes']:6} MB {result['pages']:4} pages"
            )
        if len(times) > 1:
            exponent = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
            found[kind]["exponent"] = round(exponent, 2)
            print(f"{kind:5} exponent {exponent:.2f}, ratio {times[-1] / times[0]:.1f}")
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
