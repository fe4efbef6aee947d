"""Work out the pictures of a roll-up: where bars end and columns stand; every axis begins at zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from fe_contracts.performance.rollup.rollup import AdoptionLine, DueReport

__all__ = ["WIDE", "ClauseChart", "Column", "PunctualPeriod", "Scale", "clause_charts", "punctuality", "scale_for"]

WIDE = 400
"""How wide a bar's picture is, in its own units."""
_LEAST_SHARE, _MOST_SHARE = 120, 200
_STATES = ("in time", "late", "missing", "came, day not known", "not due yet")
_HIGH, _STEP, _BROAD = 56, 16, 12


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from zero to its end."""

    end: Decimal

    def at(self, value: Decimal | int | None) -> float:
        """Return where a value lies; one beyond the end lies at the end."""
        if value is None or not self.end:
            return 0.0
        return round(float(min(max(Decimal(value), Decimal(0)), self.end) / self.end) * WIDE, 1)

    def beyond(self, value: Decimal | int | None) -> bool:
        """Return whether a value is more than the scale shows."""
        return value is not None and value > self.end


def scale_for(shares: Iterable[Decimal | None], *, whole: int = _LEAST_SHARE) -> Scale:
    """Return the scale of a group of shares, per cent: to 120 or 100, or further in steps of 20, to 200 at most."""
    most = max((item for item in shares if item is not None), default=Decimal(0))
    end = max(whole, min(_MOST_SHARE, -(-int(most) // 20) * 20))
    return Scale(Decimal(end))


@dataclass(frozen=True, slots=True)
class PunctualPeriod:
    """The reports of the periods that end together: how many in which state, and where the pieces of their bar lie."""

    label: str
    total: int
    counts: dict[str, int]
    pieces: tuple[tuple[str, float, float], ...]
    """State, start and width."""


def punctuality(reports: Iterable[DueReport]) -> tuple[PunctualPeriod, ...]:
    """Return the reports by the end of their periods, the states in one order."""
    found: dict[dt.date, list[DueReport]] = {}
    for item in reports:
        found.setdefault(item.end, []).append(item)
    most = max((len(items) for items in found.values()), default=1)
    return tuple(_period(end, items, most) for end, items in sorted(found.items()))


def _period(end: dt.date, items: Sequence[DueReport], most: int) -> PunctualPeriod:
    counts = {state: sum(item.state.value == state for item in items) for state in _STATES}
    pieces, at = [], 0.0
    for state, count in counts.items():
        if count:
            width = round(count / most * WIDE, 1)
            pieces.append((state.replace(",", "").replace(" ", "-"), round(at, 1), width))
            at += width
    return PunctualPeriod(f"{end:%B} {end.day}, {end.year}", len(items), counts, tuple(pieces))


@dataclass(frozen=True, slots=True)
class Column:
    """One piece of a column: where it lies, and which version of the clause it is, counted from the newest."""

    x: float
    y: float
    wide: float
    high: float
    shade: int


@dataclass(frozen=True, slots=True)
class ClauseChart:
    """How one clause spread: its versions stacked, a column for each day."""

    clause: str
    title: str
    wide: int
    high: int
    columns: tuple[Column, ...]
    lines: tuple[AdoptionLine, ...]
    said: str
    """How many contracts carried which version on the last of these days on which any was in force."""


def clause_charts(lines: Iterable[AdoptionLine], days: Sequence[dt.date], contracts: int) -> tuple[ClauseChart, ...]:
    """Return a chart for each clause; all have one scale, to the number of contracts."""
    found: dict[str, list[AdoptionLine]] = {}
    for line in lines:
        found.setdefault(line.clause, []).append(line)
    return tuple(_chart(clause, held, days, max(contracts, 1)) for clause, held in found.items())


def _chart(clause: str, lines: Sequence[AdoptionLine], days: Sequence[dt.date], contracts: int) -> ClauseChart:
    columns = []
    newest = len(lines) - 1
    for place in range(len(days)):
        foot = float(_HIGH)
        for number, line in enumerate(lines):
            high = round(line.by_day[place] / contracts * _HIGH, 1)
            if high:
                foot -= high
                columns.append(Column(place * _STEP + 2, round(foot, 1), _BROAD, high, min(newest - number, 2)))
    return ClauseChart(
        clause, lines[0].title, len(days) * _STEP, _HIGH, tuple(columns), tuple(lines), _said(lines, days, contracts)
    )


def _said(lines: Sequence[AdoptionLine], days: Sequence[dt.date], contracts: int) -> str:
    for place in reversed(range(len(days))):
        told = [(line.by_day[place], line.version) for line in lines if line.by_day[place]]
        if told:
            parts = ", ".join(f"{count} with {version}" for count, version in reversed(told))
            ended = "" if place == len(days) - 1 else "; ended since"
            return f"{sum(count for count, _ in told)} of {contracts} on {days[place]}: {parts}{ended}"
    return "none in force"
