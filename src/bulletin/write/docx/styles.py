"""Named styles of the Word document, made from the theme: every look a reader sees is one of these."""

# One style a line, however long: the list is read as a table.

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

from bulletin.model.theme import Theme
from bulletin.write.docx.markup import DECLARATION, NAMESPACES, escape, hexed, indent, spacing, twips
from bulletin.write.look import BOX

AXIS, FULL, COLUMN, GUTTER = 44.0, 170.0, 38.0, 6.0
"""Millimetres: the hanging axis, the text block, its margin column and the gap after it."""

PAD = 2.6
"""Millimetres right of a figure in a table, into which its signs hang."""

Side = tuple[str, int, str, int]
"""Border: side, eighths of a point, colour, distance in points."""


@dataclass(frozen=True)
class Look:
    """A paragraph style; lengths in millimetres, sizes in points."""

    name: str
    face: str
    size: float
    line: float
    """Exact line height; 0: as the face has it."""
    colour: str
    before: float = 0
    after: float = 0
    left: float = 0
    hang: float = 0
    right: float = 0
    base: str = "Normal"
    then: str = ""
    """Style of the next paragraph; empty: the same."""
    keep: bool = False
    level: int = 0
    """Outline level from 1; 0: none."""
    align: Literal["left", "right", "center"] = "left"
    borders: tuple[Side, ...] = ()
    shade: str = ""
    tabs: tuple[tuple[float, str], ...] = ()
    whole: bool = False
    """Never hyphenated."""
    bullet: bool = False
    solid: bool = False
    """Not divided over two pages."""
    ground: str = ""
    """Behind the letters: light words on a picture stay legible where it is not shown."""


class Listed(TypedDict):
    """What the lines of contents and lists have in common."""

    left: float
    hang: float
    tabs: tuple[tuple[float, str], ...]
    whole: bool


