"""Describe a duty with its date: who owes what to whom, by when, and where the contract says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.schedule.periods import Period

__all__ = ["Certainty", "DatedDuty", "DutyKind", "UndatedDuty"]


class DutyKind(StrEnum):
    """What a dated duty is about."""

    REPORT = "report"
    INVOICE = "invoice"
    PAYMENT = "payment"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"
    TRAINING = "training"
    MONITORING = "monitoring"
    INSURANCE = "insurance"
    DATA = "data"
    AUDIT = "audit"
    RENEWAL = "renewal"
    CLOSEOUT = "closeout"
    RETENTION = "retention"
    OTHER = "other"


class Certainty(StrEnum):
    """How far the contract itself names the day."""

    FIXED = "fixed"
    """The contract names the day, or what it is counted from."""
    WINDOW = "window"
    """The contract names a time in which it is done, and no day; the window's last day is shown."""
    EXPECTED = "expected"
    """The day is counted from something that has yet to happen, taken to happen on its own last day."""


@dataclass(frozen=True, slots=True)
class DatedDuty:
    """One duty that falls on a day."""

    uid: str
    """Names it for ever: the same in every version of the contract, so that a calendar updates its entry."""
    contract: str
    """The contract's number."""
    agency: str
    """The agency's name, as people use it."""
    kind: DutyKind
    title: str
    period: Period | None
    """What it covers, if it covers a period."""
    due: dt.date
    """The day as the contract counts it, before the Business Day rule."""
    counts_as: dt.date | None
    """The day that counts under the Business Day rule; None if the day does not move."""
    counts_because: str
    """Why the day moves, stops short, or does not move; empty where it is a Business Day."""
    owed_by: str
    """agency, city or both."""
    owed_to: str
    clause: str
    """The clause instance it comes from, such as PERF-04 or FED-11:coc."""
    clause_version: str
    section: str
    """The number of that section as the contract prints it."""
    source: str
    """The spec field that gives the day, or the obligation: reports.R1, PERF-05.apr_data."""
    evidence: str
    consequence: str
    certainty: Certainty = Certainty.FIXED
    note: str = ""
    """What the reader should know: what the day rests on, the law with its confidence mark."""
    recipient: str = ""
    """To whom it is sent, where the contract names a person or office."""
    window_start: dt.date | None = None
    """The first day of a window."""
    also: tuple[str, ...] = ()
    """What goes with it: other obligations that are met in the same paper."""
    term: str = ""
    """The key of the contract and term it is owed in: two cities may give two contracts the same number."""

    @property
    def last_day(self) -> dt.date:
        """Return the last day on which the duty is met in time."""
        return self.counts_as or self.due

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        period = self.period
        return {
            "uid": self.uid,
            "contract": self.contract,
            "agency": self.agency,
            "kind": self.kind.value,
            "title": self.title,
            "period": None
            if period is None
            else {
                "number": period.number,
                "label": period.label,
                "start": period.start.isoformat(),
                "end": period.end.isoformat(),
            },
            "due": self.due.isoformat(),
            "counts_as": self.counts_as.isoformat() if self.counts_as else None,
            "counts_because": self.counts_because,
            "last_day": self.last_day.isoformat(),
            "window_start": self.window_start.isoformat() if self.window_start else None,
            "certainty": self.certainty.value,
            "owed_by": self.owed_by,
            "owed_to": self.owed_to,
            "recipient": self.recipient,
            "clause": self.clause,
            "clause_version": self.clause_version,
            "section": self.section,
            "source": self.source,
            "evidence": self.evidence,
            "consequence": self.consequence,
            "also": list(self.also),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class UndatedDuty:
    """One duty that has no day yet: it holds at all times, or waits for something to happen."""

    contract: str
    agency: str
    title: str
    when: str
    """When it is owed, in the contract's words."""
    owed_by: str
    owed_to: str
    clause: str
    clause_version: str
    section: str
    source: str
    because: str
    """Why no day can be named."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}
