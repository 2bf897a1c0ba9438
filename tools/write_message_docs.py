"""Writes the parts of docs/ that follow from the configuration: what each message means, the codes a data file may use, and the
names of what the standard outline holds.

Usage: tools/write_message_docs.py [--check]; with --check nothing is written and a difference is an error.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]

COMMANDS = re.compile(r"stage_|forms_|severity_|head_|doctor_|fix_|compare_|amendment_|cause_|account_|ignored_|explain_")
"""Texts of the commands that are no messages."""
WORDS = ("created", "account", "counts", "built", "message_language", "released", "compared", "wrote", "more_figures")

TITLES = {"pt": "O que quer dizer cada mensagem", "en": "What each message means"}
OPENINGS = {
    "pt": """
Cada mensagem tem três partes: **onde** está o problema (ficheiro, linha ou célula, coluna), **o que** está errado e, depois do ponto
e vírgula, **o que fazer**. Para encontrar aqui uma mensagem, procure algumas das suas palavras (Ctrl+F).

| palavra | quer dizer |
|---|---|
| [erro] | tem de ser corrigido; o boletim não se constrói e o anterior fica como estava |
| [aviso] | o boletim constrói-se, mas convém olhar (com `--strict` conta como erro) |
| [aceite] | uma discrepância aceite em `waivers:`, com motivo |
| nota | só informação: não aparece no ecrã, fica em `work/findings.json` |

O nome da regra, em letra de máquina, é o que se escreve em `waivers:` e o que se encontra em `work/findings.json`.
""",
    "en": """
Every message has three parts: **where** the problem is (file, line or cell, column), **what** is wrong and, after the semicolon,
**what to do**. To find a message here, search for some of its words (Ctrl+F).

| word | means |
|---|---|
| [error] | must be mended; the bulletin is not built and the former one stays as it was |
| [warning] | the bulletin is built, but have a look (with `--strict` it counts as an error) |
| [accepted] | a discrepancy accepted under `waivers:`, with a reason |
| note | information only: not shown on the screen, kept in `work/findings.json` |

The rule's name, in typewriter letters, is what `waivers:` takes and what `work/findings.json` holds.
""",
}
FILES = {"pt": "docs/pt/mensagens.md", "en": "docs/en/messages.md"}

CODE_TITLES = {"pt": "Indicadores e códigos", "en": "Indicators and codes"}
CODE_FILES = {"pt": "docs/pt/indicadores.md", "en": "docs/en/indicators.md"}
CODE_OPENINGS = {
    "pt": """
O que se pode escrever nas colunas de um quadro de dados (ver [Os dados](dados.md)). Um indicador com ƒ é calculado pelo programa:
não é preciso enviá-lo. «Unidade» é a que se usa quando a coluna UNIT_MEASURE está vazia.
""",
    "en": """
What the columns of a data table may hold (see [The data](data.md)). An indicator with ƒ is computed by the program: it need not be
sent. "Unit" is the one used where the column UNIT_MEASURE is empty.
""",
}
CODE_HEADS = {"pt": "| código | indicador | unidade | reparte-se por |", "en": "| code | indicator | unit | broken down by |"}
SCHEME_NOTES = {
    "pt": "`INSS` é o código do regime geral em todos os países; em Cabo Verde imprime-se INPS.",
    "en": "`INSS` is the code of the general scheme in all countries; in Cabo Verde it is printed INPS.",
}
PLACES = {"pt": "Lugares (REF_AREA)", "en": "Places (REF_AREA)"}
AREA_LISTS = {"pt": "| código | nome |", "en": "| code | name |"}
CHAPTERS = {
    "context": {"pt": "Contexto", "en": "Context"},
    "contributory": {"pt": "Regime contributivo", "en": "Contributory system"},
    "noncontributory": {"pt": "Segurança social básica", "en": "Basic social security"},
    "coverage": {"pt": "Cobertura", "en": "Coverage"},
    "coverage_national": {"pt": "Cobertura, séries nacionais", "en": "Coverage, national series"},
    "expenditure": {"pt": "Despesa", "en": "Expenditure"},
    "adequacy": {"pt": "Adequação das prestações", "en": "Adequacy of benefits"},
    "sustainability": {"pt": "Sustentabilidade financeira", "en": "Financial sustainability"},
    "service": {"pt": "Qualidade do serviço", "en": "Quality of service"},
    "targets": {"pt": "Metas", "en": "Targets"},
}
OUTLINE_TITLES = {"pt": "A estrutura do boletim", "en": "The outline of the bulletin"}
OUTLINE_FILES = {"pt": "docs/pt/estrutura.md", "en": "docs/en/outline.md"}
OUTLINE_OPENINGS = {
    "pt": """
Os nomes dos capítulos, secções, quadros e gráficos comuns, para `omit`, `change` e `add` (ver [A configuração](configuracao.md)).
""",
    "en": """
