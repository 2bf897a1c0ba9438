"""`bulletin init`: a new project for a country, commented in Portuguese, that builds at once even without data."""

from __future__ import annotations

from pathlib import Path

from bulletin.errors import ConfigError, OutputError
from bulletin.load.offered import offered_languages
from bulletin.model.dataset import LANGUAGES
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.disk import cannot_write
from bulletin.shipped import shipped


def init(folder: Path, country: str) -> tuple[str, ...]:
    """Names of the files made. Raises ConfigError for an unknown country, OutputError when the folder holds a project already."""
    known = sorted(p.stem for p in shipped("config", "countries").glob("*.yaml"))
    if country not in known:
        where = Finding("unknown-country", Severity.ERROR, Place(), country, {"country": country, "known": ", ".join(known)})
        raise ConfigError([where])
    if (folder / "bulletin.yaml").exists():
        raise OutputError(
            [Finding("project-exists", Severity.ERROR, Place("bulletin.yaml"), "", {"folder": folder.resolve().name})]
        )
    made = []
    choices = " ou ".join(f"[pt, {language}]" for language in offered_languages(country))
    offered = f"também pode ser {choices}" if choices else "há: " + ", ".join(LANGUAGES)
    source = shipped("bulletin_templates", "project")
    try:
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            name = path.relative_to(source).as_posix().removesuffix(".txt")
            text = path.read_text(encoding="utf-8").replace("{{country}}", country).replace("{{COUNTRY}}", country.upper())
            text = text.replace("{{languages}}", offered)
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            made.append(name)
    except OSError as fault:
        raise cannot_write(fault, folder) from fault
    return tuple(made)
