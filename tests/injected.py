"""Faults put into a composed document by a seeded hand: what a translator, a reviewer or a defect of the program might leave."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bulletin.document.blocks import Block, Figure, Paragraph, Table
from bulletin.document.inline import Inline, Inlines, Literal, Number, Reference, Strong, Text, plain
from bulletin.document.tree import Document, Section

SAID = Text, Number, Literal
Change = Callable[[Block, random.Random], Block | None]
"""The block with a fault, or None where this kind has nothing to go wrong."""


@dataclass(frozen=True)
class Kind:
    name: str
    language: str
    change: Change
    rules: frozenset[str]
    """Rules any of which tells the fault."""


def _inlines(content: Inlines, of: type[Inline], change: Callable[[Inline], Inline | None]) -> Inlines | None:
    """With the first piece of a type changed."""
    for n, piece in enumerate(content):
        if isinstance(piece, of) and (new := change(piece)) is not None:
            return (*content[:n], new, *content[n + 1 :])
    return None


def _texts(block: Block, of: type[Inline], change: Callable[[Inline], Inline | None]) -> Block | None:
    if isinstance(block, Paragraph) and (content := _inlines(block.content, of, change)) is not None:
        return replace(block, content=content)
    return None


def _digit(text: str, rng: random.Random) -> str:
    places = [n for n, c in enumerate(text) if c.isdigit()]
    at = rng.choice(places)
    return text[:at] + str((int(text[at]) + rng.randint(1, 8)) % 9 + (1 if at == places[0] else 0)) + text[at + 1 :]


def changed_digit(block: Block, rng: random.Random) -> Block | None:
    def one(piece: Inline) -> Inline | None:
        assert isinstance(piece, Number)
        new = _digit(piece.text, rng)
        return replace(piece, text=new) if re.sub(r"\D", "", new) != re.sub(r"\D", "", piece.text) else None

    return _texts(block, Number, one)


def other_fact(block: Block, rng: random.Random) -> Block | None:
    return _texts(block, Number, lambda p: replace(p, fact=f"{p.fact}.other") if isinstance(p, Number) else None)


def changed_cell(block: Block, rng: random.Random) -> Block | None:
    if not isinstance(block, Table) or block.words:
        return None
    for n, row in enumerate(block.rows):
        for m, cell in enumerate(row.cells):
            if cell.kind == "number" and cell.fact and (new := _digit(cell.text, rng)) != cell.text:
                cells = (*row.cells[:m], replace(cell, text=new), *row.cells[m + 1 :])
                return replace(block, rows=(*block.rows[:n], replace(row, cells=cells), *block.rows[n + 1 :]))
    return None


def missing_note(block: Block, rng: random.Random) -> Block | None:
    return replace(block, notes=block.notes[:-1]) if isinstance(block, (Table, Figure)) and len(block.notes) > 1 else None


def missing_row(block: Block, rng: random.Random) -> Block | None:
    return replace(block, rows=block.rows[1:]) if isinstance(block, Table) and len(block.rows) > 2 else None


def missing_sign(block: Block, rng: random.Random) -> Block | None:
    if not isinstance(block, Table):
        return None
    for n, row in enumerate(block.rows):
        for m, cell in enumerate(row.cells):
            if cell.signs or cell.marks:
                cells = (*row.cells[:m], replace(cell, signs="", marks=""), *row.cells[m + 1 :])
                return replace(block, rows=(*block.rows[:n], replace(row, cells=cells), *block.rows[n + 1 :]))
    return None


def other_point(block: Block, rng: random.Random) -> Block | None:
    if not isinstance(block, Figure) or not block.chart.series:
        return None
    first, *others = block.chart.series
    n = next((n for n, p in enumerate(first.points) if p.value is not None), -1)
    if n < 0:
        return None
    points = (*first.points[:n], replace(first.points[n], value=(first.points[n].value or 0) + 1), *first.points[n + 1 :])
    return replace(block, chart=replace(block.chart, series=(replace(first, points=points), *others)))


def missing_series_label(block: Block, rng: random.Random) -> Block | None:
    if not isinstance(block, Figure) or not block.chart.series or not block.chart.series[0].label:
        return None
    first, *others = block.chart.series
    return replace(block, chart=replace(block.chart, series=(replace(first, label=""), *others)))


def changed_alternative(block: Block, rng: random.Random) -> Block | None:
    if not isinstance(block, Figure) or not re.search(r"\d", block.alt):
        return None
    new = _digit(block.alt, rng)
    return replace(block, alt=new) if re.findall(r"\d+", new) != re.findall(r"\d+", block.alt) else None


def other_reference(block: Block, rng: random.Random) -> Block | None:
    return _texts(block, Reference, lambda p: replace(p, target="elsewhere") if isinstance(p, Reference) else None)


def added(words: str) -> Change:
    def change(block: Block, rng: random.Random) -> Block | None:
        if not isinstance(block, Paragraph) or not plain(block.content):
            return None
        return replace(block, content=(*block.content, Text(f" {words}")))

    return change


def swapped(old: str, new: str) -> Change:
    """A word of the running text replaced; nothing where the text does not hold it exactly once."""

    def change(block: Block, rng: random.Random) -> Block | None:
        found = re.findall(rf"(?<!\w){old}(?!\w)", plain(block.content)) if isinstance(block, Paragraph) else []
        if len(found) != 1:
            return None

        def one(piece: Inline) -> Inline | None:
            text = re.sub(rf"(?<!\w){old}(?!\w)", new, piece.text) if isinstance(piece, SAID) else ""
            return replace(piece, text=text) if isinstance(piece, SAID) and text != piece.text else None

        return next((b for b in (_texts(block, kind, one) for kind in SAID) if b is not None), None)

    return change


def left_out(block: Block, rng: random.Random) -> Block | None:
    """A long text of which only the beginning was translated, figures and references kept."""
    if not isinstance(block, Paragraph) or sum(len(p.text) for p in block.content if isinstance(p, Text)) < 300:
        return None
    if any(isinstance(p, Text) and re.search(r"\d", p.text) for p in block.content):
        return None
    short = (replace(p, text=p.text[: len(p.text) // 4]) if isinstance(p, Text) else p for p in block.content)
    return replace(block, content=tuple(short))


def strong_word(block: Block, rng: random.Random) -> Block | None:
    """A word of the other language in bold, which is no quotation."""
    if not isinstance(block, Paragraph) or not block.content:
        return None
    return replace(block, content=(*block.content, Strong((Text(" nevertheless expenditure"),))))


def gone(block: Block, rng: random.Random) -> Block | None:
    """Told to `inject` to leave the block out."""
    return block if isinstance(block, (Paragraph, Table, Figure)) else None


FIGURES, PARTS = "parity-figures", "parity-part-differs"
KINDS = tuple(
    Kind(name, language, change, frozenset(rules.split()))
    for name, language, change, rules in (
        ("changed digit", "en", changed_digit, FIGURES),
        ("changed digit", "pt", changed_digit, FIGURES),
        ("other fact behind the same figure", "en", other_fact, "parity-facts"),
        ("changed cell", "en", changed_cell, FIGURES),
        ("missing note", "en", missing_note, "parity-part-missing"),
        ("missing row", "pt", missing_row, "parity-part-missing"),
        ("missing sign", "en", missing_sign, PARTS),
        ("other value drawn", "en", other_point, PARTS),
        ("series without its name", "en", missing_series_label, "parity-text-empty"),
        ("changed digit in an alternative text", "pt", changed_alternative, FIGURES),
        ("reference to another table", "en", other_reference, PARTS),
        ("missing block", "en", gone, "parity-block-missing"),
        ("missing block", "pt", gone, "parity-block-missing"),
        ("English in Portuguese", "pt", added("The coverage of persons."), "parity-foreign-words"),
        ("English in Portuguese", "pt", added("Havia mais beneficiaries."), "parity-foreign-words"),
        ("English in Portuguese", "pt", strong_word, "parity-foreign-words"),
        ("Portuguese in English", "en", added("The despesa was higher."), "parity-foreign-words"),
        ("wrong plural", "pt", added("Subiu 1 pontos percentuais."), "parity-plural"),
        ("wrong plural", "pt", added("Eram 2 milhão."), "parity-plural"),
        ("wrong plural", "en", added("It rose by 1 percentage points."), "parity-plural"),
        ("wrong singular", "en", added("There were 3 province."), "parity-plural"),
        ("placeholder", "en", added("In {year} it rose."), "parity-placeholder"),
        ("placeholder", "pt", added("TODO: rever."), "parity-placeholder"),
        ("figure in words changed", "pt", added("São três casos."), FIGURES),
        ("figure of one language only", "en", added("This holds for 44,107 people."), FIGURES),
        ("decimal mark of the other language", "pt", swapped(r"(\d+),(\d)%", r"\1.\2%"), FIGURES),
        ("points for per cent", "en", swapped(r"(\d)%", r"\1 percentage points"), FIGURES),
        ("other scale", "en", swapped("million", "billion"), FIGURES),
        ("other scale", "pt", swapped("mil milhões", "milhões"), FIGURES),
        ("other year", "en", swapped("2024", "2023"), FIGURES),
        ("women for men", "en", swapped("women", "men"), "parity-opposites"),
        ("fall for rise", "pt", swapped("aumentou", "diminuiu"), "parity-opposites"),
        ("fall for rise", "en", swapped("rose", "fell"), "parity-opposites"),
        ("swapped term", "en", swapped("[Bb]asic", "compulsory"), "parity-opposites"),
        ("lowest for highest", "en", swapped("highest", "lowest"), "parity-opposites"),
        ("text cut short", "en", left_out, "parity-length"),
    )
)


@dataclass(frozen=True)
class Injected:
    kind: Kind
    block: str


def inject(documents: Mapping[str, Document], wanted: int, seed: int) -> tuple[dict[str, Document], list[Injected]]:
    """`wanted` faults, each in a block of its own, all kinds in turn."""
    rng = random.Random(seed)
    blocks = {language: _blocks(document) for language, document in documents.items()}
    taken: set[str] = set()
    changes: dict[str, dict[str, Block | None]] = {language: {} for language in documents}
    made: list[Injected] = []
    kinds = list(KINDS)
    while len(made) < wanted and kinds:
        for kind in list(kinds):
            if len(made) == wanted:
                break
            order = sorted(blocks[kind.language])
            rng.shuffle(order)
            for name in order:
                new = None if name in taken else kind.change(blocks[kind.language][name], rng)
                if new is not None:
                    taken.add(name)
                    changes[kind.language][name] = None if kind.change is gone else new
                    made.append(Injected(kind, name))
                    break
            else:
                kinds.remove(kind)
    changed = {
        language: replace(document, sections=tuple(_changed(s, changes[language]) for s in document.sections))
        for language, document in documents.items()
    }
    return changed, made


def _blocks(document: Document) -> dict[str, Block]:
    """Blocks that stand directly in a section, those whose id is not theirs alone left out."""
    found: dict[str, Block] = {}
    seen: set[str] = set()

    def walk(section: Section) -> None:
        seen.add(section.id)
        for block in section.blocks:
            if block.id in seen:
                found.pop(block.id, None)
            else:
                found[block.id] = block
            seen.add(block.id)
        for inner in section.sections:
            walk(inner)

    for section in document.sections:
        walk(section)
    return found


def _changed(section: Section, changes: Mapping[str, Block | None]) -> Section:
    blocks = (changes.get(b.id, b) for b in section.blocks)
    return replace(
        section, blocks=tuple(b for b in blocks if b is not None), sections=tuple(_changed(s, changes) for s in section.sections)
    )
