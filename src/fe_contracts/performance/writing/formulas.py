"""Write the formulas of the workbook: those of the form, in the words of a spreadsheet."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from openpyxl.utils import coordinate_to_tuple, get_column_letter

from fe_contracts.performance.forms.form import FormulaKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fe_contracts.performance.forms.form import Formula

__all__ = ["formula_text", "ranges"]


def ranges(cells: Iterable[str]) -> list[str]:
    """Return cells of one column as few ranges: E8, E9, E11 become E8:E9 and E11."""
    places = sorted({(column, row) for row, column in map(coordinate_to_tuple, cells)})
    found = []
    for _, run in groupby(enumerate(places), key=lambda item: (item[1][0], item[1][1] - item[0])):
        column, rows = 0, []
        for _, (column, row) in run:  # noqa: B007 - the column is the same for all of a run
            rows.append(row)
        letter = get_column_letter(column)
        found.append(f"{letter}{rows[0]}" if len(rows) == 1 else f"{letter}{rows[0]}:{letter}{rows[-1]}")
    return found


def _quoted(text: str) -> str:
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


def formula_text(formula: Formula, places: Mapping[str, str]) -> str:
    """Return a formula with the cells that its fields stand in.

    Nothing is shown until all that it needs is there as numbers: a number kept as text is left for the check to find.
    """
    cells = [places[key] for key in formula.of]
    if formula.kind is FormulaKind.SUM:
        return f"=SUM({','.join(ranges(cells))})"
    first, *others = cells
    second = others[0]
    there = f"COUNT({','.join(cells)})={len(cells)}"
    match formula.kind:
        case FormulaKind.PLUS:
            then = "+".join(cells)
        case FormulaKind.DIFFERENCE:
            then = f"{first}-{second}"
        case FormulaKind.SHARE:
            return f'=IF({there},IF({second}=0,"",{first}/{second}),"")'
        case FormulaKind.LIMIT:
            then = f"IF({first}>{second},{_quoted(formula.words[1])},{_quoted(formula.words[0])})"
        case _:
            then = _standing(formula, first, second)
    return f'=IF({there},{then},"")'


def _standing(formula: Formula, reached: str, target: str) -> str:
    fine, missed, far = (_quoted(word) for word in formula.words)
    if formula.percent is not None and formula.words[1] != formula.words[2]:
        share = f"{formula.percent.normalize():f}"
        missed = f"IF({reached}*100<{target}*{share},{far},{missed})"
    return f"IF({reached}>={target},{fine},{missed})"
