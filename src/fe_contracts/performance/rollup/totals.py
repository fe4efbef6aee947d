"""Add up many contracts: the same deliverable over all agencies, and how clauses spread over time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from fe_contracts.performance.rollup.rollup import NOTHING, AdoptionLine, Amount, Count, DeliverableGroup, PeriodCount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fe_contracts.performance.rollup.rollup import DeliverableLine, RolledContract

__all__ = ["adoption_days", "adoption_of", "grouped"]

_MOST_DAYS = 12
_MONTHS = (3, 6, 9, 12)
_NUMBERED = ("P", "term")
"""How the names of periods begin that say nothing of their days."""


def grouped(contracts: Iterable[RolledContract]) -> tuple[DeliverableGroup, ...]:
    """Return the deliverables of all contracts, those that count the same together, in the order of the contracts."""
    lines: dict[str, list[DeliverableLine]] = defaultdict(list)
    for contract in contracts:
        seen: set[str] = set()
        for line in contract.deliverables:
            again = f"{line.group} ({line.id})" if line.group in seen else line.group
            seen.add(line.group)  # a contract that counts the same twice has a line for each
            lines[again].append(line)
    return tuple(_group(name, found) for name, found in lines.items())


def _group(name: str, found: Sequence[DeliverableLine]) -> DeliverableGroup:
    lines = _told_apart(found)
    periods = tuple(_together([item for line in lines for item in line.periods if item.period == label])
                    for label in _labels(lines))  # fmt: skip
    first = lines[0]
    return DeliverableGroup(
        name,
        first.title,
        first.unit,
        tuple(lines),
        periods,
        _sum(line.to_date for line in lines),
        _plain_sum([line.target_to_date for line in lines]),
        _held(lines),
    )


def _held(lines: Sequence[DeliverableLine]) -> Amount | None:
    """Return what is held against the targets to date; None if that is all that was done."""
    held = _plain_sum([line.held for line in lines if line.target_to_date is not None])
    return None if held == _sum(line.to_date for line in lines).value else held


def _told_apart(lines: Sequence[DeliverableLine]) -> list[DeliverableLine]:
    """Return the lines with periods named by their days where two contracts count P01 from different ones."""
    days: dict[str, set[tuple[dt.date, dt.date]]] = defaultdict(set)
    for line in lines:
        for item in line.periods:
            days[item.period].add((item.start, item.end))
    several = {label for label, found in days.items() if label.startswith(_NUMBERED) and len(found) > 1}
    return [
        replace(
            line,
            periods=tuple(
                replace(item, period=f"{item.period} from {item.start}") if item.period in several else item
                for item in line.periods
            ),
        )
        for line in lines
    ]


def _labels(lines: Sequence[DeliverableLine]) -> list[str]:
    """Return the periods of all lines, by their first days."""
    found: dict[str, dt.date] = {}
    for line in lines:
        for item in line.periods:
            found[item.period] = min(item.start, found.get(item.period, item.start))
    return sorted(found, key=lambda label: (found[label], label))


def _together(periods: Sequence[PeriodCount]) -> PeriodCount:
    """Return one period of several contracts added up; the targets of those that reported."""
    told = [item for item in periods if item.reported]
    return PeriodCount(
        periods[0].period,
        min(item.start for item in periods),
        max(item.end for item in periods),
        _sum(item.actual for item in periods),
        _plain_sum([item.target for item in told]),
        _sum(item.to_date for item in told),
        _plain_sum([item.target_to_date for item in told]),
        bool(told),
    )


def _sum(counts: Iterable[Count]) -> Count:
    there = [item.value for item in counts if item.value is not None]
    return Count(sum(there)) if there else NOTHING


def _plain_sum(amounts: Sequence[Amount | None]) -> Amount | None:
    there = [item for item in amounts if item is not None]
    return sum(there) if there else None


def adoption_days(contracts: Sequence[RolledContract], as_of: dt.date) -> tuple[dt.date, ...]:
    """Return the days adoption is told for: the ends of quarters since the first contract, at most twelve, and now."""
    if not contracts:
        return ()
    first = min(item.effective for item in contracts)
    days = [day for day in _quarter_ends(first, as_of) if day < as_of]
    return (*days[-(_MOST_DAYS - 1) :], as_of)


def _quarter_ends(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for year in range(first.year, last.year + 1):
        for month in _MONTHS:
            following = dt.date(year + month // 12, month % 12 + 1, 1)
            day = following - dt.timedelta(days=1)
            if first <= day <= last:
                yield day


def adoption_of(
    contracts: Sequence[RolledContract], days: Sequence[dt.date], titles: Mapping[str, str]
) -> tuple[AdoptionLine, ...]:
    """Return how many contracts carried each version of each clause, day by day: those in force on that day."""
    carried: dict[tuple[str, str], list[RolledContract]] = defaultdict(list)
    for contract in contracts:
        for clause, version in contract.clauses.items():
            carried[clause, version].append(contract)
    return tuple(
        AdoptionLine(
            clause,
            titles.get(clause, clause),
            version,
            tuple(sum(_in_force(item, day) for item in held) for day in days),
            tuple(sorted({item.agency for item in held if _in_force(item, days[-1])}, key=str.casefold)),
        )
        for (clause, version), held in sorted(carried.items(), key=lambda item: _by_number(item[0]))
    )


def _by_number(key: tuple[str, str]) -> tuple[str, list[int]]:
    return key[0], [int(part) for part in key[1].split(".") if part.isdigit()]


def _in_force(contract: RolledContract, day: dt.date) -> bool:
    return contract.effective <= day <= contract.end
