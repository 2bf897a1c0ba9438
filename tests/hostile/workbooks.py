"""Hostile and damaged workbooks in place of a good one with the same figures."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import openpyxl
import xlsxwriter

from hostile.tables import FILE, GOOD, LINES
from hostile.variant import ANY, Variant

BOOK = "data/populacao.xlsx"
SHEET = "xl/worksheets/sheet1.xml"
Parts = dict[str, bytes]
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def rows() -> list[list[Any]]:
    found: list[list[Any]] = [LINES[0].split(";")]
    for line in LINES[1:]:
        fields: list[Any] = line.split(";")
        fields[2], fields[3], fields[6], fields[7] = int(fields[2]), float(fields[3].replace(",", ".")), True, int(fields[7])
        found.append(fields)
    return found


@cache
def good() -> bytes:
    """With its texts in a part of their own, as Excel saves them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Dados")
        for n, row in enumerate(rows()):
            sheet.write_row(n, 0, row)
    return out.getvalue()


def book(change: Callable[[Any], None]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Dados"
    for row in rows():
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def parts(data: bytes | None = None) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data or good())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    content = parts()
    content[name] = change(content[name])
    return packed(content)


def in_sheet(old: str, new: str, count: int = 1) -> bytes:
    def change(raw: bytes) -> bytes:
        text = raw.decode()
        assert old in text, old
        return text.replace(old, new, count).encode()

    return changed(SHEET, change)


def one(name: str, data: bytes, *expected: str, heavy: bool = False, cell: bool = False, path: str = BOOK) -> Variant:
    return Variant(f"xlsx-{name}", {FILE: None, path: data}, expected or ("",), heavy=heavy, cell=cell)


def variants() -> Iterator[Variant]:
    yield one("good", good())
    yield from _reach()
    yield from _zips()
    yield from _declared()
    yield from _cells()
    yield from _sheets()
    yield from _other_files()


