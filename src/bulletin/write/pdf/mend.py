"""Sets right in the tags what WeasyPrint leaves wrong, in the order in which one mend needs the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.write.pdf.mends.artifacts import drop_running_heads
from bulletin.write.pdf.mends.exhibits import caption_exhibits, place_figures, summarise_tables
from bulletin.write.pdf.mends.footnotes import place_footnotes
from bulletin.write.pdf.mends.headers import associate_headers
from bulletin.write.pdf.mends.identifiers import put_before_names
from bulletin.write.pdf.mends.joins import drop_boxes, join_pieces
from bulletin.write.pdf.mends.languages import keep_languages, retag_articles
from bulletin.write.pdf.mends.links import flatten_links, name_links
from bulletin.write.pdf.mends.lists import name_terms, number_bullets, tag_contents
from bulletin.write.pdf.mends.plainer import drop_noise
from bulletin.write.pdf.mends.words import end_lines
from bulletin.write.pdf.structure import Element, read, write

if TYPE_CHECKING:
    from pikepdf import Dictionary, Pdf


def mend(pdf: Pdf, labels: Mapping[str, str], name: str = "") -> list[Dictionary]:
    """`labels`: link target to its name; `name`: before every identifier. Returns the tags of tables and figures, in order of
    print."""
    root = read(pdf)
    join_pieces(root)
    drop_boxes(root)
    flatten_links(pdf, root)
    place_footnotes(root)
    mend_tree(root, str(pdf.Root.Lang), [float(page.mediabox[3]) for page in pdf.pages])
    put_before_names(root, name)
    exhibits = write(pdf, root)
    end_lines(pdf, root)
    drop_running_heads(pdf, root)
    name_links(pdf, labels)
    return list(exhibits.values())


def mend_tree(root: Element, language: str, heights: list[float]) -> None:
    """`language`: of the document; `heights`: of its pages, in points."""
    caption_exhibits(root)
    summarise_tables(root)
    place_figures(root, heights)
    name_terms(root)
    tag_contents(root)
    number_bullets(root)
    retag_articles(root)
    keep_languages(root, language)
    associate_headers(root)
    drop_noise(root)
