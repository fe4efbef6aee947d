"""A Business Day is a weekday that is no legal holiday, federal or of the state, and no closed day of the city."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from tests.assembly.specs import make_spec
from tests.strategies import days

from fe_contracts.schedule.business_days import LAST_YEAR, BusinessDays, is_known_state

DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("state", "given", "counts"),
    [
        ("OH", "2027-04-30", "2027-04-30"),
        ("OH", "2027-10-30", "2027-11-01"),  # Saturday
        ("OH", "2027-05-30", "2027-06-01"),  # Sunday, then Memorial Day
        ("OH", "2027-12-31", "2028-01-03"),  # New Year's Day, observed on the Friday before
        ("TX", "2027-03-02", "2027-03-03"),  # Texas Independence Day
        ("OH", "2027-03-02", "2027-03-02"),
        ("OR", "2027-10-11", "2027-10-12"),  # a federal holiday that the state does not keep
        ("DC", "2027-04-16", "2027-04-19"),  # Emancipation Day, a Friday
        ("XX", "2027-11-25", "2027-11-26"),  # an unknown state: federal holidays alone
    ],
)
def test_a_day_that_is_none_counts_as_the_next_that_is(state: str, given: str, counts: str) -> None:
    assert BusinessDays(state).on_or_after(day(given)) == day(counts)


def test_it_says_why_a_day_is_none() -> None:
    ohio = BusinessDays("OH", {day("2027-04-29"): "Founders' Day"})
    assert ohio.why_not(day("2027-10-30")) == "Saturday"
    assert ohio.why_not(day("2027-10-31")) == "Sunday"
    assert ohio.why_not(day("2027-11-25")) == "Thanksgiving Day"
    assert ohio.why_not(day("2027-04-29")) == "Founders' Day"
    assert ohio.why_not(day("2027-04-30")) is None


def test_the_citys_own_closed_days_come_from_the_spec() -> None:
    closed = [{"date": "2027-04-30", "name": "Founders' Day"}]
    city = make_spec({"city.closed_days": closed}).city
    assert BusinessDays.of(city).on_or_after(day("2027-04-30")) == day("2027-05-03")


@given(days)
def test_the_next_business_day_is_one_and_there_is_none_before_it(start: dt.date) -> None:
    days_of = BusinessDays("CA")
    found = days_of.on_or_after(start)
    assert found >= start
    assert days_of.why_not(found) is None
    assert all(days_of.why_not(start + DAY * more) for more in range((found - start).days))
    assert (found - start).days <= 5


def test_after_the_last_known_year_only_weekends_are_none() -> None:
    assert BusinessDays("OH").why_not(dt.date(LAST_YEAR + 2, 1, 1)) == "Saturday"
    assert BusinessDays("OH").why_not(dt.date(LAST_YEAR + 3, 12, 25)) is None
    assert BusinessDays("OH").why_not(dt.date(LAST_YEAR, 12, 25)) == "Christmas Day"


def test_states_districts_and_territories_are_known() -> None:
    assert all(map(is_known_state, ("OH", "DC", "PR", "GU")))
    assert not is_known_state("XX")
