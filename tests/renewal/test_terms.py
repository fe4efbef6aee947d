from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assembly.specs import make_spec

from fe_contracts.exceptions import RefusedError
from fe_contracts.renewal.terms import first_effective, next_term
from fe_contracts.schedule import add_months

DAY = dt.timedelta(days=1)
TWO = {"term.renewals": 2, "term.max_extent_date": "2029-12-31"}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def code_of(changes: dict[str, Any], **asked: dt.date) -> tuple[str, str]:
    with pytest.raises(RefusedError) as refused:
        next_term(make_spec(changes), **asked)
    (problem,) = refused.value.problems
    return problem.code, problem.message


def test_the_next_term_follows_the_old_one_for_as_long_as_an_option_gives() -> None:
    term = next_term(make_spec(TWO))
    assert (term.start, term.end) == (day("2028-01-01"), day("2028-12-31"))
    assert (term.number, term.left, term.reach, term.notes) == (1, 1, day("2029-12-31"), ())


def test_the_last_renewal_leaves_nothing_to_reach() -> None:
    term = next_term(make_spec({"term.renewals": 1, "term.max_extent_date": "2028-12-31"}))
    assert (term.left, term.reach) == (0, None)


def test_without_an_option_it_is_refused() -> None:
    assert code_of({})[0] == "RENEW010"


def test_the_refusal_says_how_many_were_used() -> None:
    renews = {"id": "SM-1", "effective_date": "2026-01-01", "end_date": "2026-12-31", "renewal": 3}
    code, said = code_of({"contract.renews": renews})
    assert (code, "All 3 have been used." in said) == ("RENEW010", True)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"end": day("2029-01-01")}, "RENEW012"),  # longer than twelve months
        ({"start": day("2027-12-31")}, "RENEW013"),  # inside the old term
        ({"end": day("2027-12-31")}, "RENEW013"),  # ends before it begins
        ({"start": day("2030-01-01")}, "RENEW011"),
        ({"start": day("2029-06-01"), "end": day("2030-01-01")}, "RENEW011"),
    ],
)
def test_a_term_outside_the_options_is_refused(asked: dict[str, dt.date], code: str) -> None:
    assert code_of(TWO, **asked)[0] == code


def test_a_gap_between_the_terms_is_a_warning() -> None:
    term = next_term(make_spec(TWO), start=day("2028-02-01"))
    assert [note.code for note in term.notes] == ["RENEW014"]
    assert term.end == day("2029-01-31")


def test_a_shorter_renewal_lessens_what_can_be_reached() -> None:
    term = next_term(make_spec(TWO), end=day("2028-06-30"))
    assert (term.left, term.reach) == (1, day("2029-06-30"))


def test_an_option_that_leads_nowhere_is_none() -> None:
    spec = make_spec({"term.renewals": 2, "term.max_extent_date": "2028-12-31"})
    assert (next_term(spec).left, next_term(spec).reach) == (0, None)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.integers(1, 24), st.integers(1, 24), st.integers(1, 4))
def test_the_options_run_out_by_the_last_day_that_they_reach(
    start: dt.date, months: int, each: int, renewals: int
) -> None:
    end = add_months(start, months) - DAY
    limit = add_months(end + DAY, renewals * each) - DAY
    changes: dict[str, Any] = {"term.start_date": start, "term.end_date": end, "term.renewal_months": each}
    changes |= {"term.renewals": renewals, "term.max_extent_date": limit}
    for number in range(1, renewals + 1):
        spec = make_spec({name: str(value) if isinstance(value, dt.date) else value for name, value in changes.items()})
        term = next_term(spec)
        assert term.start == spec.term.end_date + DAY
        assert term.start <= term.end <= limit
        assert (term.left == 0) == (term.reach is None)
        assert term.left == renewals - number
        changes["term.start_date"], changes["term.end_date"] = term.start, term.end
        changes["term.renewals"] = term.left
        changes["contract.renews"] = {"id": "X", "effective_date": "2020-01-01", "end_date": "2020-01-02"}
        changes["contract.renews"]["renewal"] = term.number
        if term.reach is None:
            del changes["term.max_extent_date"]
        else:
            changes["term.max_extent_date"] = limit = term.reach
    assert code_of({n: str(v) if isinstance(v, dt.date) else v for n, v in changes.items()})[0] == "RENEW010"


def test_a_contract_renewed_under_its_number_took_effect_with_its_first_term() -> None:
    record = {"effective_date": "2025-01-01", "end_date": "2026-12-31", "renewal": 2}
    assert first_effective(make_spec(TWO)) == day("2027-01-01")
    assert first_effective(make_spec({"contract.renews": {"id": "SM-2027-001", **record}})) == day("2025-01-01")
    assert first_effective(make_spec({"contract.renews": {"id": "SM-2025-001", **record}})) == day("2027-01-01")
