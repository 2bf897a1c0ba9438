"""How much of anything the program takes in or prints: every limit in one place, each with the message that tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "bytes", "rows", "columns", "cells", "files", "times", "pixels", "seconds", "depth", "characters", "figures", "turns", "years"
]


@dataclass(frozen=True)
class Limit:
    most: int
    unit: Unit
    rule: str
    """Key of the message, in `config/messages/`."""


MB = 1_000_000

DATA_FILE = Limit(200 * MB, "bytes", "file-too-large")
"""A CSV file or workbook among the data, as it lies on the disk."""
TEXT_FILE = Limit(1 * MB, "bytes", "yaml-too-large")
"""A file of configuration or narrative."""
YAML_DEPTH = Limit(60, "depth", "yaml-too-deep")
BOUNDARIES = Limit(50 * MB, "bytes", "file-too-large")
PICTURE = Limit(25 * MB, "bytes", "picture-too-large")
PICTURE_PIXELS = Limit(120 * MB, "pixels", "picture-unreadable")
"""A picture of more is not opened: it would take all the memory of a small computer."""
OTHER_FILE = Limit(500 * MB, "bytes", "file-too-large")
"""Records of the program itself: facts, sealed tables."""
ARCHIVE = Limit(2000 * MB, "bytes", "archive-too-large")
"""Of all files of a confidential archive, unpacked."""
ARCHIVE_FILES = Limit(65_000, "files", "archive-too-large")

CSV_ROWS = Limit(2 * MB, "rows", "csv-too-large")
CSV_COLUMNS = Limit(200, "columns", "csv-too-large")
CSV_FIELD = Limit(100_000, "characters", "csv-too-large")

VALUE = Limit(9 * 10**15, "figures", "value-too-large")
"""A larger number is not kept to its last digit."""

WORKBOOK_FILE = Limit(100 * MB, "bytes", "workbook-too-large")
WORKBOOK_PARTS = Limit(500, "files", "workbook-too-large")
WORKBOOK_UNPACKED = Limit(100 * MB, "bytes", "workbook-too-large")
WORKBOOK_RATIO = Limit(200, "times", "workbook-too-large")
WORKBOOK_SHEETS = Limit(255, "files", "workbook-too-large")
SHEET_ROWS = Limit(200_000, "rows", "workbook-too-large")
SHEET_COLUMNS = Limit(200, "columns", "workbook-too-large")
SHEET_CELLS = Limit(5 * MB, "cells", "workbook-too-large")
"""Cells of one sheet, formatted empty ones included."""

DOCX_FILE = Limit(100 * MB, "bytes", "review-file-too-large")
DOCX_PARTS = Limit(5000, "files", "review-file-too-large")
DOCX_PART = Limit(64 * MB, "bytes", "review-file-too-large")
"""Of one part that is read; a bulletin of 160 pages takes 5 MB."""
DOCX_READ = Limit(160 * MB, "bytes", "review-file-too-large")
"""Of all parts that are read."""
DOCX_UNPACKED = Limit(2000 * MB, "bytes", "review-file-too-large")
"""Of all members, pictures included, as declared; they are not unpacked."""
DOCX_RATIO = Limit(500, "times", "review-file-too-large")

REVIEW_ADDED = Limit(2000, "rows", "review-too-much-added")
"""Paragraphs of a reviewed Word file that were not in what was sent out; a whole bulletin has about 1,200."""

READER_SECONDS = Limit(40, "seconds", "reader-stopped")
"""For one workbook or one Word file, from the clock and of the processor."""
READER_MEMORY = Limit(2 * 1024**3, "bytes", "reader-stopped")
"""Of the process that reads files from elsewhere, where the system can limit it."""

PATTERN = Limit(200, "characters", "map-slow-pattern")
"""Of a map of a table."""
PATTERN_REPEATS = Limit(3, "times", "map-slow-pattern")
"""Of `*`, `+` and the like in one pattern, none inside another."""
PATTERN_TEXT = Limit(500, "characters", "map-slow-pattern")
"""A longer text of a cell fits no pattern with more than one repeat; with one, a text eight times as long may."""

TEMPLATE_LINE = Limit(20_000, "characters", "template-too-large")
"""Of a narrative; it has no loops."""

EDITION_YEARS = Limit(60, "years", "years-too-many")
"""From the first year of the tables to the last."""
FACTS = Limit(100_000, "figures", "too-many-figures")
"""In one edition."""
PRINTED_DECIMALS = Limit(9, "characters", "config-not-allowed")
PRINTED_SCALE = Limit(1000, "characters", "config-not-allowed")
"""Powers of ten by which figures are divided for print; in formulas, what they are multiplied by."""
PRINTED_ROWS = Limit(2_000, "rows", "config-not-allowed")
"""Of one table, at most; of a longer one the first rows are printed and the whole is in the workbook of tables. A table wider than a page
is cut into parts, however many columns it has."""
