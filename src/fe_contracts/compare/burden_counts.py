"""Say how much an agency must report, counted before and after, as data.

Frozen dataclasses and nothing else, so that whoever prints a difference loads neither models nor the clause library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Burden", "BurdenChange"]


@dataclass(frozen=True, slots=True)
class Burden:
    """What the agency reports on, counted: how often, and how much each time."""

    reports_per_year: int
    """Reports due in twelve months of the term (`once` and `final` reports count in the term only)."""
    reports_in_term: int
    """Reports due for the whole term."""
    invoices_in_term: int
    """The most invoices for the whole term, the last one included."""
    report_items: int
    """What the reports must hold, item by item, over all kinds of report."""
    deliverables: int
    """Deliverables to be counted."""
    outcomes: int
    """Outcomes to be measured."""
    milestones: int
    """Dated steps to be shown."""
    certificates: int
    """Certificates of insurance and the like to be kept current."""
    per_report: Mapping[str, int] = field(default_factory=dict)
    """How many of each report are due in the term, by its title."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "reports_per_year": self.reports_per_year,
            "reports_in_term": self.reports_in_term,
            "invoices_in_term": self.invoices_in_term,
            "report_items": self.report_items,
            "deliverables": self.deliverables,
            "outcomes": self.outcomes,
            "milestones": self.milestones,
            "certificates": self.certificates,
            "per_report": dict(self.per_report),
        }


@dataclass(frozen=True, slots=True)
class BurdenChange:
    """The reporting burden before and after."""

    old: Burden
    new: Burden
    summary: str
    """One sentence: `The agency owes 9 reports in the term where it owed 5.`"""

    @property
    def same(self) -> bool:
        """Return whether every count stayed."""
        return self.old == self.new

    @property
    def rows(self) -> tuple[tuple[str, int, int], ...]:
        """Return what is counted, in words, with the count before and after."""
        return tuple((label, getattr(self.old, name), getattr(self.new, name)) for name, label in _COUNTED.items())

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"summary": self.summary, "old": self.old.to_dict(), "new": self.new.to_dict()}


_COUNTED = {
    "reports_per_year": "reports in a year",
    "reports_in_term": "reports in the whole term",
    "invoices_in_term": "invoices in the whole term, at most",
    "report_items": "items that the reports must hold",
    "deliverables": "deliverables to count",
    "outcomes": "outcomes to measure",
    "milestones": "milestones to show",
    "certificates": "certificates to keep current",
}
"""What a burden counts, in the words of a table's first column."""
