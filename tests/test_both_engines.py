"""WeasyPrint and Typst print the same words in the same order: every chapter, every language, the leaflets too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from accessible import accessible
from both_engines import chapters
from bulletin.pipeline.build import build
from bulletin.pipeline.progress import silent
from factories import at_length, copied
from proof import faults

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "projects" / "small"


def by_typst(project: Path, folder: Path) -> Path:
    made = copied(project, folder / "composto à parte")
    build(made, silent, formats=("pdf",), pdf_engine="typst", jobs=1)
    return made / "out"


def differences(one: Path, other: Path) -> list[str]:
    """Chapters of PDF files of the same name that do not say the same; a leaflet has none, and each engine groups it in its own way."""
    found = []
    files = sorted(p.name for p in one.glob("*.pdf"))
    assert files
    assert files == sorted(p.name for p in other.glob("*.pdf"))
    for name in files:
        a, b = (chapters((folder / name).read_bytes()) for folder in (one, other))
        if "highlights" in name:
            a, b = ["".join(a)], ["".join(b)]
        found += [f"{name}: {len(a)} chapters, {len(b)}"] if len(a) != len(b) else []
        found += [f"{name}: chapter {n}" for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y or not x]
    return found


@pytest.fixture(scope="module")
def typst_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return by_typst(SMALL, tmp_path_factory.mktemp("typst"))


def test_both_engines_say_the_same_in_the_small_project(small_out: Path, typst_out: Path) -> None:
    assert differences(small_out, typst_out) == []


def test_the_manifest_names_the_engine_of_the_pdf(small_out: Path, typst_out: Path) -> None:
    engines = [json.loads((out / "manifest.json").read_text(encoding="utf-8"))["pdf_engine"] for out in (small_out, typst_out)]
    assert engines[0].startswith("weasyprint ")
    assert engines[1].startswith("typst ")


def test_the_small_project_by_typst_is_accessible_and_a_proof_reader_finds_nothing(typst_out: Path) -> None:
    tree = json.loads((typst_out / "document.pt.json").read_text(encoding="utf-8"))
    assert accessible((typst_out / "small-pt.pdf").read_bytes(), tree) == []
    assert [fault for path in sorted(typst_out.glob("*.pdf")) for fault in faults(path)] == []


@pytest.mark.slow
@at_length
def test_in_the_example_both_engines_say_the_same_and_a_proof_reader_finds_nothing(example_out: Path, tmp_path: Path) -> None:
    made = by_typst(ROOT / "examples" / "mozambique", tmp_path)
    assert differences(example_out, made) == []
    assert {path.name: found for path in made.glob("*.pdf") if (found := faults(path))} == {}
