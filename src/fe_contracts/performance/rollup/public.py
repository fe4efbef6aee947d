"""Make the view of a roll-up that may be given to others: small counts left out, files and findings not told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fe_contracts.findings import Findings
from fe_contracts.performance.rollup.rollup import RollUp, View
from fe_contracts.performance.rollup.suppression import hidden_cells

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from fe_contracts.performance.rollup.rollup import (
        Amount,
        DeliverableGroup,
        DeliverableLine,
        OutcomeLine,
        PeriodCount,
    )
    from fe_contracts.performance.rollup.suppression import Cell

__all__ = ["published"]


def published(internal: RollUp) -> RollUp:
    """Return what may be given to others: no small count of people, and none that can be worked out.

    What was published before, or elsewhere, is not known here: whoever publishes must compare.
    """
    smallest = {item.key: item.smallest for item in internal.contracts}
    groups, outcomes = _both(internal, smallest)
    by_contract: dict[tuple[str, str], DeliverableLine] = {
        (line.contract, line.id): line for group in groups for line in group.lines
    }
    contracts = tuple(
        replace(
            item,
            file="",
            deliverables=tuple(by_contract[item.key, line.id] for line in item.deliverables),
            outcomes=tuple(line for line in outcomes if line.contract == item.key),
            reports=tuple(replace(report, file="", errors=0, warnings=0) for report in item.reports),
            history=(),
            findings=(),
        )
        for item in internal.contracts
    )
    return replace(
        internal,
        view=View.PUBLIC,
        contracts=contracts,
        deliverables=groups,
        outcomes=outcomes,
        reports=tuple(replace(report, file="", errors=0, warnings=0) for report in internal.reports),
        findings=Findings((), internal.as_of, internal.findings.catalog),
        drifting=(),
        history=(),
        skipped=(),
    )


_Figure = tuple[str, str, "Amount"]
"""A contract, the name of a period or of the time to date, and a count."""
_TO_DATE = ""


def _both(
    internal: RollUp, smallest: Mapping[str, int]
) -> tuple[tuple[DeliverableGroup, ...], tuple[OutcomeLine, ...]]:
    """Return deliverables and outcomes, neither showing what is hidden in another table.

    The same people are often counted twice, as clients and as the population of an outcome: a count that is hidden in
    one place is hidden wherever it stands again for the same contract and time.
    """
    secret: set[_Figure] = set()
    while True:
        groups = tuple(_group(item, smallest, secret) for item in internal.deliverables)
        outcomes = tuple(_outcomes(internal.outcomes, smallest, secret))
        found = {
            figure
            for before, after in zip(internal.deliverables, groups, strict=True)
            for figure in _hidden_in(before, after)
        }
        found |= {
            (before.contract, _TO_DATE, one.value)
            for before, after in zip(internal.outcomes, outcomes, strict=True)
            for one, other in ((before.population, after.population), (before.reached, after.reached))
            if other.hidden and one.value
        }
        if found <= secret:
            return groups, outcomes
        secret |= found


def _hidden_in(before: DeliverableGroup, after: DeliverableGroup) -> Iterator[_Figure]:
    """Yield each count of people that is hidden in a deliverable, by contract and time."""
    for line, shown in zip(before.lines, after.lines, strict=True):
        if not line.people:
            continue
        if shown.to_date.hidden and line.to_date.value:
            yield line.contract, _TO_DATE, line.to_date.value
        for one, other in zip(line.periods, shown.periods, strict=True):
            if other.actual.hidden and one.actual.value:
                yield line.contract, one.period, one.actual.value


def _group(group: DeliverableGroup, smallest: Mapping[str, int], secret: Collection[_Figure]) -> DeliverableGroup:
    """Return one deliverable over all agencies, without what would show a small count."""
    if not any(line.people for line in group.lines):
        return group
    labels = [item.period for item in group.periods]
    table = [_row(line, labels) for line in group.lines]
    also = [
        (row, column)
        for row, line in enumerate(group.lines)
        if line.people
        for column, label in enumerate([*labels, _TO_DATE])
        if (value := line.to_date.value if label == _TO_DATE else table[row][column]) is not None
        and (line.contract, label, value) in secret
    ]
    hidden = hidden_cells(table, [smallest[line.contract] for line in group.lines], also)
    bottom, side = len(table), len(labels)
    lines = tuple(
        replace(
            line,
            periods=_periods(line.periods, labels, row, hidden, whole=(row, side) not in hidden),
            to_date=line.to_date.left_out(hide=(row, side) in hidden),
            target_to_date=line.target_to_date if line.measured is None else None,
            measured=None,
        )
        for row, line in enumerate(group.lines)
    )
    return replace(
        group,
        lines=lines,
        periods=_periods(group.periods, labels, bottom, hidden, whole=False),
        to_date=group.to_date.left_out(hide=(bottom, side) in hidden),
        target_to_date=group.target_to_date if group.measured is None else None,
        measured=None,
    )


def _row(line: DeliverableLine, labels: Sequence[str]) -> list[Amount | None]:
    values = {item.period: item.actual.value for item in line.periods}
    return [values.get(label) for label in labels]


def _periods(
    periods: Iterable[PeriodCount], labels: Sequence[str], row: int, hidden: frozenset[Cell], *, whole: bool
) -> tuple[PeriodCount, ...]:
    """Return the periods of one row; what is reported to date stays only in the last, where it is the row's total."""
    made = []
    told = [item.period for item in periods if item.reported]
    for item in periods:
        hide = (row, labels.index(item.period)) in hidden
        is_total = whole and told[-1:] == [item.period]
        made.append(
            replace(item, actual=item.actual.left_out(hide=hide), to_date=item.to_date.left_out(hide=not is_total))
        )
    return tuple(made)


