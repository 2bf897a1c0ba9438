"""Whether a theme can be read: contrast of its colours, and their distance for everyone, with the figures named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from math import floor

from bulletin.load.yaml_text import Line, Map, Seq, place
from bulletin.model.colour import NORMAL, VISION, contrast, distance, is_colour, lab
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.shade import apart, legible
from bulletin.model.theme import Theme

TEXT, MARK = 4.5, 3.0
"""Least contrast of what is read, and of what is only seen (WCAG 2.2, 1.4.3 and 1.4.11)."""

CLOSE, CLEAR = 6.0, 10.0
"""CIEDE2000 difference below which two series are one to some reader, and below which they need looking at twice. Labels beside the
lines and different markers help, so that only the first is refused."""

STEP = 7.0
"""Least step of lightness (CIELAB) between two classes of a map."""

ON: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("ink", ("paper", "tint"), TEXT),
    ("ink_2", ("paper", "tint"), TEXT),
    ("brand", ("paper", "tint"), TEXT),
    ("brand_deep", ("paper",), TEXT),
    ("accent", ("paper", "tint"), TEXT),
    ("on_brand", ("brand", "brand_deep", "accent"), TEXT),
    ("on_brand_2", ("brand", "brand_deep"), TEXT),
    ("context", ("paper",), MARK),
)
"""What stands on what: text in its colour, then the grounds."""


def colour_findings(theme: Theme, tree: Map) -> Iterator[Finding]:
    """`tree`: of the theme, for the lines of its colours."""
    where = _Where(theme, tree)
    wrong = [t for t, colour in where.colours.items() if not is_colour(colour)]
    for token in wrong:
        yield where.finding("theme-not-colour", Severity.ERROR, token, found=where.colours[token][:20])
    if wrong:
        return
    found = [*_contrasts(theme, where), *_distances(theme, where), *_classes(theme, where)]
    # What follows from a brand that cannot be read mends itself with the brand.
    brand = next((f for f in found if f.parameters["token"] == "brand"), None)
    for finding in found:
        if brand is None or finding is brand or finding.place.cell != brand.place.cell:
            yield finding


class _Where:
    """Colours by name of their token, `series.2` among them, and where each is written."""

    def __init__(self, theme: Theme, tree: Map) -> None:
        self.theme = theme.id
        self.colours: dict[str, str] = {}
        colours = tree.get("colour")
        lines: Map = colours if isinstance(colours, Map) else tree
        self._lines: dict[str, Line] = {}
        for name, value in vars(theme.colour).items():
            line, node = lines.at.get(name, tree.own), lines.get(name)
            many = isinstance(value, tuple)
            for number, colour in enumerate(value if many else (value,), 1):
                token = f"{name}.{number}" if many else name
                self.colours[token] = colour
                own = node.at[number - 1] if isinstance(node, Seq) and number <= len(node) else line
                self._lines[token] = own

    def finding(self, rule: str, severity: Severity, token: str, **told: Parameter) -> Finding:
        parameters: Mapping[str, Parameter] = {"theme": self.theme, "token": token, "colour": self.colours[token], **told}
        others = [str(told[k]) for k in ("ground", "other") if k in told]
        key = ".".join(("theme", self.theme, token, *others))
        return Finding(rule, severity, place(self._lines[token], f"colour.{token}"), key, parameters)


def _contrasts(theme: Theme, where: _Where) -> Iterator[Finding]:
    told = set[str]()
    pairs = list(ON) + [(token, ("paper",), TEXT) for token in where.colours if token.startswith("series.")]
    for token, grounds, least in pairs:
        colour = where.colours[token]
        found, ground = min((contrast(colour, where.colours[g]), g) for g in grounds)
        if found >= least:
            continue
        better = legible(colour, [where.colours[g] for g in grounds], least)
        if better == colour:
            # No shade of it stands out enough: what lies behind it has to give way.
            token, ground, colour = ground, token, where.colours[ground]
            better = legible(colour, (where.colours[ground],), least)
        if token not in told:
            told.add(token)
            on = where.colours[ground]
            yield where.finding(
                "theme-contrast", Severity.ERROR, token, ground=ground, on=on, found=_cut(found), least=least, better=better
            )


def _distances(theme: Theme, where: _Where) -> Iterator[Finding]:
    """Of series among each other, and from the grey of what is only compared with."""
    drawn = [*(t for t in where.colours if t.startswith("series.")), "context"]
    for one, other in combinations(drawn, 2):
        a, b = where.colours[one], where.colours[other]
        near = {vision: distance(a, b, vision) for vision in VISION}
        vision = min(near, key=lambda name: near[name])
        if near[vision] >= CLEAR:
            continue
        wrong = other if other != "context" else one
        rest = [where.colours[t] for t in drawn if t != wrong]
        better = apart(where.colours[wrong], rest, CLEAR, lambda c: contrast(c, theme.colour.paper) >= TEXT)
        severity = Severity.ERROR if near[vision] < CLOSE else Severity.WARNING
        least = CLOSE if severity is Severity.ERROR else CLEAR
        against = one if wrong == other else other
        yield where.finding(
            "theme-too-alike" if vision == NORMAL else "theme-too-alike-blind",
            severity,
            wrong,
            other=against,
            beside=where.colours[against],
            vision=vision,
            found=_cut(near[vision]),
            least=least,
            better=better,
        )


def _classes(theme: Theme, where: _Where) -> Iterator[Finding]:
    """From light to dark in every kind of vision, and the figures printed on each class."""
    tokens = [t for t in where.colours if t.startswith("sequential.")]
    for one, other in pairwise(tokens):
        steps = [lab(where.colours[one], v)[0] - lab(where.colours[other], v)[0] for v in VISION]
        if min(steps) < STEP:
            told: dict[str, Parameter] = {"other": one, "beside": where.colours[one]}
            yield where.finding("theme-class-step", Severity.ERROR, other, found=_cut(min(steps)), least=STEP, **told)
    for token in (*tokens, "missing.1"):
        found = max(contrast(where.colours[token], ground) for ground in (theme.colour.paper, theme.colour.ink))
        if found < TEXT:
            yield where.finding("theme-class-unreadable", Severity.ERROR, token, found=_cut(found), least=TEXT)


def _cut(figure: float) -> float:
    """Cut, not rounded: 4.496 must not read as the 4.5 it misses."""
    return floor(figure * 100) / 100
