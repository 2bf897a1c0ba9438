"""How long disclosure control takes, and how much it hides: tables of two and three dimensions with all their margins.

Run `python benchmarks/suppression.py`; the last line says how many protected intervals were broken.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]

from bulletin.model.codes import Code, CodeList
from bulletin.model.disclosure import Disclosure
from bulletin.protect.plan import suppress
from factories import both, codelist, edition, indicator, observations, project, row

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


def table(sizes: tuple[int, ...], rng: random.Random) -> tuple[list[dict[str, object]], dict[str, CodeList]]:
    """Rows of one period with every margin; about one inner cell in twelve is small."""
    dimensions = DIMENSIONS[len(sizes) - 2]
    axes = [
        [f"X{n}" if d == "ref_area" else f"{d[0].upper()}{n}" for n in range(size)]
        for d, size in zip(dimensions, sizes, strict=True)
    ]
    sums: dict[tuple[str, ...], int] = {}
    for codes in itertools.product(*axes):
        value = rng.randint(1, 4) if rng.random() < SHARE_SMALL else int(rng.expovariate(1 / 400)) + 5
        for margin in itertools.product(
            *((c, "MZ" if d == "ref_area" else "_T") for c, d in zip(codes, dimensions, strict=True))
        ):
            sums[margin] = sums.get(margin, 0) + value
    rows = [row("PEOPLE", v, **dict(zip(dimensions, codes, strict=True))) for codes, v in sums.items()]
    lists = {d: codelist(d.upper(), "_T", *axis) for d, axis in zip(dimensions, axes, strict=True) if d != "ref_area"}
    places = CodeList("AREA", both("AREA"), tuple(Code(c, both(c), parent=None if c == "MZ" else "MZ") for c in ("MZ", *axes[0])))
    return rows, {**lists, "ref_area": places}


def main() -> None:
    people = indicator("PEOPLE", dimensions=("sex", "function"), unit_counted="persons")
    broken = 0
    print(f"{'table':<34}{'cells':>7}{'primary':>9}{'secondary':>11}{'ratio':>7}{'seconds':>9}{'least width':>13}")
    for label, sizes in TABLES:
        rng = random.Random(SEED)
        rows, lists = table(sizes, rng)
        subject = project(people, edition=edition(disclosure=Disclosure(group=False)))
        country = replace(subject.country, subdivisions=())
        subject = replace(subject, codelists={**subject.codelists, **lists}, country=country)
        given = observations(*rows)
        begun = time.perf_counter()
        marked = suppress(given, subject)
        seconds = time.perf_counter() - begun
        primary = sum(w.conf == "C" for w in marked.log)
        secondary = len(marked.log) - primary
        widths = [w.high - w.low for w in marked.log if w.low is not None and w.high is not None]
        broken += len(marked.findings) + sum(w < 5 for w in widths)
        size = "×".join(map(str, sizes))
        ratio = secondary / primary if primary else 0.0
        print(
            f"{label + ' ' + size:<34}{len(rows):>7}{primary:>9}{secondary:>11}{ratio:>7.2f}{seconds:>9.2f}{min(widths, default=0):>13.0f}"
        )
    print(f"protected intervals broken: {broken}")


if __name__ == "__main__":
    main()
