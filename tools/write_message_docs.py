"""Writes the parts of docs/ that follow from the configuration: what each message means, the codes a data file may use, the
names of what the standard outline holds, and the signs and statuses.

Usage: tools/write_message_docs.py [--check]; with --check nothing is written and a difference is an error.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bulletin.load.messages import load_messages
from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.signs import FOLLOWS, STANDS_FOR
from bulletin.pipeline.messages import filled

ROOT = Path(__file__).resolve().parents[1]

COMMANDS = re.compile(
    r"("
    r"account|"
    r"advanced|"
    r"amendment|"
    r"argument|"
    r"calculation|"
    r"cause|"
    r"check|"
    r"compare|"
    r"doctor|"
    r"explain|"
    r"fix|"
    r"form|"
    r"forms|"
    r"head|"
    r"ignored|"
    r"impact|"
    r"report|"
    r"severity|"
    r"stage|"
    r"status|"
    r"trace|"
    r"usage"
    r")_"
)
"""Texts of the commands that are no messages."""
WORDS = (
    "created",
    "account",
    "counts",
    "built",
    "message_language",
    "archived",
    "advanced",
    "released",
    "compared",
    "wrote",
    "more_figures",
)

_CHOICE = re.compile(r"\{\w+:[^{}]*\|((?:[^{}]|\{\w+\})*)\}")
"""The words of a message that depend on a number; the last are the usual ones."""

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

| código de saída | quer dizer |
|---|---|
| 0 | sem erros |
| 1 | há erros nos dados (com `--strict`, ou avisos), ou a pergunta não teve resposta |
| 2 | o comando ou a configuração não está certo, ou falta um ficheiro ou uma pasta |
| 3 | não se pode escrever; o que existia ficou como estava |
| 130 | interrompido com Ctrl+C |
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

| exit code | means |
|---|---|
| 0 | no errors |
| 1 | there are errors in the data (or warnings, with `--strict`), or the question had no answer |
| 2 | the command or the configuration is not right, or a file or folder is missing |
| 3 | nothing can be written; what was there is as it was |
| 130 | interrupted with Ctrl+C |
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
SIGN_TITLES = {"pt": "Sinais e estados", "en": "Signs and statuses"}
SIGN_FILES = {"pt": "docs/pt/sinais.md", "en": "docs/en/signs.md"}
SIGN_OPENINGS = {
    "pt": """
Na coluna OBS_STATUS de um quadro de dados escreve-se uma letra SDMX, ou várias separadas por ponto e vírgula (`B;P`); em CONF_STATUS,
uma letra. O boletim imprime sinais: os da coluna `default`, ou os de outro conjunto, escolhido com `signs:` em `bulletin.yaml`
(`signs: shorthand`). Por baixo de cada quadro só se explicam os sinais que nele aparecem.
""",
    "en": """
