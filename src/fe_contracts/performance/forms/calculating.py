"""Calculate what follows from the fields of a report, as the formulas of the workbook do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.performance.forms.form import FieldRole, FormulaKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fe_contracts.performance.forms.form import Formula, ReportForm, Value

__all__ = ["calculated"]

Number = int | Decimal


def calculated(form: ReportForm, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return every field of a form with its value: the given ones, those in `values`, and what follows from them.

    A field whose own fields are not all there has no value. The fields of a form stand in an order in which each
    follows from earlier ones.
    """
    known: dict[str, Value] = {}
    for item in form.fields:
        if item.role is FieldRole.GIVEN:
            known[item.key] = item.value
        elif item.role is FieldRole.INPUT:
            known[item.key] = values.get(item.key)
        elif item.formula is not None:
            known[item.key] = _result(item.formula, [_number(known.get(key)) for key in item.formula.of])
    return known


def _number(value: Value) -> Number | None:
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _result(formula: Formula, numbers: Sequence[Number | None]) -> Value:
    """Return what a formula gives for its numbers."""
    if formula.kind is FormulaKind.SUM:
        return sum((number for number in numbers if number is not None), 0)
    there = [number for number in numbers if number is not None]
    if len(there) < len(numbers):
        return None
    match formula.kind:
        case FormulaKind.PLUS:
            return sum(there[1:], there[0])
        case FormulaKind.DIFFERENCE:
            return there[0] - there[1]
        case FormulaKind.SHARE:
            return Decimal(there[0]) * 100 / Decimal(there[1]) if there[1] else None
        case FormulaKind.LIMIT:
            return formula.words[1 if there[0] > there[1] else 0]
        case _:
            return _standing(formula, there[0], there[1])


def _standing(formula: Formula, reached: Number, target: Number) -> str:
    """Return what is to be said of a target, in the words of its formula."""
    if reached >= target:
        return formula.words[0]
    far = formula.percent is not None and reached * 100 < target * formula.percent
    return formula.words[2 if far else 1]
