"""What changed between two built folders, for a person to read: `difference.py OLD NEW REPORT.html [--explained] [--pages N]`.

Numbers by fact, sentences by paragraph, rows of the table, and the pages that look otherwise, side by side with the change marked, in one
HTML file that asks for nothing else. Exit code 1 where something differs, unless `--explained` says that it was meant.
"""

from __future__ import annotations

import argparse
import base64
import difflib
import html
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from bulletin.document.wording import wording_of  # noqa: E402

RESOLUTION = 60
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1d2733; background: #fff }
h1 { font-size: 1.6rem; margin: 0 0 .3rem } h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; border-bottom: 2px solid #1d2733 }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem } p, li { max-width: 60rem } code { font-size: .9em; overflow-wrap: anywhere }
.wide table { table-layout: fixed; overflow-wrap: anywhere } .wide th:first-child { width: 22% }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ccd3da }
th { font-weight: 600 } td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
del { background: #fde2df; color: #7a1a12; text-decoration: line-through } ins { background: #dcf2e1; color: #0f5124; text-decoration: none }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin: .6rem 0 2rem } figure { margin: 0 }
figcaption { font-size: .9rem; color: #4a5866 } img { width: 100%; height: auto; border: 1px solid #ccd3da; display: block }
.none { border: 1px dashed #ccd3da; padding: 2rem; color: #4a5866 } .sum td:first-child { width: 18rem }
.wide { overflow-x: auto }
@media (max-width: 50rem) { .pair { grid-template-columns: 1fr } }
"""


@dataclass(frozen=True)
class Part:
    """A section of the report."""

    title: str
    count: int
    body: str


def records(folder: Path, name: str) -> dict[str, object]:
    path = folder / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def words(old: str, new: str) -> tuple[str, str]:
    """Both with what is not in the other marked, word by word."""
    a, b = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    left, right = [], []
    for what, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        gone, come = html.escape("".join(a[a1:a2])), html.escape("".join(b[b1:b2]))
        left.append(gone if what == "equal" or not gone else f"<del>{gone}</del>")
        right.append(come if what == "equal" or not come else f"<ins>{come}</ins>")
    return "".join(left), "".join(right)


def rows(head: Sequence[str], lines: Sequence[tuple[str, str, str]], figures: bool = False) -> str:
    if not lines:
        return "<p>Nothing differs.</p>"
    kind = ' class="n"' if figures else ""
    said = "".join(
        f"<tr><td><code>{html.escape(name)}</code></td><td{kind}>{a}</td><td{kind}>{b}</td></tr>"
        for name, (a, b) in ((name, words(old, new)) for name, old, new in lines)
    )
    return f'<div class="wide"><table><tr>{"".join(f"<th>{h}</th>" for h in head)}</tr>{said}</table></div>'


def numbers(old: Path, new: Path) -> Part:
    """Printed texts and unrounded values of every fact."""

    def read(folder: Path) -> dict[str, str]:
        facts = records(folder, "facts.json").get("facts", [])
        assert isinstance(facts, list)
        return {
            f["id"]: f"{f['value']!r} {f['unit']}"
            + "".join(f" · {language}: {' | '.join(t)}" for language, t in f["texts"].items())
            + (" (" + ", ".join(s for s in f["obs_status"] if s != "A") + ")" if set(f["obs_status"]) - {"A"} else "")
            for f in facts
        }

    lines = unlike(read(old), read(new))
    return Part("Numbers", len(lines), rows(("fact", "old", "new"), lines))


def unlike(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """In the order of the new one; what went stands last."""
    names = [*new, *(n for n in old if n not in new)]
    return [(n, old.get(n, ""), new.get(n, "")) for n in names if old.get(n) != new.get(n)]


def sentences(old: Path, new: Path) -> Part:
    names = sorted({p.name for folder in (old, new) for p in folder.glob("*.*.json")})
    lines = []
    for name in names:
        before, after = (wording_of(records(folder, name)) for folder in (old, new))  # type: ignore[arg-type]
        lines += [(f"{name.removesuffix('.json')} {block}", a, b) for block, a, b in unlike(before, after)]
    return Part("Sentences", len(lines), rows(("paragraph", "old", "new"), lines))


def table(old: Path, new: Path) -> Part:
    def read(folder: Path) -> list[str]:
        path = folder / "table.csv"
        return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []

    a, b = read(old), read(new)
    lines = []
    for what, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what != "equal":
            for n in range(max(a2 - a1, b2 - b1)):
                gone, come = a[a1 + n] if a1 + n < a2 else "", b[b1 + n] if b1 + n < b2 else ""
                lines.append((f"row {b1 + n + 1}", gone, come))
    return Part("Rows of table.csv", len(lines), rows(("", "old", "new"), lines))


def files(old: Path, new: Path) -> Part:
    names = sorted({p.name for folder in (old, new) for p in folder.iterdir() if p.is_file()})
    told = []
    for name in names:
        a, b = ((folder / name).read_bytes() if (folder / name).is_file() else None for folder in (old, new))
        if a != b:
            told.append((name, "–" if a is None else f"{len(a)} bytes", "–" if b is None else f"{len(b)} bytes"))
    return Part(f"Files ({len(names)} in all)", len(told), rows(("file", "old", "new"), told, figures=True))


def versions(old: Path, new: Path) -> Part:
    before, after = (records(folder, "manifest.json").get("versions", {}) for folder in (old, new))
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    lines = unlike({k: str(v) for k, v in before.items()}, {k: str(v) for k, v in after.items()})
    return Part("Versions of libraries", len(lines), rows(("library", "old", "new"), lines, figures=True))


def pictures(pdf: Path, folder: Path) -> list[Path]:
    """A PNG of every page, in order."""
    folder.mkdir()
    if pdf.is_file():
        subprocess.run(["pdftoppm", "-r", str(RESOLUTION), "-png", str(pdf), str(folder / "p")], check=True)
    return sorted(folder.glob("*.png"), key=lambda p: int(re.sub(r"\D", "", p.stem) or 0))


def pages(old: Path, new: Path, most: int) -> Iterator[Part]:
    names = sorted({p.name for folder in (old, new) for p in folder.glob("*.pdf")})
    if not shutil.which("pdftoppm"):
        yield Part("Pages", 0, "<p>absent: pdftoppm (package poppler-utils) is not on this machine, so no page was compared.</p>")
        return
    for name in names:
        with tempfile.TemporaryDirectory(prefix="bulletin-") as place:
            a, b = (pictures(folder / name, Path(place) / kind) for folder, kind in ((old, "old"), (new, "new")))
            found = list(paired([p.read_bytes() for p in a], [p.read_bytes() for p in b]))
            shown = "".join(
                f'<h3>{html.escape(name)}</h3><div class="pair">{figure(a, n, m, "old")}{figure(b, m, n, "new")}</div>'
                for (n, m), (a, b) in ((places, marked(a, b, places)) for places in found[:most])
            )
            more = f"<p>… and {len(found) - most} more pages.</p>" if len(found) > most else ""
            yield Part(f"Pages of {name} ({len(b)})", len(found), shown + more or "<p>All pages look the same.</p>")


def paired(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[tuple[int | None, int | None]]:
    """Places of the pages that differ; a page put in or taken out has no partner and does not make all later ones differ."""
    for what, a1, a2, b1, b2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            for n in range(max(a2 - a1, b2 - b1)):
                yield a1 + n if a1 + n < a2 else None, b1 + n if b1 + n < b2 else None


def marked(old: Sequence[Path], new: Sequence[Path], places: tuple[int | None, int | None]) -> tuple[bytes, bytes]:
    """Both pictures, with a tint over the lines in which they differ; empty where there is no page."""
    from PIL import Image, ImageChops

    n, m = places
    found = [Image.open(s[i]).convert("RGB") if i is not None else None for s, i in ((old, n), (new, m))]
    a, b = found
    if a is not None and b is not None and a.size == b.size:
        changed = ImageChops.difference(a, b).convert("L").point(lambda v: 255 if v > 24 else 0)
        bands = lines_of([changed.crop((0, y, a.width, y + 1)).getbbox() for y in range(a.height)])
        for picture, tint in ((a, (250, 200, 195)), (b, (190, 235, 200))):
            for top, bottom, left, right in bands:
                box = (max(left - 4, 0), max(top - 3, 0), min(right + 4, a.width), min(bottom + 3, a.height))
                area = picture.crop(box)
                picture.paste(ImageChops.multiply(area, Image.new("RGB", area.size, tint)), box)
    return tuple(saved(p) for p in found)  # type: ignore[return-value]


def lines_of(rows: Sequence[tuple[int, int, int, int] | None]) -> list[tuple[int, int, int, int]]:
    """Neighbouring rows of changed pixels as bands: top, bottom, left, right."""
    bands: list[list[int]] = []
    for y, box in enumerate(rows):
        if box is None:
            continue
        if bands and y - bands[-1][1] <= 4:
            last = bands[-1]
            last[1:] = [y + 1, min(last[2], box[0]), max(last[3], box[2])]
        else:
            bands.append([y, y + 1, box[0], box[2]])
    return [(a, b, c, d) for a, b, c, d in bands]


def saved(picture: object) -> bytes:
    if picture is None:
        return b""
    stream = io.BytesIO()
    picture.quantize(64).save(stream, "PNG", optimize=True)  # type: ignore[attr-defined]
    return stream.getvalue()


def figure(data: bytes, page: int | None, other: int | None, side: str) -> str:
    if not data or page is None:
        return f'<figure><div class="none">not in the {side} edition</div></figure>'
    says = f"{side}, page {page + 1}"
    alt = f"Picture of {says}" + ("" if other is None else ", changed lines tinted")
    return f'<figure><img alt="{alt}" src="data:image/png;base64,{base64.b64encode(data).decode()}"><figcaption>{says}</figcaption></figure>'


def report(old: Path, new: Path, most: int) -> tuple[str, list[Part]]:
    parts = [files(old, new), numbers(old, new), sentences(old, new), table(old, new), *pages(old, new, most), versions(old, new)]
    names = [f"{records(f, 'manifest.json').get('edition', {}).get('id', f.name)}" for f in (old, new)]  # type: ignore[attr-defined]
    summary = "".join(
        f'<tr><td><a href="#p{i}">{html.escape(p.title)}</a></td><td>{p.count or "no"} difference{"s" if p.count != 1 else ""}</td></tr>'
        for i, p in enumerate(parts)
    )
    body = "".join(
        f'<section id="p{i}"><h2>{html.escape(p.title)}: {p.count}</h2>{p.body}</section>' for i, p in enumerate(parts)
    )
    title = f"What changed: {names[0]} → {names[1]}"
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
        f"<title>{html.escape(title)}</title><style>{STYLE}</style><main><h1>{html.escape(title)}</h1>"
        f'<table class="sum">{summary}</table>{body}</main></html>\n'
    )
    return page, parts


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("old", type=Path)
    options.add_argument("new", type=Path)
    options.add_argument("report", type=Path)
    options.add_argument("--explained", action="store_true")
    options.add_argument("--pages", type=int, default=40, help="pages shown of each PDF")
    given = options.parse_args()
    page, parts = report(given.old, given.new, given.pages)
    given.report.write_text(page, encoding="utf-8", newline="\n")
    for part in parts:
        print(f"{part.title}: {part.count}")
    return int(any(p.count for p in parts) and not given.explained)


if __name__ == "__main__":
    sys.exit(main())
