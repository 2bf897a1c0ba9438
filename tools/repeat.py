"""Builds tests/projects/small anew under other clocks, zones, locales, users, folders and fonts, and compares every byte of every file.

`repeat.py [--only NAME…] [--reference OUT]`; OUT: a folder built from the small project as it stands, instead of a build of its own
with the leaflet and the workbook of a long table. Exit code 1 where a file differs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

FORMATS = ("pdf", "docx", "xlsx", "data", "html")

CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
#define AHEAD 252500000
static int (*real)(clockid_t, struct timespec *);
int clock_gettime(clockid_t id, struct timespec *at) {
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int found = real(id, at);
    if (!found && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) at->tv_sec += AHEAD;
    return found;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
"""
"""Eight years ahead, for the interpreter and every library; not for the kernel, which dates files."""

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Setting:
    """What is other than usual."""

    environment: Mapping[str, str] = field(default_factory=dict)
    folder: str = "small"
    clock: bool = False
    home: bool = False
    """A user of whom nothing is known, with a home of which nothing is kept."""
    fonts: str = ""
    """`none`: no fonts of the system; `false`: faces that bear the names of ours and look otherwise."""
    jobs: int = 1


EVERYTHING = Setting(
    {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "4242"},
    "São Tomé, edição 1",
    clock=True,
    home=True,
    fonts="false",
    jobs=2,
)
SETTINGS: Mapping[str, Setting] = {
    "again": Setting(),
    "clock": Setting(clock=True),
    "zone": Setting({"TZ": "Pacific/Auckland"}),
    "locale C": Setting({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "locale C.UTF-8": Setting({"LC_ALL": "C.UTF-8"}),
    "hash seed": Setting({"PYTHONHASHSEED": "1"}),
    "user": Setting({"USER": "somebody", "LOGNAME": "somebody", "USERNAME": "somebody"}, home=True),
    "folder": Setting(folder="Boletim de São Tomé e Príncipe"),
    "no fonts": Setting(fonts="none"),
    "other fonts": Setting(fonts="false"),
    "two workers": Setting(jobs=2),
    "everything": EVERYTHING,
}


def false_fonts(folder: Path) -> None:
    """DejaVu under the names of the shipped faces."""
    import matplotlib
    from fontTools.ttLib import TTFont

    folder.mkdir(parents=True, exist_ok=True)
    drawn = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    for face in sorted((ROOT / "config" / "fonts").glob("*.ttf")):
        with TTFont(face, lazy=True) as ours, TTFont(drawn) as font:
            font["name"].names = [r for r in ours["name"].names if r.nameID in (1, 2, 4, 6, 16, 17)]
            font["OS/2"].usWeightClass = ours["OS/2"].usWeightClass
            font.save(folder / f"False-{face.name}")


def other_clock(place: Path) -> str:
    """A library that goes before the system's; needs a C compiler."""
    source, library = place / "clock.c", place / "clock.so"
    source.write_text(CLOCK, encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    asked = [sys.executable, "-c", "import datetime, time; print(datetime.datetime.now().year, time.gmtime().tm_year)"]
    years = subprocess.run(
        asked, env={**os.environ, "LD_PRELOAD": str(library)}, capture_output=True, text=True, check=True
    ).stdout.split()
    now = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    assert all(int(year) - int(before) == 8 for year, before in zip(years, now, strict=True)), (years, now)
    return str(library)


def environment(setting: Setting, place: Path) -> dict[str, str]:
    given = {k: v for k, v in os.environ.items() if k not in ("PYTHONHASHSEED", "LC_ALL", "LANG", "TZ", "FONTCONFIG_FILE")}
    if setting.clock:
        given["LD_PRELOAD"] = other_clock(place)
    if setting.home:
        (place / "casa").mkdir()
        given |= {
            name: str(place / "casa") for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "TMPDIR", "TMP")
        }
    if setting.fonts:
        false_fonts(place / "fonts") if setting.fonts == "false" else (place / "fonts").mkdir()
        folders = f"<dir>{place / 'fonts'}</dir>"
        (place / "fonts.conf").write_text(FONTS.format(folders=folders, cache=place / "fc"), encoding="utf-8")
        given["FONTCONFIG_FILE"] = str(place / "fonts.conf")
    return {**given, "PYTHONPATH": str(ROOT / "src"), **setting.environment}


def built(setting: Setting, place: Path, *, plain: bool) -> dict[str, str]:
    """Name of every file of the edition to its digest. `plain`: the small project as it stands."""
    place.mkdir(parents=True)
    project = place / setting.folder
    shutil.copytree(ROOT / "tests" / "projects" / "small", project, ignore=shutil.ignore_patterns("out", "work"))
    if not plain:
        with (project / "bulletin.yaml").open("a", encoding="utf-8") as stream:
            stream.write("longest_table: 3\nalso: [highlights]\n")
    command = [sys.executable, "-m", "bulletin", "build", str(project), "--jobs", str(setting.jobs), "--quiet"]
    command += [f"--format={name}" for name in FORMATS]
    ran = subprocess.run(command, env=environment(setting, place), capture_output=True, text=True, encoding="utf-8", check=False)
    if ran.returncode:
        raise SystemExit(f"{command}: exit code {ran.returncode}\n{ran.stderr}")
    return digests(project / "out")


def digests(out: Path) -> dict[str, str]:
    files = sorted(p for p in out.rglob("*") if p.is_file())
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", nargs="*", choices=SETTINGS, default=list(SETTINGS))
    options.add_argument("--reference", type=Path)
    given = options.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="bulletin-repeat-") as folder:
        plain = given.reference is not None
        reference = digests(given.reference) if plain else built(Setting(), Path(folder) / "reference", plain=False)
        for name in given.only:
            found = built(SETTINGS[name], Path(folder) / name, plain=plain)
            differ = sorted(n for n in reference | found if reference.get(n) != found.get(n))
            wrong += bool(differ)
            print(f"{name}: {len(found)} files, {'the same bytes' if not differ else 'other: ' + ', '.join(differ)}", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
