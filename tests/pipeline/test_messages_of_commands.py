"""Numbers and words of messages, in each language's style."""

from __future__ import annotations

import pytest

from bulletin.load.messages import load_messages
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.messages import figure, filled, message

PT, EN = load_messages("pt"), load_messages("en")


@pytest.mark.parametrize(
    ("value", "pt", "en"),
    [
        (1160000, "1\u00a0160\u00a0000", "1,160,000"),
        (234.7, "234,7", "234.7"),
        (2345, "2345", "2,345"),
        (-0.5, "\u22120,5", "\u22120.5"),
        (0.1 + 0.2, "0,3", "0.3"),
        (1e-7, "0,0000001", "0.0000001"),
        (1e15, "1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000", "1,000,000,000,000,000"),
        (-0.0, "0", "0"),
    ],
)
def test_numbers_are_written_in_full_as_the_language_writes_them(value: float, pt: str, en: str) -> None:
    assert (figure(value, PT), figure(value, EN)) == (pt, en)


def test_words_follow_the_number_and_codes_stay_as_they_are() -> None:
    pattern = "{year}: {count} {count:1=form|forms}"
    assert [filled(pattern, EN, {"year": "2024", "count": n}) for n in (0, 1, 12000)] == [
        "2024: 0 forms", "2024: 1 form", "2024: 12,000 forms",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("factor", "pt", "en"),
    [
        (10, "dez vezes mais", "ten times as much"), (1000, "mil vezes mais", "a thousand times as much"),
        (0.1, "um décimo", "a tenth"), (0.01, "um centésimo", "a hundredth"), (0.001, "um milésimo", "a thousandth"),
        (10**9, "1\u00a0000\u00a0000\u00a0000 vezes", "1,000,000,000 times"),
    ],
)  # fmt: skip
def test_a_slip_of_a_power_of_ten_says_its_direction(factor: float, pt: str, en: str) -> None:
    parameters = {"indicator": "A", "before": 626, "since": "2019", "value": 70, "factor": factor}
    finding = Finding("unit-slip", Severity.WARNING, parameters=parameters)
    assert f"cerca de {pt}:" in message(finding, PT)
    assert f"about {en}:" in message(finding, EN)
