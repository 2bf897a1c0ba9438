"""`bulletin doctor`: what this machine has and lacks."""

from __future__ import annotations

import platform
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bulletin import __version__
from bulletin.cache import has_text_engine
from bulletin.limits import READER_MEMORY, READER_SECONDS
from bulletin.pipeline.doctor_folder import examine_folder
from bulletin.pipeline.examined import Item, tried
from bulletin.pipeline.office import office
from bulletin.pipeline.versions import LIBRARIES, OPTIONAL, versions
from bulletin.shipped import shipped


def examine(project: Path | None = None) -> tuple[Item, ...]:
    """One item a check, in the order in which a build would need them; `project`: a folder that is looked at too."""
    checks = (_program, _libraries, _fonts, _letters, _themes, _pango, _engine, _folder, _limits, _console, _libreoffice)
    return (*(check() for check in checks), *(examine_folder(project) if project else ()))


def _program() -> Item:
    return Item(
        "program", "ok", f"bulletin {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    )


def _libraries() -> Item:
    absent = [name for name in LIBRARIES if versions()[name] == "absent" and name not in OPTIONAL]
    found = ", ".join(f"{n} {v}" for n, v in versions().items() if n not in ("bulletin", "python"))
    return Item("libraries", "missing" if absent else "ok", ", ".join(absent) or found)


def _fonts() -> Item:
    """The shipped faces are all there and can draw every character our languages need."""
    from fontTools.ttLib import TTFont

    needed = set("ÀÁÂÃÇÉÊÍÓÔÕÚÜàáâãçéêíóôõúüñ−≥≤–«»ºª‰\u00a0\u202f▲▼●■◆")
    lacking = []
    faces = sorted(shipped("config", "fonts").glob("*.ttf"))
    for path in faces:
        if path.name.startswith("SourceSans3-"):
            with TTFont(path, lazy=True) as font:
                cmap = font.getBestCmap()
                lacking += [f"{path.name}: {c!r}" for c in sorted(needed) if ord(c) not in cmap]
    if len(faces) < 10 or lacking:
        return Item("fonts", "missing", "; ".join(lacking) or f"{len(faces)}")
    return Item("fonts", "ok", f"{len(faces)} ({shipped('config', 'fonts').name})")


def _letters() -> Item:
    """Every letter of each language's own words stands in the text face."""
    from bulletin.write.measure import lacking

    told, wrong = list[str](), list[str]()
    for pack in sorted(shipped("config", "languages").glob("*.yaml")):
        texts = [pack, *sorted(shipped("bulletin_templates", "narrative", pack.stem).rglob("*.md"))]
        missing = sorted(lacking(set("".join(p.read_text(encoding="utf-8") for p in texts))))
        (wrong if missing else told).append(f"{pack.stem}: {' '.join(missing)}" if missing else pack.stem)
    return Item("letters", "missing" if wrong else "ok", "; ".join(wrong) or ", ".join(told))


def _themes() -> Item:
    """The shipped looks can be read by everybody, and their faces have the letters of every language."""
    from bulletin.load.theme import shipped_themes

    found = shipped_themes()
    wrong = [f"{name}: {fault.place.column} {fault.rule}" for name, faults in found.items() for fault in faults]
    return Item("themes", "missing" if wrong else "ok", "; ".join(wrong) or ", ".join(found))


def _pango() -> Item:
    """Only WeasyPrint's PDF needs it; where Typst can set the PDF it can be done without."""
    found = tried("pango", _weasyprint)
    return replace(found, state="optional") if found.state != "ok" and tried("engine", _typst).state == "ok" else found


def _engine() -> Item:
    """What makes the PDF unless another is asked for."""
    if has_pango():
        return Item("engine", "ok", "WeasyPrint")
    return tried("engine", _typst)


def _typst() -> str:
    import typst  # noqa: F401

    return f"Typst {versions()['typst']}"


def has_pango() -> bool:
    """Asked before every build. Where all its libraries answer, WeasyPrint need not be loaded to know."""
    return (versions()["weasyprint"] != "absent" and has_text_engine()) or _pango().state == "ok"


def _weasyprint() -> str:
    import weasyprint
    from weasyprint.text.ffi import pango

    return f"Pango {pango.pango_version() // 10000}.{pango.pango_version() // 100 % 100}, WeasyPrint {weasyprint.__version__}"


def _folder() -> Item:
    return tried("folder", _temporary)


def _temporary() -> str:
    with tempfile.NamedTemporaryFile(prefix="bulletin-") as probe:
        probe.write(b"x")
        return Path(probe.name).parent.name


def _limits() -> Item:
    """Of the process that reads files from elsewhere, each tried there."""
    from bulletin.isolated import LostError, Reader, in_force

    try:
        with Reader() as reader:
            held = reader.call(f"{in_force.__module__}:{in_force.__name__}")
    except LostError as lost:
        return Item("limits", "missing", str(lost))
    lacking = [name for name in ("time", "processor", "memory") if name not in held]
    amounts = f"{READER_SECONDS.most} s, {READER_MEMORY.most // 1024**2} MB"
    return Item(
        "limits", "optional" if lacking else "ok", f"{', '.join(held)} ({amounts})" + "".join(f"; – {n}" for n in lacking)
    )


def _console() -> Item:
    """Messages are printed whatever the console is; what it cannot show becomes a question mark."""
    encoding = (sys.__stdout__.encoding if sys.__stdout__ else "") or "utf-8"
    try:
        "ãçõº«»–".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return Item("console", "optional", encoding)
    return Item("console", "ok", encoding)


def _libreoffice() -> Item:
    """Needed only for page numbers in the contents of Word files."""
    found = office()
    return Item("libreoffice", "ok" if found else "optional", found.name if found else "–")
