"""Describe what one report asks for: no file format, no file.

A form is a list of fields under stable keys, such as `deliverable.D5.actual`. A workbook, a CSV and a JSON file are
three ways to write the same form; reading any of them gives the values under the same keys.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.model.vocabulary import ReportKind
    from fe_contracts.schedule.periods import Period

__all__ = [
    "BEFORE",
    "IDENTITY",
    "Certification",
    "FieldKind",
    "FieldRole",
    "FormField",
    "FormRow",
    "FormSection",
    "Formula",
    "FormulaKind",
    "ReportForm",
    "SectionKind",
    "Value",
]

Value = int | Decimal | dt.date | str | bool | None
"""What can stand in a field."""

FORMAT = "1"
"""The version of this form: raised when a key changes its meaning."""

BEFORE = "Reported before"
"""The column that holds what earlier reports said."""

IDENTITY = (
    "format", "contract", "title", "agency", "city", "effective", "amendments", "renewal", "clauses", "requirement",
    "report", "kind", "period", "start", "end", "due", "form",
)  # fmt: skip
"""What a report says of itself, in this order, in every file format."""


class FieldKind(StrEnum):
    """What a field holds."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"

    @property
    def is_number(self) -> bool:
        """Return whether it is calculated with."""
        return self in {FieldKind.COUNT, FieldKind.MONEY, FieldKind.PERCENT}


class FieldRole(StrEnum):
    """Who fills a field."""

    INPUT = "input"
    """The agency writes it."""
    GIVEN = "given"
    """The contract, or an earlier report, says it."""
    COMPUTED = "computed"
    """It follows from other fields."""


class SectionKind(StrEnum):
    """The parts of a report, in their order."""

    DELIVERABLES = "deliverables"
    OUTCOMES = "outcomes"
    TRAINING = "training"
    MILESTONES = "milestones"
    BUDGET = "budget"
    NARRATIVE = "narrative"
    CERTIFICATION = "certification"


class FormulaKind(StrEnum):
    """How a field follows from others."""

    PLUS = "plus"
    """All of them together; nothing until all are there."""
    SUM = "sum"
    """All of them together; one that is not there counts as 0."""
    DIFFERENCE = "difference"
    """The first less the second."""
    SHARE = "share"
    """The first as a part of the second, per cent; nothing where the second is 0."""
    STANDING = "standing"
    """What is to be said: the first is held against the second, and against `percent` of it where that is given."""
    LIMIT = "limit"
    """What is to be said where the first is more than the second."""


@dataclass(frozen=True, slots=True)
class Formula:
    """How a field follows from others, named by their keys."""

    kind: FormulaKind
    of: tuple[str, ...]
    percent: Decimal | None = None
    """The share of the second below which more than a reason is asked for."""
    words: tuple[str, str, str] = ("", "", "")
    """What is said when a target is reached, missed, and missed by more than the share; or a limit kept and passed."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form."""

    key: str
    """What it is called in every file, for ever: deliverable.D5.actual."""
    label: str
    """What a person reads beside it: New Clients counseled, this period."""
    kind: FieldKind
    section: SectionKind
    column: str
    """Its column in the table, or the heading above it: This period."""
    row: str = ""
    """The id of what the row is about: D5; empty where it stands alone."""
    role: FieldRole = FieldRole.INPUT
    required: bool = False
    value: Value = None
    """What a given field holds; None where the contract says nothing."""
    formula: Formula | None = None
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    """The least that makes sense."""
    maximum: Decimal | None = None
    """The most that makes sense."""
    first: dt.date | None = None
    """The first day that makes sense."""
    last: dt.date | None = None
    """The last day that makes sense."""
    explains: str = ""
    """For an explanation: the key of the standing that says whether it is needed."""
    help: str = ""
    """What the person who fills it in should know, in a sentence or two."""

    @property
    def is_input(self) -> bool:
        """Return whether the agency writes it."""
        return self.role is FieldRole.INPUT

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        formula = self.formula
        return {
            "key": self.key,
            "label": self.label,
            "kind": self.kind.value,
            "section": self.section.value,
            "row": self.row or None,
            "column": self.column,
            "role": self.role.value,
            "required": self.required,
            "given": _plain(self.value),
            "formula": None if formula is None else {"kind": formula.kind.value, "of": list(formula.of)},
            "choices": list(self.choices),
            "minimum": _plain(self.minimum),
            "maximum": _plain(self.maximum),
            "help": self.help or None,
        }


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a section: what it is about, and its fields in the order of the columns."""

    id: str
    title: str
    fields: tuple[FormField, ...]
    facts: tuple[tuple[str, str], ...] = ()
    """What the contract says of it, by heading: Reached when, Baseline, Evidence."""
    is_total: bool = False
    table: str = ""
    """The heading of the table it stands in, where a part has several."""


@dataclass(frozen=True, slots=True)
class FormSection:
    """One part of a form: a sheet of the workbook."""

    kind: SectionKind
    title: str
    intro: tuple[str, ...]
    """How to fill it in, a sentence or two for each paragraph."""
    rows: tuple[FormRow, ...]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Return every field of the section."""
        return tuple(field for row in self.rows for field in row.fields)


