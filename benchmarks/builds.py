"""Whole builds of the example: cold against the usual route, and what is left to do after a change or without one.

The usual route starts from the finished words and figures; `bulletin` reads, checks, derives, composes and proves them first. Both
make the PDF, tagged, and the DOCX of both languages; the example's leaflet is left out, for the usual route has none.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.content import content_of, read_tree
from benchmarks.equal import lacking_in_docx, lacking_in_pdf
from benchmarks.rounds import Arm, Compared, compare, run, summary

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "mozambique"
BUILD = (sys.executable, "-m", "bulletin", "build", "-q")
LANGUAGES = ("pt", "en")


def project(folder: Path) -> Path:
    """A draft of the example without its leaflet, as PDF and DOCX alone: a change of words or data in an edition that is final would
    stop the build."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", "work", "expected"))
    settings = folder / "bulletin.yaml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"^(also|formats): .*\n", "", text, flags=re.MULTILINE)
    settings.write_text(re.sub(r"^status: final", "status: draft", text, flags=re.MULTILINE), encoding="utf-8")
    return folder


def sentence(folder: Path) -> Callable[[], None]:
    """Another wording of one hand-written paragraph, in one language, each time."""
    file, numbers = folder / "text" / "pt" / "contributory.md", itertools.count(1)
    before = file.read_text(encoding="utf-8")

    def change() -> None:
        words = ("nesta parte", "aqui", "nesta edição", "adiante", "em seguida", "no que segue", "neste texto", "nestas páginas")
        number = next(numbers)
        said = f"{words[number % 8].capitalize()}, {words[number // 8 % 8]}, como na lei"
        file.write_text(before.replace("Neste capítulo, como na lei", said), encoding="utf-8")

    return change


def cell(folder: Path) -> Callable[[], None]:
    """Another value of one cell of one file, each time."""
    file, numbers = folder / "data" / "illustrative_service.csv", itertools.count(1)
    before = file.read_text(encoding="utf-8")

    def change() -> None:
        file.write_text(
            re.sub(r"(PROCESSING_DAYS,_T,_T,INSS,_T,_T,2020),77", rf"\g<1>,{77 + next(numbers)}", before), encoding="utf-8"
        )

    return change


def _bulletin(folder: Path, *options: str) -> tuple[str, ...]:
    return (*BUILD, str(folder), *options)


def measured(work: Path, rounds: int) -> dict[str, object]:
    """The first round is not counted."""
    folders = {"cold": project(work / "cold")}
    run(Arm("first", _bulletin(folders["cold"])))
    for name in ("typst", "sentence", "cell", "nothing"):
        folders[name] = work / name
        shutil.copytree(folders["cold"], folders[name])
    out = folders["cold"] / "out"
    trees = [str(out / f"document.{language}.json") for language in LANGUAGES]
    kept = [str(shutil.copy(tree, work)) for tree in trees]
    cold = Arm("cold", _bulletin(folders["cold"], "--fresh"))
    arms = [
        cold,
        Arm("usual route", (sys.executable, str(Path(__file__).with_name("usual.py")), str(work / "usual"), *kept)),
        Arm("cold, Typst", _bulletin(folders["typst"], "--fresh", "--pdf-engine", "typst")),
        Arm("a sentence", _bulletin(folders["sentence"]), sentence(folders["sentence"])),
        Arm("a cell", _bulletin(folders["cell"]), cell(folders["cell"])),
        Arm("nothing", _bulletin(folders["nothing"])),
    ]
    found = compare(arms, rounds)
    return {**_goals(found), "lacking": _lacking(work, folders), "control": found.control, "samples": _samples(found)}


def _goals(found: Compared) -> dict[str, object]:
    def against_cold(name: str) -> tuple[float, ...]:
        return tuple(round(c.wall / s.wall, 2) for c, s in zip(found.samples["cold"], found.samples[name], strict=True))

    usual = found.samples["usual route"]
    typst = tuple(round(u.wall / t.wall, 2) for u, t in zip(usual, found.samples["cold, Typst"], strict=True))
    return {
        "usual route / cold": summary(found.ratios["usual route"], found.control),
        "usual route / cold, Typst": summary(typst, found.control),
        "cold / a sentence": summary(against_cold("a sentence"), found.control),
        "cold / a cell": summary(against_cold("a cell"), found.control),
        "cold / nothing": summary(against_cold("nothing"), found.control),
    }


