"""A reviewer's afternoon from a seed: edits of a document that was sent out, as a list that LibreOffice carries out."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lxml import etree

from bulletin.model.issued import Issued, IssuedBlock, IssuedTable
from office.driver import Operation

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AUTHORS = ("Ana Silva", "Rui Costa", "Marta Sitoe")
PHRASES = {
    "pt": {
        "word": ("outrossim", "doravante", "deveras", "porventura"),
        "insert": ("segundo julgamos, ", "(ver adiante) ", "em geral, ", "de igual modo "),
        "append": (" Voltaremos ao assunto.", " Falta ouvir quem lá trabalha!", " Ver o anexo {x}."),
        "replace": "Dito doutra maneira: {text}",
        "new": ("Cabe agradecer a quem ajudou na recolha.", "Espera-se melhor resposta no futuro.", "«Ninguém fica para trás», disse o director."),
        "number-new": " Somam-se 15{sep}000 pedidos por tratar.",
        "new-number": "Foram entregues 4{sep}750 cartões.",
        "rounded": "cerca de ",
        "other": "Nada disto se confirma: retirar por inteiro ou pedir parecer jurídico.",
        "comment": "Confirmar com a direcção.",
        "thousand": "mil",
    },
    "en": {
        "word": ("moreover", "henceforth", "assuredly", "perchance"),
        "insert": ("as we judge, ", "(see below) ", "on the whole, ", "likewise "),
        "append": (" We shall return to this matter.", " Those who serve there have yet to be asked!", " See annex {x}."),
        "replace": "Put another way: {text}",
        "new": ("Thanks go to everybody who helped.", "Better answers may be hoped for.", "“Nobody stays behind,” said our director."),
        "number-new": " Another 15{sep}000 requests wait.",
        "new-number": "Officers handed out 4{sep}750 cards.",
        "rounded": "about ",
        "other": "Nothing here can be confirmed: strike it out or seek legal advice.",
        "comment": "Check with our directorate.",
        "thousand": "thousand",
    },
}  # fmt: skip
"""What reviewers write; in English it says no word that the edits of the same paragraph look for."""

Key = tuple[str, str]
"""Language and id of a block."""
LOCAL = (
    "word",
    "insert",
    "append",
    "cut",
    "clause",
    "number",
    "swap",
    "respace",
    "rounded",
    "drop-number",
    "number-new",
    "blank",
    "bold",
    "comment",
)
SHAPE = ("split", "join", "remove", "move", "copy", "replace", "overwrite-all", "new", "new-number")
APART = ("title", "note", "heading", "fixed", "cell")
KINDS = (*LOCAL, *SHAPE, *APART)
WEIGHTS = {"word": 4, "number": 4, "insert": 3, "cut": 2, "append": 2, "cell": 2, "split": 2, "join": 2, "new": 2, "replace": 2}
_AT_REST = ("remove", "replace", "overwrite-all")


@dataclass(frozen=True)
class Step:
    kind: str
    block: Key
    """Of a cell its table's id."""
    old: str = ""
    """Words that it is about; they stand once in the paragraph."""
    new: str = ""
    other: Key = ("", "")
    """The block that is joined to it, or in front of which it is pasted."""
    extra: tuple[str, ...] = ()
    """Of an exchange the second pair of words; of a clause the words in front of which it is pasted; of a cell its name."""
    author: str = ""
    tracked: bool = True


@dataclass(frozen=True)
class Script:
    seed: int
    steps: tuple[Step, ...]
    ending: str
    """`accept` or `reject`: what the last reviewer does with all recorded changes; `odt`: by way of another format; or empty."""
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Sent:
    """A file as it was sent out, with its record."""

    data: bytes
    record: Issued
    side_by_side: bool = False
    neighbours: dict[Key, Key] = field(default_factory=dict)
    """Block of running text to the one whose paragraph follows it at once."""

    def block(self, key: Key) -> IssuedBlock:
        return self.by_key[key]

    @cached_property
    def by_key(self) -> dict[Key, IssuedBlock]:
        return {(b.language, b.id): b for b in self.record.blocks}


def sent_of(data: bytes, record: Issued) -> Sent:
    by_mark = {b.bookmark: b for b in record.blocks}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    near: dict[Key, Key] = {}
    last: Key | None = None
    for element in body:
        marks = [m.get(f"{W}name", "") for m in element.iterfind(f".//{W}bookmarkStart")] if element.tag == f"{W}p" else []
        found = [by_mark[m] for m in marks if m in by_mark]
        own = found[0] if len(found) == 1 and found[0].kind in ("text", "item") and found[0].editable else None
        if last and own:
            near[last] = (own.language, own.id)
        last = (own.language, own.id) if own else None
    return Sent(data, record, len(record.languages) > 1, near)


