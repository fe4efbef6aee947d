"""Turn a bound value into pieces of text, each piece with its origin."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts.assembly import formatting
from fe_contracts.catalog.inline import typeset
from fe_contracts.document.structure import structure
from fe_contracts.document.tree import Origin, OriginKind, Text
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.catalog.wording import Filter

__all__ = ["NUMERIC", "Look", "cell", "joining", "render", "shown", "value_origin"]

P = ParameterType
NUMERIC = frozenset({P.INT, P.DAYS, P.MONEY, P.PCT})
"""The types whose columns align to the right."""


class Look:
    """How a value's text looks and where it comes from."""

    __slots__ = ("bold", "italic", "origin", "wording")

    def __init__(self, origin: Origin, wording: Origin, *, bold: bool = False, italic: bool = False) -> None:
        self.origin, self.wording, self.bold, self.italic = origin, wording, bold, italic

    def of(self, text: str) -> Text:
        """Return text of the parameter."""
        return Text(text, self.origin, self.bold, self.italic)

    def words(self, text: str) -> Text:
        """Return text of the wording: the words a filter's arguments add."""
        return Text(text, self.wording, self.bold, self.italic)


def shown(kind: P, value: Any, choices: Mapping[str, str]) -> str:
    """Return a single value in the usual form of its type."""
    match kind:
        case P.MONEY:
            return formatting.money(value)
        case P.DATE:
            return formatting.date(value)
        case P.INT | P.DAYS:
            return formatting.number(value)
        case P.PCT:
            return formatting.percent(value)
        case P.ENUM:
            return typeset(choices[value])
        case P.BOOL:
            return "Yes" if value else "No"
        case _:
            return str(value)


def _lowered(text: str) -> str:
    """Return text that does not begin with a capital, unless it begins with an abbreviation such as HUD."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def joining(count: int, last: str) -> tuple[Text, ...]:
    """Return what stands between the entries of a list of this length; `last` is `and` or `or`."""
    if count < 2:
        return ()
    if count == 2:
        return (structure(f"{last}_two"),)
    return (*(structure("comma"),) * (count - 2), structure(f"{last}_last"))


def render(
    kind: P, items: P | None, value: Any, choices: Mapping[str, str], filters: tuple[Filter, ...], look: Look
) -> tuple[Text, ...]:
    """Return the value as the filters want it, in pieces with their origins."""
    names = {item.name: item.arguments for item in filters}
    if kind is P.LIST:
        entries = [shown(items or P.STR, entry, choices) for entry in value]
        if "lower" in names:
            entries = [_lowered(entry) for entry in entries]
        joints = joining(len(entries), "or" if "any" in names else "and")
        pairs = zip(entries, (*joints, None), strict=False)
        return tuple(item for entry, joint in pairs for item in (look.of(entry), joint) if item is not None)
    text = shown(kind, value, choices)
    if "lower" in names:
        text = _lowered(text)
    if "money_words" in names:
        text = formatting.money_words(Decimal(value))
    if "words" in names:
        text = f"{formatting.cardinal(int(value))} ({text})"
    if "ordinal" in names:
        text = formatting.ordinal(int(value))
    if "count" in names:
        arguments = names["count"]
        many = arguments[1] if len(arguments) > 1 else ""
        return look.of(text), look.words(f" {formatting.plural(int(value), arguments[0], many)}")
    return (look.of(text),)


def cell(kind: P, value: Any, choices: Mapping[str, str], origin: Origin) -> Text:
    """Return a table cell's text; an empty one shows an en dash."""
    if value is None:
        return structure("empty_cell")
    if isinstance(value, bool):
        return structure("yes" if value else "no")
    if isinstance(value, dt.date):
        return Text(formatting.date(value), origin)
    return Text(shown(kind, value, choices), origin)


def value_origin(version: str, name: str) -> Origin:
    """Return the origin of a parameter's text: `FE-04@1.0.0/session_minutes`."""
    return Origin(OriginKind.PARAMETER, f"{version}/{name}")
