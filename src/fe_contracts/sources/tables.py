"""Read tables, CSV or Excel, as rows of text under headings, with the row numbers that the user sees."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.sources.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["TableRow", "read_table"]

TABLE_LIMIT = 50_000_000
"""The most bytes a table may have."""

MAX_ROWS = 100_000
MAX_COLUMNS = 1_000

_PROBLEMS_SHOWN = 50


@dataclass(frozen=True)
class TableRow:
    """One row of a table, as text under its headings."""

    table: str
    """What the table's file is called in messages."""
    number: int
    """The row's number as a spreadsheet program shows it; the headings are row 1."""
    cells: Mapping[str, str]
    """What stands under each heading; empty where nothing does."""
    columns: Mapping[str, int] = field(default_factory=dict, repr=False)
    """The place of each heading, from 1."""

    def where(self, heading: str = "") -> Where:
        """Return the place of the row, or of its cell under the heading."""
        return Where(self.table, self.number, self.columns.get(heading, 0), heading)


def read_table(path: Path | str) -> tuple[TableRow, ...]:
    """Return the rows of a CSV or Excel file that hold anything.

    CSV may be in UTF-8, UTF-16 or Windows-1252 and use commas, semicolons or tabs. Of an Excel file the first
    sheet is read, and of its formulas the values last computed.

    Raises:
        SourceError: with every problem found: headings given twice or missing, cells without a heading,
            formulas that were never computed, a file that is no table or holds macros.
    """
    name, suffix = str(path), Path(path).suffix.lower()
    if suffix in {".csv", ".tsv", ".txt"}:
        rows: Iterable[list[str]] = _csv_rows(read_bytes(path, limit=TABLE_LIMIT), name)
    elif suffix == ".xlsx":
        from fe_contracts.sources.excel import excel_rows  # openpyxl is heavy, and few commands read Excel

        rows = excel_rows(read_bytes(path, limit=TABLE_LIMIT), name)
    elif suffix in {".xlsm", ".xlsb", ".xls", ".ods", ".numbers"}:
        read_bytes(path, limit=TABLE_LIMIT)  # a missing file is the better message
        why = "may hold macros and is" if suffix == ".xlsm" else "is"
        raise refused(name, "SOURCE061", f"A {suffix} file {why} not read.", "Save it as .xlsx or as CSV (UTF-8).")
    else:
        read_bytes(path, limit=TABLE_LIMIT)
        message = f"A table named {suffix or 'without an ending'} is not read here."
        raise refused(name, "SOURCE061", message, "Give a file that ends in .csv or .xlsx.")
    return _under_headings(rows, name)


def refused(name: str, code: str, message: str, remedy: str, row: int = 0, column: int = 0) -> SourceError:
    """Return the error for one problem of the table."""
    return SourceError(name, [Finding(code, Severity.ERROR, message, Where(name, row, column), remedy)])


def _csv_text(content: bytes, name: str) -> str:
    """Return the text in whichever of the usual encodings it is."""
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise refused(
        name,
        "SOURCE015",
        "The encoding of this table is not known.",
        "Save it as 'CSV UTF-8' in the spreadsheet program.",
    )


def _csv_rows(content: bytes, name: str) -> Iterable[list[str]]:
    """Yield the cells of each row, with the separator that the headings use most."""
    text = _csv_text(content, name)
    headings = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t", key=headings.count)
    number = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            number += 1
            yield row
    except csv.Error:
        message = "A quotation mark in or after this row is not closed, or text stands after a closing one."
        remedy = 'Inside quotation marks write a quotation mark twice: "".'
        raise refused(name, "SOURCE062", message, remedy, number + 1) from None


class _Table:
    """Gather rows under the headings of the first one, and every reason why that cannot be."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.headings: list[str] = []
        self.columns: dict[str, int] = {}
        self.rows: list[TableRow] = []
        self.problems: list[Finding] = []

    def problem(self, code: str, place: tuple[int, int], message: str, remedy: str) -> None:
        self.problems.append(Finding(code, Severity.ERROR, message, Where(self.name, *place), remedy))

    def head(self, cells: list[str]) -> None:
        if not any(cells):
            remedy = "Name a field in each column, such as agency.legal_name."
            raise refused(self.name, "SOURCE064", "The first row holds no headings.", remedy, 1)
        self.headings = cells
        for place, heading in enumerate(cells, start=1):
            if heading in self.columns:
                message = f"The heading {heading!r} stands twice (first in column {self.columns[heading]})."
                self.problem("SOURCE065", (1, place), message, "Keep one of them.")
            elif heading:
                self.columns[heading] = place

    def add(self, number: int, cells: list[str]) -> None:
        for place, cell in enumerate(cells, start=1):
            if cell and (place > len(self.headings) or not self.headings[place - 1]):
                message = f"{cell[:40]!r} stands in a column without a heading."
                self.problem("SOURCE066", (number, place), message, "Give the column a heading, or empty it.")
        if any(cells):
            padded = cells + [""] * (len(self.headings) - len(cells))
            texts = {heading: padded[place - 1] for heading, place in self.columns.items()}
            self.rows.append(TableRow(self.name, number, texts, self.columns))


def _under_headings(rows: Iterable[list[str]], name: str) -> tuple[TableRow, ...]:
    """Return the rows as cells under headings.

    Raises:
        SourceError: with every reason why that cannot be.
    """
    table = _Table(name)
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            message = f"The table has more than {MAX_ROWS:,} rows or {MAX_COLUMNS:,} columns."
            raise refused(name, "SOURCE063", message, "Split it.", number)
        cells = [cell.strip() for cell in row]
        if number == 1:
            table.head(cells)
        else:
            table.add(number, cells)
        if len(table.problems) > _PROBLEMS_SHOWN:
            break
    if not table.headings:
        remedy = "Write headings in its first row and data below."
        raise refused(name, "SOURCE014", "The table is empty.", remedy)
    if not table.rows and not table.problems:
        remedy = "Write one row for each contract."
        table.problem("SOURCE067", (1, 0), "The table has headings but no rows.", remedy)
    if table.problems:
        raise SourceError(name, table.problems)
    return tuple(table.rows)
