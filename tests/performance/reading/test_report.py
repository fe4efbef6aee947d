"""A report is read however it comes back, and what is not safe or no report is refused by name."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
import tracemalloc
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.performance.filling import cells_of, filled_bytes, form_of, honest, open_book, taken

from fe_contracts.exceptions import FEContractsError, NotAReportError, SourceError, UnsafeFileError
from fe_contracts.performance.reading.report import read_report
from fe_contracts.performance.writing.template import ReportTemplate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import ReportForm

FORM = form_of()
KEY = "deliverable.D5.actual"
PLACE = cells_of(open_book(FORM))[KEY].coordinate
HONEST = {item.key: honest(item) for item in FORM.inputs}


def saved(folder: Path, book: Any, name: str = "report.xlsx") -> Path:
    path = folder / name
    book.save(path)
    return path


def with_member(content: bytes, name: str, data: bytes, change: Callable[[bytes], bytes] | None = None) -> bytes:
    """Return the package with a member added, or changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as box, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in box.namelist():
            held = box.read(item)
            if item == name:
                if change is None:
                    continue
                held = change(held)
            new.writestr(item, held)
        if change is None:
            new.writestr(name, data)
    return out.getvalue()


def put(folder: Path, content: bytes, name: str = "report.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def code_of(path: Path) -> set[str]:
    with pytest.raises((SourceError, UnsafeFileError, NotAReportError)) as caught:
        read_report(path)
    return {item.code for item in caught.value.problems}


def codes(report: FilledReport) -> list[str]:
    return [item.code for item in report.problems]


# ------------------------------------------------------------------ what people do to a workbook


def test_sheets_that_were_renamed_and_reordered_and_hidden_are_read(tmp_path: Path) -> None:
    book = open_book(FORM)
    cells_of(book)[KEY].value = 33
    for item in book.defined_names.values():
        item.attr_text = item.attr_text.replace("Deliverables", "Leistungen 'neu'".replace("'", "''"))
    book["Deliverables"].title = "Leistungen 'neu'"
    book.move_sheet("Outcomes", 3)
    book["Outcomes"].sheet_state = "hidden"
    report = read_report(saved(tmp_path, book))
    assert report.values[KEY].value == 33
    assert report.values[KEY].where.field == f"Leistungen 'neu'!{PLACE}"


def test_rows_and_columns_that_were_put_in_are_read_by_their_keys_when_names_are_lost(tmp_path: Path) -> None:
    book = open_book(FORM)
    for key, cell in cells_of(book).items():
        if key in HONEST and not cell.number_format.startswith("mmm"):
            cell.value = "Yes" if HONEST[key] is True else HONEST[key]
    for name in list(book.defined_names):
        del book.defined_names[name]
    book["Deliverables"].insert_rows(3, 4)
    book["Deliverables"].insert_cols(1, 2)
    book["Outcomes"].insert_cols(5)
    report = read_report(saved(tmp_path, book))
    for section in ("deliverable", "outcome", "training", "narrative"):
        keys = [key for key in HONEST if key.startswith(section)]
        assert taken(FORM, report, keys) == {key: HONEST[key] for key in keys}


def test_a_field_without_name_and_key_is_found_by_its_heading(tmp_path: Path) -> None:
    book = open_book(FORM)
    cells_of(book)[KEY].value = 33
    cells_of(book)["narrative.2"].value = "It worked"
    for name in list(book.defined_names):
        del book.defined_names[name]
    for sheet in book.worksheets:
        sheet.delete_cols(1)
    path = saved(tmp_path, book)
    report = read_report(path, FORM)
    assert report.values[KEY].value == 33
    assert report.values["narrative.2"].value == "It worked"
    assert set(report.values) == set(FORM.by_key)
    assert code_of(path) == {"SHEET007"}


def test_a_column_that_was_deleted_is_named(tmp_path: Path) -> None:
    book = open_book(FORM)
    sheet = book["Deliverables"]
    column = cells_of(book)[KEY].column
    letter = cells_of(book)[KEY].column_letter
    for item in book.defined_names.values():
        if f"'Deliverables'!${letter}$" in item.attr_text:
            item.attr_text = "'Deliverables'!#REF!"
    sheet.delete_cols(column)
    report = read_report(saved(tmp_path, book))
    lost = [item.where.field for item in report.problems if item.code == "SHEET011"]
    assert lost == sorted(key for key in FORM.by_key if key.endswith(".actual"))
    assert KEY not in report.values


def test_merged_cells_have_one_value_and_are_named(tmp_path: Path) -> None:
    book = open_book(FORM)
    cells = cells_of(book)
    first, second = cells["deliverable.D4.actual"], cells["deliverable.D5.actual"]
    first.value = 12
    first.parent.merge_cells(f"{first.coordinate}:{second.coordinate}")
    report = read_report(saved(tmp_path, book))
    assert codes(report) == ["SHEET017"]
    assert report.values[KEY].value == report.values["deliverable.D4.actual"].value == 12


def test_days_of_both_systems_are_the_same_days(tmp_path: Path) -> None:
    signed = dt.date(2027, 4, 20)
    for epoch in (None, CALENDAR_MAC_1904):
        book = open_book(FORM)
        if epoch:
            book.epoch = epoch
        cells_of(book)["certification.signed_on"].value = signed
        report = read_report(saved(tmp_path, book))
        assert report.values["certification.signed_on"].value == signed
        assert report.values["certification.signed_on"].base_1904 is bool(epoch)


def test_a_day_whose_format_was_pasted_over_is_still_a_day(tmp_path: Path) -> None:
    book = open_book(FORM)
    book.epoch = CALENDAR_MAC_1904
    cell = cells_of(book)["certification.signed_on"]
    cell.value, cell.number_format = (dt.date(2027, 4, 20) - dt.date(1904, 1, 1)).days, "General"
    report = read_report(saved(tmp_path, book))
    assert taken(FORM, report, ["certification.signed_on"]) == {"certification.signed_on": dt.date(2027, 4, 20)}


def test_a_formula_in_a_cell_is_named_and_never_calculated(tmp_path: Path) -> None:
    book = open_book(FORM)
    cells_of(book)[KEY].value = "=30+3"
    cell = read_report(saved(tmp_path, book)).values[KEY]
    assert (cell.value, cell.formula) == (None, "=30+3")


def test_what_a_formula_last_came_to_is_read_and_an_error_stays_an_error(tmp_path: Path) -> None:
    book = open_book(FORM)
    cells = cells_of(book)
    for key in (KEY, "deliverable.D6.actual"):
        cells[key].value = "=1+1"
    content = io.BytesIO()
    book.save(content)

    def calculate(data: bytes) -> bytes:
        for key, kind, value in ((KEY, b"", b"33"), ("deliverable.D6.actual", b' t="e"', b"#REF!")):
            place = cells[key].coordinate.encode()
            pattern = rb'(<c r="' + place + rb'"[^>]*)><f>1\+1</f><v ?/?>(</v>)?'
            data, count = re.subn(pattern, rb"\1" + kind + rb"><f>1+1</f><v>" + value + rb"</v>", data)
            assert count == 1
        return data

    path = put(tmp_path, with_member(content.getvalue(), "xl/worksheets/sheet2.xml", b"", calculate))
    report = read_report(path)
    assert (report.values[KEY].value, report.values[KEY].formula) == (33, "=1+1")
    assert report.values["deliverable.D6.actual"].text == "#REF!"


def test_a_share_of_a_hundred_is_read_as_it_is_shown(tmp_path: Path) -> None:
    report = read_report(put(tmp_path, ReportTemplate(FORM).to_bytes()))
    assert report.values["outcome.O1.target"].value == 30
    assert report.values["outcome.O1.target"].text == "30%"


def test_what_was_written_outside_the_form_is_kept_apart(tmp_path: Path) -> None:
    book = open_book(FORM)
    book.create_sheet("Clients")["B2"] = "A list"
    book["Deliverables"]["T40"] = "aside"
    empty = next(row for row in range(1, 20) if book["Deliverables"].cell(row, 1).value is None)
    book["Deliverables"].cell(empty, 3).value = "in an empty row"
    book["Start here"]["H2"] = "also"
    report = read_report(saved(tmp_path, book))
    assert [(item.text, item.where.field) for item in report.extra] == [
        ("also", "Start here!H2"),
        ("in an empty row", f"Deliverables!C{empty}"),
        ("aside", "Deliverables!T40"),
        ("A list", "Clients!B2"),
    ]
    assert report.problems == ()


def test_a_sheet_that_was_copied_into_another_file_no_longer_says_what_it_is(tmp_path: Path) -> None:
    book = open_book(FORM)
    del book["fe_contracts"]
    for item in list(book.custom_doc_props.props):
        del book.custom_doc_props[item.name]
    report = read_report(saved(tmp_path, book))
    assert codes(report) == ["SHEET016"]
    assert report.identity == {}


def test_either_place_in_which_a_workbook_says_what_it_is_is_enough_and_both_must_agree(tmp_path: Path) -> None:
    book = open_book(FORM)
    del book["fe_contracts"]
    assert dict(read_report(saved(tmp_path, book)).identity) == FORM.identity
    book = open_book(FORM)
    book["fe_contracts"]["B2"] = "OTHER-1"
    report = read_report(saved(tmp_path, book))
    assert codes(report) == ["SHEET012"]


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("xl/vbaProject.bin", "SHEET002"),
        ("xl/macrosheets/sheet1.xml", "SHEET002"),
        ("xl/externalLinks/externalLink1.xml", "SHEET003"),
        ("xl/connections.xml", "SHEET003"),
        ("xl/queryTables/queryTable1.xml", "SHEET003"),
        ("xl/embeddings/oleObject1.bin", "SHEET004"),
        ("xl/activeX/activeX1.xml", "SHEET004"),
        ("../evil.xml", "FILE016"),
    ],
)
def test_what_a_report_never_holds_is_refused(member: str, code: str, tmp_path: Path) -> None:
    assert code_of(put(tmp_path, with_member(ReportTemplate(FORM).to_bytes(), member, b"<x/>"))) == {code}


