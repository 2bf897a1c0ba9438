"""Hostile configuration, maps of tables, boundaries, pictures and narratives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hostile.tables import FILE
from hostile.variant import ANY, SAME, Content, Variant, folder, link_to, pipe, sparse
from hostile.workbooks import good

SMALL = Path(__file__).parents[1] / "projects" / "small"
MAIN, PEOPLE, SOURCES = "bulletin.yaml", "config/outlines/small/people.yaml", "config/sources.yaml"
TEXT = "text/pt/people.md"


def read(name: str) -> str:
    return (SMALL / name).read_text(encoding="utf-8")


def one(name: str, old: str, new: str, *expected: str, file: str = MAIN, cell: bool = False, heavy: bool = False) -> Variant:
    text = read(file)
    assert old in text, (name, old)
    changed = text.replace(old, new, 1).encode("utf-8", "surrogatepass")
    return Variant(f"yaml-{name}", {file: changed}, expected or (SAME,), cell=cell, heavy=heavy)


def whole(name: str, content: Content, *expected: str, file: str = MAIN, heavy: bool = False) -> Variant:
    return Variant(f"yaml-{name}", {file: content}, expected or (SAME,), heavy=heavy)


def variants() -> Iterator[Variant]:
    yield from _syntax()
    yield from _names()
    yield from _values()
    yield from _files()
    yield from _maps()
    yield from _texts()


def _syntax() -> Iterator[Variant]:
    text = read(MAIN)
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))  # fmt: skip
    yield one("repeated-key", "year: 2024", "year: 2024\nyear: 2023", "yaml-repeated-key", cell=True)
    yield whole("alias-bomb", (bomb + text).encode(), "yaml-anchor")
    yield one("anchor", "{pt: Projecto", "&a {pt: Projecto", "yaml-anchor", cell=True)
    yield one("recursion", "prefer:", "prefer: &p\n  - *p", "yaml-anchor", "yaml-indentation", "yaml-syntax")
    yield one("merge-key", "id: small", "<<: {id: other}\nid: small", "config-unknown-key", "yaml-anchor")
    yield one("python-tag", "year: 2024", "year: !!python/object/apply:os.system ['id']", "yaml-tag")  # fmt: skip
    yield one("own-tag", "id: small", "id: !x small", "yaml-tag", cell=True)
    yield one("binary-tag", "id: small", "id: !!binary c21hbGw=", "yaml-tag", cell=True)
    yield one("tab", "prefer:\n  -", "prefer:\n\t-", "yaml-tab", cell=True)
    yield one("curly-quotes", "id: small", "id: “small”", "yaml-curly-quotes", cell=True)
    yield one("open-quote", "id: small", 'id: "small', "yaml-quotes", "yaml-syntax", cell=True)
    yield one("colon", "id: small", "id: small: x", "yaml-colon", cell=True)
    yield whole("two-documents", (text + "---\nid: other\n").encode(), "yaml-documents")
    yield whole("deep", (text + "waivers: " + "[" * 500 + "]" * 500 + "\n").encode(), "yaml-too-deep")
    yield whole("deeper", (text + "waivers: " + "[" * 100_000 + "]" * 100_000 + "\n").encode(), "yaml-too-deep")
    yield whole("deep-maps", (text + "waivers: " + "{a: " * 3000 + "1" + "}" * 3000 + "\n").encode(), "yaml-too-deep")
    yield whole("large", (text + "# " + "x" * 1_100_000 + "\n").encode(), "yaml-too-large")
    yield whole("huge", sparse(900), "file-too-large", "yaml-too-large")
    yield whole("many-keys", (text + "".join(f"k{n}: {n}\n" for n in range(30_000))).encode(), "config-unknown-key", heavy=True)
    yield whole(
        "long-key",
        (text + "k" * 200_000 + ": 1\n").encode(),
        "config-unknown-key",
        "yaml-syntax",
        "yaml-colon",
        "yaml-indentation",
    )
    yield whole("empty", b"", "config-not-map", "no-project", "empty-file")
    yield whole("scalar", b"boletim\n", "config-not-map")
    yield whole("list", b"- a\n- b\n", "config-not-map")
    yield whole("number", b"42\n", "config-not-map")
    yield whole("nul", text.replace("small", "sm\0all", 1).encode(), "forbidden-character")
    yield whole("override", text.replace("Projecto", "Proj\u202eecto", 1).encode(), "forbidden-character")
    yield whole("escaped-override", text.replace("{pt: Projecto de ensaio", '{pt: "Proj\\u202eecto \\u0007 de ensaio"', 1).encode(), "forbidden-character")  # fmt: skip
    yield whole("escaped-surrogate", text.replace("{pt: Projecto de ensaio", '{pt: "Proj\\ud800ecto"', 1).encode(), "forbidden-character", "yaml-syntax", "yaml-quotes")  # fmt: skip
    yield whole("utf16", text.encode("utf-16"))
    yield whole("utf8-mark", b"\xef\xbb\xbf" + text.encode())
    yield whole("crlf", text.replace("\n", "\r\n").encode())
    yield whole("cp1252", text.encode("cp1252"), ANY)
    yield whole("zip", good(), "forbidden-character", "unknown-encoding", "yaml-syntax")
    yield whole("json", b'{"id": "small"}', "config-missing-key", "config-required")
    yield one("unknown-key", "outline: small", "outline: small\n__class__: x", "config-unknown-key", cell=True)


def _names() -> Iterator[Variant]:
    unsafe = ("unsafe-name",)
    for n, name in enumerate((
        "../fora", "..", "/etc/passwd", "C:\\x", "C:x", "a/b", "a\\b", "CON", "nul", "com1.txt", "LPT9", "CONIN$", "COM¹", "x.", "'x '", "a:b", "a*b",
        "é" * 200, "x" * 300, "a b", "~", "-rf", "'$(id)'", "'%TEMP%'", "'{x}'", "\"a\\nb\"", "''", ".git",
    )):  # fmt: skip
        yield one(
            f"id-{n}",
            "id: small",
            f"id: {name}",
            *unsafe,
            "config-wrong-type",
            "config-empty",
            "config-required",
            "config-too-short",
            "config-missing-key",
            "missing-text",
        )
    for n, name in enumerate(("../../../etc", "/etc", "C:\\windows", "NUL")):
        yield one(f"outline-{n}", "outline: small", f"outline: {name}", *unsafe)
        yield one(f"theme-{n}", "outline: small", f"outline: small\ntheme: {name}", *unsafe)
        yield one(f"boundaries-{n}", "outline: small", f"outline: small\ngeo: {{file: '{name}', code_property: x, vintage: 2020}}", *unsafe, "config-unknown-key", "config-missing-key", "config-required")  # fmt: skip
        yield one(f"country-{n}", "country: MZ", f"country: {name}", *unsafe, "unknown-country")
        yield one(f"language-{n}", "languages: [pt, en]", f"languages: ['{name}']", "unknown-language")
        yield one(f"logo-{n}", "outline: small", f"outline: small\ntheme: {{extends: indico, logos: [{{file: '{name}', height: 12, alt: {{pt: a, en: b}}}}]}}", *unsafe, "picture-outside", "picture-kind", "config-unknown-key", "config-missing-key")  # fmt: skip
        yield one(f"data-file-{n}", "prefer:", f"files: [{{file: '{name}'}}]\nprefer:", "declared-file-missing")
        yield one(
            f"chapter-{n}",
            "chapter: people",
            f"chapter: '{name}'",
            *unsafe,
            "outline-order",
            "unknown-chapter",
            "order-unknown",
            "unknown-id",
            "unknown-chapter-text",
            ANY,
            file=PEOPLE,
        )
        yield one(f"table-{n}", "table: population", f"table: '{name}'", *unsafe, ANY, file=PEOPLE)
        yield one(f"source-{n}", "id: PRIMEIRA", f"id: '{name}'", ANY, "unknown-source-code", "unknown-source", file=SOURCES)


def _values() -> Iterator[Variant]:
    wrong = (
        "config-not-whole",
        "config-not-text",
        "config-wrong-type",
        "config-not-allowed",
        "config-not-number",
        "config-wrong-kind",
    )
    yield one("year-word", "year: 2024", "year: NO", *wrong)
    years = "years: {first: 2020, last: 2024}"
    yield one("year-huge", "year: 2024", f"year: {'9' * 30}", "not-a-year", cell=True)
    yield one("year-negative", "year: 2024", "year: -5", "not-a-year", cell=True)
    yield one("years-endless", years, "years: {first: 1, last: 99999999}", "not-a-year", "years-too-many", cell=True)
    yield one("years-many", years, "years: {first: 1950, last: 2024}", "years-too-many", cell=True)
    yield one("years-reversed", "years: {first: 2020, last: 2024}", "years: {first: 2024, last: 2020}", "years-reversed")
    yield one("date", "release_date: 2025-01-31", "release_date: 2025-02-31", "not-a-date")
    yield one("date-words", "release_date: 2025-01-31", "release_date: amanhã", "not-a-date")
    yield one("longest-table", "outline: small", "outline: small\nlongest_table: 1000000000", "config-not-allowed", cell=True)
    yield one("status", "status: final", "status: {{ 7*7 }}", *wrong, "yaml-syntax")
    yield one("languages-twice", "languages: [pt, en]", "languages: [pt, pt]", ANY, *wrong, "config-repeated", "repeated-id")
    yield one("languages-none", "languages: [pt, en]", "languages: []", "config-wrong-length")
    yield one(
        "list-for-map", "publisher: {pt: Projecto de ensaio, en: Test project}", "publisher: [a, b]", *wrong, "config-not-map"
    )
    yield one("map-for-text", "id: small", "id: {a: b}", *wrong)
    for name, value in (("decimals-endless", "999999999"), ("decimals-negative", "-3"), ("decimals-word", "um")):
        yield one(name, "decimals: 1", f"decimals: {value}", *wrong, "config-too-large", file=PEOPLE)
    for name, value in (("scale-endless", "999999999"), ("scale-negative", "-3"), ("scale-word", "mil")):
        yield one(name, "scale: 3", f"scale: {value}", *wrong, "config-too-large", file=PEOPLE)
    many = ", ".join(f'"{year}"' for year in range(1000, 9000))
    yield one("columns-8000", 'codes: ["2024"]', f"codes: [{many}]", "not-a-period", file=PEOPLE, cell=True)
    yield one("indicator-unknown", "indicator: POPULATION", "indicator: __import__", "unknown-indicator", file=PEOPLE, cell=True)
    yield one("kind-unknown", "kind: bar", "kind: ../bar", "chart-kind-unknown", file=PEOPLE, cell=True)
    yield one("kind-of-the-program", "kind: bar", "kind: spark", "chart-kind-unknown", file=PEOPLE, cell=True)
    yield one("level-unknown", "{by: ref_area}", "{by: __class__}", "config-not-allowed", file=PEOPLE, cell=True)
    yield one("level-of-indicators", "{by: ref_area}", "{by: indicator}", "config-missing-key", file=PEOPLE, cell=True)
    yield one(
        "level-none", 'columns: [{by: period, codes: ["2024"]}]', "columns: []", "config-wrong-length", file=PEOPLE, cell=True
    )
    yield one("kind-of-list", "- {text: people}", "- {list: __class__}", "config-not-allowed", file=PEOPLE, cell=True)
    yield one("level-height", "kind: bar", "kind: bar\n        height: 100000000", "config-not-allowed", file=PEOPLE, cell=True)
    yield one("level-depth", "kind: bar", "kind: bar\n        height: -50", "config-not-allowed", file=PEOPLE, cell=True)
    yield one("where-unknown", "scale: 3", "where: {place: MZ}", "config-not-allowed", file=PEOPLE, cell=True)
    yield one("where-period", "scale: 3", "where: {period: 24}", "not-a-period", file=PEOPLE, cell=True)
    added = (
        "outline: small\nadd: [{to: people.places, item: {chart: x, kind: bar, title: {pt: a, en: b}, indicator: POPULATOIN}}]"
    )
    yield one("added-indicator", "outline: small", added, "unknown-indicator", cell=True)
    yield one("changed-indicator", "outline: small", "outline: small\nchange: {population: {indicator: POPULATOIN}}", "unknown-indicator", cell=True)  # fmt: skip
    yield one(
        "changed-kind",
        "outline: small",
        "outline: small\nchange: {population_chart: {kind: pie}}",
        "chart-kind-unknown",
        cell=True,
    )
    formula = "indicators:\n  - {{id: MINE, label: {{pt: a, en: b}}, subject: {{pt: {{text: a}}, en: {{text: b}}}}, definition: {{pt: a, en: b}}, kind: rate, unit: PT, formula: {{kind: ratio, of: [{0}, {0}]}}}}\n"  # fmt: skip
    yield Variant("yaml-formula-of-itself", {"config/indicators.yaml": formula.format("MINE").encode()}, (ANY, *wrong, "config-unknown-key", "formula-circular", "config-missing-key"))  # fmt: skip


def _files() -> Iterator[Variant]:
    yield whole("link-outside", link_to("/etc/passwd"), "link-outside")
    yield whole("link-loop", link_to("bulletin.yaml"), "link-outside", "no-project", "file-unreadable")
    yield whole("folder", folder, "no-project", "file-is-folder", file=MAIN)
    yield whole("pipe", pipe, "no-project", "file-unreadable")
    yield whole("sources-link", link_to("/etc/hostname"), "link-outside", file=SOURCES)
    yield whole("text-link", link_to("/etc/hostname"), "link-outside", file=TEXT)
    yield whole("text-device", link_to("/dev/zero"), ANY, "link-outside", "missing-paragraph", file=TEXT)
    yield whole("config-link", link_to("/etc"), ANY, file="config/indicators")
    yield whole("letterhead-link", link_to("/etc/hostname"), "letterhead-unreadable", ANY, file="config/letterhead.docx")
    yield whole("messages-of-the-project", b"no-project: '{0.__class__}'\n", ANY, file="config/messages/pt.yaml")
    for name, content in (
        ("scripts", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><rect width="9" height="9" onload="x()"/></svg>'),
        ("entities", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">&a;</svg>'),
        ("not-svg", b"<html/>"), ("png-in-name", b"\x89PNG\r\n\x1a\n" + b"\0" * 40), ("nothing", b""),
        ("endless", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e308 1e-308"/>'),
    ):  # fmt: skip
        theme = read(MAIN).replace("outline: small", "outline: small\ntheme: {base: indico, logos: [{file: logo.svg, height: 12, alt: {pt: a, en: b}}]}", 1)  # fmt: skip
        yield Variant(f"yaml-logo-{name}", {MAIN: theme.encode(), "logo.svg": content}, (ANY, "picture-unreadable", "logo-without-png", "config-unknown-key", "config-missing-key", "logo-lettering"))  # fmt: skip


def _maps() -> Iterator[Variant]:
    base = "header_rows: [1]\ncolumns: {INDICATOR: INDICATOR, REF_AREA: REF_AREA, TIME_PERIOD: TIME_PERIOD, OBS_VALUE: OBS_VALUE, UNIT_MEASURE: UNIT_MEASURE, SOURCE: SOURCE, UNIT_MULT: UNIT_MULT, ILLUSTRATIVE: ILLUSTRATIVE}\ndecimal: ','\n"  # fmt: skip
    spec = FILE + ".map.yaml"
    yield whole("map-good", base.encode(), ANY, file=spec)
    for name, line in (
        ("redos", "drop: ['(N+)+X']"), ("redos-alternatives", "drop: ['(N|N|N)+X']"), ("redos-wide", "drop: ['.*.*.*.*.*.*.*X']"), ("redos-until", "until: '(\\s*N*)*X'"),
        ("redos-note", "footnote: '(a*)*b'"), ("redos-back", "drop: ['(N*)\\1*X']"), ("broken-pattern", "drop: ['(']"), ("long-pattern", f"drop: ['{'a?' * 150}']"),
        ("deep-pattern", f"drop: ['{'(' * 90}a{')' * 90}']"), ("repeat-overflow", "drop: ['a{99999999999}']"),
    ):  # fmt: skip
        text = base + line + "\n"
        hostile = "\n".join([*(SMALL / FILE).read_text(encoding="utf-8").splitlines(), "N" * 4000 + ";;;;;;;"]) + "\n"
        yield Variant(
            f"yaml-map-{name}", {spec: text.encode(), FILE: hostile.encode()}, ("map-slow-pattern", "map-bad-pattern", ANY)
        )
    for name, text in (
        ("rows-endless", base.replace("[1]", "[99999999999]")), ("rows-negative", base.replace("[1]", "[-1]")), ("rows-none", base.replace("[1]", "[]")),
        ("column-far", base.replace("OBS_VALUE: OBS_VALUE", "OBS_VALUE: ZZZZZZ")), ("unknown-column", base.replace("INDICATOR: INDICATOR", "__class__: INDICATOR")),
        ("tables-5000", "tables:\n" + "  - {header_rows: [1]}\n" * 5000), ("list", "- a\n"), ("empty", ""),
        ("constants-markup", base + "constants: {COMMENT_PT: '<script>x</script>', COMMENT_EN: '{{ 1 }}'}\n"),
    ):  # fmt: skip
        yield whole(f"map-{name}", text.encode(), ANY, "config-not-map", "config-wrong-type", "unknown-separator", "map-unknown-head", "parity-figures", "parity-placeholder", "map-head-missing", "map-column-missing", "map-unknown-column", "map-incomplete", "config-not-allowed", "config-wrong-length", "config-unknown-key", file=spec)  # fmt: skip


def _texts() -> Iterator[Variant]:
    good_text = read(TEXT)
    for name, line, expected in (
        ("class", "{{ ''.__class__ }}", "template-refused"), ("globals", "{{ value.__globals__ }}", "template-refused"), ("import", "{% import '/etc/passwd' as x %}", "template-refused"),
        ("include", "{% include '../../bulletin.yaml' %}", "template-refused"), ("set", "{% set x = 1 %}", "template-refused"), ("loop", "{% for a in [1, 2] %}x{% endfor %}", "template-refused"),
        ("memory", "{{ 'a' * 300000000 }}", "template-refused"), ("power", "{{ 9 ** 9 ** 9 }}", "template-refused"), ("filter", "{{ 'a'|attr('x') }}", "template-refused"),
        ("format", "{{ '{0.__class__}'.format(1) }}", "template-refused"), ("unknown", "{{ open('/etc/passwd') }}", "template-unknown-function"), ("self", "{{ self }}", "template-unknown-function"),
        ("decimals", "{{ value('POPULATION', decimals=999999999) }}", "template-argument"), ("misspelt", "{{ valeu('POPULATION') }}", "template-unknown-function"),
        ("brackets", "{{ " + "(" * 5000 + ")" * 5000 + " }}", "template-syntax"), ("open", "{{ value(", "template-syntax"), ("ifs", "{% if 1 %}" * 500, "template-syntax"),
        ("long", "palavra " * 5000, "template-too-large"), ("nul", "a\0b", "forbidden-character"), ("override", "a\u202eb", "forbidden-character"), ("digits", "São 12 345 pessoas.", ANY),
        ("markup", "<script>alert(1)</script><img src=x onerror=y>", ANY), ("link", "[x](javascript:alert(1)) ![y](http://127.0.0.1:9/z.png)", ANY),
    ):  # fmt: skip
        yield Variant(f"text-{name}", {TEXT: (good_text + "\n{#people.other}\n" + line + "\n").encode(), "text/en/people.md": (read("text/en/people.md") + "\n{#people.other}\nWords.\n").encode()}, (ANY, "parity-figures") if expected == ANY else (expected,), cell=expected != ANY)  # fmt: skip
    yield whole(
        "text-large",
        b"{#people.ranking}\n" + b"x" * 1_100_000,
        "yaml-too-large",
        "template-too-large",
        "file-too-large",
        file=TEXT,
    )
    yield whole(
        "text-many", b"".join(b"{#p%d}\nPalavras.\n" % n for n in range(20_000)), ANY, "missing-paragraph", file=TEXT, heavy=True
    )
    yield whole("text-noise", bytes(range(256)) * 20, ANY, "unknown-encoding", "forbidden-character", file=TEXT)
    yield whole("text-zip", good(), ANY, "unknown-encoding", "forbidden-character", file=TEXT)
    yield whole("text-before-id", b"Sem id.\n" + good_text.encode(), "text-before-id", file=TEXT)
    yield whole("text-same-id", (good_text + good_text).encode(), "repeated-id", file=TEXT)
