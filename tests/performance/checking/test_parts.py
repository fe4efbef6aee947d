"""A final report is held against the quarterly ones that cover the same days; outcomes are not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.filling import contract, form_of, save_filled
from tests.performance.honest import good_answers

from fe_contracts.performance.checking.parts import parts_of
from fe_contracts.performance.reading.report import read_report
from fe_contracts.pipeline.reporting_check import ReportChecker
from fe_contracts.schedule.periods import report_periods

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.findings import Finding
    from fe_contracts.performance.forms.filled import FilledReport

QUARTERS = ("2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4")
COUNT, COST = "deliverable.D5.actual", "budget.B1.period"


def quarterly(folder: Path, report: str, key: str, values: list[Any]) -> list[FilledReport]:
    """Return the four quarterly reports with these values under a key."""
    made = []
    for period, value in zip(QUARTERS, values, strict=True):
        form = form_of("pilot", report, period)
        place = folder / report / period
        place.mkdir(parents=True, exist_ok=True)
        made.append(read_report(save_filled(place, form, good_answers(form) | {key: value}, "json")))
    return made


def final(folder: Path, **values: Any) -> FilledReport:
    form = form_of("pilot", "R4", "term")
    given_ones = good_answers(form) | {key.replace("__", "."): value for key, value in values.items()}
    return read_report(save_filled(folder, form, given_ones, "json"))


def found(report: FilledReport, earlier: list[FilledReport]) -> list[Finding]:
    forms = contract("pilot")
    check = ReportChecker(forms.spec, forms.catalog).check(report, earlier=earlier)
    return [item for item in check.findings if item.code == "REPORT055" and item.where.field.endswith((COUNT, COST))]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(-2, 2))
def test_a_final_report_says_what_the_quarterly_ones_come_to(
    tmp_path_factory: Any, counts: list[int], more: int
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    total = max(0, sum(counts) + more)
    said = found(final(folder, deliverable__D5__actual=total), quarterly(folder, "R1", COUNT, counts))
    assert bool(said) == (total != sum(counts))
    for item in said:
        assert (
            f"{total:,} is reported here; the 4 reports R1 for the same days come to {sum(counts):,}." in item.message
        )


def test_amounts_are_held_against_each_other_to_the_cent(tmp_path: Path) -> None:
    parts = quarterly(tmp_path, "R2", COST, [Decimal("100.10"), Decimal("0.20"), Decimal("1000.00"), Decimal("0.03")])
    assert found(final(tmp_path, budget__B1__period=Decimal("1100.33")), parts) == []
    (item,) = found(final(tmp_path, budget__B1__period=Decimal("1100.34")), parts)
    assert "$1,100.34 is reported here; the 4 reports R2 for the same days come to $1,100.33." in item.message


def test_nothing_is_said_where_a_quarter_is_missing_or_has_no_number(tmp_path: Path) -> None:
    parts = quarterly(tmp_path, "R1", COUNT, [10, 10, 10, 10])
    report = final(tmp_path, deliverable__D5__actual=41)
    assert len(found(report, parts)) == 1
    assert found(report, parts[:3]) == found(report, parts[1:]) == found(report, [parts[0], *parts[2:]]) == []
    words = quarterly(tmp_path / "words", "R1", COUNT, [10, "many", 10, 10])
    assert found(report, words) == []


def test_of_two_reports_for_one_quarter_the_later_counts(tmp_path: Path) -> None:
    first = quarterly(tmp_path / "first", "R1", COUNT, [10, 10, 10, 10])
    corrected = quarterly(tmp_path / "second", "R1", COUNT, [10, 11, 10, 10])[1]
    assert found(final(tmp_path, deliverable__D5__actual=41), [*first, corrected]) == []


def test_a_number_of_a_person_in_an_earlier_report_is_neither_added_nor_shown(tmp_path: Path) -> None:
    parts = quarterly(tmp_path, "R1", COUNT, [10, 523457890, 10, 10])
    assert found(final(tmp_path, deliverable__D5__actual=41), parts) == []


def test_reports_of_another_contract_are_no_parts(tmp_path: Path) -> None:
    form = form_of("pilot", "R4", "term")
    parts = quarterly(tmp_path, "R1", COUNT, [10, 10, 10, 10])
    assert [len(chain) for chain in parts_of(form, parts)] == [4]
    other = contract("coc-rapid-rehousing")
    requirement = other.spec.reports[-1]
    period = report_periods(other.spec, requirement)[-1]
    assert parts_of(other.form(requirement, period), parts) == ()
