"""Cover, imprint, contents and metadata of an edition."""

from __future__ import annotations

from bulletin.compose.context import Context, with_literals
from bulletin.compose.exhibits import sign_list
from bulletin.compose.labels import place_name
from bulletin.document.blocks import Block, Contents, Definition, Definitions, Paragraph
from bulletin.document.chart import Category, Chart, Point, Series
from bulletin.document.inline import Text
from bulletin.document.tree import Cover, Mark, Metadata, Section
from bulletin.model.geometry import Ring, geometry_for


def publication_title(context: Context) -> str:
    edition, outline = context.project.edition, context.project.outline
    return context.said(edition.title or outline.title)


def metadata(context: Context) -> Metadata:
    edition = context.project.edition
    title = publication_title(context)
    place = place_name(context)
    status = "" if edition.status == "final" else context.word(f"watermark_{edition.status}")
    return Metadata(
        edition=edition.id,
        language=context.language,
        tag=context.locale.tag,
        title=context.word("publication_title").format(title=title, country=place, year=edition.year),
        running=f"{title} · {place} {edition.year}",
        publisher=context.said(edition.publisher),
        description=context.word("description").format(title=title, country=place, year=edition.year),
        keywords=tuple(k.strip() for k in context.word("keywords").split(";")),
        release_date=edition.release_date,
        status=edition.status,
        watermark=status,
        contents_title=context.word("contents"),
        decimal=context.locale.decimal,
    )


def cover(context: Context, illustrative: bool) -> Cover:
    edition, outline = context.project.edition, context.project.outline
    banner = text = ""
    if edition.status != "final":
        banner, text = context.word(edition.status), context.word(f"{edition.status}_text")
    if edition.demonstration or illustrative:
        unofficial = _unofficial(context, illustrative)
        text = unofficial if edition.status == "final" else f"{context.word(edition.status)}. {unofficial}"
        banner = context.word("demonstration_banner")
    theme = context.project.theme
    picture = theme.cover_picture
    return Cover(
        country=place_name(context),
        year=str(edition.year),
        title=publication_title(context),
        subtitle=context.said(edition.subtitle or outline.subtitle),
        publisher=with_literals(context.said(edition.publisher)),
        partners=with_literals(context.said(edition.partners)),
        banner=banner,
        banner_text=text,
        edition=", ".join(_issue(context)),
        art=None if picture else _art(context),
        logos=tuple(Mark(f"cover.logo.{n}", context.said(logo.alt)) for n, logo in enumerate(theme.logos, 1)),
        picture=Mark("cover.picture", context.said(picture.alt)) if picture else None,
        focus=picture.focus if picture else (0.5, 0.5),
        foot=theme.foot,
    )


def _issue(context: Context) -> list[str]:
    """`Edition VIII`, and that it is a corrected issue."""
    number = context.project.edition.number
    words = [context.word("edition").format(number=number)] if number else []
    if context.project.erratum:
        corrected = context.word("corrected_issue")
        words.append(corrected if words else corrected.capitalize())
    return words


def _unofficial(context: Context, illustrative: bool) -> str:
    """Why an edition is not official: figures invented for it, or that nobody has approved those which others published."""
    return context.word("demonstration_text" if illustrative else "demonstration_unapproved")


