"""What search engines are told of a library in their own vocabulary, schema.org: a catalogue, its editions and its indicators as
data sets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bulletin.document.site import Measure
from bulletin.model.period import Period
from bulletin.write.site.address import address
from bulletin.write.site.pages import CATALOGUE, Page, country_page, measure_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from bulletin.document.serial import Json
    from bulletin.document.site import Edition, File
    from bulletin.write.site.markup import Shelf

CONTEXT = "https://schema.org"
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "html": "text/html",
}


def start(shelves: Sequence[Shelf], root: str) -> Markup:
    """Of the page before all languages; `root`: what its addresses begin with."""
    words = shelves[0].locale.words
    found: dict[str, Json] = {
        "@context": CONTEXT,
        "@type": "DataCatalog",
        "name": words["site_title"],
        "description": words["site_subtitle"],
        "inLanguage": [shelf.locale.tag for shelf in shelves],
        "url": f"{root}{shelves[0].language}/{CATALOGUE}",
    }
    return _script(found)


def catalogue(shelf: Shelf) -> Json:
    """Of the first page of a language."""
    sets: list[Json] = [edition_set(shelf, e, brief=True) for e in shelf.site.editions]
    sets += [measure_set(shelf, m, brief=True) for m in shelf.site.measures]
    return {**_catalogue(shelf), "@context": CONTEXT, "description": shelf.locale.words["site_subtitle"], "dataset": sets}


def editions(shelf: Shelf, country: str) -> Json:
    """Of the page of a country."""
    graph: list[Json] = [edition_set(shelf, e) for e in shelf.site.editions_of(country)]
    return {"@context": CONTEXT, "@graph": graph}


def indicator(shelf: Shelf, measure: Measure) -> Json:
    return {"@context": CONTEXT, **measure_set(shelf, measure)}


def edition_set(shelf: Shelf, edition: Edition, *, brief: bool = False) -> dict[str, Json]:
    place = shelf.plain(shelf.site.countries[edition.country], edition.country)
    found: dict[str, Json] = {
        "@type": "Dataset",
        "name": _plain(shelf.plain(edition.title, f"{place} {edition.year}")),
        "url": _address(shelf, f"{country_page(edition.country)}#{edition.id}"),
    }
    if brief:
        return found
    # what it is not is said wherever it is described
    banner = {shelf.language: shelf.locale.words["demonstration_banner"]} if edition.demonstration else {}
    said = [edition.banner or banner, edition.notice, edition.title or {shelf.language: str(found["name"])}, edition.publisher]
    parts = [shelf.plain(text).rstrip(".") for text in said if text] + (
        [shelf.locale.words["site_sealed"]] if edition.sealed else []
    )
    found |= {
        "identifier": edition.id,
        "description": _plain(". ".join(parts).rstrip(".") + "."),
        "creativeWorkStatus": shelf.status(edition),
        "inLanguage": _tags(shelf, edition.languages),
        "spatialCoverage": _place(place, edition.country),
        "temporalCoverage": str(edition.year),
        "isAccessibleForFree": True,
        "includedInDataCatalog": _catalogue(shelf),
    }
    if edition.release_date:
        found["datePublished"] = edition.release_date
    if edition.licence:
        found["license"] = edition.licence
    if edition.publisher:
        found["publisher"] = {"@type": "Organization", "name": _plain(shelf.plain(edition.publisher))}
    offered = [_download(shelf, file) for file in edition.files]
    page = shelf.web_of(edition)
    if page:
        offered.insert(0, {"@type": "DataDownload", "contentUrl": _address(shelf, page), "encodingFormat": MEDIA["html"]})
    if offered:
        found["distribution"] = offered
    return found


def measure_set(shelf: Shelf, measure: Measure, *, brief: bool = False) -> dict[str, Json]:
    name = _plain(shelf.plain(measure.name, measure.id))
    found: dict[str, Json] = {"@type": "Dataset", "name": name, "url": _address(shelf, measure_page(measure))}
    if brief:
        return found
    words = shelf.locale.words
    said = [shelf.plain(d.text) for d in measure.definitions] or [words["site_definition_none"]]
    rows = [row for board in measure.boards for row in board.rows]
    warned = [words["site_compare_illustrative"]] if any(row.illustrative for row in rows) else []
    if any(shelf.site.edition(row.edition).demonstration for row in rows):
        warned.append(words["site_compare_demonstration"])
    years = sorted({Period.parse(period).year for row in rows for period, value in row.values.items() if value.text})
    found |= {
        "identifier": measure.id,
        "description": _plain(" ".join([f"{name}.", said[0], words["site_compare_rows"], *warned])),
        "inLanguage": shelf.locale.tag,
        "variableMeasured": {"@type": "PropertyValue", "name": name, "propertyID": measure.id},
        "spatialCoverage": [
            _place(shelf.plain(shelf.site.countries[c], c), c) for c in (*measure.countries, *measure.illustrated)
        ],
        "isAccessibleForFree": True,
        "includedInDataCatalog": _catalogue(shelf),
    }
    if years:
        found["temporalCoverage"] = str(years[0]) if years[0] == years[-1] else f"{years[0]}/{years[-1]}"
    return found


def described(shelf: Shelf, page: Page) -> Markup | None:
    """As a block of data in a page, which is not run; None: there is nothing to tell."""
    match page.template:
        case "catalogue.html.j2":
            return _script(catalogue(shelf))
        case "country.html.j2":
            return _script(editions(shelf, str(page.given["code"])))
        case "indicator.html.j2":
            measure = page.given["measure"]
            assert isinstance(measure, Measure)
            return _script(indicator(shelf, measure))
        case _:
            return None


def _script(node: Json) -> Markup:
    """No word in it can end the block."""
    from markupsafe import Markup

    said = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    return Markup(said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _catalogue(shelf: Shelf) -> dict[str, Json]:
    return {"@type": "DataCatalog", "name": shelf.locale.words["site_title"], "url": _address(shelf, CATALOGUE)}


def _download(shelf: Shelf, file: File) -> Json:
    found: dict[str, Json] = {
        "@type": "DataDownload",
        "contentUrl": _address(shelf, f"../{file.path}"),
        "encodingFormat": MEDIA.get(file.ending.lower(), "application/octet-stream"),
        "contentSize": f"{file.bytes} B",
    }
    tags = _tags(shelf, file.language.split("-")) if file.language else []
    return found | ({"inLanguage": tags} if tags else {})


def _address(shelf: Shelf, path: str) -> str:
    return address(shelf.site, path, shelf.language)


def _tags(shelf: Shelf, languages: Iterable[str]) -> list[Json]:
    known: Mapping[str, str] = {t.language: t.tag for t in shelf.site.tongues}
    return [known.get(language, language) for language in languages]


def _place(name: str, code: str) -> Json:
    return {"@type": "Country", "name": name, "identifier": code}


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())
