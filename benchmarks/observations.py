"""Times reading, checking and deriving 10^4 to 10^6 observations, each in a process of its own.

Run: python benchmarks/observations.py [--rows 10000 100000 1000000] [--rounds 3] [--json FILE]

Data are made anew from a fixed seed, in a project with its own indicators: two counts by place, sex, age and scheme, with totals
that add up, one amount by place, function and scheme, and four derived indicators. Every stage runs in a child process that first
does what comes before it; its time is that of the stage alone, its memory the peak of the whole child. The exponent is the slope
of log time over log rows between the smallest and the largest size; the goal is at most 1.05, and 2 GB at 10^6 rows.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

STAGES = ("load", "validate", "derive")
GOAL_EXPONENT, GOAL_GIGABYTES = 1.05, 2.0
PLACES = ("MZ", *(f"MZ-{c}" for c in ("A", "P", "N", "Q", "T", "B", "S", "I", "G", "L", "MPM")))
AGES = ("_T", *(f"Y{a}T{a + 4}" for a in range(0, 80, 5)), "Y_GE80")
SCHEMES = ("_T", "INSS", "INPS")
FUNCTIONS = ("_T", "OLD_AGE", "SURVIVORS", "DISABILITY")
PERIODS = (*(str(y) for y in range(1960, 2025)), *(f"{y}-{m:02d}" for y in range(1995, 2025) for m in range(1, 13)))

EDITION = """schema: bulletin/1
id: benchmark
country: MZ
year: 2024
years: {first: 2015, last: 2024}
release_date: 2025-10-31
status: draft
languages: [pt]
messages: pt
publisher: {pt: Ensaio}
"""
SOURCES = """sources:
  - {id: BENCH, short: {pt: Ensaio}, full: {pt: "Dados de ensaio, sem significado"}}
"""


def indicators() -> str:
    wide = "dimensions: [sex, age, scheme]"
    people = "kind: count, unit: PERS, unit_counted: persons"
    sums = (
        "{rule: sum, parameters: {over: ref_area, parts: children}}, {rule: sum, parameters: {over: sex, parts: [M, F]}}, "
        f"{{rule: sum, parameters: {{over: age, parts: [{', '.join(AGES[1:])}]}}}}, "
        "{rule: growth, severity: warning, parameters: {max_percent: 60}}"
    )
    rate = "kind: rate, unit: PT, decimals: 1"
    entries = {
        "BENCH_REGISTERED": f"{people}, {wide}, rules: [{sums}]",
        "BENCH_ACTIVE": f"{people}, {wide}, rules: [{sums}, {{rule: compare, parameters: {{op: '<=', right: BENCH_REGISTERED}}}}]",
        "BENCH_SPENT": "kind: amount, unit: XDC, unit_counted: money, dimensions: [function, scheme], "
        "rules: [{rule: sum, parameters: {over: function, parts: [OLD_AGE, SURVIVORS, DISABILITY]}}]",
        "BENCH_RATE": f"{rate}, {wide}, rules: [{{rule: range, parameters: {{min: 0, max: 100}}}}], formula: {{name: ratio, "
        "inputs: {numerator: BENCH_ACTIVE, denominator: BENCH_REGISTERED}, parameters: {scale: 100}}",
        "BENCH_SHARE": f"{rate}, {wide}, formula: {{name: share, inputs: {{part: BENCH_ACTIVE}}, parameters: {{along: ref_area}}}}",
        "BENCH_GROWTH": f"{rate}, {wide}, formula: {{name: growth, inputs: {{value: BENCH_ACTIVE}}}}",
        "BENCH_POINTS": f"{rate}, {wide}, formula: {{name: points, inputs: {{value: BENCH_RATE}}}}",
    }
    words = "label: {pt: N}, definition: {pt: N.}, subject: {pt: {text: o número, gender: m, number: s, of: do número}}"
    return "indicators:\n" + "".join(f"  - {{id: {i}, {words}, {fields}}}\n" for i, fields in entries.items())


def write_project(folder: Path, rows: int) -> None:
    for part in ("data", "config/indicators"):
        (folder / part).mkdir(parents=True)
    (folder / "bulletin.yaml").write_text(EDITION, encoding="utf-8")
    (folder / "config" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "config" / "indicators" / "benchmark.yaml").write_text(indicators(), encoding="utf-8")
    write_data(folder / "data" / "observations.csv", rows)


def write_data(path: Path, rows: int) -> None:
    """Whole periods with totals that add up, the last one cut to the number of rows."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(20250131)
    people = (len(PLACES), 3, len(AGES), len(SCHEMES))
    money = (len(PLACES), len(FUNCTIONS), len(SCHEMES))
    per_period = 2 * math.prod(people) + math.prod(money)
    periods = PERIODS[: math.ceil(rows / per_period)]
    if len(periods) < rows / per_period:
        raise SystemExit(f"at most {len(PERIODS) * per_period} rows")
    base = random.integers(500, 5000, [n - 1 for n in people])
    spent = random.integers(10**6, 10**7, [n - 1 for n in money])
    sex = ("_T", "M", "F")
    index = {
        "people": pd.MultiIndex.from_product([PLACES, sex, AGES, SCHEMES]).to_frame(index=False).to_numpy(),
        "money": pd.MultiIndex.from_product([PLACES, FUNCTIONS, SCHEMES]).to_frame(index=False).to_numpy(),
    }
    frames = []
    for n, period in enumerate(periods):
        registered = base + random.integers(0, 40, base.shape) + 20 * n
        active = registered * random.integers(40, 60, base.shape) // 100
        blocks = {"BENCH_REGISTERED": registered, "BENCH_ACTIVE": active, "BENCH_SPENT": spent + 1000 * n}
        for indicator, leaves in blocks.items():
            columns = index["money" if indicator == "BENCH_SPENT" else "people"]
            made = {
                "REF_AREA": columns[:, 0],
                "INDICATOR": indicator,
                "SEX": "_T",
                "AGE": "_T",
                "SCHEME": columns[:, -1],
                "FUNCTION": "_T",
            }
            if indicator == "BENCH_SPENT":
                made["FUNCTION"] = columns[:, 1]
            else:
                made |= {"SEX": columns[:, 1], "AGE": columns[:, 2]}
            made |= {"TIME_PERIOD": period, "OBS_VALUE": with_totals(leaves).ravel()}
            made |= {"UNIT_MEASURE": "XDC" if indicator == "BENCH_SPENT" else "PERS", "OBS_STATUS": "A", "SOURCE": "BENCH"}
            frames.append(pd.DataFrame(made))
    pd.concat(frames, ignore_index=True).head(rows).to_csv(path, index=False, lineterminator="\n")


