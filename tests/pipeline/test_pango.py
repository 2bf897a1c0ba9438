"""A machine without Pango builds everything but the PDF, and is told how to get it."""

from __future__ import annotations

import pytest

from bulletin.errors import ConfigError
from bulletin.pipeline import build


def test_without_pango_the_pdf_is_left_out_with_a_warning_and_refused_where_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "has_pango", lambda: False)
    formats, lacking = build._makeable(())
    assert formats == ("docx",)
    assert [(f.rule, f.severity.value) for f in lacking] == [("pango-missing", "warning")]
    assert build._makeable(("docx",)) == (("docx",), ())
    with pytest.raises(ConfigError) as refused:
        build._makeable(("pdf",))
    assert [f.rule for f in refused.value.findings] == ["pango-missing"]
