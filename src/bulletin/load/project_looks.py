"""Boundaries and messages of a project."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin.load.files import is_safe_name
from bulletin.load.geometry import read_geometry
from bulletin.load.project_files import ProjectFiles
from bulletin.model.concepts import MOST, ConceptColours
from bulletin.model.country import Country
from bulletin.model.finding import Place
from bulletin.model.geometry import Geometry


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


def read_project_geometry(project: ProjectFiles, country: Country) -> Geometry | None:
    if not country.geometry:
        return None
    where = Place(f"config/geo/{country.geometry}")
    if not is_safe_name(country.geometry):
        project.error("unsafe-name", where, name=country.geometry[:60])
        return None
    own = project.root / "config" / "geo" / country.geometry
    path = own if own.is_file() else project.config / "geo" / country.geometry
    if not path.is_file():
        project.error("file-missing", where)
        return None
    try:
        geometry = read_geometry(project.files.read(path), country.geometry_vintage)
    except ValueError:
        project.error("geometry-unreadable", Place(project.files.label(path)))
        return None
    return geometry


def read_messages(project: ProjectFiles) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted((project.config / "messages").glob("*.yaml")):
        tree = project.map_of(path)
        found[path.stem] = {key: str(value) for key, value in (tree or {}).items()}
    return found
