"""Say how much an agency must report, counted before and after.

Frozen dataclasses and nothing else, so that whoever prints a difference loads neither models nor the clause library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fe_contracts.model.burden import Burden

__all__ = ["BurdenChange"]


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
