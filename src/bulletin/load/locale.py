"""How a language prints in a country: the language pack with the country's style laid over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from bulletin.load.schema import LanguagePack
from bulletin.model.country import Country
from bulletin.model.locale import Locale

_NUMBER = r"\d+(?:[/.\u2011-]\d+)*[a-z]?"


def read_literals(pack: LanguagePack) -> tuple[tuple[str, str], ...]:
    """The pack's, with the names of the months and the number of a law put in."""
    months = "|".join(f"[{m[0].upper()}{m[0].lower()}]{m[1:]}" for m in pack.months)
    return tuple((kind, said.replace("{months}", months).replace("{number}", _NUMBER)) for kind, said in pack.literals)


def make_locale(pack: LanguagePack, country: Country, signs: Mapping[str, str]) -> Locale:
    """`signs`: the edition's preset. Applies `style:` of the country (`words.table: …` reaches into a map) and the case of its month names."""
    values = {f.name: getattr(pack, f.name) for f in fields(LanguagePack) if f.name != "review"}
    tag = pack.tag or f"{pack.language}-{{country}}"
    own = {
        "tag": tag.replace("{country}", country.code),
        "signs": {**signs, **pack.signs},
        "literals": read_literals(pack),
    }
    locale = Locale(**(values | own))
    style: Mapping[str, str | int] = (country.style or {}).get(pack.language, {})
    case = str(style.get("month_case", "as written"))
    months = locale.months
    if case == "capital":
        months = tuple(m[:1].upper() + m[1:] for m in months)
    elif case == "lower":
        months = tuple(m.lower() for m in months)
    changed: dict[str, object] = {"months": months}
    for key, value in style.items():
        name, _, inner = key.partition(".")
        if inner and isinstance(getattr(locale, name, None), Mapping):
            changed[name] = {**getattr(locale, name), **changed.get(name, {}), inner: str(value)}  # type: ignore[dict-item]
        elif key == "min_group":
            changed[key] = int(value)
        elif isinstance(getattr(locale, key, None), str):
            changed[key] = str(value)
    return replace(locale, **changed)  # type: ignore[arg-type]


def unknown_style(country: Country) -> list[str]:
    """Keys of `style:` that mean nothing."""
    known = {f.name for f in fields(Locale)} | {"month_case"}
    return [key for style in (country.style or {}).values() for key in style if key.partition(".")[0] not in known]
