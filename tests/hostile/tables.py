"""Hostile text files among the data."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Iterator
from pathlib import Path

from hostile.variant import ANY, SAME, Content, Variant, folder, link_to, pipe, sparse

FILE = "data/populacao.csv"
GOOD = (Path(__file__).parents[1] / "projects" / "small" / FILE).read_text(encoding="utf-8")
LINES = GOOD.splitlines()
HEAD = LINES[0]
REFUSED_CHARACTERS = {
    "nul": "\x00", "bell": "\x07", "escape": "\x1b[31m", "delete": "\x7f", "c1": "\x85", "zero-width": "\u200b", "mark": "\u200f",
    "override": "\u202e", "embedding": "\u202a", "isolate": "\u2066", "feff": "\ufeff", "noncharacter": "\ufffe", "tags": "\U000e0041",
    "word-joiner": "\u2060", "soft-separator": "\u2028",
}  # fmt: skip
NO_NUMBERS = (
    "NaN", "nan", "inf", "-Infinity", "1e5", "1E+5", "1_000", "0x1F", "2 275 1", "2,275,1", "--5", "+5", "5-", "2275%", "=2275", "2275*",
    "٢٢٧٥", "２２７５", "²", "½", "2275.", ",5", "2.275,", "2'275", "1 0", "O", "l0", "12,5.3", "12.3456,7",
)  # fmt: skip


def put(line: int, field: int, text: str) -> str:
    """The good file with one field changed, both counted from 0; the head is line 0."""
    lines = list(LINES)
    fields = lines[line].split(";")
    fields[field] = text
    lines[line] = ";".join(fields)
    return "\n".join(lines) + "\n"


def one(name: str, content: str | bytes, *expected: str, cell: bool = False, heavy: bool = False) -> Variant:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return Variant(f"csv-{name}", {FILE: raw}, expected or (SAME,), cell=cell, heavy=heavy)


def moved(name: str, path: str, content: Content, *expected: str) -> Variant:
    return Variant(f"csv-{name}", {FILE: None, path: content}, expected or (SAME,))


def variants() -> Iterator[Variant]:
    yield from _encodings()
    yield from _shapes()
    yield from _values()
    yield from _other_things()


def _encodings() -> Iterator[Variant]:
    yield one("utf8-mark", codecs.BOM_UTF8 + GOOD.encode())
    yield one("utf16-le", codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"))
    yield one("utf16-be", codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"))
    yield one("utf16-odd", codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le") + b"x", "unknown-encoding")
    yield one("utf16-unmarked", GOOD.encode("utf-16-le"), "forbidden-character", "unknown-encoding")
    yield one("utf32", GOOD.encode("utf-32"), "forbidden-character", "unknown-encoding")
    accented = GOOD.replace("Zambezia", "Zambézia")
    yield one("cp1252", accented.encode("cp1252"))
    yield one("cp850", accented.encode("cp850"), ANY, "unknown-encoding", "unknown-place")
    yield one("macintosh", accented.encode("mac_roman"), ANY, "unknown-encoding", "unknown-place")
    yield one("decomposed", accented.replace("é", "e\u0301"))
    yield one("broken-utf8", GOOD.encode().replace(b"Niassa", b"Niass\xc3("), "unknown-encoding", "unknown-place")
    yield one("surrogates", GOOD.replace("Niassa", "Niass\ud800"), "unknown-encoding")
    for name, sign in REFUSED_CHARACTERS.items():
        yield one(
            f"sign-{name}",
            GOOD.replace("Niassa", f"Nia{sign}ssa"),
            "forbidden-character",
            "unknown-place",
            "unknown-code",
            cell=True,
        )
    yield one("reversed-number", put(2, 3, "\u202e5722\u202c"), "forbidden-character", cell=True)
    yield one("cr-only", GOOD.replace("\n", "\r"))
    yield one("crlf", GOOD.replace("\n", "\r\n"))
    yield one("mixed-ends", GOOD.replace("\n", "\r\n", 3))


def _shapes() -> Iterator[Variant]:
    yield one("empty", b"", "empty-file")
    yield one("mark-only", codecs.BOM_UTF8, "empty-file")
    yield one("blanks-only", b" \n\t\n", "empty-file")
    yield one("head-only", HEAD + "\n", "no-rows")
    yield one("head-repeated", HEAD + "\n" + GOOD, ANY, "unknown-indicator-code", "unknown-indicator")
    yield one("no-head", "\n".join(LINES[1:]) + "\n", "missing-columns", "unknown-column", "unknown-separator")
    yield one("no-final-newline", GOOD.rstrip("\n"), "no-final-newline", cell=True)
    for cut in (40, 120, 199, 260):
        yield one(f"cut-{cut}", GOOD.encode()[:cut], "no-final-newline", "missing-columns", "unknown-separator", "row-width")
    yield one("short-row", put(2, 3, "2275").replace("Niassa;2024;", "Niassa;"), "row-width", cell=True)
    yield one("long-row", put(2, 3, "2275;2275"), "row-width", cell=True)
    yield one("open-quote", put(2, 1, '"Niassa'), "csv-quotes", "row-width")
    yield one("quote-inside", put(2, 1, 'Nia"ssa'), "csv-quotes", "unknown-place", "unknown-code", "row-width")
    yield one("quotes-inside", put(2, 1, 'Nia"s;s"a'), "csv-quotes", "unknown-place", "unknown-code", "row-width")
    yield one(
        "quotes-that-hide-a-row",
        put(2, 1, 'x"').replace("MZ-P;", 'x";'),
        "csv-quotes",
        "unknown-place",
        "unknown-code",
        "row-width",
    )
    yield one("quoted", "\n".join(";".join(f'"{f}"' for f in line.split(";")) for line in LINES) + "\n")
    yield one("repeated-column", GOOD.replace("ILLUSTRATIVE", "SOURCE", 1), "repeated-column")
    yield one("unknown-column", GOOD.replace("ILLUSTRATIVE", "ILUSTRATIVO", 1), "unknown-column")
    yield one("missing-column", GOOD.replace("OBS_VALUE", "VALOR", 1), "missing-columns", "unknown-column")
    yield one("lower-case-head", HEAD.lower() + GOOD[len(HEAD) :])
    yield one("blanks-around", "\n".join("; ".join(line.split(";")) for line in LINES) + "\n")
    yield one("blank-rows", GOOD.replace("\n", "\n\n") + ";;;;;;;\n" * 5)
    yield moved("tabs", "data/populacao.tsv", GOOD.replace(";", "\t").encode())
    yield one("wide", HEAD + ";x" * 100_000 + "\n" + GOOD, "csv-too-large")
    yield one("long-head", HEAD + "x" * 300_000 + "\n" + GOOD, "csv-too-large")
    yield one("long-field", put(2, 1, "N" * 400_000), "unknown-place", "unknown-code", cell=True)
    yield one(
        "many-bad-rows", GOOD + "POPULATION;Nenhures;2024;1;PERS;PRIMEIRA;true;3\n" * 20_000, "unknown-place", "unknown-code"
    )
    yield one("bad-rows-of-all-kinds", GOOD + "".join(f"P{n};X{n};Y{n};Z{n};U{n};S{n};I{n};M{n}\n" for n in range(3000)), "unknown-code", heavy=True)  # fmt: skip
    yield one("flood", HEAD + "\n" + "\n" * 2_100_000 + GOOD, "csv-too-large", heavy=True)


def _values() -> Iterator[Variant]:
    for n, text in enumerate(NO_NUMBERS):
        yield one(f"value-{n}-{text.encode('unicode_escape').decode()[:12]}", put(2, 3, text), "not-a-number", "ambiguous-number", "mixed-decimals", "value-below", ANY, cell=True)  # fmt: skip
    yield one("ambiguous", "\n".join([HEAD, "POPULATION;MZ;2024;1.234;PERS;PRIMEIRA;true;3"]) + "\n", "ambiguous-number")
    yield one("mixed-marks", put(2, 3, "2275.5"), "mixed-decimals", "not-a-number")
    yield one("400-digits", put(2, 3, "9" * 400), "not-a-number", "value-above", "unlikely-number", "number-too-large", cell=True)
    for count in (16, 30, 300):
        yield one(f"{count}-digits", put(2, 3, "9" * count), "value-too-large", "not-a-number", cell=True)
    yield one("400-decimals", put(2, 3, "2275," + "0" * 400), ANY)
    yield one("tiny", put(2, 3, "0," + "0" * 400 + "1"), "sum-of-parts", "not-a-number")
    yield one("negative", put(2, 3, "-2275"), "value-below", cell=True)
    yield one("multiplier", put(2, 7, "99"), "unknown-code", "unit-multiplier", "bad-multiplier", "unknown-multiplier")
    yield one("multiplier-word", put(2, 7, "mil"), "unknown-code", "unit-multiplier", "bad-multiplier", "unknown-multiplier")
    yield one("period-0", put(2, 2, "0000"), "year-out-of-range", "unknown-period")
    yield one("period-far", put(2, 2, "99999"), "year-out-of-range", "unknown-period")
    yield one("period-words", put(2, 2, "2024; DROP"), "row-width")
    yield one("area-na", put(2, 1, "NA"), "unknown-place", "unknown-code")
    yield one("area-escape", put(2, 1, "../../../etc/passwd"), "unknown-place", "unknown-code")
    yield one("area-markup", put(2, 1, "<script>alert(1)</script>"), "unknown-place", "unknown-code")
    yield one("area-template", put(2, 1, "{{ 7*7 }}{% set a=1 %}"), "unknown-place", "unknown-code")
    yield one("area-format", put(2, 1, "{0.__class__}%s%n"), "unknown-place", "unknown-code")
    yield one("source-unknown", put(2, 5, "__proto__"), "unknown-source-code")
    yield one("unit-unknown", put(2, 4, "KG"), "unknown-unit", "unknown-code", "unit-differs", "other-unit")
    yield one("indicator-formula", put(2, 0, "=POPULATION"), "unknown-indicator-code", "unknown-indicator")
    yield one("same-twice", GOOD + LINES[2] + "\n", ANY)
    yield one("other-twice", GOOD + LINES[2].replace("2275", "2276") + "\n", "conflicting-rows", "contradiction", "repeated-row", "values-differ", "duplicate-differs")  # fmt: skip
    pensions = (Path(__file__).parents[1] / "projects" / "small" / "data" / "pensionistas.csv").read_text(encoding="utf-8")
    for n, label in enumerate(("=1+1", "@SUM(A1)", "+1", "-1", "\t=1", '=HYPERLINK("http://127.0.0.1:9/")')):
        text = pensions.replace(
            "PRIMEIRA,INSS,_T,A,,", f"PRIMEIRA,INSS,_T,A,{label.replace(',', ' ')},{label.replace(',', ' ')}", 1
        )
        if '"' in label:
            text = text.replace(label, '"' + label.replace('"', '""') + '"')
        yield Variant(f"csv-comment-{n}", {"data/pensionistas.csv": text.encode()}, (ANY, "comment-formula", "formula-text"))


def _other_things() -> Iterator[Variant]:
    for name, start, rule in (
        ("workbook", b"PK\x03\x04" + b"\0" * 60, "csv-is-workbook"),
        ("old-workbook", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "csv-is-workbook"),
        ("pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + bytes(range(128, 256)), "unknown-encoding"),
        ("page", b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>\n", "missing-columns"),
        ("gzip", gzip.compress(GOOD.encode(), mtime=0), "unknown-encoding"),
        ("noise", bytes((n * 7919) % 256 for n in range(5000)), "unknown-encoding"),
    ):
        yield one(f"really-{name}", start, rule, "unknown-separator", "unknown-column", "forbidden-character")
    yield moved("folder", FILE, folder, ANY, "no-data", "missing-figure")
    yield Variant("csv-pipe", {FILE: pipe}, (ANY, "file-unreadable", "file-ignored"))
    yield Variant("csv-link-outside", {FILE: link_to("/etc/passwd")}, ("link-outside",))
    yield Variant("csv-link-device", {FILE: link_to("/dev/zero")}, (ANY, "link-outside", "file-unreadable"))
    yield Variant("csv-link-loop", {FILE: link_to("populacao.csv")}, (ANY, "link-outside", "file-missing", "file-unreadable"))
    yield Variant("csv-link-folder", {FILE: None, "data/mais": link_to("/etc")}, (ANY,))
    yield Variant("csv-huge", {FILE: sparse(900)}, ("file-too-large",))
    yield Variant("csv-name-long", {"data/" + "é" * 100 + ".csv": GOOD.encode()}, (ANY,))
    yield Variant("csv-name-signs", {FILE: None, "data/quadro\u202e 1\n[b]{x}.csv": GOOD.encode()}, (SAME, ANY))
    yield Variant("csv-name-reserved", {FILE: None, "data/CON.csv": GOOD.encode()})
    yield Variant("csv-name-option", {FILE: None, "data/--help.csv": GOOD.encode()})


__all__ = ["FILE", "GOOD", "HEAD", "LINES", "put", "variants"]
