"""Figures of a project read and computed a second time, from the data files and the declared formulas, with exact fractions.

Shares no code with the program: only files are read.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from mapped import mapped_rows

SHIPPED = Path(__file__).resolve().parent.parent / "config"
DIMENSIONS = ("ref_area", "sex", "age", "scheme", "function", "programme")
QUALIFIERS = set("PEFIUDKWSNVGJB")
"""Statuses that say something of a value that is there."""
BELOW = ("denominator", "population", "recipients", "earnings", "standard", "due", "deflator", "working", "expenditure")
"""Roles that stand below the line; `expenditure` stands above it in two formulas, as their first input."""
PERIOD = re.compile(r"(\d{4})(?:-(?:S(\d)|Q(\d)|(\d\d)))?")


@dataclass(frozen=True)
class Row:
    file: str
    line: int | str
    """Address of the cell in a workbook."""
    indicator: str
    where: tuple[str, ...]
    period: str
    value: Fraction | None
    unit: str
    statuses: frozenset[str]
    source: str
    illustrative: bool

    @property
    def key(self) -> str:
        return key_of(self.indicator, self.where, self.period)


@dataclass(frozen=True)
class Figure:
    """A value with all rows it rests on."""

    value: Fraction
    rows: frozenset[Row]

    @property
    def illustrative(self) -> bool:
        return any(r.illustrative for r in self.rows)

    @property
    def statuses(self) -> set[str]:
        return {s for r in self.rows for s in r.statuses if s in QUALIFIERS - {"B"}}


def key_of(indicator: str, where: tuple[str, ...], period: str) -> str:
    parts = [indicator, where[0]]
    parts += [f"{d}={c}" for d, c in zip(DIMENSIONS[1:], where[1:], strict=True) if c != "_T"]
    return ".".join(parts) + f"@{period}"


def split_key(key: str) -> tuple[str, tuple[str, ...], str]:
    head, _, period = key.rpartition("@")
    indicator, area, *rest = head.split(".")
    named = dict(part.split("=", 1) for part in rest)
    return indicator, (area, *(named.get(d, "_T") for d in DIMENSIONS[1:])), period


def order_of(period: str) -> tuple[int, int, int]:
    """Year, last month, length: periods in the order of their ends, the longer last."""
    found = PERIOD.fullmatch(period)
    assert found, period
    year, half, quarter, month = found.groups()
    if half:
        return int(year), 6 * int(half), 6
    if quarter:
        return int(year), 3 * int(quarter), 3
    return (int(year), int(month), 1) if month else (int(year), 12, 12)


@lru_cache(maxsize=64)
def _yaml(path: Path, _stamp: int) -> dict:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8-sig")) or {}


def yaml(path: Path) -> dict:
    return _yaml(path, path.stat().st_mtime_ns) if path.exists() else {}


@dataclass
class Source:
    """A project's data files, with what its configuration says of sources, places and formulas."""

    root: Path
    rows: list[Row] = field(default_factory=list)
    sent: dict[str, Row] = field(default_factory=dict)
    """Figures that came by form, by `workbook!sheet!cell`."""

    def __post_init__(self) -> None:
        self.edition = yaml(self.root / "bulletin.yaml")
        self.country = yaml(SHIPPED / "countries" / f"{self.edition['country'].lower()}.yaml")
        self.indicators = {
            i["id"]: i
            for folder in (SHIPPED, self.root / "config")
            for path in sorted((folder / "indicators").glob("*.yaml"))
            for i in yaml(path)["indicators"]
        }
        self.areas = {p["code"]: p for p in self.country["subdivisions"]}
        self._names = {}
        for place in (self.country["place"], *self.country["subdivisions"]):
            for name in (place["code"], *place["name"].values(), *place.get("aliases", [])):
                self._names[name.casefold()] = place["code"]
        self.parents = {
            (dimension.lower(), code["id"]): code.get("parent")
            for dimension, listed in yaml(SHIPPED / "codelists.yaml").items()
            if isinstance(listed, dict) and "codes" in listed
            for code in listed["codes"]
        }
        for path in sorted((self.root / "data").rglob("*.csv")):
            self.rows += self._read(path)
        for path in sorted((self.root / "data").glob("*.xlsx")):
            if path.with_name(f"{path.name}.map.yaml").exists():
                found = mapped_rows(path, yaml(path.with_name(f"{path.name}.map.yaml")))
                self.rows += [self._row(path, cell, got, Fraction(got["OBS_VALUE"])) for cell, got in found]
        sealed = [r for path in sorted((self.root / "editions").glob("*/table.csv")) for r in self._read(path)]
        self.at = {(r.file, r.line): r for r in (*self.rows, *sealed)}
        prefer = {p["indicator"]: p["order"] for p in self.edition.get("prefer", [])}
        self.candidates: dict[str, list[Row]] = {}
        for row in self.rows:
            self.candidates.setdefault(row.key, []).append(row)
        for key, rows in self.candidates.items():
            order = prefer.get(split_key(key)[0], [])
            rows.sort(key=lambda r, order=order: order.index(r.source) if r.source in order else len(order))
        self._periods: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
        for rows in self.candidates.values():
            self._periods.setdefault((rows[0].indicator, rows[0].where), []).append(rows[0])
        self._known: dict[tuple[str, tuple[str, ...], str], Figure | None] = {}

    def _read(self, path: Path) -> list[Row]:
        text = path.read_text(encoding="utf-8-sig")
        semicolon = text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",")
        reader = csv.reader(text.splitlines(keepends=True), delimiter=";" if semicolon else ",")
        head = [h.strip().upper() for h in next(reader)]
        rows = []
        for cells in reader:
            if not any(c.strip() for c in cells):
                continue
            got = dict(zip(head, (c.strip() for c in cells), strict=False))
            raw = got.get("OBS_VALUE", "").replace(",", ".") if semicolon else got.get("OBS_VALUE", "")
            value = Fraction(raw) * Fraction(10) ** int(got.get("UNIT_MULT") or 0) if raw else None
            rows.append(self._row(path, reader.line_num, got, value))
            if got.get("INGEST"):
                self.sent[got["INGEST"]] = rows[-1]
        return rows

    def _row(self, path: Path, line: int | str, got: dict[str, str], value: Fraction | None) -> Row:
        area = got["REF_AREA"]
        where = (self._names.get(area.casefold(), area), *(got.get(d.upper()) or "_T" for d in DIMENSIONS[1:]))
        statuses = frozenset((got.get("OBS_STATUS") or "A").split(";"))
        return Row(
            path.relative_to(self.root).as_posix(), line, got["INDICATOR"], where, got["TIME_PERIOD"], value,
            got.get("UNIT_MEASURE", ""), statuses, got.get("SOURCE", ""), got.get("ILLUSTRATIVE", "") == "true",
        )  # fmt: skip

    @property
    def home(self) -> str:
        return self.country["code"]

    def time_basis(self, indicator: str) -> str:
        return self.indicators[indicator].get("time_basis", "stock")

    def is_stock(self, indicator: str) -> bool:
        return self.time_basis(indicator) in ("stock", "cumulative")

    def received(self, indicator: str, where: tuple[str, ...], period: str, source: str = "") -> Row | None:
        rows = [r for r in self.candidates.get(key_of(indicator, where, period), ()) if not source or r.source == source]
        return rows[0] if rows else None

    def figure(self, indicator: str, where: tuple[str, ...], period: str, source: str = "") -> Figure | None:
        """As received; where that is nothing or missing, computed."""
        known = (indicator, where, period)
        if not source and known in self._known:
            return self._known[known]
        row = self.received(indicator, where, period, source)
        if row is not None and row.value is not None:
            found: Figure | None = Figure(row.value, frozenset([row]))
        elif row is not None and not row.statuses & {"O", "L"}:
            found = None
        else:
            found = self._computed(indicator, where, period)
        if not source:
            self._known[known] = found
        return found

    def of_key(self, key: str) -> Figure | None:
        return self.figure(*split_key(key))

    def breaks(self, indicator: str, where: tuple[str, ...], after: str, to: str) -> bool:
        """Whether a row between two periods, the first excluded, opens a new series, of the figure itself or of what it is made from."""
        if any(
            "B" in r.statuses and order_of(after) < order_of(r.period) <= order_of(to)
            for r in self._periods.get((indicator, where), ())
        ):
            return True
        formula = self.indicators.get(indicator, {}).get("formula")
        if not formula or formula["name"] in ("growth", "points", "average_growth", "index"):
            return False
        return any(
            self.breaks(name, self._moved(where, formula.get("where", {}).get(role, {})), after, to)
            for role, name in formula["inputs"].items()
            if role != "deflator"
        )

    def _moved(self, where: tuple[str, ...], fixed: dict[str, str]) -> tuple[str, ...]:
        return tuple(
            (self.home if d == "ref_area" and fixed[d] == "_T" else fixed[d]) if d in fixed else c
            for d, c in zip(DIMENSIONS, where, strict=True)
        )

    def _computed(self, indicator: str, where: tuple[str, ...], period: str) -> Figure | None:
        formula = self.indicators.get(indicator, {}).get("formula")
        if not formula:
            return None
        inputs, fixed = formula["inputs"], formula.get("where", {})
        given = formula.get("parameters", {})

        def at(role: str, when: str = period, moved: dict[str, str] | None = None) -> Figure | None:
            place = self._moved(where, {**fixed.get(role, {}), **(moved or {})})
            name = inputs[role]
            below = role in BELOW and name != next(iter(inputs.values()))
            return self.figure(name, place, when, self.edition.get("denominators", {}).get(name, "") if below else "")

        scale = Fraction(str(given.get("scale", 100 if self.indicators[indicator]["unit"] == "PT" else 1)))
        match formula["name"]:
            case "ratio":
                over, under = at("numerator"), at("denominator")
                if over is None or under is None or under.value <= 0:
                    return None
                value = scale * over.value / (Fraction(str(given.get("divide", 1))) * under.value)
                return Figure(min(value, Fraction(100)) if given.get("when_over") == "cap" else value, over.rows | under.rows)
            case "average_benefit":
                return _over(at("expenditure"), at("recipients"), Fraction(1, int(given.get("months", 12))))
            case "replacement":
                return _over(at("benefit"), at("earnings"), Fraction(100))
            case "adequacy":
                return _over(at("benefit"), at("standard"), Fraction(100))
            case "payg_cost_rate":
                return _over(at("expenditure"), at("earnings"), Fraction(100))
            case "collection_rate":
                return _over(at("collected"), at("due"), Fraction(100))
            case "per_head":
                return _over(at("amount"), at("population"), scale / Fraction(str(given.get("divide", 1))))
            case "reserve_ratio":
                start = given.get("at") == "start"
                return _over(at("reserve", f"{int(period[:4]) - 1}{period[4:]}" if start else period), at("expenditure"))
            case "covered" | "coverage":
                parts = [at("contributory"), at("noncontributory")]
                both = at("overlap") if "overlap" in inputs else None
                if any(p is None for p in parts):
                    return None
                if both is None and given.get("overlap") != "none" and given.get("when_no_overlap") != "sum":
                    return None
                twice = both.value if both else Fraction(0)
                if twice > min(p.value for p in parts):
                    return None
                rows = frozenset().union(*(p.rows for p in parts), both.rows if both else ())
                people = Figure(sum(p.value for p in parts) - twice, rows)
                return people if formula["name"] == "covered" else _over(people, at("population"), Fraction(100))
            case "points":
                role = next(iter(inputs))
                before = f"{int(period[:4]) - int(given.get('years', 1))}{period[4:]}"
                now, then = at(role), at(role, before)
                if now is None or then is None or self.breaks(inputs[role], where, before, period):
                    return None
                return Figure(now.value - then.value, now.rows | then.rows)
            case "sum":
                terms = [at(role) for role in inputs]
                if "over" in given or any(t is None for t in terms):
                    return None if "over" not in given else _unknown(indicator, "sum over parts")
                return Figure(sum(t.value for t in terms), frozenset().union(*(t.rows for t in terms)))
            case "share":
                role = next(iter(inputs))
                part = at(role)
                whole = at(role, moved=dict.fromkeys(str(given["along"]).split(","), "_T"))
                if part is None or whole is None or whole.value <= 0:
                    return None
                return Figure(100 * part.value / whole.value, part.rows | whole.rows)
            case "growth":
                role = next(iter(inputs))
                year, rest = int(period[:4]), period[4:]
                now, former = at(role), at(role, f"{year - int(given.get('years', 1))}{rest}")
                if now is None or former is None or former.value <= 0:
                    return None
                if self.breaks(inputs[role], where, f"{year - int(given.get('years', 1))}{rest}", period):
                    return None
                return Figure(100 * (now.value / former.value - 1), now.rows | former.rows)
            case "difference":
                left, right = at("minuend"), at("subtrahend")
                return Figure(left.value - right.value, left.rows | right.rows) if left and right else None
            case "dependency":
                terms = [at(role) for role in ("working", "young", "old") if role in inputs]
                if any(t is None for t in terms) or terms[0].value <= 0:
                    return None
                return Figure(
                    scale * sum(t.value for t in terms[1:]) / terms[0].value, frozenset().union(*(t.rows for t in terms))
                )
            case "deflate":
                base = {"first": str(self.edition["years"]["first"]), "edition": str(self.edition["year"])}.get(
                    given["base"], given["base"]
                )
                amount, price, then = at("amount"), at("deflator"), at("deflator", base)
                if amount is None or price is None or then is None or price.value <= 0:
                    return None
                return Figure(amount.value * then.value / price.value, amount.rows | price.rows | then.rows)
            case name:
                raise NotImplementedError(f"{indicator}: formula {name}")


