"""Describe a clause as the library stores it: the identity, and the front matter of each version."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from fe_contracts.effective import Trigger
from fe_contracts.findings import Confidence
from fe_contracts.model.base import ClauseId, Key, Line, Model, Prose, VersionNumber
from fe_contracts.model.condition import ALWAYS, Condition
from fe_contracts.model.vocabulary import Applicability, Frequency

__all__ = [
    "Action",
    "Actor",
    "Applies",
    "ClauseIdentity",
    "Column",
    "Confirm",
    "Due",
    "DueFrom",
    "Obligation",
    "Omission",
    "ParameterDefinition",
    "ParameterType",
    "Protection",
    "Relation",
    "Relations",
    "Replaces",
    "Scope",
    "Source",
    "VersionFrontMatter",
    "When",
]

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$"), Field(examples=["session_minutes"])]
"""A parameter's or column's name: lower case, digits, underscore."""


def _written(condition: Condition) -> Any:
    """Return the condition as it is written in YAML."""
    if condition is ALWAYS or condition.operator == "always":
        return "always"
    if condition.operator in {"all", "any"}:
        return {condition.operator: [_written(part) for part in condition.parts]}
    if condition.operator == "not":
        return {"not": _written(condition.parts[0])}
    value = list(condition.value) if isinstance(condition.value, tuple) else condition.value
    return {condition.fact: {condition.operator: value}}


def _parsed(data: Any) -> Any:
    """Return the condition that the YAML describes."""
    return data if isinstance(data, Condition) else Condition.parse(data)


When = Annotated[
    Condition,
    BeforeValidator(_parsed),
    PlainSerializer(_written, return_type=Any),
    WithJsonSchema({"title": "Condition", "anyOf": [{"type": "object"}, {"const": "always"}]}),
]
"""A condition as data; see `docs/reference/conditions.md`."""


class Scope(StrEnum):
    """How often a clause stands in one contract."""

    CONTRACT = "contract"
    """Once."""
    AWARD = "award"
    """Once per federal award, each under its own award date."""
    FUND = "fund"
    """Once per fund."""


class Protection(StrEnum):
    """How far a city may change a clause."""

    LAW = "law"
    """Its words carry the law and may not be loosened."""
    GUARDED = "guarded"
    """A change needs a reason and a reviewer."""
    FREE = "free"
    """A city may change it at will."""


class Omission(StrEnum):
    """What stands in place of a clause that is left out."""

    ABSENT = "absent"
    """Nothing; later sections move up."""
    RESERVED = "reserved"
    """The number and the word Reserved."""


class ParameterType(StrEnum):
    """What kind of value a parameter takes."""

    STR = "str"
    """Text on one line."""
    TEXT = "text"
    """Text of one or more paragraphs."""
    INT = "int"
    """A whole number."""
    PCT = "pct"
    """Per cent."""
    MONEY = "money"
    """US dollars."""
    DATE = "date"
    """A day."""
    DAYS = "days"
    """A number of calendar days."""
    BOOL = "bool"
    """Yes or no."""
    ENUM = "enum"
    """One of the choices."""
    LIST = "list"
    """Several values of one kind."""
    TABLE = "table"
    """Rows of named columns."""
    REF = "ref"
    """A clause or exhibit, such as FE-04 or exhibit:scope."""


class Actor(StrEnum):
    """Who owes, or is owed."""

    CITY = "city"
    AGENCY = "agency"
    BOTH = "both"
    CLIENT = "client"
    FUNDER = "funder"


class Action(StrEnum):
    """What kind of duty it is."""

    DELIVER = "deliver"
    PERFORM = "perform"
    PAY = "pay"
    NOTIFY = "notify"
    MAINTAIN = "maintain"
    REFRAIN = "refrain"
    PERMIT = "permit"


class DueFrom(StrEnum):
    """What a due date is counted from."""

    PERIOD_END = "period_end"
    """The end of each reporting period."""
    TERM_START = "term_start"
    TERM_END = "term_end"
    EVENT = "event"
    """Something that may happen; the obligation's `when` says what."""
    CONTINUOUS = "continuous"
    """At all times during the term."""


