"""Move days from one term to the next by the calendar: so many months, and days where months do not divide."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from fe_contracts.schedule import add_months

__all__ = ["Step", "step_between"]

_DAY = dt.timedelta(days=1)


def _ends_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one term's first day to the next one's."""

    months: int
    days: int = 0
    """Days beyond the whole months; 0 where terms follow each other by whole months."""

    def moved(self, day: dt.date) -> dt.date:
        """Return the day as far into the new term as it lies in the old one.

        By whole months, a month's last day stays a month's last day: February 28 becomes February 29 in a leap year,
        and February 29 becomes February 28 after it. Any other day keeps its number, as far as the month has it.
        """
        later = add_months(day, self.months)
        if self.days:
            return later + self.days * _DAY
        if _ends_month(day):
            return later.replace(day=calendar.monthrange(later.year, later.month)[1])
        return later

    def __str__(self) -> str:
        """Return the step in words: 12 months, or 11 months and 17 days."""
        parts = [(self.months, "month"), (self.days, "day")]
        told = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in parts if number]
        return " and ".join(told) or "no time"


def step_between(old: dt.date, new: dt.date) -> Step:
    """Return the step from one term's first day to a later one's: whole months, then what days are left."""
    months = (new.year - old.year) * 12 + new.month - old.month
    if add_months(old, months) > new:
        months -= 1
    return Step(months, (new - add_months(old, months)).days)
