"""Periods cover a term from its first day to its last, without gap or overlap."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.assembly.specs import make_spec
from tests.strategies import days

from fe_contracts.exceptions import UnknownPeriodError, UnknownReportError
from fe_contracts.model.vocabulary import Frequency, PeriodBasis
from fe_contracts.schedule import Period, add_months, find_period, periods_of, report_periods
from fe_contracts.schedule.periods import MONTHS, period_label

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
        assert one.end + DAY == anniversary(start, months * one.number)
    assert periods[-1].end < anniversary(start, months * len(periods))


def anniversary(start: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the first of the next month where there is none."""
    found = add_months(start, months)
    return found if found.day == start.day else found + DAY


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
                ("2027-01-31", "2027-02-28"),
                ("2027-03-01", "2027-03-30"),
                ("2027-03-31", "2027-04-30"),
            ],
        ),
        (
            "2028-01-30",
            "2028-03-29",
            Frequency.MONTHLY,
            [("2028-01-30", "2028-02-29"), ("2028-03-01", "2028-03-29")],
        ),
        (
            "2028-02-29",
            "2030-02-27",
            Frequency.ANNUAL,
            [("2028-02-29", "2029-02-28"), ("2029-03-01", "2030-02-27")],
        ),
        ("2028-02-29", "2029-02-28", Frequency.ANNUAL, [("2028-02-29", "2029-02-28")]),
        (
            "2028-02-29",
            "2029-02-28",
            Frequency.QUARTERLY,
            [
                ("2028-02-29", "2028-05-28"),
                ("2028-05-29", "2028-08-28"),
                ("2028-08-29", "2028-11-28"),
                ("2028-11-29", "2029-02-28"),
            ],
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


# ---------------------------------------------------------------- by calendar and by fiscal year

bases = st.sampled_from([*PeriodBasis])
year_starts = st.sampled_from(["01-01", "02-28", "04-01", "07-01", "10-01", "12-31"])


@given(days, lengths, recurring, bases, year_starts)
@example(day("2028-02-29"), 366, Frequency.QUARTERLY, PeriodBasis.CALENDAR, "01-01")
@example(day("2028-02-29"), 366, Frequency.MONTHLY, PeriodBasis.CITY_FISCAL_YEAR, "02-28")
def test_periods_partition_the_term_however_they_are_counted(
    start: dt.date, length: int, frequency: Frequency, basis: PeriodBasis, year_start: str
) -> None:
    end = start + dt.timedelta(days=length)
    periods = periods_of(start, end, frequency, basis, year_start)
    assert (periods[0].start, periods[-1].end) == (start, end)
    assert [one.end + DAY for one in periods[:-1]] == [one.start for one in periods[1:]]
    assert [one.number for one in periods] == [*range(1, len(periods) + 1)]
    labels = [one.label for one in periods]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@given(days, lengths, recurring)
def test_periods_by_calendar_begin_where_the_calendar_does_and_have_its_names(
    start: dt.date, length: int, frequency: Frequency
) -> None:
    periods = periods_of(start, start + dt.timedelta(days=length), frequency, PeriodBasis.CALENDAR)
    for one in periods[1:]:
        assert one.start.day == 1
        assert (one.start.month - 1) % MONTHS[frequency] == 0
    assert all(one.label.startswith(str(one.start.year)) for one in periods)


@pytest.mark.parametrize(
    ("start", "end", "frequency", "basis", "labels"),
    [
        ("2027-01-01", "2027-12-31", "quarterly", "contract", ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]),
        ("2026-07-01", "2027-06-30", "quarterly", "contract", ["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"]),
        ("2027-02-01", "2027-10-31", "quarterly", "contract", ["P01", "P02", "P03"]),
        ("2027-02-01", "2027-12-31", "quarterly", "contract", ["P01", "P02", "P03", "P04"]),
        ("2027-02-01", "2027-10-31", "quarterly", "calendar", ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]),
        ("2027-03-15", "2027-05-02", "monthly", "calendar", ["2027-03", "2027-04", "2027-05"]),
        ("2027-03-15", "2027-05-02", "monthly", "contract", ["P01", "P02"]),
        ("2027-07-01", "2028-06-30", "annual", "contract", ["P01"]),
        ("2027-07-01", "2028-06-30", "annual", "city_fiscal_year", ["FY2028"]),
        ("2027-01-01", "2028-06-30", "annual", "city_fiscal_year", ["FY2027", "FY2028"]),
        ("2027-01-01", "2027-12-31", "semiannual", "contract", ["2027-H1", "2027-H2"]),
        ("2027-01-01", "2028-03-31", "annual", "contract", ["2027", "2028"]),
        ("2027-01-01", "2027-12-31", "final", "calendar", ["term"]),
        ("2027-11-30", "2027-12-01", "quarterly", "contract", ["2027-Q4"]),
    ],
)
def test_a_period_is_called_what_people_call_it(
    start: str, end: str, frequency: str, basis: str, labels: list[str]
) -> None:
    found = periods_of(day(start), day(end), Frequency(frequency), PeriodBasis(basis), "07-01")
    assert [one.label for one in found] == labels


