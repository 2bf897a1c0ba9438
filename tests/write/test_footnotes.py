"""Notes in running text: from a country's own Markdown to the page, to Word, and back from a reviewer."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import INDICO, images

import footnoted
from bulletin.compose.inline import Tokens, escaped, parse_inline
from bulletin.document.blocks import Figure, Paragraph
from bulletin.document.footnotes import footnotes, kept, renoted
from bulletin.document.from_json import document_of
from bulletin.document.inline import Emphasis, Footnote, Inlines, Number, Text, plain
from bulletin.document.issued import issued_of
from bulletin.document.numbering import numbered
from bulletin.document.parallel import paired
from bulletin.document.serial import dump, tree
from bulletin.document.tree import Document, Manuscript, Section, walk
from bulletin.load.locale import make_locale
from bulletin.model.noted import note, noted, typed
from bulletin.model.review import Collected
from bulletin.parity.prove import prove
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.parity import terms_of
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.review.collect import collect
from bulletin.review.read import read_docx
from bulletin.write.docx import Written, write_docx, write_parallel_docx
from bulletin.write.docx.redline import redlined
from bulletin.write.html import inline
from edited_docx import EditedDocx
from factories import MOZAMBIQUE, PORTUGUESE, shipped_pack

SMALL = Path(__file__).parents[1] / "projects" / "small"
SAID = {
    "pt": 'Contam-se os residentes^[População *residente*, segundo a Lei n.º 4/2007 [artigo 3]; {{ level("POPULATION", at="2024") }}] e não os presentes.^[Nota no fim.]',
    "en": 'Residents are counted^[*Resident* population, under Law 4/2007 [article 3]; {{ level("POPULATION", at="2024") }}], not those present.^[Note at the end.]',
}


def parsed(text: str) -> Inlines:
    return parse_inline(text, Tokens(), lambda _: None)


def said(folder: Path, **texts: str) -> Path:
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work"))
    for language, text in texts.items():
        path = folder / "text" / language / "people.md"
        path.write_text(path.read_text(encoding="utf-8").replace("}}\n", "}}\n" + text + "\n", 1), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    return dict(compose_editions(prepare(said(tmp_path_factory.mktemp("notes") / "small", **SAID), silent)).documents)


def test_a_note_is_what_stands_between_its_brackets() -> None:
    content = parsed("Um^[dois [três] *quatro*] cinco")
    assert content == (Text("Um"), Footnote((Text("dois [três] "), Emphasis((Text("quatro"),)))), Text(" cinco"))
    assert plain(content) == "Um cinco"


@pytest.mark.parametrize("words", ["sem fim ^[aqui", "um [parêntese] só", "a^b", "x]^["])
def test_brackets_that_are_no_note_are_printed(words: str) -> None:
    assert plain(parsed(words)) == words


def test_inserted_words_make_no_note() -> None:
    assert plain(parsed(escaped("dado^[1] e ] e [2"))) == "dado^[1] e ] e [2"
    assert plain(next(footnotes(parsed(f"Um^[de {escaped('a] b')} c]"))).content) == "de a] b c"


def test_notes_are_counted_through_the_edition_and_named_after_their_paragraph(composed: dict[str, Document]) -> None:
    for document in composed.values():
        lines = re.findall(r"  note (\d) \{([\w.]+)\} (.*)", dump(document))
        assert [line[:2] for line in lines] == [("1", "people.ranking.note.1"), ("2", "people.ranking.note.2")]
        assert "2024" in lines[0][2], "the figure in the note is today's"
        assert document_of(tree(document)) == document
        assert {"1", "2"} <= set(json.loads(json.dumps(tree(document)))["literals"])
    again = numbered(Manuscript(*(getattr(composed["pt"], f) for f in ("metadata", "cover", "sections", "words"))))
    assert dump(again) == dump(composed["pt"])


def test_a_note_in_one_language_only_is_told(tmp_path: Path) -> None:
    prepared = prepare(
        said(tmp_path / "one", pt="Contam-se os residentes.^[E não os presentes.]", en="Residents are counted."), silent
    )
    made = compose_editions(prepared)
    found = prove(made.documents, made.facts.claims(), terms_of(prepared)).findings
    assert ("parity-part-missing", "people.ranking.note.1: E não os presentes.") in [
        (f.rule, f.parameters.get("at")) for f in found
    ]


def unpictured(document: Document) -> Document:
    def bare(section: Section) -> Section:
        blocks = tuple(b for b in section.blocks if not isinstance(b, Figure))
        return replace(section, blocks=blocks, sections=tuple(bare(s) for s in section.sections))

    return replace(document, sections=tuple(bare(s) for s in document.sections))


def _contents(document: Document) -> list[Inlines]:
    return [b.content for b in walk(document.sections) if isinstance(b, Paragraph)]


def test_word_has_the_notes_as_its_own(composed: dict[str, Document]) -> None:
    document = unpictured(composed["pt"])
    written = write_docx(document, images(document), INDICO, issued_of(document, build="b"))
    with zipfile.ZipFile(io.BytesIO(written.data)) as package:
        notes, body, settings = (package.read(f"word/{n}.xml").decode() for n in ("footnotes", "document", "settings"))
        assert "footnotes+xml" in package.read("[Content_Types].xml").decode()
        assert "footnotes.xml" in package.read("word/_rels/document.xml.rels").decode()
        assert 'w:styleId="FootnoteText"' in package.read("word/styles.xml").decode()
    assert re.findall(r'<w:footnoteReference w:id="(\d)"', body) == re.findall(r'<w:footnote w:id="(\d)"', notes) == ["1", "2"]
    assert 'w:type="separator"' in notes
    assert 'w:type="continuationSeparator"' in notes
    assert "<w:footnotePr>" in settings
    issued = {block.id: block for block in written.issued.blocks}
    read = {mark.name: "".join(p.accepted) for p in read_docx(written.data).paragraphs for mark in p.marks}
    for name, words in (("people.ranking.note.2", "Nota no fim."), ("people.ranking.note.1", "População residente")):
        assert words in issued[name].text
        assert words in read[issued[name].bookmark]
    assert "Nota no fim" not in read[issued["people.ranking"].bookmark], "the paragraph is what it was"


def test_side_by_side_no_number_stands_twice(composed: dict[str, Document]) -> None:
    parallel, findings = paired(unpictured(composed["pt"]), unpictured(composed["en"]))
    assert not findings
    numbers = [n.number for d in (parallel.first, parallel.second) for p in _contents(d) for n in footnotes(p)]
    assert numbers == ["1", "2", "3", "4"]
    issued = issued_of(parallel)
    data = write_parallel_docx(parallel, images(parallel.first), INDICO, issued).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        words = [re.sub("<[^>]+>", "", n) for n in package.read("word/footnotes.xml").decode().split("<w:footnote ")[3:]]
    assert [w.split()[-1] for w in words][1::2] == ["fim.", "end."]


def test_links_lead_both_ways() -> None:
    markup = str(inline((Text("Um"), Footnote((Text("A < B"),), "p.note.1", "7"))))
    assert 'href="#note-7"' in markup
    assert 'id="note-7"' in markup
    assert 'href="#call-7"' in markup
    assert 'id="call-7"' in markup
    assert "A &lt; B" in markup


def test_notes_stay_with_the_words_they_followed() -> None:
    one, two = Footnote((Text("Uma."),), "p.note.1"), Footnote((Text("Duas."),), "p.note.2")
    old = (Text("Havia "), Number("12", "F"), Text(" residentes"), one, Text(" no país."), two)
    (same,) = kept(old, [(Text("Em 2024 havia "), Number("12", "F"), Text(" residentes no país inteiro."))])
    assert same[2:] == (Text(" residentes"), one, Text(" no país inteiro."), two)
    first, second = kept(old, [(Text("Havia residentes."),), (Text("Foi no país."),)])
    assert one in first
    assert two in second
    (other,) = kept(old, [(Text("Outra coisa."),)])
    assert other == (Text("Outra coisa."), one, two), "never lost"


@pytest.fixture(scope="module")
def out(composed: dict[str, Document]) -> Written:
    document = unpictured(composed["pt"])
    return write_docx(document, images(document), INDICO, issued_of(document, build="b"))


def back(out: Written, made: EditedDocx) -> Collected:
    return collect(
        out.issued, read_docx(made.bytes()), {"pt": make_locale(shipped_pack("pt"), MOZAMBIQUE, PORTUGUESE.signs)}, "Direcção X"
    )


def came(found: Collected) -> list[tuple[str, str, str]]:
    return [(c.kind, c.block, c.text) for c in found.changes]


ONE, TWO = "people.ranking.note.1", "people.ranking.note.2"


@pytest.mark.parametrize("author", ["Ana", ""])
def test_an_issued_note_that_is_edited_or_taken_out_comes_back_by_its_name(out: Written, author: str) -> None:
    assert came(back(out, EditedDocx(out.data, author))) == []
    found = back(out, footnoted.reword(EditedDocx(out.data, author), "Nota no fim", "Nota final"))
    assert came(found) == [("reworded", TWO, "Nota final.")]
    gone = back(out, footnoted.take_out(EditedDocx(out.data, author), "Nota no fim"))
    assert came(gone) == [("deleted", TWO, "")]
    assert [q.kind for c in gone.changes for q in c.queries] == ([] if author else ["uncertain-match"]), (
        "asked where nobody recorded it"
    )


def test_a_figure_in_a_note_is_asked_about(out: Written) -> None:
    figure = next(s for b in out.issued.blocks if b.id == ONE for s in b.spans if s.kind == "number").text
    changed = back(out, footnoted.reword(EditedDocx(out.data, "Ana"), figure.replace("\u00a0", " "), "44,4 milhões"))
    assert [(q.kind, q.block, q.new) for q in changed.queries] == [("number-changed", ONE, "44,4 milhões")]


def test_a_note_without_its_bookmark_is_known_by_its_words(out: Written) -> None:
    made = EditedDocx(out.data, "Ana")
    made.parts["word/footnotes.xml"] = re.sub(rb"<w:bookmark(Start|End)[^>]*/>", b"", made.parts["word/footnotes.xml"])
    assert came(back(out, made)) == []


def test_a_paragraph_that_moves_takes_its_notes_along(out: Written) -> None:
    made = EditedDocx(out.data)
    paragraph = made.paragraph("Contam-se os residentes")
    other = made.paragraph("número de pensionistas")
    other.addnext(paragraph)
    kinds = [(c.kind, c.block) for c in back(out, made).changes]
    assert ("moved", "people.ranking") in kinds
    assert not [k for k in kinds if k[0] in ("deleted", "new", "reworded")]


def test_a_new_paragraph_brings_its_note_and_a_typed_sign_is_no_note(out: Written) -> None:
    made = EditedDocx(out.data, "Ana").insert_after("Contam-se os residentes", "Um parágrafo novo, com a^[b] dentro.")
    footnoted.add(made, "Um parágrafo novo", "novo", "Fonte: INE.")
    (change,) = back(out, made).changes
    assert (change.kind, change.text) == ("new", "Um parágrafo novo^[Fonte: INE.], com a\\^[b] dentro.")
    assert list(noted(change.text)) == [("words", "Um parágrafo novo"), ("note", "Fonte: INE."), ("words", ", com a^[b] dentro.")]


SIGNS = st.text("ab ^[]{.1é", max_size=8)


@given(st.lists(st.tuples(SIGNS, SIGNS), max_size=3))
def test_what_is_written_as_a_note_is_read_as_one(pieces: list[tuple[str, str]]) -> None:
    text = "".join(typed(words) + note(said) for words, said in pieces)
    assert [said for kind, said in noted(text) if kind == "note"] == [n.strip() for _, n in pieces if n.strip()]
    assert "".join(said for kind, said in noted(text) if kind == "words") == "".join(words for words, _ in pieces)


def test_changes_in_notes_are_recorded_changes(composed: dict[str, Document]) -> None:
    now = unpictured(composed["pt"])
    added = Footnote((Text("Nota de um revisor."),), "people.ranking.note.added-1", "3", added=True)

    def other(section: Section, content: Callable[[Inlines], Inlines]) -> Section:
        blocks = tuple(replace(b, content=content(b.content)) if isinstance(b, Paragraph) else b for b in section.blocks)
        return replace(section, blocks=blocks, sections=tuple(other(s, content) for s in section.sections))

    def reworded(content: Inlines) -> Inlines:
        return renoted(content, lambda n: replace(n, content=(Text("Nota do início."),)) if n.id.endswith("2") else n)

    def more(content: Inlines) -> Inlines:
        return (*content, added) if any(True for _ in footnotes(content)) else content

    old = replace(now, sections=tuple(other(s, reworded) for s in now.sections))
    new = replace(now, sections=tuple(other(s, more) for s in now.sections))
    issued = issued_of(new, build="b")
    written = write_docx(new, images(new), INDICO, issued)
    made = redlined(written.data, issued_of(old), issued, author="A", date="2025-01-31T00:00:00Z")
    root = EditedDocx(made.data).parts["word/footnotes.xml"].decode()
    recorded = re.findall(r"<w:(ins|del) [^>]*>(.*?)</w:\1>", root)
    words = {k: [re.sub("<[^>]+>", "", w).strip() for kind, w in recorded if kind == k] for k in ("del", "ins")}
    assert words == {"del": ["do", "início"], "ins": ["no", "fim", "Nota de um revisor."]}
    body = EditedDocx(made.data).parts["word/document.xml"].decode()
    assert len(re.findall(r"<w:ins [^>]*><w:r>.{0,80}<w:footnoteReference", body)) == 1
