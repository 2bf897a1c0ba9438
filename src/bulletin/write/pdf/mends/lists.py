"""Lists: terms with what they mean, and lists of contents."""

from __future__ import annotations

from bulletin.write.pdf.structure import Element


def name_terms(root: Element) -> None:
    """The term of a list of terms is the Lbl of its item, what is said of it the LBody (ISO 32000-1, 14.8.4.3.3: "in a dictionary
    list, the term being defined"; Matterhorn 16-003). `dt` and `dd` come as items of their own, `li b` as plain words."""
    for found in root.named("L"):
        if found.markup == "dl":
            _pair(found)
        else:
            for item in found.elements:
                _part(item)


def _pair(terms: Element) -> None:
    """`dt`, `dd`, … each wrapped in an LI: one LI a term."""
    items: list[Element] = []
    for item in terms.elements:
        body = next(iter(item.elements), None)
        if body is not None and body.markup == "dt":
            body.tag = "Lbl"
            items.append(item)
        elif items and body is not None:
            items[-1].kids.append(body)
        else:
            items.append(item)
    terms.kids = list(items)


def _part(item: Element) -> None:
    """`li` that begins with `b` or with the number of a section."""
    if item.tag != "LI" or len(item.elements) != 1:
        return
    (body,) = item.elements
    first = next(iter(body.elements), None)
    if first is not None and (first.markup == "b" or "no" in first.classes) and len(body.kids) > 1:
        body.kids.remove(first)
        first.tag = "Lbl"
        item.kids.insert(0, first)


def tag_contents(root: Element) -> None:
    """Contents and lists of exhibits are a TOC, each line a TOCI with References (ISO 32000-1, 14.8.4.2)."""
    for found in root.named("L"):
        if "toc" not in found.classes:
            continue
        found.tag = "TOC"
        for item in found.elements:
            item.tag = "TOCI"
            item.kids = [kid for e in item.elements for kid in (e.elements if e.tag == "LBody" else [e])]
            for i, kid in enumerate(item.kids):
                if isinstance(kid, Element) and kid.tag != "Lbl":
                    item.kids[i] = Element("Reference", [kid], language=kid.language)
                    kid.language = ""


def number_bullets(root: Element) -> None:
    """A list with bullets says so (ISO 32000-1, 14.8.5.5: ListNumbering)."""
    for found in root.named("L"):
        if any(e.tag == "Lbl" and e.markup == "li::marker" for item in found.elements for e in item.elements):
            found.attributes["List"] = {"ListNumbering": "Disc"}
