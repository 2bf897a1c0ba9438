"""A table's texts become observations: codes matched, numbers read, statuses and periods checked, each once per distinct text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.limits import VALUE
from bulletin.load.bounds import read_bounds
from bulletin.load.codes import Vocabulary
from bulletin.load.nearest import nearest
from bulletin.load.numbers import read_numbers
from bulletin.load.reading import Reading
from bulletin.load.table import HEADER_OF, Table
from bulletin.model.codes import DIMENSIONS, ConfStatus, ObsStatus
from bulletin.model.dataset import COLUMNS, COMMENTS
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.period import Period
from bulletin.model.project import Project

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Codes = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

FIRST_YEAR, YEARS_AHEAD = 1950, 15

_WITHOUT_VALUE = frozenset("OMLQHJSKW")
_NO_VALUE = frozenset("OML")
_STATUSES = tuple(s.value for s in ObsStatus)
_TRUE, _FALSE = ("true", "1", "verdadeiro", "sim", "yes"), ("false", "0", "falso", "não", "nao", "no", "")
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

CATEGORIES = ("indicator", *DIMENSIONS)
"""Columns of Observations kept as categories, all with the same categories in every file."""


def interpret(
    table: Table, project: Project, vocabularies: Mapping[str, Vocabulary]
) -> tuple[pd.DataFrame, tuple[Finding, ...], Mapping[str, int], Callable[[], list[str]]]:
    """Rows without fault as a frame of COLUMNS, the findings, how many rows each rule rejected, and per row by which."""
    import numpy as np
    import pandas as pd

    size = len(table.frame)
    if not size:
        return table.frame, (), {}, list
    reading = Reading(table, np.zeros(size, dtype=np.int64))
    columns: dict[str, object] = {}
    for column in CATEGORIES:
        columns[column] = _coded(reading, column, vocabularies[column])
    period_codes, periods = reading.texts("period")
    columns["period"] = _strings(period_codes, _periods(reading, period_codes, periods, project.edition.year))
    columns["unit"] = _units(reading, columns["indicator"], vocabularies["unit"], project)
    columns["source"] = _source(reading, vocabularies["source"])
    statuses, missing_allowed, missing_demanded = _statuses(reading)
    columns["obs_status"] = statuses
    columns["conf_status"] = _checked(
        reading,
        "conf_status",
        "unknown-conf-status",
        lambda t: (t.upper() or "F") if (t.upper() or "F") in set(ConfStatus) else None,
    )
    columns["ref_date"] = _checked(reading, "ref_date", "not-a-date", lambda t: t if not t or _DATE.fullmatch(t) else None)
    for column in COMMENTS:
        columns[column] = _checked(reading, column, "", lambda t: t)
    flags = _checked(reading, "illustrative", "not-true-false", _flag)
    columns["illustrative"] = np.asarray(flags) == "true"
    multipliers = _checked(
        reading, "unit_mult", "unknown-multiplier", lambda t: (t or "0") if re.fullmatch(r"[0-9]|1[0-2]|", t) else None
    )
    columns["unit_mult"] = multipliers
    value, empty = _values(reading, np.asarray(multipliers, dtype=object))
    reading.report_rows("empty-value", "value", empty & ~missing_allowed & ~reading.bad)
    reading.report_rows("value-with-missing-status", "value", ~empty & missing_demanded & ~reading.bad)
    columns["value"] = value
    columns |= read_bounds(reading, np.asarray(multipliers, dtype=object), value)
    columns["file"] = table.file
    columns["sheet"] = table.sheet
    columns["cell"] = pd.array(table.frame["cell"].to_numpy(dtype=object), dtype="str")
    frame = pd.DataFrame({c: columns[c] for c in COLUMNS}, index=pd.RangeIndex(size))
    for column in ("file", "sheet"):
        frame[column] = frame[column].astype("str")
    if reading.bad.any():
        frame = frame[~reading.bad].reset_index(drop=True)
    return frame, tuple(reading.findings), reading.rejected(), reading.reasons


def _strings(codes: Codes, texts: Sequence[str]) -> object:
    import numpy as np
    import pandas as pd

    return pd.array(np.asarray([*texts, ""], dtype=object)[codes], dtype="str")


def _checked(reading: Reading, column: str, rule: str, read: Callable[[str], str | None]) -> object:
    """A column of texts with a closed form; what does not fit becomes a finding."""
    codes, texts = reading.texts(column)
    values = [read(t) for t in texts]
    reading.report(rule, column, codes, texts, [k for k, v in enumerate(values) if v is None])
    return _strings(codes, [v or "" for v in values])


def _flag(text: str) -> str | None:
    folded = text.casefold()
    return "true" if folded in _TRUE else "false" if folded in _FALSE else None


def _coded(reading: Reading, column: str, vocabulary: Vocabulary) -> object:
    """A column of codes as a category; names are taken where exactly one fits, and reported."""
    import numpy as np
    import pandas as pd

    codes, texts = reading.texts(column)
    found = [vocabulary.code(t) for t in texts]
    categories = sorted(vocabulary.codes)
    index = {code: n for n, code in enumerate(categories)}
    unknown = [k for k, (code, _) in enumerate(found) if code is None]
    rule = {"indicator": "unknown-indicator-code", "ref_area": "unknown-place"}.get(column, "unknown-code")
    names = [*vocabulary.spoken, *vocabulary.codes]

    def suggestion(text: str) -> Mapping[str, Parameter]:
        near = nearest(text, names)
        code = vocabulary.spoken.get(near, near)
        return {"column": HEADER_OF[column], "nearest": near if code == near else f"{near} ({code})"}

    blank = [k for k in unknown if not texts[k]]
    reading.report("empty-code", column, codes, texts, blank)
    reading.report(rule, column, codes, texts, [k for k in unknown if texts[k]], suggestion)
    named = [k for k, (_, by_name) in enumerate(found) if by_name]
    reading.report(
        "recognised-by-name", column, codes, texts, named, lambda t: {"code": str(vocabulary.code(t)[0])}, Severity.INFO
    )
    lookup = np.array([index.get(code or "", -1) for code, _ in found] + [-1], dtype=np.int64)
    return pd.Categorical.from_codes(lookup[codes], categories=pd.Index(categories, dtype="str"))


def _source(reading: Reading, vocabulary: Vocabulary) -> object:
    codes, texts = reading.texts("source")
    found = [t if t in vocabulary.codes else None for t in texts]
    reading.report("no-source", "source", codes, texts, [k for k, t in enumerate(texts) if not t])
    wrong = [k for k, v in enumerate(found) if v is None and texts[k]]
    reading.report(
        "unknown-source-code", "source", codes, texts, wrong, lambda t: {"nearest": nearest(t, vocabulary.codes) or "?"}
    )
    return _strings(codes, [v or "" for v in found])


def _periods(reading: Reading, codes: Codes, texts: Sequence[str], year: int) -> list[str]:
    values: list[str] = []
    wrong: list[int] = []
    far: list[int] = []
    for k, text in enumerate(texts):
        try:
            period = Period.parse(text)
        except ValueError:
            (far if re.fullmatch(r"[0-9]{4}", text) else wrong).append(k)
            values.append("")
            continue
        if not FIRST_YEAR <= period.year <= year + YEARS_AHEAD:
            far.append(k)
        values.append(str(period))
    reading.report("unknown-period", "period", codes, texts, wrong)
    reading.report(
        "year-out-of-range", "period", codes, texts, far, lambda _: {"first": str(FIRST_YEAR), "last": str(year + YEARS_AHEAD)}
    )
    return values


def _units(reading: Reading, indicators: object, vocabulary: Vocabulary, project: Project) -> object:
    """The unit given, else the indicator's; whether they agree is for validate to say."""
    import numpy as np
    import pandas as pd

    assert isinstance(indicators, pd.Categorical)
    own = np.array([project.catalogue[i].unit for i in indicators.categories] + [""], dtype=object)[indicators.codes]
    codes, texts = reading.texts("unit")
    unknown = [k for k, t in enumerate(texts) if t and t not in vocabulary.codes]
    reading.report(
        "unknown-code",
        "unit",
        codes,
        texts,
        unknown,
        lambda t: {"column": "UNIT_MEASURE", "nearest": nearest(t, vocabulary.codes) or "?"},
    )
    given = np.array([*texts, ""], dtype=object)[codes]
    return pd.array(np.where(given == "", own, given).astype(object), dtype="str")