@dataclass(frozen=True, slots=True)
class Certification:
    """Words that are signed, and where they come from."""

    text: str
    """The exact words."""
    source: str
    """Where they stand: 2 CFR 200.415(b), or a section of the contract."""
    by_law: bool
    """Whether law fixes the words."""
    label: str = "The contract says"
    """What stands beside the words."""


@dataclass(frozen=True)
class ReportForm:
    """What one report asks for: of which contract and period, when it is due, and every field."""

    contract: str
    title: str
    """The contract's title."""
    agency: str
    city: str
    effective: dt.date
    """The day from which the contract applies as it stands: of its last amendment, or its own."""
    amendments: int
    renewal: int
    clauses: str
    """A fingerprint of the clause versions."""
    requirement: str
    report: str
    """What the report is called."""
    kind: ReportKind
    period: Period
    due: dt.date
    """The last day on which the report is in time."""
    due_because: str
    """Why that day and no other, where it moved."""
    recipient: str
    send_to: tuple[str, ...]
    """Who receives it, with the ways to reach them, a line each."""
    sections: tuple[FormSection, ...]
    certifications: tuple[Certification, ...] = ()
    section_numbers: Mapping[str, str] = field(default_factory=dict)
    """The number of each clause's section, as the contract prints it."""
    tolerance: Decimal | None = None
    """The share of the targets to date, per cent, below which the contract asks for a plan; None if it does not."""
    first_day: dt.date = dt.date.min
    """The first day of the term: nothing was reported before it."""
    fictional: bool = False

    @cached_property
    def fields(self) -> tuple[FormField, ...]:
        """Return every field, in the order of the sheets."""
        return tuple(item for section in self.sections for item in section.fields)

    @cached_property
    def by_key(self) -> dict[str, FormField]:
        """Return the fields by their keys."""
        return {item.key: item for item in self.fields}

    @property
    def inputs(self) -> tuple[FormField, ...]:
        """Return the fields that the agency fills in."""
        return tuple(item for item in self.fields if item.is_input)

    def section(self, kind: SectionKind) -> FormSection | None:
        """Return a part of the form if it has it."""
        return next((item for item in self.sections if item.kind is kind), None)

    @cached_property
    def fingerprint(self) -> str:
        """Return a digest of what is asked: another one means that fields, targets or words have changed.

        What was reported before is no part of it: it changes with every report.
        """
        asked = [
            [item.key, item.kind.value, item.role.value, item.required, _plain(item.value)]
            for item in self.fields
            if item.column != BEFORE
        ]
        words = [item.text for item in self.certifications]
        return hashlib.sha256(json.dumps([FORMAT, asked, words]).encode()).hexdigest()[:16]

    @cached_property
    def identity(self) -> dict[str, str]:
        """Return what the report says of itself, in every file format: see `IDENTITY`."""
        return {
            "format": FORMAT,
            "contract": self.contract,
            "title": self.title,
            "agency": self.agency,
            "city": self.city,
            "effective": self.effective.isoformat(),
            "amendments": str(self.amendments),
            "renewal": str(self.renewal),
            "clauses": self.clauses,
            "requirement": self.requirement,
            "report": self.report,
            "kind": self.kind.value,
            "period": self.period.label,
            "start": self.period.start.isoformat(),
            "end": self.period.end.isoformat(),
            "due": self.due.isoformat(),
            "form": self.fingerprint,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the form as plain data."""
        return {
            "identity": self.identity,
            "recipient": self.recipient,
            "certifications": [{"text": item.text, "source": item.source} for item in self.certifications],
            "fields": [item.to_dict() for item in self.fields],
        }


def _plain(value: Value) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value
