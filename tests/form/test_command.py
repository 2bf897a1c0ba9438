"""The commands as a user meets them: codes, words and files."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from bulletin.cli import app
from desk import Desk


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


def test_write_read_and_status(desk: Desk) -> None:
    code, said = run("form", "write", str(desk.root), "-i", "inss", "--messages", "en")
    assert code == 0
    assert "mz-inss-2024.xlsx" in said
    path = desk.changed(lambda book: [book["T01"].cell(r, 7, 50000) for r in (10, 11, 12)])
    code, said = run("form", "read", str(path), "--project", str(desk.root))
    assert (code, "data/forms: 1 de 1" in said) == (0, True)
    code, said = run("form", "status", str(desk.root), "--on", "2025-02-01")
    assert code == 0
    assert "INSS: prazo 2025-01-15; formulário lido: 2024;" in said
    assert "formulário por ler: 2023" in run("form", "status", str(desk.root), "--year", "2023")[1]


def test_a_form_that_could_not_be_read_back_is_told_before_it_is_sent(desk: Desk) -> None:
    config = desk.root / "bulletin.yaml"
    config.write_text(config.read_text(encoding="utf-8").partition("collect:")[0], encoding="utf-8")
    sources = desk.root / "config" / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("institution: INSS\n", "\n"), encoding="utf-8")
    code, said = run("form", "write", str(desk.root), "-i", "inss", "--messages", "en")
    assert code == 0
    assert "no source in sources.yaml is of INSS" in said
    path = desk.changed(lambda book: [book["T01"].cell(r, 7, 50000) for r in (10, 11, 12)])
    code, again = run("form", "read", str(path), "--project", str(desk.root), "--messages", "en")
    assert (code, "no source in sources.yaml is of INSS" in again) == (1, True)


def test_a_form_of_another_edition_gets_one_message_and_no_counts(desk: Desk) -> None:
    path = desk.changed(lambda book: book["T01"].cell(10, 7, "n.d."))
    config = desk.root / "bulletin.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("id: small\n", "id: grande\n").replace("year: 2024", "year: 2025"), encoding="utf-8")
    code, said = run("form", "read", str(path), "--project", str(desk.root), "--messages", "en")
    assert code == 1
    assert said.count("[error]") == 1
    assert "small, 2024" in said
    assert "grande, 2025" in said
    assert "0 cells" not in said


def test_mistakes_are_told_and_counted(desk: Desk, tmp_path: Path) -> None:
    path = desk.changed(lambda book: book["T01"].cell(10, 7, "n.d."))
    code, said = run("form", "read", str(path), "--project", str(desk.root), "--messages", "en")
    assert code == 1
    assert "[T01]:G10" in said
    assert "returned-a-corrigir.xlsx" in said
    assert run("form", "write", str(desk.root), "-i", "nada")[0] == 2
    assert run("form", "read", str(path), "--project", str(tmp_path))[0] == 2
    assert run("form", "status", str(desk.root), "--on", "ontem")[0] == 2
