"""Name the agencies that are drifting, by plain rules: each says its measure, and none needs a judgment."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.performance.rollup.rollup import Drift, Timeliness, is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fe_contracts.performance.rollup.rollup import DeliverableLine, DueReport, PeriodCount, RolledContract

__all__ = ["RULES", "drifts"]

TWICE = 2

RULES = (
    "A deliverable drifts when it was below the share of its targets to date that the contract tolerates in the last "
    "two periods reported. Reports drift when two that were due came late or are missing."
)


def drifts(contracts: Iterable[RolledContract]) -> Iterator[Drift]:
    """Yield what is drifting, contract by contract."""
    for contract in contracts:
        for line in contract.deliverables:
            yield from _behind(line)
        yield from _late(contract, contract.reports)


def _behind(line: DeliverableLine) -> Iterator[Drift]:
    """Yield that a deliverable was below what the contract tolerates, two periods running."""
    if line.tolerance is None:
        return
    told = [item for item in line.periods if item.share_to_date is not None][-TWICE:]
    behind = [item for item in told if is_below(item.to_date.value, item.target_to_date, line.tolerance)]
    if len(behind) == TWICE:
        said = ", ".join(f"{_share(item)} percent by the end of {item.period}" for item in behind)
        why = f"{said}; the contract asks for a plan below {line.tolerance.normalize():f} percent."
        yield Drift(line.contract, line.agency, f"{line.id} {line.title}", f"{why[0].upper()}{why[1:]}")


def _share(item: PeriodCount) -> str:
    """Return the share of the targets to date, with a decimal where it has one."""
    share = Decimal(item.to_date.value or 0) * 100 / Decimal(item.target_to_date or 1)
    return f"{share:.1f}".removesuffix(".0")


def _late(contract: RolledContract, reports: Sequence[DueReport]) -> Iterator[Drift]:
    """Yield that reports came late or are missing, twice or more."""
    told = []
    for item in sorted(reports, key=lambda item: (item.due, item.requirement)):
        days = f"{item.late_days} {'day' if item.late_days == 1 else 'days'}"
        if item.state is Timeliness.LATE:
            told.append(f"{item.requirement} {item.period} {days} late")
        elif item.state is Timeliness.MISSING:
            told.append(f"{item.requirement} {item.period} missing for {days}")
    if len(told) >= TWICE:
        due = sum(item.state is not Timeliness.AHEAD for item in reports)
        why = f"{len(told)} of {due} reports that were due: {'; '.join(told)}."
        yield Drift(contract.key, contract.agency, "Reports", why)
