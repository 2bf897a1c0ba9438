"""`bulletin compare`: what changed from one edition to another, in figures and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin.archive.compare import compare as compare_figures
from bulletin.archive.erratum import issue_number
from bulletin.archive.wording import Rewording, reworded
from bulletin.document.serial import Json, tree
from bulletin.document.wording import wording_of
from bulletin.errors import ConfigError
from bulletin.load.archive import is_edition, read_edition
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.quality import Amendment, Revision
from bulletin.model.sealed import Sealed
from bulletin.model.text import MESSAGES
from bulletin.pipeline import records
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import Progress


@dataclass(frozen=True)
class Comparison:
    old: Sealed
    new: Sealed
    revisions: tuple[Revision, ...]
    rewordings: tuple[Rewording, ...]

    @property
    def is_backwards(self) -> bool:
        """The later one was named first."""
        old, new = ((s.year, s.release_date, issue_number(s.id) if s.corrects else 0) for s in (self.old, self.new))
        return old > new

    def of(self, kind: Amendment) -> tuple[Revision, ...]:
        return tuple(r for r in self.revisions if r.kind is kind)


def compare(old: Path, new: Path, progress: Progress) -> Comparison:
    """Each a project, a folder of `editions/` or an output folder. Raises ConfigError when one is none of them."""
    before, after = _edition(old, progress), _edition(new, progress)
    corrects = before.base == after.base
    reasons = (*after.put_right, *after.reasons) if corrects else (*after.reasons, *after.put_right)
    revisions = compare_figures(before.figures, after.figures, reasons, after.first, after.last)
    languages = [language for language in after.wording if language in before.wording]
    rewordings = tuple(r for lang in languages for r in reworded(lang, before.wording[lang], after.wording[lang]))
    return Comparison(before, after, revisions, rewordings)


def _edition(path: Path, progress: Progress) -> Sealed:
    if is_edition(path):
        return read_edition(path)
    if not (path / "bulletin.yaml").is_file():
        name = path.resolve().name
        raise ConfigError([Finding("no-edition", Severity.ERROR, Place(name), name, {"name": name})])
    prepared = prepare(path, progress)
    progress("compose", "")
    composed = compose_editions(prepared)
    edition = prepared.project.edition
    figures = composed.facts.published(*composed.published())
    return Sealed(
        edition.id, edition.country, edition.year, edition.release_date, edition.status,
        figures={o.key: o for o in figures},
        first=edition.years.first, last=edition.years.last,
        corrects=prepared.project.erratum.corrects if prepared.project.erratum else "",
        reasons=edition.revisions, put_right=prepared.put_right,
        wording={language: wording_of(tree(document)) for language, document in composed.documents.items()},
    )  # fmt: skip


def as_json(found: Comparison) -> bytes:
    """The whole comparison; figures unrounded, words as sentences gone and come."""
    figures: list[Json] = [
        {
            "key": r.key,
            "kind": r.kind.value,
            "old": r.old,
            "new": r.new,
            "difference": r.difference,
            "unit": shown.unit if (shown := r.after or r.before) else "",
            "cause": r.cause.value,
            "reason": dict(r.reason),
        }
        for r in found.revisions
    ]
    sentences: list[Json] = [
        {"language": w.language, "block": w.block, "old": list(w.old), "new": list(w.new)} for w in found.rewordings
    ]
    return records.encoded(
        {
            "schema": "bulletin-comparison/1",
            "old": found.old.id,
            "new": found.new.id,
            "backwards": found.is_backwards,
            "counts": dict(counts(found)),
            "figures": figures,
            "sentences": sentences,
        }
    )


def counts(found: Comparison) -> Mapping[str, int]:
    return {**{kind.value: len(found.of(kind)) for kind in Amendment}, "sentences": len(found.rewordings)}


def as_workbook(found: Comparison, texts: Mapping[str, str]) -> bytes:
    """One sheet of figures and one of sentences; `texts` in the user's language."""
    from bulletin.write.comparison import Sheet, write_workbook

    language = texts.get("message_language", MESSAGES)
    figures = Sheet(
        texts["compare_figures"],
        tuple(texts[f"compare_{name}"] for name in ("figure", "kind", "old", "new", "difference", "cause", "reason")),
        tuple(
            (r.key, texts[f"amendment_{r.kind}"], r.old, r.new, r.difference, texts[f"cause_{r.cause or 'none'}"],
             r.reason.get(language, "") or next(iter(r.reason.values()), ""))
            for r in found.revisions
        ),
        (60, 14, 18, 18, 18, 20, 60),
    )  # fmt: skip
    sentences = Sheet(
        texts["compare_sentences"],
        tuple(texts[f"compare_{name}"] for name in ("language", "block", "old", "new")),
        tuple((w.language, w.block, "\n".join(w.old), "\n".join(w.new)) for w in found.rewordings),
        (10, 34, 80, 80),
    )
    return write_workbook((figures, sentences), f"{found.old.id} – {found.new.id}", found.new.release_date)
