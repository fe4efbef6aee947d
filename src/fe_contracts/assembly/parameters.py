"""Check a value against its parameter's definition and return it in the type the definition names."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Any

from fe_contracts.assembly import formatting
from fe_contracts.model.base import UNWRITABLE
from fe_contracts.model.clause import Column, ParameterType

if TYPE_CHECKING:
    from fe_contracts.model.clause import ParameterDefinition

__all__ = ["ValueProblemError", "typed"]

P = ParameterType
_DIGITS = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GREATEST = Decimal(10) ** 12
"""What no amount or count of a contract reaches: the same as for the spec's own amounts."""
_REFERENCE = re.compile(r"[A-Z]{2,6}-\d{2,3}|exhibit:[a-z][a-z0-9_-]*|article:[a-z][a-z0-9_-]*")


class ValueProblemError(ValueError):
    """A value does not fit its parameter; the message says what was given and what is wanted."""

    def __init__(self, code: str, message: str, remedy: str, path: str = "") -> None:
        self.code, self.message, self.remedy, self.path = code, message, remedy, path
        super().__init__(message)


def _wrong(value: Any, wanted: str, path: str) -> ValueProblemError:
    shown = repr(value) if len(repr(value)) <= 60 else f"{repr(value)[:57]}…"
    return ValueProblemError("PARAM020", f"{shown} is not {wanted}.", f"Give {wanted}.", path)


def _text(value: Any, path: str, *, one_line: bool) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(value, "text" if not one_line else "text on one line", path)
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    if found := UNWRITABLE.search(text):
        raise ValueProblemError(
            "PARAM020",
            f"character {found.start() + 1} is U+{ord(found[0]):04X}, a control character; Word cannot hold it.",
            "Delete it.",
            path,
        )
    if one_line and ("\n" in text or "\t" in text):
        raise _wrong(value, "text on one line", path)
    return text.strip()


def _decimal(value: Any, wanted: str, path: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise _wrong(value, wanted, path)
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise _wrong(value, wanted, path)
    found = Decimal(value)
    if not found.is_finite() or found < 0 or found >= _GREATEST:
        raise _wrong(value, f"{wanted}, zero or more and less than a trillion", path)
    return found


def _whole(value: Any, wanted: str, path: str) -> int:
    found = _decimal(value, wanted, path)
    if found != found.to_integral_value():
        raise _wrong(value, wanted, path)
    return int(found)


def _day(value: Any, path: str) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        if _DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise _wrong(value, "a date such as 2027-01-31", path)


def _choice(value: Any, choices: Mapping[str, str], path: str) -> str:
    if value in choices:
        return str(value)
    near = get_close_matches(str(value), choices, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ValueProblemError(
        "PARAM050", f"{value!r} is not one of the choices.{hint}", f"Use {', '.join(choices)}.", path
    )


def _scalar(kind: P, value: Any, choices: Mapping[str, str], path: str) -> Any:  # noqa: C901, PLR0912 - one case a type
    """Return a single value in its type."""
    value = value.value if isinstance(value, Enum) else value
    match kind:
        case P.STR:
            return _text(value, path, one_line=True)
        case P.TEXT:
            return _text(value, path, one_line=False)
        case P.INT | P.DAYS:
            return _whole(value, "a whole number", path)
        case P.PCT:
            found = _decimal(value, "a number of per cent", path)
            if found != round(found, 4):
                raise _wrong(value, "a number of per cent with no more than four decimals", path)
            return found
        case P.MONEY:
            found = _decimal(value, "an amount in dollars", path)
            if found != round(found, 2):
                raise _wrong(value, "an amount in dollars and whole cents", path)
            return found
        case P.DATE:
            return _day(value, path)
        case P.BOOL:
            if not isinstance(value, bool):
                raise _wrong(value, "true or false", path)
            return value
        case P.ENUM:
            return _choice(value, choices, path)
        case P.REF:
            if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
                raise _wrong(value, "a clause or exhibit such as FE-04 or exhibit:scope", path)
            return value
        case P.LIST | P.TABLE:
            raise _wrong(value, "a single value", path)


def _row(columns: tuple[Column, ...], row: Any, path: str, *, given: bool) -> dict[str, Any]:
    """Return a table's row in its columns' types; a column that is not given is `None`."""
    if not isinstance(row, Mapping):
        raise _wrong(row, "a row of named columns", path)
    names = {column.name for column in columns}
    for name in row:
        if given and name not in names:
            near = get_close_matches(str(name), names, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ValueProblemError(
                "PARAM080",
                f"{name!r} is no column of this table.{hint}",
                f"Use {', '.join(sorted(names))}.",
                path,
            )
    found: dict[str, Any] = {}
    for column in columns:
        value = row.get(column.name)
        here = f"{path}.{column.name}"
        if value is None:
            if not column.optional:
                raise ValueProblemError("PARAM010", f"The column {column.name!r} has no value.", column.help, here)
            found[column.name] = None
        else:
            found[column.name] = _scalar(column.type, value, column.choices, here)
    return found


def _within(size: Decimal, definition: ParameterDefinition, shown: str, what: str) -> None:
    """Refuse a value outside the bounds, naming the law they come from."""
    law = f" ({definition.bound_by})" if definition.bound_by else ""
    for limit, breached, word in (
        (definition.minimum, definition.minimum is not None and size < definition.minimum, "at least"),
        (definition.maximum, definition.maximum is not None and size > definition.maximum, "at most"),
    ):
        if breached and limit is not None:
            wanted = f"{what}{word} {formatting.number(limit)}{law}"
            raise ValueProblemError("PARAM040", f"{shown} is out of bounds: it must be {wanted}.", f"Give {wanted}.")


def typed(definition: ParameterDefinition, value: Any, *, given: bool) -> Any:
    """Return the value in its type: str, int, Decimal, date, bool, a tuple, or rows as a tuple of dicts.

    `given` says whether a person wrote the value (then unknown columns are refused) or the program derived it.

    Raises:
        ValueProblemError: if it does not fit; `path` says which entry of a list or table.
    """
    match definition.type:
        case P.LIST:
            if not isinstance(value, list | tuple | frozenset) or definition.items is None:
                raise _wrong(value, "a list", "")
            entries = sorted(value) if isinstance(value, frozenset) else value
            found: Any = tuple(
                _scalar(definition.items, item, definition.choices, f"[{place}]") for place, item in enumerate(entries)
            )
            _within(Decimal(len(found)), definition, f"A list of {len(found)}", "of entries ")
        case P.TABLE:
            if not isinstance(value, list | tuple):
                raise _wrong(value, "a list of rows", "")
            found = tuple(_row(definition.columns, row, f"[{place}]", given=given) for place, row in enumerate(value))
            _within(Decimal(len(found)), definition, f"A table of {len(found)} rows", "of rows ")
        case kind:
            found = _scalar(kind, value, definition.choices, "")
            if kind is P.STR and definition.pattern and not re.fullmatch(definition.pattern, found):
                raise ValueProblemError(
                    "PARAM070", f"{found!r} does not have the form that is wanted.", f"{definition.help}"
                )
            if isinstance(found, int | Decimal) and not isinstance(found, bool):
                _within(Decimal(found), definition, str(value), "")
    return found
