"""What is said of a file over which the process that read it was ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.limits import READER_SECONDS
from bulletin.model.finding import Finding, Parameter, Place, Severity

if TYPE_CHECKING:
    from bulletin.isolated import LostError


def stopped(lost: LostError, file: str, severity: Severity = Severity.ERROR) -> Finding:
    parameters: dict[str, Parameter] = {"reason": lost.reason, "seconds": READER_SECONDS.most}
    return Finding(READER_SECONDS.rule, severity, Place(file), key=file, parameters=parameters)
