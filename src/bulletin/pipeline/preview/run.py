"""`bulletin preview`: serves the pages, reads the project again whenever a file of it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bulletin.cache import Cache
from bulletin.pipeline.kept import Kept, Memory
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.preview.serve import open_server
from bulletin.pipeline.preview.session import Record, State, readings
from bulletin.pipeline.preview.stage import Stage
from bulletin.pipeline.preview.watch import changes, check_watcher
from bulletin.pipeline.progress import Progress

Read = Callable[[State], None]


def preview(
    root: Path,
    texts: Mapping[str, str],
    progress: Progress,
    *,
    languages: Sequence[str] = (),
    port: int | None = None,
    record: Record,
    serving: Callable[[str], None],
    read: Read,
    signals: Iterable[bool] | None = None,
) -> None:
    """Until Ctrl+C. Raises BulletinError where it cannot begin: no project, no watcher, no port; later on whatever is wrong stands on
    the pages. `texts`: of the language of messages; `serving`: is told the address; `read`: is told of every reading; `signals`: when
    to look whether files have changed, else when they have."""
    if signals is None:
        check_watcher()
    if not (root / "bulletin.yaml").is_file():
        prepare(root, progress, tuple(languages))  # says what is lacking
    stage = Stage(texts)
    server = open_server(stage, port)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        serving(server.url)
        kept = Kept(Cache(root / "work" / "cache"), memory=Memory())
        state = _turn(State(), root, languages, kept, record, stage, read)
        for changed in changes(root) if signals is None else signals:
            if changed:
                state = _turn(state, root, languages, kept, record, stage, read)
    finally:
        stage.end()
        server.shutdown()
        server.server_close()


def _turn(state: State, root: Path, languages: Sequence[str], kept: Kept, record: Record, stage: Stage, read: Read) -> State:
    stage.read()
    before = state
    for state in readings(before, root, languages, kept, record, stage.seen):
        stage.show(state)
    if state is before:
        stage.show(state)
    else:
        read(state)
    return state
