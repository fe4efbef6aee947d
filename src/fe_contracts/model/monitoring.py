"""Describe how the city watches over a contract: the risk it sees, its visits and its specific conditions."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from fe_contracts.model.base import Key, Line, Model

__all__ = ["Monitoring", "RiskAssessment", "SpecificCondition"]


class RiskAssessment(Model):
    """How the risk of fraud and of noncompliance was judged (2 CFR 200.332(c)); the rating stands with the agency."""

    assessed_by: Line
    """Who judged it."""
    assessed_on: dt.date
    """When."""
    prior_experience: Line
    """(1) The agency's experience with the same or similar subawards."""
    audit_results: Line
    """(2) Results of earlier audits, and whether it has a Single Audit."""
    new_personnel_or_systems: Line
    """(3) Whether it has new personnel or new or changed systems."""
    federal_monitoring: Line
    """(4) The extent and results of federal monitoring."""


class SpecificCondition(Model):
    """A specific condition under 2 CFR 200.208, with all that its notice must say."""

    id: Key
    """A short name, such as SC1."""
    nature: Line
    """What the agency must do beyond the usual."""
    reason: Line
    """Why it is imposed."""
    action: Line
    """What the agency must do to have it removed."""
    time: Line
    """The time allowed for that."""
    reconsideration: Line
    """How the agency can ask for reconsideration."""
    notified_on: dt.date
    """The day the agency was told in writing."""
    removal_date: dt.date | None = None
    """The day it was removed, if it was."""


class Monitoring(Model):
    """How the city monitors the agency under this contract."""

    risk: RiskAssessment | None = None
    """The assessment behind the risk rating."""
    visits_per_year: Annotated[int, Field(ge=0, le=12)] = 1
    """Monitoring visits in each year."""
    desk_reviews_per_year: Annotated[int, Field(ge=0, le=12)] = 4
    """Desk reviews in each year."""
    specific_conditions: tuple[SpecificCondition, ...] = ()
    """Specific conditions in force."""
    federal_agency_notified_on: dt.date | None = None
    """The day the federal agency was told of the specific conditions (2 CFR 200.332(d))."""
