"""Footnotes in a Word file, put in, reworded and taken out as Word does it."""

from __future__ import annotations

import copy
import re
from typing import Any

from lxml import etree

from edited_docx import EditedDocx, W

PART = "word/footnotes.xml"
_EMPTY = (
    f'<w:footnotes xmlns:w="{W[1:-1]}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote></w:footnotes>'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def notes(made: EditedDocx) -> Any:
    return etree.fromstring(made.parts.get(PART, _EMPTY.encode()))


def save(made: EditedDocx, root: Any) -> EditedDocx:
    if PART not in made.parts:
        types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
        made.parts[types] = made.parts[types].replace(
            b"</Types>", f'<Override PartName="/{PART}" ContentType="{_TYPE}"/></Types>'.encode()
        )
        made.parts[relations] = made.parts[relations].replace(
            b"</Relationships>",
            f'<Relationship Id="rIdNotes" Type="{_RELATION}" Target="footnotes.xml"/></Relationships>'.encode(),
        )
    made.parts[PART] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def add(made: EditedDocx, within: str, after: str, words: str, number: int = 40) -> EditedDocx:
    """A note after words of the paragraph that says `within`, recorded where the file has an author."""
    for run in made.paragraph(within).iter(f"{W}r"):
        said = (run.findtext(f"{W}t") or "").replace("\u00a0", " ")
        if after not in said:
            continue
        at = said.index(after) + len(after)
        text = run.find(f"{W}t")
        rest = made._run(run, text.text[at:])
        text.text = text.text[:at]
        call = etree.Element(f"{W}r")
        etree.SubElement(call, f"{W}footnoteReference", {f"{W}id": str(number)})
        run.addnext(rest)
        run.addnext(made._mark("ins", call))
        root = notes(made)
        note = etree.SubElement(root, f"{W}footnote", {f"{W}id": str(number)})
        paragraph = etree.SubElement(note, f"{W}p")
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}footnoteRef")
        said = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(said, f"{W}t").text = f" {words}"
        # Word counts them anew in the order of their calls, and LibreOffice relies on that.
        order = [r.get(f"{W}id") for r in made.root.iter(f"{W}footnoteReference")]
        root[:] = sorted(root, key=lambda n: order.index(n.get(f"{W}id")) if n.get(f"{W}id") in order else -1)
        for element in (*root, *made.root.iter(f"{W}footnoteReference")):
            if element.get(f"{W}id") in order:
                element.set(f"{W}id", str(order.index(element.get(f"{W}id")) + 1))
        return save(made, root)
    raise AssertionError(after)


def reword(made: EditedDocx, old: str, new: str) -> EditedDocx:
    """In a note, in one run of it."""
    root = notes(made)
    run = next(r for r in root.iter(f"{W}r") if old in (r.findtext(f"{W}t") or "").replace("\u00a0", " "))
    text = (run.findtext(f"{W}t") or "").replace("\u00a0", " ")
    before, after = text.split(old, 1)
    pieces = [made._run(run, before), made._mark("del", made._run(run, old, "delText")), made._mark("ins", made._run(run, new))]
    parent, place = run.getparent(), run.getparent().index(run)
    parent[place : place + 1] = [p for p in (*pieces, made._run(run, after)) if p is not None]
    return save(made, root)


def take_out(made: EditedDocx, words: str) -> EditedDocx:
    """The call alone is marked where changes are recorded, as Word does it; without a record the note goes too."""
    root = notes(made)
    note = next(n for n in root if words in "".join(n.itertext()).replace("\u00a0", " "))
    number = note.get(f"{W}id")
    call = next(r for r in made.root.iter(f"{W}footnoteReference") if r.get(f"{W}id") == number).getparent()
    if made.author:
        wrapper = made._mark("del", copy.deepcopy(call))
        call.getparent().replace(call, wrapper)
        return made
    call.getparent().remove(call)
    root.remove(note)
    return save(made, root)


def calls(data: bytes) -> int:
    return len(re.findall(rb"<w:footnoteReference ", EditedDocx(data).parts["word/document.xml"]))
