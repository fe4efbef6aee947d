"""Read a report that came back as CSV, in whatever encoding and with whatever separator, or as JSON."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.forms.filled import CellValue, FilledReport
from fe_contracts.performance.forms.form import IDENTITY
from fe_contracts.performance.forms.keys import is_key
from fe_contracts.performance.forms.personal import is_grave
from fe_contracts.performance.forms.tables import COLUMNS, IDENTITY_PREFIX
from fe_contracts.sources.cells import safe_cell
from fe_contracts.sources.json_text import parse_json
from fe_contracts.sources.reading import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_csv", "read_json"]

MAX_ROWS: Final = 100_000
MAX_EXTRA: Final = 100
_HEAD_WITHIN: Final = 30
_SEPARATORS: Final = (",", ";", "\t", "|")
_WORDS: Final = "words."
_OURS: Final = frozenset({"identity", "certifications", "fields"})
"""The parts of a report in JSON that the form itself writes, besides its values."""


def _refused(name: str, code: str, said: str, remedy: str, line: int = 0) -> SourceError:
    return SourceError(name, [Finding(code, Severity.ERROR, said, Where(name, line), remedy)])


def _text_of(content: bytes, name: str) -> str:
    """Return the text in whichever of the usual encodings it is."""
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:200]:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    said = "The encoding of this file is not known."
    raise _refused(name, "SOURCE015", said, "Save it as 'CSV UTF-8' in the spreadsheet program.")


def _separator(text: str) -> tuple[str, str]:
    """Return the separator, and the text without a line that only names it."""
    first, _, rest = text.lstrip("\r\n").partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep="):
        return (said[4:5] or "\t"), rest
    heads = "".join(text.splitlines()[:_HEAD_WITHIN])
    return max(_SEPARATORS, key=heads.count), text


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the cells of each row."""
    separator, rest = _separator(text)
    skipped = text.count("\n") - rest.count("\n")
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=separator)
    try:
        for count, row in enumerate(reader):
            if count >= MAX_ROWS:
                said = f"The file has more than {MAX_ROWS:,} rows."
                raise _refused(name, "SHEET010", said, "Send the report as it was given to you, filled in.")
            yield reader.line_num + skipped, row
    except csv.Error:
        said = "A quotation mark here is not closed, or a cell is far too long."
        raise _refused(name, "SOURCE062", said, "Save it anew as CSV.", reader.line_num + skipped) from None


