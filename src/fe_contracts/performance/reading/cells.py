"""Read the cells of a workbook from outside: values and formulas as they stand, nothing calculated, nothing followed.

The parts have been unpacked and found safe before; here their XML is read, no further than a report can reach.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from fe_contracts.performance.reading.limits import (
    ALL_ELEMENTS,
    MAX_CELLS,
    MAX_MARKS,
    MAX_MERGED,
    MAX_ROWS,
    MAX_STRING_MARKS,
    SHEET_ELEMENTS,
    broken,
    refuse_more_than,
)
from fe_contracts.performance.reading.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.performance.forms.form import Value

__all__ = ["Book", "RawCell", "Sheet", "column_letters", "read_book"]

_LONGEST: Final = 40_000

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NAME_AT = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?$")
_BASE: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a calendar, at no place
_BASE_1904: Final = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY: Final = 2_900_000


@dataclass(frozen=True, slots=True)
class RawCell:
    """What stands in a cell."""

    value: Value
    text: str
    formula: str = ""


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet that hold something, by row and column from 1."""

    title: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row and last column of merged cells."""
    cut: bool = False
    """Whether it has more cells than are read."""


@dataclass(slots=True)
class Book:
    """A workbook: its sheets, what is named in it, and its properties."""

    sheets: dict[str, Sheet]
    names: dict[str, tuple[str, int, int] | None]
    """Where each name points: sheet, row and column; None where that is gone."""
    properties: dict[str, str]
    base_1904: bool
    modified: dt.datetime | None
    sheet_of: dict[str, str] = field(default_factory=dict)
    """The title of the sheet to which a part beside it belongs, such as its notes."""


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _root(name: str, parts: Mapping[str, bytes], part: str) -> ET.Element:
    if part in parts:
        refuse_more_than(MAX_MARKS, name, part, parts[part])
    try:
        return ET.fromstring(parts[part])  # noqa: S314 - no part with a DOCTYPE comes here
    except (ET.ParseError, LookupError, ValueError) as error:
        raise broken(name, part, error) from None


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = part.split("/")[:-1]
    for step in target.split("/"):
        steps = steps[:-1] if step == ".." else [*steps, step] if step != "." else steps
    return "/".join(steps)


def _targets(name: str, parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Return the parts that a part points at, by the id of the relationship and by the end of its type."""
    folder, _, leaf = part.rpartition("/")
    rels = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
    if rels not in parts:
        return {}
    found = {}
    for item in _root(name, parts, rels).iterfind("{*}Relationship"):
        if item.get("TargetMode") != "External":
            target = _resolve(part, item.get("Target", ""))
            found[item.get("Id", "")] = target
            found.setdefault(f"/{item.get('Type', '').rpartition('/')[2]}", target)
    return found


def read_book(name: str, parts: Mapping[str, bytes], main: str) -> Book:
    """Return the workbook whose main part is `main`.

    Raises:
        UnsafeFileError: if a part that is needed is missing or no XML.
    """
    root = _root(name, parts, main)
    targets = _targets(name, parts, main)
    pr = root.find("{*}workbookPr")
    base_1904 = pr is not None and pr.get("date1904") in {"1", "true"}
    strings = _strings(name, parts, targets.get("/sharedStrings", ""))
    styles_part = targets.get("/styles", "")
    styles = Styles(_root(name, parts, styles_part) if styles_part in parts else None)
    reader = _SheetReader(name, strings, styles, _BASE_1904 if base_1904 else _BASE)
    sheets: dict[str, Sheet] = {}
    sheet_of: dict[str, str] = {}
    for item in root.iterfind("{*}sheets/{*}sheet"):
        part = targets.get(next((value for key, value in item.attrib.items() if key.endswith("}id")), ""), "")
        title = item.get("name", "")
        if part in parts:
            sheets[title] = reader.read(title, part, parts[part])
            sheet_of |= dict.fromkeys(_targets(name, parts, part).values(), title)
    return Book(sheets, dict(_names(root)), _properties(name, parts), base_1904, _modified(name, parts), sheet_of)


def _names(root: ET.Element) -> Iterator[tuple[str, tuple[str, int, int] | None]]:
    """Yield where each name of the workbook points."""
    for item in root.iterfind("{*}definedNames/{*}definedName"):
        if item.get("localSheetId") is not None:  # the names of a sheet that was copied
            continue
        found = _NAME_AT.match((item.text or "").strip())
        place = None
        if found:
            title = found[1].replace("''", "'") if found[1] else found[2]
            place = (title, int(found[4]), _column(found[3]))
        yield item.get("name", ""), place


