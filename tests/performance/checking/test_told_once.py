"""What is wrong is told once, where it is, in words that an agency understands."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.performance.filling import contract, filled_bytes, form_of
from tests.performance.honest import good_answers

from fe_contracts.exceptions import NotAReportError, UnsafeFileError
from fe_contracts.performance.reading.report import read_report
from fe_contracts.pipeline.reporting_check import ReportChecker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fe_contracts.findings import Finding
    from fe_contracts.performance.checking.report import ReportCheck

PERSONAL = "client Jane Doe, SSN 123-45-6789"


def book_of(report: str = "R1", changes: dict[str, Any] | None = None) -> Any:
    form = form_of("pilot", report)
    return openpyxl.load_workbook(io.BytesIO(filled_bytes(form, good_answers(form) | (changes or {}))))


def checked(path: Path) -> ReportCheck:
    forms = contract("pilot")
    return ReportChecker(forms.spec, forms.catalog).check(path)


def found(folder: Path, change: Callable[[Any], None], report: str = "R1") -> ReportCheck:
    book = book_of(report)
    change(book)
    book.save(folder / "report.xlsx")
    return checked(folder / "report.xlsx")


def of_code(check: ReportCheck, code: str) -> list[Finding]:
    return [item for item in check.findings if item.code == code]


def test_a_row_that_is_gone_is_named_and_no_other_row_is_read_in_its_place(tmp_path: Path) -> None:
    """openpyxl leaves the names of cells where they were, so that D4's name then points into the row of D5."""
    before = book_of()["Deliverables"]
    rows = {before.cell(row, 1).value: row for row in range(1, 20)}
    check = found(tmp_path, lambda book: book["Deliverables"].delete_rows(rows["deliverable.D4"]))
    (gone,) = of_code(check, "SHEET011")
    assert gone.message.startswith("The cells of D4 Warm Referrals completed are gone")
    assert "deliverable.D4.actual" not in check.figures
    assert check.figures["deliverable.D5.actual"] == good_answers(form_of())["deliverable.D5.actual"]
    assert of_code(check, "REPORT042") == of_code(check, "REPORT043") == []


def test_a_sheet_that_is_gone_is_told_in_one_sentence(tmp_path: Path) -> None:
    check = found(tmp_path, lambda book: book.remove(book["Staff training"]))
    (gone,) = of_code(check, "SHEET011")
    assert gone.message.startswith('Everything under "Staff training" is gone')


def test_a_total_of_which_a_part_is_missing_is_no_figure(tmp_path: Path) -> None:
    form = form_of("pilot", "R2")
    values = good_answers(form)
    whole, parts = (tmp_path / "whole.json"), (tmp_path / "parts.json")
    whole.write_bytes(filled_bytes(form, values, "json"))
    values.pop("budget.B2.period")
    parts.write_bytes(filled_bytes(form, values, "json"))
    total = checked(whole).figures["total.budget.period"]
    assert total == sum(value for key, value in good_answers(form).items() if key.endswith(".period"))  # type: ignore[misc]
    assert not {"total.budget.period", "total.budget.to_date"} & set(checked(parts).figures)
    assert checked(parts).figures["budget.B1.period"] == values["budget.B1.period"]


def test_many_rows_that_are_empty_are_told_together(tmp_path: Path) -> None:
    form = form_of()
    empty = {f"deliverable.D{number}" for number in range(2, 9)}
    values = {key: value for key, value in good_answers(form).items() if key[:14] not in empty}
    path = tmp_path / "R1.json"
    path.write_bytes(filled_bytes(form, values, "json"))
    (missing,) = of_code(checked(path), "REPORT030")
    assert all(f"D{number} " in missing.message for number in range(2, 9))


@pytest.mark.parametrize(
    ("key", "value", "codes"),
    [
        ("deliverable.D5.actual", -3, ["REPORT032"]),
        ("milestone.M1.reached_on", dt.date(2087, 1, 28), ["REPORT035"]),
        ("deliverable.D6.actual", 1234, ["REPORT064"]),
        ("milestone.M4.status", "done", ["REPORT031"]),
        ("narrative.2", None, ["REPORT030"]),
    ],
)
def test_one_slip_is_one_finding(key: str, value: Any, codes: list[str], tmp_path: Path) -> None:
    form = form_of()
    values = good_answers(form) | {key: value}
    if value is None:
        values.pop(key)
    path = tmp_path / "R1.json"
    path.write_bytes(filled_bytes(form, values, "json"))
    said = checked(path).findings
    assert [item.code for item in said] == codes
    assert "none of;" not in said.items[0].message
    assert (said.items[0].remedy == "Ask the agency for an answer.") == (value is None)


