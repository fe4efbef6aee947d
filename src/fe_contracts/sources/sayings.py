"""Say in plain words what each kind of pydantic error means: what was expected, what is there, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

__all__ = ["Saying", "saying_of", "shown"]

_SHORT = 60


@dataclass(frozen=True)
class Saying:
    """A code, a message and a remedy; the remedy is empty where only the field's meaning helps."""

    code: str
    message: str
    remedy: str = ""
    quotes: bool = False
    """Whether the remedy is to put the value in quotation marks, which a table does not have."""


def shown(value: Any) -> str:
    """Return a value as a message shows it: short, and plain about what kind of thing it is."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"the number {value}"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case dict():
            return "a group of fields" if value else "an empty group"
        case _:
            text = str(value)
            return repr(text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…")


def saying_of(error: ErrorDetails, value: Any) -> Saying:
    """Return what to say of one error; the value is the file's own, before anything was made of it."""
    rule = _RULES.get(error["type"])
    if rule is None:
        return Saying("FIELD030", f"{shown(value)} cannot stand here: {error['msg'].lower()}.")
    return rule(error.get("ctx", {}), value)


def _wrong_kind(wanted: str, remedy: str) -> Callable[[dict[str, Any], Any], Saying]:
    """Return the rule for a value of another kind than the one wanted."""

    def rule(_: dict[str, Any], value: Any) -> Saying:
        return Saying("FIELD030", f"{wanted} is expected here, not {shown(value)}.", remedy)

    return rule


def _text(_: dict[str, Any], value: Any) -> Saying:
    message = f"Text is expected here, not {shown(value)}."
    if isinstance(value, bool | int | Decimal):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return Saying("FIELD030", message, f'Put it in quotation marks: "{written}".', quotes=True)
    if isinstance(value, dict):
        remedy = "If the text holds ': ' or begins with '{', put it in quotation marks."
        return Saying("FIELD030", message, remedy, quotes=True)
    return Saying("FIELD030", message, "Write one text, not a list.")


def _bound(word: str, key: str) -> Callable[[dict[str, Any], Any], Saying]:
    """Return the rule for a number on the wrong side of a bound."""

    def rule(context: dict[str, Any], value: Any) -> Saying:
        return Saying("FIELD050", f"{_number(value)} is out of bounds: it must be {word} {context[key]}.")

    return rule


def _number(value: Any) -> str:
    return str(value) if isinstance(value, int | Decimal) else shown(value)


def _not_finite(_: dict[str, Any], value: Any) -> Saying:
    return Saying("FIELD050", f"{shown(value)} is not an amount.", "Write digits, such as 1250.50.")


def _decimal_places(context: dict[str, Any], value: Any) -> Saying:
    most = context["decimal_places"]
    return Saying("FIELD050", f"{_number(value)} has too many digits after the point: at most {most}.")


def _too_many_digits(context: dict[str, Any], value: Any) -> Saying:
    most = context.get("max_digits", context.get("whole_digits"))
    return Saying("FIELD050", f"{_number(value)} has too many digits: at most {most}.", "Check the number.")


def _form(_: dict[str, Any], value: Any) -> Saying:
    return Saying("FIELD060", f"{shown(value)} does not have the form expected here.")


def _empty_text(_: dict[str, Any], __: Any) -> Saying:
    return Saying("FIELD060", "The text is empty.")


def _long_text(context: dict[str, Any], value: Any) -> Saying:
    length, most = len(str(value)), context["max_length"]
    return Saying("FIELD060", f"The text has {length:,} characters; at most {most:,} are allowed.", "Shorten it.")


def _few(context: dict[str, Any], value: Any) -> Saying:
    return Saying("FIELD060", f"The list has {len(value)} entries; it needs at least {context['min_length']}.")


def _many(context: dict[str, Any], value: Any) -> Saying:
    return Saying("FIELD060", f"The list has {len(value)} entries; at most {context['max_length']} are allowed.")


_WHOLE = _wrong_kind("A whole number", "Write digits alone, without quotation marks, commas or units.")
_AMOUNT = _wrong_kind("A number", "Write digits without commas, spaces or signs, such as 1250.50.")
_DAY = _wrong_kind("A date", "Write an existing day as year-month-day, such as 2027-01-31.")
_TRUTH = _wrong_kind("true or false", "Write true or false, without quotation marks.")
_LIST = _wrong_kind("A list", "Write each entry on its own line after '- '.")
_GROUP = _wrong_kind("A group of fields", "Write 'name: value' lines, indented below it.")

_RULES: dict[str, Callable[[dict[str, Any], Any], Saying]] = {
    "string_type": _text,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "decimal_type": _AMOUNT,
    "decimal_parsing": _AMOUNT,
    "bool_type": _TRUTH,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "greater_than_equal": _bound("at least", "ge"),
    "greater_than": _bound("more than", "gt"),
    "less_than_equal": _bound("at most", "le"),
    "less_than": _bound("less than", "lt"),
    "finite_number": _not_finite,
    "decimal_max_places": _decimal_places,
    "decimal_max_digits": _too_many_digits,
    "decimal_whole_digits": _too_many_digits,
    "string_pattern_mismatch": _form,
    "string_too_short": _empty_text,
    "string_too_long": _long_text,
    "too_short": _few,
    "too_long": _many,
}
"""What each kind of error means here; a kind that is not listed is said in pydantic's own words."""
