"""A field is found where its row went, whatever became of its name."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.performance.filling import filled_bytes, form_of, honest, taken

from fe_contracts.performance.reading.report import read_report

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.performance.forms.filled import FilledReport


def report_after(folder: Path, change: Any) -> tuple[FilledReport, dict[str, Any]]:
    """Return a filled report, read after someone changed the workbook, and what was filled in."""
    form = form_of()
    values: dict[str, Any] = {item.key: honest(item) for item in form.inputs}
    for place, key in enumerate(key for key in values if key.endswith(".actual")):
        values[key] = 100 + place
    book = openpyxl.load_workbook(io.BytesIO(filled_bytes(form, values)))
    change(book)
    book.save(folder / "a.xlsx")
    return read_report(folder / "a.xlsx", form), values


def test_rows_whose_names_stayed_behind_are_read_by_their_keys_and_it_is_said(tmp_path: Path) -> None:
    report, values = report_after(tmp_path, lambda book: book["Deliverables"].insert_rows(3))
    assert taken(form_of(), report, values) == values
    assert [(item.code, item.where.field) for item in report.problems] == [("SHEET018", "Deliverables")]
    assert "The cells of 88 fields were moved" in report.problems[0].message


def swap(book: Any) -> None:
    """Let the first two deliverables change places, as sorting does: contents move, names stay."""
    sheet = book["Deliverables"]
    rows = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).startswith("deliverable.")][:2]
    for column in range(1, sheet.max_column + 1):
        one, two = (sheet.cell(row, column) for row in rows)
        one.value, two.value = two.value, one.value


def test_rows_that_were_sorted_keep_their_own_figures(tmp_path: Path) -> None:
    report, values = report_after(tmp_path, swap)
    assert taken(form_of(), report, values) == values
    assert {item.code for item in report.problems} == {"SHEET018"}


def test_a_sheet_that_was_copied_does_not_count_and_its_cells_are_kept_apart(tmp_path: Path) -> None:
    def copy(book: Any) -> None:
        again = book.copy_worksheet(book["Deliverables"])
        rows = [row for row in range(1, 40) if again.cell(row, 1).value == "deliverable.D1"]
        again.cell(rows[0], 6).value = 999

    report, values = report_after(tmp_path, copy)
    assert taken(form_of(), report, values) == values
    assert report.problems == ()
    assert "999" in {item.text for item in report.extra}


def forget(book: Any) -> None:
    """Take away every name and every key."""
    for name in list(book.defined_names):
        del book.defined_names[name]
    for sheet in book.worksheets:
        if sheet.title != "fe_contracts":
            for row in range(1, sheet.max_row + 1):
                sheet.cell(row, 1).value = None


def test_without_names_and_keys_every_answer_is_found_by_what_people_read(tmp_path: Path) -> None:
    report, values = report_after(tmp_path, forget)
    assert taken(form_of(), report, values) == values


@pytest.mark.parametrize("title", ["Front-Line Staff trained", "People screened"])
def test_two_rows_of_one_title_are_not_told_apart_by_it(title: str, tmp_path: Path) -> None:
    from tests.performance.filling import generated

    forms = generated("pilot", {"deliverables[0].title": title})
    form = forms.form(*forms.wanted("2027-Q1", "R1")[0])
    twins = [item.id for item in forms.spec.deliverables if item.title == title]
    assert len(twins) == 2
    book = openpyxl.load_workbook(io.BytesIO(filled_bytes(form, {})))
    forget(book)
    book.save(tmp_path / "a.xlsx")
    found = read_report(tmp_path / "a.xlsx", form).values
    assert not {f"deliverable.{name}.actual" for name in twins} & set(found)
    assert "deliverable.D5.actual" in found


def test_what_a_csv_says_under_no_key_of_a_form_is_kept_apart_key_and_all(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    content = filled_bytes(form_of(), {}, "csv").decode("utf-8-sig")
    path.write_text(f"{content}Mrs. Doe,,,,123-45-6789,aside\n", encoding="utf-8")
    report = read_report(path)
    assert [(item.text, item.where.column) for item in report.extra] == [
        ("Mrs. Doe", 5),
        ("123-45-6789", 5),
        ("aside", 6),
    ]
    assert not {"Mrs. Doe"} & set(report.values)