The column OBS_STATUS of a data table takes an SDMX letter, or several separated by semicolons (`B;P`); CONF_STATUS takes one letter.
The bulletin prints signs: those of the column `default`, or those of another set, chosen with `signs:` in `bulletin.yaml`
(`signs: shorthand`). Below each table only the signs that it holds are explained.
""",
}
SIGN_HEADINGS = {
    "statuses": {"pt": "Estados (OBS_STATUS)", "en": "Statuses (OBS_STATUS)"},
    "confidentiality": {"pt": "Confidencialidade (CONF_STATUS)", "en": "Confidentiality (CONF_STATUS)"},
    "values": {"pt": "Sinais sem letra", "en": "Signs without a letter"},
    "presets": {"pt": "Os conjuntos", "en": "The sets"},
    "own": {"pt": "Um conjunto próprio", "en": "A set of your own"},
}
SIGN_HEADS = {
    "statuses": {"pt": "| letra | estado | imprime-se |", "en": "| letter | status | printed |"},
    "values": {"pt": "| nome | quando |", "en": "| name | when |"},
}
STATUS_ORDER = {
    "pt": "Na ordem em que se imprimem quando são vários (precedência da diretriz SDMX 2.0, 2019). «No lugar»: o sinal está onde"
    " estaria o valor; os outros seguem o valor. Uma quebra (B) traça ainda uma linha no quadro e interrompe a linha do gráfico.",
    "en": 'In the order in which several are printed (precedence of SDMX guideline 2.0, 2019). "Instead": the sign stands where the'
    " value would; the others follow the value. A break (B) also draws a rule in the table and interrupts the line of a chart.",
}
INSTEAD_WORD = {"pt": "no lugar", "en": "instead"}
STATUS_NAMES = {
    "B": {"pt": "quebra de série", "en": "break in series"},
    "O": {"pt": "em falta", "en": "missing"},
    "M": {"pt": "não pode existir", "en": "cannot exist"},
    "L": {"pt": "existe, mas não foi recolhido", "en": "exists but was not collected"},
    "H": {"pt": "em falta por ser feriado", "en": "missing because of a holiday"},
    "Q": {"pt": "suprimido por confidencialidade", "en": "suppressed for confidentiality"},
    "J": {"pt": "derrogação", "en": "derogation"},
    "S": {"pt": "situação particular", "en": "special event"},
    "D": {"pt": "definição diferente", "en": "definition differs"},
    "K": {"pt": "incluído noutra rubrica", "en": "included in another category"},
    "W": {"pt": "inclui outra rubrica", "en": "includes another category"},
    "I": {"pt": "imputado", "en": "imputed"},
    "F": {"pt": "projeção", "en": "forecast"},
    "E": {"pt": "estimado", "en": "estimated"},
    "P": {"pt": "provisório", "en": "provisional"},
    "N": {"pt": "não significativo", "en": "not significant"},
    "U": {"pt": "fiabilidade reduzida", "en": "low reliability"},
    "V": {"pt": "não validado", "en": "unvalidated"},
    "G": {"pt": "experimental", "en": "experimental"},
    "A": {"pt": "normal", "en": "normal"},
}
CONF_NAMES = {
    "F": {"pt": "livre: publica-se", "en": "free: published"},
    "N": {
        "pt": "não se publica; imprime-se o sinal de confidencial",
        "en": "not for publication; the sign for confidential is printed",
    },
    "C": {"pt": "confidencial, por si só", "en": "confidential in itself"},
    "D": {"pt": "confidencial para proteger outro, por quem envia", "en": "confidential to protect another, set by the sender"},
    "S": {
        "pt": "confidencial para proteger outro, por quem recebe",
        "en": "confidential to protect another, set by the receiver",
    },
}
VALUE_NAMES = {
    "zero": {"pt": "o valor é exatamente zero", "en": "the value is exactly zero"},
    "below_half": {
        "pt": "o valor não é zero, mas arredonda para zero; onde o sinal é 0, imprime-se o número: 0 ou 0,0",
        "en": "the value is not zero but rounds to it; where the sign is 0, the number is printed: 0 or 0.0",
    },
    "revised": {
        "pt": "o valor mudou desde a edição anterior; resulta da comparação, não se escreve nos dados",
        "en": "the value has changed since the edition before; found by comparison, not written in the data",
    },
}
OWN_SIGNS = {
    "pt": """
Um ficheiro `config/signs.yaml` na pasta do país acrescenta um conjunto; o que ele não diz fica como em `default`:

```yaml
presets:
  - id: nosso
    label: {pt: Sinais do nosso instituto, en: Signs of our institute}
    signs: {missing: "..", provisional: "(prov.)"}
```

As reticências e «n.a.» são recusadas em qualquer conjunto, porque querem dizer coisas diferentes conforme o país e a língua; dois motivos
para faltar um valor não podem ter o mesmo sinal.
""",
    "en": """
A file `config/signs.yaml` in the country's folder adds a set; what it does not say stays as in `default`:

```yaml
presets:
  - id: ours
    label: {pt: Sinais do nosso instituto, en: Signs of our institute}
    signs: {missing: "..", provisional: "(prov.)"}
```

