"""What statuses are printed as, in every preset and both languages, and that ambiguous signs never appear."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from bulletin.errors import ConfigError
from bulletin.load.project import load_project
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from prints import nodes, plain

SMALL = Path(__file__).resolve().parent.parent / "projects" / "small"
BANNED = re.compile(r"…|\.\.\.|\bn\. ?[ad]\.|\bn/a\b", re.IGNORECASE)

ROWS = {
    "MZ-A": ("2275", "P;B", ""),
    "MZ-P": ("2821", "I;P;E", ""),
    "MZ-N": ("", "O", ""),
    "MZ-Q": ("", "M", ""),
    "MZ-T": ("3200", "A", "C"),
    "MZ-B": ("0", "F", ""),
    "MZ-S": ("0.02", "A", ""),
    "MZ-I": ("", "L;H", ""),
    "MZ-G": ("", "K", ""),
    "MZ-L": ("2635", "G;V;U;N;W", ""),
    "MZ-MPM": ("1144", "D;S;J", ""),
}
PRINTED = {
    "default": "2 275,0(b)(p) | 2 821,0(e)(p) | .. | // | c | –(f) | 0,0 | ..(h) | ..(k) | 2 635,0(w)(n)(u)(v)(g) | 1 144,0(j)(s)(d)",
    "ine_pt": "2 275,0(b)Po | 2 821,0(e)Po | x | // | c | –(f) | ə | x(h) | x(k) | 2 635,0(w)(n)§(v)(g) | 1 144,0(j)(s)(d)",
    "un": "2 275,0(b)* | 2 821,0* | .. | // | c | –(f) | 0,0 | ..(h) | ..(k) | 2 635,0(w)(n)(u)(v)(g) | 1 144,0(j)(s)(d)",
    "shorthand": "2 275,0[b][p] | 2 821,0[e][p] | [x] | [z] | [c] | 0[f] | [low] | [x][h] | [x][k] | 2 635,0[w][n][u][v][g] | 1 144,0[j][s][d]",
}  # fmt: skip


def project(tmp_path: Path, more: str) -> Path:
    folder = tmp_path / "small"
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work"))
    lines = ["INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,SOURCE,UNIT_MULT,OBS_STATUS,CONF_STATUS"]
    lines += [f"POPULATION,{area},2024,{v},PERS,PRIMEIRA,3,{s},{c}" for area, (v, s, c) in ROWS.items()]
    (folder / "data" / "populacao.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "bulletin.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{more}\n")
    return folder


def trees(composed: Composed) -> dict[str, dict]:
    return {language: json.loads(data) for language, data in composed.trees().items()}


@pytest.mark.parametrize("preset", PRINTED)
def test_every_status_is_printed_by_the_preset(tmp_path: Path, preset: str) -> None:
    prepared = prepare(project(tmp_path, f"signs: {preset}"), silent)
    found = trees(compose_editions(prepared))
    table = next(t for t in nodes(found["pt"], "Table") if t["id"] == "population")
    rows = {r["key"].partition(".")[2]: r["cells"][0] for r in table["rows"]}
    shown = " | ".join(f"{rows[a]['text']}{rows[a]['signs']}" for a in ROWS)
    assert shown.replace("\u00a0", " ") == PRINTED[preset]
    for language, tree in found.items():
        text = json.dumps({k: v for k, v in tree.items() if k != "words"}, ensure_ascii=False)
        assert not BANNED.search(text), (language, BANNED.search(text))
        legend = plain(next(n for n in nodes(tree, "Note") if n["id"] == "population.signs")["content"])
        signs, names = prepared.project.locales[language].signs, prepared.project.locales[language].sign_names
        used = {m for m, s in signs.items() if s in {piece.split(" ")[0] for piece in legend.split("; ")}}
        assert {m for m in used if names[m] not in legend} == set()
        assert set(signs) - used == {"revised"} if preset != "un" else {"revised"}
        (chart,) = (f["chart"] for f in nodes(tree, "Figure") if f["id"] == "population_chart")
        texts = {c["key"]: p["text"] for c, p in zip(chart["categories"], chart["series"][0]["points"], strict=True)}
        assert {texts[a] for a in ("MZ-N", "MZ-I", "MZ-G")} == {signs["missing"]}
        assert (texts["MZ-T"], texts["MZ-Q"]) == (signs["confidential"], signs["not_applicable"])


def test_only_signs_of_the_edition_are_explained_in_its_front_matter() -> None:
    composed = compose_editions(prepare(SMALL, silent))
    items = next(d for d in nodes(trees(composed)["en"], "Definitions") if d["id"] == "imprint.signs")["items"]
    assert {plain(i["term"]) for i in items} == {"..", "(p)"}


@pytest.mark.parametrize(
    ("signs", "rule"),
    [
        ('missing: "…"', "sign-ambiguous"),
        ('missing: "n.a."', "sign-ambiguous"),
        ('confidential: "–"', "sign-repeated"),
        ('provisional: ".."', "sign-repeated"),
        ('unheard: "(q)"', "sign-unknown"),
    ],
)
def test_signs_of_a_country_that_say_two_things_are_refused(tmp_path: Path, signs: str, rule: str) -> None:
    folder = project(tmp_path, "signs: own")
    (folder / "config" / "signs.yaml").write_text(
        f"presets:\n  - id: own\n    label: {{pt: Nossos, en: Ours}}\n    signs: {{{signs}}}\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        load_project(folder)
    assert {f.rule for f in caught.value.findings} == {rule}


def test_a_preset_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_project(project(tmp_path, "signs: ine"))
    assert [(f.rule, f.parameters["known"]) for f in caught.value.findings] == [
        ("unknown-signs", "default, ine_pt, shorthand, un")
    ]
