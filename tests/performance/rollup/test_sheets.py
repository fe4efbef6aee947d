"""What stands on each sheet of a roll-up: every line of it, and in the view for others nothing that is not theirs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.performance.rollups import AS_OF, contract, deliverable, outcome, report, rollup_of

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.rollup.history import Change
from fe_contracts.performance.rollup.public import published
from fe_contracts.performance.rollup.rollup import Count, Timeliness
from fe_contracts.performance.rollup.sheets import sheets_of

if TYPE_CHECKING:
    from fe_contracts.performance.rollup.rollup import RollUp
    from fe_contracts.performance.rollup.sheets import SheetPlan

PUBLIC = ["Overview", "Deliverables", "By period", "Outcomes", "Timeliness", "Adoption", "Burden"]
INTERNAL = [*PUBLIC, "Drifting", "History", "Corrections", "Findings", "Other files"]


def two() -> RollUp:
    late, missing, good = Timeliness.LATE, Timeliness.MISSING, Timeliness.IN_TIME
    finding = Finding("REPORT060", Severity.ERROR, "More than there are.", Where("R1.xlsx", field="O!C4"), "Ask.")
    return rollup_of(
        replace(
            contract(
                "A",
                [deliverable("A", [30, 40, None, None])],
                [outcome("A", 90, 60, 30)],
                [report("A", late, 3, 1), report("A", missing, 12, 2), report("A", Timeliness.AHEAD, 0, 3)],
            ),
            findings=(finding,),
        ),
        contract("B", [deliverable("B", [55, 60, 50, 50])], [], [report("B", good, 0, 1)]),
    )


def sheet(found: RollUp, title: str) -> SheetPlan:
    (plan,) = (plan for plan in sheets_of(found) if plan.title == title)
    return plan


def column(plan: SheetPlan, title: str) -> list[Any]:
    place = [item.title for item in plan.columns].index(title)
    return [row[place] for row in plan.rows]


def test_the_view_for_others_has_no_sheet_of_files_findings_or_drift() -> None:
    assert [plan.title for plan in sheets_of(two())] == INTERNAL
    assert [plan.title for plan in sheets_of(published(two()))] == PUBLIC


def test_every_row_has_a_value_for_every_heading_and_every_heading_is_told_once() -> None:
    for found in (two(), published(two()), rollup_of()):
        for plan in sheets_of(found):
            titles = [item.title for item in plan.columns]
            assert len(set(titles)) == len(titles)
            assert all(len(row) == len(titles) for row in plan.rows)
            assert plan.frozen < len(titles) or plan.frozen == 1
            assert plan.totals <= set(range(1, len(plan.rows) + 1))


def test_the_overview_counts_each_contracts_reports_and_what_is_below() -> None:
    plan = sheet(two(), "Overview")
    assert column(plan, "Agency") == ["A", "B"]
    assert column(plan, "Reports due") == [2, 1]
    assert column(plan, "Late") == [1, 0]
    assert column(plan, "Missing") == [1, 0]
    assert column(plan, "Of these, below what is tolerated") == [1, 0]


def test_deliverables_end_with_the_total_of_all_agencies() -> None:
    plan = sheet(two(), "Deliverables")
    assert column(plan, "Agency") == ["A", "B", "All agencies"]
    assert [item.value for item in column(plan, "Done to date")] == [70, 215, 285]
    assert column(plan, "Target to date") == [100, 200, 300]
    assert column(plan, "Share") == [Decimal(70), Decimal(108), Decimal(95)]
    assert column(plan, "Below what is tolerated") == ["below", "no", ""]
    assert plan.totals == {3}


def test_each_period_has_its_own_row_also_the_one_that_nobody_reported() -> None:
    plan = sheet(two(), "By period")
    assert len(plan.rows) == 8
    assert column(plan, "Reported") == ["yes", "yes", "no", "no", *["yes"] * 4]
    assert column(plan, "Done in the period")[2] == Count(None)
    assert column(plan, "Share")[:3] == [Decimal(60), Decimal(80), None]


def test_outcomes_and_timeliness_and_findings_are_told_whole() -> None:
    found = two()
    assert column(sheet(found, "Outcomes"), "Result") == [Decimal(33)]
    plan = sheet(found, "Timeliness")
    assert column(plan, "State") == ["late", "missing", "not due yet", "in time"]
    assert column(plan, "Days late, or missing") == [3, 12, None, None]
    plan = sheet(found, "Findings")
    assert column(plan, "Code") == ["ROLLUP004", "REPORT060"]
    assert column(plan, "Agency") == ["", "A"]
    assert column(plan, "Where")[1].startswith("R1.xlsx")


def test_the_public_timeliness_names_no_file_and_no_errors() -> None:
    titles = {item.title for item in sheet(published(two()), "Timeliness").columns}
    assert titles.isdisjoint({"Versions", "Errors in the last", "File that counts"})
    assert "File that counts" in {item.title for item in sheet(two(), "Timeliness").columns}


def test_a_correction_is_told_figure_by_figure() -> None:
    plan = sheet(two(), "Corrections")
    assert plan.rows == (("A", "A", "R1", "2027-Q1", "R1 again.xlsx", "deliverable.D5.actual", 31, 30),)
    found = two()
    many = replace(found.history[0], changes=tuple(Change(f"k{place}", 1, 2) for place in range(500)))
    assert len(sheet(replace(found, history=(many,)), "Corrections").rows) == 500


def test_adoption_has_a_column_for_each_day() -> None:
    plan = sheet(two(), "Adoption")
    days = [item.title for item in plan.columns][3:-1]
    assert (days[0], days[-1]) == ("2027-03-31", str(AS_OF))
    assert column(plan, "2027-03-31") == [2]
    assert column(plan, str(AS_OF)) == [0]
