"""Identifiers that no other part of the document has."""

from __future__ import annotations

from bulletin.write.pdf.structure import Element


def put_before_names(root: Element, name: str) -> None:
    """`name` before the identifier of every tag and wherever a cell names its headers (ISO 32000-1, 14.7.2: unique in the file)."""
    for element in root.walk() if name else ():
        if element.name:
            element.name = name + element.name
        cell = element.attributes.get("Table", {})
        headers = cell.get("Headers")
        if isinstance(headers, list):
            cell["Headers"] = [f"{name}{header}" for header in headers]
