"""Seeded edits of issued texts, as reviewers make them, with what has to come of each; run it to see the table of all kinds.

`PYTHONPATH=src:tests python tests/review/edits.py` counts over the texts below, with `EXAMPLE` after it over the whole example too.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sent_back import issued, tongue

from bulletin.model.issued import IssuedBlock
from bulletin.model.override import NAME
from bulletin.review.bind import Bound, bind
from bulletin.review.numbers import grammar_of, numbers_in

PORTUGUESE = (
    (
        "A população aumentou [2,5%|growth(POPULATION.MZ@2023, POPULATION.MZ@2024)] entre <2023> e <2024>, passando de "
        "[32,4 milhões|POPULATION.MZ@2023] para [33,2 milhões|POPULATION.MZ@2024]. O ritmo de crescimento manteve-se estável."
    ),
    (
        "Em <Fevereiro de 2024>, o número de pensionistas era de [124 598|PENSIONERS.MZ@2024-02]. A maior parcela correspondia à "
        "sobrevivência ([62,3%|share(P.MZ.function=SURVIVORS@2024-02, P.MZ@2024-02)]), seguida da velhice "
        "([36,4%|share(P.MZ.function=OLD_AGE@2024-02, P.MZ@2024-02)]) e da invalidez ([1,3%|share(P.MZ.function=DISABILITY@2024-02, P.MZ@2024-02)])."
    ),
    (
        "A população era mais elevada em Nampula ([6,81 milhões|POPULATION.MZ-N@2024]), na Zambézia ([6,16 milhões|POPULATION.MZ-Q@2024]) e em "
        "Tete ([3,27 milhões|POPULATION.MZ-T@2024]), e mais baixa na cidade de Maputo ([1,14 milhões|POPULATION.MZ-MPM@2024])."
    ),
    (
        "A incidência da pobreza diminuiu [8,6|points(POVERTY.MZ@2008, POVERTY.MZ@2014)]\u00a0pontos percentuais face a <2008>, para "
        "[46,1%|POVERTY.MZ@2014] em <2014>. No mesmo período, a pobreza extrema desceu de [69,7%|EXTREME.MZ@2008] para [63,7%|EXTREME.MZ@2014]."
    ),
    (
        "Os agregados inscritos no programa eram [611 243|HOUSEHOLDS.MZ@2024], dos quais [402 118|HOUSEHOLDS.MZ.sex=F@2024] chefiados por mulheres "
        "e [209 125|HOUSEHOLDS.MZ.sex=M@2024] por homens, como mostra o (Quadro 4.5|@households)."
    ),
    (
        "A despesa executada ascendeu a [5,9 mil milhões|SPENDING.MZ@2024]\u00a0de meticais, o que corresponde a [87,4%|EXECUTION.MZ@2024] da dotação "
        "de [6,75 mil milhões|BUDGET.MZ@2024]\u00a0de meticais inscrita na lei orçamental. A taxa tinha sido de [91,2%|EXECUTION.MZ@2023] em <2023>."
    ),
    (
        "Nos termos da <Lei n.º 4/2007>, o subsídio mensal era de [540|BENEFIT.MZ@2024] meticais em <2024>, contra [310|BENEFIT.MZ@2015] em <2015>; "
        "o prazo médio de decisão foi de [37|DAYS.MZ@2024] dias em [dez|count(DAYS)] províncias."
    ),
)
ENGLISH = (
    (
        "The population rose by [2.5%|growth(POPULATION.MZ@2023, POPULATION.MZ@2024)] between <2023> and <2024>, from "
        "[32.4 million|POPULATION.MZ@2023] to [33.2 million|POPULATION.MZ@2024]. The pace of growth remained stable."
    ),
    (
        "In <February 2024>, the number of pensioners stood at [124,598|PENSIONERS.MZ@2024-02]. Survivors had the largest share "
        "([62.3%|share(P.MZ.function=SURVIVORS@2024-02, P.MZ@2024-02)]), followed by old age "
        "([36.4%|share(P.MZ.function=OLD_AGE@2024-02, P.MZ@2024-02)]) and disability ([1.3%|share(P.MZ.function=DISABILITY@2024-02, P.MZ@2024-02)])."
    ),
    (
        "The population was highest in Nampula ([6.81 million|POPULATION.MZ-N@2024]), Zambézia ([6.16 million|POPULATION.MZ-Q@2024]) and "
        "Tete ([3.27 million|POPULATION.MZ-T@2024]), and lowest in Maputo City ([1.14 million|POPULATION.MZ-MPM@2024])."
    ),
    (
        "The poverty headcount fell by [8.6|points(POVERTY.MZ@2008, POVERTY.MZ@2014)]\u00a0percentage points compared with <2008>, to "
        "[46.1%|POVERTY.MZ@2014] in <2014>. Over the same period, extreme poverty fell from [69.7%|EXTREME.MZ@2008] to [63.7%|EXTREME.MZ@2014]."
    ),
    (
        "Households enrolled in the programme numbered [611,243|HOUSEHOLDS.MZ@2024], of which [402,118|HOUSEHOLDS.MZ.sex=F@2024] were headed by women "
        "and [209,125|HOUSEHOLDS.MZ.sex=M@2024] by men, as shown in (Table 4.5|@households)."
    ),
    (
        "Executed spending amounted to MZN\u00a0[5.9 billion|SPENDING.MZ@2024], which is [87.4%|EXECUTION.MZ@2024] of the allocation of "
        "MZN\u00a0[6.75 billion|BUDGET.MZ@2024] in the budget law. The rate had been [91.2%|EXECUTION.MZ@2023] in <2023>."
    ),
    (
        "Under <Law 4/2007>, the monthly benefit was MZN\u00a0[540|BENEFIT.MZ@2024] in <2024>, against MZN\u00a0[310|BENEFIT.MZ@2015] in <2015>; "
        "the mean time to a decision was [37|DAYS.MZ@2024] days in [ten|count(DAYS)] provinces."
    ),
)
SYNONYMS = {
    "pt": {
        "aumentou": "cresceu", "passando": "subindo", "entre": "de", "número": "total", "maior parcela": "fatia principal",
        "correspondia": "cabia", "seguida": "depois", "mais elevada": "maior", "mais baixa": "menor", "diminuiu": "recuou", "face a": "desde",
        "desceu": "baixou", "dos quais": "sendo", "chefiados": "encabeçados", "ascendeu": "chegou", "o que corresponde": "equivalente",
        "inscrita": "prevista", "contra": "e não", "era de": "atingia", "ritmo": "passo", "estável": "regular", "mesmo período": "intervalo",
        "Os agregados": "As famílias", "como mostra": "ver", "tinha sido": "fora", "A população": "O efectivo populacional",
    },
    "en": {
        "rose": "grew", "between": "from", "number": "count", "stood at": "reached", "largest share": "main part", "followed by": "then",
        "highest": "greatest", "lowest": "smallest", "fell": "declined", "compared with": "since", "numbered": "came to", "of which": "including",
        "headed": "led", "as shown in": "see", "amounted to": "reached", "allocation": "appropriation", "which is": "equal to", "against": "not",
        "pace": "speed", "remained": "stayed", "same period": "interval", "had been": "was", "Households": "Families", "The population": "The number of people",
    },
}  # fmt: skip
OPENINGS = {
    "pt": ("De acordo com os registos, ", "Segundo os dados disponíveis, ", ""),
    "en": ("According to the records, ", "On the available data, ", ""),
}
ADDED = {"pt": " O plano prevê mais {n} inscrições.", "en": " The plan foresees a further {n} enrolments."}
HEDGED = {"pt": ("cerca de {n} mil", "quase {n} mil"), "en": ("about {n} thousand", "nearly {n} thousand")}


@dataclass(frozen=True)
class Part:
    """A piece of the new text; of a figure with its fact."""

    text: str
    fact: str = ""


@dataclass(frozen=True)
class Edited:
    parts: tuple[Part, ...]
    asked: frozenset[str] = frozenset()
    """Kinds of questions of which one has to come; no other may."""
    about: str = ""
    """Fact or number of which it has to speak."""

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.parts)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(p.fact for p in self.parts if p.fact)


def parts_of(block: IssuedBlock) -> list[Part]:
    found, end = [], 0
    for span in (s for s in block.spans if s.kind == "number"):
        found += [Part(block.text[end : span.start]), Part(span.text, span.ref)]
        end = span.end
    return [*found, Part(block.text[end:])]


def reworded(parts: Sequence[Part], language: str, chance: random.Random) -> list[Part]:
    found = []
    for part in parts:
        text = part.text
        if not part.fact:
            for word, other in SYNONYMS[language].items():
                if chance.random() < 0.6:
                    text = re.sub(rf"(?<!\w){word}(?!\w)", other, text)
        found.append(Part(text, part.fact))
    opening = chance.choice(OPENINGS[language])
    return [Part(opening), *found] if opening else found


def separated(parts: Sequence[Part], language: str, chance: random.Random) -> list[Part]:
    """The same figures with other marks: `124.598`, `124 598`, `124598`, `6.81`."""
    return [Part(_remarked(p.text, language, chance), p.fact) if p.fact else p for p in parts]


def _remarked(text: str, language: str, chance: random.Random) -> str:
    number = re.match(r"[\d.,\u00a0\u202f]*\d", text)
    if not number:
        return text
    decimal, group = (",", "\u00a0") if language == "pt" else (".", ",")
    whole, mark, fraction = number[0].partition(decimal)
    digits = whole.replace(group, "")
    grouped = f"{int(digits):,}".replace(
        ",", chance.choice([" ", "\u202f", ".", "'", ""] if not mark or language == "pt" else [" ", "", "'"])
    )
    point = chance.choice([".", ","]) if len(fraction) < 3 and "." not in grouped else decimal
    return (
        (digits if mark and grouped != digits and point in grouped else grouped)
        + (point + fraction if mark else "")
        + text[number.end() :]
    )


def moved(parts: Sequence[Part], language: str, chance: random.Random) -> list[Part]:
    """The last sentence, or the last clause, is set first."""
    cuts = [
        (n, m.end()) for n, p in enumerate(parts) if not p.fact for m in re.finditer(r"\. (?=[A-ZÀ-Ý])|; |, (?=[^\W\d])", p.text)
    ]
    if not cuts:
        return list(parts)
    n, at = chance.choice(cuts)
    first, second = [*parts[:n], Part(parts[n].text[:at])], [Part(parts[n].text[at:]), *parts[n + 1 :]]
    return [*second, Part(" "), *first]


Edit = Callable[[IssuedBlock, random.Random], Edited | None]


def _plain(*ways: Callable[[Sequence[Part], str, random.Random], list[Part]]) -> Edit:
    def edit(block: IssuedBlock, chance: random.Random) -> Edited | None:
        parts = parts_of(block)
        for way in ways:
            parts = way(parts, block.language, chance)
        return Edited(tuple(parts))

    return edit


def _wrong_digit(*ways: Callable[[Sequence[Part], str, random.Random], list[Part]]) -> Edit:
    def edit(block: IssuedBlock, chance: random.Random) -> Edited | None:
        parts = parts_of(block)
        places = [(n, k) for n, p in enumerate(parts) if p.fact for k, c in enumerate(p.text) if c.isdigit()]
        if not places:
            return None
        n, k = chance.choice(places)
        digit = chance.choice([d for d in "123456789" if d != parts[n].text[k]])
        parts[n] = Part(parts[n].text[:k] + digit + parts[n].text[k + 1 :], parts[n].fact)
        if any(
            p.fact and p is not parts[n] and _value(p.text, block.language) == _value(parts[n].text, block.language)
            for p in parts
        ):
            return None
        about = parts[n].fact
        for way in ways:
            parts = way(parts, block.language, chance)
        return Edited(tuple(parts), frozenset({"number-changed", "number-rounded"}), about)

    return edit


def _value(text: str, language: str) -> object:
    found = numbers_in(text, grammar_of(tongue(language)))
    return (found[0].values[:1], found[0].unit) if found else text


def _swapped(*ways: Callable[[Sequence[Part], str, random.Random], list[Part]]) -> Edit:
    def edit(block: IssuedBlock, chance: random.Random) -> Edited | None:
        parts = parts_of(block)
        units = {n: re.sub(r"[\d.,\u00a0\u202f]+", "", p.text) for n, p in enumerate(parts) if p.fact}
        pairs = [(a, b) for a in units for b in units if a < b and units[a] == units[b] and parts[a].text != parts[b].text]
        pairs = [(a, b) for a, b in pairs if sum(p.text in (parts[a].text, parts[b].text) for p in parts) == 2]
        if not pairs:
            return None
        a, b = chance.choice(pairs)
        parts[a], parts[b] = Part(parts[b].text, parts[a].fact), Part(parts[a].text, parts[b].fact)
        about = parts[a].fact
        for way in ways:
            parts = way(parts, block.language, chance)
        return Edited(tuple(parts), frozenset({"number-swapped"}), about)

    return edit


def _added(*ways: Callable[[Sequence[Part], str, random.Random], list[Part]]) -> Edit:
    def edit(block: IssuedBlock, chance: random.Random) -> Edited | None:
        group = chance.choice(["\u00a0", " ", "."] if block.language == "pt" else [","])
        number = f"{chance.randrange(11, 99)}{group}{chance.randrange(100, 999)}"
        parts = parts_of(block)
        for way in ways:
            parts = way(parts, block.language, chance)
        return Edited((*parts, Part(ADDED[block.language].format(n=number))), frozenset({"number-new"}), number)

    return edit


def _rounded(block: IssuedBlock, chance: random.Random) -> Edited | None:
    parts = parts_of(block)
    places = [n for n, p in enumerate(parts) if p.fact and re.fullmatch(r"\d{2,3}[\u00a0,]\d{3}", p.text)]
    places = [n for n in places if not parts[n].text.endswith("000")]
    if not places:
        return None
    n = chance.choice(places)
    thousands = round(int(re.sub(r"\D", "", parts[n].text)) / 1000)
    said = chance.choice(HEDGED[block.language]).format(n=thousands)
    hedge, number = said[: re.search(r"\d", said).start()], said[re.search(r"\d", said).start() :]  # type: ignore[union-attr]
    return Edited(
        (*parts[:n], Part(hedge), Part(number, parts[n].fact), *parts[n + 1 :]), frozenset({"number-rounded"}), parts[n].fact
    )


EDITS: dict[str, Edit] = {
    "reworded": _plain(reworded),
    "other separator": _plain(separated),
    "other separator, reworded": _plain(separated, reworded),
    "clause moved": _plain(moved),
    "clause moved, reworded": _plain(moved, reworded),
    "wrong digit": _wrong_digit(),
    "wrong digit, reworded": _wrong_digit(reworded),
    "wrong digit, clause moved": _wrong_digit(moved),
    "swapped": _swapped(),
    "swapped, reworded": _swapped(reworded),
    "new number": _added(),
    "new number, reworded": _added(reworded),
    "rounded": _rounded,
}


@dataclass(frozen=True)
class Outcome:
    kind: str
    language: str
    edited: Edited
    bound: Bound

    @property
    def facts(self) -> tuple[str, ...]:
        names = [m[1] for m in NAME.finditer(self.bound.text)]
        return tuple(f for n in names if not (f := self.bound.placeholders[n]).startswith("@"))

    @property
    def is_bound(self) -> bool:
        """Every figure stands where it has to stand, and nowhere else."""
        return self.facts == self.edited.facts

    @property
    def is_flagged(self) -> bool:
        return not self.edited.asked or any(q.kind in self.edited.asked and self._speaks(q) for q in self.bound.queries)

    def _speaks(self, query: object) -> bool:
        about = self.edited.about
        return about in (getattr(query, "fact", ""), getattr(query, "new", "")) or about in getattr(query, "detail", "")

    @property
    def is_quiet(self) -> bool:
        """No question about anything else."""
        return all(q.kind in self.edited.asked and self._speaks(q) for q in self.bound.queries)


def outcomes(
    blocks: Sequence[IssuedBlock], count: int, seed: int, kinds: Iterable[str] = EDITS, *, styled: bool = False
) -> list[Outcome]:
    """`count` edits of each kind. `styled`: figures that were not typed anew keep their style."""
    chance = random.Random(seed)
    found = []
    for kind in kinds:
        made = tries = 0
        while made < count and tries < 20 * count:
            tries += 1
            block = chance.choice(blocks)
            edited = EDITS[kind](block, chance)
            if edited is None or edited.text == block.text:
                continue
            made += 1
            found.append(Outcome(kind, block.language, edited, _bound(block, edited, styled=styled)))
    return found


def _bound(block: IssuedBlock, edited: Edited, *, styled: bool) -> Bound:
    ranges, at = [], 0
    for part in edited.parts:
        if part.fact and styled:
            ranges.append((at, at + len(part.text)))
        at += len(part.text)
    return bind((block,), edited.text, ranges, grammar_of(tongue(block.language)))


def templates(language: str) -> list[IssuedBlock]:
    texts = PORTUGUESE if language == "pt" else ENGLISH
    return [issued(text, f"block.{n}", language) for n, text in enumerate(texts)]


def table(found: Iterable[Outcome]) -> str:
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for outcome in found:
        row = rows[outcome.language, outcome.kind]
        row.update(edits=1, bound=outcome.is_bound, flagged=outcome.is_flagged, quiet=outcome.is_quiet)
    lines = [f"{'':3}{'edit':28}{'edits':>7}{'bound':>9}{'flagged':>9}{'no other':>9}"]
    for (language, kind), row in rows.items():
        shares = [f"{100 * row[name] / row['edits']:8.1f}%" for name in ("bound", "flagged", "quiet")]
        lines.append(f"{language:3}{kind:28}{row['edits']:>7}{''.join(shares)}")
    return "\n".join(lines)


def _of_example() -> dict[str, list[IssuedBlock]]:
    from bulletin.document.issued import issued_of
    from conftest import composed

    _, made = composed(Path(Path(__file__).parents[2], "examples", "mozambique"))
    records = {language: issued_of(document) for language, document in made.documents.items()}
    return {
        language: [b for b in record.blocks if b.kind in ("text", "item") and any(s.kind == "number" for s in b.spans)]
        for language, record in records.items()
    }


def main(arguments: Sequence[str]) -> None:
    for language in ("pt", "en"):
        for styled in (False, True):
            sys.stdout.write("\n" + f"{language}, figures {'styled' if styled else 'without their style'}")
            sys.stdout.write("\n" + table(outcomes(templates(language), 250, 20261123, styled=styled)))
    if arguments:
        for language, blocks in _of_example().items():
            sys.stdout.write("\n" + f"{language}, {len(blocks)} paragraphs of the example")
            sys.stdout.write("\n" + table(outcomes(blocks, 120, 20261123)))


if __name__ == "__main__":
    main(sys.argv[1:])
