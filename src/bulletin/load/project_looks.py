"""Boundaries and messages of a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.limits import BOUNDARIES
from bulletin.load.files import is_safe_name
from bulletin.load.geometry import read_boundaries
from bulletin.load.orientation import swapped
from bulletin.load.project_files import ProjectFiles
from bulletin.model.concepts import MOST, ConceptColours
from bulletin.model.country import Country
from bulletin.model.edition import Edition
from bulletin.model.finding import Finding, Place
from bulletin.model.geometry import Geometry
from bulletin.model.indicator import Indicator, Kind
from bulletin.model.outline import Outline


def read_colours(project: ProjectFiles) -> ConceptColours:
    """A country's `config/colours.yaml` adds or changes single concepts."""
    merged: dict[str, dict[str, int]] = {}
    for tree, _ in project.both("colours"):
        found = project.checked(ConceptColours, tree, tree.own)
        for dimension, places in (found.colours if found else {}).items():
            for code, at in places.items():
                if not 1 <= at <= MOST:
                    expected = ", ".join(str(n) for n in range(1, MOST + 1))
                    project.error("config-not-allowed", Place(tree.own[0], column=code), found=str(at), expected=expected)
            merged[dimension] = {**merged.get(dimension, {}), **places}
    return ConceptColours(merged)


def read_geometries(project: ProjectFiles, edition: Edition, country: Country) -> tuple[Geometry, ...]:
    """Those of bulletin.yaml first; a file of the country's own folder stands for the shipped one of the same name."""
    found = []
    for said in ((edition.geo,) if edition.geo else ()) + country.geo:
        where = Place(f"config/geo/{said.file}")
        if not is_safe_name(said.file):
            project.error("unsafe-name", where, name=said.file[:60])
            continue
        own = project.root / "config" / "geo" / said.file
        path = own if own.is_file() else project.config / "geo" / said.file
        if not path.is_file():
            project.error("file-missing", where)
            continue
        geometry, findings = read_boundaries(
            project.files.read(path, BOUNDARIES), said, country.subdivisions, project.files.label(path)
        )
        project.findings.extend(findings)
        if geometry is not None and path == own:
            turned = _turned(project, geometry, country, project.files.label(path))
            project.findings.extend(turned)
            geometry = None if turned else geometry
        if geometry is not None:
            found.append(geometry)
    return tuple(found)


def _turned(project: ProjectFiles, geometry: Geometry, country: Country, label: str) -> tuple[Finding, ...]:
    """A country's own boundaries against those shipped for it, where there are some."""
    for said in country.geo:
        path = project.config / "geo" / said.file
        if is_safe_name(said.file) and path.is_file():
            known, _ = read_boundaries(project.files.read(path, BOUNDARIES), said, country.subdivisions, label)
            finding = swapped(geometry, known, label) if known else None
            return (finding,) if finding else ()
    return ()


def check_maps(project: ProjectFiles, outline: Outline, indicators: Sequence[Indicator]) -> None:
    """Areas shaded by counts mislead: a large and empty place looks like much."""
    kinds = {i.id: i.kind for i in indicators}
    for spec in outline.charts:
        if spec.kind == "choropleth" and kinds.get(spec.indicator) in (Kind.COUNT, Kind.AMOUNT):
            project.error("map-of-counts", Place("bulletin.yaml", column=spec.chart), chart=spec.chart, indicator=spec.indicator)


def read_messages(project: ProjectFiles) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted((project.config / "messages").glob("*.yaml")):
        tree = project.map_of(path)
        found[path.stem] = {key: str(value) for key, value in (tree or {}).items()}
    return found
