"""Writes the parts of docs/ that follow from the configuration: what each message means, the codes a data file may use, the
names of what the standard outline holds, and the signs and statuses.

Usage: tools/write_message_docs.py [--check]; with --check nothing is written and a difference is an error.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bulletin.load.messages import load_messages
from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.signs import FOLLOWS, STANDS_FOR
from bulletin.pipeline.messages import filled

ROOT = Path(__file__).resolve().parents[1]

COMMANDS = re.compile(
    r"("
    r"account|"
    r"advanced|"
    r"amendment|"
    r"argument|"
    r"calculation|"
    r"cause|"
    r"check|"
    r"compare|"
    r"doctor|"
    r"explain|"
    r"fix|"
    r"form|"
    r"forms|"
    r"head|"
    r"ignored|"
    r"impact|"
    r"parity_page|"
    r"preview|"
    r"report|"
    r"review|"
    r"kept|"
    r"severity|"
    r"site|"
    r"stage|"
    r"status|"
    r"trace|"
    r"translations|"
    r"usage|"
    r"verify|"
    r"why"
    r")_"
)
"""Texts of the commands that are no messages."""
WORDS = (
    "created",
    "account",
    "counts",
    "built",
    "built_for_review",
    "message_language",
    "archived",
    "advanced",
    "released",
    "compared",
    "wrote",
    "more_figures",
    "warnings_wait",
    "more_questions",
)

_CHOICE = re.compile(r"\{\w+:[^{}]*\|((?:[^{}]|\{\w+\})*)\}")
"""The words of a message that depend on a number; the last are the usual ones."""


@cache
def read(path: str) -> Any:
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


SAID = read("docs/pages.yaml")


def begun(page: str, language: str) -> list[str]:
    said = SAID["pages"][page]
    return [f"# {said['title'][language]}", "", *said["opening"][language].splitlines()]


def rules(messages: Mapping[str, str]) -> list[str]:
    """Names of the messages that need an explanation, in the order of the file."""
    return [name for name in messages if not COMMANDS.match(name) and name not in WORDS]


def message_page(language: str) -> str:
    messages = load_messages(language)
    lines = begun("messages", language)
    for group in read("docs/messages.yaml")["groups"]:
        lines += ["", f"## {group['title'][language]}", "", group["intro"][language].strip()]
        for rule, entry in group["rules"].items():
            example = filled(messages[rule], messages, {"key": "", **entry.get("with", {})})
            place = entry.get("place", "")
            lines += ["", f"### `{rule}`", "", "```", f"{place}: {example}" if place else example, "```", "", entry[language]]
    return "\n".join(lines) + "\n"


def code_page(language: str) -> str:
    units = {c["id"]: c["label"][language] for c in read("config/codelists.yaml")["UNIT"]["codes"]}
    lines = begun("codes", language)
    for chapter, title in SAID["chapters"].items():
        lines += ["", f"## {title[language]}", "", SAID["code_heads"][language], "|---|---|---|---|"]
        for indicator in read(f"config/indicators/{chapter}.yaml")["indicators"]:
            mark = " ƒ" if "formula" in indicator else ""
            dimensions = ", ".join(d.upper() for d in indicator.get("dimensions", ()))
            unit = units.get(indicator["unit"], indicator["unit"])
            lines.append(f"| `{indicator['id']}`{mark} | {indicator['label'][language]} | {unit} | {dimensions} |")
    for name, codes in read("config/codelists.yaml").items():
        if name != "AREA":
            column = "UNIT_MEASURE" if name == "UNIT" else name
            lines += ["", f"## {codes['label'][language]} ({column})", "", SAID["area_lists"][language], "|---|---|"]
            for code in codes["codes"]:
                only = f" ({', '.join(code['countries'])})" if "countries" in code else ""
                lines.append(f"| `{code['id']}` | {code['label'][language]}{only} |")
        if name == "SCHEME":
            lines += ["", SAID["scheme_notes"][language]]
    lines += ["", f"## {SAID['places'][language]}"]
    for path in sorted((ROOT / "config/countries").glob("*.yaml")):
        country = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        places = [country["place"], *country["subdivisions"]]
        lines += ["", f"### {country['place']['name'][language]}", "", SAID["area_lists"][language], "|---|---|"]
        lines += [f"| `{p['code']}` | {p['name'][language]} |" for p in places]
    return "\n".join(lines) + "\n"


def outline_page(language: str) -> str:
    lines = begun("outline", language)

    def row(name: str, kind: str, title: Mapping[str, str]) -> str:
        said = re.sub(r"\{subdivisions?\}", SAID["subdivision"][language], title[language])
        return f"| `{name}` | {SAID['kinds'][kind][language]} | {said} |"

    for name in read("config/outlines/standard/00-outline.yaml")["order"]:
        chapter = read(f"config/outlines/standard/{name}.yaml")
        title = chapter["title"][language].replace("{subdivision}", SAID["subdivision"][language])
        rows = []
        for section in chapter.get("sections", ()):
            rows += [row(section["id"], "section", section["title"])] if section.get("title") else []
            for item in section.get("items", ()):
                kind = next(iter(item))
                rows += [row(item[kind], kind, item["title"])] if kind in SAID["kinds"] and item.get("title") else []
        lines += ["", f"## `{name}`: {title}"]
        lines += ["", SAID["outline_heads"][language], "|---|---|---|", *rows] if rows else []
    return "\n".join(lines) + "\n"


def sign_page(language: str) -> str:
    presets = {p["id"]: p for p in read("config/signs.yaml")["presets"]}
    signs = {name: {**presets["default"]["signs"], **p["signs"]} for name, p in presets.items()}
    names = " | ".join(f"`{name}`" for name in presets)
    bars = "---|" * len(presets)

    def printed(meaning: str) -> str:
        return " | ".join(f"`{signs[name][meaning]}`" for name in presets)

    lines = begun("signs", language)
    lines += ["", f"## {SAID['sign_headings']['statuses'][language]}", "", SAID["status_order"][language], ""]
    lines += [f"{SAID['sign_heads']['statuses'][language]} {names} |", f"|---|---|---|{bars}"]
    for status in ObsStatus:
        instead, after = STANDS_FOR.get(status, ""), FOLLOWS.get(status, "")
        how = SAID["instead_word"][language] if instead else ""
        signed = printed(instead or after) if instead or after else " | ".join("" for _ in presets)
        if instead and after:
            signed = " | ".join(f"`{signs[n][instead]}` `{signs[n][after]}`" for n in presets)
        lines.append(f"| `{status.value}` | {SAID['status_names'][status.value][language]} | {how} | {signed} |")
    lines += ["", f"## {SAID['sign_headings']['confidentiality'][language]}", ""]
    lines += [f"{SAID['sign_heads']['statuses'][language]} {names} |", f"|---|---|---|{bars}"]
    for conf in ConfStatus:
        signed = printed("confidential") if conf is not ConfStatus.FREE else " | ".join("" for _ in presets)
        how = SAID["instead_word"][language] if conf is not ConfStatus.FREE else ""
        lines.append(f"| `{conf.value}` | {SAID['conf_names'][conf.value][language]} | {how} | {signed} |")
    lines += ["", f"## {SAID['sign_headings']['values'][language]}", ""]
    lines += [f"{SAID['sign_heads']['values'][language]} {names} |", f"|---|---|{bars}"]
    lines += [f"| `{meaning}` | {name[language]} | {printed(meaning)} |" for meaning, name in SAID["value_names"].items()]
    lines += ["", f"## {SAID['sign_headings']['presets'][language]}", ""]
    for name, preset in presets.items():
        note = preset.get("note", {}).get(language, "")
        lines.append(f"- `{name}`: {preset['label'][language]}.{f' {note}' if note else ''}")
    lines += ["", f"## {SAID['sign_headings']['own'][language]}", "", *SAID["own_signs"][language].rstrip().splitlines()]
    return "\n".join(lines) + "\n"


def formula_page(language: str) -> str:
    from bulletin.derive.formulas import FORMULAS

    said, words = read("docs/formulas.yaml"), read(f"config/languages/{language}.yaml")["words"]
    lines = begun("formulas", language)
    for name, recipe in FORMULAS.items():
        pattern = words.get(f"symbols_{name}", words[f"formula_{name}"]).replace("{of}", "{x}").replace("{back}", "t−1")
        for hidden in ("{scale}", "{divide}", "{start}"):
            pattern = pattern.replace(hidden, "")
        pattern = (
            pattern.replace("{overlap}", " − {overlap}").replace("{others}", "{young} + {old}").replace("{times}", "{factor}")
        )
        lines += [
            "",
            f"## `{name}`",
            "",
            said["formulas"][name][language],
            "",
            "> " + pattern.replace("{", "*").replace("}", "*"),
        ]
        needed, optional = (", ".join(f"`{r}`" for r in roles) for roles in (recipe.roles, recipe.optional))
        labels = SAID["formula_roles"][language]
        lines += ["", f"{labels[0]}: {needed or labels[2]}" + (f"; {labels[1]}: {optional}" if optional else "") + "."]
        if recipe.parameters:
            lines += ["", *(f"- `{p}`: {said['parameters'][p][language]}" for p in recipe.parameters)]
    return "\n".join(lines) + "\n"


def rule_page(language: str) -> str:
    """Every kind of rule: what it checks, how grave a breach is, its thresholds, what it says, and which indicators declare it."""
    words, messages = SAID["rule_words"][language], read(f"config/messages/{language}.yaml")
    declared: dict[str, list[str]] = {}
    for path in sorted((ROOT / "config/indicators").glob("*.yaml")):
        for indicator in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["indicators"]:
            for spec in indicator.get("rules", ()):
                if indicator["id"] not in declared.setdefault(spec["rule"], []):
                    declared[spec["rule"]].append(indicator["id"])
    lines = begun("rules", language)
    for kind in read("config/rules.yaml")["rules"]:
        name, severity = kind["id"], messages[f"severity_{kind.get('severity', 'error')}"]
        where = words["everywhere" if kind.get("applies") == "everywhere" else "declared"]
        lines += [
            "",
            f"## `{name}`: {kind['label'][language]}",
            "",
            kind["text"][language],
            "",
            f"{where} {words['severity']}: {severity}.",
        ]
        if kind.get("parameters"):
            lines += ["", words["head"], "|---|---|---|"]
            for parameter, entry in kind["parameters"].items():
                default = entry.get("default", "–")
                shown = ", ".join(default) if isinstance(default, list) else str(default)
                lines.append(f"| `{parameter}` | {entry['text'][language]} | {shown} |")
        lines += ["", words["says"], ""]
        lines += [f"- `{finding}`: {_CHOICE.sub(lambda m: m[1], messages[finding])}" for finding in kind["findings"]]
        users = declared.get(name, [])
        if users:
            more = f" {words['more'].format(count=len(users) - 12)}" if len(users) > 12 else ""
            lines += ["", f"{words['users']}: {', '.join(f'`{u}`' for u in users[:12])}{more}."]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Path below the project's root to what belongs in it."""
    makers = {
        "messages": message_page, "codes": code_page, "outline": outline_page, "signs": sign_page, "formulas": formula_page,
        "rules": rule_page,
    }  # fmt: skip
    return {path: make(language) for name, make in makers.items() for language, path in SAID["pages"][name]["file"].items()}


def main() -> int:
    stale = []
    for path, text in pages().items():
        target = ROOT / path
        if "--check" in sys.argv:
            stale += [path] if not target.is_file() or target.read_text(encoding="utf-8") != text else []
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    for path in stale:
        print(f"{path} is out of date: run tools/write_message_docs.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