def script(seed: int, sent: Sent, most: int = 20) -> Script:
    rng = random.Random(seed)
    making = _Making(rng, sent)
    making.fill(rng.randint(1, most))
    steps = [*making.local, *making.shape]
    ending = rng.choices(("", "accept", "odt", "reject"), (10, 1, 1, 1))[0]
    if ending == "reject":
        steps = [replace(s, tracked=True) for s in steps]
    if ending == "odt":
        # Moving and typing over a whole paragraph lose bookmarks on this way; what that does is seen without it.
        steps = [s for s in steps if s.kind not in ("move", "copy", *_AT_REST)]
    return Script(seed, tuple(steps), ending, tuple(_operations(sent, steps, ending)))


@dataclass
class _Making:
    rng: random.Random
    sent: Sent
    local: list[Step] = field(default_factory=list)
    shape: list[Step] = field(default_factory=list)
    taken: dict[Key, set[str]] = field(default_factory=dict)
    """Words of a block that an edit is about."""
    shaped: set[Key] = field(default_factory=set)
    kept: set[Key] = field(default_factory=set)
    """Blocks that must stay where they are and whole: others are set beside them, or a comment stands on them."""
    cells: set[str] = field(default_factory=set)

    def fill(self, count: int) -> None:
        recording = self.rng.choice(("on", "off", "mixed"))
        people = self.rng.sample(AUTHORS, self.rng.randint(1, 3))
        kinds = [k for k in KINDS if not self.sent.side_by_side or k not in ("join", "remove", "move", "copy")]
        for _ in range(count * 6):
            if len(self.local) + len(self.shape) >= count:
                return
            kind = self.rng.choices(kinds, [WEIGHTS.get(k, 1) for k in kinds])[0]
            made = self._made(kind)
            if made:
                tracked = recording == "on" or (recording == "mixed" and self.rng.random() < 0.5)
                author = self.rng.choice(people)
                step = replace(made, author=author, tracked=tracked)
                (self.shape if kind in SHAPE else self.local).append(step)

    def _made(self, kind: str) -> Step | None:
        if kind == "cell":
            return self._cell()
        wanted = {"title": ("title",), "note": ("note",), "heading": ("heading",), "fixed": ("fixed",)}.get(
            kind, ("text", "item")
        )
        pool = [b for b in self.sent.record.blocks if b.kind in wanted and b.text and (kind == "fixed") != b.editable]
        if kind == "fixed":
            pool = [b for b in pool if b.source and not b.tail and len(b.text.split()) > 3]
        if not pool:
            return None
        block = self.rng.choice(pool)
        if kind in APART:
            return self._word(kind, block)
        key = (block.language, block.id)
        if kind in SHAPE:
            return self._shape(kind, block, key)
        if key in self.shaped:
            return None
        maker: Callable[[str, IssuedBlock], Step | None] = {
            "number": self._number, "swap": self._swap, "respace": self._number, "rounded": self._number, "drop-number": self._number,
            "append": self._end, "number-new": self._end, "clause": self._clause,
        }.get(kind, self._word)  # fmt: skip
        return maker(kind, block)

    def _shape(self, kind: str, block: IssuedBlock, key: Key) -> Step | None:
        said = PHRASES[block.language]
        follows = self.sent.neighbours.get(key)
        if key in self.shaped or (kind in (*_AT_REST, "move", "copy", "join") and key in self.kept):
            return None
        numbers = any(s.kind in ("number", "swap", "rounded", "drop-number", "number-new") and s.block == key for s in self.local)
        step: Step | None = Step(kind, key)
        if kind == "split":
            step = self._word(kind, block)
        elif kind in ("join", "remove", "move", "copy") and follows is None:
            step = None
        elif kind == "join":
            assert follows is not None
            if follows in self.shaped or follows in self.kept:
                return None
            self.shaped.add(follows)
            step = Step(kind, key, other=follows)
        elif kind in ("move", "copy"):
            step = None if numbers and kind == "copy" else self._carried(kind, key)
        elif kind in ("replace", "overwrite-all"):
            if numbers or any(s.block == key for s in self.local):
                return None
            text = (
                str(said["replace"]).format(text=block.text[:1].lower() + block.text[1:]) if kind == "replace" else said["other"]
            )
            step = Step(kind, key, new=text)
        elif kind == "new":
            step = Step(kind, key, new=self.rng.choice(said["new"]))
            if any(s.new == step.new for s in self.shape):
                return None
        elif kind == "new-number":
            if any(s.kind == kind for s in self.shape):
                return None
            step = Step(kind, key, new=str(said["new-number"]).format(sep=_separator(block.language)))
        if step:
            self.shaped.add(key)
        return step

    def _carried(self, kind: str, key: Key) -> Step | None:
        if sum(s.kind in ("move", "copy") for s in self.shape) >= 3:
            return None
        ordered = [(b.language, b.id) for b in self.sent.record.blocks]
        here = ordered.index(key)
        targets = [
            k for k, n in self.sent.neighbours.items()
            if n and abs(ordered.index(k) - here) > 3 and k not in self.shaped and k[0] == key[0]
        ]  # fmt: skip
        if not targets:
            return None
        target = self.rng.choice(targets)
        self.shaped.add(target)
        self.kept.add(target)
        return Step(kind, key, other=target)

    def _word(self, kind: str, block: IssuedBlock) -> Step | None:
        key, said = (block.language, block.id), PHRASES[block.language]
        words = self._free_words(block)
        if kind in ("blank", "split"):
            words = [w for w in words if f" {w}" in block.text]
        if not words:
            return None
        word = self.rng.choice(words)
        self.taken.setdefault(key, set()).add(word)
        if kind == "cut":
            after = block.text[block.text.index(word) + len(word) :][:1]
            return Step(kind, key, word + after if after == " " else word)
        if kind == "comment":
            self.kept.add(key)
            return Step(kind, key, word, f"{said['comment']} {len(self.local)}")
        new = {"insert": said["insert"], "blank": ("  ",), "bold": (word,), "split": ("",)}.get(kind, said["word"])
        return Step(kind, key, word, self.rng.choice(new))

    def _end(self, kind: str, block: IssuedBlock) -> Step | None:
        key, said = (block.language, block.id), PHRASES[block.language]
        if any(s.block == key and s.kind in ("append", "number-new") for s in self.local) or block.tail:
            return None
        if kind == "append":
            return Step(kind, key, new=self.rng.choice(said["append"][:2]))
        return Step(kind, key, new=str(said["number-new"]).format(sep=_separator(block.language)))

    def _number(self, kind: str, block: IssuedBlock) -> Step | None:
        key = (block.language, block.id)
        digits = self._free_figures(block)
        if kind == "drop-number":
            # With its scale word or unit: what is left of them alone would read as another number.
            printed = dict.fromkeys(s.text for s in block.spans if s.kind == "number")
            digits = [s for s in printed if any(s.startswith(d) for d in digits) and block.text.count(s) == 1]
        if kind == "respace":
            digits = [d for d in digits if "\u00a0" in d or ("," in d and block.language == "en")]
        elif kind == "rounded":
            digits = [d for d in digits if re.fullmatch(r"\d{2,3}[\u00a0,]\d{3}", d) and not d.endswith("000")]
        if not digits:
            return None
        old = self.rng.choice(digits)
        self.taken.setdefault(key, set()).add(old)
        if kind == "respace":
            return Step(kind, key, old, old.replace("\u00a0", " ").replace(",", " "))
        if kind == "rounded":
            said = PHRASES[block.language]
            whole = int(re.sub(r"\D", "", old))
            return Step(kind, key, old, f"{said['rounded']}{round(whole / 1000)} {said['thousand']}")
        return Step(kind, key, old, "" if kind == "drop-number" else _slip(old, self.rng))

    def _swap(self, kind: str, block: IssuedBlock) -> Step | None:
        key = (block.language, block.id)
        digits = [d for d in self._free_figures(block) if not re.fullmatch(r"[12]\d{3}", d)]
        if len(digits) < 2:
            return None
        one, two = self.rng.sample(digits, 2)
        if one in two or two in one:
            return None
        self.taken.setdefault(key, set()).update((one, two))
        return Step(kind, key, one, two, extra=(two, one))

    def _clause(self, kind: str, block: IssuedBlock) -> Step | None:
        """The words between the last comma and the full stop are pasted in front of a word before."""
        key = (block.language, block.id)
        found = re.fullmatch(r"(.+), ([^,.;:()]{8,})\.", block.text)
        if (
            not found
            or self.taken.get(key)
            or block.text.count(f", {found[2]}") != 1
            or any(s.kind == "reference" for s in block.spans)
        ):
            return None
        words = [w for w in self._free_words(block) if block.text.index(w) < found.end(1)]
        if not words:
            return None
        word = self.rng.choice(words)
        self.taken.setdefault(key, set()).update((word, found[2], *self._free_words(block), *self._free_figures(block)))
        return Step(kind, key, f", {found[2]}", extra=(word,))

    def _free_words(self, block: IssuedBlock) -> list[str]:
        """Words of letters alone that stand once, are part of no figure and that nothing else is about."""
        whole = block.lead + block.text + block.tail
        bare = block.text
        for span in block.spans:
            bare = bare[: span.start] + "0" * len(span.text) + bare[span.end :]
        others = self.taken.get((block.language, block.id), set())
        found = re.findall(r"(?<![\w\u2060-])[^\W\d_]{4,}(?![\w\u2060-])", bare)
        return [
            w
            for w in found
            if whole.count(w) == 1 and not any(w in o or o in w for o in others) and w not in _typed(block.language)
        ]

    def _free_figures(self, block: IssuedBlock) -> list[str]:
        others = self.taken.get((block.language, block.id), set())
        found = [re.match(r"\d+(?:[\u00a0.,]\d+)*", s.text) for s in block.spans if s.kind == "number"]
        whole = block.lead + block.text + block.tail
        digits = [m[0] for m in found if m]
        return [
            d for d in digits
            if whole.count(d) == 1 and len(d) > 1 and not any(d in o or o in d for o in others) and not any(d in x for x in digits if x != d)
        ]  # fmt: skip

    def _cell(self) -> Step | None:
        tables = [t for t in self.sent.record.tables if t.id not in self.cells and all(t.grid[0]) and len(t.grid) > 2]
        table = self.rng.choice(tables) if tables else None
        if table is None:
            return None
        places = [
            (r, c) for r, row in enumerate(table.grid[1:], 1) for c, text in enumerate(row[1:], 1)
            if re.fullmatch(r"\d[\d\u00a0.,]+", text) and table.facts[r][c]
        ]  # fmt: skip
        if not places or not _is_plain(table):
            return None
        self.cells.add(table.id)
        r, c = self.rng.choice(places)
        text = table.grid[r][c].removesuffix(table.marks[r][c])
        name = f"{_column(c)}{r + 1}"
        return Step("cell", (self.sent.record.languages[0], table.id), text, _slip(text, self.rng), extra=(name, table.bookmark))


