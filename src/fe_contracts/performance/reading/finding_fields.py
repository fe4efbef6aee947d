"""Find the fields of a report in a workbook that people have worked on: renamed sheets, rows and columns put in."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from fe_contracts.performance.forms.keys import FIXED, HEADINGS, ITSELF, is_key, joined, parted
from fe_contracts.performance.forms.personal import is_grave

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from fe_contracts.performance.forms.form import ReportForm
    from fe_contracts.performance.reading.cells import Book, Sheet

__all__ = ["added", "fields_by_heading", "fields_by_key"]

Place = tuple[str, int, int]

_COLUMN_KEY = re.compile(r"[a-z_]{2,20}|\*")
_IDENTITY_SHEET: Final = "fe_contracts"
_MOST: Final = 100
_SIGN = re.compile(r"\((?:fill in|if needed)\)$")
"""What the heading of a column says of who fills it."""
_TEXT_COLUMNS: Final = 3
"""How many columns beside the keys the form's own text uses."""


def _key_column(sheet: Sheet) -> int | None:
    """Return the column in which the keys of the rows stand."""
    count = Counter(column for (_, column), cell in sheet.cells.items() if is_key(cell.text))
    return min(count, key=lambda column: (-count[column], column)) if count else None


def _tables(sheet: Sheet, keys: int) -> Iterator[tuple[int, str, dict[int, str]]]:
    """Yield each row that has a key: its number, its key, and the key of each column of its table."""
    columns: dict[int, str] = {}
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        by_row.setdefault(row, {})[column] = cell.text
    for row in sorted(by_row):
        cells = dict(by_row[row])
        key = cells.pop(keys, "")
        if key == HEADINGS and cells and all(_COLUMN_KEY.fullmatch(text) for text in cells.values()):
            columns = cells
        elif is_key(key):
            yield row, key, columns


def fields_by_key(book: Book) -> dict[str, list[Place]]:
    """Return where each field stands by the keys of rows and columns that nobody sees; twice if a sheet was copied."""
    found: dict[str, list[Place]] = {}
    for sheet in book.sheets.values():
        keys = _key_column(sheet)
        if keys is None or sheet.title == _IDENTITY_SHEET:
            continue
        for row, key, columns in _tables(sheet, keys):
            for column, name in columns.items():
                found.setdefault(joined(key, name), []).append((sheet.title, row, column))
    return found


def fields_by_heading(book: Book, form: ReportForm, known: Collection[str]) -> dict[str, Place]:
    """Return where fields stand that have lost name and key: below their heading, beside what their row is about."""
    found: dict[str, Place] = {}
    for section in form.sections:
        wanted = [item for item in section.fields if item.key not in known and parted(item.key)[1] != ITSELF]
        often = Counter(row.title for row in section.rows)  # two rows of one title cannot be told apart by it
        rows = {parted(row.fields[0].key)[0]: row.title for row in section.rows if often[row.title] == 1}
        for sheet in book.sheets.values() if wanted else ():
            heads = _headings(sheet, {item.column for item in section.fields})
            if heads:
                found |= _below(sheet, heads, [(item.key, item.column) for item in wanted], rows)
                break
    return found | _beside_questions(book, form, known)


def _beside_questions(book: Book, form: ReportForm, known: Collection[str]) -> dict[str, Place]:
    """Return where answers in words stand that have lost name and key: in the cell beside the question."""
    wanted = {
        row.title.strip(): row.fields[0].key
        for section in form.sections
        for row in section.rows
        if parted(row.fields[0].key)[1] == ITSELF and row.fields[0].key not in known
    }
    found: dict[str, Place] = {}
    for sheet in book.sheets.values() if wanted else ():
        for (row, column), cell in sorted(sheet.cells.items()):
            key = wanted.get(cell.text.partition("\n")[0].strip())
            if key is not None:
                found.setdefault(key, (sheet.title, row, column + 1))
    return found


def _headings(sheet: Sheet, columns: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return the row and column of each heading, if the sheet has most of a table's headings in one row."""
    by_row: dict[int, dict[str, tuple[int, int]]] = {}
    for (row, column), cell in sheet.cells.items():
        head = _SIGN.sub("", cell.text).strip()
        if head in columns:
            by_row.setdefault(row, {}).setdefault(head, (row, column))
    best = max(by_row.values(), key=len, default={})
    return best if len(best) * 2 > len(columns) else {}


def _below(
    sheet: Sheet, heads: Mapping[str, tuple[int, int]], wanted: list[tuple[str, str]], rows: Mapping[str, str]
) -> dict[str, Place]:
    """Return the cells below the headings in the rows that begin with the titles that are meant."""
    top = next(iter(heads.values()))[0]
    lines: dict[str, int] = {}
    for (row, _), cell in sorted(sheet.cells.items()):
        if row > top:
            lines.setdefault(cell.text.strip(), row)
    found = {}
    for key, column in wanted:
        title = rows.get(parted(key)[0])
        if column in heads and title in lines:
            found[key] = (sheet.title, lines[title], heads[column][1])
    return found


def added(book: Book, places: Iterable[Place]) -> list[Place]:
    """Return the cells that hold something and are no part of the form; at most a hundred.

    Besides, those that point to a person: beyond the hundred, and where the form's own text should stand.
    """
    known = set(places)
    found: list[Place] = []
    grave: list[Place] = []
    for sheet in book.sheets.values():
        if sheet.title == _IDENTITY_SHEET:
            continue
        marks = _marks(sheet)
        for row, column in sorted(sheet.cells):
            place = (sheet.title, row, column)
            text = sheet.cells[row, column].text
            if not text or place in known:
                continue
            if not _is_ours(marks, row, column) and len(found) < _MOST:
                found.append(place)
            elif len(grave) < _MOST and is_grave(text):
                grave.append(place)
    return found + grave


def _marks(sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    """Return the column that marks the rows of the form, and the mark of each row; None where the sheet has none."""
    count = Counter(
        column for (_, column), cell in sheet.cells.items() if cell.text in {FIXED, HEADINGS} or is_key(cell.text)
    )
    if not count:
        return None
    keys = min(count, key=lambda column: (-count[column], column))
    return keys, {row: cell.text for (row, column), cell in sheet.cells.items() if column == keys}


def _is_ours(marks: tuple[int, dict[int, str]] | None, row: int, column: int) -> bool:
    """Return whether a cell is a part of the form's own text."""
    if marks is None:
        return False
    keys, by_row = marks
    mark = by_row.get(row, "")
    if mark == HEADINGS:
        return True
    if mark != FIXED and not is_key(mark):
        return False
    return 0 <= column - keys <= (_TEXT_COLUMNS if mark == FIXED else _TEXT_COLUMNS - 1)