def _statuses(reading: Reading) -> tuple[object, Mask, Mask]:
    """Statuses in order of precedence, where a value may be absent, and where it must be."""
    import numpy as np

    codes, texts = reading.texts("obs_status")
    values: list[str] = []
    wrong: list[int] = []
    for k, text in enumerate(texts):
        letters = [p for p in re.split(r"[;,\s]+", text.upper()) if p]
        if any(p not in _STATUSES for p in letters):
            wrong.append(k)
        # A = normal says nothing beside another status.
        kept = [s for s in _STATUSES if s in letters and (s != "A" or len(letters) == 1)]
        values.append(";".join(kept) or "A")
    reading.report("unknown-status", "obs_status", codes, texts, wrong, lambda _: {"known": " ".join(_STATUSES)})
    allowed = np.array([bool(_WITHOUT_VALUE & set(v.split(";"))) for v in values] + [False])
    demanded = np.array([bool(_NO_VALUE & set(v.split(";"))) for v in values] + [False])
    return _strings(codes, values), allowed[codes], demanded[codes]


def _values(reading: Reading, multipliers: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.float64], Mask]:
    """Values in units of 1, correctly rounded once from the text and its multiplier; and which cells are empty."""
    import numpy as np

    codes, texts = reading.texts("value")
    frame = reading.table.frame
    size = len(frame)
    typed = frame["number"].to_numpy(dtype=np.float64) if "number" in frame else np.full(size, np.nan)
    is_typed = ~np.isnan(typed)
    filled = [k for k, t in enumerate(texts) if t]
    column = read_numbers([texts[k] for k in filled], reading.table.decimal, reading.table.groups)
    if column.problem:
        shown = column.examples
        first = next(k for k in filled if texts[k] == shown[0])
        cell = str(frame["cell"].iloc[int(np.flatnonzero(codes == first)[0])])
        parameters: dict[str, Parameter] = {"found": shown[0], "other": shown[-1]}
        reading.findings.append(Finding(column.problem, Severity.ERROR, reading.place(cell, "value"), parameters=parameters))
        flags = np.array([bool(t) for t in texts] + [False])
        reading.reject(column.problem, flags[codes] & ~is_typed)
    else:
        wrong = [k for k, text in zip(filled, column.values, strict=True) if text is None]
        reading.report("not-a-number", "value", codes, texts, wrong)
        if column.inferred and column.style is not None and not wrong:
            parameters = {"decimal": column.style.decimal}
            reading.findings.append(
                Finding("number-style-inferred", Severity.INFO, reading.place("", "value"), parameters=parameters)
            )
    numbers = np.full(len(texts) + 1, "nan", dtype=object)
    if not column.problem:
        numbers[filled] = [t or "nan" for t in column.values]
    value = np.full(size, np.nan)
    for multiplier in sorted(set(multipliers.tolist())):
        rows = multipliers == multiplier
        exponent = "" if multiplier in ("", "0") else f"e{multiplier}"
        table = np.array([float(t if t == "nan" else t + exponent) for t in numbers])
        value[rows] = table[codes[rows]]
        cells = rows & is_typed
        if cells.any():
            value[cells] = [float(f"{x!r}{exponent}") for x in typed[cells].tolist()] if exponent else typed[cells]
    reading.report_rows("not-a-number", "value", np.isinf(value), found="∞")
    reading.report_rows(VALUE.rule, "value", np.isfinite(value) & (np.abs(value) > VALUE.most), limit=VALUE.most)
    empty_text = np.array([not t for t in texts] + [True])
    return value, empty_text[codes] & ~is_typed
