"""Check that the form is as it was made: every result follows, nothing given was changed, nothing is gone or added."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.checking.case import number_of, shown
from fe_contracts.performance.checking.identity import differing_values
from fe_contracts.performance.forms.form import BEFORE, FieldKind, FieldRole
from fe_contracts.performance.forms.keys import parted
from fe_contracts.performance.forms.personal import masked
from fe_contracts.performance.forms.values import taken_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.performance.checking.case import CheckCase
    from fe_contracts.performance.forms.filled import CellValue
    from fe_contracts.performance.forms.form import FormField

__all__ = ["check_added", "check_given", "check_gone", "check_results"]

_COPY = "Ask the agency to copy its figures into the file that it was given."


def check_results(case: CheckCase) -> Iterator[Finding]:
    """Yield where a result in the file is not what follows from its figures, or its formula was written over."""
    over = []
    found: list[tuple[FormField, CellValue, str]] = []
    wrong = _written_over(case)
    for item in case.form.fields:
        cell, rests_on = case.cell(item.key), _all_of(case, item)
        if item.role is not FieldRole.COMPUTED or cell is None or not case.fresh(item.key, *rests_on):
            continue
        differs = _differs(case, item, cell)
        if cell.formula:
            if differs and wrong.isdisjoint(rests_on) and not _rests_on_text(case, item):
                wrong.add(item.key)
                found.append((item, cell, "A formula was changed, or the file was not calculated anew."))
        elif differs:
            wrong.add(item.key)
            found.append((item, cell, "A number was typed over the formula."))
        elif case.filled.format == "xlsx":
            over.append(item)
    for (row, why), group in groupby(found, key=lambda one: (parted(one[0].key)[0], one[2])):
        yield _wrong(case, row, [(item, cell) for item, cell, _ in group], why)
    if over:
        several = "1 cell" if len(over) == 1 else f"{len(over)} cells"
        message = f"{several} lost the formula, such as {case.about(over[0])}. The check calculates by itself."
        yield case.finding("REPORT041", Severity.WARNING, message, over[0].key, remedy=_COPY)


def _written_over(case: CheckCase) -> set[str]:
    """Return the keys of what the file has otherwise than the contract: what follows from it there is no news."""
    begun = [
        item.key
        for item in case.form.fields
        if item.column == BEFORE and item.role is FieldRole.GIVEN and case.taken[item.key].value != item.value
    ]
    return {*differing_values(case), *begun}


def _wrong(case: CheckCase, row: str, results: list[tuple[FormField, CellValue]], why: str) -> Finding:
    """Return which results of one row are not what follows from its figures."""
    first = results[0][0]
    told = "; ".join(_shows(case, item, cell) for item, cell in results)
    message = f"{case.row_name(first.key) or row}: {told}. {why}"
    remedy = "Go by the figures, or ask the agency which of them is wrong."
    return case.finding("REPORT040", Severity.ERROR, message, first.key, remedy=remedy)


def _shows(case: CheckCase, item: FormField, cell: CellValue) -> str:
    money = item.kind is FieldKind.MONEY
    said, right = number_of(taken_as(item, cell).value), case.value(item.key)
    if item.kind is FieldKind.TEXT:
        return f'{item.column!r} does not say "{right}", as follows from its figures'
    there = "no number" if said is None else shown(said, money=money)
    ours = "nothing" if right is None else shown(_rounded(item, right), money=money)
    return f"{item.column!r} shows {there}, where {ours} follows from its figures"


def _rounded(item: FormField, value: object) -> Decimal | int | None:
    number = number_of(value)  # type: ignore[arg-type]  # a value of a form
    if isinstance(number, Decimal) and item.kind is FieldKind.PERCENT:
        return number.quantize(Decimal("0.1"))
    return number


def _differs(case: CheckCase, item: FormField, cell: CellValue) -> bool:
    """Return whether the file shows another result; a cell that shows nothing was never calculated."""
    if cell.value is None or not str(cell.value).strip():
        return False
    right, taken = case.value(item.key), taken_as(item, cell)
    if item.kind is FieldKind.TEXT:
        return isinstance(right, str) and str(taken.value).strip().casefold() != right.casefold()
    said, number = number_of(taken.value), number_of(right)
    if number is None:
        return said is not None and not _unfinished(case, item)
    if said is None:
        return True
    near = Decimal("0.06") if item.kind is FieldKind.PERCENT else Decimal("0.005")
    return abs(Decimal(said) - Decimal(number)) > near


def _all_of(case: CheckCase, item: FormField) -> list[str]:
    """Return every field that a result follows from, however far back."""
    found: list[str] = []
    for key in item.formula.of if item.formula else ():
        found += [key, *_all_of(case, case.form.by_key[key])]
    return found


def _unfinished(case: CheckCase, item: FormField) -> bool:
    """Return whether a figure that a result follows from is missing: that is told already."""
    return any(case.is_input(key) and case.value(key) is None for key in _all_of(case, item))


def _rests_on_text(case: CheckCase, item: FormField) -> bool:
    """Return whether a figure that a result follows from was kept as text, which the workbook does not count."""
    return any(case.taken[key].odd or case.taken[key].problem for key in _all_of(case, item) if key in case.taken)


def check_given(case: CheckCase) -> Iterator[Finding]:
    """Yield what the contract gives and the file has otherwise: a target or a budget that was written over."""
    said, now = case.filled.identity, case.form.identity
    if said.get("form", now["form"]) != now["form"]:
        return  # the form itself has changed since: that is told
    for key in differing_values(case):
        item, cell = case.form.by_key[key], case.filled.values[key]
        if item.kind.is_number:
            money = item.kind is FieldKind.MONEY
            there = number_of(taken_as(item, cell).value)
            shows = "no number" if there is None else shown(there, money=money)
            message = f"{case.about(item)}: the file shows {shows}; the contract says {shown(item.value, money=money)}."
        else:
            message = f"{case.about(item)}: the file does not say what the contract says."
        remedy = f"The check goes by the contract. {_COPY}"
        yield case.finding("REPORT042", Severity.ERROR, message, key, remedy=remedy)


def check_gone(case: CheckCase) -> Iterator[Finding]:
    """Yield which fields of the form are no longer in the file."""
    rows = {parted(key)[0] for key in case.filled.gone if case.is_input(key)}  # told with the file itself
    told = {key for key in case.filled.gone if parted(key)[0] in rows}
    is_book = case.filled.format == "xlsx"
    gone = [
        item
        for item in case.form.fields
        if item.key not in case.filled.values
        and item.key not in told
        and (is_book or item.role is not FieldRole.COMPUTED)
        and item.column != BEFORE
    ]
    gone += [
        item
        for item in case.form.inputs
        if item.column == BEFORE and item.key not in case.filled.values and item.key not in told
    ]
    if not gone:
        return
    needed = [item for item in gone if item.is_input and item.required]
    first = (needed or gone)[0]
    several = f"{len(gone)} fields of the form are" if len(gone) > 1 else "1 field of the form is"
    message = f"{several} not in the file, such as {case.about(first)}."
    severity = Severity.ERROR if needed else Severity.WARNING
    yield case.finding("REPORT043", severity, message, first.key, remedy=_COPY)


def check_added(case: CheckCase) -> Iterator[Finding]:
    """Yield that something stands in the file outside the form: nobody adds it up; what it says is not repeated."""
    said, now = case.filled.identity, case.form.identity
    same_form = said.get("form", now["form"]) == now["form"]
    unknown = [
        cell
        for key, cell in case.filled.values.items()
        if same_form and key not in case.form.by_key and cell.text.strip()
    ]
    cells = [*case.filled.extra, *unknown]
    if not cells:
        return
    places = [_name_of(case, cell) for cell in cells[:3]]
    several = f"{len(cells)} cells hold" if len(cells) > 1 else "1 cell holds"
    message = f"{several} something outside the form ({', '.join(places)}{', ...' if len(cells) > 3 else ''})."
    where = Where(case.filled.name) if case.filled.format == "json" else cells[0].where
    if where.field:
        where = Where(where.file, where.line, where.column, masked(where.field))
    remedy = "Read it: it counts for nothing, and may be an answer in the wrong place."
    yield Finding("REPORT044", Severity.WARNING, message, where, remedy)


def _name_of(case: CheckCase, cell: CellValue) -> str:
    where = cell.where
    if case.filled.format == "xlsx":
        return masked(where.field)
    return f"line {where.line}"
