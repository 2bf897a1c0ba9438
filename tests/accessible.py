"""Checks a finished PDF on its own terms and against the composed tree: what validators cannot see, sharing no code with the writer."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import page as validation
import pikepdf

from finished import Node, nodes
from tagged import Content, Tag, content, squeezed, tags

PROFILES = (validation.ValidationProfile.PDF_UA_1, validation.ValidationProfile.PDF_A_3A)
WAIVED = "PDFA3A-STREAM-LENGTH-001"
"""False wherever compressed data end in a line feed, which the validator takes for the end of the line; `lengths` checks instead."""

INSIDE = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI", "TOC", "Caption"},
    "TOCI": {"Lbl", "Reference", "TOC"},
    "Table": {"Caption", "THead", "TBody"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "Reference": {"Link"},
}
EMPTY = pikepdf.Dictionary()
WITHOUT_WORDS = {"Document", "Part", "Sect", "Div", *INSIDE}


def accessible(data: bytes, *trees: Node, standards: bool = True) -> list[str]:
    """Faults of a PDF; `trees`: the composed tree of each of its languages, that of its own first; without one the file alone.
    `standards`: ask the validators too."""
    found = [*(validated(data) if standards else ()), *lengths(data)]
    pdf = pikepdf.open(io.BytesIO(data))
    shown = content(pdf)
    root = tags(pdf, shown)
    for check in (structure, reach, headings, links, figures, headers):
        found += check(pdf, root, shown)
    for compare in (names_itself, languages, paragraphs, tables, titles, running, attachments, outline) if trees else ():
        found += compare(pdf, root, shown, trees)
    return [*found, *fonts(pdf)]


def said(node: object) -> str:
    """Words of inline content, without note marks."""
    if isinstance(node, list):
        return "".join(said(n) for n in node)
    if isinstance(node, dict):
        return said(node["content"]) if "content" in node else str(node.get("text", ""))
    return ""


def marked(node: object) -> str:
    """The same with its note marks."""
    if isinstance(node, list):
        return "".join(marked(n) for n in node)
    if isinstance(node, dict):
        if node.get("type") == "Footnote":
            return f"{node['number']}{node['number']}\u2002{marked(node['content'])}"
        return str(node.get("mark", "")) if node.get("type") == "NoteMark" else marked(node.get("content", [])) or said(node)
    return ""


# ---------------------------------------------------------------- the file itself


def validated(data: bytes) -> list[str]:
    """PDF/UA-1 and PDF/A-3a."""
    failures = [f for profile in PROFILES for f in validation.validate_pdf_bytes(data, profile=profile).failures]
    return [f"{f.rule_id}: {f.message}" for f in failures if f.rule_id != WAIVED]


def lengths(data: bytes) -> list[str]:
    """After the bytes that each `/Length` promises stands `endstream`; streams are walked, for their bytes may hold anything."""
    found, at, seen = [], 0, 0
    for _ in range(data.count(b" obj")):
        head = re.compile(rb"\b(\d+) 0 obj\b").search(data, at)
        if head is None:
            break
        stream, end = data.find(b"stream\n", head.end()), data.find(b"endobj", head.end())
        if stream < 0 or end < stream:
            at = end
            continue
        length = re.search(rb"/Length (\d+)(?! \d+ R)", data[head.end() : stream])
        if length is None:
            found.append(f"object {head[1].decode()}: no direct length")
            break
        at = stream + len(b"stream\n") + int(length[1])
        seen += 1
        if not re.match(rb"\r?\n?endstream", data[at : at + 11]):
            found.append(f"object {head[1].decode()}: stream is not {length[1].decode()} bytes long")
    return found or ([] if seen else ["no stream found"])


def fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in (i for i in pdf.objects if isinstance(i, pikepdf.Dictionary)):
        if item.get("/Type") == "/FontDescriptor" and not {"/FontFile2", "/FontFile3"} & set(item.keys()):
            yield f"font {item.FontName} is not in the file"
        if item.get("/Subtype") == "/Type0" and "/ToUnicode" not in item:
            yield f"font {item.BaseFont} does not say its letters"


def names_itself(pdf: pikepdf.Pdf, root: Tag, shown: Content, trees: Sequence[Node]) -> Iterator[str]:
    about = trees[0]["metadata"]
    stream = pdf.Root.Metadata
    if "/Filter" in stream:
        yield "metadata are compressed"
    xmp = stream.read_bytes().decode()
    for text in (about["title"], "<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", about["release_date"]):
        if text not in xmp:
            yield f"metadata do not say {text}"
    if str(pdf.Root.Lang) != about["tag"] or not pdf.Root.ViewerPreferences.DisplayDocTitle or not pdf.Root.MarkInfo.Marked:
        yield "language, title or tags are not declared"
    if about["title"] not in str(pdf.docinfo["/Title"]):
        yield f"title is {pdf.docinfo['/Title']}"


# ---------------------------------------------------------------- tags


def structure(pdf: pikepdf.Pdf, root: Tag, shown: Content) -> Iterator[str]:
    for tag in root.below():
        kinds = {k.kind for k in tag.kids}
        if tag.kind in INSIDE and not kinds <= INSIDE[tag.kind]:
            yield f"{tag.kind} holds {kinds - INSIDE[tag.kind]}"
        if tag.kind in WITHOUT_WORDS and tag.places:
            yield f"{tag.kind} holds words: {tag.text[:40]}"
        if tag.kind in ("NonStruct", "Art") or (
            not tag.kids and not tag.places and not tag.annotations and tag.kind not in ("TD", "TH")
        ):
            yield f"{tag.kind} says nothing"
        if tag.kind == "Link" and any(k.kind == "Link" for k in tag.below()):
            yield f"link in a link: {tag.text}"
        if set(map(str, tag.raw.keys())) & {"/Source", "/Markup", "/Classes", "/Abstract"}:
            yield f"{tag.kind} has keys of the renderer's"


def reach(pdf: pikepdf.Pdf, root: Tag, shown: Content) -> Iterator[str]:
    """All words are in a tag or an artifact; each piece of marked content is in one tag, and the page knows in which."""
    yield from (f"neither content nor artifact: {text}" for text in shown.loose)
    owners = {place: tag for tag in (root, *root.below()) for place in tag.places}
    if len(owners) != sum(len(tag.places) for tag in (root, *root.below())):
        yield "content in two tags"
    if set(owners) != set(shown.words):
        yield f"content and tags differ: {sorted(set(owners) ^ set(shown.words))[:5]}"
    flat = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    numbers = {int(flat[i]): flat[i + 1] for i in range(0, len(flat), 2)}
    for (number, mark), tag in owners.items():
        row = numbers[int(pdf.pages[number].obj.StructParents)]
        if row[mark].objgen != tag.raw.objgen:
            yield f"p. {number + 1}: content {mark} leads to another tag"
    linked = {a.objgen: tag for tag in root.below() for a in tag.annotations}
    for number, sheet in enumerate(pdf.pages):
        for annotation in sheet.obj.get("/Annots", []):
            owner = linked.get(annotation.objgen)
            if owner is None or numbers[int(annotation.StructParent)].objgen != owner.raw.objgen:
                yield f"p. {number + 1}: a link without tag"


def headings(pdf: pikepdf.Pdf, root: Tag, shown: Content) -> Iterator[str]:
    former = 0
    for tag in root.below(*(f"H{n}" for n in range(1, 7))):
        level = int(tag.kind[1])
        if not tag.text.strip():
            yield "empty heading"
        if level > former + 1:
            yield f"H{former} is followed by H{level}: {tag.text}"
        former = level


def links(pdf: pikepdf.Pdf, root: Tag, shown: Content) -> Iterator[str]:
    names = pdf.Root.get("/Names", EMPTY).get("/Dests", EMPTY).get("/Names", pikepdf.Array())
    targets = {str(name) for name in list(names)[::2]}
    for tag in root.below("Link"):
        if not tag.annotations or not tag.text.strip():
            yield f"link of nothing or nowhere: {tag.text}"
        for annotation in tag.annotations:
            name, target = str(annotation.get("/Contents", "")), str(annotation.get("/Dest", ""))
            if target not in targets:
                yield f"link to {target or annotation.get('/A')}"
            if not name.strip() or name == target or name.startswith(("b-", "#", "http")):
                yield f"link to {target} is named {name!r}"
            if int(annotation.get("/F", 0)) != 4:
                yield f"link to {target} is not printed"
        boxes = [[float(v) for v in a.Rect] for a in tag.annotations]
        for i, a in enumerate(boxes):
            if any(_inside(a, b) for b in boxes[i + 1 :]):
                yield f"one place to click above another: {tag.text}"


def _inside(a: list[float], b: list[float]) -> bool:
    return (
        min(a[0], a[2]) < max(b[0], b[2]) - 1
        and min(b[0], b[2]) < max(a[0], a[2]) - 1
        and (min(a[1], a[3]) < max(b[1], b[3]) - 4 and min(b[1], b[3]) < max(a[1], a[3]) - 4)
    )


def figures(pdf: pikepdf.Pdf, root: Tag, shown: Content) -> Iterator[str]:
    for tag in root.below("Figure"):
        alt = str(tag.raw.get("/Alt", ""))
        if not 1 <= len(alt.strip()) <= 300 or re.search(
            r"\.(svg|png|jpe?g)\b|^(image|imagem|figure|chart)$", alt, re.IGNORECASE
        ):
            yield f"alternative text: {alt!r}"
        left, low, right, high = (float(v) for v in tag.attribute("/BBox"))  # type: ignore[attr-defined]
        width, height = (float(v) for v in pdf.pages[tag.places[0][0]].mediabox[2:])
        if not (0 <= left <= right <= width + 1 and 0 <= low <= high <= height + 1):
            yield f"figure outside its page: {alt}"


def headers(pdf: pikepdf.Pdf, root: Tag, shown: Content) -> Iterator[str]:
    """Headers of every data cell, worked out from a drawing of the grid: each square names the cell that covers it."""
    names = pdf.Root.StructTreeRoot.get("/IDTree", EMPTY).get("/Names", pikepdf.Array())
    known = {str(names[i]): names[i + 1].objgen for i in range(0, len(names), 2)}
    for number, table in enumerate(root.below("Table"), 1):
        squares: dict[tuple[int, int], Tag] = {}
        lines = [(line, part.kind) for part in table.kids if part.kind != "Caption" for line in part.kids]
        for row, (line, _) in enumerate(lines):
            column = 0
            for cell in line.kids:
                while (row, column) in squares:
                    column += 1
                for y in range(int(str(cell.attribute("/RowSpan", 1)))):
                    for x in range(int(str(cell.attribute("/ColSpan", 1)))):
                        squares[row + y, column + x] = cell
        width = {max((x for y, x in squares if y == row), default=-1) for row in range(len(lines))}
        if len(width) != 1:
            yield f"table {number}: lines of {width} columns"
        block: Tag | None = None
        for row, (line, part) in enumerate(lines):
            cells = [c for c in line.kids if c.kind == "TD"]
            if part == "TBody" and not cells and len(line.kids) == 1:
                block = line.kids[0]
            for cell in line.kids:
                scope = "/Column" if part == "THead" or cell is block else "/Row"
                if cell.kind == "TH" and (
                    str(cell.attribute("/Scope")) != scope or known.get(str(cell.raw.get("/ID"))) != cell.raw.objgen
                ):
                    yield f"table {number}: header {cell.text!r} has scope {cell.attribute('/Scope')}"
            for cell in cells if part == "TBody" else ():
                own = {x for (y, x), c in squares.items() if c is cell}
                heads = [c for (y, x), c in sorted(squares.items()) if x in own and c.kind == "TH" and lines[y][1] == "THead"]
                beside = [c for (y, x), c in squares.items() if y == row and c.kind == "TH"]
                wanted = {c.raw.objgen for c in (*heads, *beside, *([block] if block else []))}
                given = [known.get(str(h)) for h in cell.attribute("/Headers", ())]  # type: ignore[attr-defined]
                if set(given) != wanted or len(given) != len(wanted):
                    yield f"table {number}: {cell.text!r} names other headers than it has"


# ---------------------------------------------------------------- against the composed tree


def languages(pdf: pikepdf.Pdf, root: Tag, shown: Content, trees: Sequence[Node]) -> Iterator[str]:
    own = {t["metadata"]["tag"] for t in trees}
    for tree in trees:
        for phrase in nodes(tree["sections"], "Foreign"):
            words = squeezed(said(phrase["content"]))
            if not any(words in squeezed(t.text) and t.language == phrase["language"] for t in root.below()):
                yield f"{said(phrase['content'])} is not said to be {phrase['language']}"
    foreign = {phrase["language"] for tree in trees for phrase in nodes(tree, "Foreign")}
    if extra := {t.language for t in root.below()} - own - foreign:
        yield f"languages {extra}"
    for tree in trees[1:]:
        texts = {squeezed(t.text) for t in root.below() if t.language == tree["metadata"]["tag"]}
        for block in nodes(tree["sections"], "Paragraph"):
            words = squeezed(marked(block["content"]))
            if words and not any(words in t for t in texts):
                yield f"{block['id']} is not in the second language"


def printed(root: Tag, tree: Node) -> Iterator[tuple[Node, list[Tag]]]:
    """Each table of the tree with its tags: several where it is wider than a page and printed in parts."""
    waiting = list(root.below("Table"))
    for table in nodes(tree["sections"], "Table"):
        label, found = squeezed(table["label"]), waiting[:1]
        del waiting[:1]
        while label and waiting and waiting[0].kids[0].kind == "Caption" and squeezed(waiting[0].kids[0].kids[0].text) == label:
            found.append(waiting.pop(0))
        yield table, found
    if waiting:
        yield {"label": "", "id": "nowhere", "title": [], "rows": [], "summary": ""}, waiting


def tables(pdf: pikepdf.Pdf, root: Tag, shown: Content, trees: Sequence[Node]) -> Iterator[str]:
    """One tag for each printed table, with title, summary and exactly its cells."""
    extract = squeezed(trees[0]["words"].get("table_extract", "")) or "–"
    for table, parts in printed(root, trees[0]):
        name = table["label"] or table["id"]
        if not parts or not table["rows"]:
            yield f"{name}: {len(parts)} tables"
            continue
        lines: list[list[str]] = [[] for _ in table["rows"]]
        for tag in parts:
            caption = squeezed(tag.kids[0].text) if tag.kids[0].kind == "Caption" else ""
            if squeezed(table["label"]) not in caption or squeezed(said(table["title"])) not in caption:
                yield f"{name}: caption {caption!r}"
            if str(tag.attribute("/Summary", "")) != table["summary"]:
                yield f"{name}: summary {tag.attribute('/Summary')}"
            body = [line for part in tag.kids if part.kind == "TBody" for line in part.kids]
            if extract in caption:
                del lines[len(body) :]
            if len(body) != len(lines) or sum(part.kind == "THead" for part in tag.kids) != 1:
                yield f"{name}: {len(body)} lines for {len(lines)}"
            for line, cells in zip(body, lines, strict=False):
                cells += [squeezed(c.text) for c in line.kids if c.kind == "TD"]
        for cells, row in zip(lines, table["rows"], strict=False):
            expected = [squeezed((marked(c["content"]) or c["text"]) + c["marks"] + c["signs"]) for c in row["cells"]]
            # where two languages share a table, words in the second follow those in the first
            same = [c == e if len(trees) == 1 else c.startswith(e) for c, e in zip(cells, expected, strict=False)]
            if len(cells) != len(expected) or not all(same):
                yield f"{name}: {cells} for {expected}"


def paragraphs(pdf: pikepdf.Pdf, root: Tag, shown: Content, trees: Sequence[Node]) -> Iterator[str]:
    """Word for word, spaces at the ends of lines included; hyphens that divide words are soft."""
    texts = {spaced(tag.text) for tag in root.below("P", "LBody")}
    for tree in trees:
        for block in nodes(tree["sections"], "Paragraph"):
            words = spaced(marked(block["content"]))
            if words and words not in texts and not any(words in text for text in texts):
                yield f"{block['id']} is not said as it is written: {words[:80]}"


def spaced(text: str) -> str:
    return " ".join(re.sub("[\u2060\u00ad]", "", text).split())


def titles(pdf: pikepdf.Pdf, root: Tag, shown: Content, trees: Sequence[Node]) -> Iterator[str]:
    """A figure stands right after its title, in one group with it."""
    for figure in nodes(trees[0]["sections"], "Figure"):
        before = [
            tag.parent.kids[tag.parent.kids.index(tag) - 1]
            for tag in root.below("Figure")
            if tag.parent and str(tag.raw.get("/Alt", "")) == figure["alt"]
        ]
        if not any(b.kind == "Caption" and squeezed(said(figure["title"])) in squeezed(b.text) for b in before):
            yield f"{figure['label']}: no figure with title and alternative text {figure['alt']}"


def running(pdf: pikepdf.Pdf, root: Tag, shown: Content, trees: Sequence[Node]) -> Iterator[str]:
    """Running heads and page numbers are artifacts, and no page lacks them."""
    line, words = squeezed(trees[0]["metadata"]["running"]), squeezed(root.text)
    again = squeezed(trees[0]["words"]["continued"])
    if again in words:
        yield "the line above a continued table is content"
    if not any(line in squeezed(text) for text in shown.artifacts.values()):
        yield f"no page has {line} as an artifact"
    for number in sorted({page for page, _ in shown.words} - {0}):  # a page left empty has none
        if str(number + 1) not in shown.artifacts.get(number, ""):
            yield f"p. {number + 1} has no number as an artifact"


def outline(pdf: pikepdf.Pdf, root: Tag, shown: Content, trees: Sequence[Node]) -> Iterator[str]:
    """Bookmarks are the headings of the sections, in their order."""
    marks: list[str] = []

    def collect(items: Sequence[pikepdf.OutlineItem]) -> None:
        for item in items:
            marks.append(squeezed(item.title))
            collect(item.children)

    with pdf.open_outline() as opened:
        collect(opened.root)
    found = [squeezed(t.text) for t in root.below("H1", "H2", "H3")]
    wanted = [
        (squeezed(s["number"]), squeezed(said(s["title"]))) for s in nodes(trees[0]["sections"], "Section") if said(s["title"])
    ]
    if len(marks) != len(wanted):
        yield f"{len(marks)} bookmarks for {len(wanted)} sections"
    for mark, (number, title) in zip(marks, wanted, strict=False):
        # the number of a chapter stands beside its heading, that of a section in it
        if not mark.startswith((title, number + title)):
            yield f"bookmark {mark} for {number} {title}"
        if not any(f.startswith((title, number + title)) for f in found):
            yield f"no heading {title}"


# ---------------------------------------------------------------- attachments


def attachments(pdf: pikepdf.Pdf, root: Tag, shown: Content, trees: Sequence[Node]) -> Iterator[str]:
    """Every table is in the file as CSV that says what it is, known to its tag, and holds what is printed and nothing else."""
    names = pdf.Root.Names.EmbeddedFiles.Names
    files = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
    known = {f.objgen for f in pdf.Root.AF}
    tagged = [found for _, found in printed(root, trees[0])]
    wanted = [(position, table, tree) for tree in trees for position, table in enumerate(nodes(tree["sections"], "Table"))]
    if len(files) != len(wanted) or list(files) != sorted(files):
        yield f"{len(files)} files for {len(wanted)} tables"
    for position, table, tree in wanted:
        plain = unicodedata.normalize("NFKD", table["label"]).encode("ascii", "ignore").decode().lower()
        name = "-".join(re.findall("[a-z0-9]+", plain)) + ".csv"
        if name not in files:
            yield f"no {name}"
            continue
        file = files[name]
        if file.AFRelationship != "/Data" or str(file.F) != name or str(file.UF) != name or file.objgen not in known:
            yield f"{name}: relationship"
        if squeezed(said(table["title"])) not in squeezed(str(file.Desc)):
            yield f"{name}: described as {file.Desc}"
        if not all(file.objgen in {f.objgen for f in tag.raw.get("/AF", [])} for tag in tagged[position]):
            yield f"{name}: its table does not know it"
        stream = file.EF.F
        data = stream.read_bytes()
        if stream.Subtype != "/text/csv" or int(stream.Params.Size) != len(data) or "/ModDate" not in stream.Params:
            yield f"{name}: kind, size or date"
        yield from (f"{name}: {fault}" for fault in _as_printed(data, table, tree))


def _as_printed(data: bytes, table: Node, tree: Node) -> Iterator[str]:
    if data[:3] != b"\xef\xbb\xbf":
        yield "no mark of UTF-8"
    decimal = tree["metadata"]["decimal"]
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";" if decimal == "," else ","))
    first, _, rest = ([i for i, line in enumerate(lines) if not line] + [0, 0])[0], 0, lines
    if squeezed(said(table["title"])) not in squeezed("".join(rest[0])):
        yield f"title {rest[0]}"
    if table["illustrative"] and squeezed(table["illustrative"]) not in squeezed("".join("".join(x) for x in rest[:first])):
        yield "does not say that it is illustrative"
    body = lines[first + 2 : lines.index([], first + 1)]
    rows = [row for row in table["rows"] if row["role"] != "block"]
    if "xlsx" in "".join("".join(line) for line in lines):  # an extract: the whole is in a workbook, to which a note points
        rows = rows[: len(body)]
    if len(body) != len(rows):
        yield f"{len(body)} lines for {len(rows)}"
        return
    for line, row in zip(body, rows, strict=True):
        given = [_bare(text) for text in line]
        wanted = [_bare((marked(c["content"]) or c["text"]), decimal if c["kind"] == "number" else "") for c in row["cells"]]
        marks = [_bare(c["signs"] + c["marks"]) for c in row["cells"]]
        head = _bare(marked(row["label"]) + row["marks"])
        if sorted(t for t in given if t) != sorted([t for t in (*wanted, *marks, head, *_block(table, row)) if t]):
            yield f"{line} for {[head, *wanted]}"
    notes = squeezed("".join("".join(line) for line in lines[lines.index([], first + 1) :])).replace("[", "").replace("]", "")
    for note in table["notes"]:
        if squeezed(marked(note["content"])) not in notes:
            yield f"lacks the note {said(note['content'])}"


def _block(table: Node, row: Node) -> list[str]:
    """Head of the block in which a row stands."""
    found = ""
    for other in table["rows"]:
        if other["role"] == "block":
            found = marked(other["label"]) + other["marks"]
        if other is row:
            return [_bare(found)]
    return []


def _bare(text: str, decimal: str = "") -> str:
    """Without spaces, brackets of marks and marks between thousands, so that what is left must be the same."""
    bare = squeezed(text).lstrip("'").replace("−", "-")
    bare = re.sub(r"\[([^\]]*)\]", r"\1", bare)
    return re.sub(r"(?<=\d),(?=\d{3})", "", bare) if decimal == "." else bare


def tree(out: Path, language: str) -> Node:
    read: Node = json.loads((out / f"document.{language}.json").read_text(encoding="utf-8"))
    return read
