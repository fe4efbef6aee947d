"""Say how the workbook looks: one place for fonts, colours, borders, widths and number formats.

A cell to be filled in has a colour, a heavy border and a word above it, so that nobody needs the colour alone.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from fe_contracts.performance.forms.form import FieldKind, SectionKind

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell

    from fe_contracts.performance.forms.form import FormField

__all__ = [
    "HEIGHTS",
    "LINE",
    "NUMBER_FORMATS",
    "PAGE_WIDTH",
    "STYLE",
    "Look",
    "field_look",
    "height_of",
    "put",
    "width_of",
]

PAGE_WIDTH: Final = 165
"""How many characters of a line of text stand beside each other on a sheet."""

_FONT: Final = "Arial"
_NAVY, _GREY, _LINE, _INK = "1F3A5F", "F2F4F7", "B8C2CC", "1A1A1A"
_INPUT, _INPUT_LINE, _GIVEN = "FFF9E0", "8A6D00", "F2F4F7"

_thin = Side(style="thin", color=_LINE)
_heavy = Side(style="medium", color=_INPUT_LINE)
_GRID: Final = Border(left=_thin, right=_thin, top=_thin, bottom=_thin)
_INPUT_GRID: Final = Border(left=_heavy, right=_heavy, top=_heavy, bottom=_heavy)


Look = dict[str, Any]
"""The parts of a cell's style, by name."""


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


STYLE: Final[dict[str, Look]] = {
    "overline": {"font": Font(_FONT, 10, color="44546A")},
    "title": {"font": Font(_FONT, 20, bold=True, color=_NAVY)},
    "heading": {"font": Font(_FONT, 13, bold=True, color=_NAVY)},
    "body": {"font": Font(_FONT, 10.5, color=_INK), "alignment": Alignment(vertical="top")},
    "wrapped": {
        "font": Font(_FONT, 10.5, color=_INK),
        "alignment": Alignment(vertical="top", wrap_text=True),
    },
    "strong": {
        "font": Font(_FONT, 10.5, bold=True, color=_INK),
        "alignment": Alignment(vertical="top", wrap_text=True),
    },
    "strong_line": {"font": Font(_FONT, 10.5, bold=True, color=_INK)},
    "due": {"font": Font(_FONT, 16, bold=True, color=_INK), "alignment": Alignment(vertical="top")},
    "link": {
        "font": Font(_FONT, 10.5, underline="single", color="0B4F9E"),
        "alignment": Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1),
    },
    "head": {
        "font": Font(_FONT, 10, bold=True, color="FFFFFF"),
        "fill": _fill(_NAVY),
        "border": _GRID,
        "alignment": Alignment(horizontal="left", vertical="bottom", wrap_text=True, indent=1),
    },
    "words": {
        "font": Font(_FONT, 11, color=_INK),
        "fill": _fill("FFFFFF"),
        "border": Border(left=Side(style="thick", color=_NAVY)),
        "alignment": Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1),
    },
    "label": {
        "font": Font(_FONT, 10.5, color=_INK),
        "border": _GRID,
        "alignment": Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1),
    },
    "total": {
        "font": Font(_FONT, 10.5, bold=True, color=_INK),
        "fill": _fill("E3E8EE"),
        "border": Border(left=_thin, right=_thin, top=Side(style="medium", color=_NAVY), bottom=_thin),
        "alignment": Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1),
    },
    "hidden": {"font": Font(_FONT, 8, color="7F7F7F")},
}
"""The looks of text, by what it is."""


NUMBER_FORMATS: Final = {
    FieldKind.COUNT: "#,##0",
    FieldKind.MONEY: '"$"#,##0.00;[Red]-"$"#,##0.00',
    FieldKind.PERCENT: "0.0%",
    FieldKind.DATE: "mmm d, yyyy",
    FieldKind.TEXT: "@",
    FieldKind.CHOICE: "@",
    FieldKind.YES_NO: "@",
}
"""How a value is shown; a minus sign stands beside the red."""

_WIDTHS: Final = {
    FieldKind.COUNT: 10,
    FieldKind.MONEY: 15,
    FieldKind.PERCENT: 10,
    FieldKind.DATE: 13,
    FieldKind.TEXT: 38,
    FieldKind.CHOICE: 15,
    FieldKind.YES_NO: 17,
}
_SHORT_TEXT: Final = 19


def width_of(fields: list[FormField]) -> int:
    """Return how wide a column is: long text is written into it, or a short word or number stands there."""
    widest = max(_WIDTHS[item.kind] for item in fields)
    is_short = all(item.kind is not FieldKind.TEXT or not item.is_input for item in fields)
    if is_short and widest == _WIDTHS[FieldKind.TEXT]:
        longest = max(len(item.value) if isinstance(item.value, str) else 0 for item in fields)
        return min(max(longest + 2, 12 if longest else _SHORT_TEXT), 26)
    return widest


HEIGHTS: Final = {"title": 30, "due": 23, "heading": 21, "head": 30}
"""How tall a row of some looks is, in points."""
_TALLEST: Final = 409
LINE: Final = 14.5
"""How tall a line of text is, in points."""


def height_of(text: str, width: float) -> float:
    """Return about how tall a cell is that holds the text in a column of that width, in points."""
    lines = sum(max(1, -(-len(line) // max(int(width), 1))) for line in text.split("\n"))
    return min(lines * LINE + 3, _TALLEST)


def put(cell: Cell | MergedCell, value: Any, look: Look) -> None:
    """Write a value into a cell, look and all; text is text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str) and not value.startswith("="):
        cell.data_type = "s"
    for name, part in look.items():
        setattr(cell, name, part)


def field_look(item: FormField, *, is_total: bool = False) -> Look:
    """Return how the cell of a field looks, and whether it can be written into."""
    look = _look(item.kind, item.is_input, is_total)
    if item.section is SectionKind.CERTIFICATION:  # a day stands below a name there, and not below other days
        return {**look, "alignment": Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)}
    return look


@cache
def _look(kind: FieldKind, is_input: bool, is_total: bool) -> Look:  # noqa: FBT001 - private, and remembered by them
    is_text = kind in {FieldKind.TEXT, FieldKind.CHOICE, FieldKind.YES_NO}
    aligned = Alignment(
        horizontal="left" if is_text else "right", vertical="top", wrap_text=is_text, indent=1 if is_text else 0
    )
    shown = {"alignment": aligned, "number_format": NUMBER_FORMATS[kind]}
    if is_input:
        return {
            "font": Font(_FONT, 11, color=_INK),
            "fill": _fill(_INPUT),
            "border": _INPUT_GRID,
            "protection": Protection(locked=False),
            **shown,
        }
    return {**STYLE["total"], **shown} if is_total else {**STYLE["label"], "fill": _fill(_GIVEN), **shown}
