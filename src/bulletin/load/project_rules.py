"""Kinds of rule: the shipped ones, with the thresholds that a country changes."""

from __future__ import annotations

from collections.abc import Callable

from bulletin.load.nearest import nearest
from bulletin.load.overlay import laid_over
from bulletin.load.project_files import ProjectFiles
from bulletin.load.yaml_text import Map, Seq, Tree, place
from bulletin.model.finding import Finding, Severity
from bulletin.model.rule import RuleKind


def read_rules(files: ProjectFiles, texts: Callable[[Tree], None]) -> tuple[RuleKind, ...]:
    """A country writes `{id: growth, parameters: {max_percent: 20}}`; a rule of its own needs code and is refused."""
    merged = Seq(("", 0))
    where: dict[str, int] = {}
    for tree, own in files.both("rules"):
        entries = tree.get("rules")
        for entry, at in zip(entries, entries.at, strict=True) if isinstance(entries, Seq) else ():
            name = str(entry.get("id", "")) if isinstance(entry, Map) else ""
            if not own:
                where[name] = len(merged)
                merged.put(entry, at)
            elif name not in where:
                said = {"rule": name, "nearest": nearest(name, where) or "?"}
                files.findings.append(Finding("rule-kind-unknown", Severity.ERROR, place(at), name, said))
            else:
                merged[where[name]] = _changed(merged[where[name]], entry)
                merged.at[where[name]] = at
    texts(merged)
    values = [files.checked(RuleKind, entry, at) for entry, at in zip(merged, merged.at, strict=True)]
    return tuple(v for v in values if v is not None)


def _changed(below: Tree, above: Tree) -> Tree:
    """The entry with the parameters that `above` sets; a plain value stands for the parameter's `default`."""
    merged = laid_over(below, above)
    old, new = (t.get("parameters") if isinstance(t, Map) else None for t in (below, above))
    if not (isinstance(merged, Map) and isinstance(old, Map) and isinstance(new, Map)):
        return merged
    parameters = Map(old.own)
    for name, value in old.items():
        parameters.put(name, value, old.at[name])
    for name, value in new.items():
        at = new.at[name]
        given = value
        if not isinstance(value, Map):
            given = Map(at)
            given.put("default", value, at)
        parameters.put(name, laid_over(parameters[name], given) if name in parameters else given, at)
    merged.put("parameters", parameters, new.own)
    return merged
