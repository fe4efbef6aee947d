"""Hold what the reports of many agencies and periods come to, against what their contracts ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from fe_contracts.findings import Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fe_contracts.findings import Finding, Findings
    from fe_contracts.performance.rollup.history import ReportVersion
    from fe_contracts.schedule.burden import Workload

__all__ = [
    "NOTHING", "AdoptionLine", "Amount", "Count", "DeliverableGroup", "DeliverableLine", "Drift", "DueReport",
    "OutcomeLine", "PeriodCount", "RollUp", "RolledContract", "SkippedFile", "Timeliness", "View", "is_below",
    "percent_of",
]  # fmt: skip

Amount = int | Decimal


class View(StrEnum):
    """For whom a roll-up is."""

    INTERNAL = "internal"
    """For the city's own work: exact counts, files, findings. Not for publication."""
    PUBLIC = "public"
    """To be given to others: small counts are left out, and files and findings are not told."""


class Timeliness(StrEnum):
    """Where a report stands on the day that is asked about."""

    IN_TIME = "in time"
    LATE = "late"
    MISSING = "missing"
    NO_DAY = "came, day not known"
    AHEAD = "not due yet"


@dataclass(frozen=True, slots=True)
class Count:
    """A count, or that there is none, or that it is left out."""

    value: Amount | None = None
    hidden: bool = False
    """Whether it is left out because a small count could be worked out from it."""

    def left_out(self, *, hide: bool = True) -> Count:
        """Return it without its value."""
        return Count(None, hidden=True) if hide and self.value is not None else self


NOTHING = Count()


def percent_of(part: Amount | None, whole: Amount | None) -> Decimal | None:
    """Return a share per cent, rounded to whole numbers; None where there is nothing to take a share of."""
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP)


def is_below(part: Amount | None, whole: Amount | None, percent: Decimal | None) -> bool:
    """Return whether a part is less than so many per cent of the whole, to the last digit and not as rounded."""
    return part is not None and bool(whole) and percent is not None and part * 100 < (whole or 0) * percent


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """What was done in one period, against its target."""

    period: str
    start: dt.date
    end: dt.date
    actual: Count = NOTHING
    target: Amount | None = None
    to_date: Count = NOTHING
    target_to_date: Amount | None = None
    reported: bool = False

    @property
    def share_to_date(self) -> Decimal | None:
        """Return the share of the targets to date, per cent."""
        return percent_of(self.to_date.value, self.target_to_date)


@dataclass(frozen=True, slots=True)
class DeliverableLine:
    """One deliverable of one contract, period by period."""

    contract: str
    """The key of the contract's term."""
    agency: str
    id: str
    title: str
    unit: str
    group: str
    """What it is added up under: the usual measure that it is, else its title and unit."""
    people: bool
    """Whether its counts can point to people, so that small ones are not published."""
    periods: tuple[PeriodCount, ...]
    to_date: Count
    """All reports that came, together."""
    target_to_date: Amount | None
    """The targets of the periods that were reported."""
    target_term: int
    tolerance: Decimal | None = None
    """The share of the targets to date below which the contract asks for a plan, per cent."""
    measured: Amount | None = None
    """What was done by the day up to which `target_to_date` counts; None if that is all that was done."""

    @property
    def held(self) -> Amount | None:
        """Return the count that is held against the targets to date: both go up to the same day."""
        return None if self.to_date.value is None else self.to_date.value if self.measured is None else self.measured

    @property
    def share(self) -> Decimal | None:
        """Return the share of the targets to date, per cent."""
        return percent_of(self.held, self.target_to_date)

    @property
    def below(self) -> bool:
        """Return whether it is below what the contract tolerates; False where the contract says nothing of it."""
        return is_below(self.held, self.target_to_date, self.tolerance)


