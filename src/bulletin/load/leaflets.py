"""The leaflets that an edition comes with, and the outline that it is composed from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from bulletin.load.project_files import ProjectFiles
from bulletin.load.yaml_text import Map
from bulletin.model.edition import Edition
from bulletin.model.finding import Place
from bulletin.model.leaflet import LeafletSpec


def read_leaflets(
    project: ProjectFiles, edition: Edition, texts: Any, asked: str
) -> tuple[Edition, tuple[LeafletSpec, ...], bool]:
    """The edition with the outline that its chapters are read from, its leaflets, and whether it consists of them alone: where
    `asked`, or else its outline, is a leaflet. `asked`: outline that is wanted this time; another one than a leaflet is wanted without
    leaflets."""
    wanted = asked or edition.outline
    own = _leaflet(project, wanted)
    if own is not None:
        found = _checked(project, own, texts)
        base = edition.outline if asked and asked != edition.outline else found.of if found else "standard"
        return replace(edition, outline=base), (found,) if found else (), True
    if asked:
        return replace(edition, outline=asked), (), False
    specs = []
    for name in edition.also:
        tree = _leaflet(project, name)
        if tree is None:
            project.error(
                "unknown-leaflet", Place("bulletin.yaml", column="also"), name=name[:60], known=", ".join(_known(project))
            )
        elif spec := _checked(project, tree, texts):
            specs.append(spec)
    return edition, tuple(specs), False


def _checked(project: ProjectFiles, tree: Map, texts: Any) -> LeafletSpec | None:
    texts(tree)
    return project.checked(LeafletSpec, tree, tree.own)


def _leaflet(project: ProjectFiles, name: str) -> Map | None:
    """Its tree; None where the outline of that name is none. The country's own counts."""
    for folder in _folders(project):
        for path in sorted((folder / name).glob("*.yaml")) if name and (folder / name).parent == folder else ():
            tree = project.map_of(path)
            if tree is not None and "leaflet" in tree:
                return tree
    return None


def _known(project: ProjectFiles) -> list[str]:
    names = {path.name for folder in _folders(project) for path in folder.glob("*") if path.is_dir()}
    return sorted(name for name in names if _leaflet(project, name) is not None)


def _folders(project: ProjectFiles) -> tuple[Path, Path]:
    return project.root / "config" / "outlines", project.config / "outlines"
