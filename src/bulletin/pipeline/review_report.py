"""The report of one reviewed file, as a page for the secretariat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.model.review_page import ReviewPage
from bulletin.model.text import MESSAGES
from bulletin.pipeline.review_words import asked_line, change_line, remark_line
from bulletin.write.review_html import write_review

if TYPE_CHECKING:
    from bulletin.model.round import Round, Standing
    from bulletin.pipeline.prepare import Prepared


def review_report(prepared: Prepared, given: Round, stands: Standing, texts: Mapping[str, str]) -> bytes:
    """Questions of this file, and those about blocks that it changed."""
    touched = {(e.change.language, e.change.block) for e in given.edits}
    mine = [a for a in stands.asked if a.source == given.name or (a.query.language, a.query.block) in touched]
    facts = (
        (texts["review_page_who"], given.who),
        (texts["review_page_date"], given.date),
        (texts["review_page_file"], given.file),
        (texts["review_page_build"], given.build),
        (texts["review_page_program"], given.application or "–"),
    )
    page = ReviewPage(
        f"{texts['review_page_title']}: {given.who}, {prepared.project.edition.id}",
        texts.get("message_language", MESSAGES),
        facts,
        tuple(asked_line(a, texts) for a in mine if a.state == "open"),
        tuple(asked_line(a, texts) for a in mine if a.state != "open"),
        tuple(change_line(e, texts) for e in given.edits),
        tuple(remark_line(r) for r in stands.remarks if r.source == given.name),
        given.unmatched,
        {k: t for k, t in texts.items() if k.startswith("review_")},
    )
    return write_review(page, prepared.project.theme)
