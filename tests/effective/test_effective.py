"""Values with their history: each stands from its day, and what comes later never changes what was."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.effective import DatedValues, Trigger
from fe_contracts.exceptions import NotYetInForceError

days = st.dates(dt.date(1000, 1, 1), dt.date(2200, 12, 31))
histories = st.dictionaries(days, st.integers() | st.none(), min_size=1, max_size=6)


@given(histories, st.integers(1, 50_000), st.integers(1, 300_000), st.integers())
def test_adding_a_later_entry_never_rewrites_the_past(
    history: dict[dt.date, int | None], later: int, earlier: int, value: int
) -> None:
    new = max(history) + dt.timedelta(days=later)
    day = new - dt.timedelta(days=earlier)
    before, after = DatedValues(history), DatedValues({**history, new: value})
    if day < min(history):
        for values in (before, after):
            with pytest.raises(NotYetInForceError):
                values.on(day)
    else:
        assert after.on(day) == before.on(day)
    assert after.on(new) == value


@given(histories)
def test_each_entry_stands_from_its_day_to_the_day_before_the_next(history: dict[dt.date, int | None]) -> None:
    values = DatedValues(history)
    for start, value in history.items():
        assert values.on(start) == value
        until = values.until(start)
        later = [day for day in history if day > start]
        assert until == (min(later) if later else None)
        if until is not None:
            assert values.on(until - dt.timedelta(days=1)) == value
            assert values.on(until) == history[until]


@given(histories)
def test_the_order_of_writing_does_not_matter(history: dict[dt.date, int | None]) -> None:
    assert DatedValues(history) == DatedValues(dict(reversed(history.items())))


def test_both_sides_of_a_date() -> None:
    notice = DatedValues({dt.date(2023, 8, 1): 20, dt.date(2025, 8, 1): 30})
    assert (notice.on(dt.date(2025, 7, 31)), notice.on(dt.date(2025, 8, 1))) == (20, 30)


def test_before_the_first_entry_is_an_error_and_a_repeal_is_an_answer() -> None:
    values = DatedValues({dt.date(2023, 8, 1): 20, dt.date(2025, 8, 1): None})
    assert values.on(dt.date(2026, 1, 1)) is None
    with pytest.raises(NotYetInForceError, match=r"on 2023-07-31: the first entry starts 2023-08-01\."):
        values.on(dt.date(2023, 7, 31))


def test_a_history_has_at_least_one_entry_and_can_be_sent_to_another_process() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        DatedValues({})
    values = DatedValues({dt.date(2023, 8, 1): 20})
    assert pickle.loads(pickle.dumps(values)) == values  # noqa: S301  # it was written a moment before


def test_the_triggers_are_the_closed_list_of_the_library() -> None:
    assert {trigger.value for trigger in Trigger} == {
        "award_date",
        "auditee_fy_start",
        "transaction_date",
        "subaward_date",
        "amendment_date",
        "service_date",
        "calendar_date",
    }
