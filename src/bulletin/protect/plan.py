"""Marks what must be hidden: small figures, what would give them away, and what rests on them; values stay until `protect`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.model.cells import Cells, coded, has_status, split
from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.dataset import Observations
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.indicator import Kind
from bulletin.model.parts import parts_of, total_code
from bulletin.protect.component import gathered, system
from bulletin.protect.control import Key, Need, companions, controlled, dominant, is_additive, is_small, width_for
from bulletin.protect.protect import keys_of
from bulletin.protect.relations import Cell, Relation, Relations, adds_up, as_key, known_with
from bulletin.protect.seeds import cost_of, given_away, indicator_of

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.model.cells import Booleans, Coding
    from bulletin.model.project import Project

PASSES = 10
"""Money rests on people and may be rested on in its turn."""


@dataclass(frozen=True)
class Withheld:
    """One cell of the private log."""

    key: str
    conf: str
    rule: str
    low: float | None = None
    """Proven: this value and `high` agree with everything printed; None: no printed figure says anything about it."""
    high: float | None = None
    width: float | None = None
    """What had to be proven."""


@dataclass(frozen=True)
class Marked:
    observations: Observations
    """With CONF_STATUS C for what is hidden for its own sake and S for what would give it away."""
    log: tuple[Withheld, ...]
    findings: tuple[Finding, ...]
    """Errors: a cell that cannot be protected."""


def suppress(observations: Observations, project: Project, previous: pd.DataFrame | None = None) -> Marked:
    """Disclosure control of what was received; derive passes the marks on, and protect takes the values out.

    `previous`: the publishable observations of the edition before (columns of COLUMNS, hidden values with status Q). What it
    printed is known and cannot be hidden to any use; what it hid stays hidden.
    """
    import numpy as np

    frame = observations.frame
    if not len(frame):
        return Marked(observations, (), ())
    work = _Work.of(observations, project, previous)
    findings = work.first_needs()
    try:
        for _ in range(PASSES):
            if not work.solve():
                break
    except ImportError as fault:
        said = Finding("suppression-impossible", Severity.ERROR, key="disclosure", parameters={"reason": str(fault)})
        return Marked(observations, (), (*findings, said))
    if not work.hidden:
        return Marked(observations, (), tuple(findings))
    conf = np.array(frame["conf_status"].astype("str"), dtype=object)
    log = []
    for (name, key), need in sorted(work.hidden.items()):
        row = work.row[name, key]
        if conf[row] in (ConfStatus.FREE.value, ""):
            conf[row] = (ConfStatus.CONFIDENTIAL if need.primary else ConfStatus.SECONDARY_BY_RECEIVER).value
        low, high, width = work.intervals.get((name, key), (None, None, None))
        log.append(Withheld(work.coding.key_text(name, key), str(conf[row]), need.rule, low, high, width))
    marked = Observations(_with_conf(frame, conf), work.alternates(observations.alternates))
    return Marked(marked, tuple(log), (*findings, *work.findings()))


@dataclass
class _Work:
    project: Project
    frame: pd.DataFrame
    cells: Cells
    other: tuple[Key, ...]
    """Cells of the alternates, row by row."""
    row: Mapping[Key, int]
    relations: Relations
    public: frozenset[Key]
    """Cells whose values are known from sources that have published them, or from the edition before."""
    earlier_hidden: frozenset[Key]
    needs: dict[Cell, Need] = field(default_factory=dict)
    hidden: dict[Key, Need] = field(default_factory=dict)
    intervals: dict[Key, tuple[float | None, float | None, float | None]] = field(default_factory=dict)
    failed: dict[Cell, float] = field(default_factory=dict)
    touched: set[Key] = field(default_factory=set)
    """Every observed cell that an equation connects with a hidden one."""
    done: dict[frozenset[Cell], int] = field(default_factory=dict)

    @property
    def coding(self) -> Coding:
        return self.cells.coding

    @classmethod
    def of(cls, observations: Observations, project: Project, previous: pd.DataFrame | None) -> _Work:
        frame, alternates = observations.frame, observations.alternates
        codes = {d: [p.code for p in parts_of(project, d)] for d in project.codelists if d not in ("unit", "ref_area")}
        codes["ref_area"] = [total_code(project, "ref_area"), *(p.code for p in project.country.subdivisions)]
        frames = [frame, alternates, *(() if previous is None else (previous,))]
        coding, keys = coded(frames, codes)
        cells = Cells(coding, split(frame, keys[0]))
        values: dict[Key, float] = {}
        rows: dict[Key, int] = {}
        for name, block in cells.blocks.items():
            present = block.value == block.value
            rows |= {(name, k): r for k, r in zip(block.key.tolist(), block.row.tolist(), strict=True)}
            values |= {
                (name, k): v for k, v in zip(block.key[present].tolist(), block.value[present].tolist(), strict=True)
            }  # fmt: skip
        public = _published(frame, project)
        known = {cell for cell, r in rows.items() if public[r] and cell in values}
        before: set[Key] = set()
        if previous is not None:
            for name, block in split(previous, keys[2]).items():
                indicator = project.catalogue.get(name)
                gone = has_status(block.status, ObsStatus.SUPPRESSED).tolist()
                for k, v, q in zip(block.key.tolist(), block.value.tolist(), gone, strict=True):
                    cell = (name, k)
                    if q and math.isnan(v):
                        before |= {cell} if cell in rows else set()
                    elif not math.isnan(v) and cell not in values and cell not in rows and indicator and not indicator.formula:
                        values[cell] = v
                        known.add(cell)
                    elif cell in values and math.isclose(values[cell], v, rel_tol=1e-9, abs_tol=1e-9):
                        known.add(cell)
        relations = Relations(project, coding, values)
        other = tuple(zip(alternates["indicator"].astype("str"), keys[1].tolist(), strict=True))
        return cls(project, frame, cells, other, rows, relations, frozenset(known), frozenset(before))

    def first_needs(self) -> list[Finding]:
        """Cells that may not be printed for their own sake; findings: what the control lacks to do its work."""
        said, catalogue = self.project.edition.disclosure, self.project.catalogue
        values, under = self.relations.values, controlled(self.project)
        conf = self.frame["conf_status"].astype("str").tolist()
        findings: list[Finding] = []
        never = companions(self.project)
        for cell, row in self.row.items():
            name = cell[0]
            value = values.get(cell)
            if value is None:
                continue
            if name in never:
                self.hidden[cell] = Need("contributor", 0.0)
            elif conf[row] not in (ConfStatus.FREE.value, ""):
                self._hide(cell, Need("declared", width_for(catalogue.get(name), value, said)))
            elif name in under and cell not in self.public and is_small(value, said.threshold):
                self._hide(cell, Need("threshold", said.width))
            elif cell in self.earlier_hidden:
                self._hide(cell, Need("hidden-earlier", width_for(catalogue.get(name), value, said)))
        for d in said.dominance:
            findings += self._dominated(d.indicator, d.largest, d.second)
        for implied, need in given_away(self.relations, self.cells, under, said, self.public).items():
            key = as_key(implied)
            if key is not None and key in self.row:
                self._hide(key, need)
            else:
                self.needs[implied] = need
        return findings

    def _dominated(self, name: str, largest: str, second: str) -> list[Finding]:
        said, values = self.project.edition.disclosure, self.relations.values
        findings = []
        for cell, row in self.row.items():
            if cell[0] != name or cell not in values or cell in self.public:
                continue
            amounts = [values.get((other, cell[1])) for other in (largest, second)]
            if any(a is None for a in amounts):
                place = Place(*(str(self.frame[c].iloc[row]) for c in ("file", "sheet", "cell")))
                key = self.coding.key_text(name, cell[1])
                said_of = {"indicator": name, "largest": largest, "second": second}
                findings.append(Finding("dominance-data-missing", Severity.ERROR, place, key, said_of))
                continue
            width = dominant(values[cell], float(amounts[0] or 0), float(amounts[1] or 0), said)
            if width is not None:
                self._hide(cell, Need("dominance", width))
        return findings

    def _hide(self, cell: Key, need: Need) -> None:
        if cell not in self.hidden:
            self.hidden[cell] = need
            if is_additive(self.project.catalogue.get(cell[0])):
                self.needs[cell] = need

    def solve(self) -> bool:
        """Solves every component with a cell that needs it; True if something new rests on what is now hidden."""
        seen: set[Cell] = set()
        for start in sorted(self.needs, key=str):
            if start in seen:
                continue
            cells, equations = gathered(start, self.relations)
            cells = tuple(sorted(cells, key=_order))
            seen |= set(cells)
            known = known_with(self.public, equations)
            primary = self._primary(cells, known)
            if not primary:
                continue
            if self.done.get(frozenset(cells)) == len(primary):
                continue
            self.done[frozenset(cells)] = len(primary)
            self._solve(cells, equations, primary, known)
        return self._rest()

    def _primary(self, cells: tuple[Cell, ...], known: AbstractSet[Cell]) -> dict[int, float]:
        """Place to width of what needs protection: what is hidden, and the small figures that readers compute."""
        said, under = self.project.edition.disclosure, controlled(self.project)
        primary = {}
        for n, cell in enumerate(cells):
            if cell in self.needs:
                primary[n] = self.needs[cell].width
            elif (
                cell not in self.relations.values
                and indicator_of(cell) in under
                and is_small(self.relations.implied[cell], said.threshold)
            ):
                primary[n] = said.width
        return primary

    def _solve(
        self, cells: tuple[Cell, ...], equations: tuple[Relation, ...], primary: Mapping[int, float], known: AbstractSet[Cell]
    ) -> None:
        from bulletin.protect.suppress import solved

        values = self.relations.values
        keys = {n: key for n, cell in enumerate(cells) if (key := as_key(cell)) is not None and key in values}
        counts = {n for n, key in keys.items() if self._is_count(key)}
        built = system(
            cells,
            equations,
            self.relations,
            fixed={c for c in cells if c in known},
            whole={keys[n] for n in counts if values[keys[n]].is_integer()},
            cost={key: cost_of(key, self.relations, self.project) for key in keys.values()},
        )
        least, width = min(primary.values()), self.project.edition.disclosure.width
        found = solved(built, primary, {n: width if n in counts else least for n in range(len(cells))})
        rows = {n: key for n, key in keys.items() if key in self.row}
        self.touched |= set(rows.values())
        for n in found.hidden.nonzero()[0].tolist():
            if n in rows:
                self.hidden.setdefault(rows[n], Need("complement", found.widths.get(n, 0.0), primary=False))
                self.intervals[rows[n]] = (*found.evidence.interval(n), found.widths.get(n, primary.get(n)))
        self.failed |= {cells[n]: found.widths.get(n, 0.0) for n in found.failed}

    def _is_count(self, cell: Key) -> bool:
        indicator = self.project.catalogue.get(cell[0])
        return indicator is not None and indicator.kind is Kind.COUNT

    def _rest(self) -> bool:
        """Hides what rests on hidden cells: money paid to those counted, received rates and averages."""
        from bulletin.model.codes import DIMENSIONS, TOTAL

        said, catalogue = self.project.edition.disclosure, self.project.catalogue
        found = False
        for indicator in catalogue.values():
            for other in indicator.rests_on:
                below = catalogue.get(other)
                block = self.cells.block(indicator.id)
                if below is None or not len(block.key):
                    continue
                keys = block.key
                for d in DIMENSIONS:
                    if d != "ref_area" and d not in below.dimensions:
                        keys = self.coding.at(keys, d, TOTAL)
                for key, at in zip(block.key.tolist(), keys.tolist(), strict=True):
                    cell = (indicator.id, key)
                    value = self.relations.values.get(cell)
                    if (other, at) in self.hidden and value is not None and cell not in self.hidden and cell not in self.public:
                        self._hide(cell, Need("rests-on", width_for(indicator, value, said)))
                        found = True
        return found

    def findings(self) -> list[Finding]:
        """Cells whose protection could not be proven: known to everybody, or given away by what everybody knows."""
        found = []
        for cell in sorted(self.failed, key=_order):
            public = cell in self.public
            rule, severity = ("published-earlier", Severity.WARNING) if public else ("disclosure-unproven", Severity.ERROR)
            name = indicator_of(cell)
            known = as_key(cell)
            row = self.row.get(known) if known else None
            key = self.coding.key_text(*known) if known and row is not None else name
            place = Place() if row is None else Place(*(str(self.frame[c].iloc[row]) for c in ("file", "sheet", "cell")))
            found.append(Finding(rule, severity, place, key, {"indicator": name}))
        return found

    def alternates(self, alternates: pd.DataFrame) -> pd.DataFrame:
        """Other sources' values of every cell that has to do with a hidden one are hidden with it: they say nearly the same."""
        import numpy as np

        if not len(alternates):
            return alternates
        said, under = self.project.edition.disclosure, controlled(self.project)
        public = _published(alternates, self.project)
        conf = np.array(alternates["conf_status"].astype("str"), dtype=object)
        values = alternates["value"].tolist()
        for n, cell in enumerate(self.other):
            small = cell[0] in under and is_small(values[n], said.threshold)
            if cell in self.hidden or (not public[n] and (small or cell in self.touched)):
                conf[n] = ConfStatus.CONFIDENTIAL.value if conf[n] in (ConfStatus.FREE.value, "") else conf[n]
        return _with_conf(alternates, conf)


