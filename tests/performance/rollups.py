"""Make roll-ups without any file: contracts with counts, as many and as small as a test wants."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.performance.rollup.drift import drifts
from fe_contracts.performance.rollup.history import Arrival, Change, FileState, ReportVersion
from fe_contracts.performance.rollup.rollup import (
    NOTHING,
    Count,
    DeliverableLine,
    DueReport,
    OutcomeLine,
    PeriodCount,
    RolledContract,
    RollUp,
    SkippedFile,
    Timeliness,
    View,
)
from fe_contracts.performance.rollup.totals import adoption_days, adoption_of, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["AS_OF", "HOSTILE", "contract", "deliverable", "outcome", "report", "rollup_of"]

AS_OF = dt.date(2028, 2, 1)
HOSTILE = '=HYPERLINK("http://x.example")<script>alert(1)</script>\u202e&'
_QUARTERS = [
    (f"2027-Q{number}", dt.date(2027, 3 * number - 2, 1), dt.date(2027, 3 * number, (31, 30, 30, 31)[number - 1]))
    for number in range(1, 5)
]


def deliverable(
    key: str, counts: Sequence[int | None], *, targets: Sequence[int] = (50, 50, 50, 50), people: bool = True,
    agency: str = "", tolerance: int | None = 80, group: str = "new_clients",
) -> DeliverableLine:  # fmt: skip
    """Return a deliverable with these counts, quarter by quarter; None where no report came."""
    periods, done, owed = [], 0, 0
    for (label, first, last), count, target in zip(_QUARTERS, counts, targets, strict=False):
        if count is not None:
            done, owed = done + count, owed + target
        periods.append(
            PeriodCount(
                label, first, last, Count(count), target, Count(done) if count is not None else NOTHING,
                owed if count is not None else None, count is not None,
            )
        )  # fmt: skip
    came = any(count is not None for count in counts)
    return DeliverableLine(
        key, agency or key, "D5", "New Clients", "Clients", group, people, tuple(periods),
        Count(done) if came else NOTHING, owed if came else None, sum(targets),
        None if tolerance is None else Decimal(tolerance),
    )  # fmt: skip


def outcome(key: str, population: int, measured: int, reached: int) -> OutcomeLine:
    """Return an outcome with these counts."""
    counts = Count(population), Count(measured), Count(reached)
    return OutcomeLine(key, key, "O1", "Score improved", "score", "2027-Q4", *counts, Decimal(30))


def report(key: str, state: Timeliness, days: int = 0, quarter: int = 1) -> DueReport:
    """Return a report that is owed."""
    label, _, last = _QUARTERS[quarter - 1]
    due = last + dt.timedelta(days=30)
    came = due + dt.timedelta(days=days) if state in {Timeliness.IN_TIME, Timeliness.LATE} else None
    return DueReport(key, key, "R1", "Quarterly report", label, last, due, came, state, days)


def contract(
    key: str,
    lines: Sequence[DeliverableLine] = (),
    outcomes: Sequence[OutcomeLine] = (),
    reports: Sequence[DueReport] = (),
    *,
    smallest: int = 11,
    effective: dt.date = dt.date(2027, 1, 1),
    clauses: dict[str, str] | None = None,
) -> RolledContract:
    """Return a contract of an agency that is called like its number."""
    return RolledContract(
        key=key,
        number=key,
        title=f"Contract {key}",
        agency=key,
        city="Exampleton",
        start=dt.date(2027, 1, 1),
        end=dt.date(2027, 12, 31),
        effective=effective,
        fictional=True,
        file=f"{key}.yaml",
        smallest=smallest,
        clauses=clauses or {"FE-04": "1.0.0"},
        burden=None,
        deliverables=tuple(lines),
        outcomes=tuple(outcomes),
        reports=tuple(reports),
    )


def rollup_of(*contracts: RolledContract, as_of: dt.date = AS_OF, findings: Sequence[Finding] = ()) -> RollUp:
    """Return the roll-up of contracts, with one correction in its history."""
    days = adoption_days(contracts, as_of)
    first = contracts[0].key if contracts else ""
    arrival = Arrival("R1 again.xlsx", "0" * 64, dt.date(2027, 5, 2), "received.csv")
    version = ReportVersion(
        first, first, "R1", "2027-Q1", arrival, FileState.COUNTS, 2, "R1.xlsx", "",
        (Change("deliverable.D5.actual", 31, 30),),
    )  # fmt: skip
    found = (*findings, Finding("ROLLUP004", Severity.ERROR, "It is of another contract.", Where("other.xlsx")))
    return RollUp(
        View.INTERNAL, as_of, tuple(contracts), grouped(contracts), tuple(o for c in contracts for o in c.outcomes),
        tuple(r for c in contracts for r in c.reports), adoption_of(contracts, days, {"FE-04": "Counseling"}), days,
        Findings(found, as_of, "bundled"), tuple(drifts(contracts)), (version,),
        (SkippedFile("minutes.docx", "a .docx file"),), ("Counts are the agencies' own.",),
    )  # fmt: skip
