"""Which sentences differ between two editions, block by block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from bulletin.document.wording import sentences


@dataclass(frozen=True)
class Rewording:
    language: str
    block: str
    old: tuple[str, ...]
    """Sentences that are no longer there."""
    new: tuple[str, ...]


def reworded(language: str, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Rewording, ...]:
    """Blocks whose sentences differ, those of the new edition first, in reading order."""
    found = []
    for block in dict.fromkeys((*new, *old)):
        before, after = _split(old.get(block, "")), _split(new.get(block, ""))
        if before != after:
            steps = [s for s in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if s[0] != "equal"]
            gone = tuple(s for _, i, j, _, _ in steps for s in before[i:j])
            come = tuple(s for _, _, _, i, j in steps for s in after[i:j])
            found.append(Rewording(language, block, gone, come))
    return tuple(found)


def _split(text: str) -> list[str]:
    return [sentence for _, sentence in sentences(text.strip())]
