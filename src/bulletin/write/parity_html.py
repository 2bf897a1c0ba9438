"""The languages of an edition side by side, block by block, with what was found: one page for those who translate."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bulletin.write.report_html import STYLE, colours

if TYPE_CHECKING:
    from bulletin.model.parity import Pair, ParityPage
    from bulletin.model.theme import Theme

OWN_STYLE = """
main{max-width:90rem}
td{width:var(--share);overflow-wrap:anywhere}
tr.found>*{background:color-mix(in srgb,var(--error) 8%,transparent)}
.missing{color:var(--error);font-style:italic}
ul.told{margin:.25rem 0 0;padding-left:1.1rem;color:var(--error)}
"""


def write_parity(page: ParityPage, theme: Theme) -> bytes:
    texts, proof = page.texts, page.proof
    found = [(n, pair) for n, pair in enumerate(proof.pairs) if pair.findings]
    listed = "".join(f'<li><a href="#b{n}">{escape(p.block)}</a> ({len(p.findings)})</li>' for n, p in found)
    contents = f'<nav aria-label="{escape(texts["parity_page_block"])}"><ul>{listed}</ul></nav>' if found else ""
    state = texts["parity_page_unequal" if found else "parity_page_equal"].format(findings=len(proof.findings), blocks=len(found))
    counts = texts["parity_page_compared"].format(
        blocks=len(proof.pairs), figures=sum(p.figures for p in proof.pairs), claims=proof.claims
    )
    heads = "".join(f'<th scope="col" lang="{escape(name)}">{escape(name)}</th>' for name in proof.languages)
    rows = "\n".join(_row(page, n, pair) for n, pair in enumerate(proof.pairs) if pair.findings or any(pair.texts.values()))
    title = escape(f"{page.title}: {texts['parity_page_title']}")
    return (
        f'<!doctype html>\n<html lang="{escape(page.language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{colours(theme)}{STYLE}{OWN_STYLE}:root{{--share:{80 // len(proof.languages)}%}}"
        f"</style></head>\n<body><main>\n<h1>{title}</h1><p>{escape(state)}</p><p>{escape(counts)}</p>{contents}"
        f'<table><thead><tr><th scope="col">{escape(texts["parity_page_block"])}</th>{heads}</tr></thead><tbody>\n{rows}\n'
        "</tbody></table>\n</main></body></html>\n"
    ).encode()


def _row(page: ParityPage, n: int, pair: Pair) -> str:
    cells = "".join(
        f'<td lang="{escape(language)}">{escape(pair.texts[language])}</td>'
        if language in pair.texts
        else f'<td class="missing">{escape(page.texts["parity_page_missing"])}</td>'
        for language in page.proof.languages
    )
    told = "".join(f"<li>{escape(text)}</li>" for text in page.told[n])
    below = f'<ul class="told">{told}</ul>' if told else ""
    mark = f' class="found" id="b{n}"' if pair.findings else ""
    return f'<tr{mark}><th scope="row"><code>{escape(pair.block)}</code>{below}</th>{cells}</tr>'
