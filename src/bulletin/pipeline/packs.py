"""Packs of countries: what `bulletin init` and `bulletin form write` make, in one file that any machine can open."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bulletin.document.pack import BlankForm, Pack
from bulletin.model.project import Project
from bulletin.pipeline.form_write import FOLDER, blank_forms
from bulletin.pipeline.init import init
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.shipped import shipped
from bulletin.write.zipped import zipped


@cache
def packs(countries: tuple[str, ...] = ()) -> tuple[Pack, ...]:
    """One for each of the countries, by code in small letters; none named: all that the program knows. The same program gives the
    same bytes."""
    known = sorted(p.stem for p in shipped("config", "countries").glob("*.yaml"))
    found = []
    for code in countries or known:
        with TemporaryDirectory(prefix="bulletin-") as place:
            found.append(_pack(Path(place), code))
    return tuple(found)


def _pack(folder: Path, code: str) -> Pack:
    files = {name: (folder / name).read_bytes() for name in init(folder, code)}
    prepared = prepare(folder, silent)
    project = prepared.project
    forms = []
    for form, data in blank_forms(prepared):
        institution = next(i for i in project.country.institutions if i.id == form.institution)
        forms.append(BlankForm(form.path.name, institution.acronym, institution.name, form.tables, form.cells, data))
        files[f"{FOLDER}/{form.path.name}"] = data
    files |= _told(project)
    year = project.edition.year
    name = f"boletim-{code}-{year}"
    data = zipped({f"{name}/{path}": content for path, content in files.items()})
    return Pack(project.country.code, project.country.place.name, year, f"{name}.zip", data, tuple(forms))


def _told(project: Project) -> dict[str, bytes]:
    """What to do with the folder; lines end so that the simplest editor of Windows shows them."""
    found = {}
    for path in sorted(shipped("bulletin_templates", "pack").glob("*/*.txt")):
        text = path.read_text(encoding="utf-8").replace("{{name}}", project.country.place.name[path.parent.name])
        found[path.name] = text.replace("\n", "\r\n").encode("utf-8-sig")
    return found
