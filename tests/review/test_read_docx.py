"""What Word and other programs write, and what LibreOffice does not, is read by the same rules; untrusted files do no harm."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from handmade import ANA, MAIN, RUI, docx, gone, marked, packed, paragraph, part, parts, relations, run
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.errors import ReviewError
from bulletin.model.finding import Finding
from bulletin.model.reviewed import BREAK, ReadFile
from bulletin.review.read import read_docx
from factories import spoken

INSERTED, DELETED = f'<w:ins w:id="1" {ANA}/>', f'<w:del w:id="1" {ANA}/>'


def read(*paragraphs: str) -> ReadFile:
    return read_docx(docx("".join(paragraphs)))


def views(file: ReadFile) -> list[tuple[str, str]]:
    return [(p.accepted, p.original) for p in file.paragraphs]


def put(*content: str, who: str = ANA) -> str:
    return f'<w:ins w:id="5" {who}>{"".join(content)}</w:ins>'


def taken(*content: str, who: str = ANA) -> str:
    return f'<w:del w:id="6" {who}>{"".join(content)}</w:del>'


def field(code: str, *result: str) -> str:
    marks = ["<w:r><w:fldChar w:fldCharType=" + f'"{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{''.join(result)}{marks[2]}"


def test_both_views_of_insertions_and_deletions() -> None:
    (one,) = read(paragraph(run("Em "), taken(gone("12")), put(run("13"), who=RUI), run(" casos."))).paragraphs
    assert (one.accepted, one.original) == ("Em 13 casos.", "Em 12 casos.")
    assert [(r.kind, r.author, r.date, r.text) for r in one.revisions] == [
        ("delete", "Ana", "2026-01-05T09:00:00Z", "12"), ("insert", "Rui", "2026-01-06T10:00:00Z", "13"),
    ]  # fmt: skip


def test_what_one_put_in_and_another_took_out_was_never_there() -> None:
    (one,) = read(paragraph(run("A"), put(taken(gone("x"), who=RUI)), run("B"), put(run("")))).paragraphs
    assert (one.accepted, one.original, one.revisions) == ("AB", "AB", ())


def test_moved_as_word_writes_it() -> None:
    start = f'<w:moveFromRangeStart w:id="7" w:name="move1" {ANA}/>'
    away = paragraph(start, marked("_bx", f'<w:moveFrom w:id="8" {ANA}>{run("Muda.")}</w:moveFrom>'), mark=f"<w:moveFrom {ANA}/>")
    here = paragraph(f'<w:moveTo w:id="9" {ANA}>{run("Muda.")}</w:moveTo>', mark=f"<w:moveTo {ANA}/>")
    file = read(away, '<w:moveFromRangeEnd w:id="7"/>', paragraph(run("Fica.")), here)
    assert views(file) == [("", "Muda."), ("Fica.", "Fica."), ("Muda.", "")]
    assert [[r.kind for r in p.revisions] for p in file.paragraphs] == [["move-from", "join"], [], ["move-to", "split"]]
    assert [(m.name, m.state) for m in file.paragraphs[0].marks] == [("_bx", "empty")]


def test_joined_split_and_deleted_paragraphs() -> None:
    assert views(read(paragraph(run("A"), mark=DELETED), paragraph(run("B")))) == [("AB", f"A{BREAK}B")]
    assert views(read(paragraph(run("A"), mark=INSERTED), paragraph(run("B")))) == [("A", "A"), ("B", "B")]
    assert views(read(paragraph(taken(gone("A")), mark=DELETED), paragraph(run("B")))) == [("", "A"), ("B", "B")]
    # From the end of one paragraph to the end of the next: the second is gone, the first was not changed.
    assert views(read(paragraph(run("A"), mark=DELETED), paragraph(taken(gone("B"))))) == [("A", "A"), ("", "B")]
    three = read(paragraph(run("A"), taken(gone("a")), mark=DELETED), paragraph(taken(gone("b")), run("B")), paragraph(run("C")))
    assert views(three) == [("AB", f"Aa{BREAK}bB"), ("C", "C")]


def test_no_paragraph_is_joined_across_a_table() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(run('x'))}</w:tc></w:tr></w:tbl>"
    assert views(read(paragraph(run("A"), mark=DELETED), cell, paragraph(run("B")))) == [("A", "A"), ("x", "x"), ("B", "B")]


@pytest.mark.parametrize(
    "wrapped",
    [
        '<w:smartTag w:uri="u" w:element="e"><w:smartTagPr/>{}</w:smartTag>',
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        '<w:fldSimple w:instr=" REF x ">{}</w:fldSimple>',
        "<w:sdt><w:sdtPr><w:alias w:val='a'/></w:sdtPr><w:sdtContent><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
        '<w:customXml w:element="e"><w:customXmlPr/>{}</w:customXml>',
        '<mc:AlternateContent><mc:Choice Requires="wps">{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>',
        '<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>',
        '<w:bdo w:val="ltr"><w:dir w:val="ltr">{}</w:dir></w:bdo>',
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>no</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
        "<m:oMathPara><m:oMath><m:r><m:t>dentro</m:t></m:r></m:oMath></m:oMathPara>",
    ],
)  # fmt: skip
def test_words_inside_wrappers_are_read_once(wrapped: str) -> None:
    (one,) = read(paragraph(run("antes "), wrapped.format(run("dentro")), run(" depois"))).paragraphs
    assert one.accepted == one.original == "antes dentro depois"


def test_paragraphs_inside_controls_and_nested_tables() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('dentro'))}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph(run('fora'))}{inner}{paragraph()}</w:tc></w:tr></w:tbl>"
    file = read(f"<w:sdt><w:sdtContent>{paragraph(run('A'))}{outer}</w:sdtContent></w:sdt>", paragraph(run("B")))
    assert [(p.accepted, p.cell) for p in file.paragraphs] == [
        ("A", None), ("fora", (0, 0, 0)), ("dentro", (1, 0, 0)), ("", (0, 0, 0)), ("B", None),
    ]  # fmt: skip
    assert [t.accepted for t in file.tables] == [(("fora",),), (("dentro",),)]


def test_as_deep_as_a_file_may_go() -> None:
    deep = (
        "<w:sdt><w:sdtContent>" * 100
        + paragraph("<w:smartTag>" * 40 + run("fundo") + "</w:smartTag>" * 40)
        + "</w:sdtContent></w:sdt>" * 100
    )
    assert views(read(deep)) == [("fundo", "fundo")]


def test_fields_show_their_results() -> None:
    nested = field(" IF ", run("x"), field(" REF _Ref1 ", run("Quadro 1")))
    (one,) = read(paragraph(run("ver "), nested, run("."))).paragraphs
    assert one.accepted == "ver xQuadro 1."
    # A field that never shows a result hides what it holds; one that never ends hides nothing.
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert views(read(paragraph(run("a"), begun, run("b")), paragraph(run("c")))) == [("ab", "ab"), ("c", "c")]


def test_contents_lists_are_known_by_style_or_field() -> None:
    link = '<w:hyperlink w:anchor="_Toc1">' + run("1 Início") + "</w:hyperlink>"
    opened = field(r" TOC \o ").split('<w:r><w:fldChar w:fldCharType="end"')[0]
    ended = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    file = read(
        paragraph(opened, link),
        paragraph(link),
        paragraph(run("Texto que o campo engoliu.")),
        paragraph(ended),
        paragraph(link, style="Contents1"),
        paragraph(link),
    )
    assert [p.contents for p in file.paragraphs] == [True, True, False, False, True, False]


def test_signs_that_are_elements() -> None:
    signs = '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:br w:type="page"/><w:noBreakHyphen/><w:softHyphen/>'
    signs += '<w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:char="zz"/></w:r>'
    (one,) = read(paragraph(signs, run("oculto", "<w:vanish/>"))).paragraphs
    assert one.accepted == "a\tb\n\u2011\u00ad≥\ufffd"


def test_changes_of_look_are_no_changes_of_text() -> None:
    bold = run("negrito", f'<w:b/><w:rPrChange w:id="4" {ANA}><w:rPr/></w:rPrChange>')
    other = f'<w:p><w:pPr><w:pPrChange w:id="5" {RUI}><w:pPr/></w:pPrChange></w:pPr>{run("x")}</w:p>'
    first, second = read(paragraph(run("a "), bold), other).paragraphs
    assert (first.accepted, first.original, first.formatted) == ("a negrito", "a negrito", True)
    assert [(r.kind, r.author, r.text) for r in first.revisions] == [("format", "Ana", "negrito")]
    assert [(r.kind, r.author, r.text) for r in second.revisions] == [("format", "Rui", "")]
    assert not second.formatted


def test_figures_by_the_name_of_their_style() -> None:
    number = '<w:rStyle w:val="zz7"/>'
    three = f"<w:r><w:rPr>{number}</w:rPr><w:delText>3</w:delText></w:r>"
    (one,) = read(
        paragraph(run("De "), run("12 ", number), taken(three), put(run("999", number)), run(" casos, "), run("7", number))
    ).paragraphs
    assert [one.accepted[a:b] for a, b in one.figures] == ["12 999", "7"]


def test_marks_over_paragraphs_twice_and_with_ids_used_again() -> None:
    start, end = '<w:bookmarkStart w:id="3" w:name="_bx"/>', '<w:bookmarkEnd w:id="3"/>'
    file = read(paragraph(run("fora "), start, run("A")), paragraph(run("B"), end, run(" fora")))
    assert [[(m.name, m.state, p.accepted[m.start : m.end]) for m in p.marks] for p in file.paragraphs] == [
        [("_bx", "part", "A")], [("_bx", "part", "B")],
    ]  # fmt: skip
    # The same name twice, as LibreOffice writes a split mark; the number 3 also belongs to a comment and a change.
    again = f'<w:commentRangeStart w:id="3"/>{run("A")}<w:commentRangeEnd w:id="3"/>'
    file = read(paragraph(start, again, end, put(run("ã")).replace('w:id="5"', 'w:id="3"'), start, run("B"), end))
    assert [(m.name, m.state, m.start, m.end) for m in file.paragraphs[0].marks] == [("_bx", "part", 0, 3)]
    file = read(paragraph(start, run("A"), end), start, paragraph(run("B")), end)
    assert [[m.state for m in p.marks] for p in file.paragraphs] == [["whole"], ["whole"]]
    assert [[(m.name, m.state) for m in p.marks] for p in read(paragraph(start, run("A"))).paragraphs] == [[("_bx", "empty")]]


def cell(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content) or paragraph()}</w:tc>"


def test_grids_with_spans_merged_cells_and_recorded_rows() -> None:
    rows = [
        "<w:tr>" + cell(paragraph(marked("_bt", run("A"))), properties='<w:vMerge w:val="restart"/>')
        + cell(paragraph(run("Anos")), properties='<w:gridSpan w:val="2"/>') + "</w:tr>",
        "<w:tr>" + cell(properties="<w:vMerge/>") + cell(paragraph(run("2023"))) + cell(paragraph(taken(gone("1")), put(run("2")))) + "</w:tr>",
        f'<w:tr><w:trPr><w:del w:id="9" {RUI}/></w:trPr>' + cell(paragraph(taken(gone("sai")))) * 3 + "</w:tr>",
        f'<w:tr><w:trPr><w:ins w:id="9" {RUI}/></w:trPr>' + cell(paragraph(put(run("entra")))) * 3 + "</w:tr>",
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell(paragraph(run("p"), mark=DELETED), paragraph(run("q")))
        + cell(paragraph(run("r")), paragraph(run("s"))) + "</w:tr>",
    ]  # fmt: skip
    file = read(f"<w:tbl><w:tblGrid/>{''.join(rows)}</w:tbl>")
    (table,) = file.tables
    head, last = ("A", "Anos", ""), ("", "pq", "r\ns")
    assert table.accepted == (head, ("", "2023", "2"), ("entra",) * 3, last)
    assert table.original == (head, ("", "2023", "1"), ("sai",) * 3, ("", "p\nq", "r\ns"))
    assert [(r.kind, r.author, r.text) for r in table.revisions] == [
        ("delete", "Rui", "sai | sai | sai"), ("insert", "Rui", "entra | entra | entra"),
    ]  # fmt: skip
    assert [m.name for m in table.marks] == ["_bt"]
    assert {p.accepted: p.cell for p in file.paragraphs if p.accepted} == {
        "A": (0, 0, 0), "Anos": (0, 0, 1), "2023": (0, 1, 1), "2": (0, 1, 2), "entra": (0, 2, 2), "pq": (0, 3, 1), "r": (0, 3, 2), "s": (0, 3, 2),
    }  # fmt: skip


def test_a_mark_around_a_table_is_the_tables() -> None:
    table = f"<w:tbl><w:tr>{cell(paragraph(run('x')))}</w:tr></w:tbl>"
    file = read('<w:bookmarkStart w:id="1" w:name="_bt"/>', table, paragraph(run("y")), '<w:bookmarkEnd w:id="1"/>', table)
    assert [[m.name for m in t.marks] for t in file.tables] == [["_bt"], []]


def comment(number: int, who: str, *paragraphs: tuple[str, str]) -> str:
    inner = "".join(f'<w:p w14:paraId="{identity}">{run(text)}</w:p>' for identity, text in paragraphs)
    return f'<w:comment w:id="{number}" {who}>{inner}</w:comment>'


def test_comments_with_answers_and_state() -> None:
    def on(number: int, *content: str) -> str:
        reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        return f'<w:commentRangeStart w:id="{number}"/>{"".join(content)}<w:commentRangeEnd w:id="{number}"/>{reference}'

    said = comment(1, ANA, ("0A", "Primeira linha."), ("0B", "Segunda linha.")) + comment(2, RUI, ("0C", "Resposta."))
    said += (
        comment(3, RUI, ("0D", "Sobre o apagado.")) + comment(4, ANA, ("0E", "Sem lugar.")) + comment(5, ANA, ("0F", "Ponto."))
    )
    states = '<w15:commentEx w15:paraId="0B" w15:done="1"/><w15:commentEx w15:paraId="0c" w15:paraIdParent="0B" w15:done="0"/>'
    body = paragraph(run("Antes")) + paragraph(run("O "), on(1, run("número")), run(" está "), taken(on(3, gone("mal"))), ".")
    body += paragraph(run("Fim"), '<w:r><w:commentReference w:id="5"/></w:r>')
    file = read_docx(
        docx(
            body,
            ("comments", "comments.xml", part("w:comments", said)),
            ("commentsExtended", "ce.xml", part("w15:commentsEx", states)),
        )
    )
    found = {c.id: (c.author, c.text, c.resolved, c.parent, c.paragraph, c.quoted) for c in file.comments}
    assert found == {
        "1": ("Ana", "Primeira linha.\nSegunda linha.", True, "", 1, "número"),
        "2": ("Rui", "Resposta.", True, "1", 1, "número"),
        "3": ("Rui", "Sobre o apagado.", False, "", 1, "mal"),
        "4": ("Ana", "Sem lugar.", False, "", -1, ""),
        "5": ("Ana", "Ponto.", False, "", 2, ""),
    }


def test_notes_boxes_and_heads_come_apart_from_the_text() -> None:
    box = f"<w:r><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{paragraph(run('caixa'))}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></w:r>"
    drawn = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    notes = f'<w:footnote w:type="separator" w:id="0">{paragraph(run("---"))}</w:footnote><w:footnote w:id="1">{paragraph(marked("_bn", run("nota")))}</w:footnote>'
    body = paragraph('<w:bookmarkStart w:id="1" w:name="_bx"/>', run("um"), drawn, '<w:r><w:footnoteReference w:id="1"/></w:r>')
    body += paragraph(run("dois"), '<w:bookmarkEnd w:id="1"/>')
    file = read_docx(
        docx(
            body,
            ("footnotes", "footnotes.xml", part("w:footnotes", notes)),
            ("header", "h.xml", part("w:hdr", paragraph(run("cabeça")))),
        )
    )
    assert [(p.accepted, p.note) for p in file.paragraphs] == [
        ("um", False), ("caixa", True), ("dois", False), ("nota", True), ("cabeça", True),
    ]  # fmt: skip
    assert [[m.name for m in p.marks] for p in file.paragraphs] == [["_bx"], [], ["_bx"], ["_bn"], []]


def test_dates_in_utc_where_word_gives_them() -> None:
    file = read(paragraph(put(run("x"), who=ANA + ' w16du:dateUtc="2026-01-05T07:00:00Z"')))
    assert file.paragraphs[0].revisions[0].date == "2026-01-05T07:00:00Z"


def workbook(*rows: tuple[str, str]) -> bytes:
    """First column as shared strings, second as numbers or words in place."""

    def second(text: str) -> str:
        return f"><v>{text}</v>" if text[:1].isdigit() else f' t="inlineStr"><is><t>{text}</t></is>'

    sheet = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c><c r="B{n}"{second(b)}</c></row>' for n, (_, b) in enumerate(rows, 1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = "".join(f"<si><t>{a}</t></si>" for a, _ in rows)
    return packed(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="D" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "strings.xml")
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData></worksheet>',
            "xl/strings.xml": f'<sst xmlns="{space}">{strings}</sst>',
        }
    )


@pytest.mark.parametrize("target", ["book.xlsx", "http://example.org/book.xlsx", "gone.xlsx"])
def test_workbooks_of_charts(target: str) -> None:
    """One that is lost, or lies elsewhere, is never looked for: then what the chart remembers counts."""
    drawn = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="cobertura"/><a:graphic><a:graphicData><c:chart r:id="rId1"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )

    def cached(text: str, kind: str = "str") -> str:
        return f'<c:{kind}Ref><c:{kind}Cache><c:pt idx="0"><c:v>{text}</c:v></c:pt></c:{kind}Cache></c:{kind}Ref>'

    series = (
        f"<c:ser><c:tx>{cached('Casos')}</c:tx><c:cat>{cached('2023')}</c:cat><c:val>{cached('1.25E1', 'num')}</c:val></c:ser>"
    )
    chart = part(
        "c:chartSpace",
        f'<c:chart><c:plotArea><c:lineChart>{series}</c:lineChart></c:plotArea></c:chart><c:externalData r:id="rId1"/>',
    )
    given = parts(paragraph(drawn), ("chart", "charts/c.xml", chart))
    given["word/charts/_rels/c.xml.rels"] = relations(("rId1", "package", target))
    given["word/charts/book.xlsx"] = workbook(("", "Casos"), ("2023", "0.30000000000000004"), ("2024", "7.50"))
    (found,) = read_docx(packed(given)).charts
    assert found.name == "cobertura"
    inside = (("", "Casos"), ("2023", "0.3"), ("2024", "7.5"))
    assert found.rows == (inside if target == "book.xlsx" else (("", "Casos"), ("2023", "12.5")))


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("a"), mark=DELETED) * 6000,
        paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 6000),
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/><w:t>x</w:t></w:r>' * 6000
        ),
        f"<w:tbl>{f'<w:tr>{cell()}</w:tr>' * 6000}</w:tbl>",
        "".join(f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' for n in range(6000)) + paragraph(run("x")) * 6000,
        paragraph(put(run("x")) * 6000),
    ],
)
def test_a_file_made_to_take_long_takes_seconds(body: str) -> None:
    started = time.process_time()
    assert read_docx(docx(body)).paragraphs
    assert time.process_time() - started < 40


# What is refused


def rule_of(data: bytes) -> str:
    with pytest.raises(ReviewError) as caught:
        read_docx(data, "voltou.docx")
    (finding,) = spoken(caught.value.findings)
    assert finding.place.file == "voltou.docx"
    return finding.rule


BODY = paragraph(run("texto"))
BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def changed(name: str, content: str | bytes, body: str = BODY) -> bytes:
    return packed({**parts(body), name: content})


def doubled() -> bytes:
    out = io.BytesIO(docx(BODY))
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("word/document.xml", part("w:document", f"<w:body>{BODY}</w:body>"))
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(docx(BODY))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        ("review-file-not-docx", lambda: b""),
        ("review-file-not-docx", lambda: b"%PDF-1.7 ..."),
        ("review-file-not-docx", lambda: packed({"a.txt": "x"})),
        ("review-file-not-docx", lambda: workbook(("a", "b"))),
        ("review-file-old-word", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "WordDocument".encode("utf-16-le")),
        ("review-file-old-word", lambda: b"{\\rtf1 x}"),
        ("review-file-encrypted", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        ("review-file-encrypted", locked),
        ("review-file-odt", lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})),
        ("review-file-macros", lambda: changed("word/vbaProject.bin", b"x")),
        ("review-file-macros", lambda: packed(parts(BODY, main=MAIN.replace("document.main", "document.macroEnabled.main")))),
        ("review-file-too-large", lambda: changed("word/document.xml", part("w:document", "<w:body>" + " " * 40_000_000 + "</w:body>"))),
        ("review-file-too-large", lambda: packed({**parts(BODY), **{f"x{n}": "" for n in range(5000)}})),
        ("review-file-broken", lambda: docx(BODY)[:-40]),
        ("review-file-broken", doubled),
        ("review-file-malformed", lambda: changed("word/document.xml", BOMB + part("w:document", "<w:body>&i;</w:body>").split("?>")[1])),
        ("review-file-malformed", lambda: changed("word/document.xml", part("w:document", f"<w:body>{BODY}</w:body>")[:-30])),
        ("review-file-malformed", lambda: changed("word/document.xml", part("w:document", f"<w:body>{'<w:customXml>' * 400}{'</w:customXml>' * 400}</w:body>"))),
        ("review-file-malformed", lambda: changed("word/styles.xml", "<not")),
    ],
)  # fmt: skip
def test_files_that_cannot_be_taken_in_are_told_apart(rule: str, made: Callable[[], bytes]) -> None:
    assert rule_of(made()) == rule


CONTROL = "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
"""The faults of LibreOffice 7.4: a change is closed inside the control that was opened within it."""


def test_controls_closed_in_the_wrong_order_lose_nothing() -> None:
    crossed = f'<w:del w:id="0" {ANA}>{CONTROL}</w:del>{taken(gone("12 345"))}</w:sdtContent></w:sdt>{put(run("999"))}'
    (one,) = read(paragraph(run("De "), crossed, run(" casos."))).paragraphs
    assert (one.accepted, one.original) == ("De 999 casos.", "De 12 345 casos.")


def test_controls_whose_words_are_repeated_are_refused() -> None:
    repeated = "<w:r><w:delText>345</w:delText><w:delText>12 345999</w:delText></w:r>"
    crossed = f'{CONTROL}{run("12 345999")}</w:sdtContent></w:sdt><w:del w:id="0" {ANA}>{CONTROL}</w:del>{taken(repeated)}</w:sdtContent></w:sdt>'
    assert rule_of(docx(paragraph(crossed))) == "review-file-malformed"


def test_what_lies_outside_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    given = parts(BODY, ("attachedTemplate", "http://example.org/t.dotm", b""), ("comments", "file:///etc/passwd", b""))
    assert views(read_docx(packed(given))) == [("texto", "texto")]


def test_strict_open_xml_is_read_as_well() -> None:
    strict = part("w:document", f"<w:body>{BODY}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert views(read_docx(changed("word/document.xml", strict))) == [("texto", "texto")]


# Anything at all


NAMES = (
    "p", "r", "t", "delText", "ins", "del", "moveFrom", "moveTo", "sdt", "sdtContent",
    "sdtPr", "hyperlink", "smartTag", "tbl", "tr", "tc", "tcPr", "trPr", "pPr", "rPr",
    "fldChar", "instrText", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "txbxContent", "drawing", "br",
    "sym", "gridSpan", "gridBefore",
)  # fmt: skip
LEAVES = st.builds(
    lambda name, number, kind: f'<w:{name} w:id="{number}" w:name="n{number}" w:val="{kind}" w:fldCharType="{kind}" {ANA}/>',
    st.sampled_from(NAMES), st.integers(0, 3), st.sampled_from(["begin", "separate", "end", "3", "99999999999", "-1", ""]),
)  # fmt: skip
WORDS = st.sampled_from(["um", "dois", "3", " "]).map(run)
TREES = st.recursive(
    LEAVES | WORDS | st.just("solto"),
    lambda inner: st.builds(
        lambda name, content: f'<w:{name} w:id="1" {ANA}>{"".join(content)}</w:{name}>',
        st.sampled_from(NAMES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=60)
@given(st.lists(TREES, max_size=6))
def test_any_nesting_is_read(trees: list[str]) -> None:
    """Whatever stands inside what, there is a file or a finding, and what is said of it hangs together."""
    file = read_docx(docx("".join(trees)))
    for one in file.paragraphs:
        assert all(0 <= a < b <= len(one.accepted) for a, b in one.figures)
        assert all(0 <= m.start <= m.end <= len(one.accepted) for m in one.marks)
        assert one.accepted == one.original.replace(BREAK, "") or one.revisions
    assert all(c.paragraph < len(file.paragraphs) for c in file.comments)
    assert all(len({len(row) for row in (*t.accepted, *t.original)}) <= 1 for t in file.tables)


@settings(max_examples=100)
@given(st.data())
def test_any_damage_is_a_file_or_a_finding(data: st.DataObject) -> None:
    whole = docx(paragraph(marked("_bx", run("texto"))) + paragraph(taken(gone("a")), put(run("b"))))
    at = data.draw(st.integers(0, len(whole) - 1))
    harmed = data.draw(st.sampled_from([whole[:at], whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]]))
    findings: tuple[Finding, ...] = ()
    try:
        read_docx(harmed)
    except ReviewError as error:
        findings = error.findings
    assert spoken(findings) == findings
