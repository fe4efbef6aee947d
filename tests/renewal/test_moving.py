from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies import days

from fe_contracts.renewal.moving import Step, step_between
from fe_contracts.schedule import add_months

later = st.dates(dt.date(2000, 1, 1), dt.date(2120, 12, 31))
steps = st.builds(Step, st.integers(0, 60), st.integers(0, 27))


def ends_its_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        ("2027-01-31", 12, "2028-01-31"),
        ("2027-02-28", 12, "2028-02-29"),  # a month's end stays a month's end
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-28", 12, "2029-02-28"),
        ("2027-02-27", 12, "2028-02-27"),
        ("2027-04-30", 6, "2027-10-31"),
        ("2027-04-29", 6, "2027-10-29"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2027-12-15", 1, "2028-01-15"),
    ],
)
def test_a_day_moves_by_the_calendar(day: str, months: int, moved: str) -> None:
    assert Step(months).moved(dt.date.fromisoformat(day)) == dt.date.fromisoformat(moved)


@pytest.mark.parametrize(
    ("old", "new", "step", "told"),
    [
        ("2027-01-01", "2028-01-01", Step(12), "12 months"),
        ("2027-02-01", "2028-02-01", Step(12), "12 months"),
        ("2027-01-15", "2028-01-01", Step(11, 17), "11 months and 17 days"),
        ("2027-01-31", "2027-02-28", Step(1), "1 month"),
        ("2027-01-01", "2027-01-01", Step(0), "no time"),
        ("2027-01-01", "2027-01-02", Step(0, 1), "1 day"),
    ],
)
def test_the_step_between_two_first_days_is_months_and_what_is_left(old: str, new: str, step: Step, told: str) -> None:
    found = step_between(dt.date.fromisoformat(old), dt.date.fromisoformat(new))
    assert (found, str(found)) == (step, told)


@given(days, later)
def test_a_step_leads_from_one_first_day_to_the_other(old: dt.date, new: dt.date) -> None:
    assume(old <= new)
    step = step_between(old, new)
    assert add_months(old, step.months) + dt.timedelta(days=step.days) == new
    assert add_months(old, step.months + 1) > new


@given(steps, days, days)
def test_moving_keeps_the_order_of_days(step: Step, one: dt.date, other: dt.date) -> None:
    first, last = sorted([one, other])
    assert step.moved(first) <= step.moved(last)


@given(st.integers(0, 60), days)
def test_whole_months_keep_the_day_or_the_end_of_the_month(months: int, day: dt.date) -> None:
    moved = Step(months).moved(day)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    if ends_its_month(day):
        assert ends_its_month(moved)
    else:
        assert moved.day == day.day or (ends_its_month(moved) and moved.day < day.day)


@given(st.integers(1, 5), days)
def test_years_forth_and_back_lose_nothing_but_a_leap_day(years: int, day: dt.date) -> None:
    back = Step(-12 * years).moved(Step(12 * years).moved(day))
    assert back == day or (day.month == 2 and back.month == 2 and day.day >= 28)