class Column(Model):
    """One column of a table parameter."""

    name: Name
    """The key in each row."""
    title: Line
    """The heading in the contract."""
    type: ParameterType = ParameterType.STR
    """What its cells hold (any type but table)."""
    help: Line
    """What belongs in it."""
    optional: bool = False
    """Whether a row may leave it out; the cell then shows an en dash."""
    choices: dict[str, Line] = Field(default_factory=dict)
    """For enum: each value and how it reads."""
    width: Annotated[int, Field(ge=1, le=12)] = 2
    """Its share of the table's width, in twelfths or any common measure."""
    hidden: bool = False
    """Whether it is data only, never printed."""


class Confirm(Model):
    """A doubt that someone must settle before signing."""

    what: Line
    """What must be confirmed, as a sentence."""
    who: Line
    """Who can confirm it, such as counsel or the funder."""
    source: Line
    """What the value rests on, with its confidence mark."""


class ParameterDefinition(Model):
    """A typed value that a clause takes."""

    type: ParameterType
    """The kind of value."""
    help: Line
    """What it is, for the person who fills it in."""
    default: Any = None
    """The value where nobody gives one; leave out if one must be given."""
    optional: bool = False
    """Whether it may stay empty; the wording must then test `parameter.NAME` before it uses it."""
    unit: Line | None = None
    """What is counted, such as calendar days."""
    minimum: Decimal | None = None
    """The least value; for list and table the fewest entries."""
    maximum: Decimal | None = None
    """The greatest value; for list and table the most entries."""
    bound_by: Line | None = None
    """The law or requirement a bound comes from."""
    pattern: Line | None = None
    """For str: the form it must have, as a regular expression."""
    choices: dict[str, Line] = Field(default_factory=dict)
    """For enum, and for lists of enum: each value and how it reads in the contract."""
    items: ParameterType | None = None
    """For list: the kind of its entries."""
    columns: tuple[Column, ...] = ()
    """For table: its columns."""
    total: tuple[Name, ...] = ()
    """For table: the columns added up in a last row."""
    from_: Annotated[Line | None, Field(alias="from")] = None
    """The field that gives the value: a spec field, or framework.… or computed.…; see the reference."""
    locked: bool = False
    """Whether only the default is allowed."""
    adjustable: bool = True
    """Whether a city's own catalog may narrow it; false where the value is a right that law gives the agency."""
    confirm: Confirm | None = None
    """What must be confirmed before signing, if anything."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> ParameterDefinition:
        problems = {
            "enum needs choices": self.type is ParameterType.ENUM and not self.choices,
            "list needs items": self.type is ParameterType.LIST and self.items is None,
            "table needs columns": self.type is ParameterType.TABLE and not self.columns,
            "locked needs a default": self.locked and self.default is None,
            "a value taken `from` a field has no default": self.from_ is not None and self.default is not None,
        }
        for problem, present in problems.items():
            if present:
                raise ValueError(problem)
        return self

    @property
    def required(self) -> bool:
        """Return whether somebody must give the value."""
        return self.default is None and not self.optional


class Due(Model):
    """When a duty falls due, as data a calendar can be computed from."""

    of: DueFrom
    """What it is counted from."""
    days: int | Name | None = None
    """Calendar days after that (negative: before), or the parameter that holds them."""
    frequency: Frequency | None = None
    """How often it recurs."""


class Obligation(Model):
    """Who owes what to whom, when, with what evidence, and what follows if not."""

    id: Key
    """A short name, unique in the clause."""
    who: Actor
    """Who owes it."""
    to: Actor
    """Who is owed."""
    action: Action
    """What kind of duty it is."""
    what: Line
    """What is owed."""
    when: Line
    """When, in words."""
    due: Due
    """When, as data."""
    evidence: Line
    """What shows that it was done."""
    consequence: Line
    """What follows if it is not."""
    applies_when: Annotated[When, Field(alias="if")] = ALWAYS
    """When the duty exists."""


class Applies(Model):
    """Whether a clause belongs in a contract."""

    level: Applicability
    """How strongly it is wanted."""
    when: When = ALWAYS
    """For which contracts."""
    otherwise: Applicability | None = None
    """How strongly it is wanted in the other contracts; not at all if left out."""


class Relation(Model):
    """One clause's bond to another clause, or to a fact."""

    clause: ClauseId | None = None
    """The other clause."""
    when: When = ALWAYS
    """For which contracts."""
    reason: Line
    """Why."""