def _over(above: Figure | None, under: Figure | None, factor: Fraction = Fraction(1)) -> Figure | None:
    if above is None or under is None or under.value <= 0:
        return None
    return Figure(factor * above.value / under.value, above.rows | under.rows)


def _unknown(indicator: str, what: str) -> Figure | None:
    raise NotImplementedError(f"{indicator}: {what}")


def computed(source: Source, operation: str, keys: list[str]) -> Fraction | float | None:
    """What compose works out for a sentence, from the values of its inputs; None where this reader does not know how."""
    found = [source.of_key(key) for key in keys]
    if any(f is None for f in found):
        return None
    v = [f.value for f in found]
    years = order_of(split_key(keys[-1])[2])[0] - order_of(split_key(keys[0])[2])[0]
    match operation:
        case "growth" | "relative_gap":
            return 100 * (v[1] / v[0] - 1)
        case "points" | "gap" | "distance":
            return v[1] - v[0]
        case "balance":
            return v[0] - v[1]
        case "share":
            return 100 * v[0] / v[1]
        case "share_of_sum":
            return 100 * v[0] / sum(v)
        case "multiple":
            return v[1] / v[0]
        case "yearly_growth":
            return 100 * (float(v[1] / v[0]) ** (1 / years) - 1)
        case "yearly_points":
            return (v[1] - v[0]) / years
        case "real_growth":
            index = source.indicators[split_key(keys[2])[0]]["kind"] == "index"
            rise = v[3] / v[2] if index else Fraction(1)
            for rate in v[2:] if not index else []:
                rise *= 1 + rate / 100
            return 100 * (v[1] / v[0] / rise - 1)
        case "share_of_change":
            return 100 * (v[1] - v[0]) / (v[3] - v[2])
        case "points_of_growth":
            return 100 * (v[1] - v[0]) / v[2]
        case "count_known":
            return Fraction(len(v))
        case "count_units":
            return Fraction(len(source.areas))
        case "count_missing":
            return Fraction(len(source.areas) - len(v))
        case "streak":
            return Fraction(len(v) - 1)
    return None


