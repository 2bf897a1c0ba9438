"""Writes the illustrative tables of the Mozambique example: seeded, and adding up to the published national figures.

Run `python tools/illustrative_mozambique.py` after a published figure of `examples/mozambique/data/` has changed. Every row is
marked `ILLUSTRATIVE=true`; a figure that a source has published is read from the other tables and never written again.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from bulletin.load.file_tables import tables_of
from bulletin.load.table import HEADER_OF

DATA = Path(__file__).resolve().parent.parent / "examples" / "mozambique" / "data"
PREFIX = "illustrative_"
SEED = 20241031
COLUMNS = (
    *("REF_AREA", "INDICATOR", "SEX", "AGE", "SCHEME", "FUNCTION", "PROGRAMME", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE"),
    *("UNIT_MULT", "OBS_STATUS", "SOURCE", "REF_DATE", "COMMENT_PT", "COMMENT_EN", "ILLUSTRATIVE"),
)
KEY = COLUMNS[:8]
SOURCE = "ILUSTRATIVO"
MZ = "MZ"
PROVINCES = ("MZ-A", "MZ-P", "MZ-N", "MZ-Q", "MZ-T", "MZ-B", "MZ-S", "MZ-I", "MZ-G", "MZ-L", "MZ-MPM")
YEARS = tuple(range(2015, 2025))
LOST_YEAR = 2021
BREAK_YEAR = 2022
PENSIONS = ("OLD_AGE", "SURVIVORS", "DISABILITY")
SHORT_TERM = ("SICKNESS", "HOSPITALISATION", "MATERNITY", "FUNERAL", "DEATH_GRANT")
FUNCTIONS = (*PENSIONS, "SICKNESS", "MATERNITY", "FUNERAL", "FAMILY", "SOCIAL_EXCLUSION", "ADMINISTRATION")
VARIANTS = ("PSSB-IDOSO", "PSSB-DEFIC", "PSSB-CRONICA", "PSSB-CRIANCA")
PROGRAMMES = ("PSSB", "PASD", "PASD-PE", "PASP", "PAUS", "PROSAS")

# Weights per province, in the order of PROVINCES.
PENSIONERS = (3100, 4600, 9620, 8400, 7000, 7526, 15600, 4480, 4730, 19400, 40142)
WORKERS = (17, 27, 62, 47, 49, 36, 74, 34, 33, 105, 185)
EMPLOYERS = (36, 45, 102, 77, 72, 64, 98, 52, 56, 148, 250)
# Figures so small that the bulletin must not print them: they show disclosure control at work.
FEW_PENSIONERS: Mapping[str, Mapping[str, int]] = {"2019-06": {"MZ-A": 4, "MZ-G": 7}, "2021-06": {"MZ-A": 4, "MZ-G": 2}}
FEW_HOUSEHOLDS: Mapping[int, Mapping[str, tuple[int, int]]] = {2019: {"MZ-L": (14, 3)}, 2023: {"MZ-L": (10, 2)}}
"""Planned and paid."""
PUPILS = (58, 61, 118, 96, 84, 70, 62, 55, 52, 30, 14)
OLDER = (17.4, None, 14.9, 18.8, 23.6, 21.2, 24.5, 29.7, 33.1, 22.3, 19.8)
EMPLOYED = (2.1, 2.6, 2.9, 2.2, 4.4, 4.0, 7.4, 5.2, 5.9, 12.8, 24.6)


@dataclass(frozen=True)
class Mark:
    """Status and comment of a row."""

    status: str = "A"
    pt: str = ""
    en: str = ""


PLAIN = Mark()
BREAK = Mark(
    "B", "Novo sistema de registo; não comparável com anos anteriores.", "New register; not comparable with earlier years."
)
LOST = Mark(
    "L", "Dados não recolhidos na mudança do sistema de registo.", "Data not collected while the register was being changed."
)
UNSENT = Mark("L", "Província sem dados, a título ilustrativo.", "Province without data, by way of illustration.")


@dataclass
class Tables:
    """Rows to be written, by file, beside what is published."""

    published: Mapping[tuple[str, ...], float]
    sent: frozenset[tuple[str, ...]] = frozenset()
    """Illustrative figures that the form filled in for the example brings."""
    files: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def known(self, indicator: str, period: str, area: str = MZ, **dims: str) -> float | None:
        return self.published.get(key(indicator, period, area, **dims))

    def total(self, indicator: str, period: str, area: str = MZ, **dims: str) -> int:
        """The published figure; without one there is nothing to add up to."""
        return round(self.published[key(indicator, period, area, **dims)])

    def add(
        self,
        file: str,
        indicator: str,
        period: str,
        value: float | None,
        unit: str,
        *,
        at: Mapping[str, str] | None = None,
        mult: int = 0,
        mark: Mark = PLAIN,
        **dims: str,
    ) -> None:
        """`at` and `dims` are coordinates; a published key is left alone."""
        where = {"area": MZ, **(at or {}), **dims}
        coordinates = key(indicator, period, **where)
        if coordinates in self.published or coordinates in self.sent:
            return
        text = "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        rest = (text, unit, str(mult), mark.status, SOURCE, "", mark.pt, mark.en, "true")
        self.files[file].append(dict(zip(COLUMNS, (*coordinates, *rest), strict=True)))

    def split(
        self,
        file: str,
        indicator: str,
        period: str,
        parts: Mapping[str, int],
        dimension: str,
        unit: str,
        mult: int = 0,
        **dims: str,
    ) -> None:
        """One row per part along `dimension` (`area` for provinces)."""
        for code, value in parts.items():
            self.add(file, indicator, period, value, unit, mult=mult, at={**dims, dimension: code})


def key(indicator: str, period: str, area: str = MZ, **dims: str) -> tuple[str, ...]:
    codes = [dims.get(d, "_T") for d in ("sex", "age", "scheme", "function", "programme")]
    return (area, indicator, *codes, period)


def published(folder: Path) -> dict[tuple[str, ...], float]:
    """The first value given for each key, in units of its UNIT_MULT; sources that disagree do not occur among the totals used."""
    found: dict[tuple[str, ...], float] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith(PREFIX):
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["OBS_VALUE"]:
                    found.setdefault(tuple(row[c] for c in KEY), float(row["OBS_VALUE"]))
    for path in sorted(folder.glob("*.xlsx")):
        for row in mapped(path):
            found.setdefault(tuple(row.get(c) or "_T" for c in KEY), float(row["OBS_VALUE"]))
    return found


def sent_by_form(folder: Path) -> frozenset[tuple[str, ...]]:
    """Keys of the illustrative figures read back from forms."""
    found: set[tuple[str, ...]] = set()
    for path in sorted((folder / "forms").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {tuple(row[c] for c in KEY) for row in csv.DictReader(file) if row["ILLUSTRATIVE"] == "true"}
    return frozenset(found)


def mapped(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a workbook as its map reads them, figures in plain digits."""
    tables, _, _ = tables_of(path, path.parent.parent, ())
    for table in tables:
        for row in table.frame.to_dict("records"):
            said = {HEADER_OF[str(c)]: str(v) for c, v in row.items() if c in HEADER_OF}
            number = row["number"]
            said["OBS_VALUE"] = repr(number) if number == number else re.sub(r"[\s.]", "", said["OBS_VALUE"])
            yield said


