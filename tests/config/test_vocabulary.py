"""The vocabulary shared by all countries is complete, equal in both languages and fit to print."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest
from vocabulary import code_lists, country, language, lexicon, local_texts, names, presets, terms, theme, tree

from bulletin.load.orthography import respelt
from bulletin.model.signs import MEANINGS, faults_of
from bulletin.model.theme import Theme
from bulletin.shipped import shipped

FILES = [
    "codelists.yaml",
    "glossary.yaml",
    *(f"countries/{n}.yaml" for n in names("countries")),
    *(f"themes/{n}.yaml" for n in names("themes")),
]

SUBDIVISIONS = {
    "mz": "MZ-A MZ-P MZ-N MZ-Q MZ-T MZ-B MZ-S MZ-I MZ-G MZ-L MZ-MPM",
    "ao": "AO-CAB AO-ZAI AO-UIG AO-LUA x-AO-ICB AO-CNO AO-CUS AO-MAL AO-LNO AO-BGU AO-HUA AO-BIE AO-MOX x-AO-MXL AO-CCU"
    " x-AO-CUB x-AO-CUA AO-NAM AO-HUI AO-CNN AO-LSU AO-BGO",
    "cv": "CV-RG CV-PA CV-PN CV-SV CV-RB CV-TS CV-SL CV-BV CV-MA CV-TA CV-CA CV-CR CV-PR CV-SD CV-SM CV-SS CV-SO CV-RS CV-MO"
    " CV-SF CV-CF CV-BR",
    "gw": "GW-TO GW-QU GW-OI GW-BM GW-BL GW-BA GW-GA GW-CA GW-BS",
    "st": "ST-01 ST-06 ST-02 ST-03 ST-04 ST-05 ST-P",
    "tl": "TL-AL TL-AN TL-AT TL-BA TL-BO TL-CO TL-DI TL-ER TL-LA TL-LI TL-MT TL-MF TL-OE TL-VI",
}


@pytest.mark.parametrize("file", FILES)
def test_every_text_stands_in_both_languages(file: str) -> None:
    incomplete = [
        path
        for path, text in local_texts(tree(file))
        if not path.startswith(".style") and not path.endswith(".article") and not all(text.get(lang) for lang in ("pt", "en"))
    ]
    assert not incomplete


def test_languages_have_the_same_words_and_signs() -> None:
    pt = language("pt")
    assert tuple(pt.sign_names) == MEANINGS
    for other in (pt, *(language(name) for name in names("languages"))):
        if other.partial:
            assert set(other.words) <= set(pt.words)
            assert {at.partition(".")[2] for at in other.review if at.startswith("words.")} <= set(other.words)
            continue
        for part in ("words", "sign_names", "scales"):
            assert list(getattr(pt, part)) == list(getattr(other, part)), (other.language, part)
        assert len(other.months) == 12
        assert {len(c) for c in other.cardinals.values()} == {10}


def test_patterns_take_the_same_values_in_both_languages() -> None:
    pt = language("pt").words
    money = {"currency", "code"}

    def fields(text: str) -> set[str]:
        return {(name or "").replace("nth", "n") for _, name, _, _ in Formatter().parse(text) if name is not None}

    for name in names("languages"):
        other = language(name).words
        assert [key for key in other if fields(pt[key]) - money != fields(other[key]) - money] == [], name


def test_signs_of_every_preset_say_one_thing() -> None:
    known = presets()
    assert tuple(known["default"]) == MEANINGS
    assert len(set(known["default"].values())) == len(MEANINGS)
    for name, signs in known.items():
        assert list(faults_of({**known["default"], **signs})) == [], name
        printed = {**known["default"], **signs}
        for sign in printed.values():
            assert not re.search(r"…|\.\.\.|\bn\.? ?[ad]\.?(?!\w)", sign, re.IGNORECASE), (name, sign)


def test_printed_words_have_glyphs_in_the_shipped_faces() -> None:
    from fontTools.ttLib import TTFont

    known = set(TTFont(shipped("config", "fonts", "SourceSans3-Regular.ttf")).getBestCmap())
    formatting = {0x2060}
    text = "".join("".join(p.words.values()) + "".join(p.sign_names.values()) for p in (language("pt"), language("en")))
    text += "".join(sign for signs in presets().values() for sign in signs.values())
    text += "".join(t for file in FILES for _, m in local_texts(tree(file)) for t in m.values() if isinstance(t, str))
    assert not {c for c in text if ord(c) not in known | formatting}


@pytest.mark.parametrize("code", SUBDIVISIONS)
def test_subdivisions_stand_in_official_order(code: str) -> None:
    assert [p.code for p in country(code).subdivisions] == SUBDIVISIONS[code].split()
    assert country(code).code == code.upper()


def test_every_country_has_its_expected_orthography() -> None:
    assert {c: country(c).orthography for c in SUBDIVISIONS} == {
        "mz": "pre1990",
        "ao": "pre1990",
        "cv": "ao90",
        "gw": "ao90",
        "st": "ao90",
        "tl": "ao90",
    }


@pytest.mark.parametrize("code", SUBDIVISIONS)
def test_a_name_found_in_data_means_one_place_only(code: str) -> None:
    land = country(code)
    seen: dict[str, str] = {}
    for place in (land.place, *land.subdivisions):
        for name in {place.code, *place.name.values(), *(place.inside or {}).values(), *place.aliases}:
            assert seen.setdefault(name.casefold(), place.code) == place.code, name


@pytest.mark.parametrize("code", SUBDIVISIONS)
def test_codes_and_tiles_are_unique(code: str) -> None:
    land = country(code)
    tiles = [p.tile for p in land.subdivisions if p.tile and not p.valid_to]
    assert len(set(tiles)) == len(tiles)
    for listed in (land.institutions, land.programmes):
        ids = [i.id for i in listed]
        assert len(set(ids)) == len(ids)
    spans = [(i.valid_from, i.valid_to) for i in (*land.institutions, *land.programmes)]
    spans += [(p.valid_from, p.valid_to) for p in land.subdivisions]
    assert [s for s in spans if s[1] and s[0] > s[1]] == []


@pytest.mark.parametrize("code", SUBDIVISIONS)
def test_tiles_hold_every_present_subdivision_and_boundaries_those_of_their_time(code: str) -> None:
    land = country(code)
    present = {p.code for p in land.subdivisions if not p.valid_to}
    for said in land.geo:
        features = json.loads(shipped("config", "geo", said.file).read_text("utf-8"))["features"]
        then = said.valid_to[:4] or "2025"
        assert {f["properties"]["code"] for f in features} == {p.code for p in land.subdivisions if p.is_valid(then)}
    assert {p.code for p in land.subdivisions if p.tile} >= present
    tiles = [p.tile for p in land.subdivisions if p.tile and not p.valid_to]
    assert len(set(tiles)) == len(tiles)


def test_maputo_is_written_by_kind_inside_a_sentence() -> None:
    land = country("mz")
    city, province = land.place_of("MZ-MPM"), land.place_of("MZ-L")
    assert city
    assert city.inside
    assert (city.name["pt"], city.inside["pt"]) == ("Cidade de Maputo", "cidade de Maputo")
    assert province
    assert province.inside
    assert (province.article["pt"], province.inside["pt"]) == ("f", "província de Maputo")


def test_code_lists_hold_the_agreed_codes_once() -> None:
    expected = {
        "SEX": "_T M F",
        "SCHEME": "_T INSS INSS-TCO INSS-TCP INPS BM INAS CONTRIB NONCONTRIB",
        "FUNCTION": "_T OLD_AGE SURVIVORS DISABILITY SICKNESS HOSPITALISATION MATERNITY FUNERAL DEATH_GRANT UNEMPLOYMENT"
        " WORK_INJURY FAMILY HEALTH SOCIAL_EXCLUSION ADMINISTRATION",
        "PROGRAMME": "_T PSSB PSSB-IDOSO PSSB-DEFIC PSSB-CRONICA PSSB-CRIANCA PASD PASD-PE PASP PAUS PROSAS PAE",
        "UNIT": "PERS HH ENT CASES PUPILS BIRTHS PT XDC USD RATIO YEARS MONTHS DAYS INDEX",
        "AREA": "x-WORLD x-AFRICA",
        "AGE": "_T " + " ".join(f"Y{n}T{n + 4}" for n in range(0, 80, 5)) + " Y_GE80 Y0T2 Y0T14 Y15T64 Y_GE60 Y_GE65",
    }
    lists = code_lists()
    assert set(lists) == set(expected)
    for name, listed in lists.items():
        ids = [c.id for c in listed.codes]
        assert len(set(ids)) == len(ids), name
        assert set(ids) == set(expected[name].split()), name
        assert {c.parent for c in listed.codes} - {None} <= set(ids), name
        labels = [c.label["pt"] for c in listed.codes]
        assert len(set(labels)) == len(labels), name


def test_glossary_ids_and_terms_are_unique_and_definitions_are_sentences() -> None:
    listed = terms()
    assert len({t.id for t in listed}) == len(listed)
    assert sum(1 for t in listed if t.definition) >= 60
    for lang in ("pt", "en"):
        words = [t.term[lang] for t in listed if t.definition]
        assert len(set(words)) == len(words)
        assert [t.id for t in listed if t.definition and not re.match(r"[A-ZÀ-Ú].*\.$", t.definition[lang])] == []
    names_only = {"world-bank", "government", "presidency"}
    assert {t.id for t in listed if not t.definition and not t.acronym} == names_only
    known = {c.upper() for c in SUBDIVISIONS}
    assert {c for t in listed for c in t.countries} <= known


def test_lexicon_changes_every_word_once_and_for_good() -> None:
    pairs = lexicon()
    befores = [a for a, _ in pairs]
    assert len(pairs) >= 150
    assert [a for a, b in pairs if a == b] == []
    assert len(set(befores)) == len(befores)
    assert [a for a in befores if a != a.lower() or " " in a] == []
    assert set(language("pt").months) <= set(befores)
    # Respelling twice is the same as once.
    assert [(a, b) for a, b in pairs if b.lower() != a and b.lower() in befores] == []
    assert {"facto", "contacto", "secção", "pacto", "verão", "para"}.isdisjoint(befores)


@pytest.mark.parametrize(
    ("after", "before"),
    [
        ("Proteção Social", "Protecção Social"),
        ("AÇÃO", "ACÇÃO"),
        ("o facto e o contacto do setor", "o facto e o contacto do sector"),
        ("Diretor-Geral", "Director-Geral"),
        ("respetivamente, em setembro de 2024", "respectivamente, em Setembro de 2024"),
        ("cofinanciamento e infraestruturas", "co-financiamento e infra-estruturas"),
        ("caráter socioeconómico; exceto ótimo", "carácter sócio-económico; excepto óptimo"),
    ],
)
def test_former_spelling(after: str, before: str) -> None:
    assert respelt(after, dict(lexicon())) == before


def test_country_names_are_respelt_for_mozambique() -> None:
    words = dict(lexicon())
    ministry = next(i for i in country("mz").institutions if i.id == "MTGAS")
    assert respelt(ministry.name["pt"], words) == "Ministério do Trabalho, Género e Acção Social"


def test_shipped_portuguese_holds_no_former_spelling() -> None:
    former = {b.lower() for a, b in lexicon() if b.lower() != a}
    texts = [str(w) for w in language("pt").words.values()]
    texts += [str(m["pt"]) for file in FILES for _, m in local_texts(tree(file)) if isinstance(m.get("pt"), str)]
    assert {w for t in texts for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", t.lower()) if w in former} == set()


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", names("themes"))
def test_text_is_legible_in_every_theme(name: str) -> None:
    look: Theme = theme(name)
    colour = look.colour
    texts = (colour.ink, colour.ink_2, colour.brand, colour.accent)
    pairs = [(c, ground) for c in texts for ground in (colour.paper, colour.tint)]
    pairs += [(c, colour.paper) for c in colour.series]
    pairs += [(c, colour.brand_deep) for c in (colour.on_brand, colour.on_brand_2)]
    pairs += [(colour.on_brand, colour.brand), (colour.on_brand, colour.accent)]
    assert [(p, round(contrast(*p), 2)) for p in pairs if contrast(*p) < 4.5] == []
    assert look.id == name
