"""The results as a page of the documentation, in both languages, with two plots: `python benchmarks/page.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"

GOALS: tuple[tuple[str, str, float, str, str], ...] = (
    ("builds", "usual route / cold", 2, "Cold build against the usual route", "Construção de raiz face à via habitual"),
    ("builds", "usual route / cold, Typst", 5, "The same, PDF by Typst", "O mesmo, PDF pelo Typst"),
    ("builds", "cold / a sentence", 5, "One sentence changed, against cold", "Uma frase alterada, face à construção de raiz"),
    (
        "builds",
        "cold / a cell",
        3,
        "One data cell changed, against cold",
        "Uma célula de dados alterada, face à construção de raiz",
    ),
    ("builds", "cold / nothing", 40, "Nothing changed, against cold", "Nada alterado, face à construção de raiz"),
    ("docx", "usual-docx / bulletin", 5, "DOCX against python-docx by row", "DOCX face ao python-docx linha a linha"),
    ("docx", "pandoc-docx / bulletin", 5, "DOCX against pandoc", "DOCX face ao pandoc"),
    ("start", "help / python", -6, "`bulletin --help` against bare Python", "`bulletin --help` face ao Python sem nada"),
)
"""Part, ratio, goal (negative: at most), words in English and Portuguese."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Performance",
        "intro": (
            "What `python benchmarks/run.py` measured on one machine, each part in one run. Times are wall clock unless said otherwise; only ratios "
            "carry over to other machines. Each figure is the median of the rounds, with its range; every round runs the first command twice, "
            "and a ratio inside what the command differs from itself counts as not distinguishable. Before any time counts, the files are "
            "compared: the same figures in tables, rows and pictures."
        ),
        "route": (
            "The *usual route* is one process that draws every chart with Matplotlib's constrained layout, makes the tagged PDF of each language "
            "with WeasyPrint from a plain page and the DOCX with python-docx, row by row. It starts from finished words and figures, draws maps "
            "as bars only, and has no contents, leaflets, attached tables, checks or record of the figures; `bulletin` does all that first."
        ),
        "word": (
            "The DOCX of one language is timed by the processor, for the writing of the file alone: words, figures and pictures (as each program "
            "takes them) lie ready, libraries are imported. pandoc is timed as the command that it is, with its reading of the text. The file of "
            "`bulletin` also has the shipped fonts, a bookmark for every text, the record by which a reviewed file is read back, pictures as "
            "drawings too, and charts that Word can edit."
        ),
        "limits": (
            "## Where it stops, and what would lift it\n\n"
            "- **WeasyPrint.** Two thirds of the processor time of a cold build are WeasyPrint laying out and writing some 300 pages, 25 to 30 "
            "seconds a language. A plain page of the same words takes 13.5: that is the floor without another engine. The difference, by "
            "profile: columns of the contents and the glossary (10 %), columns of tables fitted to what stands in them (7 %), pictures as "
            "drawings (5 %), mended tags (6 %), the remaining grids. It would help to balance columns from the heights that the program knows, "
            "to fix the widths of tables, and a WeasyPrint that takes a ready tree.\n"
            "- **Composing.** Both languages are composed anew at every build (about 3 seconds of processor), because the facts of all "
            "chapters are recorded in one book; what is kept are parsed lines, charts, parts of the PDF. A worker proves meanwhile that the "
            "languages say the same (1.2). To keep whole chapters, each would have to name every figure that it asked for. With one chapter "
            "laid out by WeasyPrint (1.8) and the parts bound anew (1.4), this is most of what a sentence costs.\n"
            "- **Typst.** Its part is 10 of 29 seconds of processor; reading, composing, charts and the Word files are the others.\n"
            "- **Word.** Of 0.4 seconds: body 0.10, fonts 0.08, record for reviews 0.06, the rest of the packing 0.06, first use of libraries "
            "0.06. Fonts packed ahead would give a factor of about 4.7 against python-docx.\n"
        ),
        "head": "| | measured | range | n | goal | |",
        "yes": "reached",
        "no": "not reached",
        "absent": "absent",
        "same": "not distinguishable",
        "memory": "Peak memory, whole process tree, cold build of the example",
        "tables": "Tables of 25 columns: seconds of processor by rows",
        "observations": "Observations read, checked and derived",
        "trace": "`trace` in an edition with 10⁵ facts, longest question",
        "exponent": "exponent",
        "seconds": "Seconds, a round each",
        "made": "Made with",
        "cores": "cores",
    },
    "pt": {
        "title": "Desempenho",
        "intro": (
            "O que `python benchmarks/run.py` mediu numa máquina, cada parte numa só execução. Os tempos são de relógio, salvo indicação em "
            "contrário; só as razões valem noutras máquinas. Cada valor é a mediana das rondas, com os extremos; em cada ronda o primeiro "
            "comando corre duas vezes, e uma razão dentro do que ele difere de si próprio não se distingue. Antes de contar qualquer tempo, os "
            "ficheiros são comparados: os mesmos valores nos quadros, as mesmas linhas e imagens."
        ),
        "route": (
            "A *via habitual* é um só processo que desenha cada gráfico com a disposição «constrained» do Matplotlib, faz o PDF com etiquetas de "
            "cada língua com o WeasyPrint a partir de uma página simples e o DOCX com o python-docx, linha a linha. Parte de textos e valores "
            "prontos, desenha os mapas só como barras e não tem índice, folhetos, quadros anexos, verificações nem registo dos valores; o "
            "`bulletin` faz tudo isso primeiro."
        ),
        "word": (
            "O DOCX de uma língua mede-se em tempo de processador, só a escrita do ficheiro: textos, valores e imagens (como cada programa as "
            "recebe) estão prontos e as bibliotecas carregadas. O pandoc mede-se como o comando que é, com a leitura do texto. O ficheiro do "
            "`bulletin` tem ainda as fontes fornecidas, um marcador para cada texto, o registo pelo qual se lê um ficheiro revisto, as imagens "
            "também como desenho e gráficos que o Word pode editar."
        ),
        "limits": (
            "## O limite, e o que o afastaria\n\n"
            "- **WeasyPrint.** Dois terços do tempo de processador de uma construção de raiz são o WeasyPrint a dispor e a escrever cerca de 300 "
            "páginas, 25 a 30 segundos por língua. Uma página simples com as mesmas palavras leva 13,5: é o mínimo sem outro motor. A "
            "diferença, medida por perfil: colunas do índice e do glossário (10 %), colunas de quadros ajustadas ao conteúdo (7 %), imagens como "
            "desenho (5 %), etiquetas corrigidas (6 %), as grelhas que restam. Ajudaria equilibrar as colunas com as alturas que o programa "
            "conhece, fixar as larguras dos quadros e um WeasyPrint que aceitasse uma árvore pronta.\n"
            "- **Composição.** As duas línguas compõem-se de novo em cada construção (cerca de 3 segundos de processador), porque os factos de "
            "todos os capítulos se registam num só livro; o que se guarda são linhas analisadas, gráficos e partes do PDF. Entretanto um "
            "processo auxiliar prova que as línguas dizem o mesmo (1,2). Para guardar capítulos inteiros, cada um teria de nomear todos os "
            "valores que pediu. Com um capítulo disposto pelo WeasyPrint (1,8) e as partes juntas de novo (1,4), é a maior parte do que custa "
            "uma frase.\n"
            "- **Typst.** A sua parte são 10 de 29 segundos de processador; os outros são ler, compor, desenhar os gráficos e os ficheiros Word.\n"
            "- **Word.** De 0,4 segundos: corpo 0,10, fontes 0,08, registo para as revisões 0,06, resto do empacotamento 0,06, primeiro uso de "
            "bibliotecas 0,06. As fontes empacotadas de antemão dariam um fator de cerca de 4,7 face ao python-docx.\n"
        ),
        "head": "| | medido | extremos | n | meta | |",
        "yes": "atingida",
        "no": "não atingida",
        "absent": "ausente",
        "same": "não se distingue",
        "memory": "Memória máxima, todos os processos, construção de raiz do exemplo",
        "tables": "Quadros de 25 colunas: segundos de processador, por linhas",
        "observations": "Observações lidas, verificadas e derivadas",
        "trace": "`trace` numa edição com 10⁵ factos, pergunta mais demorada",
        "exponent": "expoente",
        "seconds": "Segundos, uma ronda cada",
        "made": "Feito com",
        "cores": "núcleos",
    },
}

