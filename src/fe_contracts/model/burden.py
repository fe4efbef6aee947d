"""Describe what an agency must report under a contract, counted; the diff and the schedule show the same count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Burden"]


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
