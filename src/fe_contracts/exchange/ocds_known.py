"""Hold what whoever publishes a contract knows of it, beside its spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Known"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a spec does not tell, and whoever publishes may know."""

    prefix: str = ""
    """The publisher's registered prefix, such as ocds-213czf."""
    process: str = ""
    """The city's own number for the contracting process, where it is not the first contract's."""
    released_on: dt.date | None = None
    """The day of the release."""
    awarded_on: dt.date | None = None
    """The day on which the award was decided."""
    signed_on: dt.date | None = None
    """The day of the last signature."""
