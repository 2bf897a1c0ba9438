"""The report of a check as one page: no script, nothing from the network, readable in light and dark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bulletin.model.report import LEVELS, Line, Report, counts, grouped
from bulletin.write.form_look import mixed

if TYPE_CHECKING:
    from bulletin.model.theme import Theme

STYLE = """
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 "Segoe UI",Calibri,"Noto Sans",sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.2rem;margin:2.5rem 0 .5rem;overflow-wrap:anywhere}
p{margin:.25rem 0;color:var(--soft)}
ul.counts{display:flex;flex-wrap:wrap;gap:.5rem 2rem;list-style:none;padding:0;margin:1rem 0}
ul.counts b{font-size:1.4rem;margin-right:.35rem}
nav ul{padding-left:1.2rem}
a{color:inherit}
a:focus-visible{outline:3px solid var(--info);outline-offset:2px}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--soft);padding-bottom:.25rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--hair)}
thead th{border-bottom:2px solid var(--ink)}
td.where{white-space:nowrap}
td.what{overflow-wrap:anywhere}
code{font-family:Consolas,"DejaVu Sans Mono",monospace;font-size:.86em;color:var(--soft);overflow-wrap:anywhere}
.level{font-weight:600;white-space:nowrap}
.error{color:var(--error)}.warning{color:var(--warning)}.waived{color:var(--waived)}.info{color:var(--info)}
.reason{color:var(--soft);margin-top:.25rem}
@media (max-width:40rem){thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
table,caption,tbody,tr,td{display:block}td{border:0;padding:.1rem 0}tr{border-bottom:1px solid var(--hair);padding:.6rem 0}}
@media print{body{font-size:9pt}h2{break-after:avoid}tr{break-inside:avoid}}
"""


def write_report(report: Report, theme: Theme) -> bytes:
    texts, groups = report.texts, grouped(report.lines)
    title = f"{report.title}: {texts['report_title']}"
    found = counts(report.lines)
    totals = "".join(f'<li class="{level}"><b>{found[level]}</b>{escape(texts[f"report_{level}"])}</li>' for level in LEVELS)
    links = "".join(f'<li><a href="#f{n}">{escape(file or texts["report_whole"])}</a></li>' for n, (file, _) in enumerate(groups))
    contents = f'<nav aria-label="{escape(texts["report_file"])}"><ul>{links}</ul></nav>' if len(groups) > 1 else ""
    tables = "".join(_file(report, n, file, lines) for n, (file, lines) in enumerate(groups))
    identity = escape(texts["report_edition"].format(edition=report.edition, build=report.build))
    nothing = "" if groups else f"<p>{escape(texts['report_nothing'])}</p>"
    page = (
        f'<!doctype html>\n<html lang="{escape(report.language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{colours(theme)}{STYLE}</style></head>\n<body><main>\n"
        f'<h1>{escape(title)}</h1><p>{identity}</p><ul class="counts">{totals}</ul>{contents}{nothing}{tables}\n</main></body></html>\n'
    )
    return page.encode()


def colours(theme: Theme) -> str:
    """Variables for light and dark: ink and paper change places."""
    c = theme.colour
    light = {
        "ink": c.ink, "soft": c.ink_2, "paper": c.paper, "hair": c.rule, "error": c.accent, "warning": c.ink,
        "waived": c.series[2], "info": c.ink_2,
    }  # fmt: skip
    dark = {
        "ink": c.paper, "soft": mixed(c.paper, c.ink, 0.75), "paper": c.ink, "hair": mixed(c.paper, c.ink, 0.35),
        "error": mixed(c.accent_fill, c.paper, 0.6), "warning": c.paper, "waived": mixed(c.series[2], c.paper, 0.4),
        "info": mixed(c.paper, c.ink, 0.75),
    }  # fmt: skip
    told = [";".join(f"--{name}:{value}" for name, value in scheme.items()) for scheme in (light, dark)]
    return f":root{{color-scheme:light dark;{told[0]}}}@media (prefers-color-scheme:dark){{:root{{{told[1]}}}}}"


def _file(report: Report, n: int, file: str, lines: tuple[Line, ...]) -> str:
    texts = report.texts
    heads = "".join(f'<th scope="col">{escape(texts[f"report_{h}"])}</th>' for h in ("severity", "place", "message"))
    name = escape(file or texts["report_whole"])
    said = ", ".join(f"{texts[f'report_{level}'].lower()} {number}" for level, number in counts(lines).items() if number)
    rows = "\n".join(_row(report, line) for line in lines)
    return (
        f'<section aria-labelledby="f{n}"><h2 id="f{n}">{name}</h2><table><caption>{escape(said)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></section>\n"
    )


def _row(report: Report, line: Line) -> str:
    level = escape(report.texts.get(f"severity_{line.level}", line.level))
    where = " ".join(t for t in (line.sheet, line.cell, f"({line.column})" if line.column else "") if t) or "–"
    key = f" {escape(line.key)}" if line.key else ""
    reason = f'<div class="reason">{escape(report.texts["report_waived"])}: {escape(line.waived)}</div>' if line.waived else ""
    sender = f" · {escape(line.institution)}" if line.institution else ""
    return (
        f'<tr><td class="level {line.level}">{level}</td><td class="where">{escape(where)}</td>'
        f'<td class="what">{escape(line.message)}{reason}<br><code>{escape(line.rule)}{key}</code>{sender}</td></tr>'
    )
