"""Composes every language of an edition from the same facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from bulletin.compose.alternatives import equal_alternatives
from bulletin.compose.assemble import compose_chapters, compose_manuscript, exhibits
from bulletin.compose.context import Context
from bulletin.compose.facts import FactBook
from bulletin.compose.functions import WordsContext
from bulletin.compose.leaflet import Choice, choose, compose_leaflet
from bulletin.compose.lookup import Lookup
from bulletin.compose.narrative import render_chapter
from bulletin.compose.overridden import overridden
from bulletin.compose.ready_line import ReadyLine, ready_lines
from bulletin.compose.words import compile_macros
from bulletin.document.alternatives import unsuited, without_table
from bulletin.document.inline import Inlines
from bulletin.document.leaflet import Leaflet
from bulletin.document.lines import encoded_blocks
from bulletin.document.marks import check_marks
from bulletin.document.numbering import numbered
from bulletin.document.serial import facts_used, ids_used, tree
from bulletin.document.tree import Document, Manuscript
from bulletin.model.finding import Finding
from bulletin.model.narration import Lexicon
from bulletin.model.parity import Parity
from bulletin.model.project import ParagraphTemplate
from bulletin.parity.stale import Agreement
from bulletin.parity.terms import avoided, unexplained
from bulletin.pipeline.generated import generated_in
from bulletin.pipeline.kept import Kept, canonical
from bulletin.pipeline.leaflets import Leaflets, fitted
from bulletin.pipeline.leaves import leaves_of
from bulletin.pipeline.letters import unprintable
from bulletin.pipeline.maps import told_of_maps
from bulletin.pipeline.parity import comparison, prove_parity
from bulletin.pipeline.pictures import kept_as_pictures, repeated_colours
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.previous import previous_claims
from bulletin.pipeline.titles import long_titles
from bulletin.pipeline.translations import agreed, marked
from bulletin.pipeline.unused import unused_values
from bulletin.pipeline.workers import Pool


@dataclass(frozen=True)
class Composed:
    documents: Mapping[str, Document]
    """By language, in the order of the edition."""
    facts: FactBook
    told: tuple[Finding, ...]
    """Without those of the proof of parity."""
    proof: Callable[[], Parity | None] = lambda: None
    agreement: Agreement | None = None
    """Which translations are stale."""
    generated: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language to block id to the digest of the program's own wording; empty for a block that a reviewer added. Only what is in it
    can be reworded."""
    replaced: Mapping[str, Mapping[str, Inlines]] = field(default_factory=dict)
    """Language, id of each block for which reviewers have a wording, and the program's own words for it today; references in them
    have no number."""
    leaflets: Leaflets = field(default_factory=dict)
    """Beside the documents; an edition that is a leaflet alone has the trees of its pages as documents."""

    @cached_property
    def parity(self) -> Parity | None:
        """Made when first asked for; None in one language, and where nothing is to be proved."""
        return self.proof()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.told, *(self.parity.findings if self.parity else ()))

    def published(self) -> tuple[frozenset[str], frozenset[str]]:
        """Ids of the facts and of the blocks in the finished trees; a paragraph that no section prints publishes nothing."""
        return self._published

    @cached_property
    def _published(self) -> tuple[frozenset[str], frozenset[str]]:
        facts = frozenset(fact for document in self.documents.values() for fact, _ in facts_used(document))
        return facts, frozenset(block for document in self.documents.values() for block in ids_used(document))

    def trees(self) -> Mapping[str, bytes]:
        return self._trees

    @cached_property
    def _trees(self) -> Mapping[str, bytes]:
        return {language: encoded_blocks(tree(document)) for language, document in self.documents.items()}

    def leaflet_trees(self) -> dict[tuple[str, str], bytes]:
        """By name and language."""
        return {
            (name, language): encoded_blocks(tree(leaflet.document))
            for name, leaflets in self.leaflets.items()
            for language, leaflet in leaflets.items()
        }


def compose_editions(prepared: Prepared, kept: Kept | None = None, pool: Pool | None = None) -> Composed:
    """With what the finished trees are found to lack or to say unequally. `kept`: what was made before; `pool`: where the proof of
    parity is made, which takes as long as a chapter, while this process goes on."""
    return concluded(prepared, compose_words(prepared, kept), pool)