def _published(frame: pd.DataFrame, project: Project) -> Booleans:
    """Rows all of whose sources are public."""
    import numpy as np

    texts = frame["source"].astype("str")
    public = {
        text: all(s in project.sources and project.sources[s].published for s in text.split(";")) for text in texts.unique()
    }
    return np.array([public[t] for t in texts], dtype=bool)


def _order(cell: Cell) -> tuple[int, str, int, str]:
    """Observed cells by indicator and key, then the others: the same in every run."""
    key = as_key(cell)
    return (0, *key, "") if key else (1, "", 0, repr(cell))


def _with_conf(frame: pd.DataFrame, conf: Iterable[object]) -> pd.DataFrame:
    import pandas as pd

    changed = frame.copy()
    changed["conf_status"] = pd.Series(list(conf), index=frame.index, dtype="str")
    return changed


def resting(marked: Observations, derived: Observations, project: Project) -> Observations:
    """Figures that were received although the catalogue has a formula for them are hidden where the formula reads a hidden cell.

    `derived`: computed from the marked observations without these figures.
    """
    computed = derived.frame[~derived.frame["conf_status"].astype("str").isin([ConfStatus.FREE.value, ""])]
    frame = marked.frame
    rows = formula_rows(frame, project)
    if not rows.any() or not len(computed):
        return marked
    hit = rows & keys_of(frame).isin(set(keys_of(computed))).to_numpy() & ~_published(frame, project)
    conf = frame["conf_status"].astype("str").to_numpy(dtype=object).copy()
    conf[hit & ((conf == ConfStatus.FREE.value) | (conf == ""))] = ConfStatus.SECONDARY_BY_RECEIVER.value
    return Observations(_with_conf(frame, conf), marked.alternates)


def formula_rows(frame: pd.DataFrame, project: Project) -> Booleans:
    """Received rows of indicators with a formula that is no equation of the plan."""
    names = {i.id for i in project.catalogue.values() if i.formula and not adds_up(i.formula)}
    found: Booleans = frame["indicator"].astype("str").isin(names).to_numpy()
    return found
