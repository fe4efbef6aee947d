"""Write one part of a form as one sheet: what it is for, its tables, and what the contract says of each row."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from fe_contracts.performance.forms.form import FieldKind, FieldRole, FormSection, SectionKind
from fe_contracts.performance.forms.keys import FIXED, HEADINGS, ITSELF, is_key, parted
from fe_contracts.performance.writing.formulas import formula_text
from fe_contracts.performance.writing.looks import (
    HEIGHTS,
    LINE,
    PAGE_WIDTH,
    STYLE,
    field_look,
    height_of,
    put,
    width_of,
)
from fe_contracts.performance.writing.rules import add_marks, add_rules
from fe_contracts.sources.cells import safe_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from fe_contracts.performance.forms.form import FormField, FormRow, ReportForm, Value

__all__ = ["FILL_IN", "IF_NEEDED", "mark_fixed", "tables_of", "write_section"]

FILL_IN = "(fill in)"
IF_NEEDED = "(if needed)"
"""What stands in the heading of a column that the agency fills, always or where there is something to say."""

_KEYS, _ID, _TITLE, _FIRST = 1, 2, 3, 4
"""The columns: hidden keys, the short name, what the row is about, the first field."""
_WORDS = {SectionKind.NARRATIVE, SectionKind.CERTIFICATION}
_ROOM = 96
"""How tall a row for an answer in words is, in points."""


class _Sheet:
    """The sheet as far as it is written."""

    def __init__(self, form: ReportForm, section: FormSection, sheet: Worksheet) -> None:
        self.form, self.section, self.sheet = form, section, sheet
        self.row = 1
        self.places: dict[str, str] = {}
        self.heads: list[tuple[int, int, int]] = []
        """The row of each table's headings, its last row and its last column."""
        self.widths: dict[int, int] = {}

    def say(self, text: str, look: str = "body") -> None:
        """Write text beside the tables, in as many lines as it needs; no cells are merged."""
        for line in textwrap.wrap(text, PAGE_WIDTH) or [""]:
            put(self.sheet.cell(self.row, _ID), safe_cell(line), STYLE[look])
            self.sheet.row_dimensions[self.row].height = HEIGHTS.get(look, LINE)
            self.row += 1

    def widen(self, column: int, width: int) -> None:
        self.widths[column] = max(self.widths.get(column, 0), width)

    def table(self, rows: list[FormRow]) -> None:
        """Write rows under one line of headings, with the keys of both in a hidden row and column."""
        columns = _columns(rows)
        keys, self.row = self.row, self.row + 1
        head, self.row = self.row, self.row + 1
        self.sheet.row_dimensions[keys].hidden = True
        is_words = self.section.kind in _WORDS
        for place in (keys, head):
            put(self.sheet.cell(place, _KEYS), HEADINGS, STYLE["hidden"])
        put(self.sheet.cell(head, _ID), "No.", STYLE["head"])
        put(self.sheet.cell(head, _TITLE), "What is asked" if is_words else self.section.title, STYLE["head"])
        for place, name in enumerate(columns, start=_FIRST):
            fields = [item for row in rows for item in row.fields if item.column == name]
            column = ITSELF if is_words else parted(fields[0].key)[1]
            put(self.sheet.cell(keys, place), column, STYLE["hidden"])
            put(self.sheet.cell(head, place), f"{name}\n{_sign(fields)}".rstrip(), STYLE["head"])
            self.widen(place, 92 if is_words else width_of(fields))
        tallest = max(
            height_of(f"{name}\n{FILL_IN}", self.widths[place] - 1) for place, name in enumerate(columns, start=_FIRST)
        )
        self.sheet.row_dimensions[head].height = tallest
        for row in rows:
            self.line(row, columns)
        self.heads.append((head, self.row - 1, _FIRST + len(columns) - 1))

    def line(self, row: FormRow, columns: list[str]) -> None:
        """Write one row of a table."""
        look = STYLE["total" if row.is_total else "label"]
        is_words = self.section.kind in _WORDS
        put(self.sheet.cell(self.row, _KEYS), parted(row.fields[0].key)[0], STYLE["hidden"])
        shown = row.id if not is_words or row.id.isdigit() else ""
        put(self.sheet.cell(self.row, _ID), safe_cell(shown), look)
        note = f"\n{row.fields[0].help}" if is_words and row.fields[0].help else ""
        put(self.sheet.cell(self.row, _TITLE), safe_cell(row.title + note), look)
        by_column = {item.column: item for item in row.fields}
        for place, name in enumerate(columns, start=_FIRST):
            item = by_column.get(name)
            if item is None:
                put(self.sheet.cell(self.row, place), None, look)
            else:
                self.places[item.key] = f"{get_column_letter(place)}{self.row}"
                put(self.sheet.cell(self.row, place), None, field_look(item, is_total=row.is_total))
        self.sheet.row_dimensions[self.row].height = self.room(row, note)
        self.row += 1

    def room(self, row: FormRow, note: str) -> float:
        """Return how tall a row is: for what stands in it, and for what will be written."""
        if self.section.kind in _WORDS:
            least = _ROOM if self.section.kind is SectionKind.NARRATIVE else 0
            return max(least, height_of(row.title + note, 48))
        written = any(item.is_input and item.kind is FieldKind.TEXT for item in row.fields)
        given = [
            height_of(item.value, self.widths[place] - 1)
            for item in row.fields
            for place, name in enumerate(_columns([row]), start=_FIRST)
            if name == item.column and isinstance(item.value, str) and place in self.widths
        ]
        return max(2 * LINE + 3 if written else LINE + 3, height_of(row.title, 28), *given)

    def fill(self) -> None:
        """Write what the contract gives and what follows from other cells, once every cell has its place."""
        for item in self.section.fields:
            cell = self.sheet[self.places[item.key]]
            if item.role is FieldRole.COMPUTED and item.formula is not None:
                cell.value = formula_text(item.formula, self.places)
            elif item.role is FieldRole.GIVEN:
                put(cell, _shown(item), {})

    def facts(self) -> None:
        """Write what the contract says of each row, below the table that is filled in."""
        rows = [row for row in self.section.rows if row.facts]
        if not rows:
            return
        self.row += 1
        self.say("What the contract says", "heading")
        names = list(dict.fromkeys(name for row in rows for name, _ in row.facts))
        for row in rows:
            put(self.sheet.cell(self.row, _ID), safe_cell(row.id), STYLE["strong_line"])
            put(self.sheet.cell(self.row, _TITLE), safe_cell(row.title), STYLE["strong_line"])
            self.row += 1
            said = dict(row.facts)
            for name in names:
                if name in said:
                    put(self.sheet.cell(self.row, _TITLE), name, STYLE["wrapped"])
                    for line in textwrap.wrap(said[name], PAGE_WIDTH - 40) or [""]:
                        put(self.sheet.cell(self.row, _FIRST), safe_cell(line), STYLE["body"])
                        self.row += 1


