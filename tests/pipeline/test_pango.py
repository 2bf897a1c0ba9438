"""A machine without Pango builds everything: Typst sets the PDF, and the user is told."""

from __future__ import annotations

import pytest

from bulletin.errors import ConfigError
from bulletin.pipeline import engine
from bulletin.pipeline.engine import chosen, written_by


def test_without_pango_typst_sets_the_pdf_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "has_pango", lambda: False)
    formats, name, told = chosen((), "")
    assert (formats, name) == (("pdf", "docx"), "typst")
    assert [(f.rule, f.severity.value) for f in told] == [("pdf-by-typst", "info")]
    assert written_by(formats, name) == ("typst", "docx")
    assert chosen(("docx",), "") == (("docx",), "", ())
    with pytest.raises(ConfigError) as refused:
        chosen(("pdf",), "weasyprint")
    assert [f.rule for f in refused.value.findings] == ["pango-missing"]


def test_without_both_the_pdf_is_left_out_with_a_warning_and_refused_where_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "has_pango", lambda: False)
    monkeypatch.setattr(engine, "has_typst", lambda: False)
    formats, name, lacking = chosen((), "")
    assert (formats, name) == (("docx",), "")
    assert [(f.rule, f.severity.value) for f in lacking] == [("pango-missing", "warning")]
    for asked, rule in (("", "pango-missing"), ("typst", "typst-missing")):
        with pytest.raises(ConfigError) as refused:
            chosen(("pdf",), asked)
        assert [f.rule for f in refused.value.findings] == [rule]


def test_an_engine_that_is_asked_for_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "has_pango", lambda: True)
    assert chosen(("pdf",), "") == (("pdf",), "weasyprint", ())
    assert chosen(("pdf",), "typst") == (("pdf",), "typst", ())
