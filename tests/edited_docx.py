"""Word files changed as a reviewer would change them, in their XML: words, figures, paragraphs, comments, cells."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass
class EditedDocx:
    """`author` empty: nothing is recorded."""

    data: bytes
    author: str = ""
    date: str = "2025-02-03T10:00:00Z"

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.saved(self.date)

    def saved(self, date: str) -> EditedDocx:
        core = self.parts["docProps/core.xml"].decode()
        self.parts["docProps/core.xml"] = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{date}", core).encode()
        return self

    def paragraph(self, words: str) -> Any:
        """The first whose text contains the words, figures of them included."""
        for found in self.root.iter(f"{W}p"):
            if words in "".join(t.text or "" for t in found.iter(f"{W}t")).replace("\u00a0", " "):
                return found
        raise AssertionError(words)

    def replace(self, within: str, old: str, new: str) -> EditedDocx:
        """In the paragraph that says `within`; the words stand in one run."""
        for run in self.paragraph(within).iter(f"{W}r"):
            text = run.find(f"{W}t")
            if text is None or old not in (text.text or "").replace("\u00a0", " "):
                continue
            at = (text.text or "").replace("\u00a0", " ").index(old)
            before, after = text.text[:at], text.text[at + len(old) :]
            pieces = [self._run(run, before)] if before else []
            pieces += [self._mark("del", self._run(run, old, "delText")), self._mark("ins", self._run(run, new))]
            pieces += [self._run(run, after)] if after else []
            parent, place = run.getparent(), run.getparent().index(run)
            parent[place : place + 1] = [p for p in pieces if p is not None]
            return self
        raise AssertionError(old)

    def delete(self, words: str) -> EditedDocx:
        paragraph = self.paragraph(words)
        if not self.author:
            paragraph.getparent().remove(paragraph)
            return self
        for run in [r for r in paragraph.iter(f"{W}r") if r.find(f"{W}t") is not None]:
            text = run.find(f"{W}t")
            text.tag = f"{W}delText"
            wrapper = self._mark("del", copy.deepcopy(run))
            run.getparent().replace(run, wrapper)
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        marks = etree.SubElement(properties, f"{W}rPr")
        marks.append(self._stamp("del"))
        return self

    def insert_after(self, words: str, text: str) -> EditedDocx:
        paragraph = self.paragraph(words)
        new = etree.Element(f"{W}p")
        run = etree.SubElement(new, f"{W}r")
        etree.SubElement(run, f"{W}t").text = text
        if self.author:
            wrapper = self._stamp("ins")
            wrapper.append(run)
            new.append(wrapper)
        paragraph.addnext(new)
        return self

    def comment(self, words: str, text: str) -> EditedDocx:
        """On the whole paragraph; the file has comments already."""
        paragraph = self.paragraph(words)
        comments = etree.fromstring(self.parts["word/comments.xml"])
        comment = etree.SubElement(comments, f"{W}comment", {f"{W}id": "977", f"{W}author": self.author, f"{W}date": self.date})
        etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t").text = text
        self.parts["word/comments.xml"] = etree.tostring(comments, xml_declaration=True, encoding="UTF-8", standalone=True)
        first = next(i for i, child in enumerate(paragraph) if child.tag != f"{W}pPr")
        paragraph.insert(first, etree.Element(f"{W}commentRangeStart", {f"{W}id": "977"}))
        paragraph.append(etree.Element(f"{W}commentRangeEnd", {f"{W}id": "977"}))
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}commentReference", {f"{W}id": "977"})
        return self

    def bytes(self) -> bytes:
        self.parts["word/document.xml"] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.parts.items():
                package.writestr(name, content)
        return stream.getvalue()

    def _run(self, run: Any, text: str, tag: str = "t") -> Any:
        made = copy.deepcopy(run)
        said = made.find(f"{W}t")
        said.tag, said.text = f"{W}{tag}", text
        said.set(f"{XML}space", "preserve")
        return made

    def _mark(self, kind: str, run: Any) -> Any:
        if not self.author:
            return run if kind == "ins" else None
        wrapper = self._stamp(kind)
        wrapper.append(run)
        return wrapper

    def _stamp(self, kind: str) -> Any:
        return etree.Element(f"{W}{kind}", {f"{W}id": "900", f"{W}author": self.author, f"{W}date": self.date})
