"""Answer what stands on a day: values that change with the law, and the dates that decide.

Nothing here asks for today's date: the day is always given.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from fe_contracts.exceptions import NotYetInForceError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

__all__ = ["DatedValues", "Trigger"]

T = TypeVar("T")


class Trigger(StrEnum):
    """Which of a contract's dates the versions of a clause, or of a legal amount, are compared with."""

    AWARD_DATE = "award_date"
    """The day a federal official signed the award."""
    AUDITEE_FY_START = "auditee_fy_start"
    """The first day of the agency's fiscal year."""
    TRANSACTION_DATE = "transaction_date"
    """The day of a purchase."""
    SUBAWARD_DATE = "subaward_date"
    """The day this sub-contract takes effect."""
    AMENDMENT_DATE = "amendment_date"
    """The day an amendment takes effect."""
    SERVICE_DATE = "service_date"
    """The first day on which services are given."""
    CALENDAR_DATE = "calendar_date"
    """A day of the calendar, whatever the contract says."""


@dataclass(frozen=True, slots=True, init=False)
class DatedValues(Generic[T]):
    """A value with its history: each entry stands from its day until the next one's.

    `None` as a value states a repeal. A day before the first entry is an error, not a `None`: the two are
    different answers.
    """

    entries: tuple[tuple[dt.date, T], ...]

    def __init__(self, entries: Mapping[dt.date, T]) -> None:
        if not entries:
            msg = "A dated value needs at least one entry."
            raise ValueError(msg)
        object.__setattr__(self, "entries", tuple(sorted(entries.items(), key=lambda entry: entry[0])))

    def on(self, day: dt.date) -> T:
        """Return the value in force on the day.

        Raises:
            NotYetInForceError: if the day lies before the first entry.
        """
        index = bisect_right([start for start, _ in self.entries], day)
        if index == 0:
            raise NotYetInForceError(day.isoformat(), self.entries[0][0].isoformat())
        return self.entries[index - 1][1]

    def until(self, start: dt.date) -> dt.date | None:
        """Return the first day on which the entry of `start` no longer stands, or `None` if it still does."""
        later = [day for day, _ in self.entries if day > start]
        return later[0] if later else None