def test_a_workbook_of_a_kind_that_holds_macros_is_refused_whatever_its_name(tmp_path: Path) -> None:
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"

    def macro(data: bytes) -> bytes:
        return data.replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind)

    content = with_member(ReportTemplate(FORM).to_bytes(), "[Content_Types].xml", b"", macro)
    assert code_of(put(tmp_path, content)) == {"SHEET002"}


def test_a_document_type_is_refused_before_anything_is_parsed(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert code_of(put(tmp_path, with_member(ReportTemplate(FORM).to_bytes(), "xl/x.xml", bomb))) == {"FILE021"}


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = with_member(ReportTemplate(FORM).to_bytes(), "xl/media/x.xml", b"<x>" + b" " * 160_000_000 + b"</x>")
    path = put(tmp_path, bomb)
    tracemalloc.start()
    found = code_of(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == {"FILE015", "FILE018"}
    assert peak < 40_000_000  # what a file of the most bytes would take; the bomb is 160 million


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "report.xlsx", "FILE012"),
        (b"", "report.xlsx", "FILE011"),
        (b"no zip at all", "report.xlsx", "FILE013"),
        (b"x", "report.xls", "SHEET005"),
        (b"x", "report.xlsm", "SHEET005"),
        (b"x", "report.pdf", "SHEET005"),
        (b"x", "report", "SHEET005"),
        (b"a,b\n1,2\n", "report.csv", "SHEET007"),
        (b"", "report.csv", "SHEET007"),
        (b'Key,Value\n"a', "report.csv", "SHEET007"),
        (b"[1, 2]", "report.json", "SHEET007"),
        (b'{"values": {}}', "report.json", "SHEET007"),
        (b'{"values": {"a": 1, "a": 2}}', "report.json", "SOURCE034"),
    ],
)
def test_what_is_no_report_is_refused_by_name(content: bytes, name: str, code: str, tmp_path: Path) -> None:
    found = code_of(put(tmp_path, content, name))
    assert found == {code} or (name.endswith(".json") and code == "SOURCE034" and len(found) == 1)


