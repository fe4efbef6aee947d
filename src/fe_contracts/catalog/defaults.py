"""Say whether a default that an overlay gives fits the parameter's kind and bounds."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from fe_contracts.model.clause import ParameterType as P

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.model.clause import Column, ParameterDefinition

__all__ = ["BOUNDED", "misfit"]

_NUMBERS = {P.INT: "a whole number", P.DAYS: "a number of days", P.PCT: "per cent", P.MONEY: "an amount in dollars"}


BOUNDED = frozenset({*_NUMBERS, P.LIST, P.TABLE})
"""The kinds of value that a least and a greatest one can be given for: a number, or how many entries or rows."""


def misfit(definition: ParameterDefinition) -> str:
    """Return what is wrong with a parameter's own default, as the end of a sentence; nothing if it fits."""
    value = definition.default
    match definition.type:
        case P.LIST:
            if not isinstance(value, list | tuple):
                return "is not a list"
            kind = definition.items or P.STR
            wrong = next(filter(None, (_single(kind, item, definition.choices) for item in value)), "")
            return wrong or _outside(Decimal(len(value)), definition, " entries")
        case P.TABLE:
            if not isinstance(value, list | tuple):
                return "is not a list of rows"
            wrong = next(filter(None, (_row(definition.columns, row) for row in value)), "")
            return wrong or _outside(Decimal(len(value)), definition, " rows")
        case kind:
            wrong = _single(kind, value, definition.choices)
            if not wrong and definition.pattern is not None and not re.fullmatch(definition.pattern, str(value)):
                wrong = f"does not have the form {definition.pattern}"
            if not wrong and kind in _NUMBERS:
                wrong = _outside(Decimal(str(value)), definition, "")
            return wrong


def _outside(size: Decimal, definition: ParameterDefinition, what: str) -> str:
    """Return which bound a number breaks."""
    law = f" ({definition.bound_by})" if definition.bound_by else ""
    if definition.minimum is not None and size < definition.minimum:
        return f"is less than the least, {definition.minimum}{what}{law}"
    if definition.maximum is not None and size > definition.maximum:
        return f"is more than the greatest, {definition.maximum}{what}{law}"
    return ""


def _single(kind: P, value: Any, choices: Mapping[str, str]) -> str:
    """Return what keeps a value from being of the kind."""
    match kind:
        case P.INT | P.DAYS | P.PCT | P.MONEY:
            return "" if _is_number(value, whole=kind in {P.INT, P.DAYS}) else f"is not {_NUMBERS[kind]}"
        case P.BOOL:
            return "" if isinstance(value, bool) else "is neither true nor false"
        case P.ENUM:
            return "" if isinstance(value, str) and value in choices else f"is none of {', '.join(choices)}"
        case P.DATE:
            try:
                dt.date.fromisoformat(value)
            except (TypeError, ValueError):
                return "is not a date such as 2027-01-31"
            return ""
        case _:
            return "" if isinstance(value, str) and value.strip() else "is not text"


def _is_number(value: Any, *, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return False
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return False
    return number.is_finite() and number >= 0 and (not whole or number == number.to_integral_value())


def _row(columns: tuple[Column, ...], row: Any) -> str:
    """Return what keeps a row from fitting a table's columns."""
    if not isinstance(row, dict):
        return "holds a row that does not name its columns"
    if unknown := sorted(row.keys() - {column.name for column in columns}):
        return f"has a column {unknown[0]!r}, which the table does not"
    for column in columns:
        value = row.get(column.name)
        if value is None and not column.optional:
            return f"leaves out the column {column.name!r}"
        if value is not None and (wrong := _single(column.type, value, column.choices)):
            return f"holds a {column.name!r} that {wrong}"
    return ""
