"""What is made anew when a chapter changes, and that it does not matter how the parts are worked off."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sample import INDICO, said, sample

from bulletin.cache import Cache
from bulletin.document.blocks import Contents, Entry, Paragraph
from bulletin.document.tree import Document, Section
from bulletin.pipeline.chapters import by_chapters
from bulletin.pipeline.kept import Kept
from bulletin.write.pdf import expected

TITLES = ("Pensões", "Subsídios", "Despesa")
SENTENCE = "Em cada mês contam-se os pagamentos feitos até ao último dia útil. "


def small(sentences: int = 1, title: str = TITLES[1]) -> Document:
    """Contents and three chapters, the second with so many sentences and this title."""
    titles = (TITLES[0], title, TITLES[2])
    entries = tuple(Entry(f"c{n}", str(n), said(t), 1) for n, t in enumerate(titles))
    contents = Section("contents", 1, said("Índice"), (Contents("contents.all", "sections", "", entries),), running="Índice")
    texts = (SENTENCE, SENTENCE * sentences, SENTENCE)
    chapters = (
        Section(f"c{n}", 1, said(t), (Paragraph(f"c{n}.p", said(words)),), number=str(n), running=f"{n} {t}")
        for n, (t, words) in enumerate(zip(titles, texts, strict=True))
    )
    document = sample()
    return replace(document, cover=replace(document.cover, art=None), sections=(contents, *chapters))


def made(document: Document, folder: Path | None, each: Callable[..., Iterable[object]] = map) -> tuple[bytes, Kept]:
    kept = Kept(Cache(folder))
    ((data,), _) = by_chapters([(document, {}, INDICO)], [], kept, each)
    return data, kept


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bytes, Path]]:
    """The PDF, and what was kept of its making."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BULLETIN_HOME", str(home))
        yield made(small(), home / "kept")[0], home / "kept"


@pytest.mark.parametrize(
    ("document", "anew"),
    [
        (small(), {}),
        (small(2), {"pdf-part": ["pt/c1"]}),
        # a page more: the contents and the feet say other numbers, the chapters after it are the same
        (small(60), {"pdf-part": ["pt/c1", "pt/contents"], "pdf-heads": [""]}),
        (small(title="Abonos"), {"pdf-part": ["pt/c1", "pt/contents"], "pdf-heads": [""]}),
    ],
)
def test_only_what_a_change_touches_is_made_anew(
    before: tuple[bytes, Path], tmp_path: Path, document: Document, anew: dict[str, list[str]]
) -> None:
    data, kept = made(document, shutil.copytree(before[1], tmp_path / "kept"))
    assert {kind: sorted(names) for kind, names in kept.made.items()} == anew
    assert (data == before[0]) is (not anew)


def backwards(function: Callable[[object], object], items: Sequence[object]) -> Iterable[object]:
    """As if the last began first."""
    return reversed([function(item) for item in reversed(items)])


def test_the_order_of_work_makes_no_difference(before: tuple[bytes, Path]) -> None:
    assert made(small(), None, backwards)[0] == before[0]


def test_contents_of_another_length_than_expected_are_set_again(
    before: tuple[bytes, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expected, "expected_pages", lambda _: 3)
    assert made(small(), None)[0] == before[0]
