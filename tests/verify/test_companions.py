"""A workbook or open data that somebody changed is told; those that were built have no fault."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bulletin.verify.open_data import check_open_data
from bulletin.verify.workbook import check_workbook
from factories import spoken


def changed(data: bytes, part: str, old: bytes, new: bytes | None) -> bytes:
    """With other contents of a part, or without it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part and new is not None:
                assert old in content
                content = content.replace(old, new, 1)
            if name != part or new is not None:
                after.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new", "rules"),
    [
        ("xl/workbook.xml", b"<", b"<", []),
        ("xl/worksheets/sheet7.xml", b"<v>65601</v>", b"<f>1+1</f><v>2</v>", ["verify-formula"]),
        (
            "_rels/.rels",
            b"</Relationships>",
            b'<Relationship Target="http://x" TargetMode="External"/></Relationships>',
            ["verify-outside"],
        ),
        ("docProps/core.xml", b"dc:language", b"dc:coverage", ["verify-no-language"]),
        ("xl/workbook.xml", b"", None, ["verify-unreadable"]),
    ],
)
def test_a_workbook_that_was_changed(small_out: Path, part: str, old: bytes, new: bytes | None, rules: list[str]) -> None:
    data = (small_out / "small-pt.xlsx").read_bytes()
    assert [f.rule for f in spoken(check_workbook("small-pt.xlsx", changed(data, part, old, new)))] == rules


@pytest.mark.parametrize(
    ("part", "old", "new", "rules"),
    [
        ("observations.csv-metadata.json", b"{", b"{", []),
        ("observations.csv", b"65601", b"65801", ["verify-data-file"]),
        ("codes/sex.csv", b"", None, ["verify-data-file"]),
        ("datapackage.json", b"{", b"[", ["verify-unreadable"]),
        ("datapackage.json", b"", None, ["verify-unreadable"]),
    ],
)
def test_open_data_that_were_changed(small_out: Path, part: str, old: bytes, new: bytes | None, rules: list[str]) -> None:
    data = (small_out / "small-data.zip").read_bytes()
    assert [f.rule for f in spoken(check_open_data("small-data.zip", changed(data, part, old, new)))] == rules


def test_what_is_no_zip_is_told() -> None:
    assert [f.rule for f in (*check_workbook("x.xlsx", b"PK"), *check_open_data("x.zip", b""))] == ["verify-unreadable"] * 2
