"""How long disclosure control takes, and how much it hides: tables of two and three dimensions with all their margins.

Run `python benchmarks/suppression.py`; the last line says how many protected intervals were broken.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.load.project import load_project
from bulletin.model.codes import DIMENSIONS as ALL
from bulletin.model.codes import TOTAL, Code, CodeList
from bulletin.model.dataset import COLUMNS, Observations
from bulletin.model.disclosure import Disclosure
from bulletin.protect.plan import suppress

if TYPE_CHECKING:
    from bulletin.model.project import Project

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "mozambique"
COUNTRY = "MZ"
TABLES: Sequence[tuple[str, tuple[int, ...]]] = (
    ("province × sex", (11, 2)),
    ("province × function", (11, 5)),
    ("place × function", (18, 6)),
    ("place × function", (22, 8)),
    ("province × sex × function", (11, 2, 4)),
    ("province × sex × function", (11, 2, 8)),
    ("place × sex × function", (18, 2, 6)),
)
DIMENSIONS = (("ref_area", "function"), ("ref_area", "sex", "function"))
SHARE_SMALL = 0.08
SEED = 20241031


def table(sizes: tuple[int, ...], rng: random.Random, example: Project) -> tuple[Observations, Project]:
    """One period of a count with every margin, about one inner cell in twelve small, and a project that knows the codes."""
    import pandas as pd

    dimensions = DIMENSIONS[len(sizes) - 2]
    axes = [[f"{d[0].upper()}{n}" for n in range(size)] for d, size in zip(dimensions, sizes, strict=True)]
    totals = [COUNTRY if d == "ref_area" else TOTAL for d in dimensions]
    sums: dict[tuple[str, ...], int] = {}
    for codes in itertools.product(*axes):
        value = rng.randint(1, 4) if rng.random() < SHARE_SMALL else int(rng.expovariate(1 / 400)) + 5
        for margin in itertools.product(*zip(codes, totals, strict=True)):
            sums[margin] = sums.get(margin, 0) + value
    blank = dict.fromkeys(COLUMNS, "") | dict.fromkeys(ALL, TOTAL) | {"indicator": "PEOPLE", "period": "2024", "conf_status": "F"}
    rows = [{**blank, **dict(zip(dimensions, c, strict=True)), "value": float(v), "illustrative": False} for c, v in sums.items()]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    lists = {
        d: CodeList(d, {}, tuple(Code(c, {}, parent=None if c == top else top) for c in (top, *axis)))
        for d, axis, top in zip(dimensions, axes, totals, strict=True)
    }
    people = replace(example.catalogue["PENSIONERS"], id="PEOPLE", rules=(), dimensions=dimensions[1:])
    return Observations(frame, frame.iloc[:0]), replace(
        example,
        catalogue={"PEOPLE": people},
        codelists={**example.codelists, **lists},
        country=replace(example.country, subdivisions=()),
        edition=replace(example.edition, disclosure=Disclosure(group=False)),
    )


def main() -> None:
    example, _ = load_project(EXAMPLE, ())
    suppress(*table((3, 2), random.Random(SEED), example))  # libraries are loaded before the clock runs
    broken = 0
    print(f"{'table':<36}{'cells':>7}{'primary':>9}{'secondary':>11}{'ratio':>7}{'seconds':>9}{'least width':>13}")
    for label, sizes in TABLES:
        given, subject = table(sizes, random.Random(SEED), example)
        begun = time.perf_counter()
        marked = suppress(given, subject)
        seconds = time.perf_counter() - begun
        primary = sum(w.conf == "C" for w in marked.log)
        secondary = len(marked.log) - primary
        widths = [w.high - w.low for w in marked.log if w.low is not None and w.high is not None]
        broken += len(marked.findings) + sum(w < subject.edition.disclosure.width for w in widths)
        name, ratio = f"{label} {'×'.join(map(str, sizes))}", secondary / max(primary, 1)
        counts = f"{len(given.frame):>7}{primary:>9}{secondary:>11}{ratio:>7.2f}"
        print(f"{name:<36}{counts}{seconds:>9.2f}{min(widths, default=0):>13.0f}")
    print(f"protected intervals broken: {broken}")


if __name__ == "__main__":
    main()