def test_a_fiscal_quarter_that_is_none_of_the_calendar_says_so() -> None:
    found = periods_of(day("2027-02-01"), day("2028-01-31"), Frequency.QUARTERLY, PeriodBasis.CITY_FISCAL_YEAR, "02-01")
    assert [one.label for one in found] == ["FY2028-Q1", "FY2028-Q2", "FY2028-Q3", "FY2028-Q4"]


@pytest.mark.parametrize(
    ("begins", "last"), [("12-01", "2028-11-30"), ("01-15", "2028-01-14"), ("10-01", "2028-09-30")]
)
def test_a_fiscal_year_is_named_for_the_year_in_which_it_ends(begins: str, last: str) -> None:
    first = day(f"2027-{begins}")
    (found,) = periods_of(first, day(last), Frequency.ANNUAL, PeriodBasis.CITY_FISCAL_YEAR, begins)
    assert (found.start, found.end, found.label) == (first, day(last), "FY2028")


def test_a_report_on_the_whole_term_has_no_calendar_name() -> None:
    for frequency in (Frequency.FINAL, Frequency.ONCE):
        assert period_label(Period(1, day("2027-01-01"), day("2027-03-31")), frequency) == "term"


def report(frequency: str = "quarterly", periods: str = "contract") -> dict[str, object]:
    return {
        "id": "R1",
        "title": "Report",
        "kind": "program",
        "frequency": frequency,
        "periods": periods,
        "due_days": 30,
        "contents": ["results"],
    }


@pytest.mark.parametrize("said", ["2027-Q2", "2027-q2", "2", "02", "P2", "p02", "Q2", "2027-04-01", " 2027-06-30 "])
def test_a_period_is_found_by_its_name_its_number_or_a_day_in_it(said: str) -> None:
    spec = make_spec({"reports": [report()]})
    assert find_period(spec, "R1", said).label == "2027-Q2"
    assert find_period(spec, spec.reports[0], said).number == 2


@given(days, lengths, recurring, bases)
def test_every_period_is_found_again_by_its_name_its_number_and_its_days(
    start: dt.date, length: int, frequency: Frequency, basis: PeriodBasis
) -> None:
    end = start + dt.timedelta(days=length)
    term = {"start_date": start, "end_date": end}
    spec = make_spec({"term": term, "reports": [report(frequency.value, basis.value)]})
    for one in report_periods(spec, spec.reports[0])[:6]:
        for said in (one.label, str(one.number), one.start.isoformat(), one.end.isoformat()):
            assert find_period(spec, "r1", said) == one


@pytest.mark.parametrize("said", ["2028-Q1", "5", "0", "Q5", "", "2026-12-31", "2027-02-30", "spring", "2027-03"])
def test_a_period_that_is_not_there_is_named_with_those_that_are(said: str) -> None:
    spec = make_spec({"reports": [report()]})
    with pytest.raises(UnknownPeriodError, match="2027-Q1, 2027-Q2, 2027-Q3, 2027-Q4"):
        find_period(spec, "R1", said)


def test_a_quarter_without_a_year_is_refused_where_it_would_be_a_guess() -> None:
    spec = make_spec({"term.start_date": "2027-05-01", "reports": [report(periods="calendar")]})
    with pytest.raises(UnknownPeriodError, match="no period 'Q2'"):
        find_period(spec, "R1", "Q2")
    assert find_period(spec, "R1", "2").label == "2027-Q3"


def test_a_report_that_is_not_there_is_named_with_those_that_are() -> None:
    spec = make_spec({"reports": [report()]})
    with pytest.raises(UnknownReportError, match="SM-2027-001 asks for no report 'R9'; it asks for R1"):
        find_period(spec, "R9", "1")
