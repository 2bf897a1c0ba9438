"""A small bulletin that holds every block type, for the tests of all writers (`from sample import sample, images`); pictures are placeholders."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from bulletin.document.blocks import (
    Box,
    BulletList,
    Cell,
    Column,
    Contents,
    Definition,
    Definitions,
    Entry,
    Figure,
    KeyFigure,
    KeyFigures,
    Note,
    Notice,
    Paragraph,
    Row,
    Spanner,
    Table,
)
from bulletin.document.chart import Category, Chart, Image, Point, Series
from bulletin.document.inline import (
    Emphasis,
    Footnote,
    Foreign,
    Inline,
    Inlines,
    Literal,
    NoteMark,
    Number,
    Reference,
    Strong,
    Text,
)
from bulletin.document.tree import Cover, Document, Metadata, Opening, Section
from bulletin.model.theme import Colours, Faces, Theme

NB = "\u00a0"
ILLUSTRATIVE = "Dados ilustrativos"

INDICO = Theme(
    id="indico",
    label={"pt": "Índico", "en": "Índico"},
    font=Faces("Source Sans 3", "Source Serif 4 Display", "Source Serif 4 Subhead", "Source Serif 4 Display"),
    colour=Colours(
        ink="#1B2733", ink_2="#51606D", rule="#9FB0BE", hair="#DCE4EA", tint="#F1F5F8", paper="#FFFFFF",
        brand="#12436D", brand_deep="#0C2F4F", on_brand="#FFFFFF", on_brand_2="#BCD2E3", accent="#B8470F",
        accent_fill="#F46A25", context="#A9B4BD", series=("#12436D", "#B8470F", "#1C7A73", "#6B7580"),
        sequential=("#DBE9F1", "#A9CBE0", "#6BA3C9", "#34729F", "#12436D"), missing=("#F4F4F2", "#B9BEC3"),
    ),
)  # fmt: skip
ACACIA = Theme(
    id="acacia",
    label={"pt": "Acácia", "en": "Acacia"},
    font=Faces("Source Sans 3", "Source Sans 3", "Source Sans 3", "Source Sans 3"),
    colour=Colours(
        ink="#24251F", ink_2="#5D5B4F", rule="#B3AC98", hair="#E5DFD1", tint="#F6F2E8", paper="#FFFFFF",
        brand="#2B5B3C", brand_deep="#1D402A", on_brand="#FFFFFF", on_brand_2="#C9DCC8", accent="#8A5800",
        accent_fill="#D9981E", context="#B5B0A1", series=("#2B5B3C", "#A85F00", "#7A2E4D", "#6E6C60"),
        sequential=("#E6EEDC", "#BFD6B0", "#86B384", "#4C8459", "#2B5B3C"), missing=("#F5F4EF", "#BDB8A8"),
    ),
    table_head="filled",
    exhibit_label="chip",
    page_strip=True,
)  # fmt: skip

PROVINCES = (
    "Moçambique", "Niassa", "Cabo Delgado", "Nampula", "Zambézia", "Tete", "Manica", "Sofala", "Inhambane", "Gaza",
    "Maputo (província)", "Cidade de Maputo",
)  # fmt: skip


def said(*pieces: str | Inline) -> Inlines:
    return tuple(Text(p) if isinstance(p, str) else p for p in pieces)


def num(text: str, fact: str = "PENSIONERS.MZ@2024") -> Number:
    return Number(text.replace(" ", NB), fact)


def para(identity: str, *pieces: str | Inline) -> Paragraph:
    return Paragraph(identity, said(*pieces))


def note(identity: str, label: str, *pieces: str | Inline) -> Note:
    return Note(identity, label, said(*pieces))


def chart(identity: str, kind: str = "line", width: float = 170, height: float = 84) -> Chart:
    return Chart(
        identity,
        kind,
        (Category("2023", "2023", 2023), Category("2024", "2024", 2024)),
        (
            Series(
                "s",
                "Pensionistas",
                (Point(119.2, "119,2", "PENSIONERS.MZ@2023"), Point(124.6, "124,6", "PENSIONERS.MZ@2024", True)),
            ),
        ),
        width=width,
        height=height,
    )


def spark(identity: str) -> Chart:
    return chart("spark." + identity, "spark", 52.67, 14)


def cell(text: str, fact: str = "", signs: str = "", marks: str = "") -> Cell:
    if text in {"..", "–", "//", "c"}:
        return Cell(text, "", "missing", signs, marks)
    return Cell(text.replace(" ", NB), fact or "PENSIONERS.MZ@2024", "number", signs, marks)


def words(*pieces: str | Inline) -> Cell:
    content = said(*pieces)
    text = "".join(p.text for p in content if isinstance(p, Text | Number | Literal))
    return Cell(text, "", "text", content=content)


def row(key: str, label: str | Inlines, figures: str, role: str = "normal", marks: str = "") -> Row:
    """`figures`: cells parted by `|`, a sign after `~`."""
    cells = []
    for piece in figures.split("|") if figures else ():
        text, _, sign = piece.strip().partition("~")
        cells.append(cell(text, signs=sign))
    return Row(key, said(label) if isinstance(label, str) else label, tuple(cells), role, marks)  # type: ignore[arg-type]


FIGURES = (
    KeyFigure("covered", "Pessoas abrangidas pela protecção social", said(num(">2")), "milhões", "2024", said(num("+46%")),
              said("face a 2023"), "up", None, "sem série anterior publicada", ""),
    KeyFigure("pensioners", "Pensionistas do INSS", said(num("124 598")), "", "Fevereiro de 2024", said(num("+20,3%")),
              said("face a Junho de 2021 (", num("103 540"), ")"), "up", spark("pensioners"), "", "", "pensioners: de 83 (2015) a 124 (2024)."),
    KeyFigure("employers", "Empregadores inscritos no INSS", said(num("187 388")), "", "Dezembro de 2024", said(num("+15,6%")),
              said("face a Dezembro de 2022 (", num("162 081"), ")"), "up", spark("employers"), "", "", "employers: de 83 (2015) a 124 (2024)."),
    KeyFigure("households", "Agregados inscritos no Programa Subsídio Social Básico", said(num("639 636")), "", "2024",
              said(num("+6,6%")), said("face a 2022 (", num("600 000"), ")"), "up", spark("households"), "", ILLUSTRATIVE, "households: de 83 (2015) a 124 (2024)."),
    KeyFigure("execution", "Execução financeira do PSSB", said(num("5%")), "", "2024", said(num("−18 p.p.")),
              said("face a 2023 (", num("23%"), ")"), "down", spark("execution"), "", "", "execution: de 83 (2015) a 124 (2024)."),
    KeyFigure("reserve", "Reserva técnica do INSS", said(num("74")), "mil milhões de MT", "Setembro de 2024", said(num("0,0%")),
              said("face a 2023"), "same", spark("reserve"), "", "", "reserve: de 83 (2015) a 124 (2024)."),
)  # fmt: skip


def sex_table() -> Table:
    """Two rows of heads, groups, sub-rows, a total, signs and note marks."""
    heads = ("Homens", "Mulheres", "Total")
    columns = tuple(
        Column(f"{year}.{h}", said(h), i, total=h == "Total", first=h == "Homens")
        for i, year in enumerate((2022, 2023, 2024))
        for h in heads
    )
    spanners = (
        (
            Spanner(said("2022"), 0, 3),
            Spanner(said("2023"), 3, 3),
            Spanner(said("2024 (p)"), 6, 3),
        ),
    )
    rows = (
        row("total", "Total dos programas", "..|..|852,6|319,1|556,7|875,8|329,1|579,6|908,7", "total", "1"),
        row("pssb", "Programa Subsídio Social Básico (PSSB)", "206,6|390,1|596,7|212,0|404,4|616,4|218,5|421,1|639,6", "group"),
        row("idoso", "Subsídio para Idosos", "176,4|338,2|514,6|180,1|346,9|527,0|184,6|356,8|541,4", "sub"),
        row("defic", "Subsídio para Pessoas com Deficiência", "21,3|27,9|49,2|22,0|28,8|50,8|22,9|30,2|53,1", "sub"),
        row(
            "cronica",
            "Subsídio para Pessoas com Doenças Crónicas e Degenerativas",
            "6,8|10,9|17,7|7,0|11,5|18,5|7,6|12,4|20,0",
            "sub",
        ),
        row("crianca", "Subsídio para a Criança dos 0 aos 2 anos", "2,1|13,1|15,2|2,9|17,2|20,1|3,4|21,7|25,1", "sub"),
        row("pasd", "Programa Apoio Social Directo (PASD)", "..|..|152,6|67,4|90,7|158,1|69,6|94,1|163,7", "group"),
        row("pe", "Pós-emergência (PASD-PE)", "..|..|42,6|18,4|25,4|43,8~(e)|18,9|26,2|45,1", "sub", "2"),
        row("pasp", "Programa Acção Social Produtiva (PASP)", "25,1|39,7|64,8|23,0|37,2|60,2|23,2|38,2|61,4", "group"),
        row("prosas", "Serviços Sociais de Acção Social (ProSAS)", "15,8|22,7|38,5|16,7|24,4|41,1|17,8|26,2|44,0", "group"),
        row("criancas", "dos quais: agregados chefiados por crianças", "–|–|–|c|c|0,1|c|c|0,3", "sub"),
    )
    return Table(
        "noncontributory.sex",
        said("Agregados beneficiários dos programas de segurança social básica, por programa e sexo da pessoa responsável, 2022\u2060–\u20602024"),
        said("Moçambique, situação em 31 de Dezembro (milhares de agregados)"),
        said("Programa e modalidade"),
        columns,
        spanners,
        rows,
        (
            note("n", "Notas", NoteMark("1"), NB + "Soma dos programas; um agregado pode beneficiar de mais de um. ",
                 NoteMark("2"), NB + "Em 2022, dados por sexo não recolhidos."),
            note("s", "Sinais", ".. não disponível; – valor nulo; c confidencial; (e) estimado; (p) provisório."),
            note("f", "Fonte", "Dados ilustrativos, para demonstração da apresentação gráfica."),
        ),
        ILLUSTRATIVE,
        "Linhas: programas; colunas: anos de 2022 a 2024, por sexo.",
        stub_share=0.31,
        label="Quadro 1.1",
        continued="Quadro 1.1  Agregados beneficiários dos programas de segurança social básica (continuação)",
    )  # fmt: skip


def small_table() -> Table:
    """Flat head, few columns, a sign in a head and a long source."""
    return Table(
        "noncontributory.budget",
        said("Orçamento da acção social, 2021\u2060–\u20602024"),
        said("Milhões de meticais"),
        said("Rubrica"),
        tuple(Column(str(y), said(str(y)), sign="(p)" if y == 2024 else "") for y in range(2021, 2025)),
        (),
        (
            row("total", "Total", "5 213,4|6 012,7|6 845,9|7 114,2", "total"),
            row("in", "Recursos internos", "4 102,8|4 800,1|5 213,6|5 402,0"),
            row("out", "Recursos externos", "1 110,6|1 212,6|1 632,3|1 712,2"),
        ),
        (note("f", "Fonte", "Ministério que superintende a área da acção social, informes orçamentais."),),
        "",
        "Linhas: rubricas; colunas: anos.",
        label="Quadro 1.2",
        continued="Quadro 1.2  Orçamento da acção social (continuação)",
    )


def long_table() -> Table:
    """Portrait, longer than a page."""
    rows = [row("MZ", "Moçambique", "124 598|120 411|118 002|115 800|109 921", "total")]
    for year in range(6):
        rows.append(Row(f"block{year}", said(f"Grupo {year + 1} de distritos"), (), "block"))
        rows += [
            row(f"{year}.{i}", f"Distrito {year + 1}.{i + 1}", f"{100 + i * 37}|{98 + i * 31}|{87 + i * 3}|..|{70 + i}")
            for i in range(12)
        ]
    return Table(
        "annex.districts",
        said("Pensionistas, por distrito, 2020\u2060–\u20602024"),
        said("Número de pensionistas em 31 de Dezembro"),
        said("Distrito"),
        tuple(Column(str(y), said(str(y))) for y in range(2020, 2025)),
        (),
        tuple(rows),
        (note("s", "Sinais", ".. não disponível."), note("f", "Fonte", "Dados ilustrativos.")),
        ILLUSTRATIVE,
        "Linhas: distritos por grupo; colunas: anos.",
        label="Quadro A.1",
        continued="Quadro A.1  Pensionistas, por distrito, 2020\u2060–\u20602024 (continuação)",
    )  # fmt: skip


def wide_table() -> Table:
    """Landscape, spanners, a series break, three blocks: two pages."""
    years = range(2010, 2026)
    columns = tuple(
        Column(
            str(y),
            said(str(y)),
            0 if y < 2017 else 1,
            first=y in (2010, 2017),
            break_before=y == 2017,
            sign="(b)" if y == 2017 else "",
        )
        for y in years
    )
    rows: list[Row] = []
    for b, (title, figure) in enumerate(
        (("População (milhares)", "22 416,9"), ("Peso no total do país (%)", "100,0"), ("Variação anual (%)", "2,8"))
    ):
        rows.append(Row(f"block{b}", said(title), (), "block"))
        for i, place in enumerate(PROVINCES):
            text = figure if i == 0 else f"{9 - i / 2:.1f}".replace(".", ",")
            figures = "|".join("//" if b == 2 and y == 2017 else text for y in years)
            rows.append(row(f"{b}.{i}", place, figures, "total" if i == 0 else "normal"))
    return Table(
        "annex.population",
        said("População residente projectada, por província, 2010\u2060–\u20602025"),
        said("Milhares, percentagem e variação anual em percentagem; estimativa a meio do ano"),
        said("Província"),
        columns,
        (
            (
                Spanner(said("Projecções com base no Censo de 2007"), 0, 7),
                Spanner(said("Projecções com base no Censo de 2017"), 7, 9, break_before=True),
            ),
        ),
        tuple(rows),
        (
            note(
                "s",
                "Sinais",
                "(b) quebra de série: em 2017 as projecções passam a ter por base o Censo de 2017; // não aplicável.",
            ),
            note("f", "Fonte", "INE Moçambique, projecções anuais da população, 2007\u2060–\u20602040 e 2017\u2060–\u20602050."),
        ),
        "",
        "Linhas: províncias em três blocos; colunas: anos de 2010 a 2025.",
        landscape=True,
        label="Quadro A.2",
        continued="Quadro A.2  População residente projectada, por província, 2010\u2060–\u20602025 (continuação)",
    )


def words_table() -> Table:
    return Table(
        "noncontributory.legal",
        said("Prestações do subsistema de segurança social básica"),
        (),
        said("Programa"),
        (Column("who", said("População abrangida")), Column("what", said("Prestação")), Column("law", said("Base legal"))),
        (),
        (
            Row("pssb", said("Programa Subsídio Social Básico"), (
                words("Pessoas idosas, com deficiência ou com doença crónica, e crianças em agregados pobres e vulneráveis"),
                words("Transferência monetária mensal regular, segundo a dimensão do agregado"),
                words("Decreto n.º ", Literal("47/2018", "legal"), ", de 6 de Agosto"))),
            Row("pasd", said("Programa Apoio Social Directo"), (
                words("Agregados afectados por choques"), words("Apoio multiforme, em géneros ou em dinheiro, por tempo determinado"), words("Idem"))),
            Row("pasp", said("Programa Acção Social Produtiva"), (
                words("Agregados com capacidade para o trabalho"), words("Trabalhos públicos com pagamento", Emphasis(said(" sazonal"))), words(".."))),
        ),
        (note("f", "Fonte", "Legislação citada."),),
        "",
        "Linhas: programas; colunas: população abrangida, prestação e base legal.",
        shares=(0.2, 0.3, 0.3, 0.2),
        words=True,
        label="Quadro 1.3",
        continued="Quadro 1.3  Prestações do subsistema de segurança social básica (continuação)",
    )  # fmt: skip


def figure(identity: str, title: str, label: str, height: float, series: str = "figure", illustrative: str = "") -> Figure:
    return Figure(
        identity,
        said(title),
        said("Agregados beneficiários, por programa, Moçambique, 2015\u2060–\u20602024 (milhares)"),
        chart(identity, height=height),
        (
            note("n", "Notas", "Quebra de série em 2022: novo registo de beneficiários. «..» dado não disponível (2021)."),
            note("n2", "", "(p) dado provisório, a tracejado."),
            note("f", "Fonte", "INAS. Dados completos no ", Reference("noncontributory.sex", "Quadro 1.1"), "."),
        ),
        "Gráfico de linhas dos agregados beneficiários por programa, 2015 a 2024. Apoio Social Directo: de 62,4 para 163,7 mil.",
        illustrative,
        series,  # type: ignore[arg-type]
        label,
    )


LONG = (
    "Em 2024 o Programa Apoio Social Directo abrangeu ", num("163,7 mil"), " agregados, mais ", num("3,5%"),
    " do que em 2023. Desde 2019 que este programa supera a Acção Social Produtiva, que apoiou ", num("61,4 mil"),
    " agregados, mais ", num("2,0%"), " do que no ano anterior (", Reference("noncontributory.sex", "Quadro 1.1"), " e ",
    Reference("noncontributory.line", "Gráfico 1.1"), "). Os valores a partir de 2022 não são directamente comparáveis com os anteriores.",
)  # fmt: skip


def sections() -> tuple[Section, ...]:
    imprint = Section(
        "imprint",
        1,
        said("Ficha técnica"),
        (
            Definitions("imprint.items", (
                Definition("t", said("Título"), said("Boletim Estatístico sobre Protecção Social. Moçambique 2024")),
                Definition("e", said("Edição"), said("Edição de demonstração. Não é uma publicação oficial; inclui dados ilustrativos, "
                           "assinalados com ", Strong(said("○ Dados ilustrativos")), " junto ao título do quadro, gráfico ou mapa.")),
                Definition("p", said("Entidade editora"), said("Nome, morada e sítio na Internet, indicados na configuração da edição")),
                Definition("r", said("Reprodução"), said("Autorizada, excepto para fins comerciais, com indicação da fonte")),
            ), "imprint"),
            Definitions("imprint.signs", tuple(
                Definition(k, said(k), said(v)) for k, v in (("..", "Dado não disponível"), ("//", "Não aplicável"),
                ("–", "Valor nulo (zero exacto)"), ("0 ou 0,0", "Inferior a metade da unidade utilizada"),
                ("c", "Dado confidencial"), ("(p)", "Dado provisório"), ("(e)", "Dado estimado"))
            ), "signs", "Sinais convencionais"),
            para("imprint.rounding", "As taxas apresentam-se com uma casa decimal. As somas e as variações são calculadas a partir de "
                 "valores não arredondados, pelo que a soma das parcelas pode não coincidir com o total."),
        ),
        numbering="none",
        front=True,
        running="Ficha técnica",
    )  # fmt: skip
    contents = Section(
        "contents",
        1,
        said("Índice"),
        (
            Contents("contents.sections", "sections", "", (
                Entry("results", "", said("Principais resultados"), 1),
                Entry("noncontributory", "1", said("Regime não contributivo"), 1),
                Entry("noncontributory.programmes", "1.1", said("Beneficiários por programa"), 2),
                Entry("noncontributory.bysex", "1.2", said("Beneficiários por sexo da pessoa responsável pelo agregado"), 2),
                Entry("annex", "A", said("Anexo estatístico"), 1),
                Entry("glossary", "", said("Glossário"), 1),
            )),
            Contents("contents.tables", "tables", "Quadros", (
                Entry("noncontributory.sex", "1.1", said("Agregados beneficiários dos programas de segurança social "
                      "básica, por programa e sexo da pessoa responsável, 2022\u2060–\u20602024"), 1),
                Entry("noncontributory.budget", "1.2", said("Orçamento da acção social, 2021\u2060–\u20602024"), 1),
                Entry("annex.population", "A.2", said("População residente projectada, por província"), 1),
            )),
            Contents("contents.figures", "figures", "Gráficos", (
                Entry("noncontributory.line", "1.1", said("O Apoio Social Directo superou a Acção Social Produtiva em 2019 e não voltou atrás"), 1),
            )),
            Contents("contents.maps", "maps", "Mapas", (
                Entry("noncontributory.map", "1.1", said("A cobertura das pessoas idosas é mais elevada no sul do país"), 1),
            )),
        ),
        numbering="none",
        front=True,
        running="Índice",
    )  # fmt: skip
    results = Section(
        "results",
        1,
        said("Principais resultados"),
        (
            Paragraph("results.lede", said("A protecção social abrangeu mais de ", num("2 milhões"), " de pessoas em 2024, mais ", num("46%"),
                      " do que no ano anterior. Em todas as fases da vida para as quais há dados, a cobertura fica aquém da média mundial."), "lede"),
            KeyFigures("results.figures", FIGURES),
            figure("results.dots", "Em todos os grupos com dados, a cobertura é inferior à média mundial", "Gráfico 1", 52),
            BulletList("results.list", tuple(para(f"results.list.{i}", "Ponto ", num(str(i + 3)), ": ", *LONG[:3]) for i in range(3))),
        ),
        numbering="none",
        running="Principais resultados",
    )  # fmt: skip
    chapter = Section(
        "noncontributory",
        1,
        said("Regime não contributivo"),
        (para("nc.1", *LONG), para("nc.2", *LONG)),
        (
            Section("noncontributory.programmes", 2, said("Beneficiários por programa"), (
                para("nc.3", *LONG),
                para("nc.4", "O conceito de ", Foreign("en", said("social protection floor")),
                     Footnote(said("Recomendação ", Emphasis(said("n.º 202")), " da OIT."), "nc.4.note.1", "1"),
                     " e o ", Strong(said("piso de protecção social")),
                     " são ", Emphasis(said("equivalentes")), ". ", *LONG),
                figure("noncontributory.line", "O Apoio Social Directo superou a Acção Social Produtiva em 2019 e não voltou atrás",
                       "Gráfico 1.1", 84, illustrative=ILLUSTRATIVE),
                para("nc.5", *LONG),
                Box("noncontributory.box", said("Porque não se calculam variações através da quebra"), (
                    para("box.1", *LONG),
                    BulletList("box.2", (para("box.3", "Novo registo de beneficiários."), para("box.4", "Nova definição de agregado."))),
                    para("box.5", *LONG[:5]),
                )),
                small_table(),
                Paragraph("nc.gap", said("[Texto em falta nesta língua: nc.6]"), "gap"),
                para("nc.6", *LONG),
            ), number="1.1", running=f"1{NB}{NB}Regime não contributivo"),
            Section("noncontributory.bysex", 2, said("Beneficiários por sexo da pessoa responsável pelo agregado"), (
                para("nc.7", *LONG),
                sex_table(),
                para("nc.8", *LONG),
                figure("noncontributory.map", "A cobertura das pessoas idosas é mais elevada no sul do país", "Mapa 1.1", 130, "map", ILLUSTRATIVE),
                words_table(),
                BulletList("nc.list", tuple(para(f"nc.list.{i}", *LONG[:5]) for i in range(4))),
            ), number="1.2", running=f"1{NB}{NB}Regime não contributivo"),
        ),
        Opening(
            Paragraph("nc.lede", said("A segurança social básica apoia os agregados em situação de pobreza e vulnerabilidade que o regime "
                      "contributivo não alcança. Em 2024 o seu maior programa tinha ", num("639 636"), " agregados inscritos."), "lede"),
            (
                KeyFigure("o1", "agregados inscritos no Programa Subsídio Social Básico", said(num("639 636")), "", "2024", (), (), "none", None, "", ""),
                KeyFigure("o2", "pessoas abrangidas pelos programas de segurança social básica", said(num(">1,5")), "milhões", "2024", (), (), "none", None, "", ""),
                KeyFigure("o3", "da dotação do Programa Subsídio Social Básico foi paga", said(num("5%")), "", "2024", (), (), "none", None, "", ILLUSTRATIVE),
            ),
            Notice("nc.notice", said("Este capítulo contém dados ilustrativos, assinalados junto a cada quadro e gráfico.")),
            "Números-chave",
            "Neste capítulo",
        ),
        number="1",
        running=f"1{NB}{NB}Regime não contributivo",
    )  # fmt: skip
    annex = Section(
        "annex",
        1,
        said("Anexo estatístico"),
        (para("annex.1", *LONG), long_table(), wide_table(), para("annex.2", *LONG)),
        numbering="letter",
        number="A",
        running=f"A{NB}{NB}Anexo estatístico",
    )
    glossary = Section(
        "glossary",
        1,
        said("Glossário"),
        (
            Definitions("glossary.items", tuple(
                Definition(f"g{i}", said(f"Termo explicado {i + 1}"), said("Prestação em dinheiro ou em espécie atribuída sem contrapartida "
                           "contributiva a agregados em situação de pobreza e vulnerabilidade, segundo critérios fixados em diploma próprio."))
                for i in range(24)
            ), "glossary"),
        ),
        numbering="none",
        running="Glossário",
    )  # fmt: skip
    return (imprint, contents, results, chapter, annex, glossary)


def sample(watermark: str = "") -> Document:
    return Document(
        Metadata(
            "mz-2024",
            "pt",
            "pt-MZ",
            "Boletim Estatístico sobre Protecção Social. Moçambique 2024",
            "Boletim Estatístico sobre Protecção Social · Moçambique 2024",
            "Nome da entidade editora",
            "Indicadores de protecção social em Moçambique até 2024",
            ("protecção social", "Moçambique"),
            "2025-06-30",
            "draft" if watermark else "final",
            watermark,
            "Índice",
        ),
        Cover(
            "Moçambique",
            "2024",
            "Boletim Estatístico sobre Protecção Social",
            "Regime contributivo, segurança social básica e cobertura ao longo do ciclo de vida",
            said("Nome da entidade editora, indicado na configuração da edição"),
            said("com as instituições produtoras dos dados e os parceiros, por extenso, numa ou duas linhas"),
            "Edição de demonstração",
            "Não é uma publicação oficial. Inclui dados ilustrativos, assinalados como tais.",
            "VIII edição",
            chart("cover", "cover", 214, 178),
        ),
        sections(),
        {
            "table": "Quadro",
            "figure": "Gráfico",
            "map": "Mapa",
            "note": "Nota",
            "continued": "continuação",
            "page": "página",
            "margin_illustrative": ILLUSTRATIVE,
            "title_word": "Título",
            "release_date": "Data de publicação",
            "status": "Estado da edição",
            "csv_row": "Linha",
            "csv_block": "Bloco",
            "csv_marks": "sinais e notas",
            "csv_attachment": "{label} em CSV: {title}",
        },
    )


@dataclass(frozen=True)
class _Size:
    id: str
    width: float
    height: float


def _sizes(document: Document) -> list[_Size]:
    from bulletin.document.tree import walk

    found: list[_Size] = []
    charts = [document.cover.art]
    for block in walk(document.sections):
        match block:
            case Figure():
                charts.append(block.chart)
            case KeyFigures():
                charts += [item.spark for item in block.items]
            case _:
                pass
    found += [_Size(c.id, c.width, c.height) for c in charts if c is not None]
    return found


def images(document: Document) -> dict[str, Image]:
    """A flat picture with a frame for every chart, in its printed size."""
    return {
        size.id: Image(picture(size.width, size.height).encode(), pixels(size.width, size.height), size.width, size.height)
        for size in _sizes(document)
    }


def picture(width: float, height: float) -> str:
    steps = [(width * i / 8, height * (0.85 - 0.09 * i)) for i in range(9)]
    line = " ".join(f"{x:.2f},{y:.2f}" for x, y in steps)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">'
        f'<path d="M0 {height - 0.2}H{width}" stroke="#51606D" stroke-width=".4"/>'
        f'<polyline points="{line}" fill="none" stroke="#12436D" stroke-width=".8"/></svg>'
    )


def pixels(width: float, height: float, dpi: int = 200) -> bytes:
    """A grey picture of the printed size."""
    wide, high = round(width / 25.4 * dpi), round(height / 25.4 * dpi)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    line = b"\0" + b"\xdd" * wide
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0))
        + chunk(b"pHYs", struct.pack(">IIB", round(dpi / 0.0254), round(dpi / 0.0254), 1))
        + chunk(b"IDAT", zlib.compress(line * high, 9))
        + chunk(b"IEND", b"")
    )
