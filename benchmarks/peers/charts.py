"""The pictures of the usual route: one pyplot figure a chart, laid out by the constrained engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.content import Picture

    Drawn = dict[str, Path]

ACROSS = ("bar", "grouped", "dots", "dumbbell", "pyramid", "choropleth", "tiles", "symbols")


def draw_charts(pictures: Iterable[Picture], folder: Path, endings: Sequence[str]) -> Drawn:
    """`<id>.svg` and `<id>.png` at 200 dots per inch. Maps are drawn as their ranking only: less work than their outlines."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    plt.rcParams["svg.fonttype"] = "none"
    drawn = {}
    for picture in pictures:
        chart = picture.chart
        figure, axes = plt.subplots(figsize=(6.7, 3.5), layout="constrained")
        labels = [c.label.replace("$", r"\$") for c in chart.categories]
        places = range(len(labels))
        base = [0.0] * len(labels)
        for number, series in enumerate(chart.series):
            values = [p.value if p.value is not None else float("nan") for p in series.points]
            name = series.label.lstrip("_").replace("$", r"\$") or str(number)
            if chart.kind in ("line", "slope", "multiples", "spark"):
                axes.plot(labels, values, marker="o", label=name)
            elif chart.kind in ACROSS:
                axes.barh([n + 0.2 * number for n in places], values, height=0.2 if len(chart.series) > 1 else 0.7, label=name)
            else:
                axes.bar(places, values, bottom=base, label=name)
                base = [b + (v if v == v else 0) for b, v in zip(base, values, strict=True)]
            for n, (value, point) in enumerate(zip(values, series.points, strict=True)):
                if point.text and value == value:
                    at = (value, n) if chart.kind in ACROSS else (n, value)
                    axes.annotate(point.text.replace("$", r"\$"), at, fontsize=7)
        if chart.kind in ACROSS:
            axes.set_yticks(list(places), labels)
        elif chart.kind not in ("line", "slope", "multiples", "spark"):
            axes.set_xticks(list(places), labels)
        if len(chart.series) > 1:
            axes.legend()
        for ending in endings:
            drawn[f"{chart.id}.{ending}"] = folder / f"{chart.id}.{ending}"
            figure.savefig(folder / f"{chart.id}.{ending}", dpi=200)
        plt.close(figure)
    return drawn
