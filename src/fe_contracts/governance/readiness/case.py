"""Hold all that readiness is judged from on one day, and name each finding's place in the initiative's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.findings import Where
from fe_contracts.governance.readiness.progress import State
from fe_contracts.model.vocabulary import Track
from fe_contracts.sources import field_name

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.governance.readiness.contracts import AdoptedContract, Agencies
    from fe_contracts.governance.readiness.hearing import Heeded
    from fe_contracts.governance.readiness.measure import Measure
    from fe_contracts.governance.readiness.progress import Step
    from fe_contracts.model.initiative import Initiative, ProcessKind, Stakeholder
    from fe_contracts.sources import Loaded, Path_

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """An initiative on one day, with its contracts, milestones and stakeholders."""

    initiative: Initiative
    contracts: tuple[AdoptedContract, ...]
    as_of: dt.date
    steps: tuple[Step, ...]
    heeded: tuple[Heeded, ...]
    measure: Measure
    agencies: Agencies
    """Which stakeholder is the agency of each contract."""
    origin: Loaded | None = None

    def where(self, *path: str | int) -> Where:
        """Return the place in the initiative's file."""
        way: Path_ = path
        return self.origin.where(way) if self.origin else Where(field=field_name(way))

    @property
    def embedded(self) -> tuple[AdoptedContract, ...]:
        """Return the contracts in effect that carry the clauses, the earliest first."""
        found = [item for item in self.contracts if item.clauses and item.effective <= self.as_of]
        return tuple(sorted(found, key=lambda item: (item.effective, item.id)))

    def adopted(self, kind: ProcessKind) -> tuple[Step | None, dt.date | None]:
        """Return the milestone of a kind, the one reached first, and the day; no milestone where the file has none."""
        steps = [step for step in self.steps if step.track is Track.PROCESS and step.kind == kind.value]
        reached = [step for step in steps if step.reached]
        if reached:
            first = min(reached, key=lambda step: step.reached or step.planned)
            return first, first.reached
        return (steps[0] if steps else None), None

    def agency(self, contract: AdoptedContract) -> Stakeholder | None:
        """Return the stakeholder that is a contract's agency."""
        return self.agencies.get((contract.id, contract.agency))

    def ahead(self, track: Track | None = None) -> list[Step]:
        """Return the milestones that are not reached, of one side or both, the one planned first before the others."""
        found = [step for step in self.steps if step.state is not State.REACHED and track in {None, step.track}]
        return sorted(found, key=lambda step: (step.planned, step.id))
