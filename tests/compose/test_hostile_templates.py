"""A narrative file from elsewhere can say words and nothing else: it gets out of no sandbox, and takes no longer than it is long."""

from __future__ import annotations

import pytest
from words_bench import contexts, rendered, series

from bulletin.errors import TemplateError
from bulletin.limits import TEMPLATE_LINE
from factories import spoken

ROWS = series("PEOPLE", {2023: 100_000, 2024: 107_700})
ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ value.__globals__['__builtins__']['open']('/etc/passwd').read() }}",
    "{{ value|attr('__globals__') }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ '{0.__class__}'.format(value) }}",
    "{{ '%s'|format(value) }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ (value.__code__).co_consts }}",
    "{% import 'os' as o %}{{ o }}",
    "{% include '../../../../etc/passwd' %}",
    "{% extends '/etc/passwd' %}",
    "{{ namespace(a=1) }}",
    "{% call value('PEOPLE') %}x{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = value %}{{ a }}{% endwith %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% trans %}x{% endtrans %}",
    "{% do value('PEOPLE') %}",
)
FLOODS = (
    "{{ 'a' * 300000000 }}",
    "{{ 'a' ~ 'a' }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ range(999999999)|list }}",
    "{% for a in [1, 2, 3] %}{% for b in [1, 2, 3] %}x{% endfor %}{% endfor %}",
    "{{ value('PEOPLE', decimals=999999999) }}",
    "{{ value('PEOPLE', scale=999999999) }}",
    "{{ value('PEOPLE', decimals=-5) }}",
    "{{ " + "(" * 9000 + "1" + ")" * 9000 + " }}",
    "{{ " + "not " * 4000 + "1 }}",
    "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "{% if 1 %}" * 1900 + "x",
    "palavra " * TEMPLATE_LINE.most,
)


@pytest.mark.parametrize("line", ESCAPES + FLOODS, ids=lambda line: line[:40])
def test_refused_with_its_line(line: str) -> None:
    with pytest.raises(TemplateError) as caught:
        rendered(f"Bem.\n{line}", contexts(*ROWS)["pt"])
    found = spoken(caught.value.findings)
    assert {f.place.cell for f in found} == {"11"}
    assert {f.rule for f in found} <= {
        "template-refused", "template-syntax", "template-unknown-function", "template-argument", "template-too-large", "template-failed",
    }  # fmt: skip
