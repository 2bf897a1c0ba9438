"""What stands below a table or figure: numbered footnotes, general notes, the signs used, the source."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.compose.context import Context, with_literals
from bulletin.compose.labels import source_line
from bulletin.compose.printing import print_number, printed_alike
from bulletin.document.blocks import Definition, Definitions, Note
from bulletin.document.inline import Inline, Literal, NoteMark, Number, Text
from bulletin.model.dataset import Observation
from bulletin.model.signs import MEANINGS


class Footnotes:
    """Footnotes of one exhibit, numbered in the order in which cells are printed; equal texts share a mark."""

    def __init__(self, context: Context, exhibit: str) -> None:
        self._context = context
        self._exhibit = exhibit
        self._notes: dict[tuple[Inline, ...], int] = {}

    def for_text(self, text: str) -> str:
        return self._mark(with_literals(text)) if text else ""

    def for_value(self, obs: Observation | None, *, scale: int, decimals: int, others: bool = True) -> str:
        """Marks of what the reader must know of a figure: its own remark, other sources that disagree, a waived finding.

        `others`: false where another table of the edition tells of the other sources."""
        if obs is None or obs.value is None:
            return ""
        context = self._context
        marks = []
        remark = obs.comment.get(context.language, "")
        if remark:
            marks.append(self.for_text(remark[0].upper() + remark[1:].rstrip(".") + "."))
        for other in context.lookup.alternates(obs) if others else ():
            if other.value is None or printed_alike(other.value, obs.value, scale=scale, decimals=decimals):
                continue
            source = context.project.sources.get(other.source)
            name = context.said(source.short) if source else other.source
            fact = context.facts.computed(f"alternate:{other.source}", (other,), other.value, other.unit)
            figure = print_number(context, other.value, scale=scale, decimals=decimals)
            context.facts.printed(fact, context.language, figure, self._exhibit)
            head, _, tail = context.word("alternate_source").partition("{value}")
            marks.append(self._mark((Text(head), Number(figure, fact.id), *with_literals(tail.format(source=name)))))
        waived = context.waived.get(obs.key)
        if waived:
            marks.append(self.for_text(context.word("waiver_note").format(reason=context.said(waived))))
        return ",".join(dict.fromkeys(marks))

    def lines(self) -> tuple[tuple[Inline, ...], ...]:
        return tuple((NoteMark(str(n)), Text("\u00a0"), *content) for content, n in self._notes.items())

    def _mark(self, content: tuple[Inline, ...]) -> str:
        return str(self._notes.setdefault(content, len(self._notes) + 1))


def note_lines(
    context: Context,
    exhibit: str,
    general: Sequence[str],
    footnotes: Footnotes,
    meanings: Sequence[str],
    observations: Sequence[Observation],
    *,
    source: str = "",
) -> tuple[Note, ...]:
    """Notes, the legend of the signs used, the source: in this order, each label once. Hidden figures are told of in words."""
    notes: list[Note] = []
    if "confidential" in meanings:
        general = [*general, context.word("confidential_note").format(sign=context.locale.signs["confidential"])]
    texts = [*footnotes.lines(), *(with_literals(t) for t in general)]
    label = context.word("notes" if len(texts) > 1 else "note")
    notes += [Note(f"{exhibit}.note.{i}", label if i == 1 else "", t) for i, t in enumerate(texts, 1)]
    legend = _legend(context, meanings)
    if legend:
        notes.append(Note(f"{exhibit}.signs", context.word("signs"), legend))
    names = (source,) if source else source_line(context, observations)
    if names:
        label = context.word("sources" if len(names) > 1 else "source")
        notes.append(
            Note(
                f"{exhibit}.source",
                label,
                with_literals(context.word("clause_separator").join(n.rstrip(".") for n in names) + "."),
            )
        )
    return tuple(notes)


def _legend(context: Context, meanings: Sequence[str]) -> tuple[Inline, ...]:
    """Signs in the order of MEANINGS; one that stands for two meanings says both."""
    locale = context.locale
    named: dict[str, list[str]] = {}
    for meaning in (m for m in MEANINGS if m in meanings):
        name = locale.sign_names[meaning]
        named.setdefault(locale.signs[meaning], []).append(name[0].lower() + name[1:])
    context.facts.signed(meanings)
    either = f" {context.word('or')} "
    pieces: list[Inline] = []
    for sign, names in named.items():
        text = f"{sign} {either.join(names)}"
        pieces.append(Text(context.word("clause_separator") if pieces else ""))
        pieces.append(Literal(text, "label") if any(c.isdigit() for c in text) else Text(text))
    return (*pieces, Text(".")) if pieces else ()


def sign_list(context: Context, name: str) -> tuple[Definitions, ...]:
    """The signs printed so far, each with what it means; nothing when there are none."""
    locale = context.locale
    items = tuple(
        Definition(f"{name}.{m}", with_literals(locale.signs[m]), with_literals(locale.sign_names[m]))
        for m in context.facts.meanings()
    )
    return (Definitions(name, items, "signs", context.word("signs_title")),) if items else ()
