"""Values received that no table, chart or sentence of the edition shows or rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.finding import Finding, Severity

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared


def unused_values(prepared: Prepared, composed: Composed) -> tuple[Finding, ...]:
    """For information, one finding per indicator; values of the other sources of a figure do not count."""
    frame = prepared.received.frame
    received = frame.loc[frame["value"].notna(), "indicator"].astype("str").value_counts(sort=False)
    published, _ = composed.published()
    leaves = {i.key for fact in composed.facts.facts() if fact.id in published for i in fact.inputs}
    used: dict[str, int] = {}
    for key in leaves:
        name = key.partition(".")[0]
        used[name] = used.get(name, 0) + 1
    return tuple(
        Finding("value-unused", Severity.INFO, key=name, parameters={"indicator": name, "count": rest, "total": total})
        for name, total in sorted((str(n), int(c)) for n, c in received.items())
        if (rest := total - used.get(name, 0)) > 0
    )
