"""Name the agencies that are drifting, by plain rules: each says its measure, and none needs a judgment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.performance.rollup.rollup import Drift, Timeliness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fe_contracts.performance.rollup.rollup import DeliverableLine, DueReport, RolledContract

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
    shares = [(item, item.share_to_date) for item in told if item.share_to_date is not None]
    if len(shares) == TWICE and all(share < line.tolerance for _, share in shares):
        said = ", ".join(f"{share} percent by the end of {item.period}" for item, share in shares)
        why = f"{said}; the contract asks for a plan below {line.tolerance.normalize():f} percent."
        yield Drift(line.contract, line.agency, f"{line.id} {line.title}", f"{why[0].upper()}{why[1:]}")


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
