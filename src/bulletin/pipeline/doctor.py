"""`bulletin doctor`: what this machine has and lacks."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bulletin import __version__
from bulletin.pipeline.office import office
from bulletin.pipeline.versions import LIBRARIES, OPTIONAL, versions
from bulletin.shipped import shipped

State = Literal["ok", "missing", "optional"]


@dataclass(frozen=True)
class Item:
    name: str
    """Key of its texts in the messages: `doctor_<name>`, `fix_<name>`."""
    state: State
    detail: str


def examine() -> tuple[Item, ...]:
    """One item a check, in the order in which a build would need them."""
    return tuple(check() for check in (_program, _libraries, _fonts, _themes, _pango, _engine, _folder, _libreoffice))


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


def _themes() -> Item:
    """The shipped looks can be read by everybody, and their faces have the letters of every language."""
    from bulletin.load.theme import shipped_themes

    found = shipped_themes()
    wrong = [f"{name}: {fault.place.column} {fault.rule}" for name, faults in found.items() for fault in faults]
    return Item("themes", "missing" if wrong else "ok", "; ".join(wrong) or ", ".join(found))


def _pango() -> Item:
    """Only WeasyPrint's PDF needs it."""
    return _try("pango", _weasyprint)


def _engine() -> Item:
    """What makes the PDF unless another is asked for."""
    if has_pango():
        return Item("engine", "ok", "WeasyPrint")
    return _try("engine", _typst)


def _typst() -> str:
    import typst  # noqa: F401

    return f"Typst {versions()['typst']}"


def has_pango() -> bool:
    return _pango().state == "ok"


def _weasyprint() -> str:
    import weasyprint
    from weasyprint.text.ffi import pango

    return f"Pango {pango.pango_version() // 10000}.{pango.pango_version() // 100 % 100}, WeasyPrint {weasyprint.__version__}"


def _folder() -> Item:
    return _try("folder", _temporary)


def _temporary() -> str:
    with tempfile.NamedTemporaryFile(prefix="bulletin-") as probe:
        probe.write(b"x")
        return Path(probe.name).parent.name


def _libreoffice() -> Item:
    """Needed only for page numbers in the contents of Word files."""
    found = office()
    return Item("libreoffice", "ok" if found else "optional", found.name if found else "–")


def _try(name: str, probe: Callable[[], str]) -> Item:
    try:
        return Item(name, "ok", probe())
    except (OSError, ImportError) as fault:
        return Item(name, "missing", str(fault).splitlines()[0][:120])
