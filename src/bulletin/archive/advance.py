"""The next edition's files from the last one's: text in, text out, comments and order kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bulletin.model.edition import Edition, Years

DROPPED = ("waivers", "revisions", "approvals", "reference_date")
"""Keys of bulletin.yaml that hold for one edition only."""

DATED = ("collect",)
"""Keys whose dates are a year later in the next edition."""

_DATE = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:")
_MARK = re.compile(
    r"^([ \t]*\{#[ \t]*[A-Za-z0-9_][A-Za-z0-9_.-]*(?:[ \t]+required)?)(?:[ \t]+confirm=[A-Za-z0-9_.-]+)?([ \t]*#?\})[ \t]*$",
    re.MULTILINE,
)
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
          (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True)
class Advanced:
    text: str
    """Of bulletin.yaml."""
    dropped: tuple[str, ...]
    """Keys taken out."""


def next_edition(edition: Edition) -> Edition:
    """Number, years, release date and id one year on; a draft, without what was declared for one edition only."""
    year = edition.year + 1
    years = Years(edition.years.first + 1, edition.years.last + 1)
    return replace(
        edition, id=next_id(edition.id, edition.year), year=year, years=years, number=next_number(edition.number),
        release_date=next_date(edition.release_date), status="draft", reference_date=None, waivers=(), revisions=(),
    )  # fmt: skip


def next_id(name: str, year: int) -> str:
    """`boletim-2024` → `boletim-2025`; a name without the year gets the new one at its end."""
    found = re.sub(rf"(?<!\d){year}(?!\d)", str(year + 1), name)
    return found if found != name else f"{name}-{year + 1}"


def next_number(number: str) -> str:
    """`VIII` → `IX`, `8` → `9`, `8.ª` → `9.ª`; what is neither stays."""
    if number and set(number) <= set("IVXLCDM"):
        value = roman_value(number)
        return roman(value + 1) if roman(value) == number else number
    return re.sub(r"^\d+", lambda m: str(int(m[0]) + 1), number)


def roman(value: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (value // size)
        value %= size
    return text


def roman_value(text: str) -> int:
    sizes = {letters: size for size, letters in _ROMAN if len(letters) == 1}
    values = [sizes[c] for c in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def next_date(iso: str) -> str:
    """A year later; 29 February becomes the 28th."""
    day = date.fromisoformat(iso)
    try:
        return day.replace(year=day.year + 1).isoformat()
    except ValueError:
        return day.replace(year=day.year + 1, day=28).isoformat()


def advanced(text: str, edition: Edition) -> Advanced:
    """bulletin.yaml of the next edition: changed keys in their place, dropped ones gone, everything else as it is, comments too.
    `edition` is the next one. A file that is no plain block of keys comes back unchanged in part; the caller reads it again."""
    values: Mapping[str, str] = {
        "id": edition.id,
        "year": str(edition.year),
        "years": f"{{first: {edition.years.first}, last: {edition.years.last}}}",
        "release_date": edition.release_date,
        "status": edition.status,
        **({"number": f'"{edition.number}"'} if edition.number else {}),
    }
    lines: list[str] = []
    dropped = []
    for key, block in _blocks(text.replace("\r\n", "\n")):
        if key in DROPPED:
            dropped.append(key)
        elif key in values:
            comment = re.search(r"\s+#.*$", block[0]) if len(block) == 1 else None
            lines.append(f"{key}: {values[key]}{comment[0] if comment else ''}")
        elif key in DATED:
            lines += [_DATE.sub(lambda m: next_date(m[0]), line) for line in block]
        else:
            lines += block
    return Advanced("\n".join(lines).rstrip("\n") + "\n", tuple(dropped))


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    """Top-level keys with their lines; comments and blank lines stand in blocks of their own unless a key's lines go on after them."""
    found: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for line in text.split("\n"):
        key = _KEY.match(line)
        if key:
            found += [("", waiting)] if waiting else []
            waiting = []
            found.append((key[1], [line]))
        elif not line.strip() or line.startswith("#") or not found:
            waiting.append(line)
        else:
            found[-1][1].extend([*waiting, line])
            waiting = []
    return [*found, ("", waiting)] if waiting else found


def to_confirm(text: str, edition: str) -> tuple[str, int]:
    """A file of the country's own paragraphs, each marked to be confirmed: `{#id confirm=<edition>}`; and how many there are."""
    return _MARK.subn(lambda m: f"{m[1]} confirm={edition}{m[2]}", text)
