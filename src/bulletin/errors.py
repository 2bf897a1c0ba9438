"""Errors that stop a command; every one carries findings, never a sentence of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin.model.finding import Finding


class BulletinError(Exception):
    """Base of all errors a user can cause; `findings` say where, what is wrong and what to do."""

    exit_code = 2

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f.rule for f in findings))
        self.findings = tuple(findings)

    def __reduce__(self) -> tuple[type[BulletinError], tuple[tuple[Finding, ...]]]:
        """So that a worker process can hand it on whole."""
        return type(self), (self.findings,)


class ConfigError(BulletinError):
    """A project, catalogue, outline or other configuration file cannot be used."""


class DataError(BulletinError):
    """A data file cannot be used, or findings of severity error stop the build."""

    exit_code = 1


class TemplateError(BulletinError):
    """A narrative template is broken: unknown function, arithmetic, misspelt name."""


class ReviewError(BulletinError):
    """A reviewed file cannot be taken in."""


class OutputError(BulletinError):
    """The result cannot be written; what stood there before is untouched."""

    exit_code = 3
