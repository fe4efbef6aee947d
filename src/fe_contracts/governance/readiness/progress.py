"""Say of each milestone whether it is reached: as the file dates it, or as contracts, trainings and reports show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from fe_contracts.model.initiative import ImplementationKind
from fe_contracts.model.vocabulary import Track

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from fe_contracts.governance.readiness.contracts import AdoptedContract, Agencies, ReceivedReport
    from fe_contracts.model.initiative import ImplementationStep, Initiative
    from fe_contracts.sources import Path_

__all__ = ["State", "Step", "steps_of"]


class State(StrEnum):
    """Where a milestone stands on the day asked about."""

    REACHED = "reached"
    OVERDUE = "overdue"
    AHEAD = "ahead"
    """Planned for a day that has not passed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone on the day asked about."""

    id: str
    track: Track
    kind: str
    title: str
    planned: dt.date
    reached: dt.date | None
    state: State
    known_from: str
    """What tells that it is reached: the file, the contracts, the trainings or a report."""
    path: Path_
    """Where it stands in the file."""
    progress: str = ""
    """How far a counted milestone is: `22 of 30 people`."""

    def days_late(self, as_of: dt.date) -> int:
        """Return by how many days it was reached, or still is, later than planned; negative if earlier."""
        return ((self.reached or as_of) - self.planned).days

    def to_dict(self) -> dict[str, Any]:
        """Return the milestone as plain data."""
        return {
            "id": self.id,
            "track": self.track.value,
            "kind": self.kind,
            "title": self.title,
            "planned": self.planned.isoformat(),
            "reached": self.reached.isoformat() if self.reached else None,
            "state": self.state.value,
            "known_from": self.known_from,
            "progress": self.progress or None,
        }


@dataclass(frozen=True, slots=True)
class _Shown:
    """What was found for one milestone: the day, how far, and what tells it."""

    reached: dt.date | None
    known_from: str
    progress: str = ""


def steps_of(
    initiative: Initiative,
    contracts: Sequence[AdoptedContract],
    agencies: Agencies,
    reports: Sequence[ReceivedReport],
    as_of: dt.date,
) -> tuple[Step, ...]:
    """Return every milestone as it stands: process first, each in the order of the file.

    What is dated after the day asked about has not happened yet.
    """
    known = _Known(initiative, contracts, agencies, reports, as_of)
    found = []
    for place, item in enumerate(initiative.process):
        shown = _Shown(known.by(item.reached), "file")
        found.append(_step(item, Track.PROCESS, shown, ("process", place), as_of))
    for place, one in enumerate(initiative.implementation):
        found.append(_step(one, Track.IMPLEMENTATION, known.shown(one), ("implementation", place), as_of))
    return tuple(found)


def _step(item: Any, track: Track, shown: _Shown, path: Path_, as_of: dt.date) -> Step:
    state = State.REACHED if shown.reached else State.OVERDUE if item.planned < as_of else State.AHEAD
    return Step(
        item.id,
        track,
        item.kind.value,
        item.title,
        item.planned,
        shown.reached,
        state,
        shown.known_from,
        path,
        shown.progress,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """All that can show a milestone of the implementation to be reached."""

    initiative: Initiative
    contracts: Sequence[AdoptedContract]
    agencies: Agencies
    reports: Sequence[ReceivedReport]
    as_of: dt.date

    def by(self, day: dt.date | None) -> dt.date | None:
        """Return a day that has come."""
        return day if day is not None and day <= self.as_of else None

    def shown(self, step: ImplementationStep) -> _Shown:
        match step.kind:
            case ImplementationKind.STAFF_TRAINED:
                return self.trained(step)
            case ImplementationKind.CLAUSES_EMBEDDED:
                return self.embedded(step)
            case ImplementationKind.FIRST_REPORT:
                return self.reported(step)
            case _:
                return _Shown(self.by(step.reached), "file")

    def trained(self, step: ImplementationStep) -> _Shown:
        """Return the day on which the trainings first add up to the number."""
        wanted, so_far, day = step.number or 1, 0, None
        for item in sorted(self.initiative.training, key=lambda item: item.on):
            if self.by(item.on) and step.agency in {None, item.agency}:
                so_far += item.trained
                if day is None and so_far >= wanted:
                    day = item.on
        return _Shown(day, "trainings", f"{so_far} of {wanted} people")

    def of(self, step: ImplementationStep) -> list[AdoptedContract]:
        """Return the contracts that a step is about: those of its agency, or all."""
        if step.agency is None:
            return list(self.contracts)
        found = ((item, self.agencies.get((item.id, item.agency))) for item in self.contracts)
        return [item for item, agency in found if agency is not None and agency.id == step.agency]

    def embedded(self, step: ImplementationStep) -> _Shown:
        """Return the day on which contracts that carry the clauses were in effect at enough agencies."""
        first: dict[tuple[bool, str], dt.date] = {}
        for item in sorted(self.of(step), key=lambda item: item.effective):
            if item.clauses and self.by(item.effective):
                agency = self.agencies.get((item.id, item.agency))
                first.setdefault((True, agency.id) if agency else (False, item.agency), item.effective)
        wanted, days = step.number or 1, sorted(first.values())
        reached = days[wanted - 1] if len(days) >= wanted else None
        return _Shown(reached, "contracts", f"{len(days)} of {wanted} {'agency' if wanted == 1 else 'agencies'}")

    def reported(self, step: ImplementationStep) -> _Shown:
        """Return the day of the first report: of those received where there are any, else as the file dates it."""
        ids = {item.id for item in self.of(step)}
        days = [item.on for item in self.reports if item.contract_id in ids and self.by(item.on)]
        return _Shown(min(days), "reports") if days else _Shown(self.by(step.reached), "file")
