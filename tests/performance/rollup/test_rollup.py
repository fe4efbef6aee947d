"""What many reports come to: totals, drift, adoption, and the view that may be given to others."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.performance.rollups import AS_OF, contract, deliverable, outcome, report, rollup_of

from fe_contracts.findings import Finding, Findings, Severity
from fe_contracts.performance.rollup.data import LEFT_OUT, rollup_data
from fe_contracts.performance.rollup.public import published
from fe_contracts.performance.rollup.rollup import Count, OutcomeLine, Timeliness, View, percent_of
from fe_contracts.performance.rollup.suppression import is_small

COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 14), st.integers(0, 90)), min_size=4, max_size=4)


def test_the_same_deliverable_is_added_up_over_the_agencies_that_reported() -> None:
    found = rollup_of(
        contract("A", [deliverable("A", [30, 40, None, None])]), contract("B", [deliverable("B", [20, None, 25, None])])
    )
    (group,) = found.deliverables
    assert [item.actual.value for item in group.periods] == [50, 40, 25, None]
    assert [item.target for item in group.periods] == [100, 50, 50, None]
    assert (group.to_date.value, group.target_to_date, group.share) == (115, 200, Decimal(58))


def test_a_share_is_rounded_and_nothing_of_nothing_has_none() -> None:
    assert percent_of(1, 3) == Decimal(33)
    assert percent_of(1, 200) == Decimal(1)
    assert percent_of(5, 0) is None
    assert percent_of(None, 5) is None


def test_a_deliverable_drifts_when_it_is_below_the_tolerance_in_the_last_two_periods_reported() -> None:
    found = rollup_of(
        contract("down", [deliverable("down", [50, 30, 30, None])]),
        contract("once", [deliverable("once", [50, 50, 10, None])]),
        contract("up", [deliverable("up", [10, 80, 60, None])]),
        contract("silent", [deliverable("silent", [1, 1, 1, 1], tolerance=None)]),
        contract("twice", [deliverable("twice", [39, 39, None, None])]),
    )
    assert [(item.agency, item.about) for item in found.drifting] == [("twice", "D5 New Clients")]
    assert found.drifting[0].why == (
        "78 percent by the end of 2027-Q1, 78 percent by the end of 2027-Q2; the contract asks for a plan below 80 "
        "percent."
    )


def test_reports_drift_when_two_came_late_or_are_missing() -> None:
    late, missing, good = Timeliness.LATE, Timeliness.MISSING, Timeliness.IN_TIME
    found = rollup_of(
        contract("A", reports=[report("A", late, 3, 1), report("A", good, 0, 2), report("A", missing, 12, 3)]),
        contract("B", reports=[report("B", late, 3, 1), report("B", good, 0, 2)]),
    )
    assert [(item.agency, item.why) for item in found.drifting] == [
        ("A", "2 of 3 reports that were due: R1 2027-Q1 3 days late; R1 2027-Q3 missing for 12 days.")
    ]


def test_adoption_counts_the_contracts_in_force_on_each_day_by_version() -> None:
    found = rollup_of(
        contract("A", clauses={"FE-04": "1.0.0"}),
        contract("B", clauses={"FE-04": "1.10.0"}, effective=dt.date(2027, 5, 1)),
        contract("C", clauses={"FE-04": "1.9.0"}, effective=dt.date(2027, 5, 1)),
        as_of=dt.date(2027, 8, 1),
    )
    assert found.adoption_days == (dt.date(2027, 3, 31), dt.date(2027, 6, 30), dt.date(2027, 8, 1))
    assert [(line.version, line.by_day) for line in found.adoption] == [
        ("1.0.0", (1, 1, 1)),
        ("1.9.0", (0, 1, 1)),
        ("1.10.0", (0, 1, 1)),
    ]
    assert found.adoption[2].agencies == ("B",)


def test_no_more_than_twelve_days_are_told_and_the_last_is_the_day_asked_about() -> None:
    found = rollup_of(contract("A", effective=dt.date(2020, 1, 1)))
    assert len(found.adoption_days) == 12
    assert found.adoption_days[-1] == AS_OF


@given(st.lists(COUNTS, min_size=1, max_size=5))
def test_the_public_view_shows_no_small_count_and_what_it_shows_is_right(told: list[list[int | None]]) -> None:
    contracts = [contract(f"A{place}", [deliverable(f"A{place}", row)]) for place, row in enumerate(told)]
    internal = rollup_of(*contracts)
    (whole,), (group,) = internal.deliverables, published(internal).deliverables
    pairs = [(whole.to_date, group.to_date)]
    pairs += [(one.actual, two.actual) for one, two in zip(whole.periods, group.periods, strict=True)]
    for before, after in zip(whole.lines, group.lines, strict=True):
        pairs.append((before.to_date, after.to_date))
        for one, two in zip(before.periods, after.periods, strict=True):
            pairs += [(one.actual, two.actual), (one.to_date, two.to_date)]
    for exact, shown in pairs:
        assert shown.hidden or shown == exact
        assert not is_small(shown.value, 11)


def test_what_is_reported_to_date_is_shown_only_where_it_is_the_total_that_is_shown() -> None:
    internal = rollup_of(*(contract(key, [deliverable(key, [40, 3, 40, 40])]) for key in "ABC"))
    (group,) = published(internal).deliverables
    for line in group.lines:
        assert [item.to_date.hidden for item in line.periods[:3]] == [True, True, True]
        assert line.periods[3].to_date == line.to_date
    assert all(item.to_date.hidden for item in group.periods)


def test_counts_that_point_to_nobody_are_shown_however_small() -> None:
    internal = rollup_of(contract("A", [deliverable("A", [1, 1, 1, 1], people=False)]))
    assert published(internal).deliverables == internal.deliverables


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_an_outcome_never_shows_a_small_part_of_its_population(reached: int, missed: int, unmeasured: int) -> None:
    population, measured = reached + missed + unmeasured, reached + missed
    (line,) = published(rollup_of(contract("A", [], [outcome("A", population, measured, reached)]))).outcomes
    shown = [item.value for item in (line.population, line.measured, line.reached) if item.value is not None]
    parts = [*shown, *(one - two for one in shown for two in shown if one > two)]
    assert not [part for part in parts if is_small(part, 11)]
    if not any(is_small(part, 11) for part in (reached, missed, unmeasured)):
        assert len(shown) == 3
    if line.result is not None:
        assert not line.reached.hidden


@pytest.mark.parametrize("counts", [(20, 30, 10), (20, 15, 16)])
def test_nothing_is_shown_of_counts_that_do_not_fit_each_other(counts: tuple[int, int, int]) -> None:
    (line,) = published(rollup_of(contract("A", [], [outcome("A", *counts)]))).outcomes
    assert isinstance(line, OutcomeLine)
    assert line.population.hidden
    assert line.measured.hidden
    assert line.reached.hidden


def test_the_public_view_tells_nothing_of_files_findings_and_drift() -> None:
    internal = rollup_of(contract("A", [deliverable("A", [10, 10, 10, 10])], reports=[report("A", Timeliness.LATE, 3)]))
    shown = published(internal)
    assert shown.view is View.PUBLIC
    assert (shown.drifting, shown.history, shown.skipped, len(shown.findings)) == ((), (), (), 0)
    said = json.dumps(rollup_data(shown))
    for secret in ("other.xlsx", "R1 again.xlsx", "minutes.docx", "A.yaml"):
        assert secret not in said
        assert secret in json.dumps(rollup_data(internal))


def test_data_says_that_a_count_is_left_out_and_holds_it_nowhere() -> None:
    shown = rollup_data(published(rollup_of(contract("A", [deliverable("A", [7, 0, 0, 0])]))))
    (line,) = shown["contracts"][0]["deliverables"]
    assert line["to_date"] == LEFT_OUT
    assert [item["actual"] for item in line["periods"]] == [LEFT_OUT, 0, 0, 0]
    assert shown["deliverables"][0]["share"] is None


def test_a_roll_up_without_a_contract_could_not_run() -> None:
    assert rollup_of().exit_code == 2
    assert rollup_of(contract("A")).exit_code == 1


@pytest.mark.parametrize(
    ("state", "severity", "code"),
    [
        (Timeliness.IN_TIME, None, 0),
        (Timeliness.AHEAD, Severity.INFO, 0),
        (Timeliness.MISSING, None, 1),
        (Timeliness.IN_TIME, Severity.CONFIRM, 1),
        (Timeliness.IN_TIME, Severity.WARNING, 1),
    ],
)
def test_something_was_found_if_a_report_is_missing_or_has_more_than_a_note(
    state: Timeliness, severity: Severity | None, code: int
) -> None:
    findings = (Finding("REPORT020", severity, "Why."),) if severity else ()
    one = replace(contract("A", reports=[report("A", state, 3)]), findings=findings)
    clean = replace(rollup_of(one), findings=Findings((), AS_OF, "bundled"))
    assert clean.exit_code == code


def test_a_count_that_is_not_there_cannot_be_left_out() -> None:
    assert Count(None).left_out() == Count(None)
    assert Count(4).left_out(hide=False) == Count(4)
    assert Count(4).left_out() == Count(None, hidden=True)
