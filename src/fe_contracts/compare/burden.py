"""Say how what an agency must report changes from one contract to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.compare.burden_counts import BurdenChange

if TYPE_CHECKING:
    from fe_contracts.model.burden import Burden

__all__ = ["burden_change"]


def burden_change(old: Burden, new: Burden) -> BurdenChange:
    """Return the burden before and after, and one sentence on it."""
    return BurdenChange(old, new, _sentence(old, new))


def _sentence(old: Burden, new: Burden) -> str:
    if old == new:
        return f"The reporting burden stays: {_reports(new.reports_in_term)} in the term."
    told = []
    if old.reports_in_term != new.reports_in_term:
        told.append(f"{_reports(new.reports_in_term)} in the term where it owed {old.reports_in_term}")
    elif old.per_report != new.per_report:
        told.append(f"{_reports(new.reports_in_term)} in the term as before, but not the same ones")
    labels = {
        "invoices_in_term": "invoices at most",
        "report_items": "items in the reports",
        "deliverables": "deliverables to count",
        "outcomes": "outcomes to measure",
        "milestones": "milestones to show",
        "certificates": "certificates to keep current",
    }
    for name, label in labels.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            told.append(f"{after} {label} (before: {before})")
    if not told:
        return f"The reporting burden in the term stays: {_reports(new.reports_in_term)}."
    return f"The Agency owes {'; '.join(told)}."


def _reports(count: int) -> str:
    return f"{count} report" if count == 1 else f"{count} reports"
