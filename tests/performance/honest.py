"""Fill in reports so that nobody can object, and spoil them in one way at a time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from tests.performance.filling import contract, made_up_contracts

from fe_contracts.performance.forms.form import FieldKind, FieldRole
from fe_contracts.schedule.periods import report_periods

if TYPE_CHECKING:
    from fe_contracts.performance.forms.form import FormField, ReportForm, Value
    from fe_contracts.pipeline.reporting import ReportForms

__all__ = ["REASONS", "good_answers", "honest_reports"]

REASONS = "Two shelters opened a month later than planned; both counselors are there now, and we catch up by June 30."


def _text(item: FormField) -> str:
    return {"certification.name": "Rosa Delgado", "certification.title": "Executive Director"}.get(item.key, REASONS)


def good_answers(form: ReportForm, share: int = 100) -> dict[str, Value]:
    """Return answers that fit each other; `share` says how much of each target is reached, per cent."""
    values: dict[str, Value] = {}
    for item in form.inputs:
        row, _, name = item.key.rpartition(".")
        if item.kind is FieldKind.COUNT:
            values[item.key] = _count(form, row, name, share)
        elif item.kind is FieldKind.MONEY:
            values[item.key] = _money(form, row, name)
        elif item.kind is FieldKind.DATE:
            values[item.key] = _day(form, item, row)
        elif item.kind is FieldKind.CHOICE:
            values[item.key] = item.choices[0] if item.required else None
        elif item.kind is FieldKind.YES_NO:
            values[item.key] = True
        else:
            values[item.key] = _text(item)
    return {key: value for key, value in values.items() if value is not None}


def _given(form: ReportForm, key: str) -> int:
    item = form.by_key.get(key)
    value: Any = item.value if item is not None and item.role is FieldRole.GIVEN else 0
    return int(value or 0)


def _count(form: ReportForm, row: str, name: str, share: int) -> int:
    if name == "actual":
        return _given(form, f"{row}.target") * share // 100
    if name == "before":
        return max(0, _given(form, f"{row}.target_to_date") - _given(form, f"{row}.target")) * share // 100
    return {"population": 5, "measured": 4, "reached": 1, "people": 5, "trained": 5}[name]


def _money(form: ReportForm, row: str, name: str) -> Decimal:
    budget = Decimal(_given(form, f"{row}.budget"))
    part = {"period": 20, "before": 50}.get(name)
    return Decimal(100) if part is None else (budget * part / 100).quantize(Decimal("0.01"))


def _day(form: ReportForm, item: FormField, row: str) -> Value:
    if item.key == "certification.signed_on":
        return form.period.end + dt.timedelta(days=10)
    if item.key.endswith(".reached_on") and form.by_key[f"{row}.status"].required:
        return form.period.end - dt.timedelta(days=3)
    return None


@st.composite
def _contracts(draw: st.DrawFn) -> ReportForms:
    """Draw a contract: an example, or one with deliverables, lines and reports of its own."""
    name = draw(st.sampled_from(["pilot", "coc-rapid-rehousing", "esg-prevention", "rider", "south-bend", "made up"]))
    if name != "made up":
        return contract(name)
    return draw(made_up_contracts())


@st.composite
def honest_reports(draw: st.DrawFn) -> tuple[ReportForms, ReportForm, dict[str, Value]]:
    """Draw a contract, one of its reports, and answers to it that are in order."""
    forms = draw(_contracts())
    requirement = draw(st.sampled_from(forms.spec.reports))
    form = forms.form(requirement, draw(st.sampled_from(report_periods(forms.spec, requirement))))
    values = good_answers(form, draw(st.sampled_from([40, 85, 100])))
    for item in form.inputs:
        row, _, name = item.key.rpartition(".")
        if name == "population":
            count = draw(st.integers(0, 5))
            values |= {item.key: count, f"{row}.measured": count, f"{row}.reached": draw(st.integers(0, count // 4))}
        elif name == "people":
            count = draw(st.integers(0, 60))
            values |= {item.key: count, f"{row}.trained": draw(st.integers(0, count))}
    return forms, form, values
