"""One piece of work in a process of its own: `arm.py WORK TREE OUT`; prints its seconds of processor and what was made."""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.content import content_of, read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bulletin.document.chart import Image
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme


EXAMPLE = Path(__file__).parents[1] / "examples" / "mozambique"


def pictures(document: Document, out: Path, target: Path) -> Callable[[], object]:
    """Draws what the writers take as ready: the program's own pictures, and those of the usual route."""
    from benchmarks.peers.charts import draw_charts
    from bulletin.draw.draw import draw
    from bulletin.load.project import load_project
    from bulletin.pipeline.produce import charts_of

    project, _ = load_project(EXAMPLE, ("pt",))
    lands = {g.file: g for g in project.geometries}
    tiles = {p.code: p.tile for p in project.country.subdivisions if p.tile}

    def act() -> None:
        own = {c.id: draw(c, project.theme, lands.get(c.boundaries), tiles) for c in charts_of(document)}
        (out / "images.pickle").write_bytes(pickle.dumps(own))
        (out / "theme.pickle").write_bytes(pickle.dumps(project.theme))
        (out / "charts").mkdir(exist_ok=True)
        draw_charts(content_of(document).pictures, out / "charts", ("svg", "png"))

    return act


def drawn(out: Path) -> Mapping[str, Image]:
    found: Mapping[str, Image] = pickle.loads((out / "images.pickle").read_bytes())
    return found


def theme(out: Path) -> Theme:
    found: Theme = pickle.loads((out / "theme.pickle").read_bytes())
    return found


def bulletin_docx(document: Document, out: Path, target: Path) -> Callable[[], object]:
    from bulletin.document.issued import issued_of
    from bulletin.write.docx import write_docx

    images, look, issued = drawn(out), theme(out), issued_of(document)
    return lambda: target.write_bytes(write_docx(document, images, look, issued).data)


def bulletin_pdf(document: Document, out: Path, target: Path) -> Callable[[], object]:
    from bulletin.write.pdf import write_pdf

    images, look = drawn(out), theme(out)
    return lambda: target.write_bytes(write_pdf(document, images, look))


def usual_docx(document: Document, out: Path, target: Path) -> Callable[[], object]:
    import docx  # noqa: F401

    from benchmarks.peers.usual_docx import write

    content = content_of(document)
    return lambda: write(content, out / "charts", target)


def usual_pdf(document: Document, out: Path, target: Path) -> Callable[[], object]:
    import weasyprint  # noqa: F401

    from benchmarks.peers.usual_pdf import write

    content = content_of(document)
    return lambda: write(content, out / "charts", target)


def pandoc_docx(document: Document, out: Path, target: Path) -> Callable[[], object]:
    from benchmarks.peers.pandoc_docx import convert, prepare

    source = target.with_suffix(".md")
    prepare(content_of(document), out / "charts", source)
    return lambda: convert(source, target)


def typst_pdf(document: Document, out: Path, target: Path) -> Callable[[], object]:
    from benchmarks.peers.typst_pdf import write

    content = content_of(document)
    return lambda: write(content, out / "charts", target)


def chromium_pdf(document: Document, out: Path, target: Path) -> Callable[[], object]:
    from benchmarks.peers.chromium_pdf import write

    content = content_of(document)
    return lambda: write(content, out / "charts", target)


WORKS = {
    "pictures": pictures,
    "bulletin-docx": bulletin_docx,
    "bulletin-pdf": bulletin_pdf,
    "usual-docx": usual_docx,
    "usual-pdf": usual_pdf,
    "pandoc-docx": pandoc_docx,
    "typst-pdf": typst_pdf,
    "chromium-pdf": chromium_pdf,
}
"""What is prepared, imports included, is not timed."""


def main() -> None:
    work, tree, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    target = out / f"{work}-{tree.stem}.{work.rpartition('-')[2]}"
    act = WORKS[work](read_tree(tree), out, target)
    begun, wall = time.process_time_ns(), time.perf_counter()
    children = _children()
    act()
    seconds = (time.process_time_ns() - begun) / 1e9 + _children() - children
    print(json.dumps({"cpu": round(seconds, 3), "wall": round(time.perf_counter() - wall, 3), "file": str(target)}))


def _children() -> float:
    import os

    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    main()
