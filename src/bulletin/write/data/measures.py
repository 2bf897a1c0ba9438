"""What the indicators of an edition measure, beside their codes: definition, limits, unit, and their codes in other systems."""

from __future__ import annotations

from dataclasses import replace

from bulletin.document.open_data import OpenData
from bulletin.model.indicator import Indicator
from bulletin.write.data.files import CsvFile, Field


def with_measures(data: OpenData, codes: CsvFile) -> CsvFile:
    """`codes`: the list of the indicators, a row each; one that the catalogue does not know stays without a definition."""
    fields = (*codes.fields, *_fields(data))
    known = (data.indicators.get(row[0]) for row in codes.rows)
    rows = tuple((*row, *_said(data, found)) for row, found in zip(codes.rows, known, strict=True))
    return replace(codes, fields=fields, rows=rows)


def _fields(data: OpenData) -> tuple[Field, ...]:
    return (
        *(Field(f"definition_{language}", data.word("definition"), language=language) for language in data.languages),
        *(Field(f"limits_{language}", data.word("limits"), language=language) for language in data.languages),
        Field("unit", data.word("unit")),
        Field("scale", data.word("data_scale"), "integer"),
        Field("decimals", data.word("data_decimals"), "integer"),
        Field("time_basis", data.word("time_basis")),
        Field("series", data.word("data_series")),
        Field("sdg", data.word("sdg")),
        Field("ilo", data.word("ilo")),
    )


def _said(data: OpenData, found: Indicator | None) -> tuple[str, ...]:
    if found is None:
        return ("",) * (2 * len(data.languages) + 7)
    return (
        *(found.definition.get(language, "") for language in data.languages),
        *((found.limits or {}).get(language, "") for language in data.languages),
        found.unit,
        str(found.scale),
        str(found.decimals),
        found.time_basis.value,
        found.series,
        found.sdg,
        found.ilo,
    )
