"""Seeded damage to good files: whatever is done to them, the readers give values or findings, and never other numbers unnoticed.

python -m hostile.fuzz --minutes 20 [--seed 1] [--target csv] [--keep FOLDER]     (tools/fuzz.sh sets the paths)
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType

from bulletin.errors import BulletinError
from hostile import sheets_ods, workbooks
from hostile.settings import MAIN, PEOPLE, SMALL, TEXT, read

SECONDS = 10
"""Of processor time for one file."""
TOKENS = (
    b"", b"\x00", b"\xff", b"\xef\xbb\xbf", b'"', b"'", b";", b",", b"\t", b"\n", b"\r\n", b"<", b">", b"&", b"&#0;", b"&#x202e;", b"]]>", b"{", b"}", b"[", b"]",
    b"{{", b"}}", b"{%", b"%}", b"*", b"&a ", b"*a", b"!!", b": ", b"- ", b"#", b"-1", b"0", b"NaN", b"1e999", b"9" * 30, b"9" * 400, b"true", b"~", b"null",
    "\u202e".encode(), "\u00a0".encode(), "é".encode(), "é".encode("cp1252"), b"=1+1", b"../", b"XFD1048576", b"<!DOCTYPE a>", b"t=\"s\"", b"r=\"A0\"",
)  # fmt: skip


class SlowError(Exception):
    """A reader took longer than is allowed."""


@dataclass(frozen=True)
class Target:
    good: tuple[bytes, ...]
    parts: bool
    """A zip: its parts are damaged too, and packed again."""
    read: Callable[[bytes], object]
    """Gives values; raises BulletinError."""
    sure: bool = False
    """A damaged container is refused or read as the good one is."""


@cache
def targets() -> Mapping[str, Target]:
    return {
        "csv": Target(tuple((SMALL / "data" / f"{n}.csv").read_bytes() for n in ("populacao", "pensionistas")), False, _csv),
        "map": Target((_MAP.encode(),), False, _map),
        "yaml": Target((read(MAIN).encode(), read(PEOPLE).encode()), False, _yaml),
        "edition": Target((read(MAIN).encode(),), False, _edition),
        "text": Target((_NARRATIVE.encode(), read(TEXT).encode()), False, _text),
        "xlsx": Target((workbooks.good(), workbooks.book(lambda sheet: None)), True, lambda data: _book("xlsx", data), True),
        "ods": Target((sheets_ods.ods(sheets_ods.body()),), True, lambda data: _book("ods", data), True),
        "docx": Target((word(),), True, _docx, True),
        "svg": Target((b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><style>a{fill:red}</style><rect id="a" width="9" height="9"/></svg>',), False, _svg),
    }  # fmt: skip


_MAP = r"""
sheet: Dados
header_rows: [1]
columns: {INDICATOR: INDICATOR, REF_AREA: REF_AREA, TIME_PERIOD: TIME_PERIOD, OBS_VALUE: OBS_VALUE, UNIT_MEASURE: UNIT_MEASURE}
regex: {TIME_PERIOD: '(20\d\d)'}
constants: {SOURCE: PRIMEIRA}
drop: ['Sub-?total.*']
until: Fonte
map: {REF_AREA: {Total: MZ}}
missing: {n.d.: O}
footnote: '\(\d\)'
decimal: ','
"""
_NARRATIVE = """{#people.ranking}
{{ ranking("POPULATION", at="2024") }}
{% if has("POPULATION", at="2024") %}Há **dados** de {{ year("2024") }}.{% endif %}

{#people.other required}
- {{ value("POPULATION", at="2024", decimals=1) }} em {{ place("MZ-A") }}.
- *Palavras* [a](b).
"""


@cache
def _project() -> object:
    from bulletin.load.project import load_project

    return load_project(SMALL)[0]


@cache
def _words() -> object:
    from bulletin.load.codes import vocabularies

    return vocabularies(_project())  # type: ignore[arg-type]


def _csv(data: bytes) -> object:
    from bulletin.load.csv_table import read_canonical
    from bulletin.load.interpret import interpret

    table = read_canonical(data, "data/a.csv", None)
    frame = interpret(table, _project(), _words())[0]  # type: ignore[arg-type]
    return frame["value"].tolist() if len(frame) else []


def _map(data: bytes) -> object:
    from bulletin.load.file_tables import map_specs
    from bulletin.load.mapping import read_mapped

    specs, _ = map_specs(data, "data/a.xlsx.map.yaml")
    return [len(t.frame) for t in read_mapped(_good_sheets(), specs, "data/a.xlsx", "data/a.xlsx.map.yaml", text_file=False)]


@cache
def _good_sheets() -> tuple[object, ...]:  # the mapper only looks at them
    from bulletin.load.reader_book import read_book
    from bulletin.load.sheet import Sheet, SheetCell

    answer = read_book("xlsx", workbooks.good())
    return tuple(Sheet(s["name"], s["hidden"], tuple(SheetCell(*c) for c in s["cells"])) for s in answer["sheets"])


def _yaml(data: bytes) -> object:
    from bulletin.load.yaml_text import parse_yaml

    return str(parse_yaml(data, "bulletin.yaml").tree)[:100]


def _edition(data: bytes) -> object:
    from bulletin.load.schema import validated
    from bulletin.load.yaml_text import parse_yaml
    from bulletin.model.edition import Edition

    tree = parse_yaml(data, MAIN).tree
    return validated(Edition, tree, (MAIN, 1))[0]


def _text(data: bytes) -> object:
    from bulletin.compose.template_check import words_environment
    from bulletin.load.narrative import paragraphs

    found, _ = paragraphs(data, "text/pt/people.md", own=True, spell=None)
    environment = words_environment()
    for one in found:
        for line in one.text.split("\n"):
            _line(line, environment)
    return len(found)


def _line(line: str, environment: object) -> None:
    sys.path.append(str(Path(__file__).parents[1] / "compose"))
    from words_bench import contexts

    from bulletin.compose.template_check import checked_line
    from bulletin.model.finding import Place

    checked_line(line, Place("text/pt/people.md", cell="1"), _contexts(contexts)["pt"], environment, [])  # type: ignore[arg-type]


@cache
def _contexts(make: Callable[[], Mapping[str, object]]) -> Mapping[str, object]:
    return make()


def _book(kind: str, data: bytes) -> object:
    from bulletin.load.reader_book import read_book
    from bulletin.load.workbook import refused_at_sight

    rule = refused_at_sight(data)
    answer = {"refused": rule} if rule else read_book(kind, data)
    return None if "refused" in answer else str(answer["sheets"])


def _docx(data: bytes) -> object:
    from bulletin.review.read import read_docx

    found = read_docx(data, "voltou.docx")
    return [(p.accepted, p.original, [r.text for r in p.revisions]) for p in found.paragraphs], [t.accepted for t in found.tables]


def word() -> bytes:
    sys.path.append(str(Path(__file__).parents[1] / "review"))
    from handmade import ANA, docx, paragraph, run

    body = (
        paragraph(run("São "), f'<w:ins w:id="2" {ANA}>{run("12 345")}</w:ins>', run(" casos."))
        + paragraph(run("Fim"), mark=f'<w:del w:id="3" {ANA}/>')
        + paragraph(run("x"))
    )
    table = "<w:tbl><w:tblGrid/><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    return docx(body + table)


def _svg(data: bytes) -> object:
    from bulletin.load.svg import harmless

    try:
        return harmless(data).aspect
    except ValueError:
        return None


def damaged(good: bytes, chance: random.Random) -> bytes:
    """One to four changes: bytes flipped, put in, taken out, repeated, cut off."""
    data = bytearray(good)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 2, 8, 60, 400)))
        match chance.randrange(6):
            case 0 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                data[at:at] = chance.choice(TOKENS)
            case 2:
                data[at:end] = chance.choice(TOKENS)
            case 3:
                del data[at:end]
            case 4:
                data[at:at] = data[at:end] * chance.choice((1, 2, 50))
            case _:
                if chance.random() < 0.2:
                    del data[at:]
                elif re.search(rb"\d", data[at:]):
                    found = re.search(rb"\d+", data[at:])
                    assert found is not None
                    data[at + found.start() : at + found.end()] = chance.choice(
                        (b"0", b"-1", b"99999999999", b"1048577", b"x", b"")
                    )
    return bytes(data)


def case(target: Target, chance: random.Random) -> tuple[bytes, bool]:
    """Damaged bytes, and whether the file itself was damaged, not a part of it."""
    good = chance.choice(target.good)
    if not target.parts or chance.random() < 0.3:
        return damaged(good, chance), True
    parts = workbooks.parts(good)
    for name in chance.sample(sorted(parts), chance.choice((1, 1, 2)) if len(parts) > 1 else 1):
        parts[name] = damaged(parts[name], chance)
    return workbooks.packed(parts), False


def tried(target: Target, data: bytes, *, whole: bool, good: frozenset[str]) -> str:
    """What is wrong with the answer; empty where it is right."""
    try:
        found = target.read(data)
    except BulletinError as error:
        return "" if error.findings else "refused without a finding"
    except SlowError:
        return f"longer than {SECONDS} s"
    except Exception:
        return traceback.format_exc(limit=-6)
    if target.sure and whole and found is not None and str(found) not in good:
        return "read as something else than the good file"
    return ""


def cases(name: str, seed: int) -> Iterator[tuple[int, bytes, str]]:
    """Number, bytes and fault of one case after the other, for ever; the same for the same seed."""
    target = targets()[name]
    good = frozenset(str(target.read(g)) for g in target.good)
    number = 0
    while True:
        chance = random.Random(f"{seed}/{name}/{number}")
        data, whole = case(target, chance)
        yield number, data, tried(target, data, whole=whole, good=good)
        number += 1


def _slow(_: int, __: FrameType | None) -> None:
    raise SlowError


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=20)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--target", default="")
    asked.add_argument("--keep", type=Path, default=Path("work/fuzz"))
    said = asked.parse_args()
    running = {name: cases(name, said.seed) for name in targets() if not said.target or name == said.target}
    done, faults, seen = Counter[str](), Counter[str](), set[str]()
    for found in running.values():
        next(found)
    signal.signal(signal.SIGVTALRM, _slow)
    end = time.monotonic() + said.minutes * 60
    while time.monotonic() < end:
        for name, found in running.items():
            for _ in range(10):
                signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
                number, data, fault = next(found)
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                done[name] += 1
                if fault:
                    faults[name] += 1
                    last = fault.strip().splitlines()[-1] + fault.strip().splitlines()[0]
                    where = re.findall(r'File "([^"]+)", line (\d+)', fault)
                    if (key := f"{name} {where[-1:]}{last[:60]}") not in seen:
                        seen.add(key)
                        said.keep.mkdir(parents=True, exist_ok=True)
                        (said.keep / f"{name}-{said.seed}-{number}.bin").write_bytes(data)
                        print(f"{name} {number}: {fault[-1500:]}", flush=True)
    print(
        ", ".join(f"{name} {count} ({faults[name]} faults)" for name, count in sorted(done.items())),
        f"together {sum(done.values())}",
        flush=True,
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
