"""Name the rows of a table, so that a row that changed is told from one that came or went."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from fe_contracts.compare.weighing import STRAIGHT

if TYPE_CHECKING:
    from fe_contracts.model.clause import Column

__all__ = ["Rows", "named_rows", "partners_of", "row_label", "split_rows"]

Rows = dict[str, dict[str, str]]
"""The rows of a table by what names each, and each row's cells by their column, as they are shown."""
_ID = 4
"""How long a cell may be that is only a short id: D1, M12."""


def named_rows(rows: list[dict[str, str]]) -> Rows:
    """Return rows by their first cell, or cells, that tell each from the others; else by their place."""
    for width in (1, 2, 3):
        names = ["; ".join(list(row.values())[:width]).translate(STRAIGHT) for row in rows]
        if len(set(names)) == len(rows) and all(names):
            return dict(zip(names, rows, strict=True))
    return {f"row {place}": row for place, row in enumerate(rows, 1)}


def split_rows(text: str, headings: tuple[str, ...], columns: tuple[Column, ...]) -> Rows:
    """Return the rows of a printed table, with columns by name where their headings are known, else by heading."""
    known = {column.title: column.name for column in columns}
    rows = [line.split("\t") for line in text.split("\n")]
    width = max(map(len, rows))
    names = [known.get(title, title) for title in headings] if len(headings) == width else []
    if len(set(names)) != width:
        names = [f"column {place}" for place in range(1, width + 1)]
    return named_rows([dict(zip(names, row, strict=False)) for row in rows])


def partners_of(old: Rows, new: Rows) -> dict[str, str]:
    """Return for each row that stays the row that it was: of the same name, else the same one of its kind in order.

    A calendar has as many quarterly reports as before, each of another quarter: their dates moved, none came or went.
    """
    found = {name: name for name in new if name in old}
    kinds = [defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)]
    for side, rows in enumerate((old, new)):
        for name, row in rows.items():
            if name not in found and len(row) > 1:
                kinds[side][next(iter(row.values()))].append(name)
    for kind, names in kinds[1].items():
        if len(kinds[0][kind]) == len(names):
            found.update(zip(names, kinds[0][kind], strict=True))
    return found


def row_label(name: str, row: dict[str, str]) -> str:
    """Return what a reader calls a row: what names it, and the next cell where that is only a short id."""
    second = next(iter(list(row.values())[1:2]), "")
    return f"{name} {second}" if len(name) <= _ID and re.search(r"[^\W\d]{3}", second) else name
