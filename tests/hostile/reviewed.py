"""Word files that came back hostile or damaged, made of a good one; forms and sheets of decisions that are something else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from hostile.variant import ANY, Variant
from hostile.workbooks import DOCTYPE, OUTSIDE, good, packed, parts

BODY = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
BIG, BROKEN, MALFORMED, OTHER = "review-file-too-large", "review-file-broken", "review-file-malformed", "review-file-not-docx"
UNKNOWN = ("review-unknown-build", "review-other-bulletin", "review-no-date", "review-no-name")


def variants(base: bytes) -> Iterator[Variant]:
    """`base`: a Word file of the small project as it was sent out."""
    content = parts(base)

    def one(name: str, data: bytes, *expected: str, heavy: bool = False) -> Variant:
        return Variant(f"docx-{name}", {}, expected or (ANY,), command="import", sent=data, sent_as="voltou.docx", heavy=heavy)

    def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
        return packed({**content, name: change(content[name])})

    def in_body(new: str) -> bytes:
        if b"<w:sectPr" not in content[BODY]:
            return changed(BODY, lambda raw: raw.replace(b"</w:body>", new.encode() + b"</w:body>"))
        return changed(
            BODY,
            lambda raw: re.sub(
                rb"(<w:sectPr(?:(?!<w:sectPr).)*</w:body>)", lambda m: new.encode() + m[0], raw, count=1, flags=re.DOTALL
            ),
        )

    yield one("good", base)
    yield one("empty", b"", OTHER)
    yield one("pdf", b"%PDF-1.7\n", OTHER)
    yield one("text", b"boletim\n", OTHER)
    yield one("workbook", good(), OTHER)
    yield one("zip", packed({"a": b"x"}), OTHER)
    yield one("old-word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "review-file-old-word")
    yield one("rtf", b"{\\rtf1 x}", "review-file-old-word")
    yield one(
        "password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le"),
        "review-file-encrypted",
    )
    yield one("odt", packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "review-file-odt")
    yield one("macros", packed({**content, "word/vbaProject.bin": b"x"}), "review-file-macros")
    yield one("half", base[: len(base) // 2], BROKEN)
    yield one("members", packed({**content, **{f"x{n}": b"" for n in range(5000)}}), BIG)
    yield one("bomb", packed({**content, BODY: b"<w:document>" + b" " * 60_000_000}), BIG)
    yield one("bomb-aside", packed({**content, "word/media/x.bin": b"0" * 90_000_000}))
    yield one("larger-than-100-mb", base + b"\0" * 105_000_000, BIG, "file-too-large", heavy=True)
    yield one("twice-the-same-name", _doubled(base, content[BODY]), BROKEN)
    yield one("climbing-member", packed({**content, "../../../tmp/hostile": b"x", "C:\\hostile": b"x"}))
    for name in (BODY, "word/styles.xml", RELATIONS, "[Content_Types].xml", "docProps/core.xml", "word/comments.xml"):
        if name in content:
            short = ("relations-" if name.endswith(".rels") else "") + name.rpartition("/")[2].partition(".")[0].strip("_[]")
            yield one(f"entities-{short}", changed(name, lambda raw: _declaring(raw, DOCTYPE)), MALFORMED, OTHER)
            yield one(f"outside-{short}", changed(name, lambda raw: _declaring(raw, OUTSIDE)), MALFORMED, OTHER)
            yield one(f"cut-{short}", changed(name, lambda raw: raw[: len(raw) // 2]), MALFORMED, OTHER)
            rest = dict(content)
            del rest[name]
            yield one(f"without-{short}", packed(rest), ANY, OTHER, *UNKNOWN)
    yield one("external", changed(RELATIONS, lambda raw: raw.replace(b"</Relationships>", b'<Relationship Id="h1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>')))  # fmt: skip
    yield one(
        "climbing-relation",
        changed(RELATIONS, lambda raw: raw.replace(b'Target="styles.xml"', b'Target="../../../../etc/passwd"')),
        ANY,
        *UNKNOWN,
    )
    yield one("nested-tables", in_body("<w:tbl><w:tr><w:tc>" * 300 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 300), ANY, MALFORMED)
    yield one("nested-controls", in_body("<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400), ANY, MALFORMED)
    yield one("deep", in_body("<w:p>" * 100_000 + "</w:p>" * 100_000), MALFORMED, BIG)
    yield one("fields", in_body("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + "</w:p>"))
    yield one(
        "rows", in_body("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 50_000 + "</w:tbl>"), ANY, "reader-stopped", heavy=True
    )
    yield one("span", in_body('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'))
    yield one(
        "bookmarks",
        in_body("".join(f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' for n in range(50_000))),
        ANY,
        "reader-stopped",
        heavy=True,
    )
    yield one(
        "paragraphs", in_body("<w:p><w:r><w:t>Texto a mais.</w:t></w:r></w:p>" * 30_000), "review-too-much-added", heavy=True
    )
    yield one(
        "paragraphs-taken-in",
        in_body("".join(f"<w:p><w:r><w:t>Texto a mais, {n}.</w:t></w:r></w:p>" for n in range(1500))),
        heavy=True,
    )
    yield one(
        "long-paragraphs",
        in_body(("<w:p><w:r><w:t>" + "Texto a mais. " * 700 + "</w:t></w:r></w:p>") * 150),
        "yaml-too-large",
        heavy=True,
    )
    author = 'w:author="{0}" w:date="2025-02-01T10:00:00Z"'
    for n, name in enumerate(
        ("=1+1", "../../../fora", "<script>x</script>", "a" * 5000, "CON", "\u202eana", "{0.__class__}", "é" * 200)
    ):
        text = name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        yield one(
            f"author-{n}",
            in_body(f'<w:p><w:ins w:id="90001" {author.format(text)}><w:r><w:t>Palavras novas.</w:t></w:r></w:ins></w:p>'),
        )
    for n, words in enumerate(("<script>x</script>", "{{ 7*7 }}{% set x=1 %}", "=cmd|x!A1", "**x** [a](javascript:b)", "\u202e4321", "9" * 4000, "{x}{0}{{}}", "$\\frac{1}{2}$", "a\u0001b")):  # fmt: skip
        text = words.replace("&", "&amp;").replace("<", "&lt;")
        yield one(
            f"words-{n}",
            in_body(f'<w:p><w:ins w:id="90001" {author.format("Ana")}><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>'),
            ANY,
            MALFORMED,
        )
    for n, when in enumerate(("9999-99-99T99:99:99Z", "ontem", "", "0001-01-01T00:00:00Z", "2025-02-01T10:00:00+99:99")):
        yield one(f"date-{n}", in_body(f'<w:p><w:ins w:id="90001" w:author="Ana" w:date="{when}"><w:r><w:t>Palavras.</w:t></w:r></w:ins></w:p>'), ANY, *UNKNOWN)  # fmt: skip
    custom = next(
        (name for name, raw in content.items() if name.startswith("customXml/") and b"urn:bulletin:manifest" in raw), ""
    )
    if custom:
        for n, inside in enumerate(
            ("", "{", "[]", "null", '{"build": "../../../x"}', "[" * 100_000, '{"a":' * 50_000, "9" * 5000, '"\\ud800"')
        ):
            yield one(f"manifest-{n}", changed(custom, lambda raw, i=inside: re.sub(rb">[^<]*<", lambda _: f">{i}<".encode(), raw, count=1)), ANY, *UNKNOWN, MALFORMED, "review-record-broken", "issued-unreadable", "review-unreadable", "review-manifest")  # type: ignore[misc]  # fmt: skip
    for at in range(1, 10):
        data = bytearray(base)
        data[len(data) * at // 10] ^= 0x55
        yield one(f"flipped-{at}", bytes(data), ANY, BROKEN, MALFORMED, OTHER, *UNKNOWN)


def other_files() -> Iterator[Variant]:
    """Forms and sheets of decisions that are something else."""
    for command, rules in (
        ("form", ("form-not-a-form", "form-not-a-workbook", "workbook-broken", "workbook-too-large", "workbook-encrypted", "old-workbook", "html-as-workbook", "empty-file", "file-unreadable")),
        ("decide", ("review-sheet-not-one", "workbook-broken", "workbook-too-large", "workbook-encrypted", "old-workbook", "html-as-workbook", "empty-file", "review-nothing", ANY)),
    ):  # fmt: skip
        for name, data in (
            ("workbook", good()), ("empty", b""), ("half", good()[:2000]), ("page", b"<html></html>"), ("bomb", packed({**parts(), "xl/x.bin": b"0" * 60_000_000})),
            ("entities", packed({**parts(), "xl/workbook.xml": _declaring(parts()["xl/workbook.xml"], DOCTYPE)})), ("noise", bytes(range(256)) * 9),
        ):  # fmt: skip
            yield Variant(f"{command}-{name}", {}, rules, command=command, sent=data, sent_as="voltou.xlsx")  # type: ignore[arg-type]


def _declaring(raw: bytes, declaration: str) -> bytes:
    text = raw.decode()
    return (
        ("<?xml version='1.0'?>" + declaration + text.partition("?>")[2]).encode()
        if text.startswith("<?xml")
        else (declaration + text).encode()
    )


def _doubled(base: bytes, body: bytes) -> bytes:
    import warnings

    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(BODY, body)
    return out.getvalue()
