"""What a careful reader strikes out in a sentence of each language: rules written here from the grammar, not from the language packs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from every_sentence import Said

VERBS = {
    "pt": {
        "aumentou": "aumentaram", "diminuiu": "diminuíram", "era": "eram", "foi": "foram", "ascendeu": "ascenderam",
        "situou-se": "situaram-se", "manteve-se": "mantiveram-se", "duplicou": "duplicaram", "triplicou": "triplicaram",
        "passou": "passaram", "atingiu": "atingiram", "desceu": "desceram", "representava": "representavam",
        "representa": "representam", "variava": "variavam", "varia": "variam", "excedeu": "excederam", "tinha": "tinham",
        "teve": "tiveram", "é": "são", "cobriu": "cobriram", "cobria": "cobriam",
    },
    "en": {"was": "were", "is": "are", "ranges": "range", "accounts": "account"},
    "fr": {
        "a": "ont", "n’a": "n’ont", "était": "étaient", "est": "sont", "s’établissait": "s’établissaient", "s’est": "se sont",
        "représentait": "représentaient", "représente": "représentent", "variait": "variaient", "varie": "varient",
        "avait": "avaient", "couvrait": "couvraient",
    },
}  # fmt: skip
BOTH = {
    "en": (
        *("rose", "fell", "stood", "amounted", "accounted", "reached", "ranged", "went", "doubled", "tripled", "exceeded"),
        *("contributed", "had", "did", "covered"),
    )
}
"""Verbs of which one form serves both numbers."""
TOGETHER = {"equilibraram-se", "se sont", "were"}
"""Of two subjects at once."""
PASSED = (
    *("exceeded", "covered", "cover", "dépassé", "couvert", "couvrait pas", "couvraient pas"),
    *("excedeu", "excederam", "cobriu", "cobriram", "cobria", "cobriam"),
)
"""Verbs before their object."""
AND = {"e", "et", "and"}
NO_SUBJECT = ("composition", "contribution", "breaks", "provisional", "revised", "partial")
"""Patterns whose verb belongs to something else."""
BETWEEN = {"pt": r"(?:não |quase |mais do que )*", "en": r"(?:nearly |more than )*", "fr": r"(?:ne )?"}
ENDINGS = {"pt": {"ms": "o", "fs": "a", "mp": "os", "fp": "as"}, "fr": {"ms": "", "fs": "e", "mp": "s", "fp": "es"}}
AGREE = {
    "pt": r"(?<!valor mais )(?<!valores mais )(?<!e o mais )\b(?:inalterad|elevad|baix|reduzid)(\w+)(?! da série)",
    "fr": r"\b(?:resté|passé|s’est élevé|se sont élevé|(?:est|sont) descendu|inchangé|supérieur|réduit|(?<!valeur la )(?<!valeurs les )plus élevé)(e?s?)\b",
}
"""Words that agree with the subject, their ending caught."""
FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "pt": {
        "": ("em", "de", "a", "por", "para"),
        "m": ("no", "do", "ao", "pelo", "o"),
        "f": ("na", "da", "à", "pela", "a"),
        "mp": ("nos", "dos", "aos", "pelos", "os"),
        "fp": ("nas", "das", "às", "pelas", "as"),
    },
    "fr": {
        "": ("à ", "de ", "d’", "par ", "pour "),
        "m": ("dans le ", "du ", "au ", "par le ", "pour le ", "le "),
        "f": ("dans la ", "de la ", "à la ", "par la ", "la "),
        "l": ("dans l’", "de l’", "à l’", "par l’", "l’"),
        "mp": ("dans les ", "des ", "aux ", "les "),
        "fp": ("dans les ", "des ", "aux ", "les "),
        "au": ("au ", "du ", "le "),
        "en": ("en ", "de la ", "à la ", "la "),
        "enl": ("en ", "de l’", "à l’", "l’"),
    },
}  # fmt: skip
"""What may stand before a name of each class."""
SCALE = {
    "pt": "milhão|milhões|mil milhões|bilião|biliões",
    "en": "million|billion|trillion",
    "fr": "millions?|milliards?|billions?",
}
NOUNS = {
    "pt": "ponto percentual|pontos percentuais|anos?|mês|meses|dias?|vez|vezes|dólar|dólares|metical|meticais|kwanzas?|escudos?|dobras?|francos?",
    "en": "percentage points?|years?|months?|days?",
    "fr": "points? de pourcentage|ans?|jours?|dollars?|metical|meticais|kwanzas?|escudos?|dobras?|francs?",
}
PLURAL = {
    "pt": r"milhões|biliões|pontos percentuais|meses|vezes|\w+s",
    "en": r"[\w ]+s",
    "fr": r"meticais|points de pourcentage|\w+s",
}
_AFTER = {
    "pt": r"(?:de|para|em|nos?|nas?|entre|face|por|ao|à|d[oa]s?|e|os?|as?)\b|mil milhões",
    "fr": r"(?:de|à|en|aux?|dans|pour|entre|par|et|soit|du|des|la|le)\b|d’",
}
"""Words that may follow millions without counting them."""
BANNED: dict[str, tuple[tuple[str, str], ...]] = {
    "pt": (
        (r"\b(?:[Dd]e|[Ee]m|[Pp]or) (?:os?|as?) (?!\d)\w", "not contracted"),
        (r"\ba (?:os?|as?) \w", "not contracted"),
        (r"\b(?:não|que|como|nem) (?:\w+ ){0,2}\w+-se\b", "the pronoun after the verb"),
        (r"(?<!não )(?<!que )\bse (?:situ|mant|equilibr)\w+", "the pronoun before the verb"),
        (r"\bum mil\b", "um mil"),
        (rf"\b(?:{SCALE['pt']}) (?!{_AFTER['pt']})[a-zà-ü]", "no «de» after milhões"),
        (r"\d de (?:meticais|kwanzas|escudos|dobras|francos|dólares)\b", "«de» after a full figure"),
        (r"(?<![\wº])\d+(?:[ºª]|o|a) ", "an ordinal without its point"),
        (r"\b(?:umas?|uns) dos?\b|\b(?:dois|um) das\b|\b(?:duas|uma) dos\b", "a number of the other gender"),
    ),
    "en": (
        (r"\b[Aa] (?=[aeiou])(?!one\b|uni|use|eu)", "a before a vowel"),
        (r"\b[Aa]n (?![aeiouAEIOUhF-S8])", "an before a consonant"),
        (r"\b(?:million|billion|trillion)s\b", "a plural scale"),
        (rf"\b(?:MZN|AOA|CVE|XOF|STN|USD) (?!−?\d)|\d (?:{SCALE['en']}) (?:MZN|AOA|CVE|XOF|STN|USD)", "the currency in the wrong place"),
        (r"\d+(?<!1)1th\b|\d+(?<!1)2th\b|\d+(?<!1)3th\b|1[123](?:st|nd|rd)\b|[04-9](?:st|nd|rd)\b", "an ordinal"),
        (r"\b(?:in|of|for|to|by|among) (?:in|of|for|by|among)\b", "two prepositions"),
        (r"\bone of the one\b|\bone (?:provinces|districts|municipalities|regions|islands)\b", "one of many"),
    ),
    "fr": (
        (r"\b[Dd]e les? \w|\bà les? \w", "not contracted"),
        (r"\b(?:[DdLlNnSsJj]e|[Qq]ue|[Ll]a|[Jj]usque) (?!onz|oui\b|ouï|yaourt)(?:[aàâeéèêëiîïoôuûœ]|h(?:om|ab|eu|um|ôp))", "no elision"),
        (r"\b(?:[Dd]e|[Ll]a|[Ll]e) [AEIOUÀÂÉÈÊÎÔ][a-zà-ÿ]", "no elision"),
        (r"\b[DdLl]’(?![aàâeéèêëiîïoôuûœhyAÀÂÁEÉÈÊËIÎOÔÓUÍH«])", "an elision before a consonant"),
        (r"(?<![\u202f])[%;!?]", "no narrow space before a mark"),
        (r"(?<!\u00a0):", "no space before a colon"),
        (r"’Hu(?:ambo|íla)", "an elision that is not made"),
        (r"'", "a straight apostrophe"),
        (r"\b(?!1)\d+er\b|\b1e\b|\d(?:ème|ième)\b", "an ordinal"),
        (rf"\b(?:{SCALE['fr']}) (?!{_AFTER['fr']})[a-zà-ÿ]", "no «de» after millions"),
        (r"\bun des \d+ (?:provinces|municipalités|régions)|\bune des \w+ (?:districts)", "a number of the other gender"),
        (r"\ben (?:le|la|les) ", "en with an article"),
    ),
}  # fmt: skip
LENDS = re.compile(r"[\u00a0\u202f]")


def faults(language: str, said: Said) -> list[str]:
    plain = LENDS.sub(" ", said.text)
    found = [told for told, wrong in _anywhere(said.text, plain) if wrong]
    if language not in BANNED:
        return found
    for pattern, told in _compiled(language):
        match = pattern.search(said.text if told.endswith(("mark", "colon")) else plain)
        if match:
            found.append(f"{told}: {match[0]}")
    return [
        *found,
        *_numbers(language, plain),
        *_verbs(language, plain, said),
        *_endings(language, plain, said),
        *_names(language, plain, said),
    ]


def _anywhere(text: str, plain: str) -> Iterator[tuple[str, bool]]:
    yield "two spaces", "  " in plain or plain != plain.strip()
    yield "a space before a mark", bool(re.search(r" [.,)]|\( ", plain))
    yield "two marks", bool(re.search(r"[.,;:]{2}|\(\)|,;|,\.", plain.replace("p.p.", "")))
    own = re.sub(r"\[pt: [^][]*\]", "", text)
    yield "something left over", bool(re.search(r"[{}⟦\[\]|_\ue000-\uf8ff]|\bNone\b|undefined", own))
    yield "no capital at the start", not text[:1].isupper()
    yield "not one full stop", not text.endswith(".") or bool(re.search(r"\.\s+[A-ZÀ-Ý]", plain))
    yield "a word twice", bool(re.search(r"\b([a-zà-ÿ]{1,}) \1\b", plain.replace(" a a ", " ")))
    yield "brackets", plain.count("(") != plain.count(")")


@cache
def _compiled(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(p), t) for p, t in BANNED[language])


@cache
def _figures(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,])−?(\d+(?: \d{{3}})*(?:[.,]\d+)*) ((?:{SCALE[language]})|(?:{NOUNS[language]}))\b")


def _numbers(language: str, text: str) -> Iterator[str]:
    """Singular or plural after every figure, as its digits ask for."""
    for match in _figures(language).finditer(text):
        digits = match[1].replace(" ", "")
        size = float(digits.replace(".", "").replace(",", ".") if language != "en" else digits.replace(",", ""))
        singular = size < 2 if language == "fr" else size == 1
        noun = match[2]
        if language == "en" and re.fullmatch(SCALE["en"], noun):
            continue
        plural = bool(re.fullmatch(PLURAL[language], noun)) and noun != "mês"
        if noun != "mil milhões" and plural == singular:
            yield f"number: {match[0]}"


def _verbs(language: str, text: str, said: Said) -> Iterator[str]:
    """The verb that follows a subject stands in its number."""
    if said.pattern in NO_SUBJECT or (said.pattern == "ranking" and said.by != "ref_area" and language != "en"):
        return
    one, many = VERBS[language], _plurals(language)
    for subject in (said.subject, said.other):
        if (subject is said.other and said.pattern not in ("balance", "coverage")) or (said.pattern == "share" and said.by):
            continue
        plain = LENDS.sub(" ", subject.text)
        at = text.rfind(plain) if subject is said.other else text.find(plain)  # one may be named inside the other
        if at < 0:
            at = text.find(LENDS.sub(" ", subject.start))
        if at < 0:
            if said.pattern not in ("coverage", "ratio"):
                yield f"no verb: {plain}"
            continue
        if text[:at].rstrip().endswith(PASSED):
            continue
        match = _follows(language).match(text, at + len(plain))
        word = match[1] if match else ""
        if word in AND or (said.outcome == "equal" and word in TOGETHER):
            continue
        if (word in one and subject.n == "p") or (word in many and subject.n == "s"):
            yield f"verb: {plain} {word}"
        elif word not in one and word not in many and word not in BOTH.get(language, ()):
            yield f"no verb known: {plain} {word}"


@cache
def _follows(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?: \([^)]*\))? {BETWEEN[language]}(se sont|[\w’-]+)")


@cache
def _plurals(language: str) -> frozenset[str]:
    return frozenset(VERBS[language].values())


def _endings(language: str, text: str, said: Said) -> Iterator[str]:
    """Participles and adjectives in the gender and number of the subject."""
    if language not in AGREE or said.pattern == "balance":
        return
    for words in (said.subject.text, said.other.text, said.other.of):
        text = text.replace(LENDS.sub(" ", words), "…")
    for match in re.finditer(AGREE[language], text):
        if match[1] != ENDINGS[language][said.subject.g + said.subject.n]:
            yield f"agreement: {said.subject.text} … {match[0]}"
    if language == "pt":
        for match in re.finditer(r"\b(igual|iguais|superior(?:es)?)\b(?= (?:à média|entre|em|na|no|nos|nas)\b)", text):
            if (match[1] in ("iguais", "superiores")) != (said.subject.n == "p"):
                yield f"agreement: {said.subject.text} … {match[0]}"


def _names(language: str, text: str, said: Said) -> Iterator[str]:
    """Before the name of a place or group, what its gender and number ask for; in brackets the name alone."""
    classes = FORMS.get(language)
    if classes is None or said.pattern in ("above_average", "partial") or said.by == "":
        return
    for subject in (said.subject, said.other):
        for words in (subject.text, subject.start, subject.of):
            text = text.replace(LENDS.sub(" ", words), "…")
    for named in sorted(said.named, key=lambda n: -len(n.name)):
        for match in _name(named.name).finditer(text) if named.article in classes else ():
            before = text[: match.start()]
            if before.count("(") > before.count(")"):
                continue
            last, low = _last(before), before.lower()
            allowed = classes[named.article]
            if language == "fr" and named.name[0].lower() in "aàâeéèêiîoôuh" and named.article in ("m", "f"):
                allowed = classes["l"]
            right = low.endswith(allowed) if language == "fr" else last in allowed
            other = last in _prepositions(language) or low.endswith(("l’", "d’"))
            if not right and (other or (named.article != "" and not _may_be_bare(said, before))):
                yield f"before the name ({named.article}): {before[-15:]}{named.name}"
        text = _name(named.name).sub("…", text)


@cache
def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


@cache
def _prepositions(language: str) -> frozenset[str]:
    return frozenset(f.strip() for forms in FORMS[language].values() for f in forms)


def _last(text: str) -> str:
    return (text.split() or [""])[-1].lower()


def _may_be_bare(said: Said, before: str) -> bool:
    """Groups that the sentence introduces once: *correspondiam ao regime A e B*; a place never."""
    return (
        said.by != "ref_area"
        and (said.by != "sex" or said.pattern == "comparison")
        and bool(re.search(r"(?:, | et? |\w )$", before))
    )
