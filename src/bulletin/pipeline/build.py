"""`bulletin build`: from a project folder to the finished files of an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.document.for_review import ForReview
from bulletin.document.parallel import Parallel, paired
from bulletin.errors import BulletinError, ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline import records
from bulletin.pipeline.approve import explained, signed_off
from bulletin.pipeline.comments import comments_of, earlier_reviews
from bulletin.pipeline.companions import companions
from bulletin.pipeline.docx_pages import with_pages
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.engine import chosen, libraries, named, written_by
from bulletin.pipeline.finished import dumps, finished, private
from bulletin.pipeline.issue import OUTGOING, build_id, file_issued, issued
from bulletin.pipeline.kept import Kept
from bulletin.pipeline.leaflets import check_pages
from bulletin.pipeline.letterhead import letterhead, on_letterhead
from bulletin.pipeline.lock import alone
from bulletin.pipeline.names import file_name, web_folder
from bulletin.pipeline.office import office
from bulletin.pipeline.prepare import Prepared, prepare, stands_against, stop_on_errors
from bulletin.pipeline.printed import printed
from bulletin.pipeline.produce import Edition, Product, produce
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.review_close import review_open
from bulletin.pipeline.save import save_private
from bulletin.pipeline.summary import Summary, Written
from bulletin.pipeline.swap import MANIFEST, save, settle
from bulletin.pipeline.translations import agreed, keep_record
from bulletin.pipeline.workers import Pool
from bulletin.validate.waive import accept

if TYPE_CHECKING:
    from bulletin.document.serial import Json
    from bulletin.document.tree import Document
    from bulletin.model.issued import Issued


@dataclass(frozen=True)
class Built:
    output: Path
    products: tuple[Product, ...]
    findings: tuple[Finding, ...]
    prepared: Prepared
    issued: str = ""
    """Id under which what was sent out for review is kept."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What stands in `output`, the manifest last."""
    private: Mapping[str, bytes] = field(default_factory=dict)
    """What stands in `work/`."""
    trees: Mapping[str, bytes] = field(default_factory=dict)
    """By language."""
    paged: bool = False
    """LibreOffice has a part in it."""
    recorded: bool = False
    """What the build has written into the project, its record of translations, changes nothing in the next one."""

    def summary(self) -> Summary:
        edition, review = self.prepared.project.edition, bool(self.issued)
        written = (
            Written(
                f"{web_folder(edition)}/{p.language}/index.html" if p.format == "html"
                else file_name(edition, p.language, p.format, for_review=review, leaflet=p.leaflet), p.format, p.language,
                len(p.data) + sum(map(len, p.files.values())), p.pages,
            )
            for p in self.products
        )  # fmt: skip
        return Summary(tuple(written), self.findings, self.issued)


def build(
    root: Path,
    progress: Progress,
    *,
    output: Path | None = None,
    languages: Sequence[str] = (),
    formats: Sequence[str] = (),
    strict: bool = False,
    jobs: int = 0,
    layout: str = "",
    for_review: bool = False,
    outline: str = "",
    docx_pages: bool = False,
    kept: Kept | None = None,
    pdf_engine: str = "",
) -> Built:
    """Writes the edition; raises BulletinError, with the former output untouched, when anything stands against it.

    `layout` and `outline`: instead of the edition's own; a leaflet's name makes the leaflet alone. `for_review`: Word files that ask
    for a review, in a folder of their own so that what is to be published never holds them, and the record of what they say. The
    same rules hold as for any build: what is final must be so before anybody reads it as final. `docx_pages`: page numbers in the
    contents of the Word files, from LibreOffice. `pdf_engine`: `weasyprint` or `typst`, see `engine`. One build at a time writes to
    an output folder; what an earlier one could not put there comes first. `kept`: what was made before.
    """
    target = output or (root.joinpath(*OUTGOING) if for_review else root / "out")
    with alone(target) if target.parent.is_dir() else nullcontext(), Pool(jobs) as pool:
        if root.is_dir():  # what is no project is told as that, not as a place to write
            settle(target)
        return _build(
            root,
            progress,
            target,
            languages,
            formats,
            strict=strict,
            pool=pool,
            layout=layout,
            for_review=for_review,
            outline=outline,
            docx_pages=docx_pages,
            kept=kept or Kept(),
            pdf_engine=pdf_engine,
        )


