"""What earlier reports come to is where the next begins, or it is said why it cannot be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.performance.filling import contract, form_of, honest, save_filled

from fe_contracts.performance.forms.form import BEFORE, FieldRole
from fe_contracts.performance.reading.report import read_report

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.findings import Finding
    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import ReportForm

QUARTERS = ("2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4")


def reported(folder: Path, report: str, period: str, count: int) -> FilledReport:
    """Return a report in which every count of the period is this one, and every amount a hundred times as much."""
    form = form_of("pilot", report, period)
    values: dict[str, Any] = {item.key: honest(item) for item in form.inputs}
    for key in values:
        if key.startswith(("deliverable.", "budget.")) and key.endswith((".actual", ".period", ".before")):
            values[key] = Decimal(count * 100) if key.startswith("budget.") else count
    return read_report(save_filled(folder, form, values))


def begun(report: str, period: str, *prior: FilledReport) -> tuple[ReportForm, tuple[Finding, ...]]:
    forms = contract("pilot")
    ((requirement, meant),) = forms.wanted(period, report)
    return forms.form_and_findings(requirement, meant, prior)


def test_the_next_report_begins_with_what_the_earlier_ones_come_to(tmp_path: Path) -> None:
    one, two = reported(tmp_path, "R1", "2027-Q1", 5), reported(tmp_path, "R1", "2027-Q2", 11)
    form, found = begun("R1", "2027-Q3", two, one)
    assert found == ()
    assert {item.value for item in form.fields if item.column == BEFORE} == {16}
    assert {item.role for item in form.fields if item.column == BEFORE} == {FieldRole.GIVEN}


def test_money_is_carried_to_the_cent(tmp_path: Path) -> None:
    form, _ = begun("R2", "2027-Q2", reported(tmp_path, "R2", "2027-Q1", 5))
    assert form.by_key["budget.B1.before"].value == 500


def test_the_last_report_alone_is_enough_when_it_says_what_came_before_it(tmp_path: Path) -> None:
    form, found = begun("R1", "2027-Q3", reported(tmp_path, "R1", "2027-Q2", 11))
    assert found == ()
    assert form.by_key["deliverable.D5.before"].value == 22


def test_a_report_that_was_sent_again_counts_in_its_later_form(tmp_path: Path) -> None:
    first, again = reported(tmp_path, "R1", "2027-Q1", 5), reported(tmp_path, "R1", "2027-Q1", 6)
    form, _ = begun("R1", "2027-Q2", first, again)
    assert form.by_key["deliverable.D5.before"].value == 6


def test_a_gap_is_named_and_the_agency_fills_in_what_came_before(tmp_path: Path) -> None:
    form, found = begun("R1", "2027-Q3", reported(tmp_path, "R1", "2027-Q1", 5))
    assert [item.code for item in found] == ["SHEET030"]
    assert "the next begins 2027-07-01" in found[0].message
    assert form.by_key["deliverable.D5.before"].is_input


def test_reports_of_another_kind_are_no_earlier_reports(tmp_path: Path) -> None:
    form, found = begun("R1", "2027-Q2", reported(tmp_path, "R2", "2027-Q1", 5))
    assert found == ()
    assert form.by_key["deliverable.D5.before"].is_input


def test_a_report_of_another_contract_or_of_a_later_period_is_refused(tmp_path: Path) -> None:
    one = reported(tmp_path, "R1", "2027-Q1", 5)
    for changes, said in (
        ({"contract": "OTHER"}, "for contract 'OTHER'"),
        ({"start": "2027-07-01", "end": "2027-09-30"}, "covers days to 2027-09-30"),
        ({"end": "soon"}, "does not say which days"),
    ):
        _, found = begun("R1", "2027-Q2", replace(one, identity={**one.identity, **changes}))
        assert [item.code for item in found] == ["SHEET030"]
        assert said in found[0].message


def test_a_number_that_is_missing_is_named_and_asked_for(tmp_path: Path) -> None:
    one = reported(tmp_path, "R1", "2027-Q1", 5)
    values = {key: cell for key, cell in one.values.items() if key != "deliverable.D5.actual"}
    form, found = begun("R1", "2027-Q2", replace(one, values=values))
    assert [(item.code, item.where.field) for item in found] == [("SHEET031", "deliverable.D5.before")]
    assert form.by_key["deliverable.D5.before"].is_input
    assert form.by_key["deliverable.D6.before"].value == 5


def test_what_came_before_is_no_part_of_what_is_asked(tmp_path: Path) -> None:
    form, _ = begun("R1", "2027-Q2", reported(tmp_path, "R1", "2027-Q1", 5))
    assert form.fingerprint == form_of("pilot", "R1", "2027-Q2").fingerprint
