"""Printed texts, tables, charts and key figures of a tree against the figures they stand for; reads the JSON of the tree alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from independent import DIMENSIONS, Source, half_away, key_of, order_of, split_key

NB = "\u00a0"
MINUS = "\u2212"
SIGNS = {"..", "//", "c"}
SIZES = {
    "growth",
    "points",
    "gap",
    "relative_gap",
    "distance",
    "balance",
    "yearly_growth",
    "yearly_points",
    "real_growth",
    "points_of_growth",
}
"""Operations whose direction is said in words, so that sentences print them without their sign."""
NUMBER = {"pt": rf"(?:\d{{1,3}}(?:{NB}\d{{3}})+|\d+)(?:,\d+)?", "en": r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"}
LONGEST = {"pt": 4, "en": 3}
"""Digits that stand ungrouped in running text."""
WORDS = {
    "pt": [("mil milhões", 9), ("milhão", 6), ("milhões", 6), ("biliões", 12), ("bilião", 12), ("milhares", 3), ("mil", 3)],
    "en": [("billion", 9), ("billions", 9), ("million", 6), ("millions", 6), ("trillion", 12), ("thousand", 3), ("thousands", 3)],
}
CARDINALS = {
    "pt": {
        "um": 1,
        "uma": 1,
        "dois": 2,
        "duas": 2,
        "três": 3,
        "quatro": 4,
        "cinco": 5,
        "seis": 6,
        "sete": 7,
        "oito": 8,
        "nove": 9,
        "dez": 10,
    },
    "en": {w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)},
}
MONTHS = {
    "pt": [
        "Janeiro",
        "Fevereiro",
        "Março",
        "Abril",
        "Maio",
        "Junho",
        "Julho",
        "Agosto",
        "Setembro",
        "Outubro",
        "Novembro",
        "Dezembro",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
UNSCALED = {"PT", "PP", "RATIO", "YEARS", "MONTHS", "DAYS", "INDEX", "times", ""}


@dataclass(frozen=True)
class Read:
    """A printed text, understood."""

    number: Fraction
    decimals: int
    scale: int | None
    """None where the text does not say it: a heading or label does."""
    mark: str
    """`%`, `pp` or nothing."""


@cache
def read(text: str, language: str) -> Read | None:
    """None for what is no number of this language."""
    if text == "–":
        return Read(Fraction(0), 0, None, "")
    if text == {"pt": "sem alteração", "en": "no change"}[language]:
        return Read(Fraction(0), 1, 0, "")
    if text in CARDINALS[language]:
        return Read(Fraction(CARDINALS[language][text]), 0, 0, "")
    if text.replace(NB, " ") == "mil milhões" and language == "pt":
        return Read(Fraction(1), 0, 9, "")
    ordinal = re.fullmatch(r"(\d+)(?:\.[ºª]|st|nd|rd|th)", text)
    if ordinal:
        return Read(Fraction(ordinal[1]), 0, 0, "")
    found = re.fullmatch(rf"([+{MINUS}]?)({NUMBER[language]})(.*)", text)
    if not found:
        return None
    sign, digits, rest = found.groups()
    group, point = (NB, ",") if language == "pt" else (",", ".")
    whole, _, part = digits.partition(point)
    if group not in whole and len(whole) > LONGEST[language] and not (language == "pt" and len(whole) == 4):
        return None
    number = Fraction(whole.replace(group, "") + "." + (part or "0"))
    number = -number if sign == MINUS else number
    rest = rest.replace(NB, " ").strip()
    if rest in ("", "%", "p.p."):
        return Read(number, len(part), 0 if rest else None, {"": "", "%": "%", "p.p.": "pp"}[rest])
    scale = dict(WORDS[language]).get(rest)
    return None if scale is None else Read(number, len(part), scale, "")


def stands_for(printed: Read, value: Fraction | float, scales: frozenset[int] | set[int], *, size: bool = False) -> bool:
    """Whether the value at one of the scales, rounded half away from zero, is what is printed."""
    exact = Fraction(value)
    for scale in {printed.scale} if printed.scale is not None else scales:
        for one in (exact, abs(exact)) if size else (exact,):
            if half_away(one / 10**scale, printed.decimals) == printed.number:
                return True
    return False


def text_faults(facts: dict, values: dict[str, Fraction | float]) -> list[str]:
    """Every printed text of every fact, in both languages, and both against each other."""
    faults = []
    for fact in facts["facts"]:
        if fact["id"] not in values:
            continue
        seen: dict[str, set[tuple]] = {}
        for language, texts in fact["texts"].items():
            for text in texts:
                printed = read(text, language)
                if printed is None:
                    faults.append(f"{fact['id']}: {language} {text!r} is no number")
                    continue
                if text == "–" and values[fact["id"]] != 0:
                    faults.append(f"{fact['id']}: the sign for zero stands for {values[fact['id']]}")
                if not stands_for(printed, values[fact["id"]], {0, 3, 6, 9}, size=fact["operation"] in SIZES):
                    faults.append(f"{fact['id']}: {language} {text!r} for {float(values[fact['id']])!r}")
                if printed.mark == "%" and fact["unit"] != "PT":
                    faults.append(f"{fact['id']}: per cent sign on {fact['unit']}")
                seen.setdefault(language, set()).add((printed.number, printed.decimals, printed.scale, printed.mark))
        if len(seen) == 2 and seen["pt"] != seen["en"]:
            faults.append(f"{fact['id']}: {fact['texts']} are not the same numbers")
    return faults


def nodes(value: object, kind: str) -> Iterator[dict]:
    """All nodes of a type, in reading order."""
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        for v in value.values():
            yield from nodes(v, kind)
    elif isinstance(value, list):
        for v in value:
            yield from nodes(v, kind)


def plain(content: list[dict]) -> str:
    return "".join(plain(c["content"]) if "content" in c else c.get("text", "") for c in content)


@cache
def scales_named(text: str, language: str) -> frozenset[int]:
    """Scales that a heading or unit line names."""
    found, rest = set(), text.lower().replace(NB, " ")
    for word, scale in sorted(WORDS[language], key=lambda pair: -len(pair[0])):
        if re.search(rf"\b{word}\b", rest):
            found.add(scale)
            rest = re.sub(rf"\b{word}\b", "", rest)
    return frozenset(found)


def _scales(fact: dict, *texts: str, language: str) -> frozenset[int]:
    if fact["unit"] in UNSCALED:
        return frozenset({0})
    for text in texts:
        named = scales_named(text, language)
        if named:
            return named
    return frozenset({0})


def _at_code(source: Source, fact: dict, code: str) -> bool:
    """Whether a row or column with this key may hold the fact."""
    if re.fullmatch(r"\d{4}(-.+)?", code):
        stock = source.is_stock(fact["indicator"])
        return fact["period"] == code or (len(code) == 4 and stock and fact["period"] == f"{code}-12")
    return code in ("newest", "newest.period", "value", fact["indicator"], *fact["coordinates"].values())


def table_faults(source: Source, table: dict, language: str, facts: dict[str, dict], values: dict) -> list[str]:
    faults = []
    name = f"{language} table {table['id']}"
    if table["words"]:
        return []
    heads = [plain(c["head"]) for c in table["columns"]]
    for rank, row in enumerate(table["rows"]):
        label = plain(row["label"])
        code = row["key"].partition(".")[2]
        for column, (cell, head) in enumerate(zip(row["cells"], heads, strict=bool(row["cells"]))):
            place = f"{name} {row['key']} {table['columns'][column]['key']}"
            if not cell["fact"]:
                if cell["kind"] == "number" or (cell["kind"] == "missing" and cell["text"] not in SIGNS):
                    faults.append(f"{place}: {cell['text']!r} without a fact")
                continue
            fact, value = facts[cell["fact"]], values.get(cell["fact"])
            printed = read(cell["text"], language)
            if value is None or printed is None:
                faults.append(f"{place}: {cell['text']!r} not understood")
                continue
            if not stands_for(printed, value, _scales(fact, label, head, plain(table["headnote"]), language=language)):
                faults.append(f"{place}: {cell['text']!r} for {float(value)}")
            if (value == 0) != (cell["text"] == "–") and fact["operation"] in ("", "derived"):
                faults.append(f"{place}: {cell['text']!r} for {float(value)}")
            if re.search(r"(?<!\d)\d{4,}", cell["text"].partition("," if language == "pt" else ".")[0]):
                faults.append(f"{place}: {cell['text']!r} is not grouped")
            if table["columns"][column]["key"] == "change":
                ends = [c["fact"] for c in row["cells"][-3:-1]]
                if fact["id"] not in {f"{o}({', '.join(ends)})" for o in ("growth", "points")}:
                    faults.append(f"{place}: {fact['id']} is not the change of {ends}")
                continue
            faults.extend(
                f"{place}: holds {fact['id']}"
                for part in (code, *table["columns"][column]["key"].split("/"))
                if part and not _at_code(source, fact, part)
            )
            if fact["illustrative"] and not table["illustrative"]:
                faults.append(f"{place}: illustrative in a table without the mark")
            signs = cell["signs"] + table["columns"][column]["sign"]
            wanted = {"P": "(p)", "F": "(f)", "E": "(e)", "I": "(e)", "B": "(b)", "U": "(u)", "D": "(d)"}
            lost = [s for s in fact["obs_status"] if s in wanted and wanted[s] not in signs]
            if lost:
                faults.append(f"{place}: status {lost} is not printed")
        faults += _period_cells(source, table, row, facts, name, language)
        faults += _hidden_values(source, table, row, facts, name)
        if row["role"] == "total" and code and code not in ("_T", source.home, "") and rank and not code.isupper():
            faults.append(f"{name} {row['key']}: a total that is none")
    return faults


def _period_cells(source: Source, table: dict, row: dict, facts: dict[str, dict], name: str, language: str) -> list[str]:
    faults = []
    for column, (before, cell) in enumerate(zip(row["cells"], row["cells"][1:], strict=False), 1):
        if not table["columns"][column]["key"].endswith("newest.period") or not before["fact"]:
            continue
        year, month, length = order_of(facts[before["fact"]]["period"])
        named = length != 1 or MONTHS[language][month - 1][:3].lower() in cell["text"].lower()
        if str(year) not in cell["text"] or not named:
            faults.append(f"{name} {row['key']}: {cell['text']!r} beside {before['fact']}")
    return faults


def _hidden_values(source: Source, table: dict, row: dict, facts: dict[str, dict], name: str) -> list[str]:
    """Cells without a figure for which the files have one: told by the other cells of the row."""
    faults = []
    keys = [c["key"].split("/") for c in table["columns"]]
    for column, cell in enumerate(row["cells"]):
        if cell["text"] != ".." or not re.fullmatch(r"\d{4}(-.+)?", keys[column][-1]):
            continue
        for other, shown in enumerate(row["cells"]):
            alike = keys[other][:-1] == keys[column][:-1] and keys[other] != ["change"]
            if alike and shown["fact"] and facts[shown["fact"]]["operation"] in ("", "derived"):
                indicator, where, _ = split_key(shown["fact"])
                found = source.received(indicator, where, keys[column][-1])
                if found is not None and found.value is not None:
                    faults.append(f"{name} {row['key']} {keys[column]}: a value in {found.file} {found.line} is not printed")
                break
    return faults


def chart_faults(source: Source, figure: dict, language: str, facts: dict[str, dict], values: dict) -> list[str]:
    faults = []
    small = 0
    chart = figure["chart"]
    unit = re.findall(r"\(([^()]*)\)", plain(figure["subtitle"]))[-1:]
    for series in chart["series"]:
        for category, point in zip(chart["categories"], series["points"], strict=True):
            place = f"{language} chart {chart['id']} {series['key']} {category['key']}"
            if not point["fact"]:
                if point["value"] is not None or point["text"] not in SIGNS:
                    faults.append(f"{place}: {point['text']!r} without a fact")
                continue
            fact, value = facts[point["fact"]], values.get(point["fact"])
            printed = read(point["text"], language)
            if value is None or printed is None:
                faults.append(f"{place}: {point['text']!r} not understood")
                continue
            scales = _scales(fact, *unit, language=language)
            if not stands_for(printed, value, scales):
                faults.append(f"{place}: {point['text']!r} for {float(value)}")
            drawn = Fraction(point["value"])
            if not any(
                abs(drawn - Fraction(value) / 10**s) <= Fraction(1, 2 * 10**printed.decimals) + abs(drawn) / 10**9 for s in scales
            ):
                faults.append(f"{place}: drawn at {point['value']} for {float(value)}")
            small += value != 0 and printed.number == 0
            codes = (category["key"], series["key"] if len(chart["series"]) > 1 else "")
            faults.extend(f"{place}: holds {fact['id']}" for code in codes if code and not _at_code(source, fact, code))
            if fact["illustrative"] and not figure["illustrative"]:
                faults.append(f"{place}: illustrative in a chart without the mark")
    if 2 * small > sum(bool(p["fact"]) for s in chart["series"] for p in s["points"]):
        faults.append(f"{language} chart {chart['id']}: a scale at which most figures print as zero")
    dated = {c["key"] for c in chart["categories"]} | {s["key"] for s in chart["series"]}
    periods = {facts[p["fact"]]["period"] for s in chart["series"] for p in s["points"] if p["fact"]}
    notes = " ".join(plain(n["content"]) for n in figure["notes"])
    if len(periods) > 1 and not any(re.match(r"\d{4}", code) for code in dated) and not all(p[:4] in notes for p in periods):
        faults.append(f"{language} chart {chart['id']}: figures of {sorted(periods)} without a word")
    return faults


def key_figure_faults(item: dict, language: str, facts: dict[str, dict], values: dict) -> list[str]:
    faults = []
    name = f"{language} key figure {item['id']}"
    numbers = list(nodes(item["value"], "Number"))
    for number in (*numbers, *nodes(item["since"], "Number")):
        printed, fact = read(number["text"], language), facts[number["fact"]]
        scales = _scales(fact, item["unit"], language=language)
        if printed is None or not stands_for(printed, values[fact["id"]], scales):
            faults.append(f"{name}: {number['text']!r} {item['unit']} for {float(values[fact['id']])}")
    for number in numbers:
        if facts[number["fact"]]["period"][:4] not in item["when"]:
            faults.append(f"{name}: {item['when']} for {number['fact']}")
        if facts[number["fact"]]["illustrative"] and not item["illustrative"]:
            faults.append(f"{name}: illustrative without the mark")
    for number in nodes(item["change"], "Number"):
        value, printed = values[number["fact"]], read(number["text"], language)
        operation, _, keys = number["fact"].partition("(")
        since = [n["fact"] for n in nodes(item["since"], "Number")]
        named = f"{', '.join([*since, numbers[0]['fact']])})"
        # Points may stand without the figure before, where the printed ones are not so far apart.
        apart = not since and operation == "points" and keys.endswith(f", {numbers[0]['fact']})")
        if not (keys == named or apart) or operation not in ("growth", "points"):
            faults.append(f"{name}: change {number['fact']}")
        if printed is None or not stands_for(printed, value, {0}) or (printed.number > 0) != number["text"].startswith("+"):
            faults.append(f"{name}: {number['text']!r} for {float(value)}")
        elif item["direction"] != ("up" if printed.number > 0 else "down" if printed.number < 0 else "same"):
            faults.append(f"{name}: direction {item['direction']} for {number['text']}")
    return faults


def language_faults(one: dict, other: dict) -> list[str]:
    """The same facts at the same places with the same rounded numbers in both languages."""
    faults = []
    places = [_numbers(tree, language) for tree, language in ((one, "pt"), (other, "en"))]
    for place in sorted(set(places[0]) | set(places[1])):
        if places[0].get(place) != places[1].get(place):
            left, right = places[0].get(place, Counter()), places[1].get(place, Counter())
            faults.append(f"{place}: pt {list((left - right).elements())[:3]} en {list((right - left).elements())[:3]}")
    return faults


def _numbers(tree: dict, language: str) -> dict[str, Counter]:
    found: dict[str, Counter] = {}

    def note(place: str, fact: str, text: str) -> None:
        printed = read(text, language)
        shown = (printed.number, printed.decimals, printed.scale, printed.mark) if printed else text
        found.setdefault(place, Counter())[fact, shown] += 1

    for table in nodes(tree, "Table"):
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row["cells"], strict=False):
                if not table["words"] and cell["kind"] != "text":
                    note(f"{table['id']} {row['key']} {column['key']}", cell["fact"], cell["text"])
    for figure in nodes(tree, "Figure"):
        for series in figure["chart"]["series"]:
            for category, point in zip(figure["chart"]["categories"], series["points"], strict=True):
                note(f"{figure['id']} {series['key']} {category['key']}", point["fact"], point["text"])
    for kind, parts in {
        "Paragraph": ["content"],
        "Note": ["content"],
        "Figure": ["title"],
        "KeyFigure": ["value", "change", "since"],
    }.items():
        for block in nodes(tree, kind):
            for number in (n for part in parts for n in nodes(block[part], "Number")):
                note(f"{kind} {block['id']}", number["fact"], number["text"])
    return found


def tree_faults(source: Source, trees: dict[str, dict], facts: dict, values: dict[str, Fraction | float]) -> list[str]:
    by_id = {f["id"]: f for f in facts["facts"]}
    faults = []
    for language, tree in trees.items():
        for number in nodes(tree, "Number"):
            known = by_id[number["fact"]]["texts"].get(language, []) if number["fact"] in by_id else []
            if number["text"] not in known:
                faults += [f"{language} {number['text']!r} is not among the texts of {number['fact']}"]
        for table in nodes(tree, "Table"):
            faults += table_faults(source, table, language, by_id, values)
        for figure in nodes(tree, "Figure"):
            faults += chart_faults(source, figure, language, by_id, values)
        for item in nodes(tree, "KeyFigure"):
            faults += key_figure_faults(item, language, by_id, values)
    return faults + language_faults(trees["pt"], trees["en"])


__all__ = ["DIMENSIONS", "key_of", "nodes", "plain", "read", "stands_for", "text_faults", "tree_faults"]
