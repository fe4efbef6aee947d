"""Hold what the checks of one report look at: the form, what came back, and what it was taken for."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.forms.calculating import calculated
from fe_contracts.performance.forms.form import FieldRole
from fe_contracts.performance.forms.values import Taken, taken_as

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from fe_contracts.catalog import Catalog
    from fe_contracts.findings import Citation
    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.forms.filled import CellValue, FilledReport
    from fe_contracts.performance.forms.form import FormField, FormRow, ReportForm, Value

__all__ = ["CheckCase", "Number", "number_of", "shown"]

Number = int | Decimal

_MOST = 10**12
"""No count and no amount of a contract is larger."""
_LEAST = Decimal("1e-9")
"""Nor is any that is not zero smaller; shares of such would have no end of digits."""


def number_of(value: Value) -> Number | None:
    """Return a value if it is a number."""
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def shown(value: Value, *, money: bool = False) -> str:
    """Return a number as people read it: 1,234 or $1,234.50 or 32.5."""
    number = number_of(value)
    if number is None:
        return "nothing" if value is None else str(value)
    if money:
        return f"-${-number:,.2f}" if number < 0 else f"${number:,.2f}"
    if isinstance(number, int):
        return f"{number:,}"
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def _within_reason(taken: Taken) -> Taken:
    """Return what a cell was taken for, without a number that no report can mean."""
    number = number_of(taken.value)
    if isinstance(number, Decimal) and not number.is_finite():
        return Taken(None, "is no number")
    if number is not None and not -_MOST <= number <= _MOST:
        return Taken(None, "is far too large")
    if number and -_LEAST < number < _LEAST:
        return Taken(None, "is far too small")
    return taken


@dataclass(frozen=True)
class CheckCase:
    """One report that came back, held against the form that the contract makes of it."""

    spec: Spec
    catalog: Catalog
    form: ReportForm
    filled: FilledReport
    received_on: dt.date | None = None
    carried: Mapping[str, Value] = field(default_factory=dict)
    """What earlier reports come to, by key; empty where none was given."""
    refused: Collection[str] = ()
    """The keys whose cells hold what points to a person: nothing else is said of them, and nothing calculated."""
    parts: tuple[tuple[FilledReport, ...], ...] = ()
    """The reports of each other kind that cover the same days."""

    @cached_property
    def taken(self) -> dict[str, Taken]:
        """Return what each field of the form was taken for; nothing for one that is refused or gone."""
        cells = self.filled.values
        return {
            item.key: _within_reason(taken_as(item, cells[item.key]))
            if item.key in cells and item.key not in self.refused
            else Taken(None)
            for item in self.form.fields
        }

    @cached_property
    def known(self) -> dict[str, Value]:
        """Return every field with its value: what the contract gives, what was filled in, and what follows from them.

        What was reported before is taken as the report has it: whether that is right is a question of its own.
        """
        values = {item.key: self.taken[item.key].value for item in self.form.inputs}
        return calculated(self.form, values)

    def value(self, key: str) -> Value:
        """Return the value of a field; None for one that the form does not have."""
        return self.known.get(key)

    def number(self, key: str) -> Number | None:
        """Return the value of a field if it is a number."""
        return number_of(self.value(key))

    def text(self, key: str) -> str:
        """Return the words of a field; empty where there are none."""
        value = self.value(key)
        return value.strip() if isinstance(value, str) else ""

    def cell(self, key: str) -> CellValue | None:
        """Return what stands in a field's place; None where the place is gone."""
        return self.filled.values.get(key)

    def where(self, key: str) -> Where:
        """Return where a field stands in the file: sheet and cell, or line; its key where it has no place."""
        cell = self.cell(key)
        if cell is None:
            return Where(self.filled.name, field=key)
        return cell.where if cell.where.field else Where(cell.where.file, cell.where.line, cell.where.column, key)

    def fresh(self, *keys: str) -> bool:
        """Return whether none of these fields is refused: what was refused is not told twice."""
        return not any(key in self.refused for key in keys)

    @cached_property
    def rows(self) -> dict[str, FormRow]:
        """Return the row of each field, by its key."""
        return {item.key: row for section in self.form.sections for row in section.rows for item in row.fields}

    def about(self, item: FormField) -> str:
        """Return what a field is about, as people say it: D5 New Clients counseled, This period."""
        row = self.rows[item.key]
        title = row.title.strip()
        if item.column == "Your answer":
            return f'"{title}"'
        return f"{row.id} {title}, {item.column}".strip()

    def row_name(self, key: str) -> str:
        """Return the row of a field: D5 New Clients counseled."""
        row = self.rows[key]
        return f"{row.id} {row.title}".strip()

    def section(self, clause: str) -> str:
        """Return where the contract says it, in brackets: (section 5.1); empty where it has no such clause."""
        number = self.form.section_numbers.get(clause)
        return f" (section {number} of the contract)" if number else ""

    def finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        key: str = "",
        *,
        remedy: str = "",
        citation: Citation | None = None,
    ) -> Finding:
        """Return a finding about a field, or about the file."""
        where = self.where(key) if key else Where(self.filled.name)
        return Finding(code, severity, message, where, remedy, citation)

    @property
    def inputs(self) -> tuple[FormField, ...]:
        """Return the fields that the agency fills in and that are there."""
        return tuple(item for item in self.form.inputs if item.key in self.filled.values)

    def is_input(self, key: str) -> bool:
        """Return whether the agency fills a field in."""
        item = self.form.by_key.get(key)
        return item is not None and item.role is FieldRole.INPUT
