"""Gathers what the open data of an edition are made of: what it prints, and nothing else that was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from bulletin.document.open_data import Listed, OpenData, Place
from bulletin.document.workbook import Sign
from bulletin.model.codes import DIMENSIONS, ConfStatus, ObsStatus
from bulletin.model.dataset import Observation
from bulletin.model.fact import Fact
from bulletin.model.project import Project
from bulletin.model.signs import FOLLOWS, STANDS_FOR
from bulletin.model.text import LocalText
from bulletin.pipeline import records
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.prepare import Prepared
from bulletin.shipped import shipped

FACTS, SCHEMA = "facts.json", "facts.schema.json"


def open_data(prepared: Prepared, composed: Composed, signs: Mapping[str, tuple[Sign, ...]]) -> OpenData:
    project, (known, blocks) = prepared.project, composed.published()
    observations = composed.facts.published(known, blocks)
    facts = [f for f in composed.facts.facts() if f.id in known]
    schema = shipped("config", "published", SCHEMA).read_bytes()
    return OpenData(
        tuple(composed.documents.values()),
        signs,
        observations,
        {f.id: _place(f) for f in facts},
        {o.indicator: project.catalogue[o.indicator].decimals for o in observations if o.indicator in project.catalogue},
        tuple(_lists(project, tuple(composed.documents), observations, facts)),
        f"SPB:{project.edition.country}(1.0)",
        project.catalogue,
        {FACTS: records.facts(prepared, composed.facts, known, blocks), SCHEMA: schema},
        project.edition.licence,
    )


def _place(fact: Fact) -> Place:
    return Place(fact.indicator, tuple(fact.coordinates.get(d, "") for d in DIMENSIONS), fact.period, fact.unit, fact.operation)


def _lists(
    project: Project, languages: tuple[str, ...], observations: tuple[Observation, ...], facts: Iterable[Fact]
) -> Iterator[Listed]:
    """Of every coded column, with the codes that are used, in the order in which tables print them."""
    items = [(o.indicator, o.coordinates, o.unit) for o in observations]
    items += [(f.indicator, f.coordinates, f.unit) for f in facts]
    words = {language: project.locales[language].words for language in languages}

    def word(key: str) -> LocalText:
        return {language: words[language][key] for language in languages}

    def kept(text: LocalText | None, code: str) -> LocalText:
        return {language: (text or {}).get(language) or code for language in languages}

    def sign(meaning: str) -> LocalText:
        return {language: project.locales[language].sign_names[meaning] for language in languages}

    def ordered(used: set[str], names: Mapping[str, LocalText]) -> tuple[tuple[str, LocalText], ...]:
        rest = sorted(used - names.keys())
        return tuple((code, kept(names.get(code), code)) for code in (*(c for c in names if c in used), *rest) if code)

    yield Listed("freq", word("data_frequency"), tuple((code, word(f"data_freq_{code}")) for code in "ASQM"))
    yield Listed(
        "indicator", word("indicator"), ordered({i for i, _, _ in items}, {i.id: i.label for i in project.catalogue.values()})
    )
    for dimension in DIMENSIONS:
        used = {where.get(dimension, "") for _, where, _ in items}
        listed = project.codelists.get(dimension)
        names = {c.id: c.label for c in listed.codes} if listed else {}
        label = word("data_area") if dimension == "ref_area" else kept(listed.label, dimension) if listed else word("code")
        yield Listed(dimension, label, ordered(used, names))
    units = project.codelists.get("unit")
    yield Listed(
        "unit_measure", word("unit"), ordered({u for _, _, u in items}, {c.id: c.label for c in units.codes} if units else {})
    )
    yield Listed("obs_status", word("data_status"), tuple((s.value, _status(s, sign, word)) for s in ObsStatus))
    free, hidden = ConfStatus.FREE.value, ConfStatus.CONFIDENTIAL.value
    yield Listed("conf_status", word("data_conf"), ((free, word("data_free")), (hidden, sign("confidential"))))
    used_sources = {o.source for o in observations}
    yield Listed("source", word("source"), ordered(used_sources, {s.id: s.full for s in project.sources.values()}))


Said = Callable[[str], LocalText]


def _status(status: ObsStatus, sign: Said, word: Said) -> LocalText:
    meaning = FOLLOWS.get(status) or STANDS_FOR.get(status)
    return sign(meaning) if meaning else word("form_status_A")
