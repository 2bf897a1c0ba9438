"""What the sample says beyond the small project, and what its reviewers write, in both languages."""

from __future__ import annotations

from collections.abc import Callable

from bulletin.document.anchors import bookmark
from bulletin.model.reviewed import ReadFile, ReadParagraph

Edit = Callable[..., ReadFile]
"""Language, edits and their choices to the file that came back."""

PROSE = {
    "pt": {
        "cities": "A população envelhece devagar e concentra-se nas cidades do litoral.",
        "services": "Os serviços chegam a mais famílias do que antes.",
        "north": "As províncias do norte têm menos postos de atendimento.",
        "roads": "As estradas encurtam o caminho até aos postos.",
        "schools": "As escolas registam cada vez mais crianças.",
        "rains": "As chuvas atrasam os pagamentos todos os anos.",
        "phones": "O telemóvel serve agora para pagar.",
        "women": "As mulheres recebem em nome da família.",
        "law": "A lei não mudou neste ano.",
    },
    "en": {
        "cities": "The population ages slowly and gathers in the towns of the coast.",
        "services": "Services reach more families than before.",
        "north": "The northern provinces have fewer service points.",
        "roads": "Roads shorten the way to the service points.",
        "schools": "Schools register ever more children.",
        "rains": "The rains delay payments every year.",
        "phones": "The mobile phone now serves for payment.",
        "women": "Women receive on behalf of the family.",
        "law": "The law has not changed this year.",
    },
}
SAID = {
    "pt": {
        "word": ("devagar", "lentamente"),
        "split": "e concentra-se",
        "replaced": "Cada vez menos pessoas vivem longe de um posto.",
        "new": "Está prevista a abertura de 15 000 postos.",
        "figure": ("82", "28"),
        "cell": ("27", "72"),
        "question": "Qual é a fonte desta afirmação?",
        "done": "Já confirmado.",
        "on": "famílias",
    },
    "en": {
        "word": ("slowly", "gradually"),
        "split": "and gathers",
        "replaced": "Ever fewer people live far from a service point.",
        "new": "15,000 service points are to be opened.",
        "figure": ("82", "28"),
        "cell": ("27", "72"),
        "question": "What is the source of this statement?",
        "done": "Already confirmed.",
        "on": "families",
    },
}


def name_of(block: str, language: str) -> str:
    return bookmark(block, language)


def having(file: ReadFile, block: str, language: str) -> list[ReadParagraph]:
    """Paragraphs that carry the mark of a block."""
    name = bookmark(block, language)
    return [p for p in file.paragraphs if any(m.name == name for m in p.marks)]