def _outcomes(
    lines: Sequence[OutcomeLine], smallest: Mapping[str, int], secret: Collection[_Figure]
) -> Iterable[OutcomeLine]:
    """Yield the outcomes without small counts: who reached it, who did not, and who was not measured add up."""
    for line in lines:
        parts = _parts(line)
        figures = enumerate((line.reached.value, None, None, line.population.value))
        also = [(0, column) for column, value in figures if (line.contract, _TO_DATE, value) in secret]
        if (line.contract, _TO_DATE, line.measured.value) in secret:
            also += [(0, 1), (0, 2)]  # what is measured is the sum of the first two parts
        hidden = hidden_cells([parts], [smallest[line.contract]], also)
        yield _outcome(line, {column for row, column in hidden if row == 0})


def _parts(line: OutcomeLine) -> list[Amount | None]:
    """Return those who reached it, those measured who did not, and those not measured."""
    population, measured, reached = line.population.value, line.measured.value, line.reached.value
    if population is None:
        return [None, None, None]
    measured = min(measured or 0, population)
    reached = min(reached or 0, measured)
    return [reached, measured - reached, population - measured]


def _outcome(line: OutcomeLine, hidden: set[int]) -> OutcomeLine:
    """Return an outcome with what its hidden parts would show left out: parts 0 to 2, and 3 for the population."""
    odd = _is_odd(line)
    measured_shown = not hidden & {0, 1} or not hidden & {2, 3}
    return replace(
        line,
        population=line.population.left_out(hide=odd or 3 in hidden),
        measured=line.measured.left_out(hide=odd or not measured_shown),
        reached=line.reached.left_out(hide=odd or 0 in hidden),
    )


def _is_odd(line: OutcomeLine) -> bool:
    """Return whether the counts do not fit each other: nothing is published of them before they do."""
    values: list[Decimal | int | None] = [line.population.value, line.measured.value, line.reached.value]
    there = [value for value in values if value is not None]
    return len(there) < len(values) or there != sorted(there, reverse=True)
