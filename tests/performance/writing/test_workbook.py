"""The workbook is locked but for what is filled in, named, printable, valid, and the same on every day."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.performance.filling import cells_of, contract, form_of, generated, open_book
from tests.tools import require_tool

from fe_contracts.performance.forms.form import FieldKind, FieldRole
from fe_contracts.performance.forms.keys import key_of, name_of
from fe_contracts.performance.writing.template import ReportTemplate
from fe_contracts.schedule.periods import report_periods

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = ("pilot", "south-bend", "rider", "coc-rapid-rehousing", "esg-prevention", "san-antonio")


def test_only_the_cells_to_be_filled_in_are_open_and_no_password_is_set() -> None:
    form = form_of()
    book = open_book(form)
    cells = cells_of(book)
    assert set(cells) == {item.key for item in form.fields}
    for item in form.fields:
        assert cells[item.key].protection.locked is not item.is_input, item.key
    named = {(cell.parent.title, cell.coordinate) for cell in cells.values()}
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.protection.locked or (sheet.title, cell.coordinate) in named, cell


def test_a_cell_to_be_filled_in_is_marked_by_a_border_and_a_word_besides_its_colour() -> None:
    form = form_of()
    cells = cells_of(open_book(form))
    for item in form.inputs:
        cell = cells[item.key]
        assert cell.border.left.style == "medium", item.key
        column = [cell.parent.cell(row, cell.column).value for row in range(1, cell.row)]
        assert any("(fill in)" in str(value) or "(if needed)" in str(value) for value in column), item.key


def test_each_kind_of_field_has_a_rule_with_a_message() -> None:
    form = form_of("pilot", "R1")
    book = open_book(form)
    cells = cells_of(book)
    kinds = {FieldKind.COUNT: "whole", FieldKind.DATE: "date", FieldKind.CHOICE: "list", FieldKind.YES_NO: "list"}
    for item in form.inputs:
        cell = cells[item.key]
        rules: Any = [rule for rule in cell.parent.data_validations.dataValidation if cell.coordinate in rule.sqref]
        assert len(rules) == 1, item.key
        assert rules[0].type == kinds.get(item.kind, "textLength"), item.key
        assert rules[0].error
        assert len(rules[0].prompt or "") <= 255
        assert len(rules[0].promptTitle or "") <= 32
    yes_no: Any = cells["certification.agreed"].parent.data_validations.dataValidation
    assert '"Yes,No"' in [rule.formula1 for rule in yes_no]


def test_the_workbook_says_which_report_it_is_in_its_properties_and_on_a_sheet_nobody_sees() -> None:
    form = form_of()
    book = open_book(form)
    by_property = {item.name.removeprefix("fe_contracts."): item.value for item in book.custom_doc_props.props}
    assert by_property == form.identity
    assert book.properties.language == "en-US"
    assert book.properties.title == "Quarterly program report, 2027-Q1: Steady Ground Financial Counseling, Inc."
    hidden = book["fe_contracts"]
    assert hidden.sheet_state == "veryHidden"
    assert {row[0]: row[1] for row in hidden.iter_rows(values_only=True)} == form.identity


def test_a_screen_reader_is_told_where_each_table_and_its_headings_stand() -> None:
    for name, tables in (("pilot", 7), ("coc-rapid-rehousing", 9)):
        form = form_of(name, "R4" if name == "pilot" else "R3", "term")
        book = open_book(form)
        regions = [item for item in book.defined_names if item.startswith("TitleRegion")]
        assert len(regions) == tables
        for region in regions:
            _, first, last, number = region.split(".")
            sheet = book.worksheets[int(number) - 1]
            assert sheet[first.upper()].value == "No."
            assert sheet[last.upper()].row > sheet[first.upper()].row


def test_it_prints_as_wide_as_the_page_with_the_headings_on_each_and_no_merged_cells() -> None:
    book = open_book(form_of())
    for sheet in book.worksheets[:-1]:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert "FE-2027-014, R1, 2027-Q1" in sheet.oddFooter.left.text
        assert not sheet.merged_cells.ranges
    assert book["Deliverables"].page_setup.orientation == "landscape"
    assert book["Deliverables"].print_title_rows is not None
    assert book["Deliverables"].freeze_panes is not None


def test_the_same_form_gives_the_same_bytes() -> None:
    form = form_of()
    assert ReportTemplate(form).to_bytes() == ReportTemplate(form).to_bytes()
    with zipfile.ZipFile(io.BytesIO(ReportTemplate(form).to_bytes())) as box:
        assert {item.date_time for item in box.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2027-01-01T00:00:00Z</dcterms:modified>" in box.read("docProps/core.xml")


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_report_of_every_example_is_a_valid_workbook(example: str, tmp_path: Path) -> None:
    validator = require_tool("ooxml-validator")
    forms = contract(example)
    for requirement in forms.spec.reports:
        period = report_periods(forms.spec, requirement)[0]
        path = tmp_path / f"{requirement.id}.xlsx"
        path.write_bytes(ReportTemplate(forms.form(requirement, period)).to_bytes())
        done = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False, timeout=120)
        found = json.loads(done.stdout)
        assert found["ok"], found["errors"][:3]


def test_ids_that_differ_in_large_letters_alone_keep_their_own_cells() -> None:
    item = {"unit": "Clients", "quarterly_targets": [1, 2], "annual_target": 3, "funds": ["general-fund"]}
    twins = [{"id": "d1", "title": "Small", **item}, {"id": "D1", "title": "Large", **item}]
    forms = generated("pilot", {"deliverables": twins})
    form = forms.form(forms.spec.reports[0], report_periods(forms.spec, forms.spec.reports[0])[0])
    from fe_contracts.performance.reading.workbook import read_workbook

    values = read_workbook(ReportTemplate(form).to_bytes(), "x.xlsx", "").values
    places = {values[f"deliverable.{name}.actual"].where.field for name in ("d1", "D1")}
    assert len(places) == 2


@pytest.mark.parametrize("key", ["deliverable.D5.actual", "fund.general-fund.period", "budget.a_b-c.d.left"])
def test_a_name_gives_its_key_back(key: str) -> None:
    name = name_of(key) or ""
    assert name.isascii()
    assert "-" not in name
    assert key_of(name) == key


def test_text_of_the_contract_that_looks_like_a_formula_is_text() -> None:
    forms = generated("pilot", {"deliverables[0].title": "=1+1", "deliverables[0].unit": "@SUM(A1)"})
    form = forms.form(forms.spec.reports[0], report_periods(forms.spec, forms.spec.reports[0])[0])
    for sheet in open_book(form).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert str(cell.value).startswith(("=IF(", "=SUM(", "=COUNTBLANK(")), cell.value
                elif isinstance(cell.value, str):
                    assert not cell.value.startswith(("=", "@", "+")) or cell.column == 1, cell.value
    assert "'=1+1" in ReportTemplate(form).to_bytes("csv").decode("utf-8-sig")


def test_computed_cells_hold_formulas_on_their_own_sheet() -> None:
    form = form_of("pilot", "R4", "term")
    cells = cells_of(openpyxl.load_workbook(io.BytesIO(ReportTemplate(form).to_bytes())))
    for item in form.fields:
        if item.role is FieldRole.COMPUTED:
            assert str(cells[item.key].value).startswith("="), item.key
            assert "!" not in str(cells[item.key].value), item.key
