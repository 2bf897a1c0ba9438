"""The edition that bulletin.yaml declares, and whether the names it uses exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bulletin.errors import ConfigError
from bulletin.limits import EDITION_YEARS, PRINTED_ROWS
from bulletin.load.files import is_safe_name
from bulletin.load.lend import lend_texts
from bulletin.load.nearest import nearest
from bulletin.load.project_files import ProjectFiles
from bulletin.load.schema import Changes
from bulletin.load.texts import missing_texts
from bulletin.load.yaml_text import Map, place
from bulletin.model.country import Country
from bulletin.model.edition import Edition, SourceRef
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.period import FIRST_YEAR, LAST_YEAR

CHANGE_KEYS = ("schema", "add", "omit", "change")


def read_edition(project: ProjectFiles, languages: tuple[str, ...]) -> tuple[Edition, Map]:
    path = project.root / "bulletin.yaml"
    if not project.root.is_dir():
        raise ConfigError([Finding("no-folder", Severity.ERROR, parameters={"name": str(project.root)})])
    if not path.is_file():
        raise ConfigError(
            [Finding("no-project", Severity.ERROR, Place("bulletin.yaml"), parameters={"name": project.root.resolve().name})]
        )
    tree = project.map_of(path)
    project.stop_on_errors()
    if tree is None:
        raise ConfigError(
            [Finding("no-project", Severity.ERROR, Place("bulletin.yaml"), parameters={"name": project.root.resolve().name})]
        )
    changes, values = Map(tree.own), Map(tree.own)
    for key, value in tree.items():
        (changes if key in CHANGE_KEYS or (key == "theme" and isinstance(value, Map)) else values).put(key, value, tree.at[key])
    top = ("bulletin.yaml", 1)
    edition = project.checked(Edition, values, top)
    project.checked(Changes, without_theme(changes), top)
    project.stop_on_errors()
    assert edition is not None
    known = sorted(project.packs)
    at = place(values.at["languages"], "languages")
    for language in (*edition.languages, *languages):
        if language not in known:
            project.error("unknown-language", at, name=language, known=", ".join(known))
    if not edition.languages:
        project.error("config-wrong-length", at, count=1)
    for language in languages:
        if language in known and language not in edition.languages:
            project.error("language-not-in-edition", at, name=language, known=", ".join(edition.languages))
    for key in ("id", "theme", "outline"):
        name = str(getattr(edition, key))
        if not is_safe_name(name):
            project.error("unsafe-name", place(values.at.get(key, top), key), name=name[:60])
    if edition.years.first > edition.years.last:
        project.error("years-reversed", place(values.at["years"]), first=str(edition.years.first), last=str(edition.years.last))
    _check_years(project, edition, values)
    if not is_date(edition.release_date):
        project.error("not-a-date", place(values.at["release_date"], "release_date"), found=edition.release_date[:40])
    _check_licence(project, edition, values)
    if not 1 <= edition.longest_table <= PRINTED_ROWS.most:
        where = place(values.at["longest_table"], "longest_table")
        project.error(PRINTED_ROWS.rule, where, found=str(edition.longest_table), expected=f"1–{PRINTED_ROWS.most}")
    project.stop_on_errors()
    severity = edition.unfinished
    project.declared = edition.languages
    wanted = tuple(lang for lang in edition.languages if not languages or lang in languages)
    project.findings.extend(missing_texts(values, wanted, project.packs, severity))
    partial = [language for language in wanted if project.is_partial(language)]
    if partial:
        lend_texts(values, partial, edition.languages, project.packs)
        edition = project.checked(Edition, values, top) or edition
    return replace(edition, languages=wanted), changes


def _check_licence(project: ProjectFiles, edition: Edition, values: Map) -> None:
    """What programs read must be what they know."""
    if edition.licence is None:
        return
    where = place(values.at["licence"], "licence")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+-]*", edition.licence.name):
        project.error("licence-name", where, found=edition.licence.name[:60])
    if edition.licence.path and not re.fullmatch(r"https?://[!-~]+", edition.licence.path):
        project.error("licence-path", where, found=edition.licence.path[:60])


def _check_years(project: ProjectFiles, edition: Edition, values: Map) -> None:
    years, said = edition.years, values["years"]
    at = said.at if isinstance(said, Map) else {}
    for key, year, line in (
        ("year", edition.year, values.at["year"]),
        ("first", years.first, at.get("first", values.at["years"])),
        ("last", years.last, at.get("last", values.at["years"])),
    ):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            found = str(year) if abs(year) < 10**12 else "…"
            project.error("not-a-year", place(line, key), found=found, first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if years.last - years.first >= EDITION_YEARS.most:
        said_years = {"first": str(years.first)[:12], "last": str(years.last)[:12]}
        project.error(EDITION_YEARS.rule, place(values.at["years"], "years"), most=EDITION_YEARS.most, **said_years)


def without_theme(changes: Map) -> Map:
    """A look of the country's own is checked where it is laid over a theme."""
    kept = Map(changes.own)
    for key, value in changes.items():
        if key != "theme":
            kept.put(key, value, changes.at[key])
    return kept


