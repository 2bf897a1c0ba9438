"""A project folder and the shipped configuration become one validated Project; all faults come together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bulletin.load.errata import read_erratum
from bulletin.load.leaflets import read_leaflets
from bulletin.load.lend import lend_texts
from bulletin.load.other_norm import other_norm
from bulletin.load.overrides import read_overrides, with_overrides
from bulletin.load.project_country import read_codelists, read_country, read_locales, read_signs, read_spelling
from bulletin.load.project_edition import check_collect, check_edition, read_edition
from bulletin.load.project_files import ProjectFiles
from bulletin.load.project_looks import check_maps, read_colours, read_geometries, read_messages
from bulletin.load.project_narration import read_narration
from bulletin.load.project_outline import read_narrative, read_outline, read_patterns
from bulletin.load.project_rules import read_rules
from bulletin.load.schema import unique
from bulletin.load.texts import grouped, missing_texts
from bulletin.load.theme import read_theme
from bulletin.load.translated import of_narrative, once, own_texts
from bulletin.load.yaml_text import Map, Tree
from bulletin.model.country import Country
from bulletin.model.edition import Edition, SourceRef
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.glossary import Term
from bulletin.model.indicator import Indicator
from bulletin.model.metadata import MetadataItem, is_said
from bulletin.model.project import Project


def load_project(
    root: Path, languages: Sequence[str] | None = None, *, program: Path | None = None, outline: str = ""
) -> tuple[Project, tuple[Finding, ...]]:
    """The project and its warnings; raises ConfigError with every finding when one is an error.

    `languages` restricts the edition to some of its languages, so that nothing is asked of the others. `program` is the folder
    that holds the shipped `config/` and `bulletin_templates/`. `outline`: in place of the edition's own, as for a leaflet alone.
    """
    return _project(ProjectFiles(root, program), tuple(languages or ()), outline)


def _project(files: ProjectFiles, languages: tuple[str, ...], asked: str) -> tuple[Project, tuple[Finding, ...]]:
    edition, changes = read_edition(files, languages)
    files.languages = edition.languages
    files.partial = tuple(language for language in edition.languages if files.is_partial(language))
    country, country_tree = read_country(files, edition)
    files.spelling = read_spelling(files, edition, country)
    if files.spelling:
        country, country_tree = read_country(files, edition)
    severity = edition.unfinished

    def texts(tree: Tree, within: str = "") -> None:
        files.findings.extend(missing_texts(tree, edition.languages, files.packs, severity, within=within))
        lend_texts(tree, files.partial, edition.languages, files.packs)

    texts(country_tree)
    if files.partial and isinstance(country_tree, Map):
        country = files.checked(Country, country_tree, country_tree.own) or country
    signs, spelt = read_signs(files, edition, country, texts)
    locales = read_locales(files, edition, country, signs, edition.languages)
    lenders = {language: files.lender(language) for language in files.partial}
    lending = read_locales(files, edition, country, signs, tuple(lenders.values()))
    indicators = files.entries("indicators", "indicators", Indicator, texts)
    codelists = read_codelists(files, country, texts)
    glossary = files.entries("glossary", "terms", Term, texts)
    sources = files.entries("sources", "sources", SourceRef, texts)
    metadata = files.entries("metadata", "items", MetadataItem, texts)
    rules = read_rules(files, texts)
    narration = read_narration(files, edition.languages)
    composed_from, leaflets, alone = read_leaflets(files, edition, texts, asked)
    named = {i.id for i in indicators} | files.refused.get("indicators", set())
    outline = read_outline(files, composed_from, changes, texts, named)
    look = read_theme(files, edition, changes.get("theme"), texts)
    colours = read_colours(files)
    files.check_translations()
    narrative = read_narrative(files, edition, outline, severity) if outline is not None else {}
    overrides = read_overrides(files, edition, narrative, outline)
    files.findings = grouped(files.findings, files.reviews)
    files.stop_on_errors()
    assert outline is not None
    assert look is not None
    patterns = {language: read_patterns(files, language) for language in (*edition.languages, *lenders.values())}
    geometries = read_geometries(files, edition, country)
    messages = read_messages(files)
    check_maps(files, outline, indicators)
    check_edition(files, edition, {s.id for s in sources}, named)
    check_collect(files, edition, country, sources, named)
    erratum = read_erratum(files, edition)
    translated = once((*files.translated, *of_narrative(narrative)))
    norm = files.map_of(files.config / "orthography.yaml")
    files.findings.extend(other_norm(own_texts(translated, narrative), norm, country.orthography))
    files.stop_on_errors()
    project = Project(
        root=files.root,
        edition=replace(edition, id=erratum.id) if erratum else edition,
        erratum=erratum,
        country=country,
        catalogue={i.id: i for i in indicators},
        codelists=codelists,
        outline=outline,
        leaflets=leaflets,
        alone=alone,
        locales=locales,
        narrative=narrative,
        patterns=patterns,
        sources={s.id: s for s in sources},
        glossary=tuple(t for t in glossary if not t.countries or country.code in t.countries),
        theme=look[0],
        pictures=look[1],
        colours=colours,
        geometries=geometries,
        messages=messages,
        inputs=files.files.inputs,
        rules={r.id: r for r in rules},
        metadata=tuple(metadata),
        narration=narration,
        lenders={language: lending[lender] for language, lender in lenders.items()},
        translated=with_overrides(translated, overrides, narrative, outline, edition.languages),
        overrides=overrides,
        spelt=spelt,
    )
    return project, unique([*files.findings, *_unsaid(metadata, edition)])


def _unsaid(metadata: Sequence[MetadataItem], edition: Edition) -> list[Finding]:
    """One note for all headings of the reference metadata under which nothing has been said."""
    unsaid = [item.id for item in metadata if not is_said(item, edition)]
    said: dict[str, str | int | float] = {"count": len(unsaid), "items": ", ".join(unsaid)}
    return [Finding("metadata-missing", Severity.INFO, Place("config/metadata.yaml"), "", said)] if unsaid else []