The names of the common chapters, sections, tables and charts, for `omit`, `change` and `add` (see [Configuration](configuration.md)).
""",
}
OUTLINE_HEADS = {"pt": "| nome | o que é | título |", "en": "| name | what it is | title |"}
KINDS = {
    "section": {"pt": "secção", "en": "section"},
    "table": {"pt": "quadro", "en": "table"},
    "text_table": {"pt": "quadro de texto", "en": "table of words"},
    "chart": {"pt": "gráfico", "en": "chart"},
    "box": {"pt": "caixa", "en": "box"},
}
SUBDIVISION = {"pt": "província ou distrito", "en": "province or district"}


def read(path: str) -> Any:
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


def rules(messages: Mapping[str, str]) -> list[str]:
    """Names of the messages that need an explanation, in the order of the file."""
    return [name for name in messages if not COMMANDS.match(name) and name not in WORDS]


def message_page(language: str) -> str:
    messages = read(f"config/messages/{language}.yaml")
    lines = [f"# {TITLES[language]}", *OPENINGS[language].splitlines()]
    for group in read("docs/messages.yaml")["groups"]:
        lines += ["", f"## {group['title'][language]}", "", group["intro"][language].strip()]
        for rule, entry in group["rules"].items():
            example = messages[rule].format_map(entry.get("with", {}))
            place = entry.get("place", "")
            lines += ["", f"### `{rule}`", "", "```", f"{place}: {example}" if place else example, "```", "", entry[language]]
    return "\n".join(lines) + "\n"


def code_page(language: str) -> str:
    units = {c["id"]: c["label"][language] for c in read("config/codelists.yaml")["UNIT"]["codes"]}
    lines = [f"# {CODE_TITLES[language]}", *CODE_OPENINGS[language].splitlines()]
    for chapter, title in CHAPTERS.items():
        lines += ["", f"## {title[language]}", "", CODE_HEADS[language], "|---|---|---|---|"]
        for indicator in read(f"config/indicators/{chapter}.yaml")["indicators"]:
            mark = " ƒ" if "formula" in indicator else ""
            dimensions = ", ".join(d.upper() for d in indicator.get("dimensions", ()))
            unit = units.get(indicator["unit"], indicator["unit"])
            lines.append(f"| `{indicator['id']}`{mark} | {indicator['label'][language]} | {unit} | {dimensions} |")
    for name, codes in read("config/codelists.yaml").items():
        if name != "AREA":
            column = "UNIT_MEASURE" if name == "UNIT" else name
            lines += ["", f"## {codes['label'][language]} ({column})", "", AREA_LISTS[language], "|---|---|"]
            for code in codes["codes"]:
                only = f" ({', '.join(code['countries'])})" if "countries" in code else ""
                lines.append(f"| `{code['id']}` | {code['label'][language]}{only} |")
        if name == "SCHEME":
            lines += ["", SCHEME_NOTES[language]]
    lines += ["", f"## {PLACES[language]}"]
    for path in sorted((ROOT / "config/countries").glob("*.yaml")):
        country = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        places = [country["place"], *country["subdivisions"]]
        lines += ["", f"### {country['place']['name'][language]}", "", AREA_LISTS[language], "|---|---|"]
        lines += [f"| `{p['code']}` | {p['name'][language]} |" for p in places]
    return "\n".join(lines) + "\n"


def outline_page(language: str) -> str:
    lines = [f"# {OUTLINE_TITLES[language]}", *OUTLINE_OPENINGS[language].splitlines()]

    def row(name: str, kind: str, title: Mapping[str, str]) -> str:
        said = title[language].replace("{subdivision}", SUBDIVISION[language]).replace("{subdivisions}", SUBDIVISION[language])
        return f"| `{name}` | {KINDS[kind][language]} | {said} |"

    for name in read("config/outlines/standard/00-outline.yaml")["order"]:
        chapter = read(f"config/outlines/standard/{name}.yaml")
        title = chapter["title"][language].replace("{subdivision}", SUBDIVISION[language])
        rows = []
        for section in chapter.get("sections", ()):
            rows += [row(section["id"], "section", section["title"])] if section.get("title") else []
            for item in section.get("items", ()):
                kind = next(iter(item))
                rows += [row(item[kind], kind, item["title"])] if kind in KINDS and item.get("title") else []
        lines += ["", f"## `{name}`: {title}"]
        lines += ["", OUTLINE_HEADS[language], "|---|---|---|", *rows] if rows else []
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Path below the project's root to what belongs in it."""
    makers = ((FILES, message_page), (CODE_FILES, code_page), (OUTLINE_FILES, outline_page))
    return {files[language]: make(language) for files, make in makers for language in files}


def main() -> int:
    stale = []
    for path, text in pages().items():
        target = ROOT / path
        if "--check" in sys.argv:
            stale += [path] if not target.is_file() or target.read_text(encoding="utf-8") != text else []
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    for path in stale:
        print(f"{path} is out of date: run tools/write_message_docs.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
