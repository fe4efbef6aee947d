"""Hold the schedule of one contract or of many: duties with a day, duties without, the burden, what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from fe_contracts.findings import Findings
    from fe_contracts.schedule.burden import Workload
    from fe_contracts.schedule.duties import DatedDuty, UndatedDuty

__all__ = ["Schedule", "ScheduledContract"]

_AMENDMENTS = 100
"""More amendments than one term can have: a renewal always counts for more than those before it."""


@dataclass(frozen=True, slots=True)
class ScheduledContract:
    """One contract of a schedule, and which state of it the schedule shows."""

    number: str
    title: str
    city: str
    agency: str
    start: dt.date
    end: dt.date
    renewal: int
    """Which renewal it is; 0 for the first term."""
    amendments: int
    as_of: dt.date
    """The day from which this state of the contract applies: of its last amendment, or its effective date."""
    fictional: bool = False
    file: str = ""
    key: str = ""
    """Names this term of this contract among all others; the same as `DatedDuty.term`."""

    @property
    def sequence(self) -> int:
        """Return a number that grows with each amendment and each renewal, as a calendar wants it."""
        return self.renewal * _AMENDMENTS + self.amendments

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "number": self.number,
            "title": self.title,
            "city": self.city,
            "agency": self.agency,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "renewal": self.renewal,
            "amendments": self.amendments,
            "as_of": self.as_of.isoformat(),
            "fictional": self.fictional,
            "file": self.file or None,
        }


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every dated duty of one contract or of many, by day."""

    contracts: tuple[ScheduledContract, ...]
    duties: tuple[DatedDuty, ...]
    undated: tuple[UndatedDuty, ...]
    """Duties that hold all the time or wait for something to happen."""
    burden: tuple[Workload, ...]
    """What reporting comes to, contract by contract."""
    findings: Findings
    notes: tuple[str, ...] = ()
    """What a reader must know: whose holidays are counted, and which are not known."""
    cancelled: tuple[DatedDuty, ...] = ()
    """Duties that an earlier state of the contracts had and this one has not."""

    def only(
        self,
        *,
        kinds: Collection[str] = (),
        who: str | None = None,
        first: dt.date | None = None,
        last: dt.date | None = None,
    ) -> Schedule:
        """Return the duties of some kinds, of one side (or of both), or of some days; the burden stays whole."""

        def wanted(duty: DatedDuty) -> bool:
            return (
                (not kinds or duty.kind.value in kinds)
                and (who is None or duty.owed_by in {who, "both"})
                and (first is None or duty.last_day >= first)
                and (last is None or duty.last_day <= last)
            )

        return replace(
            self,
            duties=tuple(filter(wanted, self.duties)),
            cancelled=tuple(filter(wanted, self.cancelled)),
            undated=tuple(item for item in self.undated if who is None or item.owed_by in {who, "both"}),
        )

    def since(self, before: Schedule) -> Schedule:
        """Return this schedule with what the one before had and this has not, so that calendars drop it.

        Only the same term of a contract is compared: what an earlier term asks for stays owed when it is renewed.
        """
        kept = {duty.uid for duty in self.duties}
        here = {contract.key for contract in self.contracts}
        gone = tuple(duty for duty in before.duties if duty.uid not in kept and duty.term in here)
        return replace(self, cancelled=gone)

    @property
    def exit_code(self) -> int:
        """Return 0 if nothing above info was found, 1 otherwise, 2 if no contract could be read."""
        return self.findings.exit_code if self.contracts else 2

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "contracts": [item.to_dict() for item in self.contracts],
            "duties": [item.to_dict() for item in self.duties],
            "cancelled": [item.to_dict() for item in self.cancelled],
            "undated": [item.to_dict() for item in self.undated],
            "burden": [item.to_dict() for item in self.burden],
            "notes": list(self.notes),
            **self.findings.to_dict(),
        }
