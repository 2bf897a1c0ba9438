"""What a build writes: the files of the edition by name, with their formats and languages, and what stays in `work/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.document.serial import dump
from bulletin.model.finding import Finding
from bulletin.pipeline import records
from bulletin.pipeline.companions import long_tables
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.names import file_name
from bulletin.pipeline.parity import parity_page, parity_record
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.produce import Companion, Product
from bulletin.pipeline.web import web_files

Labels = Mapping[str, tuple[str, str]]
"""Format and language of each file."""


def finished(
    prepared: Prepared,
    composed: Composed,
    products: Sequence[Product],
    companions: Sequence[Companion],
    found: tuple[Finding, ...],
    *,
    for_review: bool = False,
) -> tuple[dict[str, bytes], Labels]:
    """`products`: of the edition, its leaflets and the `companions`."""
    edition = prepared.project.edition
    files: dict[str, bytes] = {}
    labels: dict[str, tuple[str, str]] = {}
    leaflets: set[str] = set()
    for product in (p for p in products if p.format != "html"):
        name = file_name(edition, product.language, product.format, for_review=for_review, leaflet=product.leaflet)
        files[name], labels[name] = product.data, (product.format, product.language)
        leaflets |= {name} if product.leaflet else set()
    for language, tree in composed.trees().items():
        name = f"document.{language}.json"
        files[name], labels[name] = tree, ("tree", language)
    beside = {} if for_review or prepared.project.alone else composed.leaflet_trees()
    for (leaflet, language), tree in beside.items():
        name = f"{leaflet}.{language}.json"
        files[name], labels[name] = tree, ("tree", language)
    for name, language, data in long_tables(prepared, composed):
        files[name], labels[name] = data, ("tables", language)
    published = composed.facts.published(*composed.published())
    files["table.csv"], labels["table.csv"] = records.table(published, tuple(composed.documents)), ("table", "")
    files["facts.json"], labels["facts.json"] = records.facts(prepared, composed.facts, *composed.published()), ("facts", "")
    files["findings.json"], labels["findings.json"] = records.findings(prepared, found, public=True), ("findings", "")
    if composed.parity:
        files["parity.json"], labels["parity.json"] = parity_record(edition.id, composed.parity), ("parity", "")
    of_web = list(web_files(prepared, companions, products, files, labels, leaflets))
    files |= {name: data for name, data, _ in of_web}
    return files, {**labels, **{name: ("html", language) for name, _, language in of_web}}


def private(prepared: Prepared, composed: Composed | None, found: tuple[Finding, ...]) -> dict[str, bytes]:
    """Findings with their figures, why each figure is hidden, and the page for translators of an edition in several languages."""
    kept = {
        "findings.json": records.findings(prepared, found, public=False),
        "suppression.json": records.suppression(prepared.withheld),
    }
    if composed is None or composed.parity is None:
        return kept
    title = next(iter(composed.documents.values())).metadata.title
    return kept | {"parity.html": parity_page(prepared, composed.parity, title)}


def dumps(prepared: Prepared, composed: Composed) -> dict[str, bytes]:
    """Every tree as text."""
    found = {f"document.{language}.txt": dump(d).encode() for language, d in composed.documents.items()}
    for name, leaflets in ({} if prepared.project.alone else composed.leaflets).items():
        found |= {f"{name}.{language}.txt": dump(leaflet.document).encode() for language, leaflet in leaflets.items()}
    return found
