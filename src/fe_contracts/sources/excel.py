"""Read the first sheet of an Excel file as text: no macros, no entities, no formula that was never computed.

Only `tables` imports this module, and only when it meets an Excel file: openpyxl is slow to load.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
import zlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["excel_rows"]

_UNPACKED_LIMIT = 300_000_000
_MEMBER_LIMIT = 2_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # an OLE file: Excel 97, or any Excel file behind a password
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_SAVE = "Save it anew as .xlsx in a spreadsheet program."


def _refused(name: str, code: str, message: str, remedy: str, row: int = 0, column: int = 0) -> SourceError:
    return SourceError(name, [Finding(code, Severity.ERROR, message, Where(name, row, column), remedy)])


def _check_package(content: bytes, name: str) -> None:
    """Raise unless the package is one that is safe to read: sizes, no macros, no document type."""
    if content.startswith(_OLD_OR_LOCKED):
        message = "The file is protected by a password, or in the format of Excel 97."
        raise _refused(name, "SOURCE061", message, "Save it as .xlsx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            problem = _problem_of(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        problem = ("SOURCE061", "This is not an Excel file, or it is damaged.", _SAVE)
    if problem:
        raise _refused(name, *problem)


def _problem_of(package: zipfile.ZipFile) -> tuple[str, str, str] | None:
    """Return code, message and remedy of what makes the package unsafe, or nothing."""
    members = package.infolist()
    if len(members) > _MEMBER_LIMIT or sum(member.file_size for member in members) > _UNPACKED_LIMIT:
        return "SOURCE013", "The file is too large when unpacked.", "Split the table, or save it as CSV."
    for member in members:
        if member.filename.lower().endswith("vbaproject.bin"):
            return "SOURCE061", "The file holds macros.", "Save it as .xlsx without macros."
        # zipfile reads no more than the size that was declared and counted above
        if any(doctype in package.read(member) for doctype in _DOCTYPES):
            return (
                "SOURCE068",
                "The file declares a document type, which no spreadsheet program writes.",
                _SAVE,
            )
    return None


def _text(cell: Any) -> str:
    """Return a cell's value as the user reads it, dates as year-month-day, numbers plain."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            # Excel keeps 15 digits; what lies beyond is noise of binary fractions.
            number = Decimal(f"{value:.15g}") * (100 if "%" in (cell.number_format or "") else 1)
            written = format(number, "f")
            return written.rstrip("0").rstrip(".") if "." in written else written
        case dt.datetime():
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
        case dt.time():
            return value.isoformat(timespec="minutes")
        case _:
            return str(value)


def excel_rows(content: bytes, name: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the first sheet, as text.

    Raises:
        SourceError: if the file is no Excel file, is not safe to read, or holds a formula without a value.
    """
    _check_package(content, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of each feature that it does not keep; nothing is kept here
        try:
            values = _first_sheet(content, data_only=True)
            formulas = _first_sheet(content, data_only=False)
            rows = list(zip(values, formulas, strict=True))
        except Exception as error:  # noqa: BLE001  # openpyxl raises whatever a damaged file makes it stumble over
            message = f"The sheet cannot be read ({type(error).__name__})."
            raise _refused(name, "SOURCE061", message, _SAVE) from None
    for row, (cells, sources) in enumerate(rows, start=1):
        for column, (cell, source) in enumerate(zip(cells, sources, strict=True), start=1):
            if source.data_type == "f" and cell.value is None:
                message = "A formula stands here whose value was never computed."
                raise _refused(
                    name,
                    "SOURCE069",
                    message,
                    "Open and save the file in a spreadsheet program.",
                    row,
                    column,
                )
            if cell.data_type == "e":
                message = f"The formula here ends in an error: {cell.value}."
                raise _refused(name, "SOURCE069", message, "Correct the formula.", row, column)
        yield [_text(cell) for cell in cells]


def _first_sheet(content: bytes, *, data_only: bool) -> list[Any]:
    """Return the rows of cells of the workbook's first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    try:
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # the size a file claims for its sheet is often wrong
        return list(sheet.iter_rows())
    finally:
        book.close()