def _build(
    root: Path,
    progress: Progress,
    target: Path,
    languages: Sequence[str],
    formats: Sequence[str],
    *,
    strict: bool,
    pool: Pool,
    layout: str,
    for_review: bool,
    outline: str,
    docx_pages: bool,
    kept: Kept,
    pdf_engine: str,
) -> Built:
    wanted = tuple(dict.fromkeys((*formats, "docx"))) if for_review else tuple(formats)
    chosen(wanted, pdf_engine)  # what cannot be made is refused before anything is read
    if docx_pages and office() is None:
        raise ConfigError([Finding("office-missing", Severity.ERROR)])
    prepared = prepare(root, progress, tuple(languages), outline=outline, kept=kept)
    asked, (formats, engine, lacking) = formats, chosen(wanted, pdf_engine, prepared.project.edition.formats)
    options = _options(
        languages,
        asked,
        layout=layout,
        for_review=for_review,
        outline=outline,
        docx_pages=docx_pages,
        pdf_engine=engine if engine == "typst" else "",
    )
    beside = _is_side_by_side(prepared, layout)
    own = letterhead(root) if "docx" in formats else None
    composed = None
    try:
        stop_on_errors(prepared.findings, strict=strict)
        pool.ready(libraries(formats, engine, drawn_before=kept.cache.holds("chart")))
        progress("compose", "")
        composed = compose_editions(prepared, kept, pool)
        pages = printed(composed.documents, prepared.project)
        parallel, unpaired = _paired(prepared, pages) if beside else (None, ())
        signed = signed_off(prepared, composed, whole=not languages)
        paging, unpaged = _paging(prepared, formats, asked=docx_pages)
        others = (*signed, *review_open(prepared, composed), *lacking, *unpaged)
        told = cache(partial(_told, prepared, composed, unpaired, others, strict=strict))
        if for_review or _is_doubtful(prepared, (*composed.told, *unpaired), others, strict=strict):
            told()
        editions = _editions(prepared, composed, (parallel,) if parallel else tuple(pages.values()), for_review=for_review)
        beside_them = () if for_review else companions(prepared, composed, formats)
        said, review = _issue(prepared, composed, editions, told() if for_review else (), for_review=for_review)
        made = (*editions, *beside_them)
        products = produce(made, prepared, said, written_by(formats, engine), pool, progress, review, kept, told)
        found = told()
    except BulletinError:
        save_private(root / "work", private(prepared, composed, prepared.findings))
        raise
    check_pages(products)
    made_with = {**named(engine), **({"letterhead": own[1]} if own else {})}
    if own:
        products, remarks = on_letterhead(products, own[0], prepared.project.theme.colour.paper)
        found = (*found, *remarks)
        stop_on_errors(found, strict=strict)
    if paging:
        products, made_with["docx_pages"] = with_pages(products, progress)
    progress("save", str(target))
    files, labels = finished(prepared, composed, products, beside_them, found, for_review=for_review)
    kept_back = {**private(prepared, composed, found), **dumps(prepared, composed)}
    manifest = records.manifest(prepared, files, labels, made_with, options)
    save_private(root / "work", kept_back)
    save(target, files, manifest)
    recorded = False
    if composed.agreement:
        keep_record(root, composed.agreement)
        again = agreed(prepared.project)
        recorded = (again.findings, again.stale) == (composed.agreement.findings, composed.agreement.stale)
    if review:
        names = {language: name for name, (kind, language) in labels.items() if kind == "docx"}
        sent = {name: files[name] for name, (kind, _) in labels.items() if kind in ("tree", "facts")}
        file_issued(root, prepared, products, names, sent)
    kept_as = review.build if review else ""
    return Built(
        target, products, found, prepared, kept_as, {**files, MANIFEST: manifest}, kept_back, composed.trees(), paging, recorded
    )  # fmt: skip


