"""A command that cannot be understood, told whole and in the user's language: what is wrong and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import Any

import typer

from bulletin.cli.console import Console
from bulletin.load.messages import declared_language, languages_of_messages
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.messages import said

UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""Typer has no public name for what all its usage errors are."""


def tell_usage(error: Any, words: Sequence[str]) -> int:
    """`words`: what followed the program's name. Prints what is wrong; gives the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return 2
    console = Console(_language(words), as_json=_after(words, "--log-format") == "json")
    rule, parameters = _described(error, words, console)
    console.findings([Finding(rule, Severity.ERROR, parameters=parameters)])
    return 2


def _language(words: Sequence[str]) -> str:
    """The one asked for; that of the first project named; that of the folder one is in."""
    asked = _after(words, "--messages")
    if asked in languages_of_messages():
        return asked
    named = (Path(w) for w in words if not w.startswith("-"))
    return declared_language(next((p for p in named if (p / "bulletin.yaml").is_file()), Path()))


def _after(words: Sequence[str], *options: str) -> str:
    """The value an option was given last, as `--year 2024` or `--year=2024`."""
    for n in range(len(words) - 1, -1, -1):
        name, equals, value = words[n].partition("=")
        if name in options:
            return value if equals else "".join(words[n + 1 : n + 2])
    return ""


def _described(error: Any, words: Sequence[str], console: Console) -> tuple[str, dict[str, str]]:
    context, quoted = error.ctx, re.findall(r"'([^']*)'", error.message)
    command = context.command_path if context else _command(words)
    names = sorted(getattr(context.command, "commands", ())) if context else []
    match type(error).__name__:
        case "MissingParameter" if error.param:
            return "usage-missing", {"name": _named(error.param, console), "form": _form(context, console), "command": command}
        case "NoSuchOption":
            known = [o for p in context.command.params for o in p.opts if o.startswith("--")] if context else []
            near = get_close_matches(error.option_name, known, 1)
            rule = "usage-no-option-near" if near else "usage-no-option"
            return rule, {"name": error.option_name, "command": command, "nearest": "".join(near)}
        case "BadOptionUsage":
            rule = "usage-no-value" if "require" in error.message else "usage-needless-value"
            return rule, {"name": error.option_name, "command": command}
        case "BadParameter" if error.param:
            given = _after(words, *error.param.opts)
            expected = console.texts.get(f"usage_{error.param.name}") or ", ".join(q for q in quoted if q != given)
            return "usage-wrong-value", {"found": given, "name": _named(error.param, console), "expected": expected}
        case "UsageError" if names and quoted:
            near = get_close_matches(quoted[0], names, 1)
            rule = "usage-no-command-near" if near else "usage-no-command"
            return rule, {"name": quoted[0], "command": command, "nearest": "".join(near), "known": ", ".join(names)}
        case "UsageError" if context and (extra := re.search(r" \((.*)\)$", error.message)):
            return "usage-too-much", {"found": extra[1], "form": _form(context, console), "command": command}
        case _:
            return "usage-other", {"reason": error.format_message(), "command": command}


def _command(words: Sequence[str]) -> str:
    """`bulletin form write`, from what was typed."""
    named = list(takewhile(lambda w: not w.startswith("-"), words))
    return " ".join(("bulletin", *named[: 2 if named[:1] in (["form"], ["review"]) else 1]))


def _form(context: Any, console: Console) -> str:
    """The command with what it cannot do without: `bulletin compare ANTERIOR NOVA`."""
    needed = [p for p in context.command.params if p.required]
    said_ = (_named(p, console) if p.param_type_name == "argument" else f"{_named(p, console)} …" for p in needed)
    return " ".join((context.command_path, *said_))


def _named(parameter: Any, console: Console) -> str:
    if parameter.param_type_name == "argument":
        return said(console.texts, f"argument_{parameter.name}")
    return str(next(o for o in parameter.opts if o.startswith("--")))
