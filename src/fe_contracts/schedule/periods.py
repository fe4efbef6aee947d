"""Cut a term into the periods reports are made for: counted from its first day, by calendar or by fiscal year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fe_contracts.exceptions import UnknownPeriodError, UnknownReportError
from fe_contracts.model.vocabulary import Frequency, PeriodBasis

if TYPE_CHECKING:
    from fe_contracts.model.performance import ReportRequirement
    from fe_contracts.model.spec import Spec

__all__ = ["MONTHS", "Period", "add_months", "find_period", "period_label", "periods_of", "report_periods"]

MONTHS: dict[Frequency, int] = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.SEMIANNUAL: 6,
    Frequency.ANNUAL: 12,
}
"""How many months a period of each recurring frequency lasts."""

JANUARY = "01-01"
"""The first day of the calendar year, month-day."""

_LETTERS = {Frequency.MONTHLY: "M", Frequency.QUARTERLY: "Q", Frequency.SEMIANNUAL: "H", Frequency.ANNUAL: "Y"}
"""The letter before the number of a period, as people write it: Q1, H2."""

_DAY = dt.timedelta(days=1)
_YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period: its place in the term (from 1), its first and last day, and what it is called."""

    number: int
    start: dt.date
    end: dt.date
    label: str = field(default="", compare=False)
    """What people call it, such as 2027-Q1; says no more than the days do, and is no part of its value."""


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def periods_of(
    start: dt.date,
    end: dt.date,
    frequency: Frequency,
    basis: PeriodBasis = PeriodBasis.CONTRACT,
    year_start: str = JANUARY,
) -> tuple[Period, ...]:
    """Return the periods from the first to the last day of a term, in order, without gap or overlap.

    The last one ends with the term, even if it is shorter; counted by calendar or fiscal year (`year_start`), the
    first one too may be part of a period. `final` and `once` have one period: the term.
    """
    months = MONTHS.get(frequency)
    if months is None:
        return (Period(1, start, end, "term"),)
    year_start = year_start if basis is PeriodBasis.CITY_FISCAL_YEAR else JANUARY
    origin = start if basis is PeriodBasis.CONTRACT else _year_of(start, year_start)
    periods: list[Period] = []
    count = 0
    while (first := _boundary(origin, months * count)) <= end:
        count += 1
        last = _boundary(origin, months * count) - _DAY
        if last >= start:
            periods.append(Period(len(periods) + 1, max(first, start), min(end, last)))
    return _labelled(periods, frequency, year_start)


def _boundary(origin: dt.date, months: int) -> dt.date:
    """Return the day on which a period begins so many months after the first one did.

    Where the month has no such day, it begins with the next month: a year from February 29 ends on February 28.
    """
    day = add_months(origin, months)
    return day if day.day == origin.day else day + _DAY


def report_periods(spec: Spec, requirement: ReportRequirement) -> tuple[Period, ...]:
    """Return the periods of one report over the contract's term."""
    return periods_of(
        spec.term.start_date,
        spec.term.end_date,
        requirement.frequency,
        requirement.periods,
        spec.city.fiscal_year_start,
    )


def period_label(period: Period, frequency: Frequency, year_start: str = JANUARY) -> str:
    """Return what people call a period: 2027-Q1, 2027-03, 2027-H1, 2027; FY2027 or FY2027-Q1; else P03.

    A period has the calendar's name if it lies within one calendar month, quarter, half or year, so that a first or
    last part of one has its name too. Where periods follow a fiscal year that cuts the calendar elsewhere, they have
    its names; a fiscal year is named for the calendar year in which it ends.
    """
    months = MONTHS.get(frequency)
    if months is None:
        return "term"
    month, first = map(int, year_start.split("-"))
    follows_calendar = first == 1 and (month - 1) % months == 0
    begins = JANUARY if follows_calendar else year_start
    place = _place(period.start, months, begins)
    if place != _place(period.end, months, begins):
        return f"P{period.number:02}"
    if follows_calendar:
        return _calendar_name(period.start, frequency)
    year = f"FY{add_months(place[0], _YEAR).year}"
    return year if frequency is Frequency.ANNUAL else f"{year}-{_LETTERS[frequency]}{place[1] + 1}"


def find_period(spec: Spec, requirement: ReportRequirement | str, text: str) -> Period:
    """Return the period of a report that a person means by its label, its number in the term, or a day in it.

    `Q1` is the contract's first quarter where periods are counted from the term's first day; where they follow the
    calendar or the fiscal year it would be a guess, and the label is asked for.
    """
    wanted = _requirement(spec, requirement)
    periods = report_periods(spec, wanted)
    said = text.strip().upper()
    for period in periods:
        if said == period.label.upper() or said in _own_names(period, wanted):
            return period
    if (day := _day(said)) is not None:
        for period in periods:
            if period.start <= day <= period.end:
                return period
    raise UnknownPeriodError(text, wanted.id, known=tuple(period.label for period in periods))


def _requirement(spec: Spec, requirement: ReportRequirement | str) -> ReportRequirement:
    """Return the report requirement that is meant by its id."""
    if not isinstance(requirement, str):
        return requirement
    for item in spec.reports:
        if item.id.casefold() == requirement.casefold():
            return item
    raise UnknownReportError(requirement, spec.contract.id, known=tuple(item.id for item in spec.reports))


def _own_names(period: Period, requirement: ReportRequirement) -> set[str]:
    """Return the ways to write a period's number in the term."""
    names = {str(period.number), f"{period.number:02}", f"P{period.number}", f"P{period.number:02}"}
    letter = _LETTERS.get(requirement.frequency)
    if letter and requirement.periods is PeriodBasis.CONTRACT:
        names.add(f"{letter}{period.number}")
    return names


def _day(text: str) -> dt.date | None:
    """Return the day if the text is one."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _labelled(periods: list[Period], frequency: Frequency, year_start: str) -> tuple[Period, ...]:
    """Return the periods with their names: the calendar's if all of them have one, else their numbers."""
    names = [period_label(period, frequency, year_start) for period in periods]
    if any(name.startswith("P") for name in names):
        names = [f"P{period.number:02}" for period in periods]
    return tuple(replace(period, label=name) for period, name in zip(periods, names, strict=True))


def _year_of(day: dt.date, year_start: str) -> dt.date:
    """Return the first day of the year, beginning on this month-day, in which a day lies."""
    first = dt.date.fromisoformat(f"{day.year:04}-{year_start}")
    return first if first <= day else dt.date.fromisoformat(f"{day.year - 1:04}-{year_start}")


def _place(day: dt.date, months: int, year_start: str) -> tuple[dt.date, int]:
    """Return the year a day lies in and the place, from 0, of its period of so many months in that year."""
    year = _year_of(day, year_start)
    count = 0
    while add_months(year, months * (count + 1)) <= day:
        count += 1
    return year, count


def _calendar_name(day: dt.date, frequency: Frequency) -> str:
    """Return the name of the calendar month, quarter, half or year in which a day lies."""
    if frequency is Frequency.ANNUAL:
        return str(day.year)
    if frequency is Frequency.MONTHLY:
        return f"{day.year}-{day.month:02}"
    return f"{day.year}-{_LETTERS[frequency]}{(day.month - 1) // MONTHS[frequency] + 1}"
