"""Parts rendered apart and joined are the file that one render of the whole would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample import ACACIA, INDICO, images, said, sample

from alike import differences
from bulletin.document.blocks import Paragraph
from bulletin.document.chart import Image
from bulletin.document.inline import Reference
from bulletin.document.tree import Document, Section
from bulletin.errors import OutputError
from bulletin.model.theme import Theme
from bulletin.pipeline.kept import Kept
from bulletin.pipeline.produce import images_of
from bulletin.pipeline.progress import silent
from bulletin.write.html import write_html
from bulletin.write.pdf import finished, volume_of, write_pdf
from bulletin.write.pdf.assets import attachments_of, collected
from bulletin.write.pdf.fill import filled, single
from bulletin.write.pdf.render import rendered
from factories import at_length

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared


def at_once(document: Document, theme: Theme, pictures: Mapping[str, Image]) -> bytes:
    arranged = filled(document, single(pictures, theme.type, theme.spacing))
    html = write_html(arranged.document, pictures, theme, arranged.cut)
    return finished(rendered(html, collected(document, pictures, theme)), arranged.document, attachments_of(arranged.document))


def moved_by_a_page(document: Document) -> Document:
    """Every chapter on the other side of a spread."""
    page = Section("page", 1, said("Página"), (Paragraph("page.text", said("Uma página.")),), numbering="none", running="Página")
    return replace(document, sections=(page, *document.sections))


def test_joined_parts_are_the_whole() -> None:
    """With a strip and a draft mark on every page; the chapters stand on the other side of a spread than they were set for."""
    document = moved_by_a_page(sample("Rascunho"))
    assert differences(at_once(document, ACACIA, images(document)), write_pdf(document, images(document), ACACIA)) == []


@pytest.mark.slow
@at_length
def test_the_example_is_the_same_as_in_one_render(composed_example: tuple[Prepared, Composed], example_out: Path) -> None:
    prepared, composed = composed_example
    document = composed.documents["pt"]
    pictures = images_of({"pt": document}, prepared, Kept(), map, silent, word=False)["pt"]
    (written,) = (path for path in example_out.glob("*-pt.pdf") if "-highlights-" not in path.name)
    assert differences(at_once(document, prepared.project.theme, pictures), written.read_bytes()) == []


def test_a_sentence_changes_the_part_that_it_stands_in() -> None:
    document = sample()
    last = document.sections[-2]
    longer = replace(last, blocks=(*last.blocks, Paragraph("more", said("Mais uma frase."))))
    other = replace(document, sections=(*document.sections[:-2], longer, document.sections[-1]))
    before, after = (volume_of(d, images(d), INDICO).cuts.parts for d in (document, other))
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b] == [len(before) - 2]


def test_what_every_page_says_changes_no_part() -> None:
    document = sample()
    about = replace(document.metadata, title="Outro", running="Outro", release_date="2026-01-01", watermark="Rascunho")
    before, after = (volume_of(d, images(d), INDICO).cuts.parts for d in (document, replace(document, metadata=about)))
    assert before == after


def test_a_link_that_leads_nowhere_stops_the_build() -> None:
    document = sample()
    first = replace(document.sections[0], blocks=(Paragraph("p", (Reference("nowhere", "Quadro 9.9"),)),))
    with pytest.raises(OutputError) as caught:
        write_pdf(replace(document, sections=(first, *document.sections[1:])), images(document), INDICO)
    assert any("nowhere" in str(f.parameters) for f in caught.value.findings)
