"""A preview shows the pages of a build, tells what is wrong beside the place, and serves nobody but this machine."""

from __future__ import annotations

import http.client
import json
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletin.cache import Cache
from bulletin.errors import ConfigError
from bulletin.load.messages import load_messages
from bulletin.pipeline.build import build
from bulletin.pipeline.kept import Kept, Memory
from bulletin.pipeline.preview import session
from bulletin.pipeline.preview.dress import dressed
from bulletin.pipeline.preview.run import preview
from bulletin.pipeline.preview.serve import Server, open_server
from bulletin.pipeline.preview.session import State, readings, refreshed
from bulletin.pipeline.preview.stage import Stage
from bulletin.pipeline.preview.view import View
from bulletin.pipeline.preview.watch import changes, check_watcher, counts
from bulletin.pipeline.progress import silent
from factories import small_project, spoken

TEXTS = load_messages("pt")
PEOPLE, PENSIONS = "text/pt/people.md", "text/pt/pensions.md"


class Writer:
    """Somebody who edits a project while it is previewed."""

    def __init__(self, root: Path, kept: Kept, state: State | None = None, languages: tuple[str, ...] = ("pt",)) -> None:
        self.root, self.languages, self.kept = root, languages, kept
        self.state = state or State()

    def writes(self, file: str, old: str, new: str) -> State:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self.looks()

    def looks(self) -> State:
        self.state = refreshed(self.state, self.root, self.languages, self.kept, _recorded)
        spoken(self.state.findings)
        return self.state

    def sees(self, path: str) -> dict[str, Any]:
        return View(self.state, TEXTS).of(path)

    def pages(self) -> dict[str, bytes]:
        pages = self.state.pages
        assert pages is not None
        return {path: pages.file(path) or b"" for path in pages.paths()}


def _recorded(error: BaseException) -> str:
    return "bulletin.log"


def _built(root: Path, output: Path) -> dict[str, bytes]:
    made = build(root, silent, output=output, formats=("html",), jobs=1).files
    return {path.partition("/")[2]: data for path, data in made.items() if "-web/" in path}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(Cache(tmp_path_factory.mktemp("kept") / "cache"), memory=Memory())


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, kept: Kept) -> State:
    """The small project in Portuguese, before anybody edits it."""
    state = Writer(small_project(tmp_path_factory.mktemp("first") / "small"), kept).looks()
    assert state.newest
    return state


@pytest.fixture
def writer(tmp_path: Path, kept: Kept, first: State) -> Writer:
    """Has a copy of the project, and the pages before it."""
    return Writer(small_project(tmp_path / "small"), kept, first)


def test_pages_are_those_of_a_build_after_every_kind_of_edit(tmp_path: Path, kept: Kept) -> None:
    writer = Writer(small_project(tmp_path / "small"), kept, languages=())
    writer.looks()
    writer.pages()  # made once, so that what is kept of them could be stale
    title = "{pt: População por província, en: Population by province}"
    changes = [
        (PEOPLE, "{{ ranking", "Uma frase nova.\n{{ ranking", {"pt": ("people.ranking",), "en": ()}),
        ("text/en/people.md", "{{ ranking", "A new sentence.\n{{ ranking", {"pt": (), "en": ("people.ranking",)}),
        ("data/pensionistas.csv", "PENSIONERS,MZ,2020,91000", "PENSIONERS,MZ,2020,91500", None),
        ("config/outlines/small/people.yaml", title, "{pt: Onde se vive, en: Where people live}", None),
    ]
    for file, old, new, changed in changes:
        state = writer.writes(file, old, new)
        assert state.newest
        assert changed is None or state.changed == changed
        seen = writer.pages()
    assert seen == _built(writer.root, tmp_path / "out")
    assert "Uma frase nova." in seen["pt/people.html"].decode()
    assert "Onde se vive" in seen["pt/people.html"].decode()
    assert "91\u00a0500" in seen["pt/pensions.html"].decode()


