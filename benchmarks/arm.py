"""One piece of work in a process of its own: `arm.py WORK TREE OUT`; prints its seconds of processor and what was made."""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.content import content_of, read_tree

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme

Work = Callable[["Document", Path, Path], Callable[[], object]]
"""Prepares what is not timed, and gives what is."""
EXAMPLE = Path(__file__).parents[1] / "examples" / "mozambique"


def pictures(document: Document, out: Path, target: Path) -> Callable[[], object]:
    """Draws what the writers take as ready: the program's own pictures, as Word takes them too, and those of the usual route."""
    from benchmarks.peers.charts import draw_charts
    from bulletin.draw.draw import draw
    from bulletin.load.project import load_project
    from bulletin.pipeline.produce import charts_of
    from bulletin.write.docx.pictures import for_word

    project, _ = load_project(EXAMPLE, ("pt",))
    lands = {g.file: g for g in project.geometries}
    tiles = {p.code: p.tile for p in project.country.subdivisions if p.tile}

    def act() -> None:
        own = {c.id: draw(c, project.theme, lands.get(c.boundaries), tiles) for c in charts_of(document)}
        own = {name: replace(image, word=for_word(image.svg)) for name, image in own.items()}
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

    for part in ("chapters", "package", "record"):
        import_module(f"bulletin.write.docx.{part}")
    tables = (f"fontTools.ttLib.tables.{t}" for t in ("_n_a_m_e", "_c_m_a_p", "_h_m_t_x", "_h_e_a_d", "_h_h_e_a", "_m_a_x_p"))
    for library in ("xlsxwriter", "fontTools.ttLib", *tables):
        import_module(library)
    images, look, issued = drawn(out), theme(out), issued_of(document)
    return lambda: target.write_bytes(write_docx(document, images, look, issued).data)


def bulletin_pdf(document: Document, out: Path, target: Path) -> Callable[[], object]:
    from bulletin.write.pdf import write_pdf

    images, look = drawn(out), theme(out)
    return lambda: target.write_bytes(write_pdf(document, images, look))


def by(peer: str, library: str = "") -> Work:
    """A peer that writes the content with the pictures that lie ready; `library`: what it imports beforehand."""

    def prepared(document: Document, out: Path, target: Path) -> Callable[[], object]:
        if library:
            import_module(library)
        write, content = import_module(f"benchmarks.peers.{peer}").write, content_of(document)
        return lambda: write(content, out / "charts", target)

    return prepared


def pandoc_docx(document: Document, out: Path, target: Path) -> Callable[[], object]:
    from benchmarks.peers.pandoc_docx import convert, prepare

    source = target.with_suffix(".md")
    prepare(content_of(document), out / "charts", source)
    return lambda: convert(source, target)


WORKS: Mapping[str, Work] = {
    "pictures": pictures,
    "bulletin-docx": bulletin_docx,
    "bulletin-pdf": bulletin_pdf,
    "usual-docx": by("usual_docx", "docx"),
    "usual-pdf": by("usual_pdf", "weasyprint"),
    "pandoc-docx": pandoc_docx,
    "typst-pdf": by("typst_pdf", "typst"),
    "chromium-pdf": by("chromium_pdf"),
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
