"""Reviewers' wording: `overrides/<edition>/<language>.yaml`, read strictly and tied to the paragraphs of the narrative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from bulletin.load.files import is_safe_name
from bulletin.load.nearest import nearest
from bulletin.load.yaml_text import Line, Map, parse_yaml, place
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.override import NAME, Override, Reviewed
from bulletin.model.translation import Translated

if TYPE_CHECKING:
    from bulletin.load.project_files import ProjectFiles
    from bulletin.model.edition import Edition
    from bulletin.model.outline import Outline
    from bulletin.model.project import ParagraphTemplate

    Narrative = Mapping[str, Mapping[str, tuple[ParagraphTemplate, ...]]]

OVERRIDES = "overrides"
PROPOSALS = "proposals-"
"""Begins the name of a file with the wording of an earlier edition: read by people, never printed."""
_LEDE, _TITLE = "lede", "chart."


@dataclass(frozen=True)
class _Written:
    """A paragraph, or an item of a list, that a reviewer can reword."""

    chapter: str
    template: str


def read_overrides(files: ProjectFiles, edition: Edition, narrative: Narrative, outline: Outline | None) -> tuple[Reviewed, ...]:
    """Those that count, in the order of the files; what a person has rejected is checked for its form only."""
    folder = files.root / OVERRIDES / edition.id
    if not folder.is_dir():
        return ()
    found: list[Reviewed] = []
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~"))):
        language = path.stem
        if path.suffix == ".yaml" and language in edition.languages:
            parsed = parse_yaml(files.files.read(path), files.files.label(path))
            files.findings.extend(parsed.findings)
            if isinstance(parsed.tree, Map):
                found += _File(files, language, _written(narrative.get(language, {})), _others(outline)).entries(parsed.tree)
            elif parsed.tree is not None:
                files.error("config-not-map", Place(files.files.label(path), cell="1"), found="")
        elif not (path.suffix == ".yaml" and (language in files.declared or path.name.startswith(PROPOSALS))):
            known = ", ".join(f"{name}.yaml" for name in edition.languages)
            where = Place(files.files.label(path))
            files.findings.append(Finding("override-file", Severity.WARNING, where, parameters={"known": known}))
    return tuple(found)


def with_overrides(
    units: Iterable[Translated], reviewed: Sequence[Reviewed], narrative: Narrative, languages: Sequence[str]
) -> tuple[Translated, ...]:
    """Texts as the reviewers word them; their counterparts have to follow as they follow an edit in `text/`."""
    found = {unit.id: unit for unit in units}
    for each in reviewed:
        new = each.override.action == "insert-after"
        templates = {
            language: t
            for language in languages
            for t in narrative.get(language, {}).get(each.chapter, ())
            if t.id == each.template
        }
        name = f"{each.chapter}/{each.id if each.template != _LEDE else _LEDE}"
        base = {language: "" if new else " ".join(t.text.split()) for language, t in templates.items()}
        unit = found.get(name) or Translated(name, base, {language: t.place for language, t in templates.items()})
        text = "" if each.override.action == "drop" else " ".join(each.override.text.split())
        found[name] = replace(
            unit,
            texts={**unit.texts, each.language: text},
            places={**unit.places, each.language: each.place},
            base=unit.base or base,
        )
    return tuple(found.values())


def _written(chapters: Mapping[str, tuple[ParagraphTemplate, ...]]) -> dict[str, _Written]:
    """By the id that the block has in the finished tree."""
    found: dict[str, _Written] = {}
    for chapter, templates in chapters.items():
        for template in templates:
            if template.id.startswith(_TITLE):
                continue
            if template.text.lstrip().startswith("- "):
                lines = [line.strip() for line in template.text.split("\n") if line.strip()]
                items = (n for n, line in enumerate(lines, 1) if line.startswith("- "))
                found.update({f"{template.id}.{n}": _Written(chapter, template.id) for n in items})
            else:
                name = f"{chapter}.{_LEDE}" if template.id == _LEDE else template.id
                found[name] = _Written(chapter, template.id)
    return found


def _others(outline: Outline | None) -> frozenset[str]:
    """Chapters, sections, tables, charts: their words are changed elsewhere."""
    found: set[str] = set()
    for chapter in outline.chapters if outline else ():
        found.add(chapter.chapter)
        for section in chapter.sections:
            found.add(section.id)
            found.update(str(getattr(item, fields(item)[0].name)) for item in section.items)
    return frozenset(found)


@dataclass(frozen=True)
class _File:
    files: ProjectFiles
    language: str
    written: Mapping[str, _Written]
    others: frozenset[str]

    def entries(self, tree: Map) -> Iterator[Reviewed]:
        for unknown in [k for k in tree if k not in ("schema", "blocks")]:
            self.files.error("config-unknown-key", place(tree.at[unknown]), name=unknown, nearest="blocks")
        blocks = tree.get("blocks")
        if blocks is None:
            return
        if not isinstance(blocks, Map):
            self.files.error("config-not-map", place(tree.at["blocks"]), found="")
            return
        for name, entry in blocks.items():
            override = self.files.checked(Override, entry, blocks.at[name])
            if override is None or not isinstance(entry, Map) or override.state == "rejected":
                continue
            self._check_text(override, entry, blocks.at[name])
            found = self._tied(name, override, blocks.at[name])
            if found is not None:
                yield found

    def _tied(self, name: str, override: Override, line: Line) -> Reviewed | None:
        target = (override.after or name) if override.action == "insert-after" else name
        written = self.written.get(target)
        title = target in self.others or target.startswith(_TITLE)
        if written is None and not title:
            near = nearest(target, self.written) or "–"
            self.files.error("override-unknown-block", place(line), name=target, nearest=near)
        elif written is None or (override.action == "insert-after" and written.template == _LEDE):
            self.files.error("override-not-text", place(line), name=target)
        if written is None:
            return None
        block = target
        if override.action == "insert-after":
            block = name if override.after else f"{name}.added"
            if block in self.written or block in self.others:
                self.files.error("repeated-id", place(line), name=block, first="text/")
            elif not is_safe_name(block):
                self.files.error("unsafe-name", place(line), name=block[:60])
        return Reviewed(block, target, self.language, written.chapter, written.template, override, place(line))

    def _check_text(self, override: Override, entry: Map, line: Line) -> None:
        if override.action == "drop":
            return
        where = place(entry.at.get("text", line), "text")
        if not override.text.strip():
            self.files.error("override-empty", where, action=override.action)
        names = NAME.findall(override.text)
        rest = NAME.sub("", override.text)
        template = next((mark for mark in ("{{", "{%") if mark in override.text), "")
        stray = template or next((mark for mark in "{}" if mark in rest), "")
        if stray:
            self.files.error("override-braces", where, found=stray)
            return
        for name in dict.fromkeys(n for n in names if n not in override.placeholders):
            near = nearest(name, override.placeholders) or ", ".join(override.placeholders) or "–"
            self.files.error("override-unmapped", where, name=name, nearest=near)
        placeholders = entry.get("placeholders")
        for name in override.placeholders:
            if name not in names:
                at = placeholders.at[name] if isinstance(placeholders, Map) else line
                self.files.error("override-unused", place(at, f"placeholders.{name}"), name=name)
