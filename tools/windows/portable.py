"""Makes the portable ZIP for Windows: `portable.py PYTHON.zip RESULT.zip [--libraries FOLDER]`; runs on any system.

PYTHON.zip: the "embeddable package" of python.org, 64 bits, of the same version as the interpreter that runs this. The libraries are the
wheels of requirements/run.lock for Windows, checked by their hashes; `--libraries` takes a folder where they lie already. The result holds
Python, the libraries, the program with its fonts and Typst, the example, and command files. It writes nothing outside its folder.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from bulletin.write.zipped import zipped  # noqa: E402

TOP = "bulletin"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
NOT_NEEDED = ("tests", "test", "__pycache__", "bin")
"""Folders of libraries that no build reads."""


def paths(python: list[str]) -> str:
    """The file `python3xx._pth`: with it Python looks nowhere else, whatever the machine has installed or set."""
    archive = next(n for n in python if re.fullmatch(r"python3\d+\.zip", n))
    return "\r\n".join((archive, ".", r"..\lib", r"..\program", ""))


def libraries(folder: Path) -> None:
    """Wheels only: nothing is built, and no code of a package runs. Elsewhere than on Windows uv chooses the files for Windows."""
    lock = str(ROOT / "requirements" / "run.lock")
    common = ["--require-hashes", "--only-binary", ":all:", "--target", str(folder), "-r", lock]
    if sys.platform == "win32":
        command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile", *common]
    else:
        command = ["uv", "pip", "install", "--python-platform", "x86_64-pc-windows-msvc", "--python-version", VERSION, *common]
    subprocess.run(command, check=True)


def contents(python: Path, lib: Path) -> Iterator[tuple[str, bytes]]:
    """Path inside the ZIP, and what stands there."""
    with zipfile.ZipFile(python) as embedded:
        names = [n for n in embedded.namelist() if not n.endswith("/")]
        for name in names:
            if name.endswith("._pth"):
                yield f"python/{name}", paths(names).encode()
            else:
                yield f"python/{name}", embedded.read(name)
    yield from files(lib, "lib", NOT_NEEDED)
    yield from files(ROOT / "src" / "bulletin", "program/bulletin", ("__pycache__",))
    for name in ("config", "bulletin_templates"):
        yield from files(ROOT / name, f"program/bulletin/_shipped/{name}", ("__pycache__",))
    yield "program/bulletin/_shipped/requirements/run.lock", (ROOT / "requirements" / "run.lock").read_bytes()
    yield from files(ROOT / "examples" / "mozambique", "examples/mozambique", ("out", "work", "expected"))
    for language, name in (("pt", "LEIA-ME.txt"), ("en", "README.txt")):
        yield name, text(ROOT / "docs" / language / "windows.md")
    yield "LICENSE.txt", text(ROOT / "LICENSE")
    for path in sorted(Path(__file__).parent.glob("*.cmd")):
        yield path.name, text(path)


def files(folder: Path, name: str, without: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not set(inside.parts) & set(without) and path.suffix != ".pyc" and not path.name.startswith("."):
            yield f"{name}/{inside.as_posix()}", path.read_bytes()


def text(path: Path) -> bytes:
    """As Notepad and the command window want it: lines end with CR LF."""
    return path.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("python", type=Path)
    options.add_argument("result", type=Path)
    options.add_argument("--libraries", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bulletin-") as folder:
        lib = given.libraries or Path(folder) / "lib"
        if given.libraries is None:
            libraries(lib)
        found = dict(contents(given.python, lib))
    longest = max(found, key=len)
    if len(longest) > 150:
        raise SystemExit(f"too long for a folder in Windows: {longest}")
    part = given.result.with_name(f"{given.result.name}.part")
    part.write_bytes(zipped({f"{TOP}/{name}": data for name, data in found.items()}))
    shutil.move(part, given.result)
    print(
        f"{given.result}: {len(found)} files, {given.result.stat().st_size // 1_000_000} MB; longest path {len(longest)}: {longest}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
