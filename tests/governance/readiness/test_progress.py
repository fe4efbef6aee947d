from __future__ import annotations

import pytest
from tests.governance.initiatives import contract, day, initiative, judged, orderly

from fe_contracts.governance.readiness import ReceivedReport
from fe_contracts.governance.readiness.contracts import agencies_among
from fe_contracts.governance.readiness.progress import State, Step, steps_of


def steps(data: dict[str, object] | None = None, **changes: object) -> dict[str, Step]:
    given: dict[str, object] = {"contracts": (contract(),), "reports": (), "as_of": day("2027-06-15"), **changes}
    known = initiative(data)
    given["agencies"] = agencies_among(known.stakeholders, given["contracts"])  # type: ignore[arg-type]
    return {step.id: step for step in steps_of(known, **given)}  # type: ignore[arg-type]


def test_a_milestone_is_reached_ahead_or_overdue() -> None:
    data = orderly()
    del data["process"][2]["reached"]
    found = steps(data)
    assert [found[key].state for key in ("P1", "P3", "P4")] == [State.REACHED, State.OVERDUE, State.AHEAD]
    assert found["P3"].days_late(day("2027-06-15")) == 196


def test_the_day_that_was_planned_is_not_overdue_yet() -> None:
    assert steps(as_of=day("2027-12-01"))["P4"].state is State.AHEAD
    assert steps(as_of=day("2027-12-02"))["P4"].state is State.OVERDUE


def test_trainings_add_up_until_the_number_is_reached() -> None:
    data = orderly()
    data["training"] = [
        {"on": "2027-05-02", "agency": "agency", "trained": 5},
        {"on": "2027-02-15", "agency": "agency", "trained": 6},
        {"on": "2027-07-01", "agency": "agency", "trained": 90},
    ]
    found = steps(data)
    assert (found["I2"].reached, found["I2"].known_from) == (day("2027-05-02"), "trainings")
    assert (found["I4"].reached, found["I4"].progress) == (None, "11 of 20 people")


def test_trainings_of_another_agency_do_not_count_for_this_one() -> None:
    data = orderly()
    data["implementation"][1]["agency"] = "people"
    assert steps(data)["I2"].progress == "0 of 10 people"


def test_clauses_are_embedded_when_the_contract_takes_effect_and_not_before() -> None:
    late = contract(effective=day("2027-06-16"))
    assert steps()["I1"].reached == day("2027-01-01")
    assert steps(contracts=(late,))["I1"].state is State.OVERDUE
    assert steps(contracts=(late,), as_of=day("2027-06-16"))["I1"].reached == day("2027-06-16")
    assert steps(contracts=(contract(clauses={}),))["I1"].reached is None


def test_several_agencies_are_counted_once_each() -> None:
    data = orderly()
    data["implementation"][0]["number"] = 2
    two = (contract("C-1"), contract("C-2", effective=day("2027-03-01")))
    assert steps(data, contracts=two)["I1"].progress == "1 of 2 agencies"
    other = contract("C-3", agency="Another Agency", effective=day("2027-04-01"))
    assert steps(data, contracts=(*two, other))["I1"].reached == day("2027-04-01")


def test_a_step_of_one_agency_is_reached_by_its_own_contract() -> None:
    data = orderly()
    data["implementation"][0]["agency"] = "people"
    assert steps(data)["I1"].reached is None
    assert steps(data, contracts=(contract(agency="Guest Council"),))["I1"].reached == day("2027-01-01")


def test_a_report_that_was_received_goes_before_the_date_in_the_file() -> None:
    reports = (ReceivedReport("C-1", day("2027-05-03")), ReceivedReport("C-9", day("2027-01-03")))
    found = steps(reports=reports)["I3"]
    assert (found.reached, found.known_from) == (day("2027-05-03"), "reports")
    assert steps()["I3"].known_from == "file"


def test_what_is_dated_after_the_day_has_not_happened() -> None:
    data = orderly()
    data["process"][3]["reached"] = "2027-06-16"
    assert steps(data)["P4"].reached is None
    assert steps(data, as_of=day("2027-06-16"))["P4"].reached == day("2027-06-16")


@pytest.mark.parametrize("as_of", ["2026-01-01", "2027-06-15", "2030-01-01"])
def test_nothing_is_ever_lost(as_of: str) -> None:
    found = judged(as_of=day(as_of))
    assert [step.id for step in found.steps] == ["P1", "P2", "P3", "P4", "I1", "I2", "I3", "I4"]
