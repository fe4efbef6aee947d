"""Describe an approval: one role's recorded decision on one clause version, bound to its digest."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from fe_contracts.model.base import ClauseId, Digest, Key, Line, Model, VersionNumber

__all__ = ["Approval", "ApprovalDecision", "Approvals"]


class ApprovalDecision(StrEnum):
    """What a role decided."""

    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    """An earlier approval no longer stands."""


class Approval(Model):
    """A role's decision on one clause version."""

    version: VersionNumber
    """The version decided on."""
    digest: Digest
    """The digest of that version as it was decided on."""
    role: Key
    """The role that decided, one of library.yaml."""
    decision: ApprovalDecision
    """What it decided."""
    by: Line
    """The person or body that decided."""
    on: dt.date
    """When."""
    record: Line
    """Where the decision is recorded, such as minutes or a resolution."""
    previous: Digest | None = None
    """The digest of the entry before it, so that no entry can be changed or taken out unseen."""


class Approvals(Model):
    """All decisions on one clause, the earliest first; entries are only ever added."""

    clause: ClauseId
    """The clause."""
    approvals: tuple[Approval, ...] = Field(min_length=1)
    """The decisions."""
