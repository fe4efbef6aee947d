"""Dates that only move along with the term, and dates that somebody set otherwise."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.compare.contract_pairs import change

from fe_contracts.compare.moved_dates import dates_in, months_moved, moved_with_term
from fe_contracts.compare.spec_fields import long_date

TERMS = "January 1, 2027 to December 31, 2027", "January 1, 2028 to December 31, 2028"


@pytest.mark.parametrize(
    ("old", "new", "months"),
    [
        ("due March 31, 2027", "due March 31, 2028", 12),
        ("February 28, 2027", "February 29, 2028", 12),  # the last day of the month on both sides
        ("June 30, 2027", "March 31, 2027", -3),
        ("February 1, 2027", "January 1, 2028", 11),
        ("March 30, 2027", "March 31, 2028", 0),  # another day of the month
        ("due March 31, 2027", "sent March 31, 2028", 0),  # other words, too
        (TERMS[0], TERMS[1], 12),
        (TERMS[0], "January 1, 2028 to June 30, 2028", 0),  # longer or shorter, not moved
        ("30 days", "15 days", 0),
        ("", "", 0),
        ("February 31, 2027", "February 31, 2028", 0),  # no day
    ],
)
def test_dates_moved_by_months_where_all_did_by_as_many(old: str, new: str, months: int) -> None:
    assert months_moved(old, new) == months


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_dates_are_read_as_they_are_written_and_the_way_back_is_as_far(old: dt.date, new: dt.date) -> None:
    texts = long_date(old), long_date(new)
    assert dates_in(" to ".join(texts)) == [old, new]
    assert months_moved(*texts) == -months_moved(texts[1], texts[0])


def test_what_moves_with_the_term_is_told_from_what_does_not() -> None:
    along = change(old="January 31, 2027", new="January 31, 2028")
    apart = change(old="February 1, 2027", new="January 1, 2028")
    assert moved_with_term([along, apart, change()], *TERMS) == (12, [along])


def test_where_the_term_stays_nothing_moves_with_it() -> None:
    along = change(old="January 31, 2027", new="January 31, 2028")
    assert moved_with_term([along], TERMS[0], TERMS[0]) == (0, [])
    assert moved_with_term([along], "", "") == (0, [])
