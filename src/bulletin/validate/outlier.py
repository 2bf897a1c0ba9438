"""Rules across places: a province whose change, or whose level, is unlike that of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.cells import MONTHS, Block, breaks_between, earlier
from bulletin.model.parts import parts_of
from bulletin.validate.evidence import Verdict, each, gravity, number, plain, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin.model.cells import Booleans, Floats, Integers
    from bulletin.model.finding import Finding
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence


def unlike_other_places(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """`hb`: changes after M. A. Hidiroglou and J.-M. Berthelot, "Statistical editing and forecasting for periodic business
    surveys", Survey Methodology 12(1), 1986. `mad`: levels, as logarithms and per unit of `per` if it is given, by the modified
    z score of B. Iglewicz and D. C. Hoaglin, "How to Detect and Handle Outliers", ASQC Quality Press, 1993.
    """
    import numpy as np

    block = evidence.block(indicator.id)
    keys, place = _grid(evidence, block)
    enough = round(number(spec.parameters, "places"))
    if str(spec.parameters["method"]) == "mad":
        level, found, judged = _levels(evidence, block, keys, spec)
        return verdict(
            (_at(evidence, indicator, spec, "outlier-level", block, int(place[g, p]), level[g], p) for g, p in _pairs(found)),
            judged & (place >= 0), ~judged & (place >= 0),
        )  # fmt: skip
    before_keys = earlier(keys.ravel(), round(number(spec.parameters, "lag"))).reshape(keys.shape)
    now, before = _positive(block, keys), _positive(block, before_keys)
    smooth = ~breaks_between(block, keys.ravel(), before_keys.ravel() % MONTHS, keys.ravel() % MONTHS).reshape(keys.shape)
    ratio, found, judged = hidiroglou_berthelot(
        _kept(now, smooth), _kept(before, smooth), number(spec.parameters, "u"), number(spec.parameters, "a"),
        number(spec.parameters, "c"), enough,
    )  # fmt: skip
    middle = quantile(ratio, 0.5)[:, None]
    found &= np.abs(ratio / middle - 1) > number(spec.parameters, "material") / 100
    paired = (place >= 0) & (ratio == ratio)
    return verdict(
        (_at(evidence, indicator, spec, "outlier-change", block, int(place[g, p]), ratio[g], p) for g, p in _pairs(found)),
        judged & paired, ~judged & paired,
    )  # fmt: skip


def hidiroglou_berthelot(
    now: Floats, before: Floats, u: float, a: float, c: float, enough: int
) -> tuple[Floats, Booleans, Booleans]:
    """One line per period, one column per place. Ratios, which of them are outliers, which could be judged."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = now / before
        middle = quantile(ratio, 0.5)[:, None]
        centred = np.where(ratio < middle, 1 - middle / ratio, ratio / middle - 1)
        effect = centred * np.fmax(now, before) ** u
        low, median, high = (quantile(effect, q)[:, None] for q in (0.25, 0.5, 0.75))
        below = np.fmax(median - low, np.abs(a * median))
        above = np.fmax(high - median, np.abs(a * median))
        # all others alike: nothing tells how far is far
        judged = ((~np.isnan(effect)).sum(axis=1) >= enough)[:, None] & (below + above > 0) & ~np.isnan(effect)
        found = judged & ((effect < median - c * below) | (effect > median + c * above))
    return ratio, found, judged


def modified_z(values: Floats, enough: int) -> tuple[Floats, Booleans]:
    """0.6745 (x − median) / MAD along each line, and which could be judged."""
    import numpy as np

    centred = values - quantile(values, 0.5)[:, None]
    spread = quantile(np.abs(centred), 0.5)[:, None]
    judged = ((~np.isnan(values)).sum(axis=1) >= enough)[:, None] & (spread > 0) & ~np.isnan(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(judged, 0.6745 * centred / spread, 0.0), judged


def quantile(values: Floats, share: float) -> Floats:
    """Of each line, NaN left out, between neighbours in proportion."""
    import numpy as np

    ordered = np.sort(values, axis=1)
    count = (~np.isnan(values)).sum(axis=1)
    position = np.maximum(count - 1, 0) * share
    first = np.floor(position).astype(np.int64)
    second = np.minimum(first + 1, np.maximum(count - 1, 0))
    lines = np.arange(len(values))
    low, high = ordered[lines, first], ordered[lines, second]
    found: Floats = low + (high - low) * (position - first)
    return found


def _levels(evidence: Evidence, block: Block, keys: Integers, spec: RuleSpec) -> tuple[Floats, Booleans, Booleans]:
    import numpy as np

    level = _positive(block, keys)
    per = str(spec.parameters.get("per", ""))
    if per:
        shared = keys
        known = evidence.project.catalogue[per].dimensions if per in evidence.project.catalogue else ()
        for dimension in evidence.cells.coding.names:
            if dimension not in ("ref_area", *known):
                shared = evidence.cells.coding.at(shared.ravel(), dimension, "_T").reshape(keys.shape)
        year = np.where(shared < 0, -1, shared // (MONTHS * 4) * (MONTHS * 4) + shared % MONTHS // 12 * 12 + 11)
        level = level / _positive(evidence.block(per), year)
    size = np.log10(level)
    score, judged = modified_z(size, round(number(spec.parameters, "places")))
    far = np.abs(size - quantile(size, 0.5)[:, None]) > np.log10(number(spec.parameters, "factor"))
    return level, judged & far & (np.abs(score) > number(spec.parameters, "score")), judged


def _grid(evidence: Evidence, block: Block) -> tuple[Integers, Integers]:
    """Keys with one line per period and other coordinates, one column per place; and positions in the block, −1 for none."""
    import numpy as np

    coding, country = evidence.cells.coding, evidence.project.country.code
    codes = [p.code for p in parts_of(evidence.project, "ref_area")]
    within = np.isin(coding.digit(block.key, "ref_area"), [coding.digits["ref_area"].get(c, -1) for c in codes])
    groups = np.unique(coding.at(block.key[within], "ref_area", country))
    keys = np.array([coding.at(groups, "ref_area", code) for code in codes]).T.reshape(len(groups), len(codes))
    place = block.find(keys.ravel()).reshape(keys.shape)
    return keys, place


def _positive(block: Block, keys: Integers) -> Floats:
    import numpy as np

    value = block.values(keys.ravel()).reshape(keys.shape)
    return np.where(value > 0, value, np.nan)


def _kept(values: Floats, where: Booleans) -> Floats:
    import numpy as np

    return np.where(where, values, np.nan)


def _pairs(found: Booleans) -> Iterator[tuple[int, int]]:
    columns = found.shape[1] if found.ndim > 1 else 1
    for n in each(found.ravel()):
        yield divmod(n, columns)


def _at(
    evidence: Evidence, indicator: Indicator, spec: RuleSpec, rule: str, block: Block, n: int, line: Floats, place: int
) -> Finding:
    middle = float(quantile(line[None, :], 0.5)[0])
    return evidence.at(
        rule, gravity(spec), indicator.id, block, n, value=plain(block.value[n]), ratio=float(f"{line[place]:.3g}"),
        median=float(f"{middle:.3g}"), times=float(f"{line[place] / middle:.3g}"), per=str(spec.parameters.get("per", "")),
    )  # fmt: skip
