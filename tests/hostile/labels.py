"""Hostile words where words are printed: titles, names of sources, the publisher. The bulletin is built and its files looked through."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.settings import MAIN, PEOPLE, SOURCES, read
from hostile.variant import ANY, Variant

LABELS = (
    "<script>alert(1)</script>", "</title><script src=http://127.0.0.1:9/x.js></script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "<!-- --><style>*{background:url(http://127.0.0.1:9/a)}</style>",
    "]]><x/>", "&lt;b&gt;&amp;&#60;", "<?xml version='1.0'?>", "{{ 7*7 }}{% raw %}", "${7*7}#{7*7}", "%s%n{0}", "Custo US$ 5 e US$ 6", "$\\sqrt{\\sqrt{\\frac{a}{b}}}$", "_começa com traço", "=HYPERLINK(\"http://127.0.0.1:9/\")",
    "@SUM(A1:A9)", "+1-1", "**negrito** _itálico_ `x` [a](javascript:x)", "12*3*4 e - 5", "\\input{/etc/passwd}", "C:\\x\\y & <z>", "a" * 300, "palavra " * 120, "\U0001f600 𝒜 ﷽", "שלום עולם", "e\u0301\u0302\u0303\u0304", "a\tb", "a\u00a0\u202fb",
)  # fmt: skip


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def variants() -> Iterator[Variant]:
    for n, label in enumerate(LABELS):
        words = quoted(label)
        title = read(PEOPLE).replace(
            'title: {pt: "População, por província", en: "Population, by province"}', f"title: {{pt: {words}, en: {words}}}"
        )
        section = title.replace(
            "title: {pt: População por província, en: Population by province}", f"title: {{pt: {words}, en: {words}}}"
        )
        source = read(SOURCES).replace("{pt: Primeira fonte, en: First source}", f"{{pt: {words}, en: {words}}}")
        main = read(MAIN).replace("{pt: Projecto de ensaio, en: Test project}", f"{{pt: {words}, en: {words}}}")
        yield Variant(f"label-{n}", {PEOPLE: section.encode(), SOURCES: source.encode(), MAIN: main.encode()}, (ANY, "pdf-glyph-missing", "unprintable-sign", "unprintable", "sign-unprintable", "parity-figures", "parity-placeholder"), command="build", heavy=True)  # fmt: skip