def _told(
    prepared: Prepared, composed: Composed, unpaired: tuple[Finding, ...], others: tuple[Finding, ...], *, strict: bool
) -> tuple[Finding, ...]:
    """All that is found; raises DataError where something stands against the build."""
    found = (*explained(prepared, (*composed.findings, *unpaired)), *others)
    stop_on_errors(found, strict=strict)
    return found


def _is_doubtful(prepared: Prepared, said: tuple[Finding, ...], others: tuple[Finding, ...], *, strict: bool) -> bool:
    """Whether something may stand against the build already. Whether the languages say the same is known only
    once workers have proved it."""
    edition = prepared.project.edition
    found = (*prepared.findings, *accept(said, edition), *others)
    return stands_against(found, strict=strict or edition.status == "final")


def _options(languages: Sequence[str], formats: Sequence[str], **others: str | bool) -> dict[str, Json]:
    """Those that were given, under the names of `build`."""
    given: dict[str, Json] = {"languages": [*languages], "formats": [*formats], **others}
    return {name: value for name, value in given.items() if value}


def _issue(
    prepared: Prepared,
    composed: Composed,
    editions: tuple[Edition, ...],
    found: tuple[Finding, ...],
    *,
    for_review: bool,
) -> tuple[Mapping[str, Issued], ForReview | None]:
    """The records of the files, under the id of the build, and what these have beside the edition for reviewers."""
    layout = "side-by-side" if isinstance(editions[0], Parallel) else "separate"
    if not for_review:
        return issued(prepared, composed, editions, build_id(prepared, composed, layout)), None
    said = issued(prepared, composed, editions, "")
    comments = comments_of(prepared, composed, found, tuple(said.values()), earlier_reviews(prepared, composed))
    identity = build_id(prepared, composed, layout, comments)
    said = issued(prepared, composed, editions, identity, for_review=True)
    return said, ForReview(identity, prepared.project.edition.release_date, comments)


def _is_side_by_side(prepared: Prepared, layout: str) -> bool:
    """Raises ConfigError where there are not two languages to set side by side."""
    edition = prepared.project.edition
    if prepared.project.alone:
        return False
    if (layout or edition.layout) != "side-by-side":
        return False
    if len(edition.languages) != 2:
        parameters = {"languages": ", ".join(edition.languages)}
        raise ConfigError([Finding("side-by-side-languages", Severity.ERROR, Place("bulletin.yaml"), parameters=parameters)])
    return True


def _editions(prepared: Prepared, composed: Composed, pages: tuple[Edition, ...], *, for_review: bool) -> tuple[Edition, ...]:
    """What files are made of: the bulletin and, unless it goes out for review, its leaflets, whose words are the bulletin's."""
    leaflets = tuple(leaflet for languages in composed.leaflets.values() for leaflet in languages.values())
    if prepared.project.alone:
        return leaflets
    return (*pages, *(() if for_review else leaflets))


def _paired(prepared: Prepared, pages: Mapping[str, Document]) -> tuple[Parallel, tuple[Finding, ...]]:
    first, second = pages.values()
    marks = prepared.project.locales[first.metadata.language]
    unfinished = prepared.project.edition.unfinished is Severity.WARNING
    return paired(first, second, marks.number(1234567.8, 1, table=True), unfinished=unfinished)


def _paging(prepared: Prepared, formats: Sequence[str], *, asked: bool) -> tuple[bool, tuple[Finding, ...]]:
    """Whether Word files get page numbers; where only the edition wants them they are left out with a warning without LibreOffice."""
    if "docx" not in formats or not (asked or prepared.project.edition.docx_pages):
        return False, ()
    if office() is None:
        return False, (Finding("office-missing", Severity.WARNING, Place("bulletin.yaml"), key="docx_pages"),)
    return True, ()
