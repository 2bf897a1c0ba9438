"""The theme of an edition: a shipped one, or a country's own laid over it, checked before anything is set with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bulletin.load.files import is_safe_name, read_path
from bulletin.load.pictures import read_pictures, texts_of
from bulletin.load.project_files import ProjectFiles
from bulletin.load.schema import validated
from bulletin.load.theme_brand import with_brand
from bulletin.load.theme_colours import colour_findings
from bulletin.load.theme_print import print_findings
from bulletin.load.yaml_text import Map, Tree, parse_yaml, place
from bulletin.model.edition import Edition
from bulletin.model.finding import Finding, Place
from bulletin.model.theme import Picture, Theme
from bulletin.shipped import shipped

DEFAULT = "indico"


def read_theme(
    project: ProjectFiles, edition: Edition, own: Tree, texts: Callable[[Tree], None]
) -> tuple[Theme, Mapping[str, Picture]] | None:
    """The look and its pictures. `own`: what `theme:` of bulletin.yaml says, when it is more than a name; `texts`: asks for the
    languages that a text lacks."""
    if isinstance(own, Map):
        tree = _whole(project, own, ())
    else:
        tree = _named(project, edition.theme, Place("bulletin.yaml", column="theme"), ())
    if tree is None:
        return None
    texts(texts_of(tree))
    theme = project.checked(Theme, tree, tree.own)
    if theme is None:
        return None
    packs = {language: project.map_of(project.config / "languages" / f"{language}.yaml") for language in edition.languages}
    project.findings.extend(colour_findings(theme, tree))
    project.findings.extend(print_findings(theme, tree, shipped("config", "fonts"), packs))
    return theme, read_pictures(project, theme, tree)


def _named(project: ProjectFiles, name: str, where: Place, above: tuple[Path, ...]) -> Map | None:
    """The whole theme of a name, the project's own before the shipped one; `above`: files that are laid over it."""
    folders = (project.root / "config" / "themes", project.config / "themes")
    paths = [folder / f"{name}.yaml" for folder in folders]
    path = next((p for p in paths if p.is_file() and p not in above), None) if is_safe_name(name) else None
    tree = project.map_of(path) if path else None
    if path is None or tree is None:
        known = ", ".join(sorted({p.stem for folder in folders for p in folder.glob("*.yaml")}))
        project.error("unknown-theme", where, name=name[:60], known=known)
        return None
    return _whole(project, tree, (*above, path)) if "base" in tree else tree


def _whole(project: ProjectFiles, own: Map, above: tuple[Path, ...]) -> Map | None:
    """A theme that says only what is its own, laid over the one that it names as its base."""
    base = str(own.get("base") or DEFAULT)
    below = _named(project, base, place(own.at.get("base", own.own), "theme.base"), above)
    if below is None:
        return None
    said = Map(own.own)
    for key, value in own.items():
        if key != "base":
            said.put(key, value, own.at[key])
    return joined(below, with_brand(said, below))


def shipped_themes() -> Mapping[str, tuple[Finding, ...]]:
    """What is wrong with each theme of the program, asked of the letters of every language."""
    packs = {p.stem: _parsed(p) for p in sorted(shipped("config", "languages").glob("*.yaml"))}
    found: dict[str, tuple[Finding, ...]] = {}
    for path in sorted(shipped("config", "themes").glob("*.yaml")):
        tree = _parsed(path)
        theme, wrong = validated(Theme, tree, tree.own) if isinstance(tree, Map) else (None, ())
        if isinstance(tree, Map) and theme is not None:
            wrong = (*colour_findings(theme, tree), *print_findings(theme, tree, shipped("config", "fonts"), packs))
        found[path.stem] = tuple(wrong)
    return found


def _parsed(path: Path) -> Tree:
    return parse_yaml(read_path(path, path.name), path.name).tree


def joined(below: Map, above: Map) -> Map:
    """Token by token, however deep."""
    merged = Map(above.own)
    for key in (*below, *(k for k in above if k not in below)):
        if key not in above:
            merged.put(key, below[key], below.at[key])
            continue
        old, new = below.get(key), above[key]
        merged.put(key, joined(old, new) if isinstance(old, Map) and isinstance(new, Map) else new, above.at[key])
    return merged