def imprint(context: Context, illustrative: bool) -> Section:
    edition, picture = context.project.edition, context.project.theme.cover_picture
    rows: list[tuple[str, str]] = [
        ("title_word", context.word("publication_title").format(
            title=publication_title(context), country=place_name(context), year=edition.year)),
    ]  # fmt: skip
    status = [context.word(edition.status)]
    if edition.number:
        status.insert(0, context.word("edition").format(number=edition.number))
    if edition.demonstration:
        status = [context.word("demonstration").capitalize(), _unofficial(context, illustrative)]
    rows += [
        ("status", ". ".join(s.rstrip(".") for s in status) + "."),
        ("publisher", context.said(edition.publisher)),
        ("partners", context.said(edition.partners)),
        ("reference_date", context.said(edition.reference_date)),
        ("release_date", _date(context, edition.release_date)),
        ("quality_control", context.word("quality_control_text")),
        ("contact", context.said(edition.contact)),
        ("reproduction", context.said(edition.reproduction) or ("" if edition.licence else context.word("reproduction_text"))),
        ("licence_name", _licence(context)),
        ("composition", " ".join(_composition(context))),
        ("cover_picture", context.said(picture.credit) if picture else ""),
    ]
    items = tuple(
        Definition(f"imprint.{k}", with_literals(context.word(k)), with_literals(t, "code" if k == "licence_name" else "label"))
        for k, t in rows
        if t
    )
    blocks: tuple[Block, ...] = (
        Definitions("imprint", items, "imprint"),
        *sign_list(context, "imprint.signs"),
        Paragraph("imprint.rounding", (Text(context.word("rounding_note")),)),
    )
    return Section("imprint", 1, with_literals(context.word("imprint")), blocks, numbering="none", front=True)


def _licence(context: Context) -> str:
    """`Creative Commons Attribution 4.0 (CC-BY-4.0), https://…`."""
    licence = context.project.edition.licence
    if licence is None:
        return ""
    title = context.said(licence.title)
    named = f"{title} ({licence.name})" if title else licence.name
    return ", ".join(part for part in (named, licence.path) if part)


def contents_section(context: Context) -> Section:
    blocks = (
        Contents("contents.sections", "sections", ""),
        Contents("contents.tables", "tables", context.word("list_of_tables")),
        Contents("contents.figures", "figures", context.word("list_of_figures")),
        Contents("contents.maps", "maps", context.word("list_of_maps")),
    )
    return Section("contents", 1, with_literals(context.word("contents")), blocks, numbering="none", front=True)


def _date(context: Context, iso: str) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return context.locale.day(year, month, day)


def _composition(context: Context) -> list[str]:
    """How the edition is made; what the cover shows only where it shows something."""
    words = [context.word("composition_text"), *_boundaries(context)]
    art = _art(context)
    if context.project.theme.cover_picture is None and any(p.value is not None for s in art.series for p in s.points):
        words.append(context.word("cover_note"))
    return words


def _boundaries(context: Context) -> list[str]:
    """Where boundaries come from, each source once."""
    found = dict.fromkeys((g.source, g.vintage, g.licence) for g in context.project.geometries)
    said = {"public-domain": context.word("public_domain")}
    return [
        context.word("boundaries_source").format(source=source, version=vintage)
        + (f" {context.word('licence').format(licence=said.get(licence, licence))}" if licence else "")
        for source, vintage, licence in found
    ]


def _art(context: Context) -> Chart:
    """The country drawn in lines: weight by population density where boundaries are known, by population otherwise."""
    country, year = context.lookup.country, str(context.project.edition.year)
    present = [p.code for p in country.subdivisions if p.is_valid(year)]
    geometry = geometry_for(context.project.geometries, present, (year,))
    points = []
    for place in country.subdivisions:
        obs = context.lookup.get("POPULATION", year, {"ref_area": place.code})
        value = obs.value if obs else None
        unit = geometry.units.get(place.code) if geometry else None
        if value is not None and unit is not None:
            value /= sum(abs(_area(polygon[0])) for polygon in unit.polygons)
        points.append(Point(value, ""))
    categories = tuple(Category(p.code, "") for p in country.subdivisions)
    return Chart(
        "cover",
        "cover",
        categories,
        (Series("cover", "", tuple(points)),),
        country=country.code,
        boundaries=geometry.file if geometry else "",
        width=214,
        height=178 - context.project.theme.foot,
    )


def _area(ring: Ring) -> float:
    """In square degrees: only ranks are drawn, and within one country latitudes differ little."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2
