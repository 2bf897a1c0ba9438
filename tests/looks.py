"""A country's own look for tests: plainly fictitious logos and a landscape, made here."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image, ImageDraw

SMALL = Path(__file__).parent / "projects" / "small"

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120">
<circle cx="60" cy="60" r="50" fill="#7A1F2B"/><path d="M30 60 L60 30 L90 60 L60 90 Z" fill="#FFFFFF"/>
<rect x="130" y="30" width="160" height="18" fill="#333333"/><rect x="130" y="62" width="120" height="18" fill="#999999"/>
</svg>"""

LOOK = """theme:
  base: indico
  colour: {{brand: "{brand}"}}
  logos:
    - {{file: logos/ficticio.svg, alt: {{pt: Logótipo do Ministério Fictício, en: Logo of the Fictitious Ministry}}}}
    - {{file: logos/parceiro.png, alt: {{pt: Logótipo do Parceiro Fictício, en: Logo of the Fictitious Partner}}, height: 12}}
"""

PICTURE = """  cover_picture:
    file: cover/paisagem.jpg
    alt: {pt: Colinas desenhadas para o ensaio, en: Hills drawn for the test}
    focus: [0.5, 0.8]
    credit: {pt: "Desenho do ensaio", en: "Drawing of the test"}
"""


def looked(target: Path, brand: str = "#7A1F2B", *, picture: bool = False, more: str = "") -> Path:
    """A copy of the small project with a look of its own."""
    shutil.copytree(SMALL, target)
    make_pictures(target)
    settings = target / "bulletin.yaml"
    said = LOOK.format(brand=brand) + (PICTURE if picture else "") + more
    settings.write_text(settings.read_text(encoding="utf-8") + said, encoding="utf-8")
    return target


def make_pictures(root: Path) -> None:
    for folder in ("logos", "cover"):
        (root / folder).mkdir(exist_ok=True)
    (root / "logos" / "ficticio.svg").write_text(LOGO, encoding="utf-8")
    logo = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(logo)
    pen.ellipse((20, 20, 220, 220), fill="#7A1F2B")
    pen.polygon(((60, 120), (120, 60), (180, 120), (120, 180)), fill="#FFFFFF")
    pen.rectangle((260, 60, 580, 96), fill="#333333")
    pen.rectangle((260, 124, 500, 160), fill="#999999")
    logo.save(root / "logos" / "ficticio.png")
    partner = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    pen = ImageDraw.Draw(partner)
    pen.rectangle((0, 0, 399, 199), outline="#14532D", width=16)
    pen.polygon(((40, 160), (120, 50), (200, 160)), fill="#14532D")
    pen.polygon(((150, 160), (250, 70), (350, 160)), fill="#86B384")
    partner.save(root / "logos" / "parceiro.png")
    land = Image.new("RGB", (2400, 1600))
    pen = ImageDraw.Draw(land)
    for y in range(1600):
        pen.line((0, y, 2400, y), fill=(180 - y // 16, 205 - y // 20, 225 - y // 40))
    for step, colour in enumerate(("#6E8C6A", "#4F7350", "#2F5238")):
        crest = [(x, 900 + step * 180 + 120 * ((x // 300 + step) % 2)) for x in range(-300, 2701, 300)]
        pen.polygon((*crest, (2700, 1600), (-300, 1600)), fill=colour)
    land.save(root / "cover" / "paisagem.jpg", quality=85)