The ellipsis and "n.a." are refused in any set, for they mean different things in different countries and languages; two reasons for a
missing value cannot share a sign.
""",
}
FORMULA_TITLES = {"pt": "Fórmulas", "en": "Formulas"}
FORMULA_FILES = {"pt": "docs/pt/formulas.md", "en": "docs/en/formulas.md"}
FORMULA_ROLES = {
    "pt": ("Entradas", "facultativas", "uma, com qualquer nome (a soma aceita várias)"),
    "en": ("Inputs", "optional", "one, under any name (a sum takes several)"),
}
FORMULA_OPENINGS = {
    "pt": """
Um indicador calculado tem uma `formula` no catálogo (`config/indicators/*.yaml`, ou o mesmo ficheiro na pasta do país):

```yaml
formula:
  name: ratio
  inputs: {numerator: INSURED_ACTIVE, denominator: INSURED_REGISTERED}
  where: {denominator: {sex: _T}}      # facultativo: coordenadas fixas de uma entrada
  parameters: {scale: 100, when_over: note}
```

O cálculo faz-se ao longo de todas as dimensões que as entradas partilham. Um nome desconhecido, unidades que não condizem, uma
dimensão que uma entrada não tem ou um indicador que precisa de si próprio são erros ditos antes de se lerem dados. O resultado leva os
sinais das entradas (provisório, estimado, ilustrativo, confidencial) e todas as suas fontes. Nenhuma variação atravessa uma quebra.
As séries das organizações internacionais (`series: international`) não se calculam nem se juntam às nacionais.
""",
    "en": """
