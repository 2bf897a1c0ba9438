"""Every hostile input against the small project, each in a process of its own that is measured; tells what the program made of each.

python -m hostile.run [--only PART] [--workers N] [--report FILE]     (tools/hostile.sh sets the paths)
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hostile import labels, reviewed, settings, sheets_ods, tables, workbooks
from hostile.variant import ANY, SAME, Variant, laid

SMALL = Path(__file__).parents[1] / "projects" / "small"
SECONDS, BYTES = 60, 3 * 1024**3
Values = Mapping[str, float]


@dataclass(frozen=True)
class Outcome:
    name: str
    fault: str
    """Empty where all is well."""
    code: int
    rules: tuple[str, ...]
    seconds: float
    megabytes: int
    said: str
    processor: float = 0
    """Seconds of it and of all its children."""


def all_variants(sent_out: bytes) -> list[Variant]:
    """`sent_out`: a Word file that went out for review; without it no variants of Word files."""
    found = [v for part in (tables, workbooks, sheets_ods, settings, labels) for v in part.variants()]
    found += [*(reviewed.variants(sent_out) if sent_out else ()), *reviewed.other_files()]
    names = [v.name for v in found]
    assert len(set(names)) == len(names), sorted({n for n in names if names.count(n) > 1})
    return found


def command_of(variant: Variant, root: Path) -> list[str]:
    sent = str(root.parent / variant.sent_as)
    more = ["--log-format", "json", "--messages", "en"]
    match variant.command:
        case "check":
            return ["check", str(root), *more]
        case "build":
            return ["build", str(root), "--jobs", "1", *more]
        case "import":
            return ["review", "import", sent, "--project", str(root), "--as", "Ana", "--date", "2025-02-01", "--dry-run", *more]
        case "form":
            return ["form", "read", sent, "--project", str(root), "--messages", "en"]
        case "decide":
            return ["review", "decide", "--from", sent, "--project", str(root), "--by", "Ana", *more]


def call(words: Sequence[str]) -> tuple[int, str]:
    """Exit code and everything printed."""
    from bulletin.cli import app
    from bulletin.cli.usage import UsageError

    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = app(list(words), prog_name="bulletin", standalone_mode=False)
        except UsageError as error:
            return 2, f"{out.getvalue()}usage: {error}"
        except SystemExit as stop:
            code = stop.code
    return int(code or 0), out.getvalue()


def values_of(root: Path) -> dict[str, float]:
    """Figures that go into the bulletin, by key."""
    from bulletin.model.dataset import KEY
    from bulletin.pipeline.prepare import prepare
    from bulletin.pipeline.progress import silent

    frame = prepare(root, silent).observations.frame
    keys = frame[list(KEY)].astype(str).agg("|".join, axis=1)
    return {str(k): float(v) for k, v in zip(keys, frame["value"], strict=True) if v == v}


def judged(variant: Variant, code: int, said: str, root: Path, good: Values) -> tuple[str, tuple[str, ...]]:
    """What is wrong with the answer, and the rules that were told."""
    told = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    errors = [t for t in told if t.get("event") == "finding" and t.get("severity") == "error"]
    rules = tuple(dict.fromkeys(str(t["rule"]) for t in errors))
    if rules == ("warnings-unexplained",):
        # Read, and no final edition is made until somebody has said why.
        errors = [t for t in told if t.get("event") == "finding" and t.get("severity") == "warning"]
        rules = tuple(dict.fromkeys(str(t["rule"]) for t in errors))
        code = 1 if set(rules) & set(variant.expected) else 0
    if "Traceback" in said or any(t.get("event") == "unexpected" for t in told) or "technical details" in said:
        return "traceback", rules
    asks = variant.command == "import" and any(t.get("event") == "question" for t in told)
    if asks and not rules:
        # Taken in; questions that are open end the command with 1.
        code = 0
    refused = code != 0
    if variant.command in ("form", "decide"):
        return ("" if refused else "accepted"), rules
    if refused and not rules:
        return "refused without a rule", rules
    if refused and not set(rules) & set(variant.expected):
        return f"refused by {', '.join(rules[:4])}, not by {', '.join(variant.expected) or 'nothing'}", rules
    if refused:
        messages = [str(t["message"]) for t in errors if t["rule"] in variant.expected]
        if any(";" not in m for m in messages):
            return "no remedy", rules
        named = [m for m in messages if ":" in m.partition(" ")[0] or ": " in m]
        if variant.files and not named:
            return "no file named", rules
        return (
            "" if not variant.cell or any(c.isdigit() for m in named for c in m.partition(": ")[0]) else "no cell named"
        ), rules
    if SAME not in variant.expected and ANY not in variant.expected:
        return "accepted", rules
    if variant.command == "build":
        return live(root / "out"), rules
    if variant.command == "import":
        return "", rules
    found = values_of(root)
    if SAME in variant.expected and dict(good) != found:
        return "other numbers", rules
    wrong = [k for k, v in found.items() if good.get(k) != v]
    return (f"wrong numbers: {wrong[:3]}" if wrong and not variant.name.startswith("yaml-") else ""), rules


def live(out: Path) -> str:
    """Whether anything in finished files would run or be fetched."""
    import zipfile

    import pikepdf

    for path in sorted(out.glob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                raw = archive.read(name)
                if b"127.0.0.1" in raw and name.endswith(".rels"):
                    return f"{path.name}!{name} points outside"
                if b"<script" in raw:
                    return f"{path.name}!{name} has a script"
    for path in sorted(out.glob("*.pdf")):
        with pikepdf.open(path) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and any(k in thing for k in ("/JS", "/Launch")):
                    return f"{path.name} has an action"
                if isinstance(thing, pikepdf.Dictionary) and "127.0.0.1" in str(thing.get("/URI", "")):
                    return f"{path.name} points outside"
    return ""


def tried(variant: Variant, project: Path, good: Values) -> Outcome:
    """In a child of this process, which has read all libraries already; its own children are measured with it."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as place:
        root = Path(place) / "projeto"
        shutil.copytree(project, root, symlinks=True)
        answer = Path(place) / "answer.json"
        began = time.monotonic()
        child = os.fork()
        if not child:
            try:
                os.setpgid(0, 0)
                laid(variant, root)
                if variant.sent_as:
                    (Path(place) / variant.sent_as).write_bytes(variant.sent)
                code, said = call(command_of(variant, root))
                fault, rules = judged(variant, code, said, root, good)
                answer.write_text(json.dumps([fault, code, rules, said[-3000:]]), encoding="utf-8")
            except BaseException as error:
                answer.write_text(json.dumps([f"traceback: {type(error).__name__}: {error}"[:500], -1, [], ""]), encoding="utf-8")
            finally:
                os._exit(0)
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
        signal.alarm(SECONDS * 4)
        _, status, usage = os.wait4(child, 0)
        signal.alarm(0)
        seconds = time.monotonic() - began
        processor = usage.ru_utime + usage.ru_stime
        if answer.is_file():
            fault, code, rules, said = json.loads(answer.read_text(encoding="utf-8"))
        else:
            fault, code, rules, said = f"ended by signal {status}", -1, (), ""
        if not fault and processor > SECONDS:
            fault = f"took {processor:.0f} s"
        if not fault and usage.ru_maxrss * 1024 > BYTES:
            fault = f"took {usage.ru_maxrss // 1024} MB"
        megabytes = usage.ru_maxrss // 1024
        said = said if fault else ""
        return Outcome(variant.name, fault, code, tuple(rules), round(seconds, 1), megabytes, said, round(processor, 1))


