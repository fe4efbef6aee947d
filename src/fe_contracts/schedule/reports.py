"""Compute every report of a contract with its due date: one computation for exhibit and command."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.schedule.periods import Period, report_periods

if TYPE_CHECKING:
    from fe_contracts.model.spec import Spec
    from fe_contracts.model.vocabulary import Frequency

__all__ = ["ReportDue", "report_calendar"]


@dataclass(frozen=True, slots=True)
class ReportDue:
    """One report that is owed: which, for what period, to whom, and by what day."""

    requirement: str
    """The id of the report requirement."""
    title: str
    frequency: Frequency
    period: Period
    due: dt.date
    recipient: str


def report_calendar(spec: Spec) -> tuple[ReportDue, ...]:
    """Return every report of the term, by due date.

    A report is due the given number of calendar days after its period ends; a single report on its own
    date. The contract says what happens when that day is not a business day.
    """
    dues = []
    for requirement in spec.reports:
        for period in report_periods(spec, requirement):
            due = requirement.due_date or period.end + dt.timedelta(days=requirement.due_days)
            dues.append(
                ReportDue(
                    requirement.id,
                    requirement.title,
                    requirement.frequency,
                    period,
                    due,
                    requirement.recipient,
                )
            )
    order = {requirement.id: place for place, requirement in enumerate(spec.reports)}
    return tuple(sorted(dues, key=lambda item: (item.due, order[item.requirement])))
