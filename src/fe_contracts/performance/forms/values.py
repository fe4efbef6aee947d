"""Take what stands in a cell for what its field holds: spreadsheets keep numbers as text and days as numbers."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from fe_contracts.performance.forms.form import FieldKind

if TYPE_CHECKING:
    from fe_contracts.performance.forms.filled import CellValue
    from fe_contracts.performance.forms.form import FormField, Value

__all__ = ["Taken", "taken_as"]

_LONGEST: Final = 40
"""No honest number has more characters."""
_NUMBER = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?(?P<power>[eE][+-]?\d{1,2})?")
_SIGNED = re.compile(r"(?P<sign>[-+])?\$?(?P<inner>[-+])?(?P<rest>[^-+$][^$]*?|\.\d+)(?P<after>-)?")
"""A number with its sign before the dollar, after it, or at the end as some ledgers write it."""
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_US = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
_WORDS = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})|(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-"})
_BASE_1900: Final = dt.date(1899, 12, 30)
_BASE_1904: Final = dt.date(1904, 1, 1)
_SERIALS: Final = range(20_000, 80_000)
"""The day numbers of the years 1954 to 2119: a smaller or larger number is no day that a report can mean."""
_YES: Final = {"yes", "y", "true", "1", "x", "i certify", "i confirm", "agreed"}
_NO: Final = {"no", "n", "false", "0"}
_NOTHING: Final = {"", "n/a", "na", "none", "-", "--", "."}
_CENTURY: Final = 2000
_FULL_YEAR: Final = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """What a field holds: its value, or why there is none."""

    value: Value
    problem: str = ""
    """What is wrong with it, such as "is no number"; empty where it was understood."""
    odd: str = ""
    """How it was understood, where that took something: "was kept as text"."""


def taken_as(field: FormField | FieldKind, cell: CellValue) -> Taken:
    """Return the value of a cell as its field's kind wants it; a blank cell has no value and no problem."""
    kind = field if isinstance(field, FieldKind) else field.kind
    choices = () if isinstance(field, FieldKind) else field.choices
    value = cell.value
    if value is None or (isinstance(value, str) and not _tidy(value)):
        return Taken(None)
    if isinstance(value, str) and value.startswith("#") and value.rstrip("!?").isupper():
        return Taken(None, "holds an error of the spreadsheet")
    match kind:
        case FieldKind.COUNT | FieldKind.MONEY | FieldKind.PERCENT:
            return _number(value, percent=kind is FieldKind.PERCENT)
        case FieldKind.DATE:
            return _day(value, base_1904=cell.base_1904)
        case FieldKind.YES_NO:
            return _yes_no(value)
        case FieldKind.CHOICE:
            return _choice(value, choices)
        case FieldKind.TEXT:
            return Taken(value if isinstance(value, str) else cell.text)


def _tidy(text: str) -> str:
    """Return the text without the blanks, marks and widths that a spreadsheet or a copy leaves in it."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(mark for mark in plain if unicodedata.category(mark) != "Cf").strip().removeprefix("'").strip()


def _number(value: Value, *, percent: bool) -> Taken:
    if isinstance(value, bool | dt.date):
        return Taken(None, "is no number")
    if not isinstance(value, str):
        return Taken(value)
    if _tidy(value).lower() in _NOTHING:
        return Taken(None, "", "was left open")
    number = _number_in(_tidy(value), percent=percent)
    return Taken(None, "is no number") if number is None else Taken(number, "", "was kept as text")


def _number_in(text: str, *, percent: bool) -> int | Decimal | None:
    """Return the number that a text writes: 1,234 or $1,200.00 or (5) or 45%."""
    if len(text) > _LONGEST:
        return None
    plain = text.replace("\u00a0", " ").replace(" ", "").removeprefix("USD").removesuffix("USD")
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1] if negative else plain
    found = _SIGNED.fullmatch(plain)
    if not found or sum(map(bool, (negative, found["sign"], found["inner"], found["after"]))) > 1:
        return None
    plain, negative = found["rest"], negative or "-" in {found["sign"], found["inner"], found["after"]}
    if plain.endswith("%"):
        if not percent:
            return None
        plain = plain[:-1]
    digits = _NUMBER.fullmatch(plain)
    if not digits or not (digits["whole"] or digits["part"]):
        return None
    try:
        number = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
    number = -number if negative else number
    return int(number) if number == number.to_integral_value() and not digits["part"] else number


def _day(value: Value, *, base_1904: bool) -> Taken:
    if isinstance(value, dt.datetime):
        return Taken(value.date())
    if isinstance(value, dt.date):
        return Taken(value)
    if isinstance(value, bool) or value is None:
        return Taken(None, "is no day")
    if isinstance(value, str) and not (text := _tidy(value)).isdigit():
        day = _day_in(text)
        return Taken(None, "is no day") if day is None else Taken(day, "", "was kept as text")
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return Taken(None, "is no day")
    if number not in _SERIALS:
        return Taken(None, "is no day")
    base = _BASE_1904 if base_1904 else _BASE_1900
    return Taken(base + dt.timedelta(days=number), "", "was kept as the number of a day")


def _day_in(text: str) -> dt.date | None:
    """Return the day that a text writes: 2027-03-31, 3/31/2027, March 31, 2027 or 31 Mar 2027."""
    if found := _ISO.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _US.fullmatch(text):
        year = int(found[3])
        return _made(year if year >= _FULL_YEAR else _CENTURY + year, int(found[1]), int(found[2]))
    if found := _WORDS.fullmatch(text):
        month = _month(found[1] or found[5])
        return _made(int(found[3] or found[6]), month, int(found[2] or found[4])) if month else None
    return None


def _month(name: str) -> int:
    """Return the number of a month by its name, in full or short; 0 if it is none."""
    lower = name.lower()
    if lower in _FULL_MONTHS:
        return _FULL_MONTHS.index(lower) + 1
    short = "sep" if lower == "sept" else lower
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _yes_no(value: Value) -> Taken:
    if isinstance(value, bool):
        return Taken(value)
    text = _tidy(str(value)).lower().rstrip(".")
    if text in _YES:
        return Taken(value=True)
    return Taken(value=False) if text in _NO else Taken(None, "is neither Yes nor No")


def _choice(value: Value, choices: tuple[str, ...]) -> Taken:
    text = _tidy(str(value)).casefold().rstrip(".")
    for choice in choices:
        if text == choice.casefold():
            return Taken(choice)
    return Taken(None, f"is none of: {', '.join(choices)}")