def test_results_that_were_typed_over_are_told_row_by_row(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Deliverables"]
        rows = {sheet.cell(row, 1).value: row for row in range(1, 20)}
        for column in (7, 9, 11):
            sheet.cell(rows["deliverable.D5"], column).value = Decimal("77.5")

    (told,) = of_code(found(tmp_path, change), "REPORT040")
    assert told.message.count("follows from its figures") >= 2
    assert told.message.startswith("D5 New Clients counseled: ")


@pytest.mark.parametrize("place", ["B14", "C14", "B9", "Q9", "B2", "C3", "D2"])
@pytest.mark.parametrize("sheet", ["Deliverables", "Start here", "Certification"])
def test_what_points_to_a_person_is_found_where_the_forms_own_text_should_stand(
    sheet: str, place: str, tmp_path: Path
) -> None:
    check = found(tmp_path, lambda book: _typed(book[sheet], place))
    assert of_code(check, "REPORT001"), f"{sheet}!{place}"
    assert "123-45" not in json.dumps(check.to_dict())


def _typed(sheet: Any, place: str) -> None:
    for area in list(sheet.merged_cells.ranges):
        if place in area:
            sheet.unmerge_cells(str(area))
    sheet[place].value = PERSONAL


def test_what_points_to_a_person_is_found_however_much_else_was_added(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for row in range(300, 420):
            book["Deliverables"].cell(row, 20).value = f"remark {row}"
        book["Deliverables"].cell(500, 20).value = PERSONAL

    assert of_code(found(tmp_path, change), "REPORT001")


def test_a_name_and_a_day_beside_the_form_are_asked_about(tmp_path: Path) -> None:
    check = found(tmp_path, lambda book: _put(book["Deliverables"], "T12", "Maria Gonzalez 3/4/1985"))
    assert of_code(check, "REPORT006")


def _put(sheet: Any, place: str, value: object) -> None:
    sheet[place].value = value


def test_what_points_to_a_person_is_found_in_every_part_of_a_json_and_a_csv_file(tmp_path: Path) -> None:
    form = form_of()
    data = json.loads(filled_bytes(form, good_answers(form), "json"))
    for name, part in (("note", {"deep": [PERSONAL]}), ("certifications", [PERSONAL]), (PERSONAL, "x")):
        (tmp_path / "R1.json").write_text(json.dumps(data | {name: part}), encoding="utf-8")
        assert of_code(checked(tmp_path / "R1.json"), "REPORT001"), name
    text = filled_bytes(form, good_answers(form), "csv").decode("utf-8-sig")
    plain = PERSONAL.replace(",", "")
    words = "words.1,Certification,"
    assert words in text
    for changed in (f"{plain}\n{text}", text.replace(words, f"{words}x,read,{plain}\nx,", 1)):
        (tmp_path / "R1.csv").write_text(changed, encoding="utf-8")
        assert of_code(checked(tmp_path / "R1.csv"), "REPORT001")


def test_one_sheet_saved_as_text_is_called_so(tmp_path: Path) -> None:
    sheet = book_of()["Deliverables"]
    lines = [";".join("" if cell.value is None else str(cell.value) for cell in row) for row in sheet.iter_rows()]
    (tmp_path / "sheet.csv").write_text("\n".join(lines), encoding="cp1252", errors="replace")
    with pytest.raises(NotAReportError, match="one sheet of a report"):
        read_report(tmp_path / "sheet.csv")
    (tmp_path / "list.csv").write_text("name;town\nRosa;Exampleton\n", encoding="utf-8")
    with pytest.raises(NotAReportError, match="none of its fields"):
        read_report(tmp_path / "list.csv")


def test_a_doctype_is_refused_whatever_the_part_is_called(tmp_path: Path) -> None:
    content = filled_bytes(form_of(), good_answers(form_of()))
    with zipfile.ZipFile(io.BytesIO(content)) as box, zipfile.ZipFile(tmp_path / "R1.xlsx", "w") as out:
        for name in box.namelist():
            data = box.read(name)
            if name == "xl/worksheets/sheet2.xml":
                data = b'<!DOCTYPE a [<!ENTITY b "c">]>' + data.partition(b"?>")[2]
            elif name in {"xl/_rels/workbook.xml.rels", "[Content_Types].xml"}:
                data = data.replace(b"sheet2.xml", b"sheet2.bin")
            out.writestr(name.replace("sheet2.xml", "sheet2.bin"), data)
    with pytest.raises(UnsafeFileError, match="DOCTYPE"):
        read_report(tmp_path / "R1.xlsx")


def test_a_number_that_is_next_to_nothing_is_no_count_and_breaks_nothing(tmp_path: Path) -> None:
    form = form_of()
    values = good_answers(form) | {"outcome.O1.measured": 5, "outcome.O1.reached": 5}
    data = json.loads(filled_bytes(form, values, "json"))
    data["values"] |= {"outcome.O1.population": "1e-40", "outcome.O1.result": 50, "training.FE-12.share": 1}
    (tmp_path / "R1.json").write_text(json.dumps(data), encoding="utf-8")
    check = checked(tmp_path / "R1.json")
    assert "outcome.O1.population" not in check.figures
    assert any(item.where.field.endswith("outcome.O1.population") for item in of_code(check, "REPORT031"))