def _reach() -> Iterator[Variant]:
    big = "workbook-too-large"
    end = "</sheetData>"
    yield one("far-cell", in_sheet(end, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'), big)
    yield one("far-row", in_sheet(end, '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'), big)
    yield one("far-column", in_sheet(end, '<row r="99"><c r="XFD99"><v>1</v></c></row></sheetData>'), big)
    yield one(
        "beyond-any-sheet", in_sheet(end, '<row r="99"><c r="ZZZZ99"><v>1</v></c></row></sheetData>'), ANY, big, "workbook-broken"
    )
    yield one("row-number-of-20-digits", in_sheet(end, f'<row r="{"9" * 20}"><c r="A{"9" * 20}"><v>1</v></c></row></sheetData>'), ANY, big, "workbook-broken")  # fmt: skip
    yield one("row-zero", in_sheet('<row r="2"', '<row r="0"'), ANY, "workbook-broken")
    yield one("row-negative", in_sheet('<row r="2"', '<row r="-2"'), ANY, "workbook-broken")
    yield one("far-but-empty", in_sheet(end, '<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'))
    yield one("empty-rows", in_sheet(end, '<row r="1"/>' * 100_000 + end), ANY, big)
    yield one(
        "false-dimension", changed(SHEET, lambda raw: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', raw))
    )
    yield one("no-references", changed(SHEET, lambda raw: re.sub(rb' r="[A-Z]*[0-9]+"', b"", raw)))
    yield one("million-empty-rows", in_sheet(end, "<row/>" * 8_000_000 + end), big, heavy=True)
    yield one("million-wide-rows", in_sheet(end, "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(20, 40_000)) + end), big, heavy=True)  # fmt: skip
    yield one("million-cells", in_sheet(end, '<row r="50">' + '<c r="A50"><v>1</v></c>' * 2_500_000 + "</row>" + end), big, "reader-stopped", heavy=True)  # fmt: skip
    yield one("million-strings", changed("xl/sharedStrings.xml", lambda raw: raw.replace(b"</sst>", b"<si><t>x</t></si>" * 3_000_000 + b"</sst>")), ANY, "reader-stopped", big, heavy=True)  # fmt: skip
    yield one("million-styles", changed("xl/styles.xml", lambda raw: re.sub(rb"<cellXfs[^>]*>", lambda m: m[0] + b"<xf/>" * 2_000_000, raw)), ANY, "reader-stopped", big, "workbook-broken", heavy=True)  # fmt: skip


def _zips() -> Iterator[Variant]:
    big, broken = "workbook-too-large", "workbook-broken"
    yield one("bomb", packed({**parts(), "xl/worksheets/sheet1.xml": b"0" * 60_000_000}), big)
    yield one("bomb-aside", packed({**parts(), "docProps/x.bin": b"0" * 60_000_000}), big)
    yield one("bomb-many", packed({**parts(), **{f"x{n}.bin": b"ab" * 150_000 for n in range(450)}}), big, heavy=True)
    yield one("members", packed({**parts(), **{f"x{n}.xml": b"<a/>" for n in range(500)}}), big)
    yield one("lying-size", _lying(), broken, big)
    yield one("inside-itself", packed({**parts(), "xl/embeddings/x.xlsx": good()}))
    yield one("climbing-member", packed({**parts(), "../../../tmp/hostile": b"x", "/etc/hostile": b"x", "C:\\hostile": b"x"}))
    yield one("stored", packed(parts(), zipfile.ZIP_STORED))
    yield one("bzip2", packed(parts(), zipfile.ZIP_BZIP2), ANY, broken)
    yield one("lzma", packed(parts(), zipfile.ZIP_LZMA), ANY, broken)
    yield one("half", good()[: len(good()) // 2], broken)
    yield one("head-only", good()[:100], broken)
    yield one("comment", _commented(), ANY, broken)
    yield one("trailing-rubbish", good() + b"\0" * 500, ANY, broken)
    yield one("leading-rubbish", b"MZ" + good(), broken)
    yield one("twice-the-same-name", _doubled(), broken)
    yield one("locked", _locked(), "workbook-encrypted")
    for at in (0.2, 0.4, 0.6, 0.8):
        data = bytearray(good())
        data[int(len(data) * at)] ^= 0x55
        yield one(f"flipped-{at}", bytes(data), ANY, broken, "unknown-place", "unknown-code", "not-a-number", "missing-columns", "not-canonical")  # fmt: skip


def _declared() -> Iterator[Variant]:
    for name in (
        SHEET,
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    ):
        short = _short(name)
        yield one(f"entities-{short}", changed(name, lambda raw: _declaring(raw, DOCTYPE)), "workbook-broken")
    yield one("entity-outside", changed(SHEET, lambda raw: _declaring(raw, OUTSIDE)), "workbook-broken")
    yield one("entities-utf16", changed(SHEET, lambda raw: _declaring(raw, DOCTYPE).decode().encode("utf-16")), "workbook-broken")
    yield one("nested", in_sheet("</sheetData>", "<x>" * 200_000 + "</x>" * 200_000 + "</sheetData>"), ANY, "workbook-broken", "reader-stopped", "workbook-too-large", heavy=True)  # fmt: skip
    yield one("not-xml", changed(SHEET, lambda raw: raw[:-20]), "workbook-broken")
    for name in (
        SHEET,
        "xl/workbook.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    ):
        content = parts()
        del content[name]
        yield one(f"without-{_short(name)}", packed(content), ANY, "workbook-broken", "not-canonical")  # fmt: skip
    yield one("sheet-under-another-name", _renamed(), ANY, "workbook-broken")


def _cells() -> Iterator[Variant]:
    for name, value, expected in (
        ("formula", "=1+1", "formula-without-value"), ("web-formula", '=WEBSERVICE("http://127.0.0.1:9/")', "formula-without-value"),
        ("dde", '=cmd|"/c calc"!A1', "formula-without-value"), ("true", True, "not-a-number"), ("words", "dois mil", "not-a-number"),
        ("signs", "2\u202e275", "forbidden-character"), ("control", "2_x0007_275", "not-a-number"), ("markup", "<b>2275</b>", "not-a-number"),
        ("long", "9" * 32_767, "not-a-number"), ("script", "<script>alert(1)</script>", "not-a-number"),
    ):  # fmt: skip
        yield one(f"cell-{name}", book(lambda s, v=value: s.cell(3, 4, v)), expected, "forbidden-character", cell=True)
    for name, raw in (
        ("1e400", "1e400"),
        ("nan", "NaN"),
        ("inf", "inf"),
        ("hex", "0x1F"),
        ("words", "abc"),
        ("blank", " "),
        ("huge", "9" * 5000),
    ):
        yield one(f"raw-{name}", in_sheet("<v>2275</v>", f"<v>{raw}</v>"), ANY, "workbook-broken", "not-a-number", "missing-value", "value-above", "empty-value", "cell-error", "value-too-large")  # fmt: skip
    yield one("raw-exponent", in_sheet("<v>2275</v>", "<v>2.275E3</v>"))
    yield one("string-index", in_sheet('t="s"><v>', 't="s"><v>99999', 1), "workbook-broken", ANY)
    yield one("style-index", in_sheet('<c r="D3"', '<c s="99999" r="D3"'), "workbook-broken", ANY)
    yield one("unknown-kind", in_sheet('<c r="D3">', '<c r="D3" t="zzz">'), ANY, "workbook-broken", "not-a-number")

    def percent(sheet: Any) -> None:
        sheet["D3"].number_format = "0.0%"

    def date(sheet: Any) -> None:
        sheet["D3"].number_format = "yyyy-mm-dd"

    def error(sheet: Any) -> None:
        sheet["D3"], sheet["D3"].data_type = "#N/A", "e"

    yield one("cell-percent", book(percent), "percent-format", cell=True)
    yield one("cell-date", book(date), "not-a-number", cell=True)
    yield one("cell-error", book(error), "cell-error", cell=True)
    yield one("number-as-text", book(lambda s: s.cell(3, 4, "2275")))
    yield one("merged", book(lambda s: s.merge_cells("B3:C3")), ANY, "unknown-period", "unknown-place", "missing-value")


def _sheets() -> Iterator[Variant]:
    def hidden_row(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True

    def hidden_column(sheet: Any) -> None:
        sheet.column_dimensions["D"].hidden = True

    def filtered(sheet: Any) -> None:
        sheet.auto_filter.ref = "A1:H13"
        sheet.row_dimensions[4].hidden = True

    def hidden_sheet(sheet: Any) -> None:
        sheet.parent.create_sheet("Capa")
        sheet.sheet_state = "veryHidden"

    def second(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet)["D3"] = 9999

    def named(sheet: Any) -> None:
        sheet.title = "<b>=1+1 & {x}"

    yield one("hidden-row", book(hidden_row), "hidden-rows", cell=True)
    yield one("hidden-column", book(hidden_column), "hidden-columns")
    yield one("filter", book(filtered), "hidden-rows", cell=True)
    yield one("hidden-sheet", book(hidden_sheet), "sheet-hidden", "no-data", "not-canonical")
    yield one(
        "second-copy", book(second), "conflicting-rows", "contradiction", "repeated-row", "values-differ", "duplicate-differs"
    )
    yield one("sheet-name", book(named))
    yield one("sheets", book(lambda s: [s.parent.create_sheet(f"x{n}") for n in range(260)] and None), "workbook-too-large")
    yield one("macros", packed({**parts(), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 20}))
    yield one("links", packed({**parts(), "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}))


def _other_files() -> Iterator[Variant]:
    yield one("empty", b"", "empty-file")
    yield one("old", b"\xd0\xcf\x11\xe0" + b"\0" * 900, "old-workbook")
    yield one("password", b"\xd0\xcf\x11\xe0" + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted")
    yield one("page", b"<html><table><tr><td>1</td></tr></table></html>", "html-as-workbook")
    yield one("csv", GOOD.encode(), "workbook-broken")
    yield one("zip-of-nothing", packed({}), "workbook-broken")
    yield one("zip-of-text", packed({"a.txt": b"x"}), "workbook-broken")
    yield one("called-xls", good(), "old-workbook", path="data/populacao.xls")
    yield one("called-ods", good(), "workbook-broken", path="data/populacao.ods")
    yield one("called-xlsm", good(), path="data/populacao.xlsm")


def _short(name: str) -> str:
    return ("relations-" if name.endswith(".rels") else "") + name.rpartition("/")[2].partition(".")[0].strip("_[]")


def _declaring(raw: bytes, declaration: str) -> bytes:
    text = raw.decode()
    head, _, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
    return (declaration + rest).encode() if not head else (f"<?xml version='1.0'?>{declaration}" + rest).encode()


def _lying() -> bytes:
    """The directory says that a part of 60 MB has 1 kB."""
    data = bytearray(packed({**parts(), "x.bin": b"0" * 60_000_000}))
    size = (60_000_000).to_bytes(4, "little")
    return bytes(data).replace(size, (1000).to_bytes(4, "little"))


def _commented() -> bytes:
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"PK\x05\x06" * 500
    return out.getvalue()


def _doubled() -> bytes:
    import warnings

    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, parts()[SHEET].replace(b"2275", b"9999"))
    return out.getvalue()


def _locked() -> bytes:
    data = bytearray(good())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _renamed() -> bytes:
    """The sheet lies under a name that does not look like XML, with a cell far away."""
    content = parts()
    sheet = content.pop(SHEET).replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    content["xl/worksheets/sheet1.dat"] = sheet
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        content[name] = content[name].replace(b"sheet1.xml", b"sheet1.dat")
    return packed(content)
