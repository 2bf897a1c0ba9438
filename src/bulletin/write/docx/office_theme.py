"""The part with the colours and faces that Word offers when somebody edits the file; nothing in the text depends on it."""

from __future__ import annotations

from bulletin.model.theme import Theme
from bulletin.write.docx.markup import DECLARATION, escape, hexed

_FILLS = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525">{_FILLS}<a:prstDash val="solid"/></a:ln>'
_NONE = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_FORMATS = (
    f'<a:fmtScheme name="Bulletin"><a:fillStyleLst>{_FILLS * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
    f"<a:effectStyleLst>{_NONE * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILLS * 3}</a:bgFillStyleLst></a:fmtScheme>"
)


def office_theme(theme: Theme) -> bytes:
    colour, font = theme.colour, theme.font
    series = (*colour.series, *(colour.brand,) * 6)[:6]
    named = {"dk1": colour.ink, "lt1": colour.paper, "dk2": colour.brand_deep, "lt2": colour.tint}
    named |= {f"accent{n}": value for n, value in enumerate(series, 1)} | {"hlink": colour.brand, "folHlink": colour.brand_deep}
    colours = "".join(f'<a:{name}><a:srgbClr val="{hexed(value)}"/></a:{name}>' for name, value in named.items())
    faces = "".join(
        f'<a:{role}Font><a:latin typeface="{escape(face)}"/><a:ea typeface=""/><a:cs typeface=""/></a:{role}Font>'
        for role, face in (("major", font.heading), ("minor", font.text))
    )
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Bulletin"><a:themeElements>'
        f'<a:clrScheme name="Bulletin">{colours}</a:clrScheme><a:fontScheme name="Bulletin">{faces}</a:fontScheme>{_FORMATS}'
        "</a:themeElements></a:theme>"
    ).encode()
