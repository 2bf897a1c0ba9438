"""The former spelling of shipped texts."""

from __future__ import annotations

from functools import partial

from bulletin.load.orthography import respelt, respelt_template


def test_words_handed_to_patterns_are_respelt_but_not_ids() -> None:
    text = '{{ table("ativo") }} {{ ratio("X", many="trabalhadores ativos", one="setor") }} ativo'
    found = respelt_template(text, partial(respelt, lexicon={"ativo": "activo", "ativos": "activos", "setor": "sector"}))
    assert found == '{{ table("ativo") }} {{ ratio("X", many="trabalhadores activos", one="sector") }} activo'
