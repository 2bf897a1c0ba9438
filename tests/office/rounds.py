"""A round of review written down as scripts: who changes what in LibreOffice, what the secretariat answers, and how it all ends.

Usage: python -m office.rounds PROJECT COPY [--write], with src and tests on PYTHONPATH. Makes the round in a new folder COPY and compares its end with
review/expected.txt of the project, or writes it there.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from ruamel.yaml import YAML

from bulletin.document.anchors import bookmark
from office.driver import Operation, started

ROUND = "review"
"""Folder of the scripts in a project."""
EXPECTED = "expected.txt"
DECISIONS = "decisions.yaml"
CHECKOUT = Path(__file__).parents[2]
SOURCE = CHECKOUT / "src"
UNTIL = 3600
"""Seconds that a command may take at most."""


@dataclass(frozen=True)
class Script:
    """What one reviewer does to one of the files sent out."""

    name: str
    reviewer: str
    language: str
    operations: tuple[Operation, ...]


def read_yaml(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return found


def scripts(project: Path) -> list[Script]:
    """By file name: the order in which the files are returned."""
    found = []
    for path in sorted((project / ROUND).glob("*.yaml")):
        said = read_yaml(path)
        if "edits" not in said:
            continue
        steps = [step for edit in said["edits"] for step in edit.items()]
        operations = [("author", said["reviewer"]), *((name, _placed(given, said["language"])) for name, given in steps)]
        found.append(Script(path.stem, said["reviewer"], said["language"], tuple(operations)))
    return found


def _placed(given: Any, language: str) -> Any:
    """A block becomes the bookmark that it has in the file, and the blank inside a number the one that the program writes."""
    if not isinstance(given, dict):
        return given
    found = {key: _spaced(text) if key in ("text", "words") else text for key, text in given.items() if key != "block"}
    return {"mark": bookmark(given["block"], language), **found}


def _spaced(text: str) -> str:
    return re.sub(r"(?<=\d) (?=\d{3})", "\u00a0", text)


def copied(project: Path, copy: Path) -> None:
    """Without what was made of it and without its round, as a draft."""
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("out", "work", "expected", ROUND))
    _status(copy, "draft")


def _status(copy: Path, status: str) -> None:
    path = copy / "bulletin.yaml"
    path.write_text(re.sub(r"^status: \w+", f"status: {status}", path.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")


def command(*words: str, code: int = 0) -> str:
    """What `bulletin` says; it has to end with `code`."""
    done = subprocess.run(
        [sys.executable, "-m", "bulletin", *words, "--messages", "pt"],
        capture_output=True, text=True, check=False, timeout=UNTIL, env={**os.environ, "PYTHONPATH": str(SOURCE), "COLUMNS": "130"},
    )  # fmt: skip
    if done.returncode != code:
        raise RuntimeError(f"bulletin {' '.join(words)}: {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def edit(project: Path, copy: Path, folder: Path) -> list[Path]:
    """What the reviewers send back."""
    found = []
    with started(folder) as office:
        for script in scripts(project):
            (sent,) = (copy / "review" / "out").glob(f"*-{script.language}-review.docx")
            found.append(office.edit(sent, folder / f"{script.name}.docx", script.operations))
    return found


def answer(sheet: Path, answers: list[dict[str, Any]], words: dict[str, str]) -> None:
    """Fills in the sheet; `words`: messages in its language. Every question has one answer, and every answer its question."""
    book = load_workbook(sheet)
    rows = list(book.active.iter_rows())
    at = next(n for n, row in enumerate(rows) if str(row[0].value).startswith("bulletin:decisions"))
    heads = {str(cell.value): n for n, cell in enumerate(rows[at])}
    left = list(answers)
    for row in rows[at + 2 :]:
        said = {name: str(row[n].value or "") for name, n in heads.items()}
        given = next((a for a in left if all(_is_said(said[k], k, t, words) for k, t in a.items() if k in ASKED)), None)
        if given is None:
            raise LookupError(f"no answer to {said}")
        left.remove(given)
        for name in ("answer", "text", "note"):
            row[heads[name]].value = given.get(name)
    if left:
        raise LookupError(f"no question for {left}")
    book.save(sheet)


ASKED = ("kind", "block", "language", "new")
"""What tells a question from others."""


def _is_said(said: str, column: str, meant: str, words: dict[str, str]) -> bool:
    return said.replace("\u00a0", " ") == (words[f"review_kind_{meant}"] if column == "kind" else meant)


def put_right(copy: Path, changes: list[dict[str, str]]) -> None:
    for change in changes:
        path = copy / change["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(change["old"]) == 1, change
        path.write_text(text.replace(change["old"], change["new"]), encoding="utf-8")


def translate(copy: Path, edition: str, translations: dict[str, dict[str, Any]]) -> None:
    """What a person writes into overrides/ by hand: new entries, and other words for those that are there."""
    yaml = YAML()
    for language, entries in translations.items():
        path = copy / "overrides" / edition / f"{language}.yaml"
        tree = yaml.load(path.read_text(encoding="utf-8"))
        for block, entry in entries.items():
            tree["blocks"].setdefault(block, {}).update(entry)
        with path.open("w", encoding="utf-8") as file:
            yaml.dump(tree, file)


def replay(project: Path, copy: Path, folder: Path) -> str:
    """The whole round in a new folder `copy`; `folder`: for the files on their way. Returns what it came to."""
    said, words = read_yaml(project / ROUND / DECISIONS), read_yaml(CHECKOUT / "config" / "messages" / "pt.yaml")
    edition = str(read_yaml(project / "bulletin.yaml")["id"])
    signed = ("--by", said["by"], "--date", str(said["date"]))
    copied(project, copy)
    command("build", str(copy), "--for-review")
    files = [str(path) for path in edit(project, copy, folder)]
    command("review", "import", *files, "--project", str(copy), code=1)
    sheet = folder / "decisions.xlsx"
    command("review", "decide", "--sheet", str(sheet), "--project", str(copy))
    answer(sheet, said["answers"], words)
    command("review", "decide", "--from", str(sheet), "--project", str(copy), *signed)
    put_right(copy, said["data"])
    translate(copy, edition, said["translations"])
    command("translations", str(copy), "--confirm", "all")
    again = command("review", "import", *files, "--project", str(copy))
    _status(copy, "final")
    command("build", str(copy), "--format", "docx")
    status = folder / "status.json"
    command("review", "status", str(copy), "--report", "json", "--output", str(status))
    command("review", "close", str(copy), *signed)
    return "".join(f"{line}\n" for line in told(copy, edition, json.loads(status.read_text(encoding="utf-8")), again))


def told(copy: Path, edition: str, status: dict[str, Any], again: str) -> Iterator[str]:
    """What the round came to, without dates, ids and digests."""
    touched: dict[str, set[str]] = {}
    for path in sorted((copy / "review").glob("*/import.json"), key=lambda p: json.loads(p.read_bytes())["who"]):
        made = json.loads(path.read_text(encoding="utf-8"))
        yield f"# {made['who']}"
        for each in made["edits"]:
            change = each["change"]
            if change["kind"] != "format":
                yield f"{change['kind']} {change['block']} ({change['language']})"
        queries = [*made.get("queries", []), *(q for e in made["edits"] for q in e["change"].get("queries", []))]
        for q in queries:
            touched.setdefault(q["language"], set()).add(q["block"])
            yield f"question {q['kind']} {q['block']} ({q['language']}): {q.get('old') or '–'} → {q.get('new') or '–'}"
        for r in made["remarks"]:
            yield f"comment {r['block']} ({r['language']}): {r['text']}{' [resolved]' if r.get('resolved') else ''}"
    yield "# Decisions"
    for q in sorted(status["questions"], key=lambda q: (q["kind"], q["block"], q["language"], q.get("new", ""))):
        yield f"{q['kind']} {q['block']} ({q['language']}): {q['state']}, {q.get('answer') or '–'}"
    yield "# Overrides"
    for path in sorted((copy / "overrides" / edition).glob("*.yaml")):
        for block, entry in sorted(read_yaml(path)["blocks"].items()):
            touched.setdefault(path.stem, set()).add(block)
            by = ", ".join(dict.fromkeys(r["author"] for r in entry.get("by", ()))) or "–"
            yield f"{path.stem} {block}: {entry['action']}, {entry.get('state', 'applied')}, {by}"
    yield "# Printed"
    for language, blocks in sorted(touched.items()):
        for line in (copy / "work" / f"document.{language}.txt").read_text(encoding="utf-8").splitlines():
            name = re.match(r"(?:- )?\{([^}]+)\}", line)
            if name and (name[1] in blocks or name[1].rpartition(".")[0] in blocks):
                yield f"{language} {line}"
    yield "# State"
    left = {name: len(status[name]) for name in ("open", "stale", "undecided") if name in status}
    left["comments"] = sum(r["state"] == "open" for r in status.get("comments", []))
    yield ", ".join(f"{name} {count}" for name, count in left.items())
    closed = json.loads((copy / "review" / "closed.json").read_text(encoding="utf-8"))["editions"][edition]
    yield f"closed by {closed['by']}, {len(closed['files'])} files"
    yield from (re.sub(r"\d{4}-\d\d-\d\d-", "", line) for line in again.splitlines())


def main(project: Path, copy: Path, write: bool) -> int:
    with tempfile.TemporaryDirectory() as folder:
        now = replay(project, copy, Path(folder))
    expected = project / ROUND / EXPECTED
    if write:
        expected.write_text(now, encoding="utf-8", newline="\n")
        return 0
    lines = difflib.unified_diff(
        expected.read_text(encoding="utf-8").splitlines(), now.splitlines(), "expected", "now", lineterm=""
    )
    found = "\n".join(lines)
    sys.stdout.write(f"{found or 'as expected'}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), "--write" in sys.argv[3:]))
