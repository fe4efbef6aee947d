"""A script makes a report with one call: by the contract's period, its number, or a day in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.library.test_library import ROOT, bundled
from tests.performance.filling import contract

from fe_contracts import find_period, load_spec, read_report, report_form, report_template, report_templates
from fe_contracts.exceptions import OutputError, SeveralReportsError, UnknownPeriodError, UnknownReportError
from fe_contracts.pipeline.scheduling import schedule_contracts
from fe_contracts.schedule.periods import report_periods

if TYPE_CHECKING:
    from pathlib import Path

PILOT = ROOT / "examples" / "pilot.yaml"
EXAMPLES = ("pilot", "rider", "south-bend", "coc-rapid-rehousing", "esg-prevention", "san-antonio")


def ids(period: str) -> list[str]:
    return [item.form.requirement for item in report_templates(PILOT, period, catalog=bundled())]


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2027-Q1", ["R1", "R2"]),
        ("q2", ["R1", "R2"]),
        ("2027", ["R3"]),
        ("term", ["R4"]),
        ("2027-05-15", ["R1", "R2", "R3"]),
    ],
)
def test_every_report_for_a_period_is_made(period: str, found: list[str]) -> None:
    assert ids(period) == found


def test_one_report_is_made_by_its_name() -> None:
    template = report_template(PILOT, "Q3", report="r2", catalog=bundled())
    assert (template.form.requirement, template.form.period.label) == ("R2", "2027-Q3")
    assert template.file_name == "FE-2027-014-R2-2027-Q3"


def test_several_reports_where_one_is_wanted_are_named() -> None:
    with pytest.raises(SeveralReportsError, match=r"R1 \(Quarterly program report\), R2"):
        report_template(PILOT, "2027-Q1", catalog=bundled())


def test_a_report_or_a_period_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownReportError, match="it asks for R1, R2, R3, R4"):
        report_form(PILOT, "2027-Q1", report="R9", catalog=bundled())
    with pytest.raises(UnknownPeriodError, match="it has 2027-Q1, 2027-Q2"):
        report_form(PILOT, "2029-Q1", catalog=bundled())


def test_it_is_saved_in_the_format_of_its_name_and_read_back(tmp_path: Path) -> None:
    template = report_template(load_spec(PILOT), "2027-Q1", report="R1", catalog=bundled())
    for kind in ("xlsx", "csv", "json"):
        path = template.save(tmp_path / f"a.{kind}")
        assert read_report(path).identity == template.form.identity
        with pytest.raises(OutputError, match="exists"):
            template.save(path)
    with pytest.raises(ValueError, match="no format of a report: xlsx, csv, json"):
        template.save(tmp_path / "a.pdf")


def test_earlier_reports_may_be_given_by_their_paths(tmp_path: Path) -> None:
    first = report_template(PILOT, "2027-Q1", report="R1", catalog=bundled())
    data = json.loads(first.to_bytes("json"))
    data["values"] |= {key: 4 for key in data["values"] if key.endswith(".actual")}
    path = tmp_path / "first.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    form = report_form(PILOT, "2027-Q2", report="R1", prior=[path], catalog=bundled())
    assert form.by_key["deliverable.D1.before"].value == 4


def test_the_form_is_plain_data_too() -> None:
    form = report_form(PILOT, "2027-Q1", report="R1", catalog=bundled())
    data = json.loads(json.dumps(form.to_dict()))
    assert data["identity"]["contract"] == "FE-2027-014"
    assert len(data["fields"]) == len(form.fields)
    assert find_period(load_spec(PILOT), "R1", "Q1") == form.period


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_form_is_due_on_the_day_of_the_schedule(name: str) -> None:
    forms = contract(name)
    owed = [duty for duty in schedule_contracts(forms.spec, forms.catalog).duties if duty.owed_by == "agency"]
    for requirement in forms.spec.reports:
        days = sorted(duty.last_day for duty in owed if duty.source == f"reports.{requirement.id}")
        periods = report_periods(forms.spec, requirement)
        assert sorted(forms.form(requirement, period).due for period in periods) == days
        assert len(days) == len(periods)
