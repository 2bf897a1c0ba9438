"""Why each mend is there: what the renderer alone makes of markup. When one of these fails, WeasyPrint does it itself, and the mend
that the test names can go."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest

from tagged import Content, Tag, content, tags

WORDS = "Os valores são arredondados apenas na impressão, pelo que a soma das parcelas pode não coincidir com o total. "
ROWS = "".join(f"<tr><th scope=row>Linha {n}</th><td>{n}</td><td>{n}</td></tr>" for n in range(30))
PAGE = f"""<html lang=pt><head><title>t</title><style>
body, figure {{ margin: 0 }} @page {{ size: 90mm 90mm; margin: 12mm; @bottom-left {{ content: "Rodapé" }} }}
.number::after {{ content: " 7" }} .two {{ columns: 2 }} p {{ hyphens: auto }}
</style></head><body>
<h1 id=here>Um</h1><p>{WORDS}<span lang=en>words</span> <a class=number href="#here">ver</a></p>
<ul class=two><li>a</li><li>b</li></ul><dl><dt>termo</dt><dd>sentido</dd></dl>
<figure><figcaption>Nome</figcaption><img alt="a" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E">
</figure><table><thead><tr><th rowspan=2>Província</th><th colspan=2>2024</th></tr><tr><th>H</th><th>M</th></tr></thead>{ROWS}</table>
</body></html>"""


@cache
def alone() -> tuple[pikepdf.Pdf, Content, Tag]:
    import weasyprint

    pdf = pikepdf.open(io.BytesIO(weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1")))
    shown = content(pdf)
    return pdf, shown, tags(pdf, shown)


def test_join_pieces() -> None:
    _, _, root = alone()
    assert len(list(root.below("Table"))) > 1
    assert len(list(root.below("THead"))) > 1


def test_drop_boxes() -> None:
    assert any(kid.kind == "L" for found in alone()[2].below("L") for kid in found.kids)


def test_flatten_links() -> None:
    assert any(kid.kind == "Link" for link in alone()[2].below("Link") for kid in link.kids)


def test_name_links() -> None:
    assert {str(a.Contents) for page in alone()[0].pages for a in page.obj.get("/Annots", [])} == {"here"}


def test_keep_languages() -> None:
    assert not any("/Lang" in tag.raw for tag in alone()[2].below())


def test_caption_exhibits() -> None:
    (caption,) = alone()[2].below("Caption")
    assert caption.parent is not None
    assert caption.parent.kind == "NonStruct"


def test_place_figures() -> None:
    root = alone()[2]
    (figure,) = root.below("Figure")
    left = float(figure.attribute("/BBox")[0])  # type: ignore[index]
    assert left == pytest.approx(12 / 25.4 * 96, abs=1)  # pixels, where the page is measured in points


def test_name_terms() -> None:
    assert [[k.kind for k in item.kids] for item in alone()[2].below("LI") if "termo" in item.text] == [["LBody"]]


def test_number_bullets() -> None:
    assert all(found.attribute("/ListNumbering") is None for found in alone()[2].below("L"))


def test_associate_headers() -> None:
    root = alone()[2]
    heads = {str(t.raw.ID): t.text for t in root.below("TH")}
    said = [[heads[str(h)] for h in cell.attribute("/Headers")] for cell in root.below("TD")]  # type: ignore[attr-defined]
    assert not any({"2024", "H"} <= set(names) for names in said)
    assert all(head.attribute("/Scope") is None for head in root.below("TH"))


def test_drop_noise() -> None:
    assert any(tag.kind == "NonStruct" for tag in alone()[2].below())


def test_drop_running_heads() -> None:
    _, shown, root = alone()
    assert any("Rodap" in words for words in shown.words.values())
    assert "Rodap" not in root.text


def test_end_lines() -> None:
    text = next(tag.text for tag in alone()[2].below("P") if "valores" in tag.text)
    assert WORDS.strip() not in text.replace("\u00ad", "")


def test_conform() -> None:
    """One call makes PDF/UA or PDF/A, not both."""
    from weasyprint.pdf import VARIANTS

    assert "pdf/ua-1" in VARIANTS
    assert not any("ua" in name and "a-3" in name for name in VARIANTS)
