"""Questions, changes and comments of a review in a user's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.model.override import Reviewer
from bulletin.model.review_page import AskedLine, ChangeLine, RemarkLine
from bulletin.model.round import Asked, Decision, Edit, Remarked
from bulletin.pipeline.messages import said
from bulletin.review.threeway import marked

Texts = Mapping[str, str]


def asked_line(asked: Asked, texts: Texts) -> AskedLine:
    query = asked.query
    parameters = {"old": query.old, "new": query.new, "today": asked.today, "cell": query.cell, "detail": query.detail}
    question = said(texts, f"review_ask_{query.kind}", **{k: v or "–" for k, v in parameters.items()})
    place = " · ".join(t for t in (query.cell, str(asked.place)) if t)
    return AskedLine(
        asked.id,
        query.kind,
        texts[f"review_kind_{query.kind}"],
        query.block,
        query.language,
        question,
        query.old,
        "" if asked.choices else query.new,
        asked.today,
        place,
        names_of(query.authors),
        answers_of(asked, texts),
        answer_said(asked.decision, texts) if asked.decision else "",
        asked.choices,
        tuple(marked(query.old, choice) for choice in asked.choices),
        tuple(f"{{{name}}} = {fact}" for name, fact in sorted(asked.placeholders.items())),
        asked.state,
        asked.decision.text if asked.decision else "",
        asked.decision.note if asked.decision else "",
        asked.source,
    )


def answers_of(asked: Asked, texts: Texts) -> tuple[str, ...]:
    found: list[str] = []
    for answer in asked.answers:
        word = texts[f"review_answer_{answer}"]
        found += [f"{word} {n}" for n in range(1, len(asked.choices) + 1)] if answer == "take" and asked.choices else [word]
    return tuple(found)


def answer_said(decision: Decision, texts: Texts) -> str:
    word = texts[f"review_answer_{decision.answer}"]
    return f"{word} {decision.choice}" if decision.choice else word


def change_line(edit: Edit, texts: Texts) -> ChangeLine:
    change = edit.change
    found = "" if change.match in ("bookmark", "") else said(texts, f"review_match_{change.match}", score=round(change.score, 2))
    into = said(texts, "review_into", block=change.into) if change.into else ""
    pieces = marked(change.before, "" if change.kind == "deleted" or change.into else change.after)
    return ChangeLine(
        texts[f"review_change_{change.kind}"], change.block, change.language, pieces, names_of(change.authors),
        " ".join(t for t in (found, into) if t),
    )  # fmt: skip


def remark_line(remarked: Remarked) -> RemarkLine:
    remark = remarked.remark
    state = "resolved" if remark.resolved else "answered" if remarked.decision else "reply" if remarked.reply else "open"
    return RemarkLine(
        remarked.id, remark.block, remark.language, remark.author, remark.date, remark.text, remark.quoted, state,
        remarked.decision.text if remarked.decision else "",
    )  # fmt: skip


def names_of(authors: Sequence[Reviewer]) -> str:
    return ", ".join(dict.fromkeys(r.author for r in authors if r.author))
