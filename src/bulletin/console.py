"""How a command speaks: progress, findings, the closing table; on a terminal, in plain lines, or as JSON lines."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import typer

from bulletin.errors import BulletinError
from bulletin.load.messages import declared_language, languages_of_messages, load_messages
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.quality import Amendment, Arrival
from bulletin.pipeline.messages import message

if TYPE_CHECKING:
    from bulletin.ledger.answer import Answer
    from bulletin.load.account import FileAccount
    from bulletin.load.explain import ParsedCell
    from bulletin.model.quality import Availability, Revision
    from bulletin.pipeline.build import Built
    from bulletin.pipeline.check import Checked
    from bulletin.pipeline.compare import Comparison
    from bulletin.pipeline.doctor import Item
    from bulletin.pipeline.explain import Explained
    from bulletin.pipeline.form_read import ReadForm
    from bulletin.pipeline.form_status import Sender
    from bulletin.pipeline.form_write import WrittenForms
    from bulletin.pipeline.impact import Foreseen
    from bulletin.pipeline.init_from import Advance
    from bulletin.pipeline.release import Released

_MOST = 60
"""Findings printed in full; the rest is counted and stands in work/findings.json."""


class Console:
    """A context in which any error becomes messages and an exit code; no traceback ever reaches the user."""

    def __init__(self, root: Path, language: str | None, *, quiet: bool, as_json: bool) -> None:
        chosen = language or declared_language(root)
        if chosen not in languages_of_messages():
            raise typer.BadParameter(f"--messages: {', '.join(languages_of_messages())}")
        self.language = chosen
        self.texts = load_messages(chosen)
        self.quiet = quiet
        self.as_json = as_json

    def __enter__(self) -> Console:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        match error:
            case None | typer.Exit():
                return
            case BulletinError():
                self._findings(error.findings)
                self._say("stopped", error=True)
                raise typer.Exit(error.exit_code)
            case BrokenPipeError():
                # Whoever reads the answer (`| head`) has had enough.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit
            case KeyboardInterrupt():
                self._say("interrupted", error=True)
                raise typer.Exit(3)
            case Exception():
                where = self._record(error)
                self._say("unexpected", error=True, reason=str(error) or type(error).__name__, file=where)
                raise typer.Exit(2)

    def progress(self, stage: str, detail: str) -> None:
        """Begins a stage."""
        if self.as_json:
            self._json({"event": "stage", "stage": stage, "detail": detail})
        elif not self.quiet:
            text = self.texts.get(f"stage_{stage}", stage)
            typer.echo(f"· {text}{f' ({detail})' if detail else ''}", err=True)

    def created(self, folder: Path, files: Sequence[str]) -> None:
        if self.as_json:
            self._json({"event": "created", "folder": folder.as_posix(), "files": list(files)})
            return
        if not self.quiet:
            for name in files:
                typer.echo(f"  {name}")
        self._say("created", folder=str(folder))

    def advanced(self, made: Advance) -> None:
        """What was carried over, what waits to be confirmed, and what to collect from whom."""
        texts = self.texts
        if self.as_json:
            self._json({
                "event": "advanced", "folder": made.folder.as_posix(), "edition": made.new.id, "sealed": made.sealed,
                "paragraphs": made.paragraphs, "waivers": [f"{w.rule} {w.key}" for w in made.waivers],
                "dropped": list(made.dropped), "proposals": list(made.proposals),
                "collect": {name: list(wanted) for name, wanted in made.wanted.items()},
            })  # fmt: skip
            return
        self._say("advanced", old=made.old.id, new=made.new.id, year=made.new.year)
        if not self.quiet:
            if made.sealed:
                self._say("advanced_archive", old=made.old.id)
            else:
                self._say("advanced_unsealed", old=made.old.id)
            if made.paragraphs:
                self._say("advanced_texts", count=made.paragraphs, old=made.old.id)
            for name in made.proposals:
                self._say("advanced_proposal", file=name)
            for waiver in made.waivers:
                self._say("advanced_waiver", waiver=f"{waiver.rule} {waiver.key}")
            others = [key for key in made.dropped if key != "waivers"]
            if others:
                self._say("advanced_dropped", keys=", ".join(others))
            country, catalogue = made.prepared.project.country, made.prepared.project.catalogue
            names = {i.id: i.acronym for i in country.institutions}
            language = texts.get("message_language", "pt")
            if made.wanted:
                self._say("advanced_collect", year=made.new.year)
            for institution, indicators in made.wanted.items():
                typer.echo(f"  {names.get(institution, institution) or texts['advanced_nobody']}")
                for name in indicators:
                    typer.echo(f"    {name}: {catalogue[name].label.get(language) or name}")
        self._say("created", folder=str(made.folder))

    def checked(self, checked: Checked) -> None:
        """Findings by file, then sheet and cell, the most severe first; then what became of the rows, and what is to be approved."""
        from bulletin.pipeline.approve import contents_id, institutions

        self._by_file(checked.findings)
        self._accounts(checked.prepared.accounting)
        if checked.prepared.project.edition.status != "draft":
            known = {i.id: i.acronym for i in checked.prepared.project.country.institutions}
            names = ", ".join(known[i] for i in institutions(checked.prepared, checked.composed)) or "–"
            self._say("check_contents", build=contents_id(checked.prepared, checked.composed), institutions=names)
        self._counts(checked.findings)

    def _by_file(self, findings: tuple[Finding, ...]) -> None:
        from bulletin.model.report import Line, counts, grouped, level_of

        if self.as_json:
            self._findings(findings)
            return
        lines = []
        for f in findings:
            bare = Finding(f.rule, f.severity, key=f.key, parameters=f.parameters)
            said = (message(bare, self.texts), "", f.waived)
            place = f.place
            lines.append(
                Line(f.rule, level_of(f.severity, f.waived), place.file, place.sheet, place.cell, place.column, f.key, *said)
            )
        shown = tuple(f for f in lines if f.level == "error" or (f.level != "info" and not self.quiet))
        left = _MOST
        for file, found in grouped(shown):
            told = ", ".join(f"{self.texts[f'report_{level}'].lower()} {n}" for level, n in counts(found).items() if n)
            if left > 0:
                typer.echo(self.texts["check_file"].format(file=file or self.texts["report_whole"], counts=told), err=True)
            for line in found[: max(left, 0)]:
                where = str(Place(line.file, line.sheet, line.cell, line.column))
                level = self.texts.get(f"severity_{line.level}", line.level)
                typer.echo(f"  [{level}] {where + ': ' if where else ''}{line.message}", err=True)
            left -= len(found)
        if len(shown) > _MOST:
            self._say("more", error=True, count=len(shown) - _MOST)

    def reported(self, checked: Checked, kind: str, path: Path) -> None:
        from bulletin.pipeline.report import REPORTS, make_report

        report = make_report(checked.prepared, checked.composed, checked.findings, self.texts, self.language)
        self.wrote(path, REPORTS[kind](report, checked.prepared.project.theme))

    def signed(self, root: Path, files: Sequence[Path]) -> None:
        """Lines for bulletin.yaml on the screen, what is wrong with the answers beside them."""
        from bulletin.pipeline.sign import read_signed
        from bulletin.write.approvals import write_approvals

        words = [self.texts, *(load_messages(known) for known in languages_of_messages())]
        found = read_signed(root, files, self.progress, words)
        self._findings(found.findings)
        if self.as_json:
            for a in found.approvals:
                self._json({"event": "approval"} | asdict(a))
        else:
            typer.echo(write_approvals(found.approvals))
        if any(f.severity is Severity.ERROR for f in found.findings):
            raise typer.Exit(1)

    def explained(self, found: Explained) -> None:
        """Every cell with its address, as sent and as read; then what became of the rows, and what is wrong."""
        for file in dict.fromkeys(a.file for a in found.accounting):
            cells = [c for c in found.cells if c.file == file]
            if self.as_json:
                for c in cells:
                    self._json({"event": "cell"} | asdict(c))
                continue
            for sheet in dict.fromkeys(c.sheet for c in cells):
                typer.echo(f"\n{file}{f' [{sheet}]' if sheet else ''}")
                heads = tuple(self.texts[f"explain_{h}"] for h in ("cell", "sent", "value", "coordinates", "why"))
                rows = [self._cell(c) for c in cells if c.sheet == sheet]
                widths = [min(max(len(r[i]) for r in (heads, *rows)), 32) for i in range(3)]
                for row in (heads, *rows):
                    typer.echo("  ".join(t.ljust(w) for t, w in zip(row, (*widths, 0, 0), strict=True)).rstrip())
        if not self.as_json:
            typer.echo("")
        self._findings(found.findings, notes=True)
        self._accounts(found.accounting)
        self._counts(found.findings)

    def _cell(self, cell: ParsedCell) -> tuple[str, str, str, str, str]:
        read = " ".join(t for t in (cell.value, f"[{cell.status}]" if cell.status not in ("", "A") else "") if t)
        coordinates = " ".join(f"{k}={v}" for k, v in cell.coordinates.items())
        said = self.texts.get(f"ignored_{cell.reason}", cell.reason)
        why = f"({said})" if cell.outcome == "used" and said else said
        outcome = "" if cell.outcome == "used" else self.texts[f"explain_{cell.outcome}"]
        return cell.cell, _line(cell.sent), read or outcome, coordinates, why

    def _accounts(self, accounts: Sequence[FileAccount]) -> None:
        """What became of the rows of every file, with the reasons."""
        for a in accounts:
            if self.as_json:
                self._json({"event": "account"} | asdict(a))
            elif self.quiet:
                continue
            elif a.unread:
                self._say("account_unread", file=a.file)
            else:
                self._say("account", file=a.file, read=a.read, used=a.used, rejected=a.rejected, ignored=a.ignored)
                told = [f"{self.texts.get(f'ignored_{r}', r)} ({n})" for r, n in a.ignored_by.items() if r != "blank"]
                for key, reasons in (("rejected", [f"{r} ({n})" for r, n in a.rejected_by.items()]), ("ignored", told)):
                    if reasons:
                        self._say(f"account_{key}", reasons=", ".join(reasons))

    def built(self, built: Built) -> None:
        self._findings(built.findings)
        if self.as_json:
            for p in built.products:
                self._json(
                    {"event": "artifact", "format": p.format, "language": p.language, "bytes": len(p.data), "pages": p.pages}
                )
            self._counts(built.findings)
            return
        if not self.quiet:
            from bulletin.pipeline.build import file_name

            rows = [
                (
                    file_name(built.prepared.project.edition, p.language, p.format),
                    str(p.pages or ""),
                    f"{len(p.data) / 1024:,.0f} kB",
                )
                for p in built.products
            ]
            self._table((self.texts["head_file"], self.texts["head_pages"], self.texts["head_size"]), rows)
        self._counts(built.findings)
        self._say("built", folder=str(built.output))

    def released(self, released: Released, archive: Path | None) -> None:
        self._findings(released.findings)
        if not self.as_json and not self.quiet:
            rows = [(name, f"{len(data) / 1024:,.0f} kB") for name, data in released.files.items()]
            self._table((self.texts["head_file"], self.texts["head_size"]), rows)
        self._say("released", folder=str(released.folder), figures=released.figures)
        if archive is not None:
            self._say("archived", file=str(archive))

    def compared(self, found: Comparison) -> None:
        """Figures first, then sentences, each with what it was and what it is."""
        from bulletin.pipeline.compare import as_json, counts

        if self.as_json:
            typer.echo(json.dumps({"event": "comparison", **json.loads(as_json(found))}, ensure_ascii=True))
            return
        if not self.quiet:
            self._revisions(found.revisions)
            for w in found.rewordings[:_MOST]:
                typer.echo(f"{w.language} {{#{w.block}}}")
                for sign, sentences in (("-", w.old), ("+", w.new)):
                    for sentence in sentences:
                        typer.echo(f"  {sign} {sentence}")
            if len(found.rewordings) > _MOST:
                self._say("more", count=len(found.rewordings) - _MOST)
        parameters: dict[str, str | int] = {"old": found.old.id, "new": found.new.id, **counts(found)}
        self._say("compared", error=False, **parameters)

    def traced(self, found: Answer, *, in_json: bool) -> None:
        from bulletin.pipeline.trace import as_json
        from bulletin.pipeline.trace_text import told

        if self.as_json or in_json:
            typer.echo(json.dumps({**({"event": "trace"} if self.as_json else {}), **as_json(found)}, ensure_ascii=self.as_json))
            return
        for line in told(found, self.texts):
            typer.echo(line)

    def foreseen(self, found: Foreseen, *, in_json: bool) -> None:
        from bulletin.pipeline.impact import as_json
        from bulletin.pipeline.impact_text import counts, told

        if self.as_json or in_json:
            typer.echo(json.dumps({**({"event": "impact"} if self.as_json else {}), **as_json(found)}, ensure_ascii=self.as_json))
            return
        for line in [counts(found.impact, self.texts)] if self.quiet else told(found, self.texts):
            typer.echo(line)

    def _revisions(self, revisions: Sequence[Revision]) -> None:
        from bulletin.archive.table import value_text

        def told(value: float | None) -> str:
            return "" if value is None else value_text(value)

        shown = [r for r in revisions if r.kind is not Amendment.ADDED]
        language = self.texts.get("message_language", "pt")
        rows = [
            (r.key, self.texts[f"amendment_{r.kind}"], told(r.old), told(r.new), told(r.difference),
             r.reason.get(language, "") or self.texts[f"cause_{r.cause or 'none'}"])
            for r in shown[:_MOST]
        ]  # fmt: skip
        if rows:
            head = ("figure", "kind", "old", "new", "difference", "reason")
            self._table(tuple(self.texts[f"compare_{name}"] for name in head), rows)
        if len(shown) > _MOST:
            self._say("more_figures", count=len(shown) - _MOST)

    def wrote(self, path: Path, data: bytes) -> None:
        from bulletin.pipeline.save import save_file

        save_file(path, data)
        self._say("wrote", file=str(path))

    def forms_written(self, written: WrittenForms) -> None:
        if self.as_json:
            for f in written.forms:
                self._json(
                    {"event": "form", "file": f.path.name, "institution": f.institution, "tables": f.tables, "cells": f.cells}
                )
        elif not self.quiet:
            head = (self.texts["head_file"], self.texts["head_tables"], self.texts["head_cells"])
            self._table(head, [(f.path.name, str(f.tables), str(f.cells)) for f in written.forms])
        self._findings(written.findings, notes=True)
        self._say("forms_written", count=len(written.forms), folder=str(written.folder))

    def forms_read(self, forms: Sequence[ReadForm]) -> bool:
        """True when every form was taken in."""
        self._findings([f for form in forms for f in form.findings])
        for form in forms:
            result = str(form.table) if form.table else self.texts["forms_refused"]
            if self.as_json:
                self._json(
                    {
                        "event": "form",
                        "file": form.file,
                        "institution": form.institution,
                        "year": form.year,
                        "answered": form.answered,
                        "unanswered": form.unanswered,
                        "table": form.table.name if form.table else "",
                        "copy": form.copy.name if form.copy else "",
                        "notes": list(form.notes),
                    }
                )
                continue
            if form.answered or form.unanswered:
                self._say("forms_row", file=form.file, answered=form.answered, unanswered=form.unanswered, result=result)
            else:
                self._say("forms_row_none", file=form.file, result=result)
            if form.copy:
                self._say("forms_copy", file=str(form.copy))
            for note in form.notes:
                self._say("forms_note", note=note)
        self._say("forms_read", taken=sum(not f.refused for f in forms), count=len(forms))
        return not any(f.refused for f in forms)

    def forms_status(self, senders: Sequence[Sender]) -> None:
        """Per institution a line, then received/expected by indicator and year, with a mark where nothing was sent in time."""
        for sender in senders:
            if self.as_json:
                for e in sender.entries:
                    self._json(
                        {
                            "event": "availability", "institution": e.institution, "indicator": e.indicator, "year": e.year,
                            "state": e.state.value, "expected": e.expected, "received": e.received, "due": sender.due,
                        }
                    )  # fmt: skip
                continue
            said = [("forms_has", sender.forms), ("forms_has_not", sender.waiting)] if sender.institution else []
            form = "; ".join(self.texts[key].format(years=", ".join(map(str, years))) for key, years in said if years)
            name = sender.institution or self.texts["forms_nobody"]
            late = sender.counted(Arrival.LATE)
            self._say("forms_sender", institution=name, due=sender.due or "–", form=form or "–", late=late)
            if self.quiet:
                continue
            cells = {(e.indicator, e.year): e for e in sender.entries}
            rows = []
            for indicator in dict.fromkeys(e.indicator for e in sender.entries):
                found = [cells.get((indicator, year)) for year in sender.years]
                rows.append((f"  {indicator}", *(self._arrival(e) for e in found)))
            self._table((self.texts["head_indicator"], *(str(y) for y in sender.years)), rows)
        self._say("forms_signs")

    def _arrival(self, entry: Availability | None) -> str:
        """`3/48`, with the letter of a state that the numbers do not tell."""
        if entry is None:
            return ""
        mark = {Arrival.LATE: " !", Arrival.PROVISIONAL: " p", Arrival.ILLUSTRATIVE: " i"}.get(entry.state, "")
        return f"{entry.received}/{entry.expected}{mark}"

    def examined(self, items: Sequence[Item]) -> bool:
        """True when nothing needed is missing."""
        if self.as_json:
            for i in items:
                self._json({"event": "item", "name": i.name, "state": i.state, "detail": i.detail})
        else:
            marks = {"ok": "+", "missing": "!", "optional": "-"}
            for i in items:
                typer.echo(f"{marks[i.state]} {self.texts.get(f'doctor_{i.name}', i.name)}: {i.detail}")
                if i.state != "ok" and f"fix_{i.name}" in self.texts:
                    for line in self.texts[f"fix_{i.name}"].splitlines():
                        typer.echo(f"    {line}")
        return all(i.state != "missing" for i in items)

    def _findings(self, findings: Iterable[Finding], *, notes: bool = False) -> None:
        found = sorted(
            findings, key=lambda f: (f.severity is not Severity.ERROR, bool(f.waived), f.place.file, f.rule, str(f.place))
        )
        shown = [
            f for f in found if (notes or f.severity is not Severity.INFO) and (f.severity is Severity.ERROR or not self.quiet)
        ]
        for finding in shown[:_MOST]:
            text = message(finding, self.texts)
            level = "waived" if finding.waived else finding.severity.value
            if self.as_json:
                self._json({"event": "finding", "rule": finding.rule, "severity": level, "key": finding.key, "message": text})
            else:
                typer.echo(f"[{self.texts.get(f'severity_{level}', level)}] {text}", err=True)
        if len(shown) > _MOST and not self.as_json:
            self._say("more", error=True, count=len(shown) - _MOST)

    def _counts(self, findings: tuple[Finding, ...]) -> None:
        from bulletin.pipeline.prepare import by_severity

        counts = by_severity(findings)
        if self.as_json:
            self._json({"event": "findings", **counts})
        elif not self.quiet:
            self._say("counts", errors=counts["error"], warnings=counts["warning"], infos=counts["info"], waived=counts["waived"])

    def _table(self, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        if sys.stdout.isatty():
            from rich.console import Console as Terminal
            from rich.table import Table

            table = Table(box=None, pad_edge=False)
            for i, title in enumerate(head):
                table.add_column(title, justify="right" if i else "left")
            for row in rows:
                table.add_row(*row)
            Terminal().print(table)
            return
        widths = [max(len(r[i]) for r in (head, *rows)) for i in range(len(head))]
        for row in (head, *rows):
            typer.echo("  ".join(c.ljust(w) if not i else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))))

    def _say(self, key: str, *, error: bool = False, **parameters: str | int) -> None:
        text = self.texts.get(key, key).format(**parameters)
        if self.as_json:
            self._json({"event": key, "message": text})
        elif error or not self.quiet:
            typer.echo(text, err=error)

    def _json(self, event: dict[str, object]) -> None:
        typer.echo(json.dumps(event, ensure_ascii=True))

    def _record(self, error: BaseException) -> str:
        """Keeps the technical details in a file, for whoever looks into it."""
        with tempfile.NamedTemporaryFile("w", suffix=".log", prefix="bulletin-", delete=False, encoding="utf-8") as log:
            log.write("".join(traceback.format_exception(error)))
        return log.name


def _line(text: str) -> str:
    """On one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 32 else flat[:31] + "…"