def divide(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to `weights` that add up to `total`: largest remainders."""
    whole = sum(weights)
    exact = [total * w / whole for w in weights]
    parts = [int(e) for e in exact]
    for i in sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))[: total - sum(parts)]:
        parts[i] += 1
    return parts


def spread(total: int, codes: Sequence[str], weights: Sequence[float], fixed: Mapping[str, int] | None = None) -> dict[str, int]:
    """`total` over `codes`; those in `fixed` keep their published value and the others take the rest."""
    fixed = fixed or {}
    free = [(c, w) for c, w in zip(codes, weights, strict=True) if c not in fixed]
    rest = divide(total - sum(fixed.values()), [w for _, w in free])
    filled = {**fixed, **dict(zip([c for c, _ in free], rest, strict=True))}
    return {c: filled[c] for c in codes}


def by_sex(total: int, women: float) -> dict[str, int]:
    return spread(total, ("M", "F"), (1 - women, women))


def shaken(rng: random.Random, weights: Sequence[float], by: float) -> list[float]:
    return [w * (1 + rng.uniform(-by, by)) for w in weights]


def added(parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {code: sum(p[code] for p in parts) for code in parts[0]}


def insured(t: Tables, rng: random.Random) -> None:
    """Employers, insured workers and registrations by province and sex."""
    file = "inss"
    for period in ("2022-12", "2024-12"):
        total = t.total("EMPLOYERS_REGISTERED", period, scheme="INSS")
        t.split(file, "EMPLOYERS_REGISTERED", period, spread(total, PROVINCES, EMPLOYERS), "area", "ENT", scheme="INSS")
    active = t.total("EMPLOYERS_ACTIVE", "2022-12", scheme="INSS")
    places = spread(active, PROVINCES, shaken(rng, EMPLOYERS, 0.18))
    t.split(file, "EMPLOYERS_ACTIVE", "2022-12", places, "area", "ENT", scheme="INSS")
    for indicator, wobble, low, high in (("INSURED_REGISTERED", 0.0, 0.27, 0.39), ("INSURED_ACTIVE", 0.15, 0.25, 0.37)):
        total = t.total(indicator, "2022-12", scheme="INSS-TCO")
        places = spread(total, PROVINCES, shaken(rng, WORKERS, wobble))
        sexes = {area: by_sex(value, rng.uniform(low, high)) for area, value in places.items()}
        t.split(file, indicator, "2022-12", places, "area", "PERS", scheme="INSS-TCO")
        t.split(file, indicator, "2022-12", added(list(sexes.values())), "sex", "PERS", scheme="INSS-TCO")
        for area, parts in sexes.items():
            for sex, value in parts.items():
                t.add(file, indicator, "2022-12", value, "PERS", area=area, scheme="INSS-TCO", sex=sex)
    for period, total in (("2019-06", 421_300), ("2021-06", 508_900), ("2024-02", 623_400)):
        t.add(file, "INSURED_ACTIVE", period, total, "PERS", scheme="INSS")
        places = spread(total, PROVINCES, shaken(rng, WORKERS, 0.1))
        t.split(file, "INSURED_ACTIVE", period, places, "area", "PERS", scheme="INSS")
    for indicator, unit, weights in (("EMPLOYERS_NEW", "ENT", EMPLOYERS), ("INSURED_NEW", "PERS", WORKERS)):
        known = {a: t.known(indicator, "2019", a, scheme="INSS") for a in PROVINCES}
        fixed = {a: round(v) for a, v in known.items() if v is not None}
        parts = spread(t.total(indicator, "2019", scheme="INSS"), PROVINCES, shaken(rng, weights, 0.12), fixed)
        t.split(file, indicator, "2019", parts, "area", unit, scheme="INSS")


def pensioners(t: Tables, rng: random.Random) -> None:
    """Pensioners by province and type of pension (2019, 2021), by province and sex (2024), and of the other schemes by year."""
    file, scheme = "pensioners", "INSS"
    tilt = {"OLD_AGE": 0.06, "SURVIVORS": 0.05, "DISABILITY": 0.2}
    for period in ("2019-06", "2021-06"):
        cells = {}
        for function in PENSIONS:
            total = t.total("PENSIONERS", period, scheme=scheme, function=function)
            few = FEW_PENSIONERS[period] if function == "DISABILITY" else None
            cells[function] = spread(total, PROVINCES, shaken(rng, PENSIONERS, tilt[function]), few)
            t.split(file, "PENSIONERS", period, cells[function], "area", "PERS", scheme=scheme, function=function)
        t.split(file, "PENSIONERS", period, added(list(cells.values())), "area", "PERS", scheme=scheme)
        sexes = {}
        for function, women in (("OLD_AGE", 0.24), ("SURVIVORS", 0.86), ("DISABILITY", 0.31)):
            sexes[function] = by_sex(sum(cells[function].values()), women)
            t.split(file, "PENSIONERS", period, sexes[function], "sex", "PERS", scheme=scheme, function=function)
        t.split(file, "PENSIONERS", period, added(list(sexes.values())), "sex", "PERS", scheme=scheme)
    period, capital = "2024-02", "MZ-MPM"
    fixed = {capital: t.total("PENSIONERS", period, capital, scheme=scheme)}
    places = spread(t.total("PENSIONERS", period, scheme=scheme), PROVINCES, PENSIONERS, fixed)
    by_place = {area: by_sex(value, rng.uniform(0.58, 0.68)) for area, value in places.items()}
    t.split(file, "PENSIONERS", period, places, "area", "PERS", scheme=scheme)
    t.split(file, "PENSIONERS", period, added(list(by_place.values())), "sex", "PERS", scheme=scheme)
    for area, parts in by_place.items():
        for sex, value in parts.items():
            t.add(file, "PENSIONERS", period, value, "PERS", area=area, scheme=scheme, sex=sex)
    others = t.total("PENSIONERS", "2024", scheme="CONTRIB") - t.total("PENSIONERS", period, scheme=scheme)
    for year in YEARS:
        civil = round((others - 1_702) * 0.962 ** (2024 - year))
        bank = 1_702 - 36 * (2024 - year)
        for scheme_id, total in (("INPS", civil), ("BM", bank)):
            types = spread(total, PENSIONS, (55, 42, 3))
            t.add(file, "PENSIONERS", str(year), total, "PERS", scheme=scheme_id)
            t.split(file, "PENSIONERS", str(year), types, "function", "PERS", scheme=scheme_id)


def short_term(t: Tables, rng: random.Random) -> None:
    """Short-term benefits of the year; sickness and maternity add up to the published figure of 2024."""
    together = t.total("SICKNESS_MATERNITY_CASES", "2024", scheme="INSS")
    for year in YEARS:
        scale = 0.94 ** (2024 - year) * (1 if year == 2024 else 1 + rng.uniform(-0.03, 0.03))
        sickness, maternity = divide(round(together * scale), (0.7, 0.3))
        cases = {"SICKNESS": sickness, "MATERNITY": maternity}
        cases |= {"HOSPITALISATION": round(640 * scale), "FUNERAL": round(4_350 * scale), "DEATH_GRANT": round(4_180 * scale)}
        t.add("benefits", "SHORT_TERM_CASES", str(year), sum(cases.values()), "CASES", scheme="INSS")
        t.split("benefits", "SHORT_TERM_CASES", str(year), {f: cases[f] for f in SHORT_TERM}, "function", "CASES", scheme="INSS")


# The cyclones Idai and Kenneth (2019), the COVID-19 response (2020–2022), the cyclone Freddy (2023): households planned, share
# paid, meticais per household and weights of the provinces reached.
EVENTS: Mapping[int, tuple[int, float, int, Mapping[str, float]]] = {
    2019: (112_400, 0.83, 7_500, {"MZ-S": 46, "MZ-B": 20, "MZ-P": 12, "MZ-Q": 9, "MZ-T": 8, "MZ-N": 5}),
    2020: (348_000, 0.34, 4_500, dict(zip(PROVINCES, (4, 7, 13, 10, 7, 7, 11, 6, 6, 14, 15), strict=True))),
    2021: (990_600, 0.41, 9_000, dict(zip(PROVINCES, (6, 9, 17, 14, 9, 7, 10, 6, 6, 9, 7), strict=True))),
    2022: (401_300, 0.52, 9_000, dict(zip(PROVINCES, (7, 13, 18, 14, 9, 6, 9, 6, 5, 8, 5), strict=True))),
    2023: (168_900, 0.71, 7_500, {"MZ-Q": 52, "MZ-S": 16, "MZ-T": 10, "MZ-I": 9, "MZ-B": 7, "MZ-G": 6}),
}


def emergency(t: Tables, rng: random.Random) -> dict[int, tuple[int, int]]:
    """Households and money of the emergency response; by year, the households paid and the expenditure in thousands."""
    file, programme = "emergency", "PASD-PE"
    result: dict[int, tuple[int, int]] = {}
    for year, (households, share, amount, weights) in EVENTS.items():
        period = str(year)
        few = FEW_HOUSEHOLDS.get(year, {})
        planned = spread(households, PROVINCES, [weights.get(p, 0) for p in PROVINCES], {p: few[p][0] for p in few})
        paid = {p: round(v * min(0.97, share * (1 + rng.uniform(-0.22, 0.22)))) for p, v in planned.items()}
        paid |= {p: few[p][1] for p in few}
        sexes = {p: by_sex(v, rng.uniform(0.55, 0.7)) for p, v in paid.items()}
        money = {p: round(v * amount / 1000) for p, v in paid.items()}
        t.add(file, "EMERGENCY_HOUSEHOLDS_PLANNED", period, sum(planned.values()), "HH", programme=programme)
        t.split(file, "EMERGENCY_HOUSEHOLDS_PLANNED", period, planned, "area", "HH", programme=programme)
        t.add(file, "EMERGENCY_HOUSEHOLDS_PAID", period, sum(paid.values()), "HH", programme=programme)
        t.split(file, "EMERGENCY_HOUSEHOLDS_PAID", period, paid, "area", "HH", programme=programme)
        t.split(file, "EMERGENCY_HOUSEHOLDS_PAID", period, added(list(sexes.values())), "sex", "HH", programme=programme)
        t.add(file, "EMERGENCY_EXPENDITURE", period, sum(money.values()), "XDC", mult=3, programme=programme)
        t.split(file, "EMERGENCY_EXPENDITURE", period, money, "area", "XDC", mult=3, programme=programme)
        result[year] = sum(paid.values()), sum(money.values())
    return result


DIRECT: Mapping[str, tuple[int, ...]] = {
    "PSSB": (379_400, 398_100, 411_700, 440_300, 456_900, 468_200, 0, 600_000, 621_800, 648_300),
    "PASD": (41_200, 44_800, 47_900, 55_300, 61_700, 74_900, 0, 121_600, 158_400, 241_200),
    "PASP": (38_600, 52_400, 68_900, 81_500, 92_300, 88_700, 0, 97_400, 148_900, 308_500),
    "PAUS": (21_700, 22_900, 24_400, 25_800, 27_600, 28_900, 0, 41_300, 62_500, 89_600),
    "PROSAS": (0, 18_300, 26_700, 34_200, 41_800, 47_500, 0, 88_200, 129_600, 212_400),
}
WOMEN = {"PSSB": 0.63, "PASD": 0.58, "PASD-PE": 0.61, "PASP": 0.69, "PAUS": 0.44, "PROSAS": 0.56}


def beneficiaries(t: Tables, rng: random.Random, emergency_paid: Mapping[int, tuple[int, int]]) -> None:
    """Direct beneficiaries by programme and sex, a year without data and a break; by province in the last year."""
    file, indicator = "programmes", "BENEFICIARIES_DIRECT"
    for i, year in enumerate(YEARS):
        period = str(year)
        if year == LOST_YEAR:
            for programme in ("_T", *PROGRAMMES, *VARIANTS):
                for sex in ("_T",) if programme in VARIANTS else ("_T", "M", "F"):
                    t.add(file, indicator, period, None, "PERS", mark=LOST, programme=programme, sex=sex)
            continue
        mark = BREAK if year == BREAK_YEAR else PLAIN
        counts = {p: emergency_paid.get(year, (0, 0))[0] if p == "PASD-PE" else DIRECT[p][i] for p in PROGRAMMES}
        if (known := t.known(indicator, period)) is not None:
            counts["PROSAS"] += round(known) - sum(counts.values())
        if (known := t.known(indicator, period, programme="PSSB")) is not None:
            counts["PSSB"] = round(known)
        sexes = {p: by_sex(v, WOMEN[p] + rng.uniform(-0.015, 0.015)) for p, v in counts.items()}
        rows = [("_T", "_T", sum(counts.values())), *(("_T", s, v) for s, v in added(list(sexes.values())).items())]
        for programme in PROGRAMMES:
            rows += [(programme, "_T", counts[programme]), *((programme, s, v) for s, v in sexes[programme].items())]
        children = max(0, 0.005 * (year - 2017))
        variants = spread(counts["PSSB"], VARIANTS, (0.9 - children, 0.07, 0.03, children))
        rows += [(v, "_T", n) for v, n in variants.items()]
        for programme, sex, value in rows:
            t.add(file, indicator, period, value, "PERS", programme=programme, sex=sex, mark=mark)
    places = []
    for programme in PROGRAMMES:
        places.append(spread(counts[programme], PROVINCES, shaken(rng, population(t, YEARS[-1]), 0.25)))
        t.split(file, indicator, "2024", places[-1], "area", "PERS", programme=programme)
    t.split(file, indicator, "2024", added(places), "area", "PERS")


def population(t: Tables, year: int) -> list[float]:
    return [t.total("POPULATION", str(year), p) for p in PROVINCES]


def households(t: Tables, rng: random.Random) -> None:
    """Households enrolled in the basic social grant by grant, sex and province; pupils receiving school meals."""
    file = "households"
    weights = [p * o for p, o in zip(population(t, 2024), (1.2, 0.9, 0.95, 1.1, 1.05, 1, 1.1, 1.3, 1.35, 0.7, 0.35), strict=True)]
    total = t.total("HOUSEHOLDS_ENROLLED", "2024-06", programme="PSSB")
    for period, number in (("2023-06", 612_480), ("2024-06", total)):
        places = spread(number, PROVINCES, shaken(rng, weights, 0.04))
        sexes = {area: by_sex(value, rng.uniform(0.57, 0.7)) for area, value in places.items()}
        t.add(file, "HOUSEHOLDS_ENROLLED", period, number, "HH", programme="PSSB")
        t.split(file, "HOUSEHOLDS_ENROLLED", period, places, "area", "HH", programme="PSSB")
        t.split(file, "HOUSEHOLDS_ENROLLED", period, added(list(sexes.values())), "sex", "HH", programme="PSSB")
        for area, parts in sexes.items():
            for sex, value in parts.items():
                t.add(file, "HOUSEHOLDS_ENROLLED", period, value, "HH", area=area, programme="PSSB", sex=sex)
        grants = {a: spread(v, VARIANTS, shaken(rng, (0.862, 0.071, 0.029, 0.038), 0.08)) for a, v in places.items()}
        t.split(file, "HOUSEHOLDS_ENROLLED", period, {v: sum(g[v] for g in grants.values()) for v in VARIANTS}, "programme", "HH")
        for area, grant in grants.items():
            for variant, value in grant.items():
                t.add(file, "HOUSEHOLDS_ENROLLED", period, value, "HH", area=area, programme=variant)
    meals = t.total("SCHOOL_FEEDING_PUPILS", "2024", programme="PAE")
    for year in range(2018, 2025):
        number = meals if year == 2024 else 100 * round(meals * (0.29 + 0.102 * (year - 2018)) / 100)
        places = spread(number, PROVINCES, shaken(rng, PUPILS, 0.06))
        sexes = {area: by_sex(value, rng.uniform(0.47, 0.52)) for area, value in places.items()}
        t.add(file, "SCHOOL_FEEDING_PUPILS", str(year), number, "PUPILS", programme="PAE")
        t.split(file, "SCHOOL_FEEDING_PUPILS", str(year), places, "area", "PUPILS", programme="PAE")
        t.split(file, "SCHOOL_FEEDING_PUPILS", str(year), added(list(sexes.values())), "sex", "PUPILS", programme="PAE")


# Programmed budget in millions, and the share paid.
BUDGETS: Mapping[str, tuple[int, ...]] = {
    "PSSB": (1_750, 1_980, 2_310, 2_860, 3_420, 4_180, 4_910, 6_250, 6_600, 7_100),
    "PASD": (310, 340, 380, 460, 520, 690, 760, 830, 900, 960),
    "PASP": (420, 560, 690, 840, 910, 870, 850, 940, 1_020, 1_180),
    "PAUS": (180, 190, 210, 240, 260, 290, 300, 320, 350, 370),
    "PROSAS": (0, 90, 140, 200, 240, 260, 280, 310, 330, 350),
}
PAID: Mapping[str, tuple[float, ...]] = {
    "PSSB": (0.94, 0.91, 0.88, 0.86, 0.83, 0.78, 0.66, 0.47, 0.23, 0.05),
    "PASD": (0.88, 0.86, 0.83, 0.81, 0.79, 0.75, 0.68, 0.61, 0.52, 0.44),
    "PASP": (0.71, 0.74, 0.76, 0.77, 0.72, 0.58, 0.55, 0.6, 0.63, 0.66),
    "PAUS": (0.92, 0.9, 0.89, 0.9, 0.87, 0.84, 0.83, 0.8, 0.77, 0.73),
    "PROSAS": (0, 0.64, 0.69, 0.72, 0.7, 0.66, 0.64, 0.63, 0.6, 0.57),
}


def budgets(t: Tables, rng: random.Random, emergency_paid: Mapping[int, tuple[int, int]]) -> dict[int, dict[str, int]]:
    """Programmed and paid by programme and year, in thousands; by province for the half-year that is published."""
    file = "budgets"
    result: dict[int, dict[str, int]] = {}
    for i, year in enumerate(YEARS):
        period, programmed, paid = str(year), dict[str, int](), dict[str, int]()
        for programme, amounts in BUDGETS.items():
            programmed[programme] = 1000 * amounts[i]
            rate = t.known("EXECUTION_RATE", period, programme=programme)
            share = rate / 100 if rate is not None else PAID[programme][i] + rng.uniform(-0.01, 0.01) * (amounts[i] > 0)
            paid[programme] = round(programmed[programme] * share)
        money = emergency_paid.get(year, (0, 0))[1]
        programmed["PASD-PE"] = 1000 * round(money / EVENTS[year][1] / 1000) if money else 0
        paid["PASD-PE"] = money
        for programme in ("_T", *PROGRAMMES):
            budget = sum(programmed.values()) if programme == "_T" else programmed[programme]
            spent = sum(paid.values()) if programme == "_T" else paid[programme]
            t.add(file, "BUDGET_PROGRAMMED", period, budget, "XDC", mult=3, programme=programme)
            t.add(file, "EXPENDITURE_PAID", period, spent, "XDC", mult=3, programme=programme)
            if budget:
                t.add(file, "EXECUTION_RATE", period, round(100 * spent / budget, 1), "PT", programme=programme)
        result[year] = paid
    half, capital = "2024-S1", "MZ-MPM"
    money_of = {}
    for indicator, wobble in (("BUDGET_PROGRAMMED", 0.1), ("EXPENDITURE_PAID", 0.5)):
        total = round(1000 * t.published[key(indicator, half, programme="PSSB")])
        fixed = {capital: round(1000 * t.published[key(indicator, half, capital, programme="PSSB")])}
        money_of[indicator] = spread(total, PROVINCES, shaken(rng, population(t, 2024), wobble), fixed)
        t.split(file, indicator, half, money_of[indicator], "area", "XDC", mult=3, programme="PSSB")
    for area in PROVINCES:
        rate = 100 * money_of["EXPENDITURE_PAID"][area] / money_of["BUDGET_PROGRAMMED"][area]
        t.add(file, "EXECUTION_RATE", half, round(rate, 2), "PT", area=area, programme="PSSB")
    return result


def coverage(t: Tables, rng: random.Random) -> None:
    """Coverage of older persons by province and sex, contributory coverage by year, life-cycle coverage by sex."""
    file = "coverage"
    national = (14.2, 14.9, 15.1, 16.3, 16.8, 17.2, None, 20.4, 21.1, 21.7)
    for year, rate in zip(YEARS, national, strict=True):
        for sex, shift in (("_T", 0.0), ("M", 3.4), ("F", -2.8)):
            if rate is None:
                t.add(file, "COVERAGE_OLDER", str(year), None, "PT", mark=LOST, sex=sex)
            else:
                mark = BREAK if year == BREAK_YEAR else PLAIN
                t.add(file, "COVERAGE_OLDER", str(year), round(rate + shift, 1), "PT", sex=sex, mark=mark)
    for area, now in zip(PROVINCES, OLDER, strict=True):
        gap = rng.uniform(2.5, 4.5)
        for sex, shift in (("_T", 0.0), ("M", gap), ("F", -gap * 0.8)):
            for period, factor in (("2019", 0.79), ("2024", 1.0)):
                if now is None:
                    t.add(file, "COVERAGE_OLDER", period, None, "PT", area=area, mark=UNSENT, sex=sex)
                else:
                    t.add(file, "COVERAGE_OLDER", period, round(factor * (now + shift), 1), "PT", area=area, sex=sex)
    for i, year in enumerate(YEARS):
        for sex, contributory, employed in (("_T", 4.1, 5.0), ("M", 5.6, 7.1), ("F", 2.7, 3.1)):
            grown = 1 + 0.028 * i
            t.add(file, "COV_CONTRIBUTORY", str(year), round(contributory * grown, 1), "PT", sex=sex)
            t.add(file, "COV_EMPLOYED", str(year), round(employed * grown, 1), "PT", sex=sex)
    for area, rate in zip(PROVINCES, EMPLOYED, strict=True):
        t.add(file, "COV_EMPLOYED", "2024", rate, "PT", area=area)
    life = {"BENFTS": (14.6, 12.9), "CHLD": (1.3, 1.4), "DISAB": (3.9, 3.1), "PENSN": (26.2, 18.9), "VULN": (10.1, 11.6)}
    life |= {"WKINJRY": (7.4, 3.2)}
    for code, (men, women) in life.items():
        for sex, rate in (("M", men), ("F", women)):
            t.add(file, f"SI_COV_{code}", "2024", rate, "PT", sex=sex)


# Expenditure of the schemes in millions; where accounts are published, the shares below are applied to the published total.
SCHEME_TOTALS: Mapping[str, tuple[int, ...]] = {
    "INSS": (3_380, 4_050, 4_960, 6_000, 7_200, 8_940, 10_730, 12_887, 14_720, 16_850),
    "INPS": (9_800, 10_900, 12_300, 13_900, 15_800, 17_700, 19_900, 22_400, 25_000, 27_600),
    "BM": (310, 335, 360, 390, 420, 455, 490, 530, 575, 620),
}
SHARES: Mapping[str, Mapping[str, float]] = {
    "INSS": {"OLD_AGE": 0.33, "SURVIVORS": 0.28, "DISABILITY": 0.02, "SICKNESS": 0.025, "MATERNITY": 0.015, "FUNERAL": 0.03,
             "ADMINISTRATION": 0.3},
    "INPS": {"OLD_AGE": 0.66, "SURVIVORS": 0.24, "DISABILITY": 0.02, "FUNERAL": 0.03, "ADMINISTRATION": 0.05},
    "BM": {"OLD_AGE": 0.71, "SURVIVORS": 0.2, "DISABILITY": 0.02, "FUNERAL": 0.01, "ADMINISTRATION": 0.06},
}  # fmt: skip
PENSION_WOMEN = {"OLD_AGE": (0.24, 0.19), "SURVIVORS": (0.86, 0.87), "DISABILITY": (0.31, 0.28)}
"""Women's share of the recipients and of the money."""


def expenditure(t: Tables, paid: Mapping[int, Mapping[str, int]]) -> None:
    """Expenditure by scheme and function, in thousands, and the average number of recipients behind it."""
    file, indicator = "expenditure", "SP_EXPENDITURE"
    for i, year in enumerate(YEARS):
        period = str(year)
        schemes: dict[str, dict[str, int]] = {}
        for scheme, totals in SCHEME_TOTALS.items():
            accounts = [t.known(a, period, scheme=scheme) for a in ("EXPENDITURE_TOTAL", "EXPENDITURE_CURRENT")]
            total = round(1000 * next((a for a in accounts if a is not None), totals[i]))
            running = t.known("ADMIN_EXPENDITURE", period, scheme=scheme)
            fixed = {} if running is None else {"ADMINISTRATION": round(1000 * running)}
            schemes[scheme] = spread(total, FUNCTIONS, [SHARES[scheme].get(f, 0) for f in FUNCTIONS], fixed)
        grants = spread(paid[year]["PSSB"], VARIANTS, (0.87, 0.07, 0.03, 0.03))
        basic = dict.fromkeys(FUNCTIONS, 0)
        basic["OLD_AGE"] = grants["PSSB-IDOSO"]
        basic["DISABILITY"] = grants["PSSB-DEFIC"] + grants["PSSB-CRONICA"]
        basic["FAMILY"] = grants["PSSB-CRIANCA"]
        basic["SOCIAL_EXCLUSION"] = sum(paid[year][p] for p in PROGRAMMES if p != "PSSB")
        basic["ADMINISTRATION"] = round(0.09 * sum(paid[2019].values()) * 1.05 ** (year - 2019))
        schemes["INAS"] = schemes["NONCONTRIB"] = basic
        schemes["CONTRIB"] = added([schemes[s] for s in SCHEME_TOTALS])
        schemes["_T"] = added([schemes["CONTRIB"], basic])
        for scheme, parts in schemes.items():
            t.add(file, indicator, period, sum(parts.values()), "XDC", mult=3, scheme=scheme)
            for function, value in parts.items():
                t.add(file, indicator, period, value, "XDC", mult=3, scheme=scheme, function=function)
        recipients = (46_200, 50_400, 57_900, 70_800, 85_900, 94_700, 104_100, 112_600, 119_300, 126_200)[i]
        for function, number in spread(recipients, PENSIONS, (36, 62.6, 1.4)).items():
            people, money = PENSION_WOMEN[function]
            t.add(file, "RECIPIENTS_AVERAGE", period, number, "PERS", scheme="INSS", function=function)
            t.split(file, "RECIPIENTS_AVERAGE", period, by_sex(number, people), "sex", "PERS", scheme="INSS", function=function)
            for sex, value in by_sex(schemes["INSS"][function], money).items():
                t.add(file, indicator, period, value, "XDC", mult=3, scheme="INSS", function=function, sex=sex)
        if year != LOST_YEAR:
            older = round(DIRECT["PSSB"][i] * 0.87)
            t.add(file, "RECIPIENTS_AVERAGE", period, older, "PERS", scheme="INAS", function="OLD_AGE")


def transfers(t: Tables) -> None:
    """Monthly transfers by programme."""
    scales = {"PSSB-IDOSO": (310, 540), "PSSB-DEFIC": (310, 540), "PSSB-CRONICA": (310, 540), "PASP": (650, 1_050)}
    for year in YEARS:
        for programme, (before, after) in scales.items():
            t.add("transfers", "TRANSFER_MONTHLY", str(year), before if year < 2018 else after, "XDC", programme=programme)
        if year >= 2018:
            t.add("transfers", "TRANSFER_MONTHLY", str(year), 540, "XDC", programme="PSSB-CRIANCA")


# Days to decide in the first and the last year, claims decided in the last year, share in time; payments due in the last year and
# share on time; complaints of the last year and share resolved. Shares: first and last year.
SERVICE: Mapping[str, tuple[tuple[int, int], int, tuple[float, float], int, tuple[float, float], int, tuple[float, float]]] = {
    "INSS": ((74, 46), 41_300, (0.52, 0.71), 1_486_000, (0.88, 0.94), 3_870, (0.61, 0.78)),
    "INPS": ((118, 91), 9_640, (0.39, 0.48), 1_142_000, (0.95, 0.97), 1_120, (0.55, 0.6)),
    "INAS": ((152, 167), 88_200, (0.34, 0.29), 2_940_000, (0.57, 0.21), 6_450, (0.42, 0.37)),
}
SERVICE_YEARS = tuple(range(2020, 2025))


def service(t: Tables, rng: random.Random) -> None:
    """Time to decide, payments on time and complaints, by institution; nothing of the kind is published."""
    file, last = "service", SERVICE_YEARS[-1]
    for scheme, (days, claims, prompt, payments, punctual, complaints, answered) in SERVICE.items():
        for year in SERVICE_YEARS:
            period, step = str(year), (year - SERVICE_YEARS[0]) / (last - SERVICE_YEARS[0])
            growth = 0.95 ** (last - year)

            def share(ends: tuple[float, float], step: float = step) -> float:
                return ends[0] + (ends[1] - ends[0]) * step + rng.uniform(-0.02, 0.02)

            decided, due, received = (round(n * growth * rng.uniform(0.98, 1.02)) for n in (claims, payments, complaints))
            taken = round(days[0] + (days[1] - days[0]) * step + rng.uniform(-3, 3))
            t.add(file, "PROCESSING_DAYS", period, taken, "DAYS", scheme=scheme)
            t.add(file, "CLAIMS_DECIDED", period, decided, "CASES", scheme=scheme)
            t.add(file, "CLAIMS_IN_TIME", period, round(decided * share(prompt)), "CASES", scheme=scheme)
            t.add(file, "PAYMENTS_DUE", period, due, "CASES", scheme=scheme)
            t.add(file, "PAYMENTS_ON_TIME", period, round(due * share(punctual)), "CASES", scheme=scheme)
            t.add(file, "COMPLAINTS_RECEIVED", period, received, "CASES", scheme=scheme)
            t.add(file, "COMPLAINTS_RESOLVED", period, round(received * share(answered)), "CASES", scheme=scheme)


def tables(folder: Path) -> dict[str, str]:
    """File name to content, the same at every call."""
    t, rng = Tables(published(folder), sent_by_form(folder)), random.Random(SEED)
    insured(t, rng)
    pensioners(t, rng)
    short_term(t, rng)
    emergency_paid = emergency(t, rng)
    beneficiaries(t, rng, emergency_paid)
    households(t, rng)
    paid = budgets(t, rng, emergency_paid)
    coverage(t, rng)
    expenditure(t, paid)
    transfers(t)
    service(t, random.Random(SEED + 1))
    return {f"{PREFIX}{name}.csv": written(rows) for name, rows in t.files.items()}


def written(rows: Sequence[Mapping[str, str]]) -> str:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    for name, content in tables(DATA).items():
        (DATA / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