def test_the_language_that_is_looked_at_comes_first_and_is_right_at_once(tmp_path: Path, kept: Kept) -> None:
    writer = Writer(small_project(tmp_path / "small"), kept, languages=())
    before = writer.looks()
    assert before.pages
    path = writer.root / "text/en/people.md"
    path.write_text(path.read_text(encoding="utf-8").replace("{{ ranking", "A new sentence.\n{{ ranking"), encoding="utf-8")
    early, late = readings(before, writer.root, (), kept, _recorded, "en/people.html")
    assert (early.whole, late.whole) == (False, True)
    assert (early.findings, early.changed) == (before.findings, late.changed)
    assert early.pages
    assert late.pages
    for page in ("en/people.html", "en/index.html", "en/pensions.html", "pt/people.html"):
        assert early.pages.file(page) == late.pages.file(page)
    assert b"A new sentence." in (early.pages.file("en/people.html") or b"")
    assert "translation-stale" in {f.rule for f in late.findings} - {f.rule for f in before.findings}


def test_only_what_says_something_else_is_marked(writer: Writer) -> None:
    before = writer.sees("pt/pensions.html")["page"]
    writer.writes(PEOPLE, "{{ ranking", "Uma frase nova.\n{{ ranking")
    here, there = writer.sees("pt/people.html"), writer.sees("pt/pensions.html")
    assert (here["changed"], here["elsewhere"]) == (["b-people-ranking"], [])
    assert there["changed"] == []
    assert [e["href"] for e in there["elsewhere"]] == ["/pt/people.html#b-people-ranking"]
    assert there["page"] == before


def test_a_file_saved_without_a_change_is_no_news(writer: Writer) -> None:
    state = writer.state
    (writer.root / PEOPLE).touch()
    (writer.root / "out").mkdir()
    (writer.root / "out" / "old.txt").write_text("built earlier", encoding="utf-8")
    assert writer.looks() is state


def test_a_finding_stands_beside_its_paragraph_and_its_table(writer: Writer) -> None:
    writer.writes(PENSIONS, "{#pensioners.change}\n", "{#pensioners.change}\nOs pensionistas são 12.\n")
    writer.writes("data/pensionistas.csv", "PENSIONERS,MZ,2021,103540", "PENSIONERS,MZ,2021,1035400")
    page = writer.pages()["pt/pensions.html"].decode()
    told = writer.sees("pt/pensions.html")
    by_rule = {f["rule"]: f for f in told["findings"]}
    number = by_rule["unbound-number"]
    assert (number["anchor"], number["place"]) == ("b-pensioners-change", f"{PENSIONS}:5")
    assert "12" in number["text"]
    assert all(f'id="{f["anchor"]}"' in page for f in told["findings"] if f["anchor"])
    (table,) = {f["anchor"] for f in told["findings"] if f["place"].startswith("data/pensionistas.csv") and f["anchor"]}
    assert table == "b-pensioners"
    elsewhere = next(f for f in writer.sees("pt/people.html")["findings"] if f["rule"] == "unbound-number")
    assert (elsewhere["anchor"], elsewhere["href"]) == ("", "/pt/pensions.html#b-pensioners-change")


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "anchor"),
    [
        ("bulletin.yaml", "languages: [pt, en]", "languages: [pt, en", "bulletin.yaml", ""),
        ("data/populacao.csv", "POPULATION;MZ;", '"POPULATION;MZ;', "data/populacao.csv", ""),
        (PEOPLE, "{{ ranking(", "{{ rankings(", PEOPLE, "b-people-ranking"),
        (PEOPLE, "{{ ranking(", "{{ ranking((", PEOPLE, "b-people-ranking"),
    ],
)
def test_what_cannot_be_read_leaves_the_last_good_pages_standing(
    writer: Writer, file: str, old: str, new: str, place: str, anchor: str
) -> None:
    good = writer.state
    whole = (writer.root / file).read_bytes()
    broken = writer.writes(file, old, new)
    assert not broken.newest
    assert broken.pages is good.pages
    assert broken.number == good.number + 1
    told = writer.sees("pt/people.html")
    assert told["counts"][0]["level"] == "error"
    assert place in told["findings"][0]["place"]
    assert anchor in told["findings"][0]["anchor"]
    if anchor:
        return
    (writer.root / file).write_bytes(whole)
    mended = writer.looks()
    assert mended.newest
    assert mended.findings == good.findings
    assert mended.changed == {"pt": ()}


