"""Check each answer by itself: was it given, is it what was asked, and can it be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity
from fe_contracts.performance.checking.case import number_of, shown
from fe_contracts.performance.forms.form import FieldKind, SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.performance.checking.case import CheckCase, Number
    from fe_contracts.performance.forms.form import FormField, Value

__all__ = ["check_answers", "far_off", "is_open"]

_CENTS = 2
"""How many decimals an amount has."""
_MANY = 2
_FEW = 3
_FILL = "Ask the agency to fill it in; 0 if there was none."
_ANSWER = "Ask the agency for an answer."
_WANTED = {
    FieldKind.COUNT: "a whole number",
    FieldKind.MONEY: "an amount in dollars and cents",
    FieldKind.PERCENT: "a share, per cent",
    FieldKind.DATE: "a day, such as 2027-04-20",
    FieldKind.YES_NO: "Yes or No",
}
_YEARS = 366 * 10
"""How many days a day that is reported may lie from the period."""


def is_open(case: CheckCase, key: str) -> bool:
    """Return whether a field is empty, or left open with a stroke."""
    taken = case.taken.get(key)
    return taken is not None and taken.value is None and not taken.problem


def check_answers(case: CheckCase) -> Iterator[Finding]:
    """Yield what is wrong with single answers: missing, not what was asked, below zero, not whole, too many digits."""
    yield from _missing(case)
    kept_as_text, calculated = [], []
    for item in case.inputs:
        if not case.fresh(item.key):
            continue
        taken, cell = case.taken[item.key], case.filled.values[item.key]
        if taken.problem:
            yield _not_understood(case, item, taken.problem)
        elif cell.formula and is_open(case, item.key):
            yield _not_understood(case, item, "is a formula that was never calculated")
        elif taken.value is not None:
            yield from _unlikely(case, item)
            if taken.odd and case.filled.format == "xlsx" and item.kind is not FieldKind.YES_NO:
                kept_as_text.append(item)
        if cell.formula and taken.value is not None:
            calculated.append(item)
    yield from _told_together(case, "REPORT036", kept_as_text, "kept as text", "They are taken as numbers and days; ")
    yield from _told_together(case, "REPORT037", calculated, "calculated by formulas of the agency's own", "")


def _told_together(case: CheckCase, code: str, items: list[FormField], how: str, then: str) -> Iterator[Finding]:
    if not items:
        return
    count = f"{len(items)} answers were" if len(items) > 1 else "1 answer was"
    tail = f"{then}the workbook's own totals may leave them out." if then else "The values that were saved are taken."
    message = f"{count} {how}, such as {case.about(items[0])}. {tail}"
    yield case.finding(code, Severity.INFO, message, items[0].key)


def _missing(case: CheckCase) -> Iterator[Finding]:
    """Yield what was not filled in: a part at a time where nothing of it was, else a row at a time."""
    for kind, group in groupby(case.inputs, key=lambda item: item.section):
        wanted = [item for item in group if item.required and kind is not SectionKind.CERTIFICATION]
        empty = [item for item in wanted if _is_empty(case, item.key)]
        if len(wanted) > _MANY and len(empty) == len(wanted):
            title = next(part.title for part in case.form.sections if part.kind is kind)
            message = f'Nothing is filled in under "{title}": {len(empty)} answers are missing.'
            yield case.finding("REPORT030", Severity.ERROR, message, empty[0].key, remedy=_remedy(empty))
            continue
        rows = [list(row) for _, row in groupby(empty, key=lambda item: case.rows[item.key].fields[0].key)]
        if len(rows) > _FEW:
            title = next(part.title for part in case.form.sections if part.kind is kind)
            message = f'Not filled in under "{title}": {"; ".join(_left_open(case, items) for items in rows)}.'
            yield case.finding("REPORT030", Severity.ERROR, message, empty[0].key, remedy=_remedy(empty))
            continue
        for items in rows:
            message = f"Not filled in: {_left_open(case, items)}."
            yield case.finding("REPORT030", Severity.ERROR, message, items[0].key, remedy=_remedy(items))


def _left_open(case: CheckCase, items: list[FormField]) -> str:
    """Return which answers of one row are missing, and that one was left open on purpose where it was."""
    columns = " and ".join(item.column for item in items)
    about = case.about(items[0]) if len(items) == 1 else f"{case.row_name(items[0].key)}, {columns}"
    stroke = any(case.filled.values[item.key].text.strip() for item in items)
    return f"{about} (a stroke or the like stands there, and no number)" if stroke else about


def _remedy(items: list[FormField]) -> str:
    return _FILL if any(item.kind.is_number for item in items) else _ANSWER


def _is_empty(case: CheckCase, key: str) -> bool:
    """Return whether nothing stands in a field, not even a formula; what is refused is told elsewhere."""
    return case.fresh(key) and is_open(case, key) and not case.filled.values[key].formula


def _not_understood(case: CheckCase, item: FormField, problem: str) -> Finding:
    """Return what is wrong with an answer that is not what was asked; what it says is not repeated."""
    wanted = f"one of: {', '.join(item.choices)}" if item.choices else _WANTED.get(item.kind, "text")
    what = "is none of the choices" if item.choices else problem.partition(":")[0]
    message = f"{case.about(item)}: what stands there {what}; wanted is {wanted}."
    return case.finding("REPORT031", Severity.ERROR, message, item.key, remedy="Ask the agency to write it anew.")


def _unlikely(case: CheckCase, item: FormField) -> Iterator[Finding]:
    """Yield what is wrong with a value that was understood."""
    value = case.taken[item.key].value
    number = number_of(value)
    if number is not None and item.kind.is_number:
        yield from _odd_number(case, item, number)
    elif item.section is not SectionKind.CERTIFICATION and far_off(case, value):
        message = f"{case.about(item)}: {value} lies more than ten years from the period."
        yield case.finding("REPORT035", Severity.ERROR, message, item.key, remedy="Check the year.")


def far_off(case: CheckCase, day: Value) -> bool:
    """Return whether a day lies more than ten years from the period: a slip, of which nothing else follows."""
    return isinstance(day, dt.date) and abs((day - case.form.period.end).days) > _YEARS


def _odd_number(case: CheckCase, item: FormField, number: Number) -> Iterator[Finding]:
    about, money = case.about(item), item.kind is FieldKind.MONEY
    if item.minimum is not None and number < item.minimum:
        message = f"{about}: {shown(number, money=money)} is below {shown(item.minimum)}."
        yield case.finding("REPORT032", Severity.ERROR, message, item.key, remedy="Ask for the right number.")
    elif item.kind is FieldKind.COUNT and number != int(number):
        message = f"{about}: {shown(number)} is no whole number; {_unit(case, item)} are counted."
        yield case.finding("REPORT033", Severity.ERROR, message, item.key, remedy="Ask for the count.")
    elif money and _decimals(number) > _CENTS:
        message = f"{about}: {format(number, 'f')} has more than two decimals; dollars and cents are asked for."
        remedy = "Ask for the amount as the books have it; round shares of a cost before adding them up."
        yield case.finding("REPORT034", Severity.ERROR, message, item.key, remedy=remedy)


def _decimals(number: Number) -> int:
    """Return how many decimals a number has, without zeros at its end."""
    exponent = Decimal(number).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _unit(case: CheckCase, item: FormField) -> str:
    unit = case.form.by_key.get(f"{item.key.rpartition('.')[0]}.unit")
    return str(unit.value) if unit else "people"
