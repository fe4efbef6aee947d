"""Count what an agency owes, and estimate its hours with minutes that say whose they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.assembly.specs import make_spec
from tests.library.test_library import bundled

from fe_contracts import Effort, find_period, schedule_contracts
from fe_contracts.assembly import outline
from fe_contracts.schedule.burden import workload_of


def report(name: str, kind: str, frequency: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "title": name,
        "kind": kind,
        "frequency": frequency,
        "due_days": 30,
        "contents": ["one", "two"],
        **more,
    }


REPORTS = [
    report("program", "program", "quarterly"),
    report("money", "financial", "monthly"),
    report("outcomes", "outcome", "annual"),
    report("last", "closeout", "final"),
]


def test_the_values_to_enter_are_those_that_the_forms_cannot_do_without() -> None:
    from fe_contracts.pipeline.reporting import ReportForms

    spec = make_spec({"reports": REPORTS})
    forms = ReportForms(spec, bundled())
    asked = {
        item.id: sum(field.required for field in forms.form(item, find_period(spec, item, "1")).inputs)
        for item in spec.reports
    }
    assert all(asked.values())
    found = schedule_contracts(spec, bundled()).burden[0]
    assert found.fields_in_term == 4 * asked["program"] + 12 * asked["money"] + asked["outcomes"] + asked["last"]


def test_counts_and_hours_of_a_year_follow_from_the_minutes() -> None:
    spec = make_spec({"reports": REPORTS})
    duties = [duty for clause in outline(spec, bundled()).clauses for duty in clause.version.front.obligations]
    found = workload_of(spec, duties, {"program": 4, "money": 3, "outcomes": 5, "last": 8}, Effort(30, 6, 20))
    assert found.counts.reports_per_year == 4 + 12 + 1
    assert found.counts.reports_in_term == 4 + 12 + 1 + 1
    assert found.counts.invoices_in_term == 13
    assert found.fields_in_term == 4 * 4 + 12 * 3 + 5 + 8
    assert found.hours_per_year == Decimal("19.8")  # 18 * 30 + 65 * 6 + 13 * 20 minutes


def test_two_years_are_told_by_the_year() -> None:
    spec = make_spec({"reports": REPORTS[:1], "term.end_date": "2028-12-31"})
    found = workload_of(spec, [], {"program": 1}, Effort(60, 0, 0))
    assert (found.counts.reports_in_term, found.hours_per_year) == (8, Decimal("4.0"))


def test_a_rider_that_leaves_invoices_to_its_host_asks_for_none() -> None:
    spec = make_spec()
    assert workload_of(spec, [], {"R1": 1}, Effort()).counts.invoices_in_term == 0
    assert schedule_contracts(spec, bundled()).burden[0].counts.invoices_in_term == 13


def test_the_librarys_own_minutes_say_that_nobody_measured_them() -> None:
    assert Effort().confidence == "U"
    assert "assumption" in Effort().source
    given = Effort().given(minutes_per_field=2)
    assert (given.minutes_per_field, given.minutes_per_report) == (2, Effort().minutes_per_report)
    assert "whoever asked" in given.source


@pytest.mark.parametrize(("frequency", "count"), [("monthly", 13), ("quarterly", 5)])
def test_the_schedule_lists_as_many_invoices_as_are_counted(frequency: str, count: int) -> None:
    found = schedule_contracts(make_spec({"payment.frequency": frequency}), bundled())
    listed = [duty for duty in found.duties if duty.kind == "invoice"]
    assert len(listed) == count == found.burden[0].counts.invoices_in_term
