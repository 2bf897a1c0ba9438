"""A workbook or open data that somebody changed is told; those that were built have no fault."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bulletin.cli import app
from bulletin.shipped import shipped
from bulletin.verify.json_schema import KEYWORDS
from bulletin.verify.open_data import check_open_data
from bulletin.verify.package import parts_of
from bulletin.verify.workbook import check_workbook
from bulletin.write.zipped import zipped
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


def relisted(data: bytes, path: str, old: str, new: str) -> bytes:
    """With other contents of a file, and the list made to agree with them."""
    parts = parts_of(data)
    assert isinstance(parts, dict)
    package = json.loads(parts["datapackage.json"])
    (said,) = (r for r in package["resources"] if r["path"] == path)
    assert old in parts[path].decode()
    parts[path] = parts[path].decode().replace(old, new, 1).encode()
    said |= {"bytes": len(parts[path]), "hash": f"sha256:{hashlib.sha256(parts[path]).hexdigest()}"}
    parts["datapackage.json"] = json.dumps(package).encode()
    return zipped(parts)


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("codes/sex.csv", "code", "code", ""),
        ("codes/sex.csv", "code", "Code", "verify-data-columns line=1"),
        ("observations.csv", ",65601,", ",65601,x,", "verify-data-columns line="),
        ("observations.csv", ",65601,", ',"65601,', "verify-data-columns line=1"),
        ("observations.csv", ",65601,", ",65 601,", "verify-data-value found=65 601 column=OBS_VALUE"),
        ("observations.csv", "false", "falso", "verify-data-value found=falso column=ILLUSTRATIVE"),
        ("observations.csv", "PENSIONERS,", "PENSIONISTAS,", "verify-data-value found=PENSIONISTAS column=INDICATOR"),
        ("tables/pensioners_type.csv", "PENSIONERS.MZ", "PENSIONERS.MA", "verify-data-value found=PENSIONERS.MA column=fact"),
        ("codes/sex.csv", "\r\n", "\r\n_T,,\r\n", "verify-data-key verify-data-rows"),
        ("facts.json", '"edition":', '"Edition":', "verify-data-facts place=/edition count=2"),
        ("facts.json", '"unit":', '"unit":1,"u":', "verify-data-facts place=/"),
        ("facts.json", "{", "", "verify-data-facts place=/ count=1"),
    ],
)
def test_open_data_and_their_list_changed_together(small_out: Path, path: str, old: str, new: str, told: str) -> None:
    data = relisted((small_out / "small-data.zip").read_bytes(), path, old, new)
    found = spoken(check_open_data("x.zip", data))
    said = " ".join([*(f.rule for f in found), *(f"{k}={v}" for f in found for k, v in f.parameters.items())])
    assert bool(found) == bool(told), said
    assert all(part in said for part in told.split(" ")), said
    assert all(f.parameters["part"] == path for f in found)


@pytest.mark.parametrize("wrong", [None, [], {}, -1, "x", [[["x"]]]])
def test_a_list_that_is_none_is_told_and_stops_nothing(small_out: Path, wrong: object) -> None:
    parts = parts_of((small_out / "small-data.zip").read_bytes())
    assert isinstance(parts, dict)
    package = json.loads(parts["datapackage.json"])
    first = package["resources"][0]
    for holder, key in [(package, "resources"), *((first, k) for k in ("path", "bytes", "hash"))]:
        kept, holder[key] = holder[key], wrong
        assert spoken(check_open_data("x.zip", zipped({**parts, "datapackage.json": json.dumps(package).encode()}))), key
        holder[key] = kept
    for holder, key in [
        (first, "name"),
        (first, "schema"),
        *((first["schema"], k) for k in ("fields", "primaryKey", "foreignKeys")),
    ]:
        kept, holder[key] = holder[key], wrong
        spoken(check_open_data("x.zip", zipped({**parts, "datapackage.json": json.dumps(package).encode()})))
        holder[key] = kept


def test_a_file_that_no_list_has_is_told(small_out: Path) -> None:
    parts = parts_of((small_out / "small-data.zip").read_bytes())
    assert isinstance(parts, dict)
    (told,) = spoken(check_open_data("x.zip", zipped({**parts, "notas.docx": b"x"})))
    assert (told.rule, told.parameters["part"]) == ("verify-data-unlisted", "notas.docx")


def test_our_schema_uses_no_keyword_that_is_not_looked_at() -> None:
    def keywords(schema: object) -> set[str]:
        if not isinstance(schema, dict):
            return set()
        named = [v for k in ("properties", "$defs") for v in schema.get(k, {}).values()]
        within = [schema[k] for k in ("items", "additionalProperties", "propertyNames") if k in schema]
        return set(schema).union(*(keywords(inner) for inner in (*named, *within)))

    assert keywords(json.loads(shipped("config", "published", "facts.schema.json").read_bytes())) <= KEYWORDS


def test_open_data_alone_are_checked_and_no_archive(small_out: Path, tmp_path: Path) -> None:
    path = tmp_path / "recebido.zip"
    path.write_bytes((small_out / "small-data.zip").read_bytes())
    ran = CliRunner().invoke(app, ["verify", str(path), "--messages", "en"])
    assert ran.exit_code == 0, ran.output
    path.write_bytes(changed(path.read_bytes(), "observations.csv", b"65601", b"65801"))
    ran = CliRunner().invoke(app, ["verify", str(path), "--messages", "en"])
    assert (ran.exit_code, "observations.csv is missing or is not what" in ran.output) == (1, True), ran.output


def test_what_is_no_zip_is_told() -> None:
    assert [f.rule for f in (*check_workbook("x.xlsx", b"PK"), *check_open_data("x.zip", b""))] == ["verify-unreadable"] * 2
