"""All observations that an edition prints, as SDMX-CSV 2.0, and the code lists of their columns."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.document.open_data import Listed, OpenData
from bulletin.model.codes import DIMENSIONS, ConfStatus, ObsStatus
from bulletin.model.dataset import Observation, value_text
from bulletin.model.period import Period
from bulletin.model.text import LocalText
from bulletin.write.data.files import CsvFile, Field
from bulletin.write.data.measures import with_measures

PATH = "observations.csv"
_FREQUENCY = {12: "A", 6: "S", 3: "Q", 1: "M"}
_DIMENSIONS = ("freq", "indicator", *DIMENSIONS)


def observations_file(data: OpenData) -> CsvFile:
    """Values in units of 1, as received or computed; of a hidden one only that it is hidden, never why. A figure with several statuses
    has the one that counts most in OBS_STATUS, and all of them in OBS_STATUS_ALL."""
    known = {listed.name for listed in data.lists}
    labels: dict[str, LocalText] = {listed.name: listed.label for listed in data.lists}

    def coded(name: str, *, required: bool = True) -> Field:
        return Field(name.upper(), labels.get(name, data.word("code")), required=required, codes=name if name in known else "")

    fields = (
        Field("STRUCTURE", data.word("data_structure"), required=True),
        Field("STRUCTURE_ID", data.word("data_structure"), required=True),
        Field("ACTION", data.word("data_action"), required=True),
        *(coded(name) for name in _DIMENSIONS),
        Field("TIME_PERIOD", data.word("period"), required=True),
        Field("OBS_VALUE", data.word("value"), "decimal"),
        coded("unit_measure"),
        Field("UNIT_MULT", data.word("data_unit_mult"), "integer", required=True),
        Field("DECIMALS", data.word("data_decimals"), "integer", required=True),
        coded("obs_status"),
        Field("OBS_STATUS_ALL", data.word("data_statuses"), required=True),
        coded("conf_status"),
        coded("source", required=False),
        Field("REF_DATE", data.word("data_ref_date")),
        *(Field(f"COMMENT_{language.upper()}", data.word("form_comment"), language=language) for language in data.languages),
        Field("ILLUSTRATIVE", data.word("illustrative"), "boolean", required=True),
        Field("DERIVED", data.word("derived"), "boolean", required=True),
    )
    key = tuple(f.name for f in fields[3 : 3 + len(_DIMENSIONS) + 1])
    rows = tuple(_row(data, o) for o in sorted(data.observations, key=lambda o: (o.indicator, o.key)))
    return CsvFile(PATH, data.word("data_observations"), fields, rows, key)


def _row(data: OpenData, obs: Observation) -> tuple[str, ...]:
    hidden = obs.hidden
    statuses = (ObsStatus.SUPPRESSED,) if hidden else obs.statuses
    return (
        "dataflow",
        data.structure,
        "I",
        _FREQUENCY[Period.parse(obs.period).months],
        obs.indicator,
        *(obs.coordinates[d] for d in DIMENSIONS),
        obs.period,
        "" if hidden or obs.value is None else value_text(obs.value),
        obs.unit,
        "0",
        str(data.decimals.get(obs.indicator, 0)),
        next(s.value for s in ObsStatus if s in statuses),
        ";".join(s.value for s in ObsStatus if s in statuses),
        (ConfStatus.CONFIDENTIAL if hidden else ConfStatus.FREE).value,
        obs.source,
        obs.ref_date,
        *("" if hidden else obs.comment.get(language, "") for language in data.languages),
        "true" if obs.illustrative else "false",
        "true" if obs.derived else "false",
    )


def code_files(data: OpenData) -> Iterator[CsvFile]:
    for listed in data.lists:
        codes = _codes(data, listed)
        yield with_measures(data, codes) if listed.name == "indicator" else codes
    yield _signs(data)


def _signs(data: OpenData) -> CsvFile:
    """As they stand in the tables here, and as each language prints them."""
    fields = [Field("code", data.word("code"), required=True)]
    for language in data.languages:
        fields += [Field(f"printed_{language}", data.word("workbook_printed"), language=language)]
        fields += [Field(f"name_{language}", data.word("workbook_meaning"), language=language)]
    alike = zip(*(data.signs[language] for language in data.languages), strict=True)
    rows = tuple((same[0].spelt, *(text for sign in same for text in (sign.printed, sign.name))) for same in alike)
    return CsvFile("codes/sign.csv", data.word("signs"), tuple(fields), rows, ("code",))


def _codes(data: OpenData, listed: Listed) -> CsvFile:
    fields = (
        Field("code", data.word("code"), required=True),
        *(Field(f"name_{language}", data.word("name"), language=language) for language in data.languages),
    )
    rows = tuple((code, *(names.get(language, "") for language in data.languages)) for code, names in listed.codes)
    return CsvFile(f"codes/{listed.name}.csv", listed.label, fields, rows, ("code",))
