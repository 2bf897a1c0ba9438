"""Makes examples/mozambique/editions/boletim-mocambique-2023: the edition before, so that the example has something to revise.

A demonstration, reconstructed from the example's own data as a year earlier would have had them: no period after 2023, and where two
sources published the same figure, the one that was preferred then. Nothing in it is invented: what differs from the present edition
are real figures of both sources. It is sealed by the same command as any other. Run it again when the example's data change:

    tools/first_edition.py
"""

from __future__ import annotations

import csv
import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bulletin.errors import BulletinError
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.approve import explained
from bulletin.pipeline.build import build
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.pipeline.release import release

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "mozambique"
YEAR = 2023
ID = f"boletim-mocambique-{YEAR}"
PREFERRED_THEN = {
    "GDP": ["CABRI", "FMI-WEO-2019"],
    "GG_EXPENDITURE_PC_GDP": ["CABRI", "FMI-WEO-2019"],
    "GG_REVENUE_PC_GDP": ["CABRI", "FMI-WEO-2019"],
    "INFLATION": ["CABRI", "BM-WDI-IPC"],
    "SI_COV_BENFTS": ["ONU-ODS-2019", "ONU-ODS-2020"],
    "SI_COV_DISAB": ["ONU-ODS-2019", "ONU-ODS-2020"],
    "SI_COV_MATNL": ["ONU-ODS-2019", "ONU-ODS-2020"],
    "SI_COV_PENSN": ["ONU-ODS-2019", "ONU-ODS-2020"],
    "SI_COV_VULN": ["ONU-ODS-2019", "ONU-ODS-2020"],
}
LEFT_OUT = ("revisions", "approvals", "reference_date", "add")
REASON = {
    "pt": "Edição de demonstração reconstituída; a ocorrência fica como está.",
    "en": "Reconstructed demonstration edition; the finding is left as it is.",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "mozambique"
        shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns("out", "work", "expected", "editions", "review"))
        for path in sorted((project / "data").glob("*.csv")):
            path.write_text(until(path.read_text(encoding="utf-8-sig")), encoding="utf-8")
        yaml = YAML(typ="safe")
        said: dict[str, Any] = yaml.load((project / "bulletin.yaml").read_text(encoding="utf-8"))
        said = {k: v for k, v in said.items() if k not in LEFT_OUT}
        said |= {
            "id": ID,
            "year": YEAR,
            "years": {"first": said["years"]["first"] - 1, "last": YEAR},
            "release_date": "2024-10-31",
        }
        said["prefer"] = [{**p, "order": PREFERRED_THEN.get(p["indicator"], p["order"])} for p in said["prefer"]]
        said["waivers"] = []
        for _ in range(4):
            write(yaml, project, said)
            left = [f for f in findings(project) if f.severity is not Severity.INFO and not f.waived]
            unknown = [f for f in left if not f.key]
            if unknown:
                sys.exit("\n".join(f"{f.rule} {f.place} {dict(f.parameters)}" for f in unknown))
            if not left:
                break
            said["waivers"] += [waiver(f) for f in {(f.rule, f.key): f for f in left}.values()]
        build(project, silent, formats=["docx"])
        made = release(project, silent)
        target = EXAMPLE / "editions" / ID
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made.folder, target)
        print(f"{target}: {sum(p.stat().st_size for p in target.iterdir()) / 1024:,.0f} kB, {made.figures} figures")


def until(text: str) -> str:
    """A data file without the periods after YEAR."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    column = next((n for n, name in enumerate(rows[0]) if name.strip().upper() == "TIME_PERIOD"), -1) if rows else -1
    if column < 0:
        return text
    out = io.StringIO()
    kept = (r for r in rows[1:] if len(r) > column and r[column][:4].isdigit() and int(r[column][:4]) <= YEAR)
    csv.writer(out, lineterminator="\n").writerows([rows[0], *kept])
    return out.getvalue()


def write(yaml: YAML, project: Path, said: dict[str, Any]) -> None:
    stream = io.StringIO()
    yaml.dump(said, stream)
    (project / "bulletin.yaml").write_text(stream.getvalue(), encoding="utf-8")


def findings(project: Path) -> tuple[Finding, ...]:
    try:
        prepared = prepare(project, silent)
        return tuple(f for f in explained(prepared, compose_editions(prepared).findings) if f.rule != "warnings-unexplained")
    except BulletinError as error:
        return error.findings


def waiver(finding: Finding) -> dict[str, Any]:
    return {"rule": finding.rule, "key": finding.key, "reason": dict(REASON), "role": "Demonstração", "date": "2024-10-15"}


if __name__ == "__main__":
    main()
