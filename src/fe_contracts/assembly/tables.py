"""Draw a table parameter as a table: its visible columns, its rows, and a last row of totals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts.assembly.rendering import NUMERIC, cell
from fe_contracts.catalog.inline import typeset
from fe_contracts.document.structure import structure
from fe_contracts.document.tree import Column, Row, Table, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fe_contracts.document.tree import Origin
    from fe_contracts.model.clause import Column as ColumnDefinition
    from fe_contracts.model.clause import ParameterDefinition

__all__ = ["draw_table"]


def draw_table(
    parameter: str,
    definition: ParameterDefinition,
    rows: Sequence[Mapping[str, Any]],
    origin: Origin,
    wording: Origin,
) -> Table:
    """Return the table of some rows.

    Hidden columns are left out, and optional ones that no row fills. `origin` is the parameter's, `wording`
    that of the clause version, which the column headings come from.
    """
    columns = [
        column
        for column in definition.columns
        if not column.hidden and not (column.optional and all(row[column.name] is None for row in rows))
    ]
    drawn = [
        Row(tuple((cell(column.type, row[column.name], column.choices, origin),) for column in columns)) for row in rows
    ]
    if len(rows) > 1 and any(column.name in definition.total for column in columns):
        drawn.append(Row(_totals(columns, definition, rows, origin), total=True))
    headings = tuple(
        Column((Text(typeset(column.title), wording),), column.width, column.type in NUMERIC) for column in columns
    )
    return Table(parameter, definition.help, headings, tuple(drawn))


def _totals(
    columns: Sequence[ColumnDefinition],
    definition: ParameterDefinition,
    rows: Sequence[Mapping[str, Any]],
    origin: Origin,
) -> tuple[tuple[Text, ...], ...]:
    """Return the last row: the word Total, and the sums of the columns that are added up."""
    cells: list[tuple[Text, ...]] = []
    for place, column in enumerate(columns):
        if column.name in definition.total:
            values = (row[column.name] for row in rows)
            total = sum((value for value in values if value is not None), Decimal(0))
            cells.append((cell(column.type, total, column.choices, origin),))
        else:
            cells.append((structure("total"),) if place == 0 else ())
    return tuple(cells)
