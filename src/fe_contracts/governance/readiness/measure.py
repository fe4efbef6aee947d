"""Measure the balance: how much of the process is reached against how much of the implementation, each by its plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from fe_contracts.model.vocabulary import Track

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from fe_contracts.governance.readiness.progress import Step

__all__ = ["Measure", "Point", "TrackShare", "Verdict", "measured", "points"]


class Verdict(StrEnum):
    """Which side is ahead, if one is."""

    IN_BALANCE = "in balance"
    PROCESS_AHEAD = "process ahead"
    IMPLEMENTATION_AHEAD = "implementation ahead"


def points(share: Fraction) -> int:
    """Return a share of one as whole percentage points, half away from zero."""
    whole = int(abs(share) * 100 + Fraction(1, 2))
    return whole if share >= 0 else -whole


@dataclass(frozen=True, slots=True)
class TrackShare:
    """How many milestones of one side are reached, and how many the plan has by then."""

    track: Track
    total: int
    reached: int
    planned: int
    """How many were planned for the day or before."""

    @property
    def reached_share(self) -> Fraction:
        """Return the share that is reached."""
        return Fraction(self.reached, self.total)

    @property
    def planned_share(self) -> Fraction:
        """Return the share that the plan has reached by then."""
        return Fraction(self.planned, self.total)

    @property
    def ahead(self) -> Fraction:
        """Return how far it is ahead of its own plan; negative if behind."""
        return self.reached_share - self.planned_share

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "milestones": self.total,
            "reached": self.reached,
            "planned": self.planned,
            "reached_percent": points(self.reached_share),
            "planned_percent": points(self.planned_share),
            "ahead_of_plan_points": points(self.ahead),
        }


@dataclass(frozen=True, slots=True)
class Point:
    """Both sides on one day: from that day until the next point."""

    day: dt.date
    process: TrackShare
    implementation: TrackShare

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "day": self.day.isoformat(),
            "process_percent": points(self.process.reached_share),
            "implementation_percent": points(self.implementation.reached_share),
            "process_planned_percent": points(self.process.planned_share),
            "implementation_planned_percent": points(self.implementation.planned_share),
        }


@dataclass(frozen=True, slots=True)
class Measure:
    """The balance on the day asked about, how it is reckoned, and how it came to be."""

    process: TrackShare
    implementation: TrackShare
    margin: int
    """By how many points one side may be further ahead of its plan than the other."""
    series: tuple[Point, ...]
    """Both sides on every day on which one of them, or its plan, moved."""

    @property
    def lead(self) -> Fraction:
        """Return how much further the process is ahead of its plan than the implementation of its own."""
        return self.process.ahead - self.implementation.ahead

    @property
    def verdict(self) -> Verdict:
        """Return which side is ahead by more than the margin."""
        if self.lead * 100 > self.margin:
            return Verdict.PROCESS_AHEAD
        if self.lead * 100 < -self.margin:
            return Verdict.IMPLEMENTATION_AHEAD
        return Verdict.IN_BALANCE

    @property
    def explained(self) -> str:
        """Return the measure in words, with its figures, so that anyone can reckon it again."""
        sides = " ".join(
            f"{name}: {side.reached} of {side.total} milestones reached ({points(side.reached_share)}%), the plan for "
            f"this day has {side.planned} ({points(side.planned_share)}%), so {_against_plan(side)}."
            for name, side in (("Process", self.process), ("Implementation", self.implementation))
        )
        return f"{sides} {self._compared}"

    @property
    def _compared(self) -> str:
        lead = points(self.lead)
        if not lead:
            return "Measured by their plans, neither side is ahead of the other."
        first, second = ("process", "implementation") if lead > 0 else ("implementation", "process")
        over = self.verdict is not Verdict.IN_BALANCE
        return (
            f"Measured by their plans, {first} is {abs(lead)} points ahead of {second}; "
            f"{'more than' if over else 'up to'} {self.margin} {'is out of balance' if over else 'is in balance'}."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "process": self.process.to_dict(),
            "implementation": self.implementation.to_dict(),
            "lead_of_process_points": points(self.lead),
            "margin_points": self.margin,
            "explained": self.explained,
            "series": [point.to_dict() for point in self.series],
        }


def _against_plan(side: TrackShare) -> str:
    ahead = points(side.ahead)
    if not ahead:
        return "it is on plan"
    return f"it is {abs(ahead)} points {'ahead of' if ahead > 0 else 'behind'} plan"


def measured(steps: Sequence[Step], as_of: dt.date, margin: int) -> Measure:
    """Return the balance of the milestones on a day, and on every earlier day on which it moved."""
    moved = {day for step in steps for day in (step.planned, step.reached) if day is not None and day <= as_of}
    series = tuple(_on(steps, day) for day in sorted(moved | {as_of}))
    return Measure(series[-1].process, series[-1].implementation, margin, series)


def _on(steps: Sequence[Step], day: dt.date) -> Point:
    process, implementation = (
        TrackShare(
            track,
            sum(step.track is track for step in steps),
            sum(step.track is track and step.reached is not None and step.reached <= day for step in steps),
            sum(step.track is track and step.planned <= day for step in steps),
        )
        for track in (Track.PROCESS, Track.IMPLEMENTATION)
    )
    return Point(day, process, implementation)