def test_a_failure_of_the_program_is_told_and_ends_nothing(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    good = writer.state
    with monkeypatch.context() as patch:
        patch.setattr(session, "compose_words", lambda *_: [][0])
        state = writer.writes(PEOPLE, "{{ ranking", "Mais.\n{{ ranking")
    assert [f.rule for f in state.findings] == ["preview-failed"]
    assert state.pages is good.pages
    assert writer.writes(PEOPLE, "Mais.", "Mais ainda.").newest


def test_nothing_of_a_preview_is_in_a_published_page(writer: Writer) -> None:
    page = writer.pages()["pt/people.html"]
    shown = dressed(page, "pt/people.html", "0")
    added = re.compile(rb'<link rel="stylesheet" href="/_preview/.*?></script>\n', re.DOTALL)
    assert added.sub(b"", shown).replace(b"; connect-src &#x27;self&#x27;", b"") == page
    assert b"preview" not in page
    policy = re.search(rb'Content-Security-Policy" content="([^"]*)"', shown)
    assert policy
    assert b"unsafe" not in policy[1]
    assert b"http" not in policy[1]


# ---------------------------------------------------------------------------------------------------- the server


def _asked(port: int, path: str, method: str = "GET", **heads: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": f"127.0.0.1:{port}"} | {k.replace("_", "-"): v for k, v in heads.items()}).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.fixture
def served(writer: Writer) -> Iterator[tuple[Writer, Stage, Server]]:
    stage = Stage(TEXTS)
    server = Server(stage, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield writer, stage, server
    stage.end()
    server.shutdown()
    server.server_close()
    thread.join()


def test_pages_are_served_and_news_are_told(served: tuple[Writer, Stage, Server]) -> None:
    writer, stage, server = served
    status, heads, page = _asked(server.port, "/pt/people.html")
    assert (status, "A ler o projeto" in page) == (200, True)
    assert "connect-src 'self'" in heads["content-security-policy"]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/_preview/news")
    news = connection.getresponse()

    def heard() -> dict[str, object]:
        while not (line := news.readline()).startswith(b"data: "):
            assert line
        found: dict[str, object] = json.loads(line[6:])
        return found

    assert heard() == {"shown": 0, "reading": True}
    stage.show(writer.state)
    assert heard() == {"shown": 1, "reading": False}
    status, heads, page = _asked(server.port, "/pt/people.html")
    assert (status, heads["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.encode() == dressed(writer.pages()["pt/people.html"], "pt/people.html", json.loads(_state(server))["page"])
    stage.show(writer.writes(PEOPLE, "{{ ranking", "Uma frase nova.\n{{ ranking"))
    assert heard()["shown"] == 2
    assert json.loads(_state(server))["changed"] == ["b-people-ranking"]
    assert "Uma frase nova." in _asked(server.port, "/pt/people.html")[2]
    stage.end()
    assert news.read().strip() == b""
    connection.close()


def _state(server: Server) -> str:
    return _asked(server.port, "/_preview/state.json?path=pt/people.html")[2]


def test_strangers_are_refused(served: tuple[Writer, Stage, Server]) -> None:
    writer, stage, server = served
    stage.show(writer.state)
    port = server.port
    assert _asked(port, "/")[0] == 200
    assert _asked(port, "/", Host=f"localhost:{port}")[0] == 200
    # a name that somebody lets point to this machine, another port, none at all
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", ""):
        assert _asked(port, "/_preview/state.json?path=index.html", Host=host)[0] == 403
    assert _asked(port, "/", Origin="https://evil.example")[0] == 403
    assert _asked(port, "/", Sec_Fetch_Site="cross-site")[0] == 403
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW"):
        assert _asked(port, "/", method)[0] == 405
    for path in (
        "/../bulletin.yaml", "/pt/../../bulletin.yaml", "/%2e%2e/bulletin.yaml", "/pt/%2e%2e%2f%2e%2e%2fbulletin.yaml",
        "/..%5cbulletin.yaml", "//etc/passwd", "/etc/passwd", "/bulletin.yaml", "/data/populacao.csv", "/_preview/../bulletin.yaml",
        "/_preview/preview.py", "/files/..%2f..%2fbulletin.yaml", "/C:/Windows/win.ini", "/pt/people.html%00.csv",
    ):  # fmt: skip
        status, _, said = _asked(port, path)
        assert status in (400, 404), path
        assert "country: MZ" not in said
    assert _asked(port, f"http://127.0.0.1:{port}/")[0] == 400
    assert not server.verify_request(None, ("192.0.2.7", 4711))
    with pytest.raises(ConfigError) as refused:
        Server(stage, 0, "0.0.0.0")
    spoken(refused.value.findings)


def test_a_port_in_use_is_told_where_it_was_asked_for(served: tuple[Writer, Stage, Server]) -> None:
    _, stage, server = served
    with pytest.raises(ConfigError) as told:
        open_server(stage, server.port)
    assert [f.rule for f in spoken(told.value.findings)] == ["preview-port-taken"]


# ---------------------------------------------------------------------------------------------------- the command


def test_the_command_reads_serves_and_writes_nothing_to_publish(tmp_path: Path) -> None:
    root = small_project(tmp_path / "small")
    port: list[int] = []
    seen: list[State] = []

    def signals() -> Iterator[bool]:
        yield True  # nothing has changed: nothing is read
        (root / PEOPLE).write_text("{#people.ranking}\nUma frase nova.\n", encoding="utf-8")
        yield False
        yield True
        assert "Uma frase nova." in _asked(port[0], "/pt/people.html")[2]
        (root / "bulletin.yaml").write_text("id: [", encoding="utf-8")
        yield True
        assert "Uma frase nova." in _asked(port[0], "/pt/people.html")[2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        preview(
            root, TEXTS, silent, languages=("pt",), port=None, record=_recorded, read=seen.append, signals=signals(),
            serving=lambda url: port.append(int(url.rstrip("/").rpartition(":")[2])),
        )  # fmt: skip
    assert [(s.number, s.newest) for s in seen] == [(1, True), (2, True), (3, False)]
    assert {p.name for p in root.iterdir()} - {"work"} == {"bulletin.yaml", "config", "data", "text"}
    assert {p.name for p in (root / "work").iterdir()} <= {"cache"}
    with pytest.raises(OSError):
        _asked(port[0], "/")


def test_what_is_no_project_and_a_lacking_watcher_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError) as told:
        preview(tmp_path, TEXTS, silent, record=_recorded, serving=lambda _: None, read=lambda _: None, signals=())
    assert [f.rule for f in told.value.findings] == ["no-project"]
    check_watcher()
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(ConfigError) as lacking:
        check_watcher()
    assert [f.rule for f in spoken(lacking.value.findings)] == ["preview-no-watcher"]


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("bulletin.yaml", True), ("text/pt/people.md", True), ("data/dados.xlsx", True), ("config/outlines/x.yaml", True),
        ("out/manifest.json", False), ("work/cache/chart/0", False), ("review/out/a.docx", False), ("review/x.yaml", True),
        (".git/index", False), ("data/~$dados.xlsx", False), ("data/.~lock.dados.ods#", False), ("../other/bulletin.yaml", False),
    ],
)  # fmt: skip
def test_what_builds_and_editors_write_is_no_change(path: str, counted: bool, tmp_path: Path) -> None:
    assert counts(tmp_path / "small", (tmp_path / "small" / path).resolve()) is counted


def test_watching_begins_with_a_look_and_polls_where_a_drive_tells_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    polled: list[object] = []

    def watch(*_: object, **options: object) -> Iterator[set[tuple[int, str]]]:
        polled.append(options["force_polling"])
        yield set()
        yield {(1, "bulletin.yaml")}
        if len(polled) == 1:
            raise OSError("no room for more watches")
        yield set()

    monkeypatch.setattr("watchfiles.watch", watch)
    assert list(changes(tmp_path)) == [True, True, True, True, False]
    assert polled == [None, True]
