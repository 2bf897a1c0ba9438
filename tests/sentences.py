"""Words of sentences against the figures they speak of: rises and falls, ranks, shares, targets, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from independent import DIMENSIONS, Source, half_away, order_of
from prints import nodes, read

UP = {"pt": ("aumentou", "aumentaram", "subiu", "subiram"), "en": ("rose",)}
DOWN = {"pt": ("diminuiu", "diminuíram", "desceu", "desceram", "reduziu"), "en": ("fell",)}
OVER_TIME = {"growth", "points", "yearly_growth", "yearly_points", "real_growth"}
SIDE_BY_SIDE = {"gap", "relative_gap"}
FRACTIONS = {
    "metade": (1, 2), "half": (1, 2), "um terço": (1, 3), "one third": (1, 3), "dois terços": (2, 3), "two thirds": (2, 3),
    "um quarto": (1, 4), "one quarter": (1, 4), "três quartos": (3, 4), "three quarters": (3, 4), "um quinto": (1, 5),
    "one fifth": (1, 5), "dois quintos": (2, 5), "two fifths": (2, 5), "três quintos": (3, 5), "three fifths": (3, 5),
    "quatro quintos": (4, 5), "four fifths": (4, 5), "um décimo": (1, 10), "one tenth": (1, 10), "nove décimos": (9, 10),
    "nine tenths": (9, 10),
}  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    block: str
    language: str
    text: str
    """With `⟦n⟧` for the nth number."""
    numbers: tuple[tuple[str, str], ...]
    """Fact and printed text."""

    def fact(self, mark: str) -> str:
        return self.numbers[int(mark)][0]

    def __str__(self) -> str:
        said = re.sub(r"⟦(\d+)⟧", lambda m: self.numbers[int(m[1])][1], self.text)
        return f"{self.language} {self.block}: «{said}»"


def sentences(tree: dict, language: str) -> Iterator[Sentence]:
    for kind, part in (("Paragraph", "content"), ("Figure", "title")):
        for block in nodes(tree, kind):
            numbers: list[tuple[str, str]] = []
            text = _flat(block[part], numbers)
            for piece in re.split(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÂÊÔÃÕÀÇ«‘⟦])", text):
                if "⟦" in piece:
                    yield Sentence(block["id"], language, piece, tuple(numbers))


def _flat(content: list[dict], numbers: list[tuple[str, str]]) -> str:
    out = []
    for piece in content:
        if piece["type"] == "Number":
            numbers.append((piece["fact"], piece["text"]))
            out.append(f"⟦{len(numbers) - 1}⟧")
        elif "content" in piece:
            out.append(_flat(piece["content"], numbers))
        else:
            out.append(piece.get("text", ""))
    return "".join(out).replace("\u00a0", " ")


def sentence_faults(said: Sentence, facts: dict[str, dict], values: dict[str, Fraction | float]) -> list[str]:
    faults = []
    language = said.language
    words = re.compile(rf"\b({'|'.join(UP[language] + DOWN[language])})\b|⟦(\d+)⟧")
    way = 0
    for token in words.finditer(said.text):
        if token[1]:
            way = 1 if token[1] in UP[language] else -1
            continue
        fact = facts[said.fact(token[2])]
        value = values[fact["id"]]
        before, after = said.text[: token.start()], said.text[token.end() :]
        text = said.numbers[int(token[2])][1]
        stated = _stated(fact["operation"], before, after, way)
        shown = read(text, language)
        if stated is None and fact["operation"] in OVER_TIME | SIDE_BY_SIDE and not text.startswith(("+", "−")):
            faults.append(f"{said}: nothing says which way {text} goes")
        if stated and shown and (shown.number == 0 or value * stated < 0):
            faults.append(f"{said}: {text} is {float(value)}")
        faults += _unit_faults(said, fact, text, before, after)
    for start, end in re.findall(r"(?:\bde|\bfrom) (?:MZN )?⟦(\d+)⟧[^⟦]*?(?:\bpara|\bto) (?:MZN )?⟦(\d+)⟧", said.text):
        one, other = values[said.fact(start)], values[said.fact(end)]
        if way and (other - one) * way <= 0:
            faults.append(f"{said}: from {float(one)} to {float(other)}")
    faults += _set_beside(said, values) + _multiples(said, values) + _fractions(said, values)
    return faults


def _stated(operation: str, before: str, after: str, way: int) -> int | None:
    """Which way the words say a number goes: 1, −1; 0 where its size alone is meant; None where they do not say."""
    if operation == "distance" or (operation == "gap" and re.search(r"^[^⟦]*(the target|da meta|para a meta)", after)):
        if re.match(r"[^⟦]*(\bbelow|short of|abaixo|para a meta)", after):
            return 1
        return -1 if re.match(r"[^⟦]*(\babove|acima)", after) else None
    if operation in SIDE_BY_SIDE:
        if re.search(r"(diferença de|difference of|gap of) $", before):
            return 0
        if re.search(r"\bmais $", before) or re.match(r"( percentage points?)? higher", after):
            return 1
        return -1 if re.search(r"\bmenos $", before) or re.match(r"( percentage points?)? lower", after) else None
    if operation in OVER_TIME:
        near = re.match(r"( percentage points?)? (higher|lower|rise|fall)\b", after)
        if near:
            return 1 if near[2] in ("higher", "rise") else -1
        near = re.search(r"\b(mais|menos|aumento de|diminuição de) $", before)
        if near:
            return 1 if near[1] in ("mais", "aumento de") else -1
        return way or None
    return 0


def _unit_faults(said: Sentence, fact: dict, text: str, before: str, after: str) -> list[str]:
    """Currency beside money, per cent signs on percentages, points called points."""
    if fact["unit"] == "XDC":
        money = (
            before.endswith("MZN ")
            if said.language == "en"
            else bool(re.match(r"( de)? meticais| (\([^)]*\) )?(em [^⟦]*)?para ⟦", after))
        )
        return [] if money else [f"{said}: {text} without its currency"]
    if fact["unit"] == "PT" and "%" not in text:
        return [f"{said}: {text} without per cent"]
    if fact["unit"] == "PP" and "p.p." not in text:
        named = re.match(r" pontos? percentua(l|is)" if said.language == "pt" else r" percentage points?", after)
        one = read(text, said.language)
        plural = bool(named) and named[0].endswith(("is", "s"))
        if not named or (one is not None and (one.number == 1) == plural):
            return [f"{said}: {text} percentage points"]
    return []


def _set_beside(said: Sentence, values: dict) -> list[str]:
    """Ranges, excesses, ranks in the order of their figures."""
    faults = []
    for first, second in re.findall(r"(?:varia(?:va|vam)? entre|ranged?s? from) (?:MZN )?⟦(\d+)⟧[^⟦]*⟦(\d+)⟧", said.text):
        if not values[said.fact(first)] < values[said.fact(second)]:
            faults.append(f"{said}: a range from high to low")
    for first, second in re.findall(r"⟦(\d+)⟧[^⟦]*?\b(?:exced\w+|exceeded)[^⟦]*?\((?:MZN )?⟦(\d+)⟧", said.text):
        if not values[said.fact(first)] > values[said.fact(second)]:
            faults.append(f"{said}: the smaller exceeds the larger")
    for first, no, second in re.findall(
        r"⟦(\d+)⟧[^⟦]*?\) (não |did not )?(?:cobri\w+|cover\w*) [^⟦]*?\((?:MZN )?⟦(\d+)⟧", said.text
    ):
        if (values[said.fact(first)] > values[said.fact(second)]) == bool(no):
            faults.append(f"{said}: the smaller covers the larger")
    for first, second in re.findall(r"⟦(\d+)⟧[^⟦]*?, (?:meeting the target of|cumprindo a meta de) (?:MZN )?⟦(\d+)⟧", said.text):
        if not values[said.fact(first)] >= values[said.fact(second)]:
            faults.append(f"{said}: the target is not met")
    return faults


def _multiples(said: Sentence, values: dict) -> list[str]:
    found = re.search(r"(quase |nearly |mais do que |more than )?(duplic|triplic|doubled|tripled)", said.text)
    ends = re.search(r"(?:\bde|\bfrom) (?:MZN )?⟦(\d+)⟧[^⟦]*?(?:\bpara|\bto) (?:MZN )?⟦(\d+)⟧", said.text)
    if not found or not ends:
        return []
    times = values[said.fact(ends[2])] / values[said.fact(ends[1])]
    anchor = 2 if found[2] in ("duplic", "doubled") else 3
    hedge = (found[1] or "").strip()
    right = abs(times - anchor) <= Fraction(1, 9) and not (hedge in ("quase", "nearly") and times >= anchor)
    right = right and not (hedge in ("mais do que", "more than") and times <= anchor)
    return [] if right else [f"{said}: {float(times)} times"]


def _fractions(said: Sentence, values: dict) -> list[str]:
    faults = []
    pattern = rf"\b(?:(quase|nearly|pouco mais de|just over|cerca de|about) )?({'|'.join(FRACTIONS)}) \(⟦(\d+)⟧\)"
    for found in re.finditer(pattern, said.text):
        share = values[said.fact(found[3])]
        over, under = FRACTIONS[found[2]]
        distance = share - Fraction(100 * over, under)
        if (
            abs(distance) > Fraction(3, 2)
            or (found[1] in ("quase", "nearly") and distance >= 0)
            or (found[1] in ("pouco mais de", "just over") and distance <= 0)
            or (not found[1] and abs(distance) > Fraction(1, 2))
        ):
            faults.append(f"{said}: {float(share)} per cent is called {found[1]} {found[2]}")
    return faults


@dataclass
class Claims:
    """What sentences decided, decided again from the files."""

    source: Source
    values: dict[str, Fraction | float]

    def where(self, claim: dict, **moved: str) -> tuple[str, ...]:
        named = {**claim["parameters"], **moved}
        return tuple(named.get(d, self.source.home if d == "ref_area" else "_T") for d in DIMENSIONS)

    def value(self, claim: dict, period: str = "", **moved: str) -> Fraction | None:
        p = claim["parameters"]
        found = self.source.figure(p["indicator"], self.where(claim, **moved), period or p["when"])
        return found.value if found else None

    def members(self, claim: dict, by: str) -> dict[str, Fraction]:
        """Codes of the dimension with a value beside the others, those below another one of them left out."""
        inside = claim["parameters"].get(by, self.source.home if by == "ref_area" else "_T")
        if by == "ref_area":
            year = claim["parameters"]["when"][:4]
            codes = [
                c for c, p in self.source.areas.items()
                if str(p.get("valid_from", ""))[:4] <= year and year <= (str(p.get("valid_to") or "9999"))[:4]
            ]  # fmt: skip
        else:
            codes = [c for d, c in self.source.parents if d == by and c not in ("_T", inside)]
            found = {c for c in codes if self.value(claim, **{by: c}) is not None}
            if inside != "_T":
                codes = [c for c in codes if inside in self._above(by, c)]
            codes = [c for c in codes if not any(a in found for a in self._above(by, c) if a != inside)]
        known = {c: self.value(claim, **{by: c}) for c in codes}
        return {c: v for c, v in known.items() if v is not None}

    def _above(self, by: str, code: str) -> list[str]:
        parent = self.source.parents.get((by, code))
        return [parent, *self._above(by, parent)] if parent else []

    def faults(self, claim: dict) -> list[str]:
        try:
            wrong = list(self._wrong(claim))
        except (TypeError, KeyError) as error:
            wrong = [f"cannot be checked ({error!r})"]
        return [f"{claim['language']} {claim['id']} {claim['kind']} {claim['outcome']}: {w}" for w in wrong]

    def _wrong(self, claim: dict) -> Iterator[str]:
        p, outcome = claim["parameters"], claim["outcome"]
        match claim["kind"]:
            case "ranking" | "composition":
                yield from self._ranked(claim, p["by"])
            case "spread":
                known = self.members(claim, p["by"])
                if known[p["high"]] < max(known.values()) or known[p["low"]] > min(known.values()):
                    yield f"{p['high']} and {p['low']} are not the ends of {known}"
            case "above_average":
                places = self.members(claim, "ref_area")
                decimals = self.source.indicators[p["indicator"]].get("decimals", 0)
                mean = half_away(self.value(claim), decimals)
                above = {c for c, v in places.items() if half_away(v, decimals) > mean}
                said = [self.values[f] for f in claim["facts"] if f.startswith("count_above")]
                if said != [len(above)] or ("places" in p and set(p["places"].split(",")) != above):
                    yield f"above are {sorted(above)}"
            case "partial":
                lacking = set(self.source.areas) - set(self.members(claim, "ref_area"))
                if "places" in p and set(p["places"].split(",")) != lacking:
                    yield f"lacking are {sorted(lacking)}"
            case "change":
                yield from self._changed(claim)
            case "record":
                series = self._series(claim, p["since"], p["when"])
                best = max if outcome == "highest" else min
                if best(series[:-1], key=lambda v: v) == series[-1] or best(series) != series[-1]:
                    yield f"not the {outcome} of {[float(v) for v in series]}"
            case "sex_gap":
                women, men = self.value(claim, sex="F"), self.value(claim, sex="M")
                if (outcome.endswith("above") and women <= men) or (outcome.endswith("below") and women >= men):
                    yield f"women {float(women)} men {float(men)}"
            case "breaks":
                row = self.source.received(p["indicator"], self.where(claim), p["when"])
                derived = row is None and self.value(claim) is not None
                if not derived and (row is None or "B" not in row.statuses):
                    yield "no break in the files"
            case "provisional":
                found = self.source.figure(p["indicator"], self.where(claim), p["when"])
                letters = {"provisional": {"P"}, "estimated": {"E", "I"}, "forecast": {"F"}}[outcome]
                if found is None or not found.statuses & letters:
                    yield "no such status in the files"
            case "revised":
                former, now = (self.values[f] for f in claim["facts"])
                if (outcome == "up") != (now > former):
                    yield f"from {float(former)} to {float(now)}"
            case "contribution":
                steps = {
                    c: self.value(claim, **{p["by"]: c}) - self.value(claim, p["since"], **{p["by"]: c})
                    for c in self.members(claim, p["by"])
                }
                way = 1 if outcome.endswith("up") else -1
                if steps[p["part"]] * way < max(s * way for s in steps.values()):
                    yield f"{p['part']} moved less than others: {steps}"
                if (self.value(claim) - self.value(claim, p["since"])) * way <= 0:
                    yield "the whole went the other way"
            case "balance":
                said = [self.values[f] for f in claim["facts"] if f.startswith("balance(")]
                if said and (said[0] > 0) != (outcome == "surplus") and outcome != "equal":
                    yield f"the balance is {float(said[0])}"
            case "target":
                yield from self._aimed(claim)
            case "alternative":
                if any(self.values[f] is None for f in claim["facts"]) or not claim["sentence"]:
                    yield "an alternative text of figures that are not known"
            case "streak":
                yield from self._in_a_row(claim)
            case "span":
                ends = self.value(claim, p["since"]), self.value(claim)
                if self.source.breaks(p["indicator"], self.where(claim), p["since"], p["when"]):
                    yield "an average over a break"
                if outcome != "stable" and (ends[1] > ends[0]) != outcome.endswith("up"):
                    yield f"from {float(ends[0])} to {float(ends[1])}"
            case "real_change":
                for fact, way in zip(("growth(", "real_growth("), outcome.split("_"), strict=True):
                    (size,) = (self.values[f] for f in claim["facts"] if f.startswith(fact)) if way != "stable" else (0,)
                    if way != "stable" and (size > 0) != (way == "up"):
                        yield f"{fact} {float(size)} is called {way}"
            case "small":
                if not 0 < self.value(claim) < 50:
                    yield f"{float(self.value(claim))} is called small"
            case "above":
                yield from self._as_written(claim)

    def _in_a_row(self, claim: dict) -> Iterator[str]:
        """Steps of consecutive years, newest first, and how many of them go the same way."""
        p, outcome = claim["parameters"], claim["outcome"]
        rate = self.source.indicators[p["indicator"]]["kind"] == "rate"
        when, ways = int(p["when"]), list[int]()
        while len(ways) < 30:
            old, new = (self.value(claim, str(when - len(ways) - back)) for back in (1, 0))
            here = str(when - len(ways) - 1), str(when - len(ways))
            if old is None or new is None or self.source.breaks(p["indicator"], self.where(claim), *here):
                break
            if not rate and (old < (50 if self.source.indicators[p["indicator"]]["kind"] == "count" else 1) or new <= 0):
                break
            size, limit = (new - old, Fraction(1, 2)) if rate else (new / old - 1, Fraction(1, 100))
            ways.append(0 if abs(size) < limit else 1 if size > 0 else -1)
        way, steps = (1 if outcome.endswith("up") else -1), ways
        if outcome.startswith("ended"):
            if ways[:1] != [way]:
                yield f"nothing ended: {ways}"
            way, steps = -way, ways[1:]
        counted = next((n for n, w in enumerate(steps) if w != way), len(steps))
        said = [self.values[f] for f in claim["facts"] if f.startswith("streak(")]
        if said != [counted]:
            yield f"{said} steps are {ways}"

    def _as_written(self, claim: dict) -> Iterator[str]:
        """What a person wrote of a whole and the sum of its parts, or of two indicators of one time."""
        p = claim["parameters"]
        mine = self.value(claim, p["at"])
        if "other" in p:
            other = self.value({**claim, "parameters": {**p, "indicator": p["other"]}}, p["at"])
            if (mine > other) != (claim["outcome"] == "true"):
                yield f"it is {float(mine)} beside {float(other)}"
            return
        parts = sum(self.members({**claim, "parameters": {**p, "when": p["at"]}}, p["by"]).values())
        true = mine > parts
        if true != (claim["outcome"] == "true"):
            yield f"it is {true}"

    def _ranked(self, claim: dict, by: str) -> Iterator[str]:
        p = claim["parameters"]
        known = self.members(claim, by)
        top, low = p["top"].split(","), p["low"].split(",") if "low" in p else []
        rest = [v for c, v in known.items() if c not in top]
        if rest and min(known[c] for c in top) <= max(rest):
            yield f"{top} are not the first of {_floats(known)}"
        if any(known[a] < known[b] and not self._alike(p["indicator"], known[a], known[b]) for a, b in pairwise(top)):
            yield f"{top} are not in order: {_floats(known)}"
        if low and max(known[c] for c in low) > min(v for c, v in known.items() if c not in low):
            yield f"{low} are not the last of {_floats(known)}"

    def _alike(self, indicator: str, one: Fraction, other: Fraction) -> bool:
        """Whether two figures print as the same number, so that either may stand first."""
        known = self.source.indicators[indicator]
        if known["kind"] in ("rate", "ratio", "index"):
            return half_away(one, known.get("decimals", 0)) == half_away(other, known.get("decimals", 0))
        return abs(one - other) <= max(abs(one), abs(other)) / 100

    def _series(self, claim: dict, since: str, when: str) -> list[Fraction]:
        p = claim["parameters"]
        where = self.where(claim)
        periods = sorted({r.period for r in self.source.rows if r.where == where}, key=order_of)
        years = [str(y) for y in range(int(since[:4]), int(when[:4]) + 1)]
        alike = {
            x
            for x in (*periods, *years)
            if order_of(x)[1:] == order_of(when)[1:] and order_of(since) <= order_of(x) <= order_of(when)
        }
        found = [self.source.figure(p["indicator"], where, x) for x in sorted(alike, key=order_of)]
        return [f.value for f in found if f]

    def _changed(self, claim: dict) -> Iterator[str]:
        p, outcome = claim["parameters"], claim["outcome"]
        old, new = self.value(claim, p["since"]), self.value(claim)
        broken = self.source.breaks(p["indicator"], self.where(claim), p["since"], p["when"])
        if broken != (outcome == "break"):
            yield f"break in the series: {broken}"
            return
        if outcome == "break":
            return
        indicator = self.source.indicators[p["indicator"]]
        if self.source.time_basis(p["indicator"]) == "flow" and order_of(p["since"])[1:] != order_of(p["when"])[1:]:
            yield f"a flow of {p['when']} beside one of {p['since']}"
        if outcome == "stable":
            small = abs(new - old) < Fraction(1, 2) if indicator["kind"] == "rate" else abs(new / old - 1) < Fraction(1, 100)
            if not small:
                yield f"from {float(old)} to {float(new)}"
        if outcome == "unchanged" and abs(new - old) > abs(old) / 100 and abs(new - old) > 10 ** -indicator.get("decimals", 0):
            yield f"from {float(old)} to {float(new)}"
        if (outcome.endswith("up") and new <= old) or (outcome.endswith("down") and new >= old):
            yield f"from {float(old)} to {float(new)}"
        times = {"doubled": 2, "tripled": 3}.get(outcome)
        if times and abs(new / old - times) > Fraction(11, 100):
            yield f"{float(new / old)} times"

    def _aimed(self, claim: dict) -> Iterator[str]:
        outcome = claim["outcome"]
        value, aim = (self.values[f] for f in claim["facts"] if "(" not in f)
        less = self.source.indicators[claim["parameters"]["indicator"]].get("direction") == "less"
        reached = value <= aim if less else value >= aim
        if outcome == "beyond" and not reached:
            yield f"{float(value)} does not reach {float(aim)}"
        if outcome.startswith(("missed", "ahead")) and reached:
            yield f"{float(value)} reaches {float(aim)}"
        past = order_of(claim["parameters"]["due"]) <= order_of(claim["parameters"]["when"])
        if outcome.startswith("missed" if not past else "ahead"):
            yield "too early or too late to say so"


def _floats(values: dict[str, Fraction]) -> dict[str, float]:
    return {c: float(v) for c, v in values.items()}


def alternative_faults(figure: dict, claims: list[dict], values: dict[str, Fraction | float]) -> Iterator[str]:
    """What an alternative text says against the figures of the chart: ends of a line and its way, highest and lowest, all of few,
    breaks, what is provisional, none; and digits that no claim answers for."""
    chart = figure["chart"]
    labels = {c["key"]: c["label"] for c in chart["categories"]}
    rest = figure["alt"].replace("\u00a0", " ")
    for claim in claims:
        p, sentence = claim["parameters"], claim["sentence"]
        if sentence not in rest:
            yield f"does not say «{sentence}»"
            continue
        rest = rest.replace(sentence, "", 1)
        series = [s for s in chart["series"] if s["key"] == p.get("series", s["key"])]
        points = [(c["key"], q) for s in series for c, q in zip(chart["categories"], s["points"], strict=True)]
        known = {key: q for key, q in points if q["fact"]}
        roles = ("since", "when", "highest", "lowest", "codes", "none", "unsure")
        named = {role: p[role].split(",") for role in roles if role in p}
        names, first = labels, []
        match claim["outcome"]:
            case "from_to" | "one" | "rising" | "falling":
                ends = list(dict.fromkeys((next(iter(known)), list(known)[-1])))
                order = [part for end in ends for part in (_heard(known[end]), labels[end])]
                right = [k for ks in named.values() for k in ks] == ends
                steps = [values[known[b]["fact"]] - values[known[a]["fact"]] for a, b in pairwise(known)]
                way = {"rising": 1, "falling": -1}.get(claim["outcome"], 0)
                right = right and (not way or (len(steps) > 1 and not chart["breaks"] and all(s * way > 0 for s in steps)))
            case "extremes" | "across":
                if claim["outcome"] == "across":
                    (when,) = named.pop("when")
                    at = next(n for n, c in enumerate(chart["categories"]) if c["key"] == when)
                    known = {s["key"]: s["points"][at] for s in chart["series"] if s["colour"] >= 0 and s["points"][at]["fact"]}
                    names, first = {s["key"]: s["label"] for s in chart["series"]}, [labels[when]]
                order, right = first, True
                for role, end in (("highest", max), ("lowest", min)):
                    if role in named:
                        most = end(known, key=lambda k: values[known[k]["fact"]])
                        order = [*order, _heard(known[most]), *(names[k] for k in named[role])]
                        right = right and set(named[role]) == {k for k, q in known.items() if q["text"] == known[most]["text"]}
            case "break":
                order = [labels[k] for k in (*named["since"], *named["when"])]
                ends = [n for n, c in enumerate(chart["categories"]) if c["key"] in (*named["since"], *named["when"])]
                places = [float(n) if c["position"] is None else c["position"] for n, c in enumerate(chart["categories"])]
                inside = [b for b in chart["breaks"] if places[ends[0]] <= b["before"] < b["after"] <= places[ends[1]]]
                right, named = bool(inside), {}
            case "provisional":
                unsure = [k for k in labels if any(key == k and q["provisional"] for key, q in points)]
                order = [labels[k] for k in unsure] if re.search(r"\d", sentence) else []
                right, named = named["unsure"] == unsure, {}
            case "listed":
                order = [part for k in known for part in (labels[k], _heard(known[k]))]
                right = named["codes"] == list(known)
            case "missing" | "confidential":
                few = len(named.get("none", ())) <= 4
                order = [labels[k] for k in named.get("none", ())] if few else [str(len(named["none"]))]
                right = not (set(named.get("none", known)) & set(known))
            case "reference":
                line = next(r for r in chart["references"] if r["fact"] in claim["facts"])
                order, right = [line["label"]], True
            case other:
                order, right = [], False
                yield f"{other} is not known"
        facts = {known[k]["fact"] for role in named.values() for k in role if k in known}
        if not right or (claim["outcome"] != "reference" and facts != set(claim["facts"])):
            yield f"«{sentence}» of {named}: {[(k, q['text']) for k, q in known.items()]}"
        place = 0
        if "series" in p and len(chart["series"]) > 1:
            order.insert(0, series[0]["label"])
        for part in order:
            running = re.sub(r"^(−?\d)\u00a0(\d{3})$", r"\1\2", part)  # four digits stand ungrouped outside tables
            found = sentence.find(running.replace("\u00a0", " "), place)
            if found < 0:
                yield f"«{sentence}» does not say {part} there"
                break
            place = found + len(part)
    rest = re.sub(r" [A-Z\d.]+\.$", "", rest)  # number of the table it points to
    if re.search(r"\d", rest.partition("). ")[2]):
        yield f"figures that no claim answers for: {rest}"


def _heard(point: dict) -> str:
    """A zero has a sign in tables, which a listener would not hear."""
    return point["text"] if re.search(r"\d", point["text"]) else "0"


def word_faults(source: Source, trees: dict[str, dict], facts: dict, values: dict[str, Fraction | float]) -> list[str]:
    by_id = {f["id"]: f for f in facts["facts"]}
    faults = []
    texts: dict[str, dict[str, str]] = {}
    for language, tree in trees.items():
        for figure in nodes(tree, "Figure"):
            made = [c for c in facts["claims"] if c["language"] == language and c["block"] == f"{figure['id']}.alt"]
            faults += [f"{language} {figure['id']}.alt: {w}" for w in alternative_faults(figure, made, values)]
        for said in sentences(tree, language):
            faults += sentence_faults(said, by_id, values)
        for block in nodes(tree, "Paragraph"):
            numbers: list[tuple[str, str]] = []
            text = _flat(block["content"], numbers)
            texts.setdefault(language, {})[block["id"]] = text
            if any(by_id[f]["illustrative"] for f, _ in numbers) and not re.search("ilustrativ|illustrative", text):
                faults.append(f"{language} {block['id']}: illustrative figures without a word")
    # The longer language may leave out the last sentences of an alternative text.
    claims = Claims(source, values)
    decided: dict[str, dict[str, tuple]] = {}
    for claim in facts["claims"]:
        faults += claims.faults(claim)
        if claim["outcome"] == "false" and claim["block"] in texts[claim["language"]]:
            told = texts[claim["language"]][claim["block"]]
            faults += [] if re.search("deixou de ser verdade|no longer true", told) else [f"{claim['id']}: false and not marked"]
        same = (claim["kind"], claim["outcome"], tuple(sorted(claim["parameters"].items())))
        decided.setdefault(claim["id"], {})[claim["language"]] = same
    faults += [
        f"{name}: the languages claim different things {d}"
        for name, d in decided.items()
        if len(set(d.values())) > 1 or (len(d) < 2 and ".alt#" not in name)
    ]
    return faults
