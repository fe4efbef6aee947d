"""Describe a requirement: what law or policy demands, as dated and cited data."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from fe_contracts.effective import DatedValues, Trigger
from fe_contracts.findings import Confidence, Severity
from fe_contracts.model.base import Line, Model, Prose
from fe_contracts.model.clause import Name, When
from fe_contracts.model.condition import ALWAYS

__all__ = ["DatedParameter", "DatedValue", "LegalSource", "Reads", "Requirement", "RuleCode"]

RuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,10}[0-9]{3}$"), Field(examples=["COC010"])]
"""The code that a requirement and its rule share, such as COC010."""


class Reads(StrEnum):
    """What a rule looks at."""

    SPEC = "spec"
    """The spec alone: it runs without assembling."""
    CONTRACT = "contract"
    """The finished contract: its clauses, their words and the values they took."""
    CHANGE = "change"
    """Two specs: the one in force and the one that is to replace it."""


class LegalSource(Model):
    """Where a demand stands, and how far the text was read."""

    cite: Line
    """The section, such as 24 CFR 578.53(d)."""
    confidence: Confidence
    """V read in the primary text, W in another page, M from memory, I inferred, U unknown."""
    as_of: dt.date | None = None
    """The date of the text that was read."""
    quote: Prose | None = None
    """Its exact words, where they matter."""
    note: Line | None = None
    """What it says in our words, or what was inferred."""


class DatedValue(Model):
    """A value and the days on which it stands."""

    from_: Annotated[dt.date, Field(alias="from")]
    """The first day."""
    until: dt.date | None = None
    """The last day, where the next entry does not say."""
    value: Decimal | int | str | None
    """The value; empty (null) states that the demand was repealed."""
    cite: Line
    """Where it stands."""
    confidence: Confidence
    """How sure the value and its first day are."""
    note: Line | None = None
    """What to know of it."""


class DatedParameter(Model):
    """A threshold, rate or number of days that law changes from time to time."""

    help: Line
    """What it is."""
    unit: Line
    """What is counted, such as US dollars, per cent or calendar days."""
    trigger: Trigger
    """Which of the contract's dates decides which value stands."""
    values: tuple[DatedValue, ...] = Field(min_length=1)
    """Its history, the earliest first, without a gap."""

    @model_validator(mode="after")
    def _without_gaps(self) -> DatedParameter:
        for one, other in pairwise(self.values):
            if other.from_ <= one.from_:
                msg = f"the value from {other.from_} stands after the one from {one.from_}; put them in order"
                raise ValueError(msg)
            if one.until is not None and one.until + dt.timedelta(days=1) != other.from_:
                msg = f"no value, or two, between {one.until} and {other.from_}; make until the day before the next"
                raise ValueError(msg)
        if self.values[-1].until is not None:
            msg = f"nothing is said of the days after {self.values[-1].until}; add an entry, with null if repealed"
            raise ValueError(msg)
        return self

    @property
    def dated(self) -> DatedValues[Decimal | int | str | None]:
        """Return the history as values by day."""
        return DatedValues({entry.from_: entry.value for entry in self.values})


class Requirement(Model):
    """What law or policy demands of a contract; the rule of the same code looks for it."""

    code: RuleCode
    """Its code, which its rule and its file share."""
    title: Line
    """What must be true, as a sentence."""
    reads: Reads
    """What its rule looks at."""
    severity: Severity
    """How much a breach weighs."""
    sources: tuple[LegalSource, ...] = Field(min_length=1)
    """Where it stands, the most important first."""
    applies_when: Annotated[When, Field(alias="when")] = ALWAYS
    """For which contracts; the rule is not asked about others."""
    parameters: dict[Name, DatedParameter] = Field(default_factory=dict)
    """Its dated values."""
    why: Prose
    """What goes wrong otherwise, in plain words."""
    remedy: Line
    """What to do about a breach."""
    counsel: Line | None = None
    """What counsel should confirm, where the reading is not read straight from the text."""
    traps: tuple[Line, ...] = ()
    """The traps of the domain file that it answers, such as T1."""
    clauses: tuple[Line, ...] = ()
    """The clauses that carry it into a contract, by id."""

    @model_validator(mode="after")
    def _doubt_is_said(self) -> Requirement:
        doubtful = [source.cite for source in self.sources[:1] if source.confidence.needs_counsel]
        if doubtful and self.counsel is None:
            msg = f"{doubtful[0]} is marked {self.sources[0].confidence.value}: say under counsel what to confirm"
            raise ValueError(msg)
        return self

    @property
    def confidence(self) -> Confidence:
        """Return how sure its first source is."""
        return self.sources[0].confidence
