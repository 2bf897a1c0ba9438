"""The surface a chart is drawn on: millimetres from the top left corner, one text per line, deterministic bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from bulletin.document.chart import Chart, Image
from bulletin.draw.lettering import POINT, SIZE, Lettering, Weight, leading
from bulletin.draw.palette import light_png
from bulletin.errors import DataError
from bulletin.model.finding import Finding, Severity
from bulletin.model.theme import Theme

Align = Literal["left", "center", "right"]
DPI = 200
MARGIN = 0.4
"""Free of ink all round the picture, so that no screen or printer shaves a letter: three pixels at 200 dpi."""
GRID, BACK, MARK, OVER, TEXT = 1.0, 1.5, 2.0, 3.0, 5.0
"""Drawing order."""
_CAP = 0.66
"""Height of capitals and figures in Source Sans 3, in ems."""


@dataclass(frozen=True)
class Box:
    x0: float
    y0: float
    x1: float
    y1: float
    text: str = ""

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        return self.x0 < other.x1 + gap and other.x0 < self.x1 + gap and self.y0 < other.y1 + gap and other.y0 < self.y1 + gap


def text_box(letters: Lettering, x: float, y: float, text: str, size: float, weight: Weight, align: Align) -> Box:
    """Room a line takes; `y` is the middle of its figures."""
    w, em = letters.width(text, size, weight), size * POINT
    x0 = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * w
    base = y + _CAP / 2 * em
    return Box(x0, base - 0.74 * em, x0 + w, base + 0.21 * em, text)


def margin_of(chart: Chart) -> float:
    """The panel of the cover runs to the edge."""
    return 0.0 if chart.kind == "cover" else MARGIN


def tinted(colour: str, paper: str, share: float) -> str:
    """A colour thinned with the colour of the paper."""
    one, other = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (colour, paper))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in zip(one, other, strict=True))


def texture_lines(x0: float, y0: float, x1: float, y1: float, texture: int) -> list[tuple[float, float, float, float]]:
    """Lines across a filled place, so that colours of one lightness stay apart in grey print: 2 slants, 3 lies; 0 and 1 are plain
    and differ in lightness."""
    found = []
    if texture == 2:
        at = x0 - (y1 - y0)
        while at < x1:
            left, right = max(at, x0), min(at + (y1 - y0), x1)
            if right - left > 0.05:
                found.append((left, y1 - (left - at), right, y1 - (right - at)))
            at += 2.0
    elif texture == 3:
        # From the middle, so that thin bars have a line too.
        middle, step = (y0 + y1) / 2, 1.4
        for n in range(int((y1 - y0) / step) + 1):
            y = middle + (n + 1) // 2 * step * (-1 if n % 2 else 1)
            if y0 + 0.2 < y < y1 - 0.2:
                found.append((x0, y, x1, y))
    return found


class Canvas:
    """Coordinates begin inside the margin; `width` and `height` are without it."""

    def __init__(self, chart: Chart, theme: Theme, height: float) -> None:
        self.chart, self.theme = chart, theme
        self.width, self.height = chart.width, height
        self.letters = Lettering(theme.font.text)
        self.texts: list[Box] = []
        self.missing = ""
        self.background = theme.colour.paper
        self.margin = margin_of(chart)
        size = (self.width + 2 * self.margin) / 25.4, (height + 2 * self.margin) / 25.4
        self.figure = Figure(figsize=size, dpi=DPI)
        self._surface = FigureCanvasAgg(self.figure)
        origin = self.margin / 25.4, (height + self.margin) / 25.4
        self._millimetres = Affine2D().scale(1 / 25.4, -1 / 25.4).translate(*origin) + self.figure.dpi_scale_trans

    def text(
        self,
        x: float,
        y: float,
        text: str,
        colour: str = "",
        *,
        size: float = SIZE,
        weight: Weight = "regular",
        align: Align = "left",
        back: str = "",
    ) -> Box:
        """One line, `y` the middle of its figures; moved sideways where it would leave the canvas. `back`: colour behind it."""
        if not text:
            return Box(x, y, x, y)
        box = text_box(self.letters, x, y, text, size, weight, align)
        shift = max(0.0, -box.x0) or min(0.0, self.width - box.x1)
        box = Box(box.x0 + shift, box.y0, box.x1 + shift, box.y1, text)
        self.texts.append(box)
        self.missing += self.letters.missing(text, weight)
        if back:
            self.rectangle(box.x0 - 0.5, box.y0 - 0.1, box.x1 + 0.5, box.y1 + 0.1, back, order=BACK)
        pieces = self.letters.pieces(text, weight)
        if len(pieces) == 1:
            self._letters(x + shift, y, pieces[0][0], colour, size, pieces[0][1], align)
            return box
        at = box.x0
        for part, cut in pieces:
            self._letters(at, y, part, colour, size, cut, "left")
            at += self.letters.width(part, size, cut)
        return box

    def _letters(self, x: float, y: float, text: str, colour: str, size: float, weight: Weight, align: Align) -> None:
        artist = Text(
            x,
            y + _CAP / 2 * size * POINT,
            text,
            color=colour or self.theme.colour.ink,
            ha=align,
            va="baseline",
            fontproperties=self.letters.properties(size, weight),
            transform=self._millimetres,
            zorder=TEXT,
            parse_math=False,
        )
        self.figure.add_artist(artist)

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        colour: str = "",
        *,
        size: float = SIZE,
        weights: Sequence[Weight] = ("regular",),
        align: Align = "left",
        back: str = "",
    ) -> None:
        """A block of lines around the middle `y`; the last of `weights` holds for all further lines."""
        step = leading(size)
        for i, line in enumerate(lines):
            at = y + (i - (len(lines) - 1) / 2) * step
            self.text(x, at, line, colour, size=size, weight=weights[min(i, len(weights) - 1)], align=align, back=back)

    def line(
        self,
        xs: Iterable[float],
        ys: Iterable[float],
        colour: str,
        width: float,
        *,
        dashes: tuple[float, float] | None = None,
        order: float = MARK,
        butt: bool = False,
    ) -> None:
        """`width` in points, `dashes` in line widths."""
        cap: Literal["butt", "round"] = "butt" if butt or dashes else "round"
        artist = Line2D(
            list(xs),
            list(ys),
            color=colour,
            lw=width,
            solid_capstyle=cap,
            dash_capstyle="butt",
            solid_joinstyle="round",
            transform=self._millimetres,
            zorder=order,
        )
        if dashes:
            artist.set_dashes(dashes)
        self.figure.add_artist(artist)

    def marker(self, x: float, y: float, shape: str, size: float, colour: str, *, hollow: float = 0, order: float = OVER) -> None:
        """`size` in points; `hollow`: width of the outline in points, the inside is paper."""
        artist = Line2D(
            [x],
            [y],
            marker=shape,
            ms=size,
            mew=hollow,
            mec=colour,
            mfc=self.theme.colour.paper if hollow else colour,
            ls="",
            transform=self._millimetres,
            zorder=order,
        )
        self.figure.add_artist(artist)

    def rectangle(
        self, x0: float, y0: float, x1: float, y1: float, fill: str, *, edge: str = "", edge_width: float = 0, order: float = MARK
    ) -> None:
        path = Path([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], closed=True)
        self._patch(path, fill, edge, edge_width, order)

    def bar(self, x0: float, y0: float, x1: float, y1: float, colour: str, *, hollow: bool = False, texture: int = 0) -> None:
        """Filled; provisional ones pale, with an outline that keeps inside the bar. `texture`: see `texture_lines`."""
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        lines = texture_lines(x0, y0, x1, y1, texture)
        if not hollow:
            self.rectangle(x0, y0, x1, y1, colour)
            self.segments(lines, self.theme.colour.paper, 0.6, alpha=0.45, order=MARK + 0.1)
            return
        inset = min(0.22, (x1 - x0) / 2, (y1 - y0) / 2)
        pale = tinted(colour, self.theme.colour.paper, 0.14)
        self.rectangle(x0 + inset, y0 + inset, x1 - inset, y1 - inset, pale, edge=colour, edge_width=1.0)
        self.segments(lines, colour, 0.5, alpha=0.4, order=MARK + 0.1)

    def interval(self, a: tuple[float, float], b: tuple[float, float], colour: str, order: float = MARK + 0.3) -> None:
        """A thin stroke between the two ends of an estimate, with feet across."""
        (x0, y0), (x1, y1) = a, b
        foot = 0.7
        across, down = (foot, 0.0) if x0 == x1 else (0.0, foot)
        lines = [(x0, y0, x1, y1), *((x - across, y - down, x + across, y + down) for x, y in (a, b))]
        self.segments(lines, colour, 0.8, order=order)

    def plate(self, x: float, y: float, text: str, colour: str, *, size: float = SIZE, hollow: bool = False) -> None:
        """A plain ground for centred lettering on a texture."""
        fill = tinted(colour, self.theme.colour.paper, 0.14) if hollow else colour
        box = text_box(self.letters, x, y, text, size, "regular", "center")
        self.rectangle(box.x0 - 0.5, box.y0 + 0.2, box.x1 + 0.5, box.y1 - 0.2, fill, order=MARK + 0.15)

    def polygon(
        self, rings: Iterable[np.ndarray], fill: str, *, edge: str = "", edge_width: float = 0, order: float = MARK
    ) -> None:
        """Outer rings and, running the other way round, holes."""
        pieces = [Path(ring, closed=True) for ring in rings]
        if pieces:
            self._patch(Path.make_compound_path(*pieces), fill, edge, edge_width, order)

    def segments(
        self,
        found: Sequence[tuple[float, float, float, float]],
        colour: str,
        width: float,
        *,
        alpha: float = 1,
        order: float = MARK,
    ) -> None:
        """Many straight lines of one look as one path; `width` in points."""
        if not found:
            return
        points = np.array(found, dtype=float).reshape(-1, 2)
        codes = np.tile(np.array([Path.MOVETO, Path.LINETO], dtype=Path.code_type), len(found))
        artist = PathPatch(
            Path(points, codes),
            fill=False,
            ec=colour,
            lw=width,
            alpha=alpha,
            capstyle="butt",
            transform=self._millimetres,
            zorder=order,
        )
        self.figure.add_artist(artist)

    def circle(self, x: float, y: float, radius: float, fill: str, *, edge: str = "", edge_width: float = 0) -> None:
        path = Path.circle((x, y), radius)
        self._patch(path, fill, edge, edge_width, OVER)

    def image(self, scale: float = 1, *, dots: bool = True) -> Image:
        """Printed `scale` times as large as it is drawn, with its `dots` or as a drawing alone; raises DataError when a character has
        no glyph in the shipped face."""
        if self.missing:
            raise DataError([_missing(self.chart.id, c) for c in sorted(set(self.missing))])
        svg, png = BytesIO(), b""
        with matplotlib.rc_context(
            {"svg.fonttype": "none", "svg.hashsalt": "bulletin", "text.parse_math": False, "path.simplify": False}
        ):
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            self.figure.savefig(svg, format="svg", transparent=True, metadata=nothing)
            if dots:
                self.figure.set_dpi(DPI * scale)
                self.figure.set_facecolor(self.background)
                self._surface.draw()  # type: ignore[no-untyped-call]
                drawn = np.asarray(self._surface.buffer_rgba())  # type: ignore[no-untyped-call]
                png = light_png(drawn, DPI * scale)
        width, height = (scale * (side + 2 * self.margin) for side in (self.width, self.height))
        return Image(svg.getvalue(), png, width, height)

    def _patch(self, path: Path, fill: str, edge: str, edge_width: float, order: float) -> None:
        artist = PathPatch(
            path,
            fc=fill or "none",
            ec=edge or "none",
            lw=edge_width if edge else 0,
            joinstyle="round" if edge_width < 1 else "miter",
            transform=self._millimetres,
            zorder=order,
        )
        self.figure.add_artist(artist)


def _missing(chart: str, character: str) -> Finding:
    parameters = {"chart": chart, "character": character, "code": f"U+{ord(character):04X}"}
    return Finding("glyph-missing", Severity.ERROR, key=chart, parameters=parameters)
