from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.governance.initiatives import DAY, contract, judged, orderly

from fe_contracts.governance.readiness.measure import Verdict, measured, points
from fe_contracts.governance.readiness.progress import State, Step
from fe_contracts.model.vocabulary import Track


def step(track: Track, planned: dt.date, reached: dt.date | None) -> Step:
    state = State.REACHED if reached else State.AHEAD
    return Step("S", track, "other", "A step", planned, reached, state, "file", ())


days = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31))
sides = st.lists(st.tuples(days, st.none() | days), min_size=1, max_size=8)


def steps_from(
    process: list[tuple[dt.date, dt.date | None]], other: list[tuple[dt.date, dt.date | None]]
) -> list[Step]:
    return [step(Track.PROCESS, *item) for item in process] + [step(Track.IMPLEMENTATION, *item) for item in other]


def test_an_orderly_initiative_is_in_balance_and_its_measure_can_be_reckoned_again() -> None:
    measure = judged().measure
    assert measure.verdict is Verdict.IN_BALANCE
    assert measure.explained == (
        "Process: 3 of 4 milestones reached (75%), the plan for this day has 3 (75%), so it is on plan. "
        "Implementation: 3 of 4 milestones reached (75%), the plan for this day has 3 (75%), so it is on plan. "
        "Measured by their plans, neither side is ahead of the other."
    )


def test_a_process_on_plan_and_an_implementation_far_behind_is_process_ahead() -> None:
    data = orderly()
    data["training"] = []
    del data["implementation"][2]["reached"]
    found = judged(data)
    assert found.verdict is Verdict.PROCESS_AHEAD
    assert "Measured by their plans, process is 50 points ahead of implementation; more than 25" in found.reasons[0]


def test_the_margin_itself_is_still_in_balance_and_can_be_set() -> None:
    data = orderly()
    data["training"] = []  # one of four milestones, that is 25 points
    assert judged(data).measure.lead == Fraction(1, 4)
    assert judged(data).measure.verdict is Verdict.IN_BALANCE
    data["thresholds"] = {"margin_points": 24}
    assert judged(data).measure.verdict is Verdict.PROCESS_AHEAD


def test_what_runs_ahead_of_its_plan_counts_too() -> None:
    data = orderly()
    for item in data["process"][1:]:
        item["planned"] = "2027-12-01"
        item.pop("reached", None)
    for item in data["implementation"]:
        item["planned"] = "2027-12-01"
    assert judged(data, contract()).measure.verdict is Verdict.IMPLEMENTATION_AHEAD


@given(sides, sides, days)
def test_swapping_the_sides_turns_the_lead_around(
    process: list[tuple[dt.date, dt.date | None]], other: list[tuple[dt.date, dt.date | None]], day: dt.date
) -> None:
    one, two = measured(steps_from(process, other), day, 25), measured(steps_from(other, process), day, 25)
    assert one.lead == -two.lead
    assert (one.verdict is Verdict.PROCESS_AHEAD) == (two.verdict is Verdict.IMPLEMENTATION_AHEAD)


@given(sides, sides, days)
def test_shares_only_grow_and_end_with_the_day_asked_about(
    process: list[tuple[dt.date, dt.date | None]], other: list[tuple[dt.date, dt.date | None]], day: dt.date
) -> None:
    measure = measured(steps_from(process, other), day, 25)
    shares = [point.process.reached_share for point in measure.series]
    assert shares == sorted(shares)
    assert [point.day for point in measure.series] == sorted({point.day for point in measure.series})
    assert measure.series[-1].day == day
    reached = sum(done is not None and done <= day for _, done in process)
    assert measure.process.reached == reached


@given(sides, days)
def test_two_sides_that_are_alike_are_in_balance(process: list[tuple[dt.date, dt.date | None]], day: dt.date) -> None:
    measure = measured(steps_from(process, process), day, 1)
    assert (measure.lead, measure.verdict) == (Fraction(0), Verdict.IN_BALANCE)


@pytest.mark.parametrize(
    ("share", "told"), [(Fraction(1, 2), 50), (Fraction(1, 8), 13), (Fraction(-1, 8), -13), (Fraction(0), 0)]
)
def test_points_are_rounded_half_away_from_zero(share: Fraction, told: int) -> None:
    assert points(share) == told


def test_the_measure_is_plain_data() -> None:
    told = judged().measure.to_dict()
    assert told["lead_of_process_points"] == 0
    assert told["process"]["reached_percent"] == 75
    assert told["series"][-1]["day"] == DAY.isoformat()