@dataclass(frozen=True, slots=True)
class DeliverableGroup:
    """The same deliverable over all agencies, with its totals."""

    name: str
    title: str
    unit: str
    lines: tuple[DeliverableLine, ...]
    periods: tuple[PeriodCount, ...]
    """All agencies together, period by period."""
    to_date: Count
    target_to_date: Amount | None
    measured: Amount | None = None
    """What is held against the targets to date, where some agencies have none yet; None if that is all."""

    @property
    def share(self) -> Decimal | None:
        """Return the share of the targets to date, per cent."""
        held = self.to_date.value if self.measured is None else self.measured
        return None if self.to_date.value is None else percent_of(held, self.target_to_date)


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One outcome of one contract, as its last report counts it from the first day of the term."""

    contract: str
    agency: str
    id: str
    title: str
    group: str
    period: str
    """The period of the report that counts it last."""
    population: Count
    measured: Count
    reached: Count
    target: Decimal
    """The promised share of the population, per cent."""

    @property
    def result(self) -> Decimal | None:
        """Return the share of the population that reached it, per cent."""
        return percent_of(self.reached.value, self.population.value)

    @property
    def measured_share(self) -> Decimal | None:
        """Return the share of the population that was measured, per cent."""
        return percent_of(self.measured.value, self.population.value)


@dataclass(frozen=True, slots=True)
class DueReport:
    """One report that is owed, and when it came."""

    contract: str
    agency: str
    requirement: str
    report: str
    period: str
    end: dt.date
    due: dt.date
    received_on: dt.date | None
    state: Timeliness
    late_days: int = 0
    """How late it came, or how long it has been missing."""
    file: str = ""
    versions: int = 0
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class AdoptionLine:
    """One version of one clause on financial empowerment, and how many contracts carried it on some days."""

    clause: str
    title: str
    version: str
    by_day: tuple[int, ...]
    """As many as `RollUp.adoption_days`."""
    agencies: tuple[str, ...]
    """Whose contracts carry it on the last of these days."""


@dataclass(frozen=True, slots=True)
class Drift:
    """An agency that is drifting, by a rule that is said with its measure."""

    contract: str
    agency: str
    about: str
    """A deliverable, or the reports."""
    why: str


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file in the folder that is no report of these contracts, and why."""

    file: str
    why: str


@dataclass(frozen=True)
class RolledContract:
    """One term of one contract, and what was reported under it."""

    key: str
    """Names this term of this contract among all others."""
    number: str
    title: str
    agency: str
    city: str
    start: dt.date
    end: dt.date
    effective: dt.date
    fictional: bool
    file: str
    smallest: int
    """Counts of people below this number are not published."""
    clauses: Mapping[str, str]
    """The version of each clause on financial empowerment."""
    burden: Workload | None
    deliverables: tuple[DeliverableLine, ...] = ()
    outcomes: tuple[OutcomeLine, ...] = ()
    reports: tuple[DueReport, ...] = ()
    history: tuple[ReportVersion, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What the check found in the reports that count."""


@dataclass(frozen=True)
class RollUp:
    """What the reports of many agencies and periods come to."""

    view: View
    as_of: dt.date
    contracts: tuple[RolledContract, ...]
    deliverables: tuple[DeliverableGroup, ...]
    outcomes: tuple[OutcomeLine, ...]
    reports: tuple[DueReport, ...]
    adoption: tuple[AdoptionLine, ...]
    adoption_days: tuple[dt.date, ...]
    findings: Findings
    """What was found in the folder itself; what each report's check found stands with its contract."""
    drifting: tuple[Drift, ...] = ()
    history: tuple[ReportVersion, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The title of each clause."""

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies, by name."""
        return tuple(sorted({item.agency for item in self.contracts}, key=str.casefold))

    @property
    def fictional(self) -> bool:
        """Return whether any of the contracts is made up."""
        return any(item.fictional for item in self.contracts)

    @property
    def cities(self) -> tuple[str, ...]:
        """Return the cities."""
        return tuple(sorted({item.city for item in self.contracts}))

    @property
    def exit_code(self) -> int:
        """Return 0 if nothing above a note was found and nothing is missing, else 1; 2 if there was no contract."""
        if not self.contracts:
            return 2
        missing = any(item.state is Timeliness.MISSING for item in self.reports)
        inside = (item for contract in self.contracts for item in contract.findings)
        return max(self.findings.exit_code, int(missing or any(item.severity is not Severity.INFO for item in inside)))