class _Gathered:
    """What was read so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.identity: dict[str, str] = {}
        self.values: dict[str, CellValue] = {}
        self.problems: list[Finding] = []
        self.extra: list[CellValue] = []

    def found(self, key: str, cell: CellValue) -> None:
        """Take a value; the first of two under one key counts."""
        name = key.removeprefix(IDENTITY_PREFIX)
        if key.startswith(IDENTITY_PREFIX) and name in IDENTITY:
            self.identity.setdefault(name, cell.text.strip())
        elif not is_key(key):
            self.added(CellValue(key, key, cell.where))
            self.added(cell)
        elif key in self.values:
            said = f"The key {key!r} stands here a second time; the first one counts."
            self.problem("SHEET014", Severity.ERROR, said, cell.where, "Delete one of the two rows.")
        else:
            self.values[key] = cell

    def added(self, cell: CellValue) -> None:
        """Keep what is no part of the form apart."""
        if cell.text.strip() and (len(self.extra) < MAX_EXTRA or is_grave(cell.text)):
            self.extra.append(cell)

    def problem(self, code: str, severity: Severity, said: str, where: Where, remedy: str) -> None:
        self.problems.append(Finding(code, severity, said, where, remedy))

    def report(self, digest: str, form: str) -> FilledReport:
        return FilledReport(
            self.identity, self.values, tuple(self.problems), self.name, digest, form, tuple(self.extra)
        )


def read_csv(content: bytes, name: str, digest: str) -> FilledReport:
    """Return what a report as CSV says.

    Raises:
        SourceError: if it is no CSV, or far too long.
    """
    gathered = _Gathered(name)
    columns: tuple[int, int] | None = None
    for number, (line, row) in enumerate(_rows(_text_of(content, name), name)):
        if columns is None:
            columns = _columns_of(row)
            if columns is None and number > _HEAD_WITHIN:
                break
            if columns is None:
                for place, cell in enumerate(row, start=1):
                    gathered.added(CellValue(cell, cell, Where(name, line, place)))
            continue
        _take(gathered, line, row, columns)
    if columns is not None and gathered.values and not gathered.identity:
        said = "The rows that say which report this is are gone."
        gathered.problem("SHEET016", Severity.ERROR, said, Where(name), "Send the file with all its rows.")
    return gathered.report(digest, "csv")


def _columns_of(row: list[str]) -> tuple[int, int] | None:
    """Return where the keys and the values stand, if the row is that of the headings."""
    heads = [cell.strip().casefold() for cell in row]
    key, value = COLUMNS[0].casefold(), COLUMNS[-1].casefold()
    return (heads.index(key), heads.index(value)) if key in heads and value in heads else None


def _take(gathered: _Gathered, line: int, row: list[str], columns: tuple[int, int]) -> None:
    """Take what one row says; what stands beyond the columns of the form was added."""
    at_key, at_value = columns
    where = Where(gathered.name, line, at_value + 1)
    key = row[at_key].strip() if at_key < len(row) else ""
    said = row[at_value] if at_value < len(row) else ""
    said = said[1:] if said.startswith("'") and safe_cell(said[1:]) == said else said
    if key and not key.startswith(_WORDS):
        gathered.found(key, CellValue(said, said, where))
    elif is_grave(said):
        gathered.added(CellValue(said, said, where))
    first = max(columns) + 1 if key else 0
    for place, cell in enumerate(row[first:], start=first + 1):
        gathered.added(CellValue(cell, cell, Where(gathered.name, line, place)))


def read_json(content: bytes, name: str, digest: str) -> FilledReport:
    """Return what a report as JSON says.

    Raises:
        SourceError: if it is no JSON, or gives a name twice.
    """
    loaded = parse_json(decode(content, name), name)
    gathered = _Gathered(name)
    data = loaded.data if isinstance(loaded.data, dict) else {}
    identity, values = data.get("identity"), data.get("values")
    if isinstance(identity, dict):
        gathered.identity.update({key: str(value) for key, value in identity.items() if key in IDENTITY})
    for key, value in (values if isinstance(values, dict) else {}).items():
        where = loaded.where(("values", key))
        if isinstance(value, dict | list):
            said = (
                f"{key!r} holds a list or a group of values." if is_key(key) else "A list or a group of values is here."
            )
            gathered.problem("SHEET015", Severity.ERROR, said, where, "Give one number, day or text.")
            continue
        gathered.found(key, _json_cell(value, where))
    for key, part in data.items():
        for said in (key, *_words_in(part)) if key != "values" else ():
            if key not in _OURS or is_grave(said):
                gathered.added(CellValue(said, said, loaded.where((key,))))
    if gathered.values and not gathered.identity:
        said = "The part identity, which says which report this is, is gone."
        gathered.problem("SHEET016", Severity.ERROR, said, Where(name), "Send the file with all its parts.")
    return gathered.report(digest, "json")


def _words_in(value: Any) -> Iterator[str]:
    """Yield whatever stands in a part of a JSON file, however deep."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield str(name)
            yield from _words_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words_in(item)
    elif value is not None:
        yield str(value)


def _json_cell(value: Any, where: Where) -> CellValue:
    if not isinstance(value, int | Decimal | str | None):
        value = str(value)
    text = "" if value is None else ("Yes" if value else "No") if isinstance(value, bool) else str(value)
    return CellValue(value, text, where)
