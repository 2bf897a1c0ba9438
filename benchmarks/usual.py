"""The usual route, whole: one process draws every chart, then makes the PDF and the DOCX of each language. `usual.py OUT TREE…`"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.content import content_of, read_tree
from benchmarks.peers import usual_docx, usual_pdf
from benchmarks.peers.charts import draw_charts


def main() -> None:
    out = Path(sys.argv[1])
    for tree in map(Path, sys.argv[2:]):
        content = content_of(read_tree(tree))
        charts = out / content.language
        charts.mkdir(parents=True, exist_ok=True)
        draw_charts(content.pictures, charts, ("svg", "png"))
        usual_pdf.write(content, charts, out / f"usual-{content.language}.pdf")
        usual_docx.write(content, charts, out / f"usual-{content.language}.docx")


if __name__ == "__main__":
    main()