def concluded(prepared: Prepared, said: Composed, pool: Pool | None = None) -> Composed:
    """What `compose_words` gave, with what it is found to lack; `pool`: as above."""
    project = prepared.project
    agreement = agreed(project)
    documents = set_off(prepared, said, agreement)
    leaflets, shortened = fitted(said.leaflets, project.theme)
    pictures = kept_as_pictures(project, next(iter(documents.values())))
    remarks = (
        *pictures,
        *repeated_colours(project, next(iter(documents.values()))),
        *shortened,
        *without_table(next(iter(documents.values()))),
        *told_of_maps(prepared, next(iter(documents.values()))),
        *avoided(project.translated, project.glossary),
        *(f for d in documents.values() for f in (*unexplained(d), *unsuited(d), *check_marks(d))),
        *unprintable(prepared, documents),
        *long_titles(documents, project.theme),
    )
    told = (*said.told, *agreement.findings, *remarks)
    # What is proved of the whole bulletin holds for the blocks of it that a leaflet takes.
    given = comparison(prepared, documents, said.facts)
    proof = pool.begin(prove_parity, given) if pool else partial(prove_parity, given)
    if project.alone:
        documents = {language: leaflet.document for language, leaflet in next(iter(leaflets.values())).items()}
    composed = replace(said, documents=documents, leaflets=leaflets, told=told, proof=proof, agreement=agreement)
    if project.alone:
        return composed
    return replace(composed, told=(*told, *unused_values(prepared, composed)))


def set_off(prepared: Prepared, said: Composed, agreement: Agreement) -> Mapping[str, Document]:
    """The trees, stale translations of a draft marked in them."""
    if prepared.project.edition.status != "draft":
        return said.documents
    return {language: marked(document, agreement) for language, document in said.documents.items()}


def compose_words(prepared: Prepared, kept: Kept | None = None) -> Composed:
    """Trees and facts alone: nothing is proved of them, and stale translations are not set off."""
    project, kept = prepared.project, kept or Kept()
    lookup = _lookup(prepared, kept)
    book = FactBook(leaves_of(lookup, project))
    documents: dict[str, Document] = {}
    contexts: dict[str, Context] = {}
    manuscripts: dict[str, Manuscript] = {}
    generated: dict[str, Mapping[str, str]] = {}
    previous = previous_claims(project)
    findings: list[Finding] = []
    replaced: dict[str, Mapping[str, Inlines]] = {}
    leaflets: dict[str, dict[str, Leaflet]] = {spec.leaflet: {} for spec in project.leaflets}
    chosen: dict[str, Choice] = {}
    for language, locale in project.locales.items():
        context = Context(
            project,
            lookup,
            book,
            locale,
            prepared.waived,
            prepared.outcomes,
            prepared.availability,
            prepared.revisions,
            prepared.former,
            prepared.corrected,
            prepared.corrections,
            prepared.measures,
        )
        words = replace(WordsContext.of(context), exhibits=exhibits(context), previous=previous)
        words = replace(words, compiled=_compiled(words.patterns, language, kept))
        lender = project.lenders.get(language)
        if lender is not None:
            patterns = project.patterns[lender.language]
            lending = replace(words, locale=lender, patterns=patterns, recorded=language, compiled=b"")
            words = replace(words, lenders={lender.language: lending})
        narratives = {}
        for chapter in project.outline.chapters:
            templates = project.narrative[language].get(chapter.chapter, ())
            ready = _ready(templates, f"{language}/{chapter.chapter}", project.narration.lexicon.get(language), kept)
            narratives[chapter.chapter], found = render_chapter(templates, replace(words, ready=ready))
            findings += found
        own = [r for r in project.overrides if r.language == language]
        chapters = compose_chapters(context, narratives)
        generated[language] = generated_in(project, language, chapters.sections)
        reworded = overridden(chapters.sections, own, words)
        replaced[language] = reworded.generated
        findings += reworded.findings
        contexts[language] = context
        manuscripts[language] = compose_manuscript(context, replace(chapters, sections=reworded.sections))
    for language, manuscript in equal_alternatives(manuscripts, book).items():
        documents[language] = numbered(manuscript)
        for spec in project.leaflets:
            choice = chosen.setdefault(spec.leaflet, choose(spec, documents[language]))
            leaflets[spec.leaflet][language] = compose_leaflet(contexts[language], spec, documents[language], choice)
    return Composed(documents, book, tuple(findings), generated=generated, replaced=replaced, leaflets=leaflets)


def _lookup(prepared: Prepared, kept: Kept) -> Lookup:
    """With what the one before has indexed, where this process has had one."""
    before = kept.memory.get("lookup", "") if kept.memory else None
    changed = (*prepared.revisions, *prepared.corrections)
    lookup = Lookup(prepared.observations, prepared.project, changed, before[0] if before else None)
    if kept.memory:
        kept.memory.keep("lookup", "", lookup)
    return lookup


def _compiled(patterns: str, language: str, kept: Kept) -> bytes:
    if kept.cache.folder is None:
        return b""
    return kept.once("patterns", language, (patterns,), lambda: compile_macros(patterns))


def _ready(templates: Sequence[ParagraphTemplate], name: str, lexicon: Lexicon | None, kept: Kept) -> Mapping[str, ReadyLine]:
    """The lines of a chapter in a language, as far as they do not depend on any value."""
    if kept.cache.folder is None:
        return {}
    key: tuple[bytes | str, ...] = (canonical(lexicon), *(template.text for template in templates))
    return kept.once("lines", name, key, lambda: ready_lines(templates, lexicon))
