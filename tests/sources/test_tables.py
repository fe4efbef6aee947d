"""Tables as spreadsheet programs leave them: encodings, separators, Excel, and what is no table."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Where
from fe_contracts.sources.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.findings import Finding

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def problems_of(file: Path) -> tuple[Finding, ...]:
    with pytest.raises(SourceError) as caught:
        read_table(file)
    assert all(problem.remedy for problem in caught.value.problems), "every problem says what to do"
    return caught.value.problems


def csv_file(folder: Path, content: bytes | str) -> Path:
    file = folder / "table.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def excel_file(folder: Path, rows: list[list[Any]], name: str = "table.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_is_read_in_the_usual_encodings_and_separators(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    text = end.join([f"agency.legal_name{separator}total_amount", f"Émile’s House{separator}150000.10", ""])
    (row,) = read_table(csv_file(tmp_path, text.encode(encoding)))
    assert row.cells == {"agency.legal_name": "Émile’s House", "total_amount": "150000.10"}
    assert row.number == 2


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    file = csv_file(tmp_path, 'a,b\n1,"two\nlines"\n\n ,\n3\n')
    rows = read_table(file)
    assert [(row.number, dict(row.cells)) for row in rows] == [
        (2, {"a": "1", "b": "two\nlines"}),
        (5, {"a": "3", "b": ""}),
    ]
    assert rows[1].where("b") == Where(str(file), 5, 2, "b")
    assert rows[1].where() == Where(str(file), 5, 0, "")


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        ("", "SOURCE014", 0, 0),
        ("\na,b\n", "SOURCE064", 1, 0),
        (",,\n1,2,3\n", "SOURCE064", 1, 0),
        ("a,b\n", "SOURCE067", 1, 0),
        ("a,b,a\n1,2,3\n", "SOURCE065", 1, 3),
        ("a,,c\n1,2,3\n", "SOURCE066", 2, 2),
        ("a,b\n1,2\n1,2,3\n", "SOURCE066", 3, 3),
        ('a,b\n1,"never closed\n', "SOURCE062", 2, 0),
        ('a,b\n1,"x" y\n', "SOURCE062", 2, 0),
        (b"a,b\n1,\x81\x00\n", "SOURCE015", 0, 0),
        ("a\n" + "1\n" * 100_001, "SOURCE063", 100_001, 0),
        (",".join(f"c{number}" for number in range(1_001)) + "\n", "SOURCE063", 1, 0),
    ],
    ids=[
        "empty", "blank first row", "no headings", "no rows", "heading twice", "cell without heading",
        "cell beyond the headings", "open quote", "text after quote", "no text", "too many rows", "too many columns",
    ],
)  # fmt: skip
def test_what_is_no_table_is_said_with_row_and_column(
    tmp_path: Path, content: bytes | str, code: str, line: int, column: int
) -> None:
    (problem,) = problems_of(csv_file(tmp_path, content))
    assert (problem.code, problem.where.line, problem.where.column) == (code, line, column)


def test_all_problems_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    found = problems_of(csv_file(tmp_path, "a,a,\n1,2,x\n1,2,y\n"))
    assert [(problem.code, problem.where.line) for problem in found] == [
        ("SOURCE065", 1),
        ("SOURCE066", 2),
        ("SOURCE066", 3),
    ]


def test_a_table_of_more_than_50_megabytes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    with file.open("wb") as stream:
        stream.truncate(50_000_001)
    assert problems_of(file)[0].code == "SOURCE013"


@pytest.mark.parametrize("name", ["t.xlsm", "t.xls", "t.ods", "t.docx", "t"])
def test_other_tables_are_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert problems_of(tmp_path / name)[0].code == "SOURCE061"
    assert problems_of(tmp_path / f"missing-{name}")[0].code == "SOURCE010"


def test_excel_cells_become_the_text_the_user_sees(tmp_path: Path) -> None:
    file = excel_file(
        tmp_path,
        [
            ["text", "whole", "money", "sum", "day", "moment", "hour", "yes", "share", "empty"],
            ["00501", 42, 150000.1, 0.1 + 0.2, dt.date(2027, 1, 31), dt.datetime.fromisoformat("2027-01-31T09:30"),
             dt.time(9, 30), True, 0.3, None],
        ],
    )  # fmt: skip
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["I2"].number_format = "0%"
    book.save(file)
    (row,) = read_table(file)
    assert list(row.cells.values()) == [
        "00501", "42", "150000.1", "0.3", "2027-01-31", "2027-01-31 09:30", "09:30", "true", "30", "",
    ]  # fmt: skip


def test_excel_and_csv_give_the_same_rows(tmp_path: Path) -> None:
    cells: list[list[Any]] = [["a", "b"], ["x & y <z>", "שלום 🏠"], [None, None], ["3", None]]
    text = "\n".join(",".join(cell or "" for cell in row) for row in cells)
    excel, csv = read_table(excel_file(tmp_path, cells)), read_table(csv_file(tmp_path, text))
    assert [(row.number, row.cells) for row in excel] == [(row.number, row.cells) for row in csv]


def test_a_formula_that_was_never_computed_is_refused_at_its_cell(tmp_path: Path) -> None:
    (problem,) = problems_of(excel_file(tmp_path, [["a", "b"], [1, "=A2*2"]]))
    assert (problem.code, problem.where.line, problem.where.column) == ("SOURCE069", 2, 2)


def test_a_cell_that_shows_an_error_is_refused_at_its_cell(tmp_path: Path) -> None:
    file = excel_file(tmp_path, [["a", "b"], [1, "#REF!"]])
    (problem,) = problems_of(file)
    assert (problem.code, problem.where.line, problem.where.column) == ("SOURCE069", 2, 2)


def add_member(file: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(name, content)
    return file


def test_excel_files_with_macros_or_entities_are_refused(tmp_path: Path) -> None:
    macros = add_member(excel_file(tmp_path, [["a"], [1]], "m.xlsx"), "xl/vbaProject.bin", b"x")
    assert "macros" in problems_of(macros)[0].message
    for encoding in ("utf-8", "utf-16"):
        part = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode(encoding)
        bomb = add_member(excel_file(tmp_path, [["a"], [1]], f"{encoding}.xlsx"), "xl/extra.xml", part)
        assert problems_of(bomb)[0].code == "SOURCE068"


def test_an_excel_file_that_unpacks_to_more_than_it_may_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        for number in range(4):
            package.writestr(f"xl/{number}.xml", b" " * 80_000_000)
    assert problems_of(file)[0].code == "SOURCE013"


@pytest.mark.parametrize(
    "content",
    [b"", b"not a package", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked"],
    ids=["empty", "text", "broken", "locked"],
)
def test_what_is_no_excel_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "table.xlsx"
    file.write_bytes(content)
    assert problems_of(file)[0].code == "SOURCE061"


def test_a_package_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "table.xlsx"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
    file.write_bytes(buffer.getvalue())
    assert problems_of(file)[0].code == "SOURCE061"


def test_an_empty_sheet_is_an_empty_table(tmp_path: Path) -> None:
    assert problems_of(excel_file(tmp_path, []))[0].code == "SOURCE014"
