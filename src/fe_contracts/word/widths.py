"""Share the width of a table among its columns: as the tree asks, but no word is broken where there is room for it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from fe_contracts.document.tree import plain_text

if TYPE_CHECKING:
    from fe_contracts.document.tree import Table

__all__ = ["column_widths"]

_LETTER: Final = 112
"""The width of an average letter of bold table text, in twentieths of a point."""
_PADDING: Final = 270
_STEP: Final = 80
"""Four points, to which columns are rounded: one letter more in a cell should not move every line of a table,
which a redline would have to mark cell by cell."""
_LARGEST_SHARE: Final = 4
"""No word may ask for more than a quarter of the table: a long address breaks."""


def column_widths(table: Table, whole: int) -> list[int]:
    """Return the columns' widths in twentieths of a point; they add up to the whole."""
    asked = [max(column.width, 0) for column in table.columns]
    if not sum(asked):
        asked = [1] * len(asked)
    texts = [_texts(table, place) for place in range(len(asked))]
    wanted = _spared([whole * share / sum(asked) for share in asked], [_line(column) for column in texts])
    largest = whole / _LARGEST_SHARE
    return _rounded(_lifted(wanted, [min(_word(column), largest) for column in texts]), whole)


def _texts(table: Table, place: int) -> list[str]:
    return [plain_text(table.columns[place].title), *(plain_text(row.cells[place]) for row in table.rows)]


def _line(texts: list[str]) -> float:
    """Return the width at which no cell of a column needs a second line."""
    return max(map(len, texts), default=0) * _LETTER + _PADDING


def _word(texts: list[str]) -> float:
    """Return the width that the longest word of a column needs."""
    return max((len(word) for text in texts for word in text.split()), default=0) * _LETTER + _PADDING


def _spared(wanted: list[float], lines: list[float]) -> list[float]:
    """Give what a column cannot use to those whose text breaks into lines."""
    hungry = sum(width for width, line in zip(wanted, lines, strict=True) if line > width)
    spare = sum(max(width - line, 0) for width, line in zip(wanted, lines, strict=True))
    if not hungry:
        return wanted
    return [width + spare * width / hungry if line > width else line for width, line in zip(wanted, lines, strict=True)]


def _lifted(wanted: list[float], floors: list[float]) -> list[float]:
    """Lift each column to its floor, at the cost of those that stand above theirs."""
    short = sum(max(floor - width, 0) for floor, width in zip(floors, wanted, strict=True))
    spare = sum(max(width - floor, 0) for floor, width in zip(floors, wanted, strict=True))
    if short and not spare:  # no column can have what it needs: all have the same part of it
        return floors
    give = min(short / spare, 1.0) if spare else 0.0
    return [
        floor if width < floor else width - (width - floor) * give for floor, width in zip(floors, wanted, strict=True)
    ]


def _rounded(widths: list[float], whole: int) -> list[int]:
    """Return the widths with the lines between them moved to the nearest step, and the outer edges left."""
    total = sum(widths)
    step = _STEP if len(widths) * _STEP * 2 <= whole else 1
    inner = [round(whole * sum(widths[:place]) / total / step) * step for place in range(1, len(widths))]
    return [right - left for left, right in pairwise((0, *inner, whole))]