def check_edition(project: ProjectFiles, edition: Edition, sources: set[str], indicators: set[str]) -> None:
    """Names in bulletin.yaml that must exist elsewhere."""
    where = Place("bulletin.yaml", column="prefer")
    for preference in edition.prefer:
        if preference.indicator not in indicators and preference.indicator != "*":
            near = nearest(preference.indicator, indicators) or "?"
            project.error("unknown-indicator", where, name=preference.indicator, nearest=near)
        for source in preference.order:
            if source not in sources:
                project.error("unknown-source", where, name=source, nearest=nearest(source, sources) or "?")
    where, said = Place("bulletin.yaml", column="disclosure"), edition.disclosure
    pairs = [name for d in said.dominance for name in (d.indicator, d.largest, d.second)]
    for name in (*said.control, *said.free, *(k.partition(".")[0] for k in said.keep), *pairs):
        if name not in indicators:
            project.error("unknown-indicator", where, name=name, nearest=nearest(name, indicators) or "?")
    where = Place("bulletin.yaml", column="denominators")
    for indicator, source in edition.denominators.items():
        if indicator not in indicators:
            project.error("unknown-indicator", where, name=indicator, nearest=nearest(indicator, indicators) or "?")
        if source not in sources:
            project.error("unknown-source", where, name=source, nearest=nearest(source, sources) or "?")


def check_collect(
    project: ProjectFiles, edition: Edition, country: Country, sources: Sequence[SourceRef], indicators: set[str]
) -> None:
    """Institutions, dates and names under `collect:`."""
    where = Place("bulletin.yaml", column="collect")
    known = {n.casefold(): n for i in country.institutions for n in (i.id, i.acronym)}
    known |= {s.institution.casefold(): s.institution for s in sources if s.institution}
    for wanted in edition.collect:
        if wanted.institution.casefold() not in known:
            near = nearest(wanted.institution, known.values()) or "?"
            project.error("unknown-institution", where, name=wanted.institution, nearest=near)
        if wanted.due and not is_date(wanted.due):
            project.error("not-a-date", where, found=wanted.due[:40])
        if wanted.source and wanted.source not in {s.id for s in sources}:
            near = nearest(wanted.source, [s.id for s in sources]) or "?"
            project.error("unknown-source", where, name=wanted.source, nearest=near)
        for name in (n for supply in wanted.supplies for n in supply.indicators):
            stem = name.removesuffix("*")
            if not any(i == name or (stem != name and i.startswith(stem)) for i in indicators):
                project.error("unknown-indicator", where, name=name, nearest=nearest(stem, indicators) or "?")


def is_date(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