def _sign(fields: list[FormField]) -> str:
    """Return what the heading of a column says of who fills it."""
    if not any(item.is_input for item in fields):
        return ""
    return FILL_IN if any(item.required for item in fields) else IF_NEEDED


def _columns(rows: list[FormRow]) -> list[str]:
    """Return the headings of a table, in the order in which the rows have them."""
    longest = max(rows, key=lambda row: len(row.fields))
    names = [item.column for item in longest.fields]
    names += [item.column for row in rows for item in row.fields if item.column not in names]
    return list(dict.fromkeys(names))


def _shown(item: FormField) -> Value | float:
    """Return a given value as a cell holds it."""
    value = item.value
    if value is None:
        return "none set" if item.kind.is_number else ""
    if item.kind.value == "percent" and isinstance(value, int) | hasattr(value, "as_tuple"):
        return float(value) / 100  # type: ignore[arg-type]  # a number, as just asked
    return safe_cell(value) if isinstance(value, str) else value


def write_section(form: ReportForm, section: FormSection, sheet: Worksheet) -> dict[str, str]:
    """Write one part of a form into an empty sheet and return the cell of each field, by key."""
    made = _Sheet(form, section, sheet)
    made.say(f"{form.report}, {form.period.label}: {form.agency}", "overline")
    made.say(section.title, "title")
    if section.kind is SectionKind.CERTIFICATION:
        made.say(section.intro[0])
        _words(made)
    else:
        for text in section.intro:
            made.say(text)
    for name, rows in groupby(section.rows, key=lambda row: row.table):
        made.row += 1
        if name:
            made.say(name, "heading")
        made.table(list(rows))
    made.fill()
    made.facts()
    _finish(made)
    return made.places


