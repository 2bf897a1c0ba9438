"""Claims: what sentences state, decided once for all languages from unrounded values."""

from __future__ import annotations

from bulletin.compose.claims.caveats import breaks, provisional, revised, small
from bulletin.compose.claims.change import change, level, real_change, record, span, streak
from bulletin.compose.claims.distribution import above_average, composition, contribution, partial, ranking, spread
from bulletin.compose.claims.pairs import (
    adequacy,
    balance,
    comparison,
    coverage,
    levels,
    money_gdp,
    ratio,
    sex_gap,
    share_of,
    target,
)
from bulletin.compose.claims.statement import About, Evidence, Figure, Item, Statement
from bulletin.model.narration import Thresholds

__all__ = [
    "About", "Evidence", "Figure", "Item", "Statement", "Thresholds", "above_average", "adequacy", "balance", "breaks", "change",
    "comparison", "composition", "contribution", "coverage", "level", "levels", "money_gdp", "partial", "provisional", "ranking", "ratio",
    "real_change", "record", "revised", "sex_gap", "share_of", "small", "span", "spread", "streak", "target",
]  # fmt: skip
