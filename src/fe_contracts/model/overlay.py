"""Describe what a city's overlay says of its base: narrower parameters, and places for clauses of its own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field, model_validator

from fe_contracts.model.base import ClauseId, Line, Model, VersionNumber
from fe_contracts.model.clause import Confirm, Name
from fe_contracts.model.vocabulary import ContractKind, HostSubject

__all__ = ["Adjustment", "Adjustments", "ParameterAdjustment", "Placement", "Placements"]


class ParameterAdjustment(Model):
    """What an overlay fixes of one parameter; what it does not name stays as the clause has it."""

    default: Any = None
    """The value where nobody gives one; it lies inside the clause's bounds."""
    minimum: Decimal | None = None
    """A least value, no less than the clause's."""
    maximum: Decimal | None = None
    """A greatest value, no more than the clause's."""
    choices: tuple[Line, ...] = ()
    """The choices that are left, each one of the clause's."""
    locked: bool = False
    """Whether only the default is allowed from now on."""
    bound_by: Line | None = None
    """Where the new bound comes from; the overlay's name if left out."""
    confirm: Confirm | None = None
    """What must be confirmed before signing, where the clause asks for nothing."""


class Adjustment(Model):
    """What an overlay fixes of one clause from a day on, without touching its words."""

    effective: dt.date
    """The first day: contracts that take effect on it or later have these values."""
    reason: Line
    """Why the city wants it so."""
    reviewed_by: Line | None = None
    """Who in the city looked at it."""
    versions: tuple[VersionNumber, ...] = ()
    """The versions it is for; every version that has the parameter if left out."""
    parameters: Annotated[dict[Name, ParameterAdjustment], Field(min_length=1)]
    """The parameters, by name."""


class Adjustments(Model):
    """All that an overlay fixes of one clause: `clauses/GEN/GEN-02/adjust.yaml`."""

    clause: ClauseId
    """The clause, which stands in a layer below."""
    adjustments: tuple[Adjustment, ...] = Field(min_length=1)
    """The adjustments by day; a later one takes the place of an earlier one of the same parameter."""

    @model_validator(mode="after")
    def _in_order(self) -> Adjustments:
        for one, other in pairwise(self.adjustments):
            if other.effective <= one.effective:
                msg = f"the adjustment from {other.effective} stands after the one from {one.effective}; one per day"
                raise ValueError(f"{msg}, in order")
        return self


class Placement(Model):
    """Where a clause stands in a contract type of the base."""

    clause: ClauseId
    """The clause."""
    after: ClauseId | None = None
    """The clause it stands behind."""
    before: ClauseId | None = None
    """Or the clause it stands in front of."""
    effective: dt.date
    """The first day: contracts that take effect on it or later have it."""
    unless_host_covers: HostSubject | None = None
    """For riders: the subject that, covered by the host contract, keeps it out."""

    @model_validator(mode="after")
    def _one_neighbour(self) -> Placement:
        if (self.after is None) == (self.before is None):
            msg = "give after or before: the clause it stands beside"
            raise ValueError(msg)
        return self


class Placements(Model):
    """The places of an overlay's clauses in one contract type: `contract_types/subcontract/placements.yaml`."""

    contract_type: ContractKind
    """The contract type, which stands in a layer below."""
    placements: tuple[Placement, ...] = Field(min_length=1)
    """The places, each clause once; a later one may stand beside an earlier one."""

    @model_validator(mode="after")
    def _each_once(self) -> Placements:
        named = [placement.clause for placement in self.placements]
        for clause in named:
            if named.count(clause) > 1:
                msg = f"it places {clause} twice; keep one"
                raise ValueError(msg)
        return self
