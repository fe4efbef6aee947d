"""What is written into a report is read from it: in a workbook, a CSV and a JSON file, over generated contracts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.performance.filling import answers, form_of, made_up_contracts, save_filled, taken

from fe_contracts.performance.forms.calculating import calculated
from fe_contracts.performance.forms.form import FieldRole, ReportForm
from fe_contracts.performance.reading.report import read_report
from fe_contracts.schedule.periods import report_periods

KINDS = ("xlsx", "csv", "json")
SLOW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@st.composite
def forms(draw: st.DrawFn) -> ReportForm:
    """Draw one report of a generated contract."""
    made = draw(made_up_contracts())
    requirement = made.spec.reports[0]
    return made.form(requirement, draw(st.sampled_from(report_periods(made.spec, requirement))))


@SLOW
@given(st.data())
def test_numbers_that_are_filled_in_are_read_back(data: st.DataObject) -> None:
    form = data.draw(forms())
    values = data.draw(answers(form))
    with TemporaryDirectory() as folder:
        for kind in KINDS:
            report = read_report(save_filled(Path(folder), form, values, kind))
            assert (report.format, dict(report.identity), report.problems, report.extra) == (
                kind,
                form.identity,
                (),
                (),
            )
            assert taken(form, report, values) == values
            given_fields = [item for item in form.fields if item.role is FieldRole.GIVEN and item.value is not None]
            said = taken(form, report, [item.key for item in given_fields if item.kind.is_number])
            assert said == {key: form.by_key[key].value for key in said}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("report", ["R1", "R2"])
def test_an_empty_report_has_its_fields_and_no_answers(kind: str, report: str, tmp_path: Path) -> None:
    form = form_of("pilot", report)
    found = read_report(save_filled(tmp_path, form, {}, kind))
    inputs = [item.key for item in form.inputs]
    assert set(inputs) <= set(found.values)
    assert set(taken(form, found, inputs).values()) == {None}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_follows_from_other_fields_adds_up(data: st.DataObject) -> None:
    form = form_of("pilot", "R4", "term")
    values = data.draw(answers(form))
    known = calculated(form, values)
    funds = [f"fund.{fund}.period" for fund in ("general-fund", "foundation")]
    lines: Any = [values[key] for key in values if key.startswith("budget.") and key.endswith(".period")]
    parts: Any = [known[key] for key in funds]
    assert known["total.budget.period"] == sum(lines) == sum(parts)
    assert known["deliverable.D5.to_date"] == values["deliverable.D5.actual"]
    for outcome in ("O1", "O5"):
        left: Any = known[f"outcome.{outcome}.not_measured"]
        assert left + values[f"outcome.{outcome}.measured"] == values[f"outcome.{outcome}.population"]
