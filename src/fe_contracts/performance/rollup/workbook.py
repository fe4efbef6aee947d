"""Write a roll-up as a workbook: a sheet for each question, with filters, frozen headings and a page to print."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from fe_contracts.performance.rollup.rollup import Count, View
from fe_contracts.performance.rollup.sheets import sheets_of
from fe_contracts.performance.writing.workbook import _same_bytes
from fe_contracts.sources.cells import safe_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from fe_contracts.performance.rollup.rollup import RollUp
    from fe_contracts.performance.rollup.sheets import SheetColumn, SheetPlan

__all__ = ["rollup_workbook"]

_INK, _HEAD, _LINE = "FF1C2127", "FF0B4557", "FFD5DBE1"
_FORMATS: Final = {"count": "#,##0", "percent": '0"%"', "date": "yyyy-mm-dd", "hours": "#,##0.0"}
_LEFT_OUT = "*"
_FONT: Final = "Calibri"
_LINE_HIGH: Final = 15
_MOST_LINES: Final = 8
_PAGE_WIDE: Final = 230
"""How many characters of a sheet may stand side by side on one page and still be read."""
_NAME = "What the reports show"


@dataclass(frozen=True, slots=True)
class _Looks:
    """The styles of a workbook, made once: one for each cell would be thousands."""

    head: Font
    fill: PatternFill
    title: Font
    total: Font
    link: Font
    line: Border
    wrap: Alignment
    apart: Alignment
    """Of text that follows a number."""
    right: Alignment


def _looks() -> _Looks:
    return _Looks(
        Font(name=_FONT, bold=True, color="FFFFFFFF"),
        PatternFill("solid", fgColor=_HEAD),
        Font(name=_FONT, bold=True, size=14, color=_INK),
        Font(name=_FONT, bold=True),
        Font(name=_FONT, underline="single", color="FF0A4F9E"),
        Border(bottom=Side("thin", color=_LINE)),
        Alignment(wrap_text=True, vertical="top"),
        Alignment(horizontal="left", wrap_text=True, vertical="top", indent=1),
        Alignment(horizontal="right", vertical="top", wrap_text=True),
    )


def rollup_workbook(found: RollUp) -> bytes:
    """Return the roll-up as an .xlsx file, in the view that it has: the same roll-up gives the same bytes."""
    book = Workbook()
    looks = _looks()
    plans = sheets_of(found)
    first = book.worksheets[0]
    first.title = "Contents"
    for plan in plans:
        _write(found, plan, book.create_sheet(plan.title), looks)
    _contents(found, plans, first, looks)
    stamp = dt.datetime(found.as_of.year, found.as_of.month, found.as_of.day)  # noqa: DTZ001 - no time at all
    properties: Any = book.properties
    properties.title = f"{_NAME}, {found.as_of}"
    properties.creator = properties.lastModifiedBy = ", ".join(found.cities)
    properties.language = "en-US"
    properties.created = properties.modified = stamp
    made = io.BytesIO()
    book.save(made)
    return _same_bytes(made.getvalue(), stamp)


def _said(found: RollUp) -> str:
    """Return for whom the view is."""
    if found.view is View.INTERNAL:
        return "INTERNAL VIEW. NOT FOR PUBLICATION. It holds exact counts, also small ones."
    return (
        f"View to be given to others. {_LEFT_OUT} stands where a count is left out: it is below the number that the "
        "contract sets, or a small count could be worked out from it."
    )


def _contents(found: RollUp, plans: tuple[SheetPlan, ...], sheet: Worksheet, looks: _Looks) -> None:
    """Write the first sheet: what this is, for whom, and what stands on which sheet."""
    cities = ", ".join(found.cities)
    lines: list[tuple[Any, Any]] = [
        (_NAME, looks.title),
        (safe_cell(f"{cities}, as of {found.as_of}" + (" (made-up example)" if found.fictional else "")), None),
        (_said(found), looks.total),
        ("", None),
    ]
    for row, (text, font) in enumerate(lines, start=1):
        _put(sheet, row, 1, text, font)
    row = len(lines) + 1
    for column, head in enumerate(("Sheet", "What it shows", "Rows"), start=1):
        _head(sheet, row, column, head, looks, looks.right if head == "Rows" else looks.wrap)
    for plan in plans:
        row += 1
        cell = _put(sheet, row, 1, plan.title, looks.link)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{plan.title}'!A1")  # within: no link to outside
        cell.font = looks.link
        _put(sheet, row, 2, plan.about).alignment = looks.wrap
        _put(sheet, row, 3, len(plan.rows))
    for place, note in enumerate(found.notes, start=row + 2):
        sheet.merge_cells(start_row=place, start_column=1, end_row=place, end_column=3)
        _put(sheet, place, 1, note).alignment = looks.wrap
        sheet.row_dimensions[place].height = 32
    for letter, width in zip("ABC", (28, 86, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    _page(found, sheet)


def _write(found: RollUp, plan: SheetPlan, sheet: Worksheet, looks: _Looks) -> None:
    """Write one sheet: a line on what it is, the headings, the rows."""
    _put(sheet, 1, 1, plan.about, looks.total)
    top = 3
    places = _places(plan.columns, looks)
    for column, item in enumerate(plan.columns, start=1):
        _head(sheet, top, column, item.title, looks, places[column - 1])
        sheet.column_dimensions[get_column_letter(column)].width = item.width
    sheet.row_dimensions[top].height = _high(plan.columns, [item.title for item in plan.columns])
    for row, values in enumerate(plan.rows, start=top + 1):
        is_total = row - top in plan.totals
        sheet.row_dimensions[row].height = _high(plan.columns, values)
        for column, (item, value) in enumerate(zip(plan.columns, values, strict=True), start=1):
            cell = _put(sheet, row, column, value)
            cell.border = looks.line
            if is_total:
                cell.font = looks.total
            if item.kind in _FORMATS:
                cell.number_format = _FORMATS[item.kind] if not _in_parts(value) else "#,##0.00"
            cell.alignment = places[column - 1]
    last = f"{get_column_letter(len(plan.columns))}{max(top + len(plan.rows), top)}"
    sheet.auto_filter.ref = f"A{top}:{last}"
    sheet.freeze_panes = f"{get_column_letter(plan.frozen + 1)}{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    pages = -(-sum(item.width for item in plan.columns) // _PAGE_WIDE)
    if pages > 1:
        sheet.print_title_cols = f"A:{get_column_letter(plan.frozen)}"
    _page(found, sheet, pages)


def _places(columns: Sequence[SheetColumn], looks: _Looks) -> list[Alignment]:
    """Return how the cells of each column stand: numbers to the right, and text beside them a little apart."""
    numbers = [item.kind in _FORMATS for item in columns]
    return [
        looks.right if is_number else looks.apart if after_number else looks.wrap
        for is_number, after_number in zip(numbers, [False, *numbers], strict=False)
    ]


def _high(columns: Sequence[SheetColumn], values: Sequence[Any]) -> int:
    """Return how high a row must be for its longest text: not every program works that out."""
    lines = (
        -(-len(value) // max(item.width - 2, 1))
        for item, value in zip(columns, values, strict=True)
        if isinstance(value, str)
    )
    return _LINE_HIGH * min(max(lines, default=1) or 1, _MOST_LINES)


def _head(sheet: Worksheet, row: int, column: int, text: str, looks: _Looks, place: Alignment) -> None:
    cell = _put(sheet, row, column, text, looks.head)
    cell.fill = looks.fill
    cell.alignment = place


def _put(sheet: Worksheet, row: int, column: int, value: Any, font: Font | None = None) -> Any:
    """Write one value; text that a spreadsheet would calculate is made harmless, and stays text."""
    if isinstance(value, Count):
        value = _LEFT_OUT if value.hidden else value.value
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _clean(safe_cell(value))
        cell.data_type = "s"
    elif isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    elif value is not None:
        cell.value = value
    if font is not None:
        cell.font = font
    return cell


def _in_parts(value: Any) -> bool:
    """Return whether an amount has cents, or a count is none."""
    return isinstance(value, Decimal) and value != value.to_integral_value() and abs(value.as_tuple().exponent) == 2  # type: ignore[arg-type]  # no amount is NaN


def _clean(text: str) -> str:
    """Return text without what a workbook cannot hold, and no longer than it can."""
    return "".join(mark for mark in text if mark >= " " or mark in "\n\t")[:32_000]


def _page(found: RollUp, sheet: Worksheet, pages: int = 1) -> None:
    """Set the page: landscape letter paper, so many pages as wide as the sheet; the foot says which view it is."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    foot: Any = sheet.oddFooter
    foot.left.text = "Internal. Not for publication." if found.view is View.INTERNAL else "Small counts left out"
    foot.center.text = str(found.as_of)
    foot.right.text = "Page &P of &N"
