"""Hostile ODS files in place of a good one with the same figures."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.tables import FILE
from hostile.variant import ANY, Variant
from hostile.workbooks import DOCTYPE, OUTSIDE, packed, rows

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">%s</manifest:manifest>'


def text(value: object) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def number(value: object, kind: str = "float", more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}"{more}><text:p>{value}</text:p></table:table-cell>'
    )


def body(third: str = "") -> str:
    """All rows; `third`: in place of the figure of the second province."""
    out = []
    for n, row in enumerate(rows()):
        cells = [text("true" if c is True else c) if isinstance(c, str | bool) else number(c) for c in row]
        if n == 2 and third:
            cells[3] = third
        out.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return "".join(out)


def content(inside: str, declared: str = "", styles: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{declared}<office:document-content {SPACES}><office:automatic-styles>{styles}'
        f'</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Dados">{inside}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def ods(inside: str, declared: str = "", manifest: str = "", **more: bytes) -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": (MANIFEST % manifest).encode(),
            "content.xml": content(inside, declared),
            **more,
        }
    )


def one(name: str, data: bytes, *expected: str, heavy: bool = False, cell: bool = False) -> Variant:
    return Variant(f"ods-{name}", {FILE: None, "data/populacao.ods": data}, expected or ("",), heavy=heavy, cell=cell)


def variants() -> Iterator[Variant]:
    big, broken = "workbook-too-large", "workbook-broken"
    filled = number(1)
    yield one("good", ods(body()))
    yield one(
        "million-rows", ods(body() + f'<table:table-row table:number-rows-repeated="1048000">{filled}</table:table-row>'), big
    )
    yield one("million-blank-rows", ods(body() + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'))  # fmt: skip
    yield one("wide", ods(body() + f'<table:table-row>{number(1, more=" table:number-columns-repeated=" + chr(34) + "16384" + chr(34))}</table:table-row>'), big)  # fmt: skip
    yield one("repeated-999-times-200", ods(body() + f'<table:table-row table:number-rows-repeated="999">{number(1, more=" table:number-columns-repeated=" + chr(34) + "199" + chr(34))}</table:table-row>' * 40), big, heavy=True)  # fmt: skip
    for name, value in (("negative", "-5"), ("no-number", "abc"), ("20-digits", "9" * 20), ("5000-digits", "9" * 5000)):
        yield one(f"repeat-{name}", ods(body() + f'<table:table-row table:number-rows-repeated="{value}">{filled}</table:table-row>'), ANY, big, broken)  # fmt: skip
        yield one(f"column-repeat-{name}", ods(body() + f'<table:table-row><table:table-cell table:number-columns-repeated="{value}"/>{filled}</table:table-row>'), ANY, big, broken)  # fmt: skip
    yield one("blanks-in-text", ods(body('<table:table-cell office:value-type="string"><text:p>2<text:s text:c="999999999"/>5</text:p></table:table-cell>')), "not-a-number", ANY)  # fmt: skip
    yield one("entities", ods(body(), DOCTYPE), broken)
    yield one("entity-outside", ods(body(), OUTSIDE), broken)
    yield one("password", ods(body(), manifest="<manifest:encryption-data/>"), "workbook-encrypted")
    yield one("error", ods(body('<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>')), "cell-error", cell=True)  # fmt: skip
    yield one("percentage", ods(body(number("0.5", "percentage"))), "percent-format", cell=True)
    yield one("formula", ods(body('<table:table-cell table:formula="of:=1+1"/>')), "formula-without-value", cell=True)
    yield one("date", ods(body('<table:table-cell office:value-type="date" office:date-value="2024-07-01"><text:p>x</text:p></table:table-cell>')), "not-a-number", cell=True)  # fmt: skip
    for raw in ("NaN", "inf", "1e400", "abc", ""):
        yield one(f"value-{raw or 'empty'}", ods(body(number(raw))), ANY, broken, "not-a-number", "missing-value", "value-above", "empty-value", "cell-error")  # fmt: skip
    yield one("signs", ods(body(text("2\u202e275"))), "forbidden-character", cell=True)
    yield one(
        "nested",
        ods("<table:table>" * 50_000 + "</table:table>" * 50_000 + body()),
        ANY,
        big,
        broken,
        "reader-stopped",
        heavy=True,
    )
    yield one("deep-text", ods(body('<table:table-cell office:value-type="string"><text:p>' + "<text:span>" * 20_000 + "x" + "</text:span>" * 20_000 + "</text:p></table:table-cell>")), ANY, big, broken, "not-a-number", "reader-stopped")  # fmt: skip
    yield one("without-content", packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": (MANIFEST % "").encode()}), broken)  # fmt: skip
    yield one("not-xml", ods(body() + "<table:table-row>"), broken)
    yield one("bomb", ods(body(), **{"Pictures/x.bin": b"0" * 60_000_000}), big)
    yield one("half", ods(body())[:900], broken)
    yield one("hidden-row", ods(body().replace("<table:table-row>", '<table:table-row table:visibility="collapse">', 3)), "hidden-rows", "not-canonical", cell=True)  # fmt: skip
    yield one(
        "sheets", ods(body() + "</table:table>" + '<table:table table:name="x">' * 1 + "</table:table><table:table>" * 300), big
    )
