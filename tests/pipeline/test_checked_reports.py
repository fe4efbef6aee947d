"""What was filled in is what is exported: a checked report hands on its counts and milestones, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.performance.examples import FOLDER
from tests.performance.filling import contract, form_of, save_filled
from tests.performance.honest import good_answers

from fe_contracts import check_report, checked_report, export_json
from fe_contracts.pipeline.reporting_check import ReportChecker

if TYPE_CHECKING:
    from pathlib import Path

FORMS = contract("pilot")
CHECKER = ReportChecker(FORMS.spec, FORMS.catalog)
DAY = dt.date(2027, 4, 23)


def test_a_report_hands_on_its_counts_and_milestones() -> None:
    told = checked_report(check_report(FORMS.spec, FOLDER / "good/R1-2027-Q1.xlsx", received_on=DAY))
    assert told is not None
    assert (told.report, told.period, told.received_on, told.accepted) == ("R1", "2027-Q1", DAY, True)
    assert told.delivered == {"D1": 1, "D2": 31, "D3": 64, "D4": 37, "D5": 28, "D6": 93, "D7": 23, "D8": 11}
    assert told.reached == {"M1": dt.date(2027, 1, 21), "M2": dt.date(2027, 2, 24), "M3": dt.date(2027, 3, 18)}


def test_a_report_that_cannot_be_accepted_says_so_and_without_a_day_there_is_none() -> None:
    bad = check_report(FORMS.spec, FOLDER / "bad/R1-2027-Q1.xlsx")
    assert checked_report(bad) is None  # it came on no day that is known, and is not signed
    told = checked_report(check_report(FORMS.spec, FOLDER / "bad/R1-2027-Q1.xlsx", received_on=DAY))
    assert told is not None
    assert not told.accepted
    assert "D3" not in told.delivered
    signed = checked_report(check_report(FORMS.spec, FOLDER / "good/R1-2027-Q1.xlsx"))
    assert signed is not None
    assert signed.received_on == dt.date(2027, 4, 22)
    other = check_report(contract("south-bend").spec, FOLDER / "good/R1-2027-Q1.xlsx", received_on=DAY)
    assert checked_report(other) is None


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.integers(0, 99_999), min_size=8, max_size=8), kind=st.sampled_from(["xlsx", "csv", "json"]))
def test_what_was_filled_in_is_what_is_exported(counts: list[int], kind: str, tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    filled = {f"deliverable.D{place}.actual": count for place, count in enumerate(counts, start=1)}
    path = save_filled(tmp_path, form, {**good_answers(form), **filled}, kind)
    told = checked_report(CHECKER.check(path, received_on=DAY))
    assert told is not None
    exported = export_json(FORMS.spec, FORMS.catalog, checked=[told]).data
    assert [*told.delivered.values()] == counts
    assert [*exported["results"]["reports"][0]["delivered"].values()] == counts
