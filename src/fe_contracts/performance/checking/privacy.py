"""Refuse what points to a person where only counts and words about the work belong; it is never shown in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.checking.case import number_of
from fe_contracts.performance.forms.form import FieldKind
from fe_contracts.performance.forms.personal import (
    Personal,
    Trace,
    begins_with_a_name,
    looks_like_a_name,
    masked,
    personal_in,
)
from fe_contracts.performance.forms.values import taken_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.performance.forms.filled import CellValue, FilledReport
    from fe_contracts.performance.forms.form import FormField, ReportForm

__all__ = ["PrivacyCheck", "check_privacy"]

_REFUSE = (
    "Do not pass this file on. Ask the agency to take it out and send the report again, and delete this copy as your "
    "rules on such data say."
)
_ASK = "Look at the cell. If it is about a Client, ask the agency to take it out and send the report again."
_CODES = {
    Personal.SOCIAL: "REPORT001",
    Personal.CARD: "REPORT002",
    Personal.ACCOUNT: "REPORT002",
    Personal.BIRTH: "REPORT003",
    Personal.MAIL: "REPORT004",
    Personal.PHONE: "REPORT004",
    Personal.NINE_DIGITS: "REPORT005",
    Personal.NAME: "REPORT006",
}
_SOCIAL_DIGITS = 9
_IN_AMOUNTS = {Personal.SOCIAL, Personal.CARD, Personal.NINE_DIGITS}
"""What an amount may turn out to be: nine digits without a comma or cents are no amount that a line holds."""
_SIGNED = "certification."
_COUNTS = frozenset({"actual", "population", "measured", "reached", "people", "trained"})


@dataclass(frozen=True)
class PrivacyCheck:
    """What was found, and the keys of the cells that hold it."""

    findings: tuple[Finding, ...]
    refused: frozenset[str]


def check_privacy(filled: FilledReport, form: ReportForm | None) -> PrivacyCheck:
    """Return what in a report points to a person: in its fields, and in whatever else was written into the file."""
    found: list[Finding] = []
    refused: set[str] = set()
    for key, cell in filled.values.items():
        item = form.by_key.get(key) if form else None
        if item is not None and not item.is_input and not cell.value:
            continue
        counts = item.kind.is_number if item is not None else _kind_by_key(key) is FieldKind.COUNT
        for trace in _traces(cell, item, key):
            if trace.kind is Personal.NAME and key.startswith(_SIGNED):
                continue  # the person who signs has a name, and says it
            found.append(_finding(trace, _place(filled, key, cell), counts=counts))
            if counts or trace.kind.is_refused:
                refused.add(key)
    for cell in filled.extra:
        traces = list(personal_in(cell.text))
        if not any(trace.kind is Personal.NAME for trace in traces) and begins_with_a_name(cell.text):
            traces.append(Trace(Personal.NAME, "****"))
        found += [_finding(trace, _outside(filled, cell)) for trace in traces]
    return PrivacyCheck(tuple(found), frozenset(refused))


def _kind_by_key(key: str) -> FieldKind | None:
    """Return what a field holds where nobody knows the form: the counts by their columns."""
    return FieldKind.COUNT if key.rpartition(".")[2] in _COUNTS and not key.startswith(_SIGNED) else None


def _traces(cell: CellValue, item: FormField | None, key: str) -> Iterator[Trace]:
    """Yield what one cell holds of persons; a cell for a count is looked at more strictly than one for words."""
    text = cell.text if isinstance(cell.value, str) or not cell.value else str(cell.value)
    kind = item.kind if item else _kind_by_key(key)
    if item is not None and item.value is not None and text == str(item.value):
        return  # the contract says it
    if kind is FieldKind.DATE and not isinstance(cell.value, str):
        return
    if kind is FieldKind.MONEY and number_of(taken_as(item or FieldKind.MONEY, cell).value) is not None:
        yield from (trace for trace in personal_in(text) if trace.kind in _IN_AMOUNTS)
        return
    traces = list(personal_in(text))
    if kind is FieldKind.COUNT:
        number = number_of(taken_as(FieldKind.COUNT, cell).value)
        is_told = any(trace.kind.is_refused for trace in traces)
        digits = "" if number is None or is_told else str(abs(int(number)))
        if len(digits) >= _SOCIAL_DIGITS:  # no count of services or people has as many
            yield Trace(Personal.NINE_DIGITS, f"{'*' * (len(digits) - 2)}{digits[-2:]}")
            return
        if isinstance(cell.value, str) and looks_like_a_name(text):
            yield Trace(Personal.NAME, "****")
            return
    yield from traces


def _place(filled: FilledReport, key: str, cell: CellValue) -> Where:
    where = cell.where
    return where if where.field else Where(filled.name, where.line, where.column, key)


def _outside(filled: FilledReport, cell: CellValue) -> Where:
    """Return where a cell stands outside the form; its own name may be what must not be shown."""
    where = cell.where
    if filled.format == "json":
        return Where(filled.name, where.line)
    return Where(
        filled.name, where.line, where.column, masked(where.field) if any(personal_in(where.field)) else where.field
    )


def _finding(trace: Trace, where: Where, *, counts: bool = False) -> Finding:
    """Return the finding on one thing: certain, or a doubt; in a cell for a number nothing of it is a doubt."""
    kind = trace.kind
    if kind.is_refused or counts:
        belongs = "where only a number belongs" if counts else "and a report holds none"
        said = "what looks like " if kind is Personal.NAME else ""
        message = f"The cell holds {said}{kind} ({trace.shown}), {belongs}."
        return Finding(_CODES[kind], Severity.ERROR, message, where, _REFUSE)
    if kind in {Personal.MAIL, Personal.PHONE}:
        message = f"The cell holds {kind} ({trace.shown}); it must not be a Client's."
    else:
        message = f"The cell seems to hold {kind} ({trace.shown}). This is a guess from how it is written."
    return Finding(_CODES[kind], Severity.CONFIRM, message, where, _ASK)
