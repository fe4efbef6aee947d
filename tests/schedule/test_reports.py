"""Every report of the term is listed with the day by which it is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assembly.specs import make_spec
from tests.strategies import days

from fe_contracts.model.vocabulary import Frequency
from fe_contracts.schedule import periods_of, report_calendar


def report(frequency: str, due_days: int, **more: Any) -> dict[str, Any]:
    return {
        "id": more.pop("id", "R1"),
        "title": "Report",
        "kind": "program",
        "frequency": frequency,
        "due_days": due_days,
        "contents": ["results"],
        **more,
    }


@pytest.mark.parametrize(
    ("frequency", "due_days", "dues"),
    [
        ("quarterly", 30, ["2027-04-30", "2027-07-30", "2027-10-30", "2028-01-30"]),
        ("semiannual", 0, ["2027-06-30", "2027-12-31"]),
        ("annual", 60, ["2028-02-29"]),
        ("final", 45, ["2028-02-14"]),
    ],
)
def test_a_report_is_due_so_many_days_after_its_period(frequency: str, due_days: int, dues: list[str]) -> None:
    spec = make_spec({"reports": [report(frequency, due_days)]})
    assert [str(due.due) for due in report_calendar(spec)] == dues


def test_a_single_report_is_due_on_its_own_day() -> None:
    spec = make_spec({"reports": [report("once", 0, due_date="2027-05-05", recipient="the funder")]})
    (due,) = report_calendar(spec)
    assert (str(due.due), due.period.number, due.recipient) == ("2027-05-05", 1, "the funder")


def test_reports_come_by_due_date_and_then_in_the_order_of_the_spec() -> None:
    reports = [report("quarterly", 30, id="B"), report("quarterly", 30, id="A"), report("monthly", 10, id="C")]
    found = [(due.due, due.requirement) for due in report_calendar(make_spec({"reports": reports}))]
    assert [day for day, _ in found] == sorted(day for day, _ in found)
    assert [name for day, name in found if day == dt.date(2027, 4, 30)] == ["B", "A"]
    assert len(found) == 4 + 4 + 12


@given(
    days,
    st.integers(0, 800),
    st.sampled_from([item for item in Frequency if item is not Frequency.ONCE]),
    st.integers(0, 90),
)
def test_there_is_one_report_for_each_period(start: dt.date, length: int, frequency: Frequency, due_days: int) -> None:
    end = start + dt.timedelta(days=length)
    spec = make_spec({"term": {"start_date": start, "end_date": end}, "reports": [report(frequency.value, due_days)]})
    found = report_calendar(spec)
    assert tuple(due.period for due in found) == periods_of(start, end, frequency)
    assert all(due.due - due.period.end == dt.timedelta(days=due_days) for due in found)