def _samples(found: Compared) -> dict[str, list[dict[str, float]]]:
    return {name: [{"wall": s.wall, "cpu": s.cpu, "peak": s.peak} for s in samples] for name, samples in found.samples.items()}


def _lacking(work: Path, folders: dict[str, Path]) -> list[str]:
    """What one of the files lacks of the content; empty, or no figure counts."""
    return list(itertools.islice(_differences(work, folders), 20))


def _differences(work: Path, folders: dict[str, Path]) -> Iterator[str]:
    for language in LANGUAGES:
        content = content_of(read_tree(work / f"document.{language}.json"))
        made = [*(folders["cold"] / "out").glob(f"*-{language}.*"), *(folders["typst"] / "out").glob(f"*-{language}.pdf")]
        for path in (*made, work / "usual" / f"usual-{language}.pdf", work / "usual" / f"usual-{language}.docx"):
            if path.suffix in (".pdf", ".docx"):
                check = lacking_in_pdf if path.suffix == ".pdf" else lacking_in_docx
                yield from (f"{path.name}: {what}" for what in check(content, path))


def memory(work: Path) -> dict[str, float]:
    """Megabytes of the whole process tree at once, a cold build in one process and in two, by either PDF engine."""
    folder = project(work / "memory")
    found = {}
    for options in (
        ("--jobs", "1"),
        ("--jobs", "2"),
        ("--jobs", "1", "--pdf-engine", "typst"),
        ("--jobs", "2", "--pdf-engine", "typst"),
    ):
        found[" ".join(options)] = run(Arm("memory", _bulletin(folder, "--fresh", *options))).peak
    return found


def start(rounds: int) -> dict[str, object]:
    """`bulletin --help` against Python doing nothing."""
    arms = (Arm("python", (sys.executable, "-c", "pass")), Arm("help", (sys.executable, "-m", "bulletin", "--help")))
    found = compare(arms, rounds)
    return {"help / python": summary(found.ratios["help"], found.control)}


def docx(work: Path, rounds: int) -> dict[str, object]:
    """The writer alone: pictures ready, imports done; seconds of the processor, children included."""
    from benchmarks.peers import pandoc_docx

    tree = work / "document.pt.json"
    make = (sys.executable, str(Path(__file__).with_name("arm.py")))
    run(Arm("pictures", (*make, "pictures", str(tree), str(work))))
    names = ["bulletin-docx", "usual-docx", *([] if pandoc_docx.absent() else ["pandoc-docx"])]
    found = compare([Arm(n, (*make, n, str(tree), str(work))) for n in names], rounds, lambda s: float(json.loads(s.said)["cpu"]))
    content = content_of(read_tree(tree))
    lacking = [w for n in names for w in lacking_in_docx(content, work / f"{n}-document.pt.docx")]
    told: dict[str, object] = {f"{n} / bulletin": summary(found.ratios[n], found.control) for n in names[1:]}
    return {**told, **({"pandoc": "absent"} if pandoc_docx.absent() else {}), "lacking": lacking, "control": found.control}


def pdf(work: Path, rounds: int) -> dict[str, object]:
    """One language, the writer alone, beside what else makes a PDF of the same content."""
    from benchmarks.peers import chromium_pdf, typst_pdf

    tree = work / "document.pt.json"
    make = (sys.executable, str(Path(__file__).with_name("arm.py")))
    peers = {"usual-pdf": False, "typst-pdf": typst_pdf.absent(), "chromium-pdf": chromium_pdf.absent()}
    names = ["bulletin-pdf", *(n for n, absent in peers.items() if not absent)]
    found = compare(
        [Arm(n, (*make, n, str(tree), str(work))) for n in names], rounds, lambda s: float(json.loads(s.said)["wall"])
    )
    content = content_of(read_tree(tree))
    lacking = [w for n in names for w in lacking_in_pdf(content, work / f"{n}-document.pt.pdf")]
    told: dict[str, object] = {f"{n} / bulletin": summary(found.ratios[n], found.control) for n in names[1:]}
    return {**told, **{n: "absent" for n, absent in peers.items() if absent}, "lacking": lacking, "control": found.control}
