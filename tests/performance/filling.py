"""Fill in a report as an agency does: a workbook with openpyxl, a CSV and a JSON as text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
from hypothesis import strategies as st
from tests.library.test_any_contract import spec_of

from fe_contracts.performance.forms.form import FieldKind
from fe_contracts.performance.forms.keys import key_of
from fe_contracts.performance.forms.values import taken_as
from fe_contracts.performance.writing.template import ReportTemplate
from fe_contracts.pipeline.reporting import ReportForms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from fe_contracts.performance.forms.filled import CellValue, FilledReport
    from fe_contracts.performance.forms.form import FormField, ReportForm, Value

__all__ = [
    "answers", "cells_of", "contract", "filled_bytes", "form_of", "generated", "honest", "made_up_contracts",
    "open_book", "save_filled", "taken",
]  # fmt: skip

NUMBERS: dict[FieldKind, st.SearchStrategy[Any]] = {
    FieldKind.COUNT: st.integers(0, 99_999),
    FieldKind.MONEY: st.decimals(0, 999_999, places=2),
}


@cache
def contract(name: str = "pilot") -> ReportForms:
    """Return the forms of an example."""
    from tests.library.test_library import bundled, example

    return ReportForms(example(name), bundled())


@cache
def form_of(name: str = "pilot", report: str = "R1", period: str = "2027-Q1") -> ReportForm:
    """Return one form of an example."""
    forms = contract(name)
    ((requirement, meant),) = forms.wanted(period, report)
    return forms.form(requirement, meant)


def honest(item: FormField) -> Value:
    """Return an answer that nobody can object to."""
    match item.kind:
        case FieldKind.COUNT:
            return 7
        case FieldKind.MONEY:
            return Decimal("1250.50")
        case FieldKind.DATE:
            return max(item.first or dt.date(2027, 4, 20), dt.date(2027, 4, 20))
        case FieldKind.CHOICE:
            return item.choices[0]
        case FieldKind.YES_NO:
            return True
        case _:
            return f"Words on {item.label}"


@st.composite
def made_up_contracts(draw: st.DrawFn) -> ReportForms:
    """Draw a contract with deliverables, lines and reports of its own."""
    ids = draw(
        st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True), min_size=1, max_size=5, unique=True)
    )
    deliverables = []
    for key in ids:
        targets = draw(st.lists(st.integers(0, 500), min_size=1, max_size=4))
        deliverables.append(
            {
                "id": key, "title": f"Thing {key}", "unit": draw(st.sampled_from(["plans", "=units", "@home"])),
                "quarterly_targets": targets, "annual_target": sum(targets), "funds": ["fund-0"],
            }
        )  # fmt: skip
    report = {
        "id": draw(st.sampled_from(["R1", "q-report"])),
        "title": "Report",
        "kind": draw(st.sampled_from(["program", "financial", "combined", "outcome", "closeout"])),
        "frequency": draw(st.sampled_from(["monthly", "quarterly", "semiannual", "annual", "final"])),
        "due_days": 30,
        "contents": ["each Deliverable and Outcome", "what worked"],
    }
    lines = [
        {"id": key, "description": f"Cost {key}", "fund": "fund-0", "activity": "Personnel", "amount": "100.00"}
        for key in ids
    ]
    changes: dict[str, Any] = {
        "funding": [{"id": "fund-0", "source": "LOCAL", "name": "Fund 0", "amount": "100000.00"}],
        "payment": {"model": "REIMBURSE", "backup": ["Receipts"]},
        "deliverables": deliverables,
        "budget": lines,
        "reports": [report],
    }
    return generated("pilot", changes)


@st.composite
def answers(draw: st.DrawFn, form: ReportForm) -> dict[str, Value]:
    """Draw a value for every field that is filled in."""
    return {item.key: draw(NUMBERS[item.kind]) if item.kind in NUMBERS else honest(item) for item in form.inputs}


def open_book(form: ReportForm) -> Any:
    """Return the template as an open workbook."""
    return openpyxl.load_workbook(io.BytesIO(ReportTemplate(form).to_bytes()))


def cells_of(book: Any) -> dict[str, Any]:
    """Return the cell of each field, by key."""
    found = {}
    for name, item in book.defined_names.items():
        key = key_of(name)
        ((title, place),) = item.destinations
        if key is not None:
            found[key] = book[title][place.replace("$", "")]
    return found


def _in_cell(value: Value) -> Any:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return float(value) if isinstance(value, Decimal) else value


def filled_bytes(form: ReportForm, values: Mapping[str, Value], kind: str = "xlsx") -> bytes:
    """Return the report with these values filled in, as a file of that kind."""
    if kind == "xlsx":
        book = open_book(form)
        cells = cells_of(book)
        for key, value in values.items():
            cells[key].value = _in_cell(value)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    if kind == "csv":
        return _csv(form, values)
    data = json.loads(ReportTemplate(form).to_bytes("json"))
    data["values"] |= {key: _in_json(value) for key, value in values.items()}
    return json.dumps(data).encode()


def _in_json(value: Value) -> Any:
    return str(value) if isinstance(value, Decimal | dt.date) else value


def _csv(form: ReportForm, values: Mapping[str, Value]) -> bytes:
    rows = [*csv.reader(io.StringIO(ReportTemplate(form).to_bytes("csv").decode("utf-8-sig"), newline=""))]
    for row in rows:
        if row[0] in values:
            value = values[row[0]]
            row[-1] = ("Yes" if value else "No") if isinstance(value, bool) else str(value)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def save_filled(folder: Path, form: ReportForm, values: Mapping[str, Value], kind: str = "xlsx") -> Path:
    """Write the report with these values filled in and return its path."""
    path = folder / f"{form.requirement}-{form.period.label}.{kind}"
    path.write_bytes(filled_bytes(form, values, kind))
    return path


def taken(form: ReportForm, report: FilledReport, keys: Iterable[str]) -> dict[str, Value]:
    """Return what a report says under these keys, each taken as its field wants it."""
    cells: Mapping[str, CellValue] = report.values
    return {key: taken_as(form.by_key[key], cells[key]).value for key in keys}


def generated(base: str, changes: dict[str, Any]) -> ReportForms:
    """Return the forms of an example with some fields changed."""
    from tests.library.test_library import bundled

    return ReportForms(spec_of(base, changes), bundled())
