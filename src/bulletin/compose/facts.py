"""The register of published numbers: what was printed, where, in which words, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bulletin.errors import DataError
from bulletin.limits import FACTS
from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.dataset import Observation
from bulletin.model.fact import Choice, Claim, Fact, Input
from bulletin.model.finding import Finding, Severity
from bulletin.model.signs import MEANINGS


@dataclass(frozen=True)
class Told:
    """The alternative text of a chart, sentence by sentence."""

    head: str
    sentences: Mapping[int, str]
    """By their place among all that could be said, the same in every language."""
    pointer: str

    @property
    def text(self) -> str:
        return " ".join((self.head, *self.sentences.values(), self.pointer))


Lineage = Callable[[Observation], tuple[Observation, ...]]
"""From an observation to the observations as received that it rests on; itself when it was received."""


class FactBook:
    """One per build, shared by all languages, so that a fact said twice is one fact. Registering is its only change of state."""

    def __init__(self, lineage: Lineage) -> None:
        self._lineage = lineage
        self._facts: dict[str, Fact] = {}
        self._texts: dict[str, dict[str, dict[str, dict[str, None]]]] = {}
        self._places: dict[str, dict[str, dict[str, None]]] = {}
        self._claims: dict[tuple[str, str], Claim] = {}
        self._observations: dict[str, Observation] = {}
        self._behind: dict[str, tuple[Observation, ...]] = {}
        self._signs: dict[str, dict[str, Observation]] = {}
        self._meanings: set[str] = set()
        self._choices: dict[str, Choice] = {}
        self._alternatives: dict[str, dict[str, Told]] = {}

    def _check_room(self) -> None:
        if len(self._facts) >= FACTS.most:
            raise DataError([Finding(FACTS.rule, Severity.ERROR, parameters={"limit": FACTS.most})])

    def observation(self, obs: Observation) -> Fact:
        """The fact that is the observation itself; its id is the observation's key."""
        if obs.key not in self._facts:
            self._check_room()
            self._observations[obs.key] = obs
            self._behind[obs.key] = (obs,)
            self._facts[obs.key] = Fact(
                obs.key, obs.indicator, obs.coordinates, obs.period, obs.value, obs.unit, obs.statuses, obs.conf,
                obs.illustrative, "derived" if not obs.origin.file else "", self._inputs([obs]),
            )  # fmt: skip
        return self._facts[obs.key]

    def computed(self, operation: str, inputs: Sequence[Observation], value: float, unit: str, period: str = "") -> Fact:
        """A number that compose computes from observations for a sentence, a title or a key figure: growth, gap, share, count.

        Its id is `operation(key, …)`, so equal computations are one fact. Statuses are the union, without breaks, across which
        nothing is computed; illustrative if any input is.
        """
        fact_id = f"{operation}({', '.join(o.key for o in inputs)})"
        if fact_id not in self._facts:
            self._check_room()
            first = inputs[0]
            self._behind[fact_id] = tuple(inputs)
            statuses = _joined(inputs)
            conf = next((o.conf for o in inputs if o.conf is not ConfStatus.FREE), ConfStatus.FREE)
            self._facts[fact_id] = Fact(
                fact_id, first.indicator, first.coordinates, period or inputs[-1].period, value, unit, statuses, conf,
                any(o.illustrative for o in inputs), operation, self._inputs(inputs),
            )  # fmt: skip
        return self._facts[fact_id]

    def printed(self, fact: Fact, language: str, text: str, block: str) -> None:
        """Records that `text` stands for the fact in a block of the edition in `language`."""
        self._texts.setdefault(fact.id, {}).setdefault(language, {}).setdefault(text, {})[block] = None
        self._places.setdefault(fact.id, {}).setdefault(block, {})[language] = None

    def drawn(self, fact: Fact, block: str) -> None:
        """Records that a picture shows the fact without its figure."""
        self._texts.setdefault(fact.id, {})
        self._places.setdefault(fact.id, {}).setdefault(block, {})[""] = None

    def withdraw(self, language: str, block: str, printed: Iterable[tuple[str, str]], claims: Iterable[str]) -> None:
        """A block no longer prints these texts of facts, nor makes these claims: a reviewer has reworded it."""
        for claim in claims:
            self._claims.pop((language, claim), None)
        for fact, text in printed:
            texts = self._texts.get(fact, {}).get(language, {})
            texts.get(text, {}).pop(block, None)
            if text in texts and not texts[text]:
                del texts[text]
            if not any(block in blocks for blocks in texts.values()):
                places = self._places.get(fact, {})
                places.get(block, {}).pop(language, None)
                if block in places and not places[block]:
                    del places[block]

    def blank(self, obs: Observation, block: str) -> None:
        """Records that a block prints a sign in place of an observation without a value."""
        self._signs.setdefault(block, {})[obs.key] = obs

    def signed(self, meanings: Iterable[str]) -> None:
        """Records what printed signs mean."""
        self._meanings.update(meanings)

    def meanings(self) -> tuple[str, ...]:
        """Of all signs printed so far, in the order of legends."""
        return tuple(m for m in MEANINGS if m in self._meanings)

    def published(self, facts: frozenset[str], blocks: frozenset[str]) -> tuple[Observation, ...]:
        """The observations that an edition prints, as figures or as signs, by key."""
        found = {key: obs for key, obs in self._observations.items() if key in facts}
        for block in self._signs.keys() & blocks:
            found.update({key: obs for key, obs in self._signs[block].items() if key not in found})
        return tuple(found[key] for key in sorted(found))

    def behind(self, facts: Iterable[str]) -> tuple[Observation, ...]:
        """The observations that printed facts are, or are computed from, by key; never what another source says of the same figure."""
        found = {o.key: self._observations.get(o.key, o) for fact in facts for o in self._behind.get(fact, ())}
        return tuple(found[key] for key in sorted(found))

    def claim(self, language: str, claim: Claim) -> None:
        """Records what a sentence states; the same claim is made once in every language."""
        self._claims[language, claim.id] = claim

    def told(self, language: str, chart: str, alternative: Told) -> None:
        """Records what the alternative text of a chart says."""
        self._alternatives.setdefault(language, {})[chart] = alternative

    def alternatives(self, language: str) -> Mapping[str, Told]:
        """Chart id to what its alternative text says."""
        return self._alternatives.get(language, {})

    def chosen(self, result: str, chosen: bool, score: float, reasons: Mapping[str, float]) -> None:
        """Records why a candidate is a key result, or is not; the same in every language."""
        self._choices[result] = Choice(result, chosen, score, reasons)

    def choices(self) -> tuple[Choice, ...]:
        return tuple(self._choices.values())

    def facts(self) -> tuple[Fact, ...]:
        """Those that were printed or drawn, by id."""
        return tuple(self._facts[i] for i in sorted(self._texts))

    def get(self, fact_id: str) -> Fact:
        return self._facts[fact_id]

    def texts(self, fact_id: str) -> dict[str, tuple[str, ...]]:
        """Language to printed texts, in order of first appearance."""
        return {language: tuple(texts) for language, texts in sorted(self._texts.get(fact_id, {}).items()) if texts}

    def places(self, fact_id: str) -> tuple[str, ...]:
        return tuple(self._places.get(fact_id, {}))

    def claims(self) -> tuple[tuple[str, Claim], ...]:
        """Language and claim, in the order in which they were made."""
        return tuple((language, claim) for (language, _), claim in self._claims.items())

    def _inputs(self, observations: Sequence[Observation]) -> tuple[Input, ...]:
        leaves = {(leaf.key, leaf.origin): leaf for o in observations for leaf in self._lineage(o)}
        return tuple(Input(o.key, o.source, o.origin) for o in leaves.values())


def _joined(inputs: Sequence[Observation]) -> tuple[ObsStatus, ...]:
    """A break lies before an observation, so it says nothing of what is compared with later ones."""
    single = len(inputs) == 1
    found = {s for o in inputs for s in o.statuses if single or s is not ObsStatus.BREAK}
    if len(found) > 1:
        found.discard(ObsStatus.NORMAL)
    return tuple(s for s in ObsStatus if s in found) or (ObsStatus.NORMAL,)
