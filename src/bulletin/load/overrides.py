"""Reviewers' wording: `overrides/<edition>/<language>.yaml`, read strictly and tied to the blocks of the edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bulletin.load.files import is_safe_name
from bulletin.load.nearest import nearest
from bulletin.load.rewordable import LEDE, Blocks, Rewordable, blocks_of
from bulletin.load.schema import validated
from bulletin.load.yaml_text import Line, Map, Seq, Tree, parse_yaml, place
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.override import Override, Placeholder, Reviewed, part_id, parts_of, pieces_of
from bulletin.model.translation import Translated

if TYPE_CHECKING:
    from bulletin.load.project_files import ProjectFiles
    from bulletin.model.edition import Edition
    from bulletin.model.outline import Outline
    from bulletin.model.project import ParagraphTemplate, Project

    Narrative = Mapping[str, Mapping[str, tuple[ParagraphTemplate, ...]]]

OVERRIDES = "overrides"
PROPOSALS = "proposals-"
"""Begins the name of a file with the wording of an earlier edition: read by people, never printed."""


def read_overrides(files: ProjectFiles, edition: Edition, narrative: Narrative, outline: Outline | None) -> tuple[Reviewed, ...]:
    """Those that count, in the order of the files; what a person has rejected is checked for its form only."""
    folder = files.root / OVERRIDES / edition.id
    if not folder.is_dir():
        return ()
    found: list[Reviewed] = []
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~"))):
        language = path.stem
        if path.suffix == ".yaml" and language in edition.languages:
            label = files.files.label(path)
            read, findings = override_entries(files.files.read(path), label)
            files.findings.extend(findings)
            found += _File(files, language, blocks_of(narrative.get(language, {}), outline), read).reviewed()
        elif not (path.suffix == ".yaml" and (language in files.declared or path.name.startswith(PROPOSALS))):
            known = ", ".join(f"{name}.yaml" for name in edition.languages)
            where = Place(files.files.label(path))
            files.findings.append(Finding("override-file", Severity.WARNING, where, parameters={"known": known}))
    return tuple(found)


@dataclass(frozen=True)
class Entry:
    override: Override
    tree: Map
    line: Line


def override_entries(content: bytes, file: str) -> tuple[Mapping[str, Entry], tuple[Finding, ...]]:
    """By id of the block, in the order of the file, rejected ones included; findings are faults of form."""
    parsed = parse_yaml(content, file)
    findings = list(parsed.findings)

    def fault(rule: str, at: Place, **said: str) -> None:
        findings.append(Finding(rule, Severity.ERROR, at, parameters=said))

    if not isinstance(parsed.tree, Map):
        if parsed.tree is not None:
            fault("config-not-map", Place(file, cell="1"), found="")
        return {}, tuple(findings)
    for unknown in [k for k in parsed.tree if k not in ("schema", "blocks")]:
        fault("config-unknown-key", place(parsed.tree.at[unknown]), name=unknown, nearest="blocks")
    blocks = parsed.tree.get("blocks")
    if not isinstance(blocks, Map):
        if blocks is not None:
            fault("config-not-map", place(parsed.tree.at["blocks"]), found="")
        return {}, tuple(findings)
    found: dict[str, Entry] = {}
    for name, tree in blocks.items():
        override, wrong = validated(Override, tree, blocks.at[name])
        findings += wrong
        if override is not None and isinstance(tree, Map):
            found[name] = Entry(override, tree, blocks.at[name])
            findings += _faults_of_text(found[name]) if override.state != "rejected" else ()
    return found, tuple(findings)


def refused_entries(content: bytes, file: str, project: Project) -> Mapping[str, Finding]:
    """Entries of a file, not yet written, with which the project could not be read, each with the first reason."""
    from bulletin.load.project_files import ProjectFiles

    language = file.rpartition("/")[2].removesuffix(".yaml")
    entries, form = override_entries(content, file)
    files = ProjectFiles(project.root)
    tuple(_File(files, language, blocks_of(project.narrative.get(language, {}), project.outline), entries).reviewed())
    found: dict[str, Finding] = {}
    starts = sorted((entry.line[1], name) for name, entry in entries.items())
    for finding in (f for f in (*form, *files.findings) if f.severity is Severity.ERROR and f.place.cell.isdecimal()):
        name = next((n for line, n in reversed(starts) if line <= int(finding.place.cell)), "")
        found.setdefault(name, finding)
    return found


def with_overrides(
    units: Iterable[Translated],
    reviewed: Sequence[Reviewed],
    narrative: Narrative,
    outline: Outline,
    languages: Sequence[str],
) -> tuple[Translated, ...]:
    """Texts as the reviewers word them; their counterparts have to follow as they follow an edit in `text/`."""
    found = {unit.id: unit for unit in units}
    blocks = {language: blocks_of(narrative.get(language, {}), outline) for language in languages}
    for each in reviewed:
        if each.override.action == "move-after" and not each.override.text.strip():
            continue
        name, base, places = _source(each, narrative, blocks)
        unit = found.get(name) or Translated(name, base, places)
        text = "" if each.override.action in ("drop", "merge") else " ".join(each.override.text.split())
        found[name] = replace(
            unit,
            texts={**unit.texts, each.language: text},
            places={**unit.places, each.language: each.place},
            base=unit.base or base,
        )
    return tuple(found.values())


def _source(
    each: Reviewed, narrative: Narrative, blocks: Mapping[str, Blocks]
) -> tuple[str, Mapping[str, str], Mapping[str, Place]]:
    """The name of a text, and what texts and configuration say in each language."""
    new = each.override.action == "insert-after"
    templates = {
        language: t for language in blocks for t in narrative.get(language, {}).get(each.chapter, ()) if t.id == each.template
    }
    named = each.template == LEDE or (each.kind == "title" and bool(templates))
    name = f"{each.chapter}/{each.template if named and not new else each.id}"
    if templates:
        base = {language: "" if new else " ".join(t.text.split()) for language, t in templates.items()}
        return name, base, {language: t.place for language, t in templates.items()}
    base = {}
    for language, known in blocks.items():
        found = known.get(each.target)
        # The words of a note are known only when the bulletin is composed: its name stands for them.
        base[language] = "" if new else (found.texts.get(language, "") if found else "") or each.target
    return name, base, {}


@dataclass(frozen=True)
class _File:
    files: ProjectFiles
    language: str
    blocks: Blocks
    entries: Mapping[str, Entry]

    def reviewed(self) -> Iterator[Reviewed]:
        for name, entry in self.entries.items():
            if entry.override.state != "rejected":
                found = self._tied(name, entry)
                if found is not None:
                    yield found

    def _tied(self, name: str, entry: Entry) -> Reviewed | None:
        override, where = entry.override, place(entry.line)
        if override.action == "insert-after":
            return self._inserted(name, entry)
        block = self.blocks.get(name)
        if block is None:
            if self._fixed(name):
                self.files.error("override-not-text", where, name=name)
            else:
                self._unknown(name, where)
            return None
        faults = len(self.files.findings)
        if override.action not in _ACTIONS[block.kind]:
            said = {"name": name, "action": override.action, "known": ", ".join(_ACTIONS[block.kind])}
            self.files.error("override-action", where, **said)
        elif block.kind in ("title", "heading") and len(parts_of(override.text)) > 1:
            self.files.error("override-one-line", place(entry.tree.at.get("text", entry.line), "text"), name=name)
        elif override.action == "move-after":
            self._check_anchor(name, entry)
        elif override.action == "merge":
            into = self.entries.get(override.into)
            if into is None or into.override.action not in ("replace", "move-after") or override.into == name:
                self.files.error("override-into", where, name=name, into=override.into or "–")
        if len(self.files.findings) > faults:
            return None
        return Reviewed(
            name, name, self.language, block.chapter, block.template, override, where, kind=block.kind, required=block.required
        )

    def _inserted(self, name: str, entry: Entry) -> Reviewed | None:
        override, where = entry.override, place(entry.line)
        target = override.after or name
        block = name if override.after else f"{name}.added"
        chapter = self._chapter(target)
        if chapter is None:
            self._unknown(target, where)
            return None
        if self.blocks.chapter_of(block) is not None:
            self.files.error("repeated-id", where, name=block, first="text/")
        elif not is_safe_name(block):
            self.files.error("unsafe-name", where, name=block[:60])
        known = self.blocks.get(target)
        return Reviewed(block, target, self.language, chapter, known.template if known else target, override, where)

    def _check_anchor(self, name: str, entry: Entry) -> None:
        after, where = entry.override.after, place(entry.line)
        if not after or after == name:
            self.files.error("override-after", where, name=name)
        elif self._chapter(after) is None:
            self._unknown(after, where)

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """The paragraphs of blocks that are split here, to their blocks."""
        said = ((name, len(parts_of(entry.override.text))) for name, entry in self.entries.items())
        return {part_id(name, n): name for name, number in said for n in range(2, number + 1)}

    @cached_property
    def _chapters(self) -> dict[str, str | None]:
        """What was found before: new paragraphs that stand one after the other form long chains."""
        return {}

    def _chapter(self, block: str) -> str | None:
        """Of a block of the edition, a new one of this file, or a part of one that is split here."""
        passed: dict[str, None] = {}
        at = block
        while (known := self.blocks.chapter_of(at) or self._chapters.get(at)) is None and at not in passed:
            passed[at] = None
            entry = self.entries.get(at)
            whole, _, number = at.rpartition(".")
            if entry is not None and entry.override.action == "insert-after":
                at = entry.override.after
            elif at in self._parts:
                at = self._parts[at]
            elif number.isdigit() and whole in self.entries:
                at = whole
            else:
                break
        self._chapters.update(dict.fromkeys(passed, known))
        return known

    def _fixed(self, name: str) -> bool:
        """Blocks whose words are changed elsewhere."""
        exhibit, _, part = name.rpartition(".")
        return name in self.blocks.others or (part in ("source", "signs") and self.blocks.get(exhibit) is not None)

    def _unknown(self, name: str, where: Place) -> None:
        near = nearest(name, self.blocks.rewordable) or "–"
        self.files.error("override-unknown-block", where, name=name, nearest=near)


_ACTIONS: Mapping[str, tuple[str, ...]] = {
    "text": ("replace", "drop", "move-after", "merge"),
    "item": ("replace", "drop", "move-after", "merge"),
    "note": ("replace", "drop"),
    "title": ("replace",),
    "heading": ("replace",),
}


@dataclass
class _Text:
    """A wording with its placeholders, and where it stands."""

    text: str
    placeholders: Mapping[str, str | Placeholder]
    tree: Map
    line: Line
    column: str = ""
    findings: list[Finding] = field(default_factory=list)

    def fault(self, rule: str, at: Place, **said: str) -> None:
        self.findings.append(Finding(rule, Severity.ERROR, at, parameters=said))

    def check(self) -> list[Finding]:
        where = place(self.tree.at.get("text", self.line), f"{self.column}text")
        pieces = list(pieces_of(self.text))
        stray = next((said for kind, said in pieces if kind == "stray"), "")
        if stray:
            shown = next((mark for mark in ("{%", "%}") if mark in self.text), stray)
            self.fault("override-braces", where, found=shown)
            return self.findings
        names = dict.fromkeys(said for kind, said in pieces if kind == "name")
        for name in (n for n in names if n not in self.placeholders):
            near = nearest(name, self.placeholders) or ", ".join(self.placeholders) or "–"
            self.fault("override-unmapped", where, name=name, nearest=near)
        tree = self.tree.get("placeholders")
        for name in (n for n in self.placeholders if n not in names):
            at = tree.at[name] if isinstance(tree, Map) else self.line
            self.fault("override-unused", place(at, f"{self.column}placeholders.{name}"), name=name)
        return self.findings


def _faults_of_text(entry: Entry) -> Iterator[Finding]:
    override, tree, line = entry.override, entry.tree, entry.line
    if override.action in ("drop", "merge"):
        return
    waits = override.action == "replace" and override.state == "needs-decision" and override.alternatives
    optional = override.action == "move-after" or waits
    if not override.text.strip() and not optional:
        where = place(tree.at.get("text", line), "text")
        yield Finding("override-empty", Severity.ERROR, where, parameters={"action": override.action})
    yield from _Text(override.text, override.placeholders, tree, line).check()
    others: Tree = tree.get("alternatives")
    for n, other in enumerate(override.alternatives, 1):
        inner = others[n - 1] if isinstance(others, Seq) else None
        if isinstance(inner, Map):
            yield from _Text(other.text, other.placeholders, inner, line, f"alternatives[{n}].").check()


__all__ = [
    "OVERRIDES",
    "PROPOSALS",
    "Entry",
    "Rewordable",
    "override_entries",
    "read_overrides",
    "refused_entries",
    "with_overrides",
]
