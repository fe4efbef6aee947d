"""Periods cover a term from its first day to its last, without gap or overlap."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.strategies import days

from fe_contracts.model.vocabulary import Frequency
from fe_contracts.schedule import Period, add_months, periods_of
from fe_contracts.schedule.periods import MONTHS

DAY = dt.timedelta(days=1)
lengths = st.integers(0, 365 * 5)
recurring = st.sampled_from([*MONTHS])


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def spans(start: str, end: str, frequency: Frequency) -> list[tuple[str, str]]:
    return [(str(one.start), str(one.end)) for one in periods_of(day(start), day(end), frequency)]


@given(days, lengths, st.sampled_from(Frequency))
@example(day("2027-01-31"), 365, Frequency.MONTHLY)
@example(day("2028-02-29"), 365 * 4, Frequency.ANNUAL)
def test_periods_cover_the_term_without_gap_or_overlap(start: dt.date, length: int, frequency: Frequency) -> None:
    end = start + dt.timedelta(days=length)
    periods = periods_of(start, end, frequency)
    assert (periods[0].start, periods[-1].end) == (start, end)
    assert [one.end + DAY for one in periods[:-1]] == [one.start for one in periods[1:]]
    assert [one.number for one in periods] == [*range(1, len(periods) + 1)]
    assert all(one.start <= one.end for one in periods)


@given(days, lengths, recurring)
def test_every_period_but_the_last_has_its_whole_length(start: dt.date, length: int, frequency: Frequency) -> None:
    months = MONTHS[frequency]
    periods = periods_of(start, start + dt.timedelta(days=length), frequency)
    for one in periods[:-1]:
        assert one.end + DAY == add_months(start, months * one.number)
    assert periods[-1].end < add_months(start, months * len(periods))


@given(days, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_takes_the_months_last(start: dt.date, months: int) -> None:
    found = add_months(start, months)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day == min(start.day, last)


@given(days, st.integers(0, 100), st.integers(0, 100))
def test_more_months_are_never_earlier(start: dt.date, fewer: int, more: int) -> None:
    one, other = sorted((fewer, more))
    assert add_months(start, one) <= add_months(start, other)


@pytest.mark.parametrize(
    ("start", "end", "frequency", "found"),
    [
        (
            "2027-01-01",
            "2027-12-31",
            Frequency.QUARTERLY,
            [
                ("2027-01-01", "2027-03-31"),
                ("2027-04-01", "2027-06-30"),
                ("2027-07-01", "2027-09-30"),
                ("2027-10-01", "2027-12-31"),
            ],
        ),
        (
            "2027-01-31",
            "2027-04-30",
            Frequency.MONTHLY,
            [
                ("2027-01-31", "2027-02-27"),
                ("2027-02-28", "2027-03-30"),
                ("2027-03-31", "2027-04-29"),
                ("2027-04-30", "2027-04-30"),
            ],
        ),
        (
            "2028-01-30",
            "2028-03-29",
            Frequency.MONTHLY,
            [("2028-01-30", "2028-02-28"), ("2028-02-29", "2028-03-29")],
        ),
        (
            "2028-02-29",
            "2030-02-27",
            Frequency.ANNUAL,
            [("2028-02-29", "2029-02-27"), ("2029-02-28", "2030-02-27")],
        ),
        (
            "2027-01-15",
            "2027-08-01",
            Frequency.SEMIANNUAL,
            [("2027-01-15", "2027-07-14"), ("2027-07-15", "2027-08-01")],
        ),
        ("2027-01-15", "2027-04-14", Frequency.QUARTERLY, [("2027-01-15", "2027-04-14")]),
        ("2027-05-05", "2027-05-05", Frequency.MONTHLY, [("2027-05-05", "2027-05-05")]),
        ("2027-01-01", "2029-12-31", Frequency.FINAL, [("2027-01-01", "2029-12-31")]),
        ("2027-01-01", "2029-12-31", Frequency.ONCE, [("2027-01-01", "2029-12-31")]),
    ],
)
def test_leap_days_month_ends_and_short_last_periods(
    start: str, end: str, frequency: Frequency, found: list[tuple[str, str]]
) -> None:
    assert spans(start, end, frequency) == found


def test_a_period_knows_its_place() -> None:
    periods = periods_of(day("2027-01-01"), day("2027-12-31"), Frequency.SEMIANNUAL)
    assert periods[1] == Period(2, day("2027-07-01"), day("2027-12-31"))
