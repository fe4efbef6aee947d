"""Cut a term into the periods reports are made for: months counted from the term's first day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from fe_contracts.model.vocabulary import Frequency

__all__ = ["MONTHS", "Period", "add_months", "periods_of"]

MONTHS: dict[Frequency, int] = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.SEMIANNUAL: 6,
    Frequency.ANNUAL: 12,
}
"""How many months a period of each recurring frequency lasts."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period: its place in the term (from 1) and its first and last day."""

    number: int
    start: dt.date
    end: dt.date


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def periods_of(start: dt.date, end: dt.date, frequency: Frequency) -> tuple[Period, ...]:
    """Return the periods from the first to the last day of a term, in order, without gap or overlap.

    The last one ends with the term, even if it is shorter. `final` and `once` have one period: the term.
    """
    months = MONTHS.get(frequency)
    if months is None:
        return (Period(1, start, end),)
    periods: list[Period] = []
    first = start
    while first <= end:
        following = add_months(start, months * (len(periods) + 1))
        periods.append(Period(len(periods) + 1, first, min(end, following - dt.timedelta(days=1))))
        first = following
    return tuple(periods)
