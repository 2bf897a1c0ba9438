"""What is kept for the next build: found as it was put, never trusted when it is not, and never in the way."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from bulletin.cache import Cache, digest, user_key, versions

KEY = digest("a table", b"\x00")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("BULLETIN_HOME", str(folder))
    return folder


def kept(folder: Path, *entries: tuple[str, bytes]) -> Cache:
    cache = Cache(folder)
    for name, data in entries:
        cache.put("chart", digest(name), data)
    return cache


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def test_what_was_put_is_found_by_another_process_under_its_kind_and_key_alone(tmp_path: Path) -> None:
    kept(tmp_path / "work" / "cache", ("a", b"one"))
    cache = Cache(tmp_path / "work" / "cache")
    assert cache.get("chart", digest("a")) == b"one"
    assert cache.get("pdf", digest("a")) is None
    assert cache.get("chart", digest("b")) is None
    assert (cache.found["chart"], cache.missed["pdf"], cache.damaged) == (1, 1, 0)


def test_parts_of_a_key_do_not_run_into_each_other() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("ab", "c", ""), digest("1:a")}) == 5
    assert digest("é") == digest("é".encode())


def test_no_byte_of_an_entry_can_change_or_go_unseen(tmp_path: Path) -> None:
    kept(tmp_path, ("a", b"a small picture"))
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    changed = [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(len(whole))]
    for written in (*changed, *(whole[:n] for n in range(len(whole))), whole + b"x"):
        path.write_bytes(written)
        cache = Cache(tmp_path)
        assert cache.get("chart", digest("a")) is None
        assert cache.damaged == 1
        assert not path.exists()


def test_an_entry_under_another_name_is_not_what_it_says(tmp_path: Path) -> None:
    kept(tmp_path, ("a", b"one"))
    (path,) = files(tmp_path)
    path.rename(path.with_name(digest("b")))
    assert Cache(tmp_path).get("chart", digest("b")) is None


def test_what_a_project_brought_along_is_not_trusted(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_HOME", str(tmp_path / "somebody else"))
    kept(tmp_path / "cache", ("a", b"theirs"))
    monkeypatch.setenv("BULLETIN_HOME", str(home))
    cache = Cache(tmp_path / "cache")
    assert cache.get("chart", digest("a")) is None
    assert cache.damaged == 1


def test_the_key_is_its_owners_alone(home: Path) -> None:
    key = user_key()
    assert user_key() == key
    assert len(key) == 32
    if os.name == "posix":
        assert stat.S_IMODE((home / "cache.key").stat().st_mode) == 0o600
        (home / "cache.key").chmod(0o644)
        assert user_key() != key
    (home / "cache.key").write_bytes(b"short")
    assert len(user_key()) == 32


def test_without_a_place_for_the_key_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("BULLETIN_HOME", str(tmp_path / "file" / "home"))
    assert kept(tmp_path / "cache", ("a", b"one")).get("chart", digest("a")) is None
    assert not (tmp_path / "cache").exists()


def test_no_link_leads_out_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "cache").symlink_to(tmp_path / "elsewhere")
    kept(tmp_path / "work" / "cache", ("a", b"one"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "chart").symlink_to(tmp_path / "elsewhere")
    assert kept(tmp_path / "cache", ("a", b"one")).unwritten == 1
    assert files(tmp_path / "elsewhere") == []


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    kept(tmp_path, *((name, bytes(1000)) for name in "abcdef"))
    for n, name in enumerate("abcdef"):
        os.utime(tmp_path / "chart" / digest(name), ns=(n * 10**9, n * 10**9))
    (tmp_path / "chart" / "a user's own.txt").write_bytes(bytes(5000))
    cache = Cache(tmp_path, 5000)
    assert cache.get("chart", digest("a")) is not None
    cache.trim()
    assert [name for name in "abcdef" if (tmp_path / "chart" / digest(name)).exists()] == ["a", "d", "e", "f"]
    assert cache.size() <= 5000
    assert (tmp_path / "chart" / "a user's own.txt").exists()


def test_the_limit_holds_while_entries_are_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 5000)
    for n in range(40):
        cache.put("chart", digest(str(n)), bytes(900))
        assert cache.size() <= 5000
    cache.put("chart", digest("larger than all"), bytes(6000))
    assert cache.get("chart", digest("larger than all")) is None
    assert cache.get("chart", digest("39")) is not None


def test_a_full_disk_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = kept(tmp_path, ("a", b"one"))

    def full(path: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full", str(target))

    monkeypatch.setattr(Path, "replace", full)
    cache.put("chart", digest("b"), b"two")
    assert cache.unwritten == 1
    assert len(files(tmp_path)) == 1
    assert cache.get("chart", digest("a")) == b"one"


def test_fresh_finds_nothing_and_keeps_what_is_made(tmp_path: Path) -> None:
    kept(tmp_path, ("a", b"old"))
    cache = Cache(tmp_path, fresh=True)
    assert cache.get("chart", digest("a")) is None
    cache.put("chart", digest("a"), b"new")
    assert Cache(tmp_path).get("chart", digest("a")) == b"new"


def test_the_program_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = versions()
    monkeypatch.setattr("bulletin.cache._files", lambda folder: [])
    versions.cache_clear()
    assert versions() != first
    monkeypatch.undo()
    monkeypatch.setattr("bulletin.cache.text_engine", lambda: {"pango": "1.99"})
    versions.cache_clear()
    assert versions() != first
    monkeypatch.undo()
    versions.cache_clear()
    assert versions() == first
