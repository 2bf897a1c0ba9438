"""Single changes of input values, each as an edition of its own or several in one: what the words then say, and how many were read."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from independent import Source
from sentences import sentences

MORE = {
    "pensions": """
{#pensioners.more}
{{ span("PENSIONERS", scheme="INSS") }}
{{ record("PENSIONERS", scheme="INSS") }}
{{ streak("PENSIONERS", scheme="INSS", at="2021") }}
{{ contribution("PENSIONERS", by="function", scheme="INSS", since="2021", at="2024") }}
{{ change("PENSIONERS", scheme="INSS", function="OLD_AGE", since="2021") }}
{{ spread("PENSIONERS", by="function", scheme="INSS", at="2024") }}
{{ small("PENSIONERS", scheme="INSS", function="DISABILITY") }}
{{ provisional("PENSIONERS", scheme="INSS") }}
""",
    "people": """
{#people.more}
{{ share("POPULATION", part={"ref_area": "MZ-N"}) }}
{{ comparison("POPULATION", a={"ref_area": "MZ-Q"}, b={"ref_area": "MZ-N"}) }}
{{ spread("POPULATION", at="2024") }}
{{ composition("POPULATION", by="ref_area", at="2024") }}
{{ partial("POPULATION", at="2024") }}
""",
}
"""Sentences of further patterns for the small project, the same in both languages."""
OLDER = [("2015", 61300), ("2016", 66120), ("2017", 70950), ("2018", 76480), ("2019", 83700)]


def enlarged(folder: Path) -> Path:
    """The small project with more sentences and a longer series."""
    for chapter, text in MORE.items():
        for language in ("pt", "en"):
            with (folder / "text" / language / f"{chapter}.md").open("a", encoding="utf-8") as file:
                file.write(text)
    with (folder / "data" / "pensionistas.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"PENSIONERS,MZ,{year},{value},PERS,PRIMEIRA,INSS,_T,A,,\n" for year, value in OLDER)
    return folder


@dataclass
class Tables:
    """The CSV tables of a folder, from which every change starts anew."""

    folder: Path
    files: Sequence[Path]
    tables: dict[Path, list[list[str]]] = field(default_factory=dict)
    cells: list[tuple[Path, int]] = field(default_factory=list)
    """Rows that hold a value."""

    def __post_init__(self) -> None:
        for path in self.files:
            text = path.read_text(encoding="utf-8-sig")
            mark = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
            self.tables[path] = rows = list(csv.reader(io.StringIO(text), delimiter=mark))
            at = rows[0].index("OBS_VALUE")
            self.cells += [(path, n) for n, row in enumerate(rows) if n and len(row) == len(rows[0]) and _number(row[at])]

    def series(self, cell: tuple[Path, int]) -> tuple[str, str]:
        """Indicator and place: changes in different ones stand in different sentences, as a rule."""
        path, line = cell
        row = dict(zip(self.tables[path][0], self.tables[path][line], strict=True))
        return row["INDICATOR"], row["REF_AREA"]

    def write(self, changes: Iterable[tuple[tuple[Path, int], str]]) -> list[str]:
        """The tables with these cells changed; says what was changed."""
        changed = {path: [list(row) for row in rows] for path, rows in self.tables.items()}
        told = []
        for (path, line), how in changes:
            row = dict(zip(changed[path][0], changed[path][line], strict=True))
            old = row["OBS_VALUE"]
            new = CHANGES[how](old)
            row["OBS_VALUE"] = new
            if not new:
                row["OBS_STATUS"] = "O"
            changed[path][line] = [row[name] for name in changed[path][0]]
            told.append(f"{path.name}:{line + 1} {how} {old} -> {new or 'missing'}")
        for path, rows in changed.items():
            mark = ";" if ";" in path.read_text(encoding="utf-8-sig").partition("\n")[0] else ","
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=mark, lineterminator="\n").writerows(rows)
        return told

    def choose(self, chance: random.Random, times: int) -> list[tuple[tuple[Path, int], str]]:
        """So many cells, no two of the same indicator and place where there are enough of them."""
        found: list[tuple[tuple[Path, int], str]] = []
        taken: set[tuple[str, str]] = set()
        for cell in chance.sample(self.cells, len(self.cells)):
            if len(found) == times:
                break
            if self.series(cell) in taken:
                continue
            taken.add(self.series(cell))
            path, line = cell
            head, row = self.tables[path][0], self.tables[path][line]
            ways = [w for w in CHANGES if w != "missing" or "OBS_STATUS" in head]
            how = chance.choice(ways)
            if CHANGES[how](row[head.index("OBS_VALUE")]) == row[head.index("OBS_VALUE")]:
                how = "digit"
            found.append((cell, how))
        return found


def _number(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _scaled(factor: int, over: int = 1) -> Callable[[str], str]:
    def change(text: str) -> str:
        mark = "," if "," in text else "."
        decimals = len(text.partition(mark)[2])
        size = round(int(text.replace(mark, "")) * factor / over)
        return f"{'-' if size < 0 else ''}{_placed(str(abs(size)), decimals, mark)}"

    return change


def _placed(digits: str, decimals: int, mark: str) -> str:
    digits = digits.rjust(decimals + 1, "0")
    return digits[:-decimals] + mark + digits[-decimals:] if decimals else digits


def _digit(text: str) -> str:
    """The first digit one higher; a nine becomes a one."""
    at = next(i for i, c in enumerate(text) if c.isdigit())
    return text[:at] + str(int(text[at]) % 9 + 1) + text[at + 1 :]


CHANGES: dict[str, Callable[[str], str]] = {
    "digit": _digit,
    "a little": _scaled(1007, 1000),
    "less": _scaled(9, 10),
    "half": _scaled(1, 2),
    "twice": _scaled(2),
    "ten times": _scaled(10),
    "a tenth": _scaled(1, 10),
    "tiny": lambda text: _placed("7", len(text.partition("," if "," in text else ".")[2]), "," if "," in text else "."),
    "nothing": lambda text: "0",
    "missing": lambda text: "",
}
"""What may happen to a value."""


@dataclass
class Tally:
    """Of one seeded run."""

    editions: int = 0
    changes: int = 0
    sentences: int = 0
    claims: int = 0
    different: int = 0
    """Editions whose words are not those of the unchanged one."""
    false: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.changes} changes in {self.editions} editions ({self.different} worded otherwise): {self.sentences} sentences with"
            f" figures and {self.claims} claims read, {len(self.false)} false"
        )


Compose = Callable[[Path], tuple[dict, dict[str, dict]]]
Faults = Callable[[Source, tuple[dict, dict[str, dict]]], list[str]]


def run(folder: Path, seed: int, editions: int, each: int, compose: Compose, faults: Faults) -> Tally:
    """`editions` times the folder with `each` values changed, composed and read again by `faults`; nothing is written but its data."""
    chance = random.Random(seed)
    tables = Tables(folder, sorted((folder / "data").glob("*.csv")))
    tally = Tally()
    unchanged = _words(compose(folder))
    for _ in range(editions):
        told = tables.write(tables.choose(chance, each))
        edition = compose(folder)
        said = _words(edition)
        tally.editions += 1
        tally.changes += len(told)
        tally.sentences += len(said)
        tally.claims += len(edition[0]["claims"])
        tally.different += said != unchanged
        tally.false += [f"{fault}  [{'; '.join(told)}]" for fault in faults(Source(folder), edition)]
    return tally


def _words(edition: tuple[dict, dict[str, dict]]) -> list[str]:
    return [str(s) for language, tree in edition[1].items() for s in sentences(tree, language)]