A computed indicator has a `formula` in the catalogue (`config/indicators/*.yaml`, or the same file in the country's folder):

```yaml
formula:
  name: ratio
  inputs: {numerator: INSURED_ACTIVE, denominator: INSURED_REGISTERED}
  where: {denominator: {sex: _T}}      # optional: fixed coordinates of an input
  parameters: {scale: 100, when_over: note}
```

It is computed along all dimensions that the inputs share. An unknown name, units that do not match, a dimension that an input lacks
or an indicator that needs itself are errors told before data are read. The result carries the marks of its inputs (provisional,
estimated, illustrative, confidential) and all their sources. No change is computed across a break. Series of international
organisations (`series: international`) are neither computed nor joined to national ones.
""",
}
SUBDIVISION = {"pt": "província ou distrito", "en": "province or district"}


RULE_TITLES = {"pt": "As regras", "en": "The rules"}
RULE_FILES = {"pt": "docs/pt/regras.md", "en": "docs/en/rules.md"}
RULE_OPENINGS = {
    "pt": """
O que o programa verifica nos dados. Algumas regras aplicam-se a todos os indicadores a que servem; as outras declaram-se com o
indicador, em `rules:` (`config/indicators.yaml` do projeto), com a gravidade e os parâmetros que se quiser:

```yaml
indicators:
  - id: PENSIONERS
    rules:
      - {rule: growth, severity: warning, parameters: {max_percent: 20}}
```

Os limiares estão todos em `config/rules.yaml`; um projeto muda um deles no seu próprio `config/rules.yaml` (o mesmo `id`, com o
parâmetro diferente). Uma regra que não se pode avaliar, por faltar aquilo de que precisa, conta como não cumprida no anexo de qualidade.
Uma diferença verdadeira aceita-se em `waivers:` (ver [A configuração](configuracao.md)); um relatório para as instituições, com a folha
de aprovação, escreve-se com `bulletin check PROJETO --report xlsx`, e as folhas preenchidas leem-se com `--approvals FICHEIRO`.
""",
    "en": """
What the program checks in the data. Some rules apply to every indicator they suit; the others are declared with the indicator, under
`rules:` (`config/indicators.yaml` of the project), with the severity and parameters wanted:

```yaml
indicators:
  - id: PENSIONERS
    rules:
      - {rule: growth, severity: warning, parameters: {max_percent: 20}}
```

All thresholds stand in `config/rules.yaml`; a project changes one in its own `config/rules.yaml` (the same `id`, with the parameter that
differs). A rule that cannot be evaluated, because what it needs is missing, counts as not passed in the quality annex. A true
difference is accepted under `waivers:` (see [Configuration](configuration.md)); a report for institutions, with the sheet of approval,
is written by `bulletin check PROJECT --report xlsx`, and the sheets filled in are read with `--approvals FILE`.
""",
}
RULE_WORDS = {
    "pt": {
        "everywhere": "Aplica-se a todos os indicadores a que serve.", "declared": "Declara-se com o indicador.",
        "severity": "Gravidade", "head": "| parâmetro | o que é | valor |", "says": "O que diz:",
        "users": "Declarada com", "more": "e mais {count}",
    },
    "en": {
        "everywhere": "Applies to every indicator it suits.", "declared": "Declared with the indicator.",
        "severity": "Severity", "head": "| parameter | what it is | value |", "says": "What it says:",
        "users": "Declared with", "more": "and {count} more",
    },
}  # fmt: skip


def read(path: str) -> Any:
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


def rules(messages: Mapping[str, str]) -> list[str]:
    """Names of the messages that need an explanation, in the order of the file."""
    return [name for name in messages if not COMMANDS.match(name) and name not in WORDS]


def message_page(language: str) -> str:
    messages = load_messages(language)
    lines = [f"# {TITLES[language]}", *OPENINGS[language].splitlines()]
    for group in read("docs/messages.yaml")["groups"]:
        lines += ["", f"## {group['title'][language]}", "", group["intro"][language].strip()]
        for rule, entry in group["rules"].items():
            example = filled(messages[rule], messages, {"key": "", **entry.get("with", {})})
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


def sign_page(language: str) -> str:
    presets = {p["id"]: p for p in read("config/signs.yaml")["presets"]}
    signs = {name: {**presets["default"]["signs"], **p["signs"]} for name, p in presets.items()}
    names = " | ".join(f"`{name}`" for name in presets)
    bars = "---|" * len(presets)

    def printed(meaning: str) -> str:
        return " | ".join(f"`{signs[name][meaning]}`" for name in presets)

    lines = [f"# {SIGN_TITLES[language]}", *SIGN_OPENINGS[language].splitlines()]
    lines += ["", f"## {SIGN_HEADINGS['statuses'][language]}", "", STATUS_ORDER[language], ""]
    lines += [f"{SIGN_HEADS['statuses'][language]} {names} |", f"|---|---|---|{bars}"]
    for status in ObsStatus:
        instead, after = STANDS_FOR.get(status, ""), FOLLOWS.get(status, "")
        how = INSTEAD_WORD[language] if instead else ""
        signed = printed(instead or after) if instead or after else " | ".join("" for _ in presets)
        if instead and after:
            signed = " | ".join(f"`{signs[n][instead]}` `{signs[n][after]}`" for n in presets)
        lines.append(f"| `{status.value}` | {STATUS_NAMES[status.value][language]} | {how} | {signed} |")
    lines += ["", f"## {SIGN_HEADINGS['confidentiality'][language]}", ""]
    lines += [f"{SIGN_HEADS['statuses'][language]} {names} |", f"|---|---|---|{bars}"]
    for conf in ConfStatus:
        signed = printed("confidential") if conf is not ConfStatus.FREE else " | ".join("" for _ in presets)
        how = INSTEAD_WORD[language] if conf is not ConfStatus.FREE else ""
        lines.append(f"| `{conf.value}` | {CONF_NAMES[conf.value][language]} | {how} | {signed} |")
    lines += ["", f"## {SIGN_HEADINGS['values'][language]}", ""]
    lines += [f"{SIGN_HEADS['values'][language]} {names} |", f"|---|---|{bars}"]
    lines += [f"| `{meaning}` | {name[language]} | {printed(meaning)} |" for meaning, name in VALUE_NAMES.items()]
    lines += ["", f"## {SIGN_HEADINGS['presets'][language]}", ""]
    for name, preset in presets.items():
        note = preset.get("note", {}).get(language, "")
        lines.append(f"- `{name}`: {preset['label'][language]}.{f' {note}' if note else ''}")
    lines += ["", f"## {SIGN_HEADINGS['own'][language]}", *OWN_SIGNS[language].rstrip().splitlines()]
    return "\n".join(lines) + "\n"


def formula_page(language: str) -> str:
    from bulletin.derive.formulas import FORMULAS

    said, words = read("docs/formulas.yaml"), read(f"config/languages/{language}.yaml")["words"]
    lines = [f"# {FORMULA_TITLES[language]}", *FORMULA_OPENINGS[language].splitlines()]
    for name, recipe in FORMULAS.items():
        pattern = words.get(f"symbols_{name}", words[f"formula_{name}"]).replace("{of}", "{x}").replace("{back}", "t−1")
        for hidden in ("{scale}", "{divide}", "{start}"):
            pattern = pattern.replace(hidden, "")
        pattern = (
            pattern.replace("{overlap}", " − {overlap}").replace("{others}", "{young} + {old}").replace("{times}", "{factor}")
        )
        lines += [
            "",
            f"## `{name}`",
            "",
            said["formulas"][name][language],
            "",
            "> " + pattern.replace("{", "*").replace("}", "*"),
        ]
        needed, optional = (", ".join(f"`{r}`" for r in roles) for roles in (recipe.roles, recipe.optional))
        labels = FORMULA_ROLES[language]
        lines += ["", f"{labels[0]}: {needed or labels[2]}" + (f"; {labels[1]}: {optional}" if optional else "") + "."]
        if recipe.parameters:
            lines += ["", *(f"- `{p}`: {said['parameters'][p][language]}" for p in recipe.parameters)]
    return "\n".join(lines) + "\n"


def rule_page(language: str) -> str:
    """Every kind of rule: what it checks, how grave a breach is, its thresholds, what it says, and which indicators declare it."""
    words, messages = RULE_WORDS[language], read(f"config/messages/{language}.yaml")
    declared: dict[str, list[str]] = {}
    for path in sorted((ROOT / "config/indicators").glob("*.yaml")):
        for indicator in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["indicators"]:
            for spec in indicator.get("rules", ()):
                if indicator["id"] not in declared.setdefault(spec["rule"], []):
                    declared[spec["rule"]].append(indicator["id"])
    lines = [f"# {RULE_TITLES[language]}", *RULE_OPENINGS[language].splitlines()]
    for kind in read("config/rules.yaml")["rules"]:
        name, severity = kind["id"], messages[f"severity_{kind.get('severity', 'error')}"]
        where = words["everywhere" if kind.get("applies") == "everywhere" else "declared"]
        lines += [
            "",
            f"## `{name}`: {kind['label'][language]}",
            "",
            kind["text"][language],
            "",
            f"{where} {words['severity']}: {severity}.",
        ]
        if kind.get("parameters"):
            lines += ["", words["head"], "|---|---|---|"]
            for parameter, entry in kind["parameters"].items():
                default = entry.get("default", "–")
                shown = ", ".join(default) if isinstance(default, list) else str(default)
                lines.append(f"| `{parameter}` | {entry['text'][language]} | {shown} |")
        lines += ["", words["says"], ""]
        lines += [f"- `{finding}`: {_CHOICE.sub(lambda m: m[1], messages[finding])}" for finding in kind["findings"]]
        users = declared.get(name, [])
        if users:
            more = f" {words['more'].format(count=len(users) - 12)}" if len(users) > 12 else ""
            lines += ["", f"{words['users']}: {', '.join(f'`{u}`' for u in users[:12])}{more}."]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Path below the project's root to what belongs in it."""
    makers = (
        (FILES, message_page),
        (CODE_FILES, code_page),
        (OUTLINE_FILES, outline_page),
        (SIGN_FILES, sign_page),
        (FORMULA_FILES, formula_page),
        (RULE_FILES, rule_page),
    )
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