class Relations(Model):
    """What a clause needs and what it cannot stand beside."""

    requires: tuple[Relation, ...] = ()
    """Clauses that must be in the contract too."""
    conflicts: tuple[Relation, ...] = ()
    """Clauses, or facts alone, that rule it out."""
    supersedes: tuple[Line, ...] = ()
    """City boilerplate that this clause replaces, in words."""


class VersionFrontMatter(Model):
    """What stands above the wording of one clause version."""

    title: Line
    """The section's heading."""
    effective: dt.date
    """The first day on which this version is in force, by the clause's trigger."""
    expires: dt.date | None = None
    """The last day on which it is in force, if it ends by itself."""
    retires: bool = False
    """Whether this entry ends the clause: from `effective` on there is none."""
    reason: Line
    """Why this version exists."""
    summary: Prose
    """What it means, for someone who is not a lawyer."""
    applies: Applies
    """Whether it belongs in a contract."""
    legal_basis: tuple[Line, ...] = ()
    """The sections it rests on; each stands in the identity's sources."""
    policy_basis: Line | None = None
    """The policy it rests on where no law does."""
    serves: tuple[Key, ...] = ()
    """The framework values it carries out."""
    parameters: dict[Name, ParameterDefinition] = Field(default_factory=dict)
    """The values it takes."""
    obligations: tuple[Obligation, ...] = ()
    """The duties it makes."""
    relations: Relations = Relations()
    """Its bonds to other clauses."""

    @model_validator(mode="after")
    def _rests_on_something(self) -> VersionFrontMatter:
        if not self.legal_basis and not self.policy_basis and not self.retires:
            msg = "give legal_basis (sections) or policy_basis (the policy, where no law says so)"
            raise ValueError(msg)
        if self.expires is not None and self.expires < self.effective:
            msg = f"expires {self.expires} lies before effective {self.effective}"
            raise ValueError(msg)
        return self


class Source(Model):
    """How far a section cited by the clause has been checked."""

    confidence: Confidence
    """V read in the primary text, W in another page, M from memory, I inferred, U unknown."""
    as_of: dt.date | None = None
    """The date of the text that was read."""
    note: Line | None = None
    """What it says, or what to confirm."""


class Replaces(Model):
    """What an overlay's clause says of the clause of the same id below it, in whose place it stands."""

    base_version: VersionNumber
    """The version it was written from; when the base has a later one, somebody should look again."""
    reason: Line
    """Why the city wants its own."""
    reviewed_by: Line
    """Who in the city looked at what it changes."""


class ClauseIdentity(Model):
    """What stays the same through all versions of a clause."""

    id: ClauseId
    """The identity."""
    family: Key
    """The family, which is the letters of the id."""
    scope: Scope
    """How often it stands in a contract."""
    trigger: Trigger
    """Which date its versions are compared with."""
    protection: Protection
    """How far a city may change it."""
    omission: Omission = Omission.ABSENT
    """What stands in its place when it is left out."""
    sources: dict[Line, Source] = Field(default_factory=dict)
    """Every section cited, with its confidence mark; may change without a new version."""
    notes: Prose | None = None
    """Remarks for drafters; may change without a new version."""
    replaces: Replaces | None = None
    """For an overlay: why it stands in place of the base's clause; may change without a new version."""

    @model_validator(mode="after")
    def _family_is_in_the_id(self) -> ClauseIdentity:
        if not self.id.startswith(f"{self.family}-"):
            msg = f"family {self.family} is not the beginning of the id {self.id}"
            raise ValueError(msg)
        return self
