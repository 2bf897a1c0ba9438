"""What the templates of a library ask for in one language: names, figures with their signs and notes, dates, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bulletin.model.signs import signs_after
from bulletin.shipped import shipped
from bulletin.write.site.figures import NATIONAL, SCALED, Grid, periods_said
from bulletin.write.site.pages import CATALOGUE, INDICATORS, Page, country_page, guide_page, measure_page, menu_of
from bulletin.write.web import size

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from bulletin.document.site import Board, Edition, File, Measure, Said, Series, Site
    from bulletin.model.locale import Locale
    from bulletin.model.text import LocalText


@cache
def environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(shipped("bulletin_templates", "site")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True)
class Shelf:
    """The library in one language."""

    site: Site
    locale: Locale

    @property
    def language(self) -> str:
        return self.locale.language

    def spelled(self, page: Page, given: Mapping[str, object]) -> bytes:
        context: dict[str, object] = {
            "shelf": self,
            "site": self.site,
            "words": self.locale.words,
            "tag": self.locale.tag,
            "here": page.name,
            "section": page.section,
            "menu": menu_of(self.site),
            "catalogue": CATALOGUE,
            "indicators": INDICATORS,
            "others": [t for t in self.site.tongues if t.language != self.language],
        }
        text = environment().get_template(page.template).render(**context, **page.given, **given)
        return "\n".join(line for line in text.splitlines() if line.strip()).encode() + b"\n"

    def said(self, text: LocalText, otherwise: str = "") -> Markup:
        """In the language of the page; what there is in another one only is marked as that. `otherwise`: where there is nothing."""
        from markupsafe import Markup, escape

        if text.get(self.language):
            return escape(text[self.language])
        for tongue in self.site.tongues:
            if text.get(tongue.language):
                return Markup('<span lang="{}">{}</span>').format(tongue.tag, text[tongue.language])
        return escape(otherwise)

    def plain(self, text: LocalText, otherwise: str = "") -> str:
        """The same for places without markup."""
        languages = (self.language, *(t.language for t in self.site.tongues))
        return next((text[n] for n in languages if text.get(n)), otherwise)

    @property
    def unofficial(self) -> str:
        """What is to be said before all else of a library with demonstrations; empty: it has none."""
        shown = {e.demonstration for e in self.site.editions}
        if True not in shown:
            return ""
        return self.locale.words["site_demonstration_some" if False in shown else "site_demonstration_all"]

    def country(self, code: str) -> Markup:
        return self.said(self.site.countries[code], code)

    def country_page(self, code: str) -> str:
        return country_page(code)

    def guide_page(self, name: str) -> str:
        return guide_page(name, self.site.guides[0])

    def measure_page(self, measure: Measure) -> str:
        return measure_page(measure)

    def name_of(self, measure: Measure) -> Markup:
        return self.said(measure.name, measure.id)

    def theme(self, name: str) -> str:
        return self.locale.words.get(f"site_theme_{name}") or self.locale.words["site_theme_own"]

    def title(self, edition: Edition) -> Markup:
        return self.said(edition.title, f"{self.plain(self.site.countries[edition.country])} {edition.year}")

    def date(self, iso: str) -> str:
        """`31 de outubro de 2025`; as it is given where it is no whole date."""
        parts = iso.split("-")
        if len(parts) != 3 or not all(p.isdecimal() for p in parts):
            return iso
        return self.locale.day(int(parts[0]), int(parts[1]), int(parts[2]))

    def size(self, file: File) -> str:
        return size(file.bytes, self.locale.decimal)

    def file_name(self, file: File) -> str:
        """What kind of file it is, in words."""
        return self.locale.words["web_download_leaflet" if file.leaflet else f"web_download_{file.format}"]

    def kinds(self, edition: Edition) -> list[list[File]]:
        """Files that are alike but for their language."""
        found: dict[tuple[str, bool], list[File]] = {}
        for file in edition.files:
            found.setdefault((file.format, file.leaflet), []).append(file)
        return list(found.values())

    def tongues_of(self, file: File) -> list[str]:
        """Names of the languages of a file, as their speakers call them; none where it is for all."""
        return [self.site.languages.get(part, part) for part in file.language.split("-") if part]

    def web_of(self, edition: Edition) -> str:
        """The first page of its web edition, in this language if it has it, from a page of the library."""
        found = edition.web.get(self.language) or next((edition.web[n] for n in edition.languages if n in edition.web), "")
        return f"../{found}" if found else ""

    def status(self, edition: Edition) -> str:
        return self.locale.words[edition.status]

    def corrected_by(self, edition: Edition) -> Edition | None:
        return next((e for e in self.site.editions if e.corrects == edition.id), None)

    def number(self, count: int) -> str:
        return self.locale.number(count, 0)

    def counted(self, key: str, count: int) -> str:
        """`1 edição`, `6 edições`."""
        return self.locale.words[f"{key}_{'one' if count == 1 else 'many'}"].format(count=self.number(count))

    def grid(self, board: Board, number: int) -> Grid:
        return Grid.of(self, board, number)

    def unit(self, series: Series) -> str:
        """`milhões de meticais`, `pessoas`."""
        words = self.locale.words
        if series.unit in NATIONAL:
            noun = self.plain(self.site.currencies.get(series.country, {}))
            key = SCALED.get(series.scale, "")
            if noun:
                return self.locale.phrasing.fitted(words[f"in_currency{key and f'_{key}'}"].format(currency=noun))
        name = self.plain(self.site.named(series.edition, "unit_measure", series.unit), series.unit)
        if not series.scale or series.scale not in SCALED:
            return name
        return self.locale.phrasing.fitted(words[f"in_{SCALED[series.scale]}"].format(unit=name[:1].lower() + name[1:]))

    def heading(self, board: Board) -> str:
        """`Por regime e sexo`."""
        words = self.locale.words
        if not board.by:
            return words["site_whole"]
        if board.outside:
            return words["site_outside"]
        names = [self._dimension(d) for d in board.by]
        return words["site_by"].format(dimensions=self.locale.enumerated(names))

    def _dimension(self, name: str) -> str:
        return self.locale.words[f"site_by_{name}"]

    def length(self, board: Board) -> str:
        return self.locale.words[f"data_freq_{ {12: 'A', 6: 'S', 3: 'Q', 1: 'M'}[board.months] }"]

    def units(self, measure: Measure) -> list[str]:
        return list(dict.fromkeys(self.unit(row) for board in measure.boards for row in board.rows))

    def says(self, said: Said, key: str = "site_says") -> Markup:
        """Which editions say it so."""
        from markupsafe import Markup

        editions = (self.site.edition(name) for name in said.editions)
        told = Markup(", ").join(Markup("{} {}").format(self.country(e.country), e.year) for e in editions)
        return Markup(self.locale.words[key]).format(editions=told)

    def editions_with(self, measure: Measure) -> list[Edition]:
        names = {name for board in measure.boards for row in board.rows for name in (row.edition, *row.quoted)}
        return [e for e in self.site.editions if e.id in names]

    def cautions(self, measure: Measure) -> Iterator[str]:
        """Words to be read before figures are compared."""
        rows = [row for board in measure.boards for row in board.rows]
        yield "site_compare_rows"
        if len(measure.definitions) > 1:
            yield "site_compare_definitions"
        if len({row.country for row in rows}) > 1 and any(u in NATIONAL for u in measure.units):
            yield "site_compare_money"
        elif len(measure.units) > 1:
            yield "site_compare_units"
        if measure.series:
            yield f"site_compare_{measure.series}"
        places = {(row.country, row.edition, row.codes): set[tuple[str, ...]]() for row in rows}
        for row in rows:
            places[row.country, row.edition, row.codes].add(row.sources)
        if any(len(sources) > 1 for sources in places.values()):
            yield "site_compare_sources"
        values = [value for row in rows for value in row.values.values()]
        if any("break" in signs_after(value.statuses, missing=not value.text) for value in values):
            yield "site_compare_breaks"
        if any(row.outside for row in rows):
            yield "site_compare_outside"
        if any(row.illustrative for row in rows):
            yield "site_compare_illustrative"
        if any(self.site.edition(row.edition).demonstration for row in rows):
            yield "site_compare_demonstration"

    def held(self, measure: Measure, country: str = "") -> Markup:
        """Periods for which the editions of a country, or of any, have a figure: `2015–2023`, `2015, 2019; ilustrativos: 2024`; empty:
        none."""
        from markupsafe import escape

        real, unreal = (escape(periods_said(found, self.locale)) for found in measure.periods(country))
        return self._beside(real, unreal)

    def illustrates(self, country: str) -> bool:
        return any(m.periods(country)[1] for m in self.site.measures)

    def holders(self, measure: Measure) -> Markup:
        """Countries with figures, those whose figures are all illustrative apart."""
        from markupsafe import Markup, escape

        words = self.locale.words
        real, unreal = (
            Markup(", ").join(self.country(c) for c in self.site.countries if c in those)
            for those in (measure.countries, measure.illustrated)
        )
        if len(self.site.countries) > 1 and len(measure.countries) == len(self.site.countries):
            real = escape(words["site_every_country"])
        return self._beside(real or escape(words["site_none"]), unreal)

    def _beside(self, real: Markup, unreal: Markup) -> Markup:
        from markupsafe import Markup

        told = Markup(self.locale.words["site_illustrative_are"]).format(said=unreal) if unreal else unreal
        return real + "; " + told if real and told else real + told

    def lacking(self, country: str) -> list[Measure]:
        """What others of the library publish and this country does not: illustrative figures are published by nobody."""
        return [m for m in self.site.measures if m.countries and country not in m.countries]
