"""What a reviewer changed, as one page for the secretariat: questions first, then every change with its words marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from bulletin.write.report_html import STYLE, colours

if TYPE_CHECKING:
    from bulletin.model.review_page import AskedLine, ChangeLine, RemarkLine, ReviewPage
    from bulletin.model.theme import Theme

OWN_STYLE = """
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:1rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
article{border-top:1px solid var(--hair);padding:.75rem 0}
article h3{font-size:1rem;margin:0 0 .25rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
article p{color:inherit}
article h3 .soft{font-weight:400}
h2::first-letter{text-transform:uppercase}
p.soft,.soft{color:var(--soft)}
del{color:var(--error);text-decoration-thickness:2px}
ins{color:var(--info);text-decoration-thickness:2px;font-weight:600}
blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid var(--hair)}
ol.choices{margin:.25rem 0}
"""


def write_review(page: ReviewPage, theme: Theme) -> bytes:
    texts = page.texts
    title = escape(page.title)
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in page.facts)
    counts = (
        ("error", len(page.asked), "review_page_open"),
        ("info", len(page.changes), "review_page_changes"),
        ("waived", len(page.remarks), "review_page_remarks"),
    )
    totals = "".join(
        f'<li class="{level}"><b>{n}</b>{escape(texts[f"{key}_one" if n == 1 else key])}</li>' for level, n, key in counts
    )
    parts = [
        _section("open", texts["review_page_open"], [_asked(page, a) for a in page.asked], texts["review_page_nothing"]),
        _section(
            "changes", texts["review_page_changes"], [_change(page, c) for c in page.changes], texts["review_page_no_change"]
        ),
        _section(
            "remarks", texts["review_page_remarks"], [_remark(page, r) for r in page.remarks], texts["review_page_no_remark"]
        ),
    ]
    if page.settled:
        parts.insert(1, _section("settled", texts["review_page_settled"], [_asked(page, a) for a in page.settled], ""))
    if page.lost:
        listed = "".join(f"<li><code>{escape(block)}</code></li>" for block in page.lost)
        parts.append(
            _section("lost", texts["review_page_lost"], [f"<p>{escape(texts['review_page_lost_why'])}</p><ul>{listed}</ul>"], "")
        )
    return (
        f'<!doctype html>\n<html lang="{escape(page.language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{colours(theme)}{STYLE}{OWN_STYLE}</style></head>\n<body><main>\n<h1>{title}</h1>"
        f'<dl>{facts}</dl><ul class="counts">{totals}</ul>{"".join(parts)}\n</main></body></html>\n'
    ).encode()


def _section(name: str, head: str, items: list[str], empty: str) -> str:
    inner = "\n".join(items) or f"<p>{escape(empty)}</p>"
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(head)}</h2>\n{inner}</section>\n'


def _head(label: str, block: str, language: str, authors: str, level: str) -> str:
    by = f'<span class="soft">{escape(authors)}</span>' if authors else ""
    return f'<h3><span class="level {level}">{escape(label)}</span><code>{escape(block)} ({escape(language)})</code>{by}</h3>'


def _asked(page: ReviewPage, a: AskedLine) -> str:
    choices = "".join(f"<li>{_marked(c) or '–'}</li>" for c in a.compared)
    listed = f'<ol class="choices">{choices}</ol>' if choices else ""
    place = f'<p class="soft">{escape(page.texts["review_page_place"])}: {escape(a.place)}</p>' if a.place else ""
    answer = f'<p class="soft">{escape(page.texts["review_page_answer"])}: {escape(a.answer)}</p>' if a.answer else ""
    level = "error" if a.state == "open" else "waived"
    return (
        f"<article>{_head(a.label, a.block, a.language, a.authors, level)}<p>{escape(a.question)}</p>{listed}{place}{answer}"
        f"<p><code>{escape(a.id)}</code></p></article>"
    )


def _marked(pieces: Sequence[tuple[str, str]]) -> str:
    tags = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    return "".join(tags[sign].format(escape(text)) for sign, text in pieces).replace("\n\n", "<br><br>")


def _change(page: ReviewPage, c: ChangeLine) -> str:
    words = _marked(c.pieces)
    match = f'<p class="soft">{escape(c.match)}</p>' if c.match else ""
    return f'<article lang="{escape(c.language)}">{_head(c.label, c.block, c.language, c.authors, "info")}<p>{words}</p>{match}</article>'


def _remark(page: ReviewPage, r: RemarkLine) -> str:
    quoted = f"<blockquote>{escape(r.quoted)}</blockquote>" if r.quoted else ""
    state = page.texts[f"review_remark_{r.state}"]
    answer = f'<p class="soft">{escape(r.answer)}</p>' if r.answer else ""
    by = " · ".join(t for t in (r.author, r.date[:10]) if t)
    return (
        f"<article>{_head(state, r.block or '–', r.language, by, 'warning' if r.state == 'open' else 'waived')}"
        f"{quoted}<p>{escape(r.text)}</p>{answer}<p><code>{escape(r.id)}</code></p></article>"
    )