Results = Mapping[str, Any]


def reached(ratio: float, goal: float) -> bool:
    return ratio <= -goal if goal < 0 else ratio >= goal


def page(results: Results, language: str) -> str:
    return "\n".join(_lines(results, language)) + "\n"


def _lines(results: Results, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield f"# {words['title']}\n"
    yield f"{words['intro']}\n"
    yield f"{words['route']}\n"
    yield f"{words['word']}\n"
    yield words["head"]
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for part, name, goal, english, portuguese in GOALS:
        found = results.get(part, {}).get("found", {}).get(name)
        said = english if language == "en" else portuguese
        sign = "≤" if goal < 0 else "≥"
        if not isinstance(found, dict):
            yield f"| {said} | {words['absent']} | | | {sign} {_number(abs(goal), language)} | |"
            continue
        low, high = found["range"]
        verdict = words["yes" if reached(found["ratio"], goal) else "no"] if found["distinguishable"] else words["same"]
        yield (
            f"| {said} | {_number(found['ratio'], language)} | {_number(low, language)}–{_number(high, language)} | {found['n']} | "
            f"{sign} {_number(abs(goal), language)} | {verdict} |"
        )
    yield ""
    yield f"![{words['seconds']}](../performance/builds-{language}.svg)\n"
    if memory := results.get("memory", {}).get("found"):
        yield f"{words['memory']}: " + "; ".join(f"`{k}` {v:.0f} MB" for k, v in memory.items()) + ".\n"
    if tables := results.get("tables", {}).get("found"):
        yield f"![{words['tables']}](../performance/tables-{language}.svg)\n"
        yield (
            f"{words['tables']}: "
            + "; ".join(
                f"{kind.upper()}, {words['exponent']} {_number(found['exponent'], language)}"
                for kind, found in tables.items()
                if "exponent" in found
            )
            + ".\n"
        )
    if observations := results.get("observations", {}).get("found"):
        exponents, peak = observations["exponents"], observations["peak_gigabytes"]
        yield (
            f"{words['observations']}, 10⁴–10⁶: {words['exponent']} {_number(round(exponents['all'], 2), language)}, "
            f"{_number(round(peak, 2), language)} GB.\n"
        )
    if trace := results.get("trace", {}).get("found"):
        yield f"{words['trace']}: {_number(round(max(trace['seconds'].values()), 2), language)} s.\n"
    yield words["limits"]
    if machine := next((r["machine"] for r in results.values() if "machine" in r), None):
        libraries = ", ".join(f"{k} {v}" for k, v in machine["libraries"].items())
        yield f"{words['made']}: Python {machine['python']}, {machine['system']}, {machine['cores']} {words['cores']}; {libraries}."


def _number(value: float, language: str) -> str:
    said = f"{value:g}"
    return said.replace(".", ",") if language == "pt" else said


def draw(results: Results, language: str, folder: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams.update({"svg.hashsalt": "bulletin", "svg.fonttype": "none", "font.size": 9})
    words = WORDS[language]
    if samples := results.get("builds", {}).get("found", {}).get("samples"):
        _bars(samples, words["seconds"], folder / f"builds-{language}.svg")
    if tables := results.get("tables", {}).get("found"):
        _slopes(tables, words["tables"], folder / f"tables-{language}.svg")


def _bars(samples: Mapping[str, Sequence[Mapping[str, float]]], title: str, target: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 0.5 + 0.4 * len(samples)), layout="constrained")
    axes = figure.subplots()
    for number, (_, rounds) in enumerate(samples.items()):
        axes.plot([r["wall"] for r in rounds], [number] * len(rounds), "o", color="#12416b", alpha=0.7)
    axes.set_yticks(range(len(samples)), list(samples))
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_title(title, loc="left")
    figure.savefig(target, metadata={"Date": None})


def _slopes(tables: Mapping[str, Mapping[str, Any]], title: str, target: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3), layout="constrained")
    axes = figure.subplots()
    for kind, found in tables.items():
        rows = sorted(int(r) for r in found if r != "exponent")
        axes.plot(rows, [found[str(r)]["seconds"] for r in rows], "o-", label=kind.upper())
        axes.annotate(kind.upper(), (rows[-1], found[str(rows[-1])]["seconds"]))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(title, loc="left")
    figure.savefig(target, metadata={"Date": None})


def main() -> None:
    results = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    folder = DOCS / "performance"
    folder.mkdir(exist_ok=True)
    for language, name in (("en", "performance"), ("pt", "desempenho")):
        (DOCS / language / f"{name}.md").write_text(page(results, language), encoding="utf-8")
        draw(results, language, folder)


if __name__ == "__main__":
    main()