def fact_faults(source: Source, facts: dict) -> tuple[list[str], dict[str, Fraction | float]]:
    """Every fact against the files: value, coordinates, statuses, illustrative mark, lineage; and the values found here by id."""
    faults: list[str] = []
    values: dict[str, Fraction | float] = {}
    for fact in facts["facts"]:
        name, operation = fact["id"], fact["operation"]
        leaves = [_leaf(source, facts["inputs"][i["input"]]["path"], i) for i in fact["lineage"]]
        if not leaves or any(
            leaf is None or leaf.key != i["key"] or leaf.source != i["source"]
            for leaf, i in zip(leaves, fact["lineage"], strict=True)
        ):
            faults.append(f"{name}: lineage does not lead to its rows")
            continue
        rows = frozenset(leaf for leaf in leaves if leaf)
        if operation in ("", "derived"):
            figure = source.of_key(name)
            if figure is None:
                faults.append(f"{name}: no such figure in the files")
                continue
            value: Fraction | float | None = figure.value
            expected = figure.rows
            where = tuple(fact["coordinates"][d] for d in DIMENSIONS)
            if key_of(fact["indicator"], where, fact["period"]) != name:
                faults.append(f"{name}: coordinates {where} {fact['period']}")
            if operation == "" and (
                len(leaves) != 1 or leaves[0].unit != fact["unit"] or leaves[0].statuses != set(fact["obs_status"])
            ):
                faults.append(f"{name}: unit or status differs from the row")
        elif operation.startswith("alternate:"):
            row = leaves[0]
            value, expected = row.value, rows
            if row.source != operation.partition(":")[2] or row is source.candidates[row.key][0]:
                faults.append(f"{name}: not the figure of another source")
        elif operation.startswith("disagreement:"):
            chosen = source.candidates[leaves[0].key][0]
            other = next(r for r in source.candidates[chosen.key] if r.source == operation.partition(":")[2])
            value, expected = other.value - chosen.value, frozenset({chosen, other})
        elif operation.startswith("former:"):
            value, expected = leaves[0].value, rows
            if (
                leaves[0].file != f"editions/{operation.partition(':')[2]}/table.csv"
                or leaves[0].key != name[len(operation) + 1 : -1]
            ):
                faults.append(f"{name}: not the figure of that edition")
        elif operation.startswith("revision:"):
            before, after = leaves[0], source.of_key(leaves[0].key)
            value, expected = after.value - before.value, after.rows | {before}
        else:
            keys = name[len(operation) + 1 : -1].split(", ")
            expected = frozenset(r for k in keys for f in [source.of_key(k)] if f for r in f.rows)
            if operation == "count_above":
                decimals = source.indicators[fact["indicator"]].get("decimals", 0)
                shown = [half_away(source.of_key(k).value, decimals) for k in keys]
                value = Fraction(sum(s > shown[0] for s in shown[1:]))
            else:
                try:
                    value = computed(source, operation, keys)
                except ZeroDivisionError:
                    value = None
        if value is None:
            faults.append(f"{name}: cannot be computed from its inputs")
            continue
        values[name] = value
        if abs(float(value) - fact["value"]) > (1e-12 if operation else 0) * max(100.0, abs(float(value))):
            faults.append(f"{name}: {fact['value']} instead of {float(value)}")
        if rows != expected:
            faults.append(f"{name}: lineage names other rows than it rests on")
        if fact["illustrative"] != any(r.illustrative for r in rows):
            faults.append(f"{name}: illustrative is {fact['illustrative']}")
        marks = {s for r in rows for s in r.statuses} & (QUALIFIERS - {"B"})
        if set(fact["obs_status"]) - {"A", "B"} != marks:
            faults.append(f"{name}: statuses {fact['obs_status']} instead of {sorted(marks)}")
    return faults, values