def sent_out(folder: Path, *, wanted: bool) -> tuple[Path, bytes]:
    """The small project, where it is wanted after it has gone out for review, and the Word file that went out."""
    root = folder / "projeto"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("out", "work"))
    if not wanted:
        return root, b""
    child = os.fork()
    if not child:  # what a build loads would count as the memory of every variant
        code, said = call(["build", str(root), "--for-review", "--format", "docx", "--language", "pt", "--jobs", "1"])
        print(said if code else "", end="", flush=True)
        os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    return root, next((root / "review" / "out").glob("*.docx")).read_bytes()


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="", help="variants whose name begins so")
    asked.add_argument("--report", type=Path)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as place:
        project, word = sent_out(Path(place), wanted=not said.only or said.only.startswith("docx"))
        shutil.rmtree(project / "out", ignore_errors=True)
        good = values_of(project)
        outcomes = list(_all([v for v in all_variants(word) if v.name.startswith(said.only)], project, good))
    faults = [o for o in outcomes if o.fault]
    print(
        f"{len(outcomes)} variants, {len(faults)} faults, tracebacks {sum('traceback' in o.fault for o in faults)}, wrong numbers "
        f"{sum('numbers' in o.fault for o in faults)}; longest {max(o.processor for o in outcomes)} s of the processor, largest {max(o.megabytes for o in outcomes)} MB; "
        f"refused {sum(o.code != 0 for o in outcomes)}, read {sum(o.code == 0 for o in outcomes)}"
    )
    if said.report:
        said.report.write_text(json.dumps([asdict(o) for o in outcomes], indent=1, ensure_ascii=False), encoding="utf-8")
    return 1 if faults else 0


def _all(chosen: Sequence[Variant], project: Path, good: Values) -> Iterator[Outcome]:
    for variant in chosen:
        outcome = tried(variant, project, good)
        if outcome.fault or os.environ.get("VERBOSE"):
            print(
                f"{outcome.name}: {outcome.fault or 'well'} (exit {outcome.code}, {outcome.seconds} s) {', '.join(outcome.rules[:5])}",
                flush=True,
            )
            if outcome.fault:
                print("    " + outcome.said[-700:].replace("\n", "\n    "), flush=True)
        yield outcome


if __name__ == "__main__":
    sys.exit(main())