def with_totals(leaves: np.ndarray[tuple[Any, ...], np.dtype[Any]]) -> np.ndarray[tuple[Any, ...], np.dtype[Any]]:
    """The array with the sum set before the parts along every axis."""
    import numpy as np

    for axis in range(leaves.ndim):
        leaves = np.concatenate([leaves.sum(axis=axis, keepdims=True), leaves], axis=axis)
    return leaves


def child(folder: Path, stage: str) -> None:
    """Prints seconds, peak memory, rows and findings of one stage as JSON."""
    import pandas  # noqa: F401  (its import is no part of reading)

    from bulletin.derive.derive import derive
    from bulletin.load.observations import load_observations
    from bulletin.load.project import load_project
    from bulletin.validate.rules import validate

    project, _ = load_project(folder)
    gc.collect()
    start, busy = time.perf_counter(), time.process_time()
    loaded = load_observations(project)
    findings = loaded.findings
    rows = len(loaded.observations.frame)
    if stage != "load":
        start, busy = time.perf_counter(), time.process_time()
        if stage == "validate":
            findings, _ = validate(loaded.observations, project, "received")
        else:
            derived, findings = derive(loaded.observations, project)
            rows = len(derived.frame)
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "gigabytes": peak / 1024**3, "rows": rows, "findings": len(findings)}))


def measured(folder: Path, stage: str, rounds: int) -> dict[str, float]:
    """The quickest of several children, and the largest memory of them."""
    runs = []
    for _ in range(rounds):
        done = subprocess.run(
            [sys.executable, __file__, "--child", stage, "--project", str(folder)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    best = min(runs, key=lambda r: r["seconds"])
    return {**best, "gigabytes": max(r["gigabytes"] for r in runs)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Time reading, checking and deriving observations.")
    parser.add_argument("--rows", type=int, nargs="+", default=[10**4, 10**5, 10**6])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        child(chosen.project, chosen.child)
        return
    results: list[dict[str, float | str]] = []
    print(f"{'stage':10}{'rows in':>10}{'rows out':>10}{'seconds':>10}{'cpu':>8}{'peak GB':>9}{'findings':>10}")
    for rows in sorted(chosen.rows):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "project"
            write_project(folder, rows)
            for stage in STAGES:
                found = measured(folder, stage, chosen.rounds)
                results.append({"stage": stage, "given": rows, **found})
                print(
                    f"{stage:10}{rows:>10}{found['rows']:>10.0f}{found['seconds']:>10.3f}{found['cpu']:>8.3f}{found['gigabytes']:>9.2f}"
                    f"{found['findings']:>10.0f}",
                    flush=True,
                )
    exponents = {stage: slope([r for r in results if r["stage"] == stage]) for stage in STAGES}
    sums: list[dict[str, float | str]] = [
        {"given": rows, **{m: sum(float(r[m]) for r in results if r["given"] == rows) for m in ("seconds", "cpu")}}
        for rows in sorted(chosen.rows)
    ]
    exponents["all"] = slope(sums)
    exponents["all, cpu"] = slope(sums, "cpu")
    if len(sums) > 2:
        exponents["last step"] = slope(sums[-2:])
    peak = max(float(r["gigabytes"]) for r in results)
    for stage, exponent in exponents.items():
        print(f"exponent {stage:10}{exponent:.3f}  {'within' if exponent <= GOAL_EXPONENT else 'above'} {GOAL_EXPONENT}")
    print(f"peak memory {peak:.2f} GB, {'within' if peak <= GOAL_GIGABYTES else 'above'} {GOAL_GIGABYTES} GB")
    if chosen.json:
        names = ("numpy", "pandas")
        about = {"python": platform.python_version(), "machine": platform.machine(), **{n: version(n) for n in names}}
        kept = {"versions": about, "results": results, "exponents": exponents, "peak_gigabytes": peak}
        chosen.json.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def slope(results: list[dict[str, float | str]], measure: str = "seconds") -> float:
    first, last = results[0], results[-1]
    if first["given"] == last["given"]:
        return 0.0
    return math.log(float(last[measure]) / float(first[measure])) / math.log(float(last["given"]) / float(first["given"]))


if __name__ == "__main__":
    main()
