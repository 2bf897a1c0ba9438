"""Claims that a person has put into words: true, false, unknown; and words that no claim answers for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from words_bench import contexts, places, said, series, template, words

from bulletin.compose.claims.stated import STATED
from bulletin.compose.lexicon import unbound_numbers, unbound_words
from bulletin.compose.narrative import render_chapter
from bulletin.compose.template_check import typed_words, words_environment
from bulletin.compose.words import WordsContext
from bulletin.document.blocks import Block
from bulletin.errors import TemplateError
from bulletin.load.project_files import ProjectFiles
from bulletin.load.project_narration import read_narration
from bulletin.model.finding import Finding, Severity
from bulletin.model.narration import Narration
from factories import row

ELEVEN: list[float | None] = [30, 20, 15, 21, 22, 23, 24, 20, 20, 35, 41]
RATES = (*series("RATE", {2020: 40, 2021: 42, 2022: 45, 2023: 47, 2024: 52}), *series("TARGET", {2027: 60}))
PEOPLE = (
    *series("PEOPLE", {2021: 600, 2022: 500, 2023: 520, 2024: 1040}), row("PEOPLE", 345, 2024, sex="F"),
    row("PEOPLE", 695, 2024, sex="M"), row("SPENDING", 5e9, 2024), row("REVENUE", 4e9, 2024),
)  # fmt: skip


def made(text: str, *rows: dict, status: str = "final", own: bool = True, **changes: object) -> tuple[list[Block], list[Finding]]:  # type: ignore[type-arg]
    context = contexts(*rows)["pt"]
    context.lookup.edition = replace(context.lookup.edition, status=status)  # type: ignore[arg-type]
    blocks, findings = render_chapter([replace(template(text), own=own)], replace(context, **changes))  # type: ignore[arg-type]
    return [b for found in blocks.values() for b in found], list(findings)


def holds(call: str, *rows: dict) -> bool | None:  # type: ignore[type-arg]
    """None: the sentence is left out, because a figure is not known."""
    blocks, findings = made("Frase. {{ claim(" + call + ") }}", *rows)
    assert all(f.rule == "claim-false" for f in findings)
    return not findings if blocks else None


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('"rose", "RATE"', True),
        ('"fell", "RATE"', False),
        ('"unchanged", "RATE"', False),
        ('"rose", "RATE", since="2021"', True),
        ('"rose", "RATE", since="2015"', None),
        ('"doubled", "PEOPLE"', True),
        ('"tripled", "PEOPLE"', False),
        ('"halved", "PEOPLE", at="2022", since="2021"', False),
        ('"fell", "PEOPLE", at="2022"', True),
        ('"highest", "RATE"', True),
        ('"lowest", "RATE"', False),
        ('"more_than_half", "RATE"', True),
        ('"less_than_half", "RATE"', False),
        ('"less_than_half", "PEOPLE", a={"sex": "F"}', True),
        ('"one_in", "PEOPLE", n=3, a={"sex": "F"}', True),
        ('"one_in", "PEOPLE", n=4, a={"sex": "F"}', False),
        ('"largest_share", "PEOPLE", by="sex", sex="M"', True),
        ('"largest_share", "PEOPLE", by="sex", sex="F"', False),
        ('"streak_up", "RATE"', True),
        ('"streak_up", "RATE", n=4', True),
        ('"streak_up", "RATE", n=3', False),
        ('"streak_down", "RATE"', False),
        ('"above", "RATE", than=50', True),
        ('"below", "RATE", than=50', False),
        ('"above", "PEOPLE", a={"sex": "M"}, b={"sex": "F"}', True),
        ('"above", "SPENDING", other="REVENUE"', True),
        ('"below", "SPENDING", other="REVENUE"', False),
        ('"equal", "PEOPLE", by="sex"', True),
        ('"times", "PEOPLE", n=2, a={"sex": "M"}, b={"sex": "F"}', True),
        ('"first_above", "RATE", than=50', True),
        ('"first_above", "RATE", than=46', False),
        ('"has_met", "RATE", other="TARGET"', False),
        ('"will_meet", "RATE", other="TARGET"', True),
        ('"will_miss", "RATE", other="TARGET"', False),
        ('"will_miss", "AVERAGE", other="TARGET"', None),
    ],
)
def test_what_the_words_say_is_checked(call: str, expected: bool | None) -> None:
    assert holds(call, *RATES, *PEOPLE) is expected


def test_places_beside_the_average_and_each_other() -> None:
    rows = places("RATE", ELEVEN, 24)
    assert holds('"above_average", "RATE", ref_area="MZ-A"', *rows)
    assert holds('"below_average", "RATE", ref_area="MZ-A"', *rows) is False
    assert holds('"highest", "RATE", by="ref_area", ref_area="MZ-MPM"', *rows)
    assert holds('"lowest", "RATE", by="ref_area", ref_area="MZ-N"', *rows)
    assert holds('"above_average", "PEOPLE", ref_area="MZ-A"', *places("PEOPLE", ELEVEN, 24)) is False


def test_nothing_is_true_across_a_break() -> None:
    rows = (row("PEOPLE", 100, 2022), row("PEOPLE", 200, 2023, obs_status="B"), row("PEOPLE", 200, 2024))
    assert [holds(f'"{name}", "PEOPLE", since="2022"', *rows) for name in ("rose", "doubled", "unchanged")] == [False] * 3


def test_a_claim_prints_its_words_or_nothing() -> None:
    assert said('A taxa {{ claim("rose", "RATE", words="subiu em 2024") }}.', *RATES)["pt"] == "A taxa subiu em 2024."
    assert said('A taxa subiu{{ claim("rose", "RATE") }}.', *RATES)["pt"] == "A taxa subiu."


def test_a_false_sentence_stops_a_final_edition_and_is_marked_in_a_draft() -> None:
    text = 'A taxa {{ claim("fell", "RATE", words="desceu") }}.'
    _, (found,) = made(text, *RATES, previous={"p.one#1": {"RATE.MZ@2023": 55.0}})
    assert (found.rule, found.severity, found.key, found.place.cell) == ("claim-false", Severity.ERROR, "p.one#1", "10")
    assert found.parameters["sentence"] == "A taxa desceu."
    assert "RATE.MZ@2023: 47,0%; RATE.MZ@2024: 52,0%" in str(found.parameters["now"])
    assert "RATE.MZ@2023: 55,0%; RATE.MZ@2024: 52,0%" in str(found.parameters["before"])
    (block,), (found,) = made(text, *RATES, status="draft")
    assert found.severity is Severity.WARNING
    assert words(block) == "A taxa desceu. [deixou de ser verdade: verificar]"


def test_an_unknown_claim_is_a_fault_that_names_those_there_are() -> None:
    with pytest.raises(TemplateError) as raised:
        made('{{ claim("subiu", "RATE") }}', *RATES)
    assert "rose" in str(raised.value.findings[0].parameters["known"])


def test_hand_written_claims_are_recorded_with_what_they_rest_on() -> None:
    context = contexts(*RATES)["pt"]
    render_chapter([template('A taxa {{ claim("rose", "RATE", words="subiu") }}.')], context)
    ((language, claim),) = context.facts.claims()
    assert (language, claim.id, claim.kind, claim.outcome, claim.sentence) == ("pt", "p.one#1", "rose", "true", "A taxa subiu.")
    assert dict(claim.basis) == {"RATE.MZ@2023": 47.0, "RATE.MZ@2024": 52.0}
    assert claim.thresholds["stable_points"] == 0.5


@pytest.fixture(scope="module")
def narration(tmp_path_factory: pytest.TempPathFactory) -> Narration:
    return read_narration(ProjectFiles(tmp_path_factory.mktemp("p")), ("pt", "en"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A maioria das pensões aumentou.", "A maioria, aumentou"),
        ('A taxa {{ claim("rose", "RATE", words="subiu") }}, acima do previsto.', "acima do"),
        ('A taxa subiu{{ claim("rose", "RATE") }}.', ""),
        ('A taxa desceu{{ claim("rose", "RATE") }}.', "desceu"),
        ('Conta {{ plain("a maioria dos membros") }}.', ""),
        ("Quem recebe mais do que uma pensão conta uma vez.", ""),
        ('{{ change("RATE") }}', ""),
        ('{{ level("RATE", subject="a taxa mais elevada", agrees="fs") }}', "mais elevada"),
        ("Os prazos da lei não mudaram.", ""),
    ],
)
def test_words_of_direction_rank_and_share_want_a_claim(narration: Narration, text: str, expected: str) -> None:
    _, findings = made(text, *RATES, narration=narration)
    found = [str(f.parameters["words"]) for f in findings if f.rule == "unbound-words"]
    assert found == ([expected.removeprefix("A ")] if expected else [])


def test_endings_and_inner_spaces(narration: Narration) -> None:
    assert unbound_words("It increased  in a row; Doubling.", narration.lexicon["en"]) == ("increased", "in a row", "Doubling")
    assert unbound_words("aquele aumentozinho", narration.lexicon["pt"], {"up"}) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("São três regimes e cem delegações.", ["três", "cem"]),
        ("Uma pensão, um regime, o primeiro ano, por cento.", []),
        ("Dois terços das pensões, uma em cada dez.", []),
        ('São {{ count("ref_area", "f") }} províncias e {{ count(2) }} regimes.', []),
        ('Um em cada três{{ claim("one_in", "PEOPLE", n=3, a={"sex": "F"}) }}: três.', []),
        ('{{ level("PEOPLE", who="dos seis ramos") }}', ["seis"]),
        ('Quem adoece {{ plain("duas vezes") }}.', []),
    ],
)
def test_numbers_in_words_want_a_function(narration: Narration, text: str, expected: list[str]) -> None:
    _, findings = made(text, *PEOPLE, narration=narration)
    assert [f.parameters["number"] for f in findings if f.rule == "unbound-number"] == expected


@pytest.mark.parametrize("language", ["pt", "en", "fr"])
def test_no_number_in_words_is_typed_in_shipped_texts(narration: Narration, language: str) -> None:
    files = ProjectFiles(Path(__file__).parents[1] / "projects" / "small")
    lexicon = read_narration(files, (language,)).lexicon[language]
    root = Path(__file__).parents[2]
    shipped = sorted((root / "bulletin_templates" / "narrative" / language).glob("*.md"))
    own = sorted((root / "examples" / "mozambique" / "text" / language).glob("*.md"))
    lines = [
        line for path in (*shipped, *own) for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("{#")
    ]
    environment = words_environment()
    typed = [(line, found) for line in lines if (found := unbound_numbers(typed_words(environment.parse(line)), lexicon))]
    assert len(lines) > 500
    assert typed == []


def test_what_configuration_says_is_what_the_program_assumes(narration: Narration) -> None:
    assert replace(narration, lexicon={}) == Narration()
    assert isinstance(contexts()["pt"], WordsContext)


def test_every_claim_is_documented() -> None:
    for page in ("en/claims.md", "pt/afirmacoes.md"):
        told = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
        assert [name for name in STATED if f"`{name}`" not in told] == []