def _properties(name: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    if "docProps/custom.xml" not in parts:
        return {}
    root = _root(name, parts, "docProps/custom.xml")
    return {item.get("name", ""): "".join(item.itertext()).strip() for item in root.iterfind("{*}property")}


def _modified(name: str, parts: Mapping[str, bytes]) -> dt.datetime | None:
    """Return when the file says that it was saved."""
    if "docProps/core.xml" not in parts:
        return None
    said = _root(name, parts, "docProps/core.xml").findtext("{*}modified") or ""
    try:
        return dt.datetime.fromisoformat(said)
    except ValueError:
        return None


def _strings(name: str, parts: Mapping[str, bytes], part: str) -> list[str]:
    """Return the texts that the cells share, without the readings of East Asian words."""
    found: list[str] = []
    if part not in parts:
        return found
    refuse_more_than(MAX_STRING_MARKS, name, part, parts[part])
    try:
        for _, item in ET.iterparse(io.BytesIO(parts[part])):  # noqa: S314 - no part with a DOCTYPE comes here
            if item.tag.endswith("}si"):
                found.append(_said(item))
                item.clear()
    except (ET.ParseError, LookupError, ValueError) as error:
        raise broken(name, part, error) from None
    return found


def _said(item: ET.Element) -> str:
    """Return the text of a string, run after run."""
    direct = [node.text or "" for node in item.iterfind("{*}t")]
    runs = [node.text or "" for node in item.iterfind("{*}r/{*}t")]
    return "".join(direct + runs)[:_LONGEST]


class _SheetReader:
    """Read sheets, each no further than a report can reach."""

    def __init__(self, name: str, strings: list[str], styles: Styles, base: dt.datetime) -> None:
        self.name, self.strings, self.styles, self.base = name, strings, styles, base
        self.here = self.seen = 0
        """How many elements were looked at: of the sheet, and of all."""

    def is_enough(self, cells: int, rows: int) -> bool:
        """Return whether a sheet goes on longer than that of a report can."""
        return self.here > SHEET_ELEMENTS or self.seen > ALL_ELEMENTS or cells > MAX_CELLS or rows > MAX_ROWS

    def read(self, title: str, part: str, content: bytes) -> Sheet:
        sheet = Sheet(title)
        row = rows = self.here = 0
        try:
            for event, item in ET.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314 - no part with a DOCTYPE comes here
                tag = item.tag.rpartition("}")[2]
                if event == "start":
                    self.here, self.seen = self.here + 1, self.seen + 1
                    if tag == "row":
                        said = item.get("r", "")
                        row, rows = int(said) if said.isdigit() else row + 1, rows + 1
                elif tag == "row":
                    self.row(sheet, row, item)
                    item.clear()
                elif tag == "mergeCell":
                    self.merge(sheet, item.get("ref", ""))
                if self.is_enough(len(sheet.cells), rows):
                    sheet.cut = True
                    return sheet
        except (ET.ParseError, LookupError, ValueError) as error:
            raise broken(self.name, part, error) from None
        return sheet

    def row(self, sheet: Sheet, row: int, item: ET.Element) -> None:
        column = 0
        for node in item.iterfind("{*}c"):
            found = _PLACE.fullmatch(node.get("r", ""))
            column = _column(found[1]) if found else column + 1
            cell = self.cell(node)
            if cell is not None:
                sheet.cells[row, column] = cell

    def merge(self, sheet: Sheet, ref: str) -> None:
        first, _, last = ref.partition(":")
        begin, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if begin and end and len(sheet.merged) < MAX_MERGED:
            sheet.merged.append((int(begin[2]), _column(begin[1]), int(end[2]), _column(end[1])))

    def cell(self, node: ET.Element) -> RawCell | None:
        kind, said, formula = node.get("t", "n"), node.findtext("{*}v"), node.find("{*}f")
        calculated = "" if formula is None else f"={formula.text or ''}"[:_LONGEST]
        if kind == "inlineStr":
            inner = node.find("{*}is")
            said = _said(inner) if inner is not None else None
        if said is None or said == "":
            return RawCell(None, "", calculated) if calculated else None
        said = said[:_LONGEST]
        if kind == "s":
            place = int(said) if said.isdigit() else -1
            said = self.strings[place] if 0 <= place < len(self.strings) else ""
        if kind == "b":
            return RawCell(said == "1", "TRUE" if said == "1" else "FALSE", calculated)
        if kind == "d":
            return RawCell(said[:10], said, calculated)
        if kind != "n":
            return RawCell(said, said, calculated)
        return self.number(said, node.get("s", "0"), calculated)

    def number(self, said: str, style: str, formula: str) -> RawCell:
        """Return a number as its format means it: a day, a share, or a number."""
        try:
            number = Decimal(f"{float(said):.15g}")  # a spreadsheet keeps 15 digits; what lies beyond is noise
        except (ValueError, InvalidOperation, OverflowError):
            return RawCell(said, said, formula)
        if not number.is_finite():
            return RawCell(said, said, formula)
        place = int(style) if style.isdigit() else 0
        if self.styles.is_date(place) and 0 < number < _LAST_DAY:
            day = (self.base + dt.timedelta(days=float(number))).date()
            return RawCell(day, day.isoformat(), formula)
        if self.styles.is_percent(place):
            number *= 100
            return RawCell(_whole(number), f"{number.normalize():f}%", formula)
        return RawCell(_whole(number), f"{number:f}", formula)


def _whole(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number
