"""LibreOffice fills in a report: its formulas give what the library calculates, and what it saves is read back."""

from __future__ import annotations

import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.performance.filling import form_of, honest, save_filled, taken
from tests.tools import require_tool

from fe_contracts.performance.forms.calculating import calculated
from fe_contracts.performance.forms.form import FieldKind, FieldRole
from fe_contracts.performance.reading.report import read_report

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.performance.forms.form import ReportForm, Value

REPORTS = [("pilot", "R1", "2027-Q1"), ("pilot", "R4", "term"), ("esg-prevention", "R1", "2027-Q1")]


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """Return the workbook as LibreOffice calculates and saves it."""
    soffice = require_tool("libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(folder / "saved"), str(path)], capture_output=True, check=True, timeout=120)
    return folder / "saved" / path.name


def a_quarter(form: ReportForm) -> dict[str, Value]:
    """Return answers of which some meet their targets and some do not."""
    values = {item.key: honest(item) for item in form.inputs}
    for place, item in enumerate(form.inputs):
        if item.kind is FieldKind.COUNT:
            values[item.key] = 20 + place % 3 * 25
        elif item.kind is FieldKind.MONEY:
            values[item.key] = Decimal(place * 9000) + Decimal("0.35")
    return values


@pytest.mark.parametrize(("name", "report", "period"), REPORTS)
def test_the_formulas_give_what_the_library_calculates(name: str, report: str, period: str, tmp_path: Path) -> None:
    form = form_of(name, report, period)
    values = a_quarter(form)
    saved = read_report(saved_by_libreoffice(save_filled(tmp_path, form, values), tmp_path))
    assert dict(saved.identity) == form.identity
    assert (saved.problems, saved.extra) == ((), ())
    assert taken(form, saved, values) == values
    known = calculated(form, values)
    computed = [item for item in form.fields if item.role is FieldRole.COMPUTED]
    assert len(computed) > 20
    for item in computed:
        found, wanted = saved.values[item.key], known[item.key]
        assert found.formula, item.key
        if item.kind.is_number and wanted is not None:
            assert isinstance(found.value, int | Decimal), item.key
            assert abs(Decimal(found.value) - Decimal(str(wanted))) < Decimal("1e-6"), item.key
        else:
            assert found.text == (wanted or ""), item.key


def test_an_empty_report_shows_no_figure_and_no_error(tmp_path: Path) -> None:
    form = form_of("pilot", "R1")
    saved = read_report(saved_by_libreoffice(save_filled(tmp_path, form, {}), tmp_path))
    said = {item.key: saved.values[item.key].text for item in form.fields if item.role is FieldRole.COMPUTED}
    assert set(said.values()) == {""}


def test_the_cover_counts_what_is_still_to_be_filled_in(tmp_path: Path) -> None:
    import openpyxl

    form = form_of("pilot", "R1")
    values = {item.key: honest(item) for item in form.inputs if item.key.startswith("deliverable.")}
    book = openpyxl.load_workbook(saved_by_libreoffice(save_filled(tmp_path, form, values), tmp_path), data_only=True)
    rows = book["Start here"].iter_rows(min_col=2, max_col=4, values_only=True)
    left = {row[0]: row[2] for row in rows if isinstance(row[2], int | float)}
    wanted = {
        section.title: sum(item.is_input and item.required for item in section.fields) for section in form.sections
    }
    assert left == {**wanted, "Deliverables": 0}
