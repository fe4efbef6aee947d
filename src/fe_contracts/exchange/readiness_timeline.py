"""Lay out an initiative's timeline: where each milestone, contract and hearing stands, and how the shares grew.

Only places are reckoned here, in the picture's own units; the page's template draws them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fe_contracts.governance.readiness import Readiness
    from fe_contracts.governance.readiness.progress import Step

__all__ = ["Mark", "Tick", "Timeline", "timeline_of"]

LEFT, RIGHT, WIDTH, _PAD = 128, 160, 1000, 12
_TOP, _HIGH = 24, 132
_ROW, _GAP, _APART = 26, 22, 25
_MONTHS_SHOWN = 14
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Mark:
    """One milestone in its lane: a number in a disc, and a line from the day it was planned for."""

    number: int
    x: float
    y: float
    planned_x: float
    state: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the picture at the beginning of a month, or a small mark in a lane."""

    x: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the picture."""

    name: str
    y: float
    high: float
    marks: tuple[Mark, ...] = ()
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """How one side's share grew: its line, its plan's line, and where its label stands."""

    name: str
    path: str
    plan: str
    percent: int
    end_y: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture."""

    high: float
    lanes: tuple[Lane, ...]
    curves: tuple[Curve, ...]
    months: tuple[Tick, ...]
    today: float
    today_anchor: str
    rows: tuple[tuple[int, Step], ...]
    """The milestones by number, in the order of their days: the table behind the picture."""
    chart_top: float = _TOP
    chart_end: float = _TOP + _HIGH
    left: float = LEFT
    end: float = WIDTH - RIGHT


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day stands."""

    first: dt.date
    last: dt.date

    def at(self, day: dt.date) -> float:
        whole = max((self.last - self.first).days, 1)
        share = (min(max(day, self.first), self.last) - self.first).days / whole
        return round(LEFT + _PAD + share * (WIDTH - LEFT - RIGHT - 2 * _PAD), 1)


def timeline_of(found: Readiness) -> Timeline:
    """Return the picture of an initiative: shares above, then milestones by side, contracts, and who was heard."""
    scale = _scale(found)
    ordered = sorted(found.steps, key=lambda step: (_day(step), step.track.value != "process", step.id))
    rows = tuple(enumerate(ordered, start=1))
    lanes: list[Lane] = []
    y = _TOP + _HIGH + 46.0
    for track, name in (("process", "Process"), ("implementation", "Implementation")):
        lane = _lane(name, y, [(number, step) for number, step in rows if step.track.value == track], scale)
        lanes.append(lane)
        y += lane.high + 10
    for name, days in (("Contracts", _effective(found)), ("Heard", _heard(found))):
        lanes.append(Lane(name, y, _ROW, ticks=tuple(Tick(scale.at(day), label) for day, label in days)))
        y += _ROW + 8
    today = scale.at(found.as_of)
    curves = _curves(found, scale)
    anchor = "end" if today > (LEFT + WIDTH - RIGHT) / 2 else "start"
    return Timeline(y + 2, tuple(lanes), curves, _months(scale), today, anchor, rows)


def _day(step: Step) -> dt.date:
    return step.reached or step.planned


def _scale(found: Readiness) -> _Scale:
    days = [day for step in found.steps for day in (step.planned, step.reached) if day is not None]
    days += [found.as_of, *(item.effective for item in found.contracts)]
    first, last = min(days), max(days)
    end = dt.date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return _Scale(first.replace(day=1), end)


def _lane(name: str, y: float, numbered: Sequence[tuple[int, Step]], scale: _Scale) -> Lane:
    """Return a lane whose discs never cover each other: those too near go a row down."""
    ends: list[float] = []
    marks = []
    for number, step in numbered:
        x = scale.at(_day(step))
        row = next((place for place, end in enumerate(ends) if x - end >= _APART), len(ends))
        ends[row : row + 1] = [x]
        planned = scale.at(step.planned)
        marks.append(Mark(number, x, y + _ROW / 2 + row * _GAP, planned, step.state.value, step.title))
    return Lane(name, y, _ROW + max(len(ends) - 1, 0) * _GAP, tuple(marks))


def _effective(found: Readiness) -> list[tuple[dt.date, str]]:
    by_day: dict[dt.date, list[str]] = {}
    for item in found.contracts:
        by_day.setdefault(item.effective, []).append(item.id)
    return [(day, f"{len(ids)}") for day, ids in sorted(by_day.items())]


def _heard(found: Readiness) -> list[tuple[dt.date, str]]:
    """Return the days on which anybody was heard, none after the day asked about."""
    initiative = found.initiative
    days = {item.on for item in initiative.engagements}
    days |= {one.on for item in initiative.stakeholders for one in item.heard}
    return [(day, "") for day in sorted(days) if day <= found.as_of]


def _months(scale: _Scale) -> tuple[Tick, ...]:
    """Return lines at months, or at every third or twelfth where there are many; January bears its year."""
    whole = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = next(size for size in (1, 3, 6, 12, 24, 60, 120, 1200) if whole / size <= _MONTHS_SHOWN)
    ticks = []
    for number in range(whole + 1):
        year, month = divmod(scale.first.year * 12 + scale.first.month - 1 + number, 12)
        if (year * 12 + month) % step == 0:
            label = str(year) if month == 0 else _NAMES[month]
            ticks.append(Tick(scale.at(dt.date(year, month + 1, 1)), label))
    return tuple(ticks)


def _curves(found: Readiness, scale: _Scale) -> tuple[Curve, ...]:
    """Return both sides' lines up to the day, with labels that stand clear of each other."""
    measure = found.measure
    made = []
    for name, side, shares in (
        ("Process", measure.process, [(point.day, point.process) for point in measure.series]),
        ("Implementation", measure.implementation, [(point.day, point.implementation) for point in measure.series]),
    ):
        reached = [(scale.at(day), float(share.reached_share)) for day, share in shares]
        planned = _planned(found, name.lower(), scale)
        percent = round(side.reached_share * 100)
        made.append((name, _stairs(reached), _stairs(planned), percent, _height(float(side.reached_share))))
    places = _apart([height for *_, height in made])
    return tuple(Curve(*one, place + 4) for one, place in zip(made, places, strict=True))


def _planned(found: Readiness, track: str, scale: _Scale) -> list[tuple[float, float]]:
    """Return how the plan of one side grows, to its end."""
    days = sorted(step.planned for step in found.steps if step.track.value == track)
    return [(LEFT, 0.0), *((scale.at(day), number / len(days)) for number, day in enumerate(days, start=1))]


def _height(share: float) -> float:
    return round(_TOP + (1 - share) * _HIGH, 1)


def _stairs(points: Iterable[tuple[float, float]]) -> str:
    """Return the path of a share that stays until it changes."""
    commands: list[str] = []
    for x, share in points:
        commands.append(f"H{x}V{_height(share)}" if commands else f"M{LEFT} {_height(0)}H{x}V{_height(share)}")
    return "".join(commands)


def _apart(heights: list[float], least: float = 15) -> list[float]:
    """Return the two labels' heights, drawn apart where they would cover each other."""
    one, other = heights
    if abs(one - other) >= least:
        return heights
    middle, half = (one + other) / 2, least / 2
    middle = min(max(middle, _TOP + half), _TOP + _HIGH - half)
    return [middle - half, middle + half] if one <= other else [middle + half, middle - half]
