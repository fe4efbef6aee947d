"""Say what may be written into a cell, and mark where an explanation is still wanting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from fe_contracts.performance.forms.form import FieldKind, FieldRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from fe_contracts.performance.forms.form import FormField, ReportForm

__all__ = ["add_marks", "add_rules"]

_TITLE, _TEXT = 32, 250
"""The most characters that a spreadsheet shows in a message's title and text."""
_MONEY_LIMIT = "999999999999"
_RED = Side(style="thin", color="8A1C00")
_WANTING: dict[str, Any] = {
    "fill": PatternFill("solid", start_color="FDE3DD", end_color="FDE3DD"),
    "font": Font(bold=True, color="8A1C00"),
    "border": Border(left=_RED, right=_RED, top=_RED, bottom=_RED),
}
_formula_rule: Any = FormulaRule  # the library says nothing of its types


def add_rules(sheet: Worksheet, fields: list[FormField], places: Mapping[str, str]) -> None:
    """Add to each cell that is filled in what may stand there, what to write, and what is said of anything else."""
    rules: dict[tuple[str, ...], DataValidation] = {}
    for item in fields:
        if not item.is_input:
            continue
        rule = _rule(item)
        known = (str(rule.type), str(rule.operator), str(rule.formula1), str(rule.prompt), str(rule.promptTitle))
        rules.setdefault(known, rule).add(places[item.key])
    for rule in rules.values():
        sheet.add_data_validation(rule)


def _rule(item: FormField) -> DataValidation:
    more: dict[str, Any]
    match item.kind:
        case FieldKind.COUNT:
            more = {"type": "whole", "operator": "between", "formula1": "0", "formula2": "999999999"}
            said = "Write a whole number, 0 or more, without words."
        case FieldKind.MONEY:
            least = f"-{_MONEY_LIMIT}" if item.minimum is None else "0"
            more = {"type": "decimal", "operator": "between", "formula1": least, "formula2": _MONEY_LIMIT}
            said = "Write an amount in dollars and cents, such as 1250.00."
        case FieldKind.DATE:
            first = item.first
            more = {"type": "date", "operator": "greaterThanOrEqual"}
            more["formula1"] = f"DATE({first.year},{first.month},{first.day})" if first else "DATE(2000,1,1)"
            said = f"Write a day{f' not before {first}' if first else ''}, such as 2027-04-20."
        case FieldKind.CHOICE | FieldKind.YES_NO:
            more = {"type": "list", "formula1": f'"{",".join(item.choices or ("Yes", "No"))}"'}
            said = f"Choose one of: {', '.join(item.choices or ('Yes', 'No'))}."
        case _:
            more = {"type": "textLength", "operator": "lessThanOrEqual", "formula1": "32000"}
            said = "The text is too long for one cell."
    rule = DataValidation(allow_blank=True, showErrorMessage=True, errorStyle="stop", **more)
    rule.errorTitle, rule.error = "Not understood", said[:_TEXT]
    prompt = item.help or (said if item.kind is not FieldKind.TEXT else "")
    if prompt:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = _cut(item.column, _TITLE), _cut(prompt, _TEXT)
    return rule


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"


def add_marks(sheet: Worksheet, form: ReportForm, fields: list[FormField], places: Mapping[str, str]) -> None:
    """Mark an explanation that is wanted and not there, and the words beside it that ask for it."""
    for item in fields:
        asked_by = form.by_key.get(item.explains)
        if asked_by is None:
            continue
        here, there = _fixed(places[item.key]), _fixed(places[item.explains])
        if asked_by.role is FieldRole.COMPUTED:
            wanted = f'ISNUMBER(SEARCH("say why",{there}))'
            sheet.conditional_formatting.add(
                places[item.explains], _formula_rule(formula=[wanted], font=Font(bold=True, color="8A1C00"))
            )
        elif asked_by.required:
            wanted = "OR({})".format(",".join(f'{there}="{choice}"' for choice in asked_by.choices[1:]))
        else:
            continue
        rule = _formula_rule(formula=[f'AND({wanted},TRIM({here})="")'], **_WANTING)
        sheet.conditional_formatting.add(places[item.key], rule)


def _fixed(place: str) -> str:
    """Return a cell's place so that it holds for the cell of a rule alone: $E$8."""
    letters = place.rstrip("0123456789")
    return f"${letters}${place[len(letters) :]}"