def _leaf(source: Source, file: str, told: dict) -> Row | None:
    return source.sent.get(f"{file}!{told['sheet']}!{told['cell']}") or source.at.get((file, _line(told["cell"])))


def _line(cell: str) -> int | str:
    return int(cell or 0) if cell.isdigit() or not cell else cell


def half_away(value: Fraction | float, decimals: int) -> Fraction:
    """Rounded half away from zero."""
    exact = Fraction(value) * 10**decimals
    size = (abs(exact) * 2 + 1) // 2
    return Fraction(int(size) if exact >= 0 else -int(size)) / 10**decimals


def quality_faults(source: Source, facts: dict) -> list[str]:
    """Figures of the quality annex that the data files tell: values, statuses, timeliness and rows, by institution and file."""
    told = {(m["name"], m["subject"]): m["value"] for m in facts["quality"]}
    names = {n.casefold(): i["id"] for i in source.country["institutions"] for n in (i["id"], i["acronym"])}
    listed = yaml(source.root / "config" / "sources.yaml").get("sources", [])
    supplier = {s["id"]: names.get(s.get("institution", "").casefold(), s.get("institution", "")) for s in listed}
    release = date.fromisoformat(str(source.edition["release_date"]))
    kept = [rows[0] for rows in source.candidates.values()]
    wanted: dict[tuple[str, str], float] = {}
    for name in ("", *sorted({supplier.get(r.source, "") for r in kept if not r.illustrative} - {""})):
        own = [r for r in kept if r.value is not None and (not name or (supplier.get(r.source) == name and not r.illustrative))]
        wanted["values", name] = len(own)
        for measure, letters in (("provisional", {"P"}), ("estimated", {"E", "I"}), ("forecast", {"F"})):
            if own:
                wanted[measure, name] = 100 * sum(bool(letters & r.statuses) for r in own) / len(own)
        ends = [_last_day(r.period) for r in own if not r.illustrative and "F" not in r.statuses]
        past = [end for end in ends if end <= release]
        if past:
            wanted["days", name] = (release - max(past)).days
    made_up = [r.illustrative for r in kept if r.value is not None]
    wanted["illustrative", ""] = 100 * sum(made_up) / len(made_up)
    for file in {r.file for r in source.rows}:
        wanted["used", file] = sum(r.file == file for r in source.rows)
        if file.endswith(".csv"):
            wanted["read", file] = wanted["used", file]
            wanted["rejected", file] = wanted["ignored", file] = 0
    return [f"{key}: {told.get(key)} instead of {value}" for key, value in wanted.items() if told.get(key) != value]


def _last_day(period: str) -> date:
    year, month, _ = order_of(period)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
