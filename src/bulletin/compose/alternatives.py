"""Alternative texts of charts, made from the very figures that are drawn, and kept as claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin.compose.alternative_sentences import Said, sentences
from bulletin.compose.context import Context
from bulletin.compose.facts import FactBook, Told
from bulletin.document.alternatives import LIMIT, room_for_pointer
from bulletin.document.blocks import Block, Figure
from bulletin.document.chart import Chart
from bulletin.document.tree import Manuscript, Section
from bulletin.model.codes import TOTAL
from bulletin.model.fact import ALTERNATIVE, Claim
from bulletin.model.locale import NO_BREAK

_WANTED = 4
"""Importance of what must be said before the head is: all that is provisional, breaks and gaps included, is beyond it."""


@dataclass(frozen=True)
class About:
    """What a chart shows, as its subtitle says it."""

    label: str
    population: str = ""
    place: str = ""
    span: str = ""
    unit: str = ""


def alternative_text(context: Context, chart: Chart, about: About) -> str:
    """Kind, measure, place, period and unit; what the figures say; exceptions; where the figures are printed.

    Never longer than LIMIT, and never without its pointer: the least important sentences are left out whole. As their order of
    importance is the same in all languages, one language says what another does and nothing else; what one has no room for,
    `equal_alternatives` takes out of the others. Each that states something of the figures is recorded as a claim of `<chart>.alt`.
    """
    found = (
        _illustrative(context, chart),
        *(replace(s, text=context.locale.in_sentence(s.text)) for s in sentences(context, chart)),
    )
    on_leaflet = any(chart.id in place.any for spec in context.project.leaflets for place in spec.charts)
    pointer = room_for_pointer(context.locale.words, leaflet=on_leaflet)
    limit = LIMIT - 1 - pointer
    trials = tuple((head, _kept(found, limit - len(head))) for head in _heads(context, chart, about, limit))
    wanted = {n for n, said in enumerate(found) if said.text and said.importance <= _WANTED}
    head, kept = _best(trials, wanted)
    for n, said in enumerate(found):
        if n in kept and said.outcome:
            context.facts.claim(context.language, _claim(context, chart, said, n))
    told = Told(head, {n: found[n].text for n in sorted(kept)}, context.word("alt_table"))
    context.facts.told(context.language, chart.id, told)
    return told.text


def sparkline_text(context: Context, chart: Chart, label: str, unit: str) -> str:
    """The line under a key figure: from which figure to which. Its figures are printed beside it, so it points to no table."""
    said = (_illustrative(context, chart), next(sentences(context, chart)))
    head = _heads(context, chart, About(label, unit=unit), LIMIT)[0]
    return " ".join((head, *(context.locale.in_sentence(s.text) for s in said if s.text)))


def equal_alternatives(manuscripts: Mapping[str, Manuscript], facts: FactBook) -> Mapping[str, Manuscript]:
    """With alternative texts that say the same in every language: what does not fit in one is said in none."""
    common: dict[str, set[int]] = {}
    for language in manuscripts:
        for chart, told in facts.alternatives(language).items():
            common[chart] = common.get(chart, set(told.sentences)) & told.sentences.keys()
    return {language: _all_equal(language, manuscript, facts, common) for language, manuscript in manuscripts.items()}


def _all_equal(language: str, manuscript: Manuscript, facts: FactBook, common: Mapping[str, set[int]]) -> Manuscript:
    known = facts.alternatives(language)

    def one(block: Block) -> Block:
        told = known.get(block.id) if isinstance(block, Figure) else None
        if told is None or not isinstance(block, Figure) or block.alt != told.text:
            return block
        kept = {n: text for n, text in told.sentences.items() if n in common[block.id]}
        facts.withdraw(language, block.id, (), (f"{block.id}{ALTERNATIVE}#{n}" for n in told.sentences.keys() - kept.keys()))
        return replace(block, alt=replace(told, sentences=kept).text)

    def walk(section: Section) -> Section:
        return replace(section, blocks=tuple(one(b) for b in section.blocks), sections=tuple(walk(s) for s in section.sections))

    return replace(manuscript, sections=tuple(walk(s) for s in manuscript.sections))


def _illustrative(context: Context, chart: Chart) -> Said:
    return Said(context.word("alt_illustrative") if _is_illustrative(context, chart) else "", importance=1)


def _heads(context: Context, chart: Chart, about: About, limit: int) -> list[str]:
    """From all that the chart shows to what it must at least be called: population and place are read beside the picture too."""
    kind = context.word(f"alt_kind_{chart.kind}")
    unit = f" ({about.unit})" if about.unit else ""

    def head(*parts: str, tail: str = "") -> str:
        words = _inner(", ".join(p for p in parts if p)) + tail
        return context.headed(kind, f"{words}.") if words else f"{kind}."

    full = [head(about.label, about.population, about.place, about.span, tail=unit)]
    full += [head(about.label, about.place, about.span, tail=unit), head(about.label, about.span, tail=unit)]
    short = [head(about.label, about.span), head(about.span), f"{kind}."]
    return [h for h in full if len(h) <= limit] or [next(h for h in short if len(h) <= limit)]


def _best(trials: Sequence[tuple[str, set[int]]], wanted: set[int]) -> tuple[str, set[int]]:
    """The fullest head beside which all that is wanted has room; else that beside which most has."""
    return next((t for t in trials if wanted <= t[1]), None) or max(trials, key=lambda t: len(t[1]))


def _inner(words: str) -> str:
    """Inside a sentence; names that are all capitals stay."""
    return words[0].lower() + words[1:] if words[:2].istitle() else words


def _kept(found: Sequence[Said], room: int) -> set[int]:
    """Places of the sentences that stand: in order of importance as long as all fit."""
    kept: set[int] = set()
    for n in sorted(range(len(found)), key=lambda n: (found[n].importance, n)):
        text = found[n].text
        if not text:
            continue
        room -= 1 + len(text)
        if room < 0:
            break
        kept.add(n)
    return kept


def _claim(context: Context, chart: Chart, said: Said, n: int) -> Claim:
    """It rests on every figure of the series it speaks of, or of the chart."""
    shown = [p.fact for s in chart.series if said.series is None or said.series is s for p in s.points if p.fact]
    facts = [context.facts.get(f) for f in dict.fromkeys((*shown, *said.facts))]
    first = context.facts.get(said.facts[0]) if said.facts else next(iter(facts), None)
    about = {k: v for k, v in first.coordinates.items() if v != TOTAL} if first and len(said.facts) == 1 else {}
    parameters = {
        **({"indicator": first.indicator} if first else {}),
        **about,
        **({"series": said.series.key} if said.series else {}),
        **{role: ",".join(codes) for role, codes in said.codes.items()},
    }
    return Claim(
        f"{chart.id}{ALTERNATIVE}#{n}", "alternative", said.outcome, parameters, tuple(dict.fromkeys(said.facts)),
        basis=tuple((f.id, f.value) for f in facts if f.value is not None), sentence=said.text.replace(NO_BREAK, " "),
    )  # fmt: skip


def _is_illustrative(context: Context, chart: Chart) -> bool:
    return any(context.facts.get(fact).illustrative for fact in _facts(chart))


def _facts(chart: Chart) -> Iterator[str]:
    return (p.fact for s in chart.series for p in s.points if p.fact)
