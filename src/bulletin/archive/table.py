"""The publishable table of an edition: canonical CSV of every observation it prints; what is hidden has no value in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from bulletin.model.codes import DIMENSIONS, ConfStatus, ObsStatus
from bulletin.model.dataset import COMMENT, DERIVED, Observation, value_text

_FIRST = (
    "INDICATOR", *(d.upper() for d in DIMENSIONS), "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS",
    "CONF_STATUS", "SOURCE", "REF_DATE",
)  # fmt: skip


def headers(languages: Sequence[str]) -> tuple[str, ...]:
    """As in a data file, a comment in each language of the edition, and DERIVED: calculated by the bulletin."""
    return (*_FIRST, *(f"{COMMENT}{language}".upper() for language in languages), "ILLUSTRATIVE", DERIVED)


def table_csv(observations: Iterable[Observation], languages: Sequence[str]) -> bytes:
    """UTF-8, comma, decimal point, values in units of 1, sorted by key; of a hidden figure only that it is hidden, never why."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headers(languages))
    for obs in sorted(observations, key=lambda o: (o.indicator, o.key)):
        hidden = obs.hidden
        writer.writerow(
            [
                obs.indicator,
                *(obs.coordinates[d] for d in DIMENSIONS),
                obs.period,
                "" if hidden or obs.value is None else value_text(obs.value),
                obs.unit,
                "0",
                ObsStatus.SUPPRESSED.value if hidden else ";".join(s.value for s in obs.statuses),
                (ConfStatus.CONFIDENTIAL if hidden else ConfStatus.FREE).value,
                obs.source,
                obs.ref_date,
                *("" if hidden else obs.comment.get(language, "") for language in languages),
                _bool(obs.illustrative),
                _bool(obs.derived),
            ]
        )
    return out.getvalue().encode()


def _bool(value: bool) -> str:
    return "true" if value else "false"
