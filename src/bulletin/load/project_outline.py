"""The outline with the country's changes, and the prose of its chapters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bulletin.limits import TEXT_FILE
from bulletin.load.narrative import laid_over_paragraphs, paragraphs
from bulletin.load.nearest import nearest
from bulletin.load.orthography import respelt_template
from bulletin.load.outline_changes import apply_changes, repeated_ids
from bulletin.load.outline_names import unknown_names
from bulletin.load.project_files import ProjectFiles
from bulletin.load.schema import OutlineHead
from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.edition import Edition
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.outline import BoxSpec, ChapterSpec, Outline, TextSpec
from bulletin.model.project import ParagraphTemplate

LEDE = "lede"
"""Id of the opening sentence, which every chapter may have."""


def read_outline(
    project: ProjectFiles, edition: Edition, changes: Map, texts: Any, indicators: Collection[str]
) -> Outline | None:
    folder = project.config / "outlines" / edition.outline
    own = project.root / "config" / "outlines" / edition.outline
    if own.is_dir():
        folder = own
    paths = sorted(folder.glob("*.yaml"))
    known = sorted(p.name for p in (project.config / "outlines").glob("*") if p.is_dir())
    if not paths:
        project.error("unknown-outline", Place("bulletin.yaml", column="outline"), name=edition.outline, known=", ".join(known))
        return None
    head: OutlineHead | None = None
    chapters: dict[str, tuple[Tree, Line]] = {}
    for path in paths:
        tree = project.map_of(path)
        if tree is None:
            continue
        if "order" in tree:
            texts(tree)
            head = project.checked(OutlineHead, tree, tree.own)
        else:
            chapters[str(tree.get("chapter"))] = (tree, tree.own)
    if head is None:
        project.stop_on_errors()
        project.error("outline-without-order", Place(project.files.label(folder)))
        return None
    ordered = Seq(("bulletin.yaml", 1))
    for name in head.order:
        if name in chapters:
            ordered.put(*chapters.pop(name))
        else:
            where = Place(project.files.label(folder), column="order")
            project.error("unknown-id", where, name=name, nearest=nearest(name, chapters) or "?")
    for name, (_, line) in chapters.items():
        project.findings.append(Finding("chapter-not-in-order", Severity.WARNING, place(line), parameters={"name": name}))
    project.findings.extend(apply_changes(ordered, changes))
    project.findings.extend(repeated_ids(ordered))
    project.findings.extend(unknown_names(ordered, indicators))
    for chapter in ordered:
        texts(chapter, str(chapter.get("chapter")) if isinstance(chapter, Map) else "")
    specs = [project.checked(ChapterSpec, chapter, line) for chapter, line in zip(ordered, ordered.at, strict=True)]
    return Outline(
        head.id,
        edition.title or head.title,
        edition.subtitle or head.subtitle,
        tuple(s for s in specs if s is not None),
    )


def read_narrative(
    project: ProjectFiles, edition: Edition, outline: Outline, severity: Severity
) -> Mapping[str, Mapping[str, tuple[ParagraphTemplate, ...]]]:
    texts: dict[str, dict[str, tuple[ParagraphTemplate, ...]]] = {lang: {} for lang in edition.languages}
    ids = {c.chapter for c in outline.chapters}
    for language in edition.languages:
        for chapter in outline.chapters:
            own_path = project.root / "text" / language / f"{chapter.chapter}.md"
            below = paragraphs_of(project, project.templates / language / f"{chapter.chapter}.md", own=False)
            texts[language][chapter.chapter] = laid_over_paragraphs(
                below, paragraphs_of(project, own_path, own=True, waiting=severity)
            )
        for path in sorted((project.root / "text" / language).glob("*.md")):
            if path.stem not in ids:
                where = Place(project.files.label(path))
                project.error("unknown-chapter-text", where, name=path.stem, nearest=nearest(path.stem, ids) or "?")
    for chapter in outline.chapters:
        per = {language: texts[language][chapter.chapter] for language in edition.languages}
        everything = {p.id: p for paragraphs_ in per.values() for p in paragraphs_}
        wants_text = any(isinstance(i, TextSpec | BoxSpec) for s in chapter.sections for i in s.items)
        if not everything and wants_text:
            where = Place(f"text/{edition.languages[0]}/{chapter.chapter}.md")
            project.findings.append(
                Finding(
                    "missing-narrative", Severity.WARNING, where, key=chapter.chapter, parameters={"chapter": chapter.chapter}
                )
            )
        for language, paragraphs_ in per.items():
            have = {p.id for p in paragraphs_}
            for name, paragraph in everything.items():
                if name not in have:
                    project.findings.append(
                        Finding(
                            "missing-paragraph",
                            severity,
                            paragraph.place,
                            key=f"{chapter.chapter}/{name}@{language}",
                            parameters={"language": language, "name": name, "file": f"text/{language}/{chapter.chapter}.md"},
                        )
                    )
    for chapters in texts.values():
        project.findings.extend(_repeated_paragraphs(chapters))
    for language in project.partial:
        lender = project.lender(language)
        if lender not in texts:
            texts[lender] = {}
            for chapter in outline.chapters:
                path = project.templates / lender / f"{chapter.chapter}.md"
                texts[lender][chapter.chapter] = paragraphs_of(project, path, own=False)
        for chapter in outline.chapters:
            own = {p.id: p for p in texts[language][chapter.chapter]}
            theirs = {p.id: replace(p, language=lender) for p in texts[lender][chapter.chapter]}
            texts[language][chapter.chapter] = tuple((theirs | own).values())
    return texts


def _repeated_paragraphs(chapters: Mapping[str, tuple[ParagraphTemplate, ...]]) -> Iterator[Finding]:
    """An id names one paragraph of the whole edition: reviewers' wording, traces and sealed editions find it by that. Every chapter
    may have its own `lede`."""
    seen: dict[str, ParagraphTemplate] = {}
    for paragraphs_ in chapters.values():
        for paragraph in paragraphs_:
            first = seen.setdefault(paragraph.id, paragraph)
            if first is not paragraph and paragraph.id != LEDE:
                yield Finding(
                    "repeated-id", Severity.ERROR, paragraph.place, parameters={"name": paragraph.id, "first": str(first.place)}
                )


def paragraphs_of(
    project: ProjectFiles, path: Path, *, own: bool, waiting: Severity = Severity.ERROR
) -> tuple[ParagraphTemplate, ...]:
    """`waiting`: how grave it is that a paragraph of an earlier edition has not been confirmed."""
    if not path.is_file():
        return ()
    found, findings = paragraphs(
        project.files.read(path, TEXT_FILE), project.files.label(path), own=own, spell=project.spelling.get(path.parent.name)
    )
    project.findings.extend(findings)
    carried = [p for p in found if p.unconfirmed]
    if carried:
        key = f"{path.stem}@{path.parent.name}"
        parameters: dict[str, Parameter] = {"count": len(carried), "first": carried[0].id, "edition": carried[0].unconfirmed}
        project.findings.append(Finding("text-unconfirmed", waiting, carried[0].place, key, parameters))
    return found


def read_patterns(project: ProjectFiles, language: str) -> str:
    path = project.templates / language / "patterns.md.j2"
    if not path.is_file():
        return ""
    text = project.files.read(path).decode("utf-8")
    return respelt_template(text, project.spelling.get(language))
