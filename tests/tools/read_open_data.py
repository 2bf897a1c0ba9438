"""Reads unpacked open data with other people's programs and prints what each of them found; runs in the environment `.readers`.

Usage: .readers/bin/python tests/tools/read_open_data.py FOLDER
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path

import csvw
import jsonschema
from frictionless import Package
from pysdmx.io import read_sdmx


def invalid(names: list[str]) -> list[str]:
    """Metadata files of CSV on the Web that do not hold for their tables."""
    found = []
    for name in names:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            try:
                valid = csvw.CSVW(name, validate=True).is_valid
            except (ValueError, UserWarning) as fault:
                valid, name = False, f"{name}: {str(fault)[:200]}"
        found += [] if valid else [name]
    return found


def observations() -> list[dict[str, str]]:
    (dataset,) = read_sdmx(Path("observations.csv"), validate=False).data
    return [
        {"dataset": str(dataset.structure), **{k: "" if v is None or v != v else str(v) for k, v in row.items()}}
        for row in dataset.data.to_dict("records")
    ]


def unlike_schema() -> list[str]:
    schema = json.loads(Path("facts.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    facts = json.loads(Path("facts.json").read_text(encoding="utf-8"))
    return [e.message[:200] for e in jsonschema.Draft202012Validator(schema).iter_errors(facts)]


def main() -> None:
    os.chdir(sys.argv[1])
    names = sorted(p.as_posix() for p in Path().rglob("*-metadata.json"))
    report = Package("datapackage.json").validate()
    found = {
        "csvw": invalid(names),
        "frictionless": [str(e) for e in report.flatten(["name", "rowNumber", "message"])],
        "schema": unlike_schema(),
        "sdmx": observations(),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