def style_id(name: str) -> str:
    """`Table Number` → `TableNumber`; Word knows its own styles by lower-case names, their ids are capitalised."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("-", " ").split())


def semibold(theme: Theme) -> str:
    """Semibold is a family of its own in the shipped fonts: no synthetic weight."""
    return theme.font.text + " Semibold"


def light(theme: Theme) -> str:
    return theme.font.display + " Light"


def heading(theme: Theme) -> str:
    return theme.font.heading + " Semibold"


def double_looks(theme: Theme) -> tuple[Look, ...]:
    """Styles of an edition in two languages: columns of text without the hanging axis."""
    c, f = theme.colour, theme.font
    semi = semibold(theme)
    rule: tuple[Side, ...] = () if theme.exhibit_label == "chip" else (("top", 8, c.brand, 6),)
    return (
        Look("Pair Text", f.text, 9.5, 4.75, c.ink, after=2.5),
        Look("Pair Bullet", f.text, 9.5, 4.75, c.ink, after=1.5, left=4, hang=4, bullet=True),
        Look("Pair Lede", f.heading, 12, 6, c.ink, after=4),
        Look("Pair Band", f.heading, 11, 5.25, c.on_brand_2, whole=True),
        Look("Pair Gap", f.text, 9.5, 4.75, c.accent, after=2.5, borders=(("left", 24, c.accent_fill, 6),)),
        Look("Pair Notice", semi, 9, 4.5, c.accent, before=2, after=3, borders=(("left", 18, c.accent_fill, 6),)),
        Look("Pair Label", semi, 10.5, 5, c.ink, before=6, after=0.5, left=24, hang=24, keep=True, base="caption", borders=rule, whole=True, then="Pair Second"),
        Look("Pair Second", f.text, 10.5, 5, c.ink, after=0.8, left=24, hang=24, keep=True, whole=True, then="Pair Subtitle"),
        Look("Pair Subtitle", f.text, 8.5, 4.1, c.ink_2, left=24, keep=True, whole=True),
        Look("Pair Note", f.text, 7.6, 3.7, c.ink_2, after=0.6, whole=True, solid=True),
        Look("Pair Heading", heading(theme), 12, 6, c.brand, before=6, after=2, keep=True, whole=True),
        Look("Pair Term", semi, 8.5, 4.1, c.brand, before=0.8, keep=True, whole=True),
        Look("Pair Entry", f.text, 8.5, 4.1, c.ink, after=1.2),
        Look("Pair Line", f.text, 7.6, 3.6, c.ink, after=0.2, left=22, hang=22, solid=True),
    )  # fmt: skip


def looks(theme: Theme) -> tuple[Look, ...]:
    """All paragraph styles."""
    c, f, t, gap = theme.colour, theme.font, theme.type, theme.spacing
    semi, head, thin = semibold(theme), heading(theme), light(theme)
    chip = theme.exhibit_label == "chip"
    under: tuple[Side, ...] = (("bottom", 19, c.accent_fill, 3),) if chip else ()
    # Page numbers stand at the edge of the text; LibreOffice loses what a tab sets beyond a right indent.
    listed: Listed = {"left": 12, "hang": 12, "tabs": ((FULL, "right"),), "whole": True}
    return (
        Look("Body Text", f.text, *t.body.pair, c.ink, after=gap.paragraph, left=AXIS),
        Look("List Bullet", f.text, *t.body.pair, c.ink, after=1.5, left=AXIS + 4, hang=4, bullet=True),
        Look("Lede", f.heading, *t.lede.pair, c.ink, after=5, left=AXIS, then="Body Text"),
        Look("Chapter Lede", f.heading, *t.lede.pair, c.on_brand_2, left=AXIS, right=4, shade=c.brand_deep, whole=True, then="Body Text"),
        Look("Draft Gap", f.text, *t.body.pair, c.accent, after=2.5, left=AXIS, borders=(("left", 24, c.accent_fill, 6),), then="Body Text"),
        Look("Notice", semi, 9, 4.5, c.accent, before=2, after=5, left=AXIS, borders=(("left", 18, c.accent_fill, 6),), then="Body Text"),
        Look("heading 1", f.display, *t.title.pair, c.brand, after=6, left=AXIS, hang=AXIS, keep=True, level=1, whole=True, then="Body Text"),
        Look("heading 2", head, *t.section.pair, c.brand, before=gap.section - 2.5, after=3, left=AXIS, hang=AXIS, keep=True, level=2, whole=True,
             then="Body Text", borders=under),
        Look("heading 3", head, *t.subsection.pair, c.brand, before=5, after=2, left=AXIS, hang=AXIS, keep=True, level=3, whole=True, then="Body Text"),
        Look("Front Heading", f.display, *t.title.pair, c.brand, after=6, keep=True, level=1, whole=True, then="Body Text"),
        Look("List Heading", head, 12.5, 6.5, c.brand, before=8, after=2.5, keep=True, whole=True, then="Body Text"),
        Look("Title", thin, *t.cover.pair, c.brand_deep, after=4, right=20, whole=True, then="Subtitle"),
        Look("Subtitle", f.heading, 12.5, 6, c.ink_2, right=35, whole=True),
        Look("Cover Country", f.heading, 17, 8, c.accent, before=13, after=1, tabs=((FULL, "right"),), whole=True),
        Look("Cover Banner", semi, 8.5, 5, c.paper, shade=c.accent, whole=True),
        Look("Cover Publisher", f.text, 9, 5, c.ink, before=0, borders=(("top", 4, c.rule, 10),), whole=True),
        Look("Cover Partners", f.text, 9, 5, c.ink_2, whole=True),
        Look("Cover Logos", f.text, 9, 0, c.ink_2, before=4, whole=True),
        Look("toc 1", head, 10.5, 5, c.brand, before=2.2, after=2.2, **listed, borders=(("top", 4, c.rule, 6), ("between", 4, c.rule, 6))),
        Look("toc 2", f.text, 9.5, 4.75, c.ink, after=1.2, **listed),
        Look("toc 3", f.text, 9.5, 4.75, c.ink_2, after=1.2, **listed),
        Look("table of figures", f.text, 9, 4.25, c.ink, before=0.8, after=0.8, **listed, borders=(("top", 2, c.hair, 3), ("between", 2, c.hair, 3))),
        Look("Field End", f.text, 2, 1, c.ink),
        Look("caption", semi, *t.exhibit.pair, c.ink, left=AXIS, hang=AXIS, keep=True, whole=True),
        Look("Exhibit Label", semi, *t.exhibit.pair, c.ink, before=7 if chip else 6, after=0.5, left=AXIS, hang=AXIS, keep=True, base="caption",
             borders=() if chip else (("top", 8, c.brand, 6),), whole=True, then="Exhibit Subtitle"),
        Look("Exhibit Subtitle", f.text, *t.subtitle.pair, c.ink_2, after=2.5, left=AXIS, hang=AXIS, keep=True, whole=True),
        Look("Figure", f.text, 9, 0, c.ink, keep=True, whole=True),
        Look("Exhibit Note", f.text, *t.note.pair, c.ink_2, after=0.8, left=AXIS, hang=AXIS, whole=True, solid=True),
        Look("Key Title", semi, 8.5, 4.25, c.ink, before=1.5, whole=True),
        Look("Key Figure", f.figures, t.key_figure.size, t.key_figure.line - 0.5, c.brand, before=0.5, whole=True),
        Look("Key Unit", f.text, 10, 4, c.brand, whole=True),
        Look("Key Label", f.text, 8.5, 4.25, c.ink, before=1, whole=True),
        Look("Key Period", f.text, 8, 4, c.ink_2, before=0.5, whole=True),
        Look("Key Spark", f.text, 8, 0, c.ink_2, before=1.5, whole=True),
        Look("Key Change", f.text, 8.5, 4.25, c.ink_2, before=1, after=5, whole=True),
        Look("Margin Head", semi, 8, 4, c.ink_2, before=1.5, whole=True),
        Look("Chapter Sections", f.text, 9, 4.5, c.ink, after=1, left=AXIS + 10, hang=AXIS + 10, tabs=((AXIS, "left"),), whole=True),
        Look("Box Title", semi, 10.5, 5, c.brand, before=3, after=1.5, left=4, right=4, keep=True, whole=True, then="Box Text"),
        Look("Box Text", f.text, t.body.size * BOX, t.body.line * BOX, c.ink, after=2, left=4, right=4),
        Look("Box Bullet", f.text, t.body.size * BOX, t.body.line * BOX, c.ink, after=1.5, left=8, hang=4, right=4, bullet=True),
        Look("Block End", f.text, 4, 4, c.ink),
        Look("Imprint Line", f.text, 9, 4.5, c.ink, before=1.4, after=1.4, left=AXIS, hang=AXIS, borders=(("top", 2, c.hair, 4), ("between", 2, c.hair, 4)), solid=True),
        Look("Sign Line", f.text, 9, 4.5, c.ink, before=1, after=1, left=AXIS, hang=AXIS, borders=(("top", 2, c.hair, 3), ("between", 2, c.hair, 3)), solid=True),
        Look("Glossary Entry", f.text, 9.5, 4.75, c.ink, after=1.6, left=AXIS, hang=AXIS, solid=True),
        Look("Sheet Head", f.text, 8.5, 4.1, c.brand, before=1.2, after=0.4, keep=True, borders=(("top", 4, c.rule, 3),), whole=True, then="Sheet Text"),
        Look("Sheet Text", f.text, 8, 3.8, c.ink, after=0.4, solid=True, then="Sheet Line"),
        Look("Sheet Line", f.text, 8, 3.8, c.ink, after=0.2, left=AXIS, hang=AXIS, solid=True),
        *_table_looks(theme, "Table", 8.5, 8, 3.9, 0.55),
        *_table_looks(theme, "Annex", 7.9, 7.4, 3.6, 0.45),
        *_table_looks(theme, "Dense", 7, 6.8, 3.3, 0.45),
        Look("header", f.text, 8, 4, c.ink_2, whole=True),
        Look("footer", f.text, 8, 4, c.ink_2, tabs=((FULL, "right"),), whole=True),
    )  # fmt: skip


def _table_looks(theme: Theme, kind: str, size: float, head: float, line: float, gap: float) -> tuple[Look, ...]:
    """Styles of the cells of ordinary tables (`Table`) and of crowded ones (`Annex`)."""
    c, text, semi = theme.colour, theme.font.text, semibold(theme)
    top = c.on_brand if theme.table_head == "filled" else c.ink

    def look(name: str, face: str, colour: str, **more: float) -> Look:
        return Look(f"{kind} {name}", face, size, line, colour, before=gap, after=gap, whole=True, **more)  # type: ignore[arg-type]

    def figures(name: str, face: str, colour: str) -> Look:
        return Look(f"{kind} {name}", face, size, line, colour, before=gap, after=gap, right=PAD, align="right", whole=True)

    return (
        Look(f"{kind} Head", semi, head, line, top, before=0.9, after=0.9, keep=True, whole=True),
        look("Stub", text, c.ink, left=1.6, right=1),
        look("Stub Total", semi, c.ink, left=1.6, right=1),
        look("Stub Sub", text, c.ink_2, left=4.6, right=1),
        figures("Number", text, c.ink),
        figures("Number Total", semi, c.ink),
        figures("Number Sub", text, c.ink_2),
        figures("Number Sub Total", semi, c.ink_2),
        Look(f"{kind} Text", text, size, line, c.ink, before=gap + 0.3, after=gap + 0.3, left=1.6, right=2),
        Look(f"{kind} Block", semi, size + 0.2, line, c.brand, before=2.4, after=gap, left=1.6, keep=True, whole=True),
    )


def style_sheet(theme: Theme, tag: str, *, double: bool = False, more: tuple[Look, ...] = ()) -> bytes:
    """The part `styles.xml`; `tag` is the language of everything that is not marked otherwise; `double`: of two languages;
    `more`: styles beside those of every document."""
    c, f = theme.colour, theme.font
    lang = f'<w:lang w:val="{escape(tag)}" w:eastAsia="{escape(tag)}" w:bidi="ar-SA"/>'
    face = _faces(f.text)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{face}<w:color w:val="{hexed(c.ink)}"/><w:sz w:val="20"/><w:szCs w:val="20"/>{lang}</w:rPr>'
        "</w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/>'
        f'{spacing(line=5)}</w:pPr><w:rPr>{face}<w:sz w:val="20"/><w:szCs w:val="20"/>{lang}</w:rPr></w:style>'
    )
    every = (*looks(theme), *(double_looks(theme) if double else ()), *more)
    rest = "".join(_paragraph_style(look) for look in every) + _character_styles(theme, double) + _TABLE_STYLE + _LIST_STYLE
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{normal}{_DEFAULT_CHARACTER}{rest}</w:styles>".encode()


def _faces(face: str) -> str:
    name = escape(face)
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _ground(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{hexed(colour)}"/>' if colour else ""


def _border(side: Side) -> str:
    where, width, colour, distance = side
    return f'<w:{where} w:val="single" w:sz="{width}" w:space="{distance}" w:color="{hexed(colour)}"/>'


def _paragraph_style(look: Look) -> str:
    order = {"top": 0, "left": 1, "bottom": 2, "right": 3, "between": 4}
    sides = "".join(_border(side) for side in sorted(look.borders, key=lambda side: order[side[0]]))
    stops = tuple(look.tabs)
    if look.hang:
        stops += ((look.left, "left"),)
    tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{twips(at)}"/>' for at, kind in sorted(stops))
    properties = (
        ("<w:keepNext/>" if look.keep else "")
        + ("<w:keepLines/>" if look.keep or look.level or look.solid else "")
        + ('<w:numPr><w:numId w:val="1"/></w:numPr>' if look.bullet else "")
        + (f"<w:pBdr>{sides}</w:pBdr>" if sides else "")
        + _ground(look.shade)
        + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
        + ("<w:suppressAutoHyphens/>" if look.whole else "")
        + (spacing(before=look.before, after=look.after, line=look.line) if look.line else
           spacing(before=look.before, after=look.after, line=4.2333, rule="auto"))
        + indent(look.left, look.right, look.hang)
        + (f'<w:jc w:val="{look.align}"/>' if look.align != "left" else "")
        + (f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else "")
    )  # fmt: skip
    following = f'<w:next w:val="{style_id(look.then)}"/>' if look.then else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id(look.name)}"{"" if look.name in _BUILT_IN else _CUSTOM}><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="{style_id(look.base)}"/>{following}<w:qFormat/><w:pPr>{properties}</w:pPr>'
        f'<w:rPr>{_faces(look.face)}<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{hexed(look.colour)}"/>{_size(look.size)}{_ground(look.ground)}</w:rPr></w:style>'
    )


def _character_styles(theme: Theme, double: bool = False) -> str:
    c, f, semi = theme.colour, theme.font, semibold(theme)
    label = f'<w:color w:val="{hexed(c.accent)}"/>{_size(8.5)}'
    if theme.exhibit_label == "chip":
        label = (
            f'<w:color w:val="{hexed(c.on_brand)}"/>{_size(8.5)}<w:bdr w:val="single" w:sz="18" w:space="0" w:color="{hexed(c.brand)}"/>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{hexed(c.brand)}"/>'
        )

    def plain(face: str, size: float, colour: str) -> str:
        return f'{_faces(face)}<w:color w:val="{hexed(colour)}"/>{_size(size)}'

    styles = {
        # No look of its own: it only marks what is data, so that figures read as part of their sentence.
        "Bulletin Number": "",
        "Strong": "<w:b/><w:bCs/>",
        "Emphasis": "<w:i/><w:iCs/>",
        "Hyperlink": "",
        "Label": _faces(semi) + label,
        "Part Mark": plain(f.text, 11.5, c.ink_2),
        "Illustrative": f'{_faces(semi)}<w:caps/><w:color w:val="{hexed(c.accent)}"/>{_size(7)}',
        "Heading Number": plain(f.heading, theme.type.section.size, c.accent),
        "Title Number": plain(f.display, theme.type.title.size, c.accent),
        "Chapter Number": plain(light(theme), theme.type.chapter_number.size, c.on_brand_2),
        "Chapter Title": plain(light(theme), theme.type.chapter.size, c.on_brand),
        "Entry Number": f'{_faces(semi)}<w:color w:val="{hexed(c.accent)}"/>',
        "Entry Page": f'{_faces(semi)}<w:color w:val="{hexed(c.ink_2)}"/>',
        "Status Sign": plain(f.text, 6.8, c.ink_2),
        "Head Sign": plain(f.text, 6.8, c.on_brand if theme.table_head == "filled" else c.ink_2),
        "footnote reference": '<w:vertAlign w:val="superscript"/>',
        "Note Mark": '<w:vertAlign w:val="superscript"/>',
        "Note Head": plain(semi, theme.type.note.size, c.ink_2),
        "Key Words": plain(f.text, 10, c.ink),
        "Key Arrow": plain(f.text, 7, c.accent),
        "Key Change Figure": f'{_faces(semi)}<w:color w:val="{hexed(c.ink)}"/>',
        "Term": f'{_faces(semi)}<w:color w:val="{hexed(c.brand)}"/>',
        "Sheet Code": plain(f.text, 7, c.ink_2),
        "Sheet Label": plain(f.text, 8, c.ink_2),
        "Imprint Term": f'<w:color w:val="{hexed(c.ink_2)}"/>',
        "Banner Status": f'{_faces(semi)}<w:caps/><w:spacing w:val="24"/>',
        "Folio": plain(semi, 9, c.brand),
    }
    if double:
        styles |= {
            "Second Language": f'<w:i/><w:iCs/><w:color w:val="{hexed(c.ink_2)}"/>',
            "Second Title": plain(f.heading, 17, c.ink_2),
            "Second Chapter": plain(f.heading, 18, c.on_brand_2),
            "Second Heading": plain(f.heading, 13, c.brand),
        }
    return "".join(
        f'<w:style w:type="character" w:styleId="{style_id(name)}"{"" if name in _BUILT_IN else _CUSTOM}><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{f"<w:rPr>{look}</w:rPr>" if look else ""}</w:style>'
        for name, look in styles.items()
    )


_BUILT_IN = frozenset(
    ("Body Text", "List Bullet", "heading 1", "heading 2", "heading 3", "Title", "Subtitle", "toc 1", "toc 2", "toc 3",
     "table of figures", "caption", "header", "footer", "Strong", "Emphasis", "Hyperlink", "footnote text", "footnote reference")
)  # fmt: skip
_CUSTOM = ' w:customStyle="1"'
_DEFAULT_CHARACTER = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)
_NO_MARGINS = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
_TABLE_STYLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    f'<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{_NO_MARGINS}</w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="BulletinTable"><w:name w:val="Bulletin Table"/><w:basedOn w:val="TableNormal"/>'
    f"<w:qFormat/><w:tblPr><w:tblCellMar>{_NO_MARGINS}</w:tblCellMar></w:tblPr></w:style>"
)
_LIST_STYLE = '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