def _is_plain(table: IssuedTable) -> bool:
    return all(all(row) for row in table.grid)


def _column(n: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n] if n < 26 else "A" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n - 26]


def _typed(language: str) -> str:
    return repr(PHRASES[language])


def _separator(language: str) -> str:
    return " " if language == "pt" else ","


def _slip(digits: str, rng: random.Random) -> str:
    """One digit is another; the first is never a nought."""
    places = [n for n, d in enumerate(digits) if d.isdigit()]
    at = rng.choice(places)
    others = [d for d in "0123456789" if d != digits[at] and (at != places[0] or d != "0")]
    return digits[:at] + rng.choice(others) + digits[at + 1 :]


def _operations(sent: Sent, steps: Sequence[Step], ending: str) -> list[Operation]:
    found: list[Operation] = []
    author, tracked = "", None
    for step in steps:
        if step.author != author:
            found.append(("author", step.author))
            author = step.author
        if step.tracked is not tracked:
            found.append(("record", step.tracked))
            tracked = step.tracked
        found += _done(sent, step)
    if ending in ("accept", "reject"):
        found.append(("press", {"command": "AcceptAllTrackedChanges" if ending == "accept" else "RejectAllTrackedChanges"}))
    return found


def _done(sent: Sent, step: Step) -> list[Operation]:
    if step.kind == "cell":
        return [("overwrite", {"mark": step.extra[1], "cell": step.extra[0], "text": step.old, "words": step.new})]
    mark = sent.block(step.block).bookmark
    place: dict[str, Any] = {"mark": mark, "text": step.old}
    other = {"mark": sent.block(step.other).bookmark} if step.other[1] else {}
    match step.kind:
        case "word" | "title" | "note" | "heading" | "fixed" | "number" | "respace" | "rounded":
            return [("overwrite", {**place, "words": step.new})]
        case "swap":
            # Through a word that is neither, so that each is found once.
            second, first = step.extra
            return [
                ("overwrite", {**place, "words": "\u2042"}),
                ("overwrite", {"mark": mark, "text": second, "words": first}),
                ("overwrite", {"mark": mark, "text": "\u2042", "words": second}),
            ]
        case "insert" | "blank":
            return [("type", {**place, "words": step.new})]
        case "append" | "number-new":
            return [("append", {"mark": mark, "words": step.new})]
        case "cut" | "drop-number":
            return [("delete", place)]
        case "clause":
            return [("carry", {**place, "to": {"mark": mark, "text": step.extra[0]}})]
        case "bold":
            return [("press", {**place, "command": "Bold"})]
        case "comment":
            return [("comment", {**place, "words": step.new, "author": step.author})]
        case "split":
            return [("enter", place)]
        case "join" | "remove":
            return [(step.kind, {"mark": mark})]
        case "move" | "copy":
            return [(step.kind, {"mark": mark, "before": other})]
        case "replace" | "overwrite-all":
            return [("replace", {"mark": mark, "words": step.new})]
        case "new" | "new-number":
            return [("new", {"mark": mark, "words": step.new})]
        case _:
            raise AssertionError(step.kind)