def test_a_workbook_that_is_no_report_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Invoices"  # type: ignore[index]
    assert code_of(saved(tmp_path, book)) == {"SHEET007"}


def test_a_word_file_with_the_ending_of_a_workbook_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("[Content_Types].xml", "<Types/>")
    assert code_of(put(tmp_path, out.getvalue())) == {"SHEET001"}


def test_a_sheet_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    content = with_member(
        ReportTemplate(FORM).to_bytes(), "xl/worksheets/sheet2.xml", b"", lambda data: data[: len(data) // 2]
    )
    assert code_of(put(tmp_path, content)) == {"SHEET006"}


def test_no_file_that_was_damaged_makes_it_fail_otherwise_than_by_name(tmp_path: Path) -> None:
    content = ReportTemplate(FORM).to_bytes()
    for place in range(0, len(content), len(content) // 60):
        broken = bytearray(content)
        broken[place] ^= 0xFF
        path = put(tmp_path, bytes(broken))
        with suppress(FEContractsError):
            assert read_report(path).values


def test_a_hundred_thousand_rows_are_bounded_in_time_and_memory_and_named(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>row %d</t></is></c><c r="B%d"><v>%d</v></c></row>'
        % (number, number, number, number, number)
        for number in range(60, 100_060)
    )
    content = with_member(
        ReportTemplate(FORM).to_bytes(),
        "xl/worksheets/sheet2.xml",
        b"",
        lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    path = put(tmp_path, content)
    began = time.perf_counter()
    tracemalloc.start()
    report = read_report(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(report) == ["SHEET010"]
    assert report.values[KEY].value is None
    assert len(report.extra) == 100
    assert peak < 100_000_000
    assert time.perf_counter() - began < 20


# ------------------------------------------------------------------ CSV and JSON


def as_excel_writes(text: str, separator: str, encoding: str) -> bytes:
    lines = text.replace("\r\n", "\n").split("\n")
    import csv

    rows = list(csv.reader(lines))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_with_every_separator(
    encoding: str, separator: str, tmp_path: Path
) -> None:
    story = "Sí, señora – 10 “good” weeks; and more"
    text = filled_bytes(FORM, {**HONEST, "narrative.2": story}, "csv").decode("utf-8-sig")
    report = read_report(put(tmp_path, as_excel_writes(text, separator, encoding), "report.csv"))
    assert report.values["narrative.2"].text == story
    assert taken(FORM, report, HONEST) == {**HONEST, "narrative.2": story}
    assert dict(report.identity) == FORM.identity


def test_a_line_that_names_the_separator_is_no_row(tmp_path: Path) -> None:
    text = filled_bytes(FORM, HONEST, "csv").decode("utf-8-sig")
    content = b"sep=;\r\n" + as_excel_writes(text, ";", "utf-8")
    report = read_report(put(tmp_path, content, "report.csv"))
    assert taken(FORM, report, [KEY]) == {KEY: HONEST[KEY]}
    plain = read_report(put(tmp_path, as_excel_writes(text, ";", "utf-8"), "report.csv"))
    assert report.values[KEY].where.line == plain.values[KEY].where.line + 1


def test_a_key_that_stands_twice_in_a_csv_is_named_and_the_first_counts(tmp_path: Path) -> None:
    text = filled_bytes(FORM, HONEST, "csv") + f"{KEY},,,,99\r\n".encode()
    report = read_report(put(tmp_path, text, "report.csv"))
    assert codes(report) == ["SHEET014"]
    assert taken(FORM, report, [KEY]) == {KEY: HONEST[KEY]}


def test_what_stands_beside_the_columns_of_a_csv_is_kept_apart(tmp_path: Path) -> None:
    text = filled_bytes(FORM, HONEST, "csv") + b"narrative.9,,,,x,aside\r\n,,,,also\r\n"
    report = read_report(put(tmp_path, text, "report.csv"))
    assert [item.text for item in report.extra] == ["aside", "also"]


def test_a_csv_of_more_rows_than_are_read_is_refused(tmp_path: Path) -> None:
    text = filled_bytes(FORM, HONEST, "csv") + b",,,,\r\n" * 100_001
    assert code_of(put(tmp_path, text, "report.csv")) == {"SHEET010"}


def test_a_list_in_json_is_named_and_left_out(tmp_path: Path) -> None:
    text = filled_bytes(FORM, HONEST, "json").replace(f'"{KEY}": 7'.encode(), f'"{KEY}": [7]'.encode())
    report = read_report(put(tmp_path, text, "report.json"))
    assert codes(report) == ["SHEET015"]
    assert KEY not in report.values


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_without_the_rows_that_say_what_it_is_is_read_and_named(kind: str, tmp_path: Path) -> None:
    content = filled_bytes(FORM, HONEST, kind)
    content = (
        re.sub(rb"report\.[a-z]+,[^\r]*\r\n", b"", content) if kind == "csv" else content.replace(b'"identity"', b'"x"')
    )
    report = read_report(put(tmp_path, content, f"report.{kind}"))
    assert codes(report) == ["SHEET016"]
    assert taken(FORM, report, [KEY]) == {KEY: HONEST[KEY]}


def test_a_form_is_told_from_another_by_its_fingerprint_and_not_by_what_came_before() -> None:
    later: ReportForm = form_of("pilot", "R1", "2027-Q2")
    assert later.fingerprint != FORM.fingerprint
    assert form_of("pilot-to-sign", "R1", "2027-Q1").fingerprint == FORM.fingerprint
