"""Read a report that came back as a workbook: find each field by its name, else by its key, else by its heading."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from fe_contracts.exceptions import UnsafeFileError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.forms.filled import CellValue, FilledReport
from fe_contracts.performance.forms.form import IDENTITY
from fe_contracts.performance.forms.keys import key_of, parted
from fe_contracts.performance.reading.beside_cells import beside_cells
from fe_contracts.performance.reading.cells import RawCell, column_letters, read_book
from fe_contracts.performance.reading.finding_fields import added, fields_by_heading, fields_by_key
from fe_contracts.sources.intake import FileWords, Limits, refusal, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.performance.forms.form import FormRow, ReportForm
    from fe_contracts.performance.reading.cells import Book

__all__ = ["read_workbook"]

Place = tuple[str, int, int]
"""A sheet, a row and a column."""

_WORDS: Final = FileWords("Excel", "Excel workbook", ".xlsx", "legacy .xls")
_LIMITS: Final = Limits(
    file_bytes=30_000_000,
    members=1_000,
    part_bytes=64_000_000,
    total_bytes=150_000_000,
    ratio=400,
    ratio_from=1_000_000,
)
_MAIN: Final = "spreadsheetml.sheet.main+xml"
_IDENTITY_SHEET: Final = "fe_contracts"
_PREFIX: Final = "fe_contracts."
_SAVE = "Copy the figures into the file that was given to you, and send that."
_NOTHING: Final = RawCell(None, "")
_WORKBOOK = re.compile(r'PartName="/?([^"]+)"[^>]*ContentType="([^"]+)"|ContentType="([^"]+)"[^>]*PartName="/?([^"]+)"')


def read_workbook(content: bytes, name: str, digest: str, form: ReportForm | None = None) -> FilledReport:
    """Return what a report as a workbook says.

    Raises:
        UnsafeFileError: if it is encrypted, holds macros or links to other files, or is made to do harm.
    """
    _, parts = unpack(content, name, _LIMITS, _WORDS)
    main = _main(name, parts)
    refused = list(_dangers(name, parts))
    if refused:
        raise UnsafeFileError(name, refused)
    book = read_book(name, parts, main)
    problems: list[Finding] = []
    places, gone = _places(book, form, name, problems)
    values = {key: _value(book, name, place) for key, place in places.items()}
    problems += _odd(book, name, places)
    extra = [_cell(book, name, place) for place in added(book, places.values())]
    extra += [CellValue(said, said, Where(name, field=where)) for where, said in beside_cells(parts, book.sheet_of)]
    return FilledReport(
        _identity(book, name, problems) if places else {},
        values,
        tuple(problems),
        name,
        digest,
        "xlsx",
        tuple(extra),
        book.modified,
        frozenset(gone),
    )


def _main(name: str, parts: Mapping[str, bytes]) -> str:
    """Return the name of the main part, or refuse what is no workbook."""
    types = parts.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    for found in _WORKBOOK.finditer(types):
        part, kind = (found[1] or found[4]), (found[2] or found[3])
        if kind.endswith(_MAIN) and part in parts:
            return part
        if "macroEnabled" in kind and "sheet" in kind:
            break
    else:
        said = "The file is no Excel workbook."
        remedy = "Save it as an Excel workbook (.xlsx)."
        raise UnsafeFileError(name, [refusal(name, "SHEET001", "", said, remedy)])
    raise UnsafeFileError(name, [_macros(name, "")])


def _macros(name: str, part: str) -> Finding:
    said = "holds macros." if part else "The file is of a kind that holds macros."
    return refusal(name, "SHEET002", part, said, "Save it as an Excel workbook without macros (.xlsx).")


def _dangers(name: str, parts: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield what a report never holds: macros, links to other files, data connections, embedded objects."""
    for part in sorted(parts):
        lower = part.lower()
        if lower.endswith("vbaproject.bin") or "/macrosheets/" in lower:
            yield _macros(name, part)
        elif "/externallinks/" in lower and lower.endswith(".xml"):
            said = "links to another file or program."
            remedy = "Break the links (Data, Edit Links), or copy the figures into the file that was given to you."
            yield refusal(name, "SHEET003", part, said, remedy)
        elif lower.endswith("/connections.xml") or "/querytables/" in lower:
            yield refusal(name, "SHEET003", part, "fetches data from elsewhere.", _SAVE)
        elif "/embeddings/" in lower or "/activex/" in lower:
            yield refusal(name, "SHEET004", part, "is an embedded object or a control.", _SAVE)


def _places(
    book: Book, form: ReportForm | None, name: str, problems: list[Finding]
) -> tuple[dict[str, Place], list[str]]:
    """Return where each field stands: by name, then by key, then by row and heading; and which stand nowhere."""
    places: dict[str, Place] = {}
    lost: list[str] = []
    for said, place in book.names.items():
        key = key_of(said)
        if key is None:
            continue
        if place is None or place[0] not in book.sheets:
            lost.append(key)
        else:
            places[key] = place
    lost += _follow_keys(book, name, places, problems)
    if form is not None:
        places |= fields_by_heading(book, form, places)
    gone = [key for key in lost if key not in places]
    problems += _gone(gone, form, name)
    return places, gone


