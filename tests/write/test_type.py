"""One definition of sizes and spaces: what a theme says of them holds in the style sheet, in Word and in charts alike."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from sample import INDICO, images, sample

from bulletin.document.chart import Category, Chart, Point, Series
from bulletin.document.issued import issued_of
from bulletin.draw.draw import draw
from bulletin.model.theme import Print, Spacing, Type
from bulletin.write.docx import write_docx
from bulletin.write.html import write_html
from bulletin.write.pdf.fill import single

LARGER = replace(
    INDICO,
    type=replace(Type(), body=Print(11, 5.5), section=Print(17, 8.5), chart=9.35),
    spacing=Spacing(paragraph=3, exhibit=9, section=12),
)


def test_style_sheet_and_word_say_the_same() -> None:
    document = sample()
    html = write_html(document, images(document), LARGER)
    for said in ("html { font: 400 11pt/5.5mm ", "h2.hang { font: 600 17pt/8.5mm ", "p.text, .list { margin: 0 0 3mm 44mm"):
        assert said in html
    data = write_docx(document, images(document), LARGER, issued_of(document)).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = package.read("word/styles.xml").decode()
    body = styles.partition('w:styleId="BodyText"')[2].partition("</w:style>")[0]
    assert '<w:sz w:val="22"/>' in body
    assert 'w:line="312"' in body  # 5.5 mm in twentieths of a point
    assert 'w:after="170"' in body
    assert '<w:sz w:val="34"/>' in styles.partition('w:styleId="Heading2"')[2].partition("</w:style>")[0]


def test_heights_follow() -> None:
    document = sample()
    plain, larger = single(images(document)), single(images(document), LARGER.type, LARGER.spacing)
    blocks = [b for s in document.sections for p in (s, *s.sections) for b in p.blocks]
    assert sum(map(larger.height, blocks)) > sum(map(plain.height, blocks)) + len(blocks)
    assert larger.heading(document.sections[0]) == plain.heading(document.sections[0]) + 1
    assert larger.below == 9


def test_charts_are_lettered_as_large_and_stay_as_wide() -> None:
    points = tuple(Point(float(v), str(v)) for v in (3, 5, 2))
    chart = Chart("c", "bar", tuple(Category(n, n) for n in "abc"), (Series("s", "Série", points),), width=170)
    one, other = (draw(chart, theme, None, {}) for theme in (INDICO, LARGER))
    assert (one.width, other.width) == pytest.approx((170, 170), abs=0.01)
    assert b"8.5px" in one.svg
    box = [float(p) for p in other.svg.partition(b'viewBox="')[2].partition(b'"')[0].split()]
    assert 8.5 * other.width / 25.4 * 72 / box[2] == pytest.approx(9.35, abs=0.01)  # points in print
