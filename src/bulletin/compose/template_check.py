"""What a line of narrative may be made of, told from its parsed template before any value is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bulletin.compose.functions import FUNCTIONS, PATTERNS, TAKE_INDICATORS
from bulletin.compose.inline import escaped
from bulletin.compose.lexicon import GAP, SPOKEN, classes_bound, unbound_numbers, unbound_words
from bulletin.compose.words import FaultError, WordsContext
from bulletin.limits import TEMPLATE_LINE
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.narration import Lexicon

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

ALLOWED = frozenset({
    "Template", "Output", "TemplateData", "Name", "Const", "Call", "Keyword", "If", "CondExpr", "Compare", "Operand", "Not", "And",
    "Or", "Dict", "Pair", "List", "Tuple",
})  # fmt: skip
"""What a narrative may be made of: no loops, no set, no arithmetic, no filters, no attributes, no imports: so no line takes
longer or grows larger than what stands in it."""


def words_environment() -> Environment:
    """Sandboxed and strict; words inserted into a narrative cannot become Markdown."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def finalize(value: object) -> object:
        return escaped(value) if isinstance(value, str) else value

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=finalize, autoescape=False)
    environment.globals.clear()
    environment.filters.clear()
    return environment


def checked_line(
    line: str, place: Place, context: WordsContext, environment: Environment, faults: list[Finding]
) -> nodes.Template | None:
    """The parsed line, or None when it is refused."""
    from jinja2 import TemplateSyntaxError

    if len(line) > TEMPLATE_LINE.most:
        told: dict[str, Parameter] = {"found": len(line), "limit": TEMPLATE_LINE.most}
        faults.append(Finding(TEMPLATE_LINE.rule, Severity.ERROR, place, parameters=told))
        return None
    try:
        tree = environment.parse(line)
    except TemplateSyntaxError as error:
        faults.append(Finding("template-syntax", Severity.ERROR, place, parameters={"reason": error.message or ""}))
        return None
    except RecursionError:
        faults.append(Finding("template-syntax", Severity.ERROR, place, parameters={"reason": "((((("}))
        return None
    wrong = list(_wrong(tree, context))
    faults += [fault_finding(fault, place, context) for fault in wrong]
    return None if wrong else tree


def parsed(line: str, environment: Environment) -> nodes.Template | None:
    """None for a line that `checked_line` would refuse to parse."""
    from jinja2 import TemplateSyntaxError

    try:
        return environment.parse(line) if len(line) <= TEMPLATE_LINE.most else None
    except (TemplateSyntaxError, RecursionError):
        return None


def _wrong(tree: nodes.Template, context: WordsContext) -> Iterator[FaultError]:
    yield from refused_in(tree)
    for name in asked_indicators(tree):
        if name not in context.lookup.catalogue:
            yield FaultError("template-unknown-indicator", indicator=str(name))


def refused_in(tree: nodes.Template) -> Iterator[FaultError]:
    """Constructs that are refused, names that are no function."""
    from jinja2 import nodes

    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        if kind not in ALLOWED:
            yield FaultError("template-refused", construct=kind.lower())
    own = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in own and name.name not in FUNCTIONS:
            yield FaultError("template-unknown-function", function=name.name)


def asked_indicators(tree: nodes.Template) -> Iterator[str]:
    """What functions are told where an indicator's id belongs, in order."""
    from jinja2 import nodes

    for call in tree.find_all(nodes.Call):
        wanted = TAKE_INDICATORS.get(call.node.name, 0) if isinstance(call.node, nodes.Name) else 0
        for argument in call.args[:wanted]:
            if isinstance(argument, nodes.Const):
                yield argument.value


def fault_finding(fault: FaultError, place: Place, context: WordsContext) -> Finding:
    """With the nearest known name, where there is one."""
    parameters: dict[str, Parameter] = dict(fault.parameters)
    known: Sequence[str] = ()
    asked = ""
    if fault.rule == "template-unknown-function":
        known, asked = FUNCTIONS, str(parameters["function"])
    elif fault.rule == "template-unknown-indicator":
        known, asked = tuple(context.lookup.catalogue), str(parameters["indicator"])
    elif fault.rule == "template-unknown-code":
        listed = context.lookup.codelists.get(str(parameters["dimension"]))
        known = tuple(c.id for c in listed.codes) if listed else ()
        if parameters["dimension"] == "ref_area":
            known = (*known, *(p.code for p in context.lookup.country.subdivisions))
        asked = str(parameters["code"])
    if asked:
        parameters["nearest"] = _nearest(asked, known)
    return Finding(fault.rule, Severity.ERROR, place, parameters=parameters)


def _nearest(asked: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    folded = {k.casefold(): k for k in known}
    found = get_close_matches(asked.casefold(), list(folded), n=1, cutoff=0.5)
    return folded[found[0]] if found else "–"


def claims_in(tree: nodes.Template) -> int:
    """How many claims a line can make: counted from the template, so that ids do not depend on which values exist."""
    from jinja2 import nodes

    calls = [c.node.name for c in tree.find_all(nodes.Call) if isinstance(c.node, nodes.Name)]
    return sum(1 for name in calls if name in PATTERNS or name == "claim")


def has_words(tree: nodes.Template) -> bool:
    from jinja2 import nodes

    return any(c.isalnum() for data in tree.find_all(nodes.TemplateData) for c in data.data)


def unbound_in(tree: nodes.Template, lexicon: Lexicon | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words typed by hand that state something of figures, without a claim that answers for them; and words that count.

    A claim that is told a number (`n=3`) answers for the words of numbers in its line too.
    """
    if lexicon is None:
        return (), ()
    claims = _calls(tree, "claim")
    silent = [call for call in claims if _word(call, "words") is None]
    text = typed_words(tree)
    counting = () if any(_keyword(call, "n") for call in silent) else (text,)
    spoken = (words for call in claims if not _keyword(call, "n") and (words := _word(call, "words")))
    return (
        unbound_words(text, lexicon, classes_bound([_first(call) for call in silent])),
        unbound_numbers(GAP.join((*counting, *spoken)), lexicon),
    )


def typed_words(tree: nodes.Template) -> str:
    """Words of the line in their order; what functions print leaves a gap, save words handed to patterns."""
    return "".join(_typed(tree))


def _typed(node: nodes.Node) -> Iterator[str]:
    from jinja2 import nodes

    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Call):
            yield GAP
            name = child.node.name if isinstance(child.node, nodes.Name) else ""
            spoken = [_word(child, word) for word in SPOKEN if name in PATTERNS]
            yield from (f"{words}{GAP}" for words in spoken if words)
        else:
            yield from _typed(child)


def _calls(tree: nodes.Template, name: str) -> list[nodes.Call]:
    from jinja2 import nodes

    return [c for c in tree.find_all(nodes.Call) if isinstance(c.node, nodes.Name) and c.node.name == name]


def _first(call: nodes.Call) -> str:
    from jinja2 import nodes

    first = call.args[0] if call.args else None
    return str(first.value) if isinstance(first, nodes.Const) else ""


def _keyword(call: nodes.Call, name: str) -> bool:
    return any(k.key == name for k in call.kwargs)


def _word(call: nodes.Call, name: str) -> str | None:
    """A keyword's text; None without the keyword."""
    from jinja2 import nodes

    given = next((k.value for k in call.kwargs if k.key == name), None)
    return str(given.value) if isinstance(given, nodes.Const) else None if given is None else ""
