"""Describe what the agency promises: deliverables, outcomes, milestones and the reports that show them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from fe_contracts.model.base import Count, Days, Key, Line, Model, Money
from fe_contracts.model.vocabulary import (
    DeliverableMeasure,
    Frequency,
    MilestoneStatus,
    MilestoneType,
    OutcomeMeasure,
    PeriodBasis,
    ReportKind,
    Track,
)

__all__ = ["Deliverable", "Milestone", "Outcome", "ReportRequirement"]

Fraction = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]


class Deliverable(Model):
    """Something counted that the agency delivers, with its targets by contract quarter."""

    id: Key
    """A short name, such as D1."""
    title: Line
    """What is delivered, in a few words."""
    unit: Line
    """What is counted, such as clients or sessions."""
    quarterly_targets: tuple[Count, ...] = Field(min_length=1, max_length=8)
    """The target for each contract quarter, in order."""
    annual_target: Count
    """The target for the whole term: what the quarterly targets add up to."""
    unit_cost: Money | None = None
    """US dollars per unit, where the contract pays or plans that way."""
    track: Track = Track.IMPLEMENTATION
    """Whether it prepares the change (process) or carries it out (implementation)."""
    funds: tuple[Key, ...] = Field(min_length=1)
    """The ids of the funds that pay for it."""
    measure: DeliverableMeasure | None = None
    """The usual measure it is, where it is one; its target is then held against what evidence makes plausible."""

    @model_validator(mode="after")
    def _quarters_add_up(self) -> Deliverable:
        total = sum(self.quarterly_targets)
        if total != self.annual_target:
            msg = f"the quarterly_targets add up to {total}, but annual_target is {self.annual_target}"
            raise ValueError(msg)
        return self


class Outcome(Model):
    """A change in people's lives that is measured against a baseline."""

    id: Key
    """A short name, such as O1."""
    title: Line
    """The change, in a few words."""
    population: Line
    """Who is counted in the denominator."""
    baseline_rule: Line
    """When and how the starting value is taken."""
    threshold: Line
    """What counts as the outcome reached."""
    target_percent: Fraction
    """The share of the population expected to reach it, per cent."""
    follow_up_days: Days
    """Calendar days after the baseline by which the later value is taken."""
    evidence: Line
    """What shows it."""
    source_system: Line
    """Where the evidence is kept."""
    exclusions: Line = "None"
    """Who is left out of the population."""
    measure: OutcomeMeasure | None = None
    """The usual measure it is, where it is one; its target is then held against what evidence makes plausible."""


class Milestone(Model):
    """A dated step of the initiative."""

    id: Key
    """A short name, such as M1."""
    title: Line
    """What is reached, in a few words."""
    type: MilestoneType = MilestoneType.DELIVERY
    """The Open Contracting type."""
    track: Track
    """Process or implementation."""
    due_date: dt.date
    """The day by which it is reached."""
    evidence: Line
    """What shows it."""
    status: MilestoneStatus = MilestoneStatus.SCHEDULED
    """Where it stands."""


class ReportRequirement(Model):
    """A report the agency owes the city."""

    id: Key
    """A short name, such as R1."""
    title: Line
    """What the report is called."""
    kind: ReportKind
    """What it is about."""
    frequency: Frequency
    """How often it is due."""
    periods: PeriodBasis = PeriodBasis.CONTRACT
    """What its periods are counted from: the term, the calendar year or the city's fiscal year."""
    due_days: Days
    """Calendar days after the end of each period by which it is due."""
    contents: tuple[Line, ...] = Field(min_length=1)
    """What it must hold."""
    recipient: Line = "the Contract Manager"
    """Who receives it."""
    due_date: dt.date | None = None
    """The one due date, where frequency is once."""
    funds: tuple[Key, ...] = ()
    """The ids of the funds it is owed for; all funds if left out."""
    specific_condition: Key | None = None
    """The id of the specific condition that calls for it, where it is due more often than quarterly."""

    @model_validator(mode="after")
    def _once_has_a_date(self) -> ReportRequirement:
        if (self.frequency is Frequency.ONCE) != (self.due_date is not None):
            msg = "due_date must be given where frequency is once, and only there"
            raise ValueError(msg)
        return self