def _gone(keys: list[str], form: ReportForm | None, name: str) -> Iterator[Finding]:
    """Yield what the agency fills in and is gone: a part of the report at a time, else a row."""
    if form is not None:
        asked = {item.key for item in form.inputs}
        for section in form.sections:
            wanted = [item.key for item in section.fields if item.key in asked]
            if len({parted(key)[0] for key in wanted}) > 1 and set(wanted) <= set(keys):
                said = f'Everything under "{section.title}" is gone: its sheet, or all of its rows, were deleted.'
                yield Finding("SHEET011", Severity.ERROR, said, Where(name, field=section.title), _SAVE)
                asked -= set(wanted)
        keys = [key for key in keys if key in asked]
    titles = {item.key: f"{row.id} {row.title}".strip() for row in _rows(form) for item in row.fields}
    for row, group in groupby(sorted(keys), key=lambda key: parted(key)[0]):
        several = list(group)
        called = titles.get(several[0], row)
        said = f"The cells of {called} are gone: the row, or a column, was deleted."
        yield Finding("SHEET011", Severity.ERROR, said, Where(name, field=several[0]), _SAVE)


def _rows(form: ReportForm | None) -> Iterator[FormRow]:
    for section in form.sections if form else ():
        yield from section.rows


def _follow_keys(book: Book, name: str, places: dict[str, Place], problems: list[Finding]) -> list[str]:
    """Take each field where its key stands if its name has none, or points elsewhere: keys go along with their rows.

    Return the fields whose names point to cells that belong to others: their own rows are gone.
    """
    moved = []
    by_key = fields_by_key(book)
    for key, found in by_key.items():
        if places.setdefault(key, found[0]) not in found:  # names stay behind when rows are sorted or pasted
            places[key] = found[0]
            moved.append(key)
    taken = {place for found in by_key.values() for place in found}
    lost = [key for key, place in places.items() if key not in by_key and place in taken]
    for key in lost:
        del places[key]
    if moved:
        said = f"The cells of {len(moved)} fields were moved, such as {moved[0]}; they are read where they now stand."
        remedy = "Compare the figures with your own, and leave the rows as they are next time."
        problems.append(Finding("SHEET018", Severity.WARNING, said, Where(name, field=places[moved[0]][0]), remedy))
    return lost


def _value(book: Book, name: str, place: Place) -> CellValue:
    """Return what stands in a field's cell; a cell inside merged ones has what their first cell has."""
    title, row, column = place
    for top, left, bottom, right in book.sheets[title].merged:
        if top <= row <= bottom and left <= column <= right:
            return _cell(book, name, (title, top, left))
    return _cell(book, name, place)


def _cell(book: Book, name: str, place: Place) -> CellValue:
    title, row, column = place
    cell = book.sheets[title].cells.get((row, column), _NOTHING)
    where = Where(name, row, column, f"{title}!{column_letters(column)}{row}")
    return CellValue(cell.value, cell.text, where, cell.formula, book.base_1904)


def _odd(book: Book, name: str, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Yield what is odd about the sheets themselves."""
    for sheet in book.sheets.values():
        if sheet.cut:
            said = f"The sheet {sheet.title!r} holds far more cells than a report; the rest of it is not read."
            yield Finding("SHEET010", Severity.ERROR, said, Where(name, field=sheet.title), _SAVE)
        for top, left, bottom, right in sheet.merged:
            inside = sorted(
                key
                for key, (title, row, column) in places.items()
                if title == sheet.title and top <= row <= bottom and left <= column <= right
            )
            if len(inside) > 1:
                spot = f"{sheet.title}!{column_letters(left)}{top}"
                said = f"The cells of {', '.join(inside[:6])} are merged into one: they all have its value."
                yield Finding("SHEET017", Severity.ERROR, said, Where(name, top, left, spot), "Unmerge the cells.")


def _identity(book: Book, name: str, problems: list[Finding]) -> dict[str, str]:
    """Return what the workbook says it is: on its hidden sheet, and in its properties where that is gone."""
    by_property = {
        said.removeprefix(_PREFIX): value for said, value in book.properties.items() if said.startswith(_PREFIX)
    }
    by_sheet: dict[str, str] = {}
    sheet = book.sheets.get(_IDENTITY_SHEET)
    if sheet is not None:
        for (row, column), cell in sheet.cells.items():
            if column == 1 and cell.text in IDENTITY:
                said = sheet.cells.get((row, 2), _NOTHING).text
                by_sheet[cell.text] = said.removeprefix("'")
    differ = sorted(item for item in by_sheet if by_property.get(item, by_sheet[item]) != by_sheet[item])
    if differ:
        said = f"The workbook says two things of itself ({', '.join(differ)}): sheets of two reports were mixed."
        problems.append(Finding("SHEET012", Severity.ERROR, said, Where(name), _SAVE))
    found = {item: value for item in IDENTITY if (value := by_sheet.get(item, by_property.get(item))) is not None}
    if not found:
        said = "The workbook no longer says which report it is: its sheets were copied into another file."
        problems.append(Finding("SHEET016", Severity.ERROR, said, Where(name), _SAVE))
    return found