def _words(made: _Sheet) -> None:
    """Write the words that are certified, each with the place where it stands."""
    for item in made.form.certifications:
        made.row += 1
        put(made.sheet.cell(made.row, _TITLE), item.label, STYLE["strong"])
        put(made.sheet.cell(made.row, _FIRST), safe_cell(item.text), STYLE["words"])
        made.sheet.row_dimensions[made.row].height = height_of(item.text, 100) + 6
        made.row += 1
        put(made.sheet.cell(made.row, _FIRST), safe_cell(f"From: {item.source}"), STYLE["body"])
        made.row += 1


def mark_fixed(sheet: Worksheet) -> None:
    """Mark every row of text as a part of the form, so that what is written elsewhere is seen as added."""
    for row in range(1, sheet.max_row + 1):
        cell = sheet.cell(row, _KEYS)
        said = any(sheet.cell(row, column).value is not None for column in range(_ID, _FIRST + 1))
        if cell.value is None and said:
            put(cell, FIXED, STYLE["hidden"])
    sheet.column_dimensions[get_column_letter(_KEYS)].hidden = True


def tables_of(sheet: Worksheet) -> list[tuple[str, str]]:
    """Return the first and the last cell of each table with fields, from its headings on."""
    marks = [sheet.cell(row, _KEYS).value for row in range(1, sheet.max_row + 1)]
    found = []
    for head, mark in enumerate(marks, start=1):
        if mark != HEADINGS or sheet.cell(head, _ID).value is None:
            continue
        last = head
        while last < len(marks) and is_key(str(marks[last])):
            last += 1
        filled = [column for column in range(_ID, sheet.max_column + 1) if sheet.cell(head, column).value is not None]
        found.append((f"{get_column_letter(_ID)}{head}", f"{get_column_letter(max(filled))}{last}"))
    return found


def _finish(made: _Sheet) -> None:
    """Set the widths, the rules, what stays in sight, and how it prints."""
    sheet, section = made.sheet, made.section
    mark_fixed(sheet)
    fields = list(section.fields)
    add_rules(sheet, fields, made.places)
    add_marks(sheet, made.form, fields, made.places)
    sheet.column_dimensions[get_column_letter(_ID)].width = 6 if section.kind in _WORDS else _id_width(section)
    sheet.column_dimensions[get_column_letter(_TITLE)].width = 50 if section.kind in _WORDS else 30
    for column, width in made.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    head = made.heads[0][0]
    if len(made.heads) == 1 and section.kind is not SectionKind.CERTIFICATION:
        sheet.freeze_panes = f"{get_column_letter(_FIRST)}{head + 1}"
        sheet.print_title_rows = f"{head}:{head}"
    last = max(column for _, _, column in made.heads)
    sheet.print_area = f"B1:{get_column_letter(last)}{made.row}"


def _id_width(section: FormSection) -> int:
    return min(max(6, *(len(row.id) + 3 for row in section.rows)), 16)
