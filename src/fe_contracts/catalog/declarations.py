"""Check what a version's front matter declares: bounds, tables, due dates, and text that is printed as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import ParameterType as P

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.clause import ParameterDefinition, VersionFrontMatter

__all__ = ["check_declarations"]

_MARKUP = re.compile(r"\{\{|\}\}|\[\[|\]\]|\*\*|^:::", re.MULTILINE)
_NUMBERS = frozenset({P.INT, P.DAYS, P.MONEY, P.PCT})


def check_declarations(front: VersionFrontMatter, file: str) -> Iterator[Finding]:
    """Yield every declaration of a version that no contract could use as it is meant."""

    def problem(field: str, code: str, message: str, remedy: str) -> Finding:
        return Finding(code, Severity.ERROR, message, Where(file, field=field), remedy)

    for field, text in _printed(front):
        if found := _MARKUP.search(text):
            message = f"{found[0]} is printed here as it stands; only the wording knows marks."
            yield problem(field, "WORDING020", message, "Write plain words, or move the sentence into the wording.")
    for name, definition in front.parameters.items():
        for message, remedy in _parameter(definition):
            yield problem(f"parameters.{name}", "WORDING030", message, remedy)
    for place, item in enumerate(front.obligations):
        days = item.due.days
        if not isinstance(days, str):
            continue
        counted = front.parameters.get(days)
        if counted is None or counted.type not in {P.INT, P.DAYS}:
            message = f"{days!r} is not a parameter of type days or int, so no due date can be counted from it."
            yield problem(f"obligations[{place}].due.days", "WORDING040", message, "Correct the name.")


def _parameter(definition: ParameterDefinition) -> Iterator[tuple[str, str]]:
    """Yield message and remedy for each declaration of a parameter that contradicts another."""
    low, high = definition.minimum, definition.maximum
    if low is not None and high is not None and low > high:
        yield f"The minimum {low} is more than the maximum {high}.", "Exchange them."
    if definition.pattern is not None:
        try:
            re.compile(definition.pattern)
        except re.error as error:
            yield f"The pattern is no regular expression: {error}.", "Correct it."
    if definition.items in {P.LIST, P.TABLE, P.BOOL, P.TEXT}:
        yield f"A list cannot hold entries of type {definition.items}.", "Use a table, or another type."
    if definition.confirm and P.REF in {definition.type, definition.items}:
        yield "A reference cannot stand in brackets, so nobody would see what to confirm.", "Confirm a value."
    if definition.items is P.ENUM and not definition.choices:
        yield "A list of enum needs choices.", "Name them."
    yield from _columns(definition)


def _columns(definition: ParameterDefinition) -> Iterator[tuple[str, str]]:
    """Yield message and remedy for each column of a table that cannot be drawn, and each total of none."""
    columns = {column.name: column for column in definition.columns}
    if len(columns) < len(definition.columns):
        yield "Two columns have the same name.", "Rename one."
    for column in definition.columns:
        if column.type in {P.LIST, P.TABLE, P.REF}:
            yield f"The column {column.name!r} cannot hold a {column.type}.", "Use another type."
        if column.type is P.ENUM and not column.choices:
            yield f"The column {column.name!r} of type enum needs choices.", "Name them."
    for name in definition.total:
        if name not in columns or columns[name].type not in _NUMBERS:
            yield f"The total names {name!r}, which is no column of numbers.", "Correct the name."


def _printed(front: VersionFrontMatter) -> Iterator[tuple[str, str]]:
    """Yield field and text of all that reaches a contract without passing through the wording's grammar."""
    yield "title", front.title
    for name, definition in front.parameters.items():
        field = f"parameters.{name}"
        yield from ((f"{field}.default", text) for text in _texts(definition.default))
        yield from ((f"{field}.choices.{choice}", label) for choice, label in definition.choices.items())
        for place, column in enumerate(definition.columns):
            yield f"{field}.columns[{place}].title", column.title
            yield from ((f"{field}.columns[{place}].choices", label) for label in column.choices.values())


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a default value, however deep."""
    match value:
        case str():
            yield value
        case list() | tuple():
            for item in value:
                yield from _texts(item)
        case dict():
            for item in value.values():
                yield from _texts(item)
