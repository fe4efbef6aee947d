"""Check a report that came back against the form that the contract makes of it: every finding, and the figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fe_contracts.performance.checking.cells import check_answers
from fe_contracts.performance.checking.figures import (
    check_budget,
    check_counts,
    check_milestones,
    check_reasons,
    check_to_date,
)
from fe_contracts.performance.checking.form import check_added, check_given, check_gone, check_results
from fe_contracts.performance.checking.identity import check_time, check_version
from fe_contracts.performance.checking.parts import check_parts
from fe_contracts.performance.checking.plausible import check_plausible
from fe_contracts.performance.checking.signing import check_signing
from fe_contracts.performance.forms.form import FieldKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from fe_contracts.findings import Finding, Findings
    from fe_contracts.performance.checking.case import CheckCase
    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import ReportForm, Value

__all__ = ["ReportCheck", "findings_of", "plain_figures"]

_CHECKS = (
    check_version,
    check_time,
    check_gone,
    check_added,
    check_given,
    check_answers,
    check_results,
    check_to_date,
    check_parts,
    check_counts,
    check_budget,
    check_reasons,
    check_milestones,
    check_plausible,
    check_signing,
)
"""Every check of a report that is of this contract, in the order of the questions."""


@dataclass(frozen=True)
class ReportCheck:
    """What the check of one file found: its findings, and the figures that the report comes to."""

    name: str
    """The file."""
    findings: Findings
    """Everything that was found, gravest first."""
    form: ReportForm | None = None
    """What the contract asks for; None if the file is no report of the contract."""
    filled: FilledReport | None = None
    """What came back; None if the file could not be read."""
    figures: Mapping[str, Value] = field(default_factory=dict)
    """Every number, day and choice by its key: those filled in, those of the contract, and those that follow.

    No words, and nothing from a cell that was refused because it points to a person.
    """
    received_on: dt.date | None = None

    @property
    def readable(self) -> bool:
        """Return whether the file could be read as a report at all."""
        return self.filled is not None

    @property
    def accepted(self) -> bool:
        """Return whether nothing was found that must be mended before the report counts."""
        return self.form is not None and not self.findings.errors

    @property
    def late_days(self) -> int | None:
        """Return by how many days it was late; 0 if it was in time, None where the day is not known."""
        if self.form is None or self.received_on is None:
            return None
        return max(0, (self.received_on - self.form.due).days)

    def to_dict(self) -> dict[str, Any]:
        """Return the check as plain data for `--format json`; words of the report are left out."""
        return {
            "file": self.name,
            "readable": self.readable,
            "accepted": self.accepted,
            "digest": self.filled.digest if self.filled else None,
            "report": self.form.identity if self.form else None,
            "received_on": self.received_on.isoformat() if self.received_on else None,
            "late_days": self.late_days,
            **self.findings.to_dict(),
            "figures": {key: _plain(value) for key, value in self.figures.items()},
        }


def _plain(value: Value) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else format(value, "f")


def findings_of(case: CheckCase) -> Iterator[Finding]:
    """Yield what every check finds, each thing once."""
    seen: Counter[tuple[str, object, str]] = Counter()
    for check in _CHECKS:
        for item in check(case):
            key = (item.code, item.where, item.message)
            seen[key] += 1
            if seen[key] == 1:
                yield item


def plain_figures(case: CheckCase) -> dict[str, Value]:
    """Return every number, day and choice of a report by its key, without its words."""
    kinds = {item.key: item.kind for item in case.form.fields}
    partial = _partial(case)
    return {
        key: value
        for key, value in case.known.items()
        if value is not None and kinds[key] is not FieldKind.TEXT and key not in case.refused and key not in partial
    }


def _partial(case: CheckCase) -> set[str]:
    """Return the totals of which a part is missing, and what follows from them: no figure of the report."""
    found: set[str] = set()
    for item in case.form.fields:  # each stands after those that it follows from
        if item.formula is not None and any(key in found or case.known.get(key) is None for key in item.formula.of):
            found.add(item.key)
    return found
