"""Lay the cells of a table's row over data: each heading names the field that its cell fills."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.sources.loaded import field_name
from fe_contracts.sources.yaml_text import plain_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from fe_contracts.sources.loaded import Loaded, Path_
    from fe_contracts.sources.tables import TableRow

__all__ = ["field_path", "overlaid", "overlay"]

_STEP = re.compile(r"([A-Za-z0-9_-]+)((?:\[[0-9]{1,4}\])*)")


class _PathError(Exception):
    """A heading names no place that can be filled; the message says why, the remedy what to write."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def field_path(written: str) -> Path_ | None:
    """Return the path that a person wrote as `funding[0].amount`, or `None` if it is not written so."""
    path: list[str | int] = []
    for part in written.split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            return None
        path.append(match[1])
        path += [int(number) for number in re.findall(r"[0-9]+", match[2])]
    return tuple(path)


def overlay(base: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a copy of the data in which each cell stands at the field that its heading names.

    An empty cell keeps the base's value. A cell is read like a value in YAML, except that it stays text where
    the base holds text, or where it begins with an apostrophe.

    Raises:
        SourceError: if a heading names no place in the data.
    """
    data, problems = _laid_over(base, cells)
    if problems:
        found = [
            Finding("SOURCE070", Severity.ERROR, problem.message, Where(field=heading), problem.remedy)
            for heading, problem in problems.items()
        ]
        raise SourceError("the table", found)
    return data


def overlaid(base: Loaded, row: TableRow) -> Loaded:
    """Return the base with the row laid over it; problems then name the row and column they came from.

    Raises:
        SourceError: if a heading names no place in the base.
    """
    data, problems = _laid_over(base.data, row.cells)
    if problems:
        found = [
            Finding("SOURCE070", Severity.ERROR, problem.message, row.where(heading), problem.remedy)
            for heading, problem in problems.items()
        ]
        raise SourceError(row.table, found)
    places, files = dict(base.places), dict(base.files)
    for heading, cell in row.cells.items():
        path = field_path(heading)
        if cell and path is not None:
            places[path] = (row.number, row.columns.get(heading, 0))
            files[path] = row.table
    return replace(base, data=data, places=places, files=files)


def _laid_over(base: Mapping[str, Any], cells: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, _PathError]]:
    data: dict[str, Any] = deepcopy(dict(base))
    problems: dict[str, _PathError] = {}
    for heading, cell in cells.items():
        path = field_path(heading)
        if path is None:
            message = f"The heading {heading!r} is not the name of a field."
            problems[heading] = _PathError(message, "Write it like agency.legal_name or funding[0].amount.")
            continue
        try:
            if cell:
                _put(data, path, cell)
        except _PathError as problem:
            problems[heading] = problem
    return data, problems


def _put(data: Any, path: Path_, cell: str) -> None:
    """Set one value, making the groups on the way to it where they are missing."""
    for place, step in enumerate(path):
        _check_step(data, path, place)
        if place == len(path) - 1:
            break
        empty: Any = [] if isinstance(path[place + 1], int) else {}
        if isinstance(data, list):
            if step == len(data):
                data.append(empty)
        elif data.get(step) is None:
            data[step] = empty
        data = data[step]
    last = path[-1]
    if isinstance(data, list) and last == len(data):
        data.append(_read(cell, None))
        return
    before = data[last] if isinstance(data, list) and isinstance(last, int) else data.get(last)
    if isinstance(before, dict | list):
        kind = "a list" if isinstance(before, list) else "a group of fields"
        raise _PathError(
            f"{field_name(path)} is {kind}, and a cell holds one value.",
            f"Name one value in it, such as {field_name(path)}{'[0]' if isinstance(before, list) else '.…'}.",
        )
    data[last] = _read(cell, before)


def _check_step(data: Any, path: Path_, place: int) -> None:
    """Raise unless the step leads from this value to another."""
    step, here = path[place], field_name(path[:place]) or "the top"
    if isinstance(step, int):
        if not isinstance(data, list):
            raise _PathError(f"{here} is no list.", "Name the field without a number in brackets.")
        if step > len(data):
            beyond = field_name(path[: place + 1])
            raise _PathError(
                f"{beyond} lies beyond the end: {here} has {len(data)} entries, counted from 0.",
                "Number the entries without a gap.",
            )
    elif isinstance(data, list):
        raise _PathError(f"{here} is a list.", f"Say which entry is meant, such as {here}[0].")
    elif not isinstance(data, dict):
        raise _PathError(f"{here} holds one value and no fields.", "Correct the heading.")


def _read(cell: str, before: Any) -> str | int | Decimal | bool | None:
    """Return the cell's value: text where text stood or an apostrophe says so, else as YAML reads it."""
    if cell.startswith("'"):
        return cell[1:]
    if isinstance(before, str):
        return cell
    value: str | int | Decimal | bool | None = plain_value(cell)
    return value
