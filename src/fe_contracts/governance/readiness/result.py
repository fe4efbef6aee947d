"""Hold what was found of an initiative's readiness, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.governance.readiness.measure import Verdict

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.findings import Findings
    from fe_contracts.governance.readiness.adoption import Agency
    from fe_contracts.governance.readiness.advice import Advice
    from fe_contracts.governance.readiness.contracts import AdoptedContract
    from fe_contracts.governance.readiness.hearing import Heeded
    from fe_contracts.governance.readiness.measure import Measure
    from fe_contracts.governance.readiness.progress import Step
    from fe_contracts.model.initiative import Initiative, SignOff

__all__ = ["Readiness"]

_HEADLINES = {
    Verdict.IN_BALANCE: "Process and implementation are in balance",
    Verdict.PROCESS_AHEAD: "Process is ahead of implementation",
    Verdict.IMPLEMENTATION_AHEAD: "Implementation is ahead of process",
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """An initiative on one day: the balance and why, milestones, voices, contracts, and what to do next."""

    file: str
    initiative: Initiative
    as_of: dt.date
    verdict: Verdict
    reasons: tuple[str, ...]
    """Why, the measure first."""
    measure: Measure
    steps: tuple[Step, ...]
    stakeholders: tuple[Heeded, ...]
    contracts: tuple[AdoptedContract, ...]
    """What the contracts show, the earliest first."""
    agencies: tuple[Agency, ...]
    findings: Findings
    next_steps: tuple[Advice, ...]

    @property
    def headline(self) -> str:
        """Return the verdict as a sentence without its stop."""
        return _HEADLINES[self.verdict]

    @property
    def exit_code(self) -> int:
        """Return 0 if nothing above *info* was found, else 1."""
        return self.findings.exit_code

    @property
    def adoption(self) -> dict[str, dict[str, list[str]]]:
        """Return the contracts that carry each version of each clause: clause, version, contracts."""
        found: dict[str, dict[str, list[str]]] = {}
        for contract in self.contracts:
            for clause, version in contract.clauses.items():
                found.setdefault(clause, {}).setdefault(version, []).append(contract.id)
        return {clause: dict(sorted(found[clause].items())) for clause in sorted(found)}

    @property
    def signed(self) -> tuple[SignOff, ...]:
        """Return what was signed off by the day, the earliest first."""
        return tuple(sorted((one for one in self.initiative.sign_offs if one.on <= self.as_of), key=lambda one: one.on))

    def name_of(self, stakeholder: str) -> str:
        """Return the name of a stakeholder by its id."""
        return next(one.organization for one in self.initiative.stakeholders if one.id == stakeholder)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for `--format json`."""
        return {
            "file": self.file,
            "initiative": self.initiative.name,
            "city": self.initiative.city,
            "as_of": self.as_of.isoformat(),
            "verdict": self.verdict.value,
            "headline": self.headline,
            "reasons": list(self.reasons),
            "measure": self.measure.to_dict(),
            "thresholds": self.initiative.thresholds.model_dump(),
            "next_steps": [item.to_dict() for item in self.next_steps],
            "milestones": [item.to_dict() for item in self.steps],
            "stakeholders": [item.to_dict() for item in self.stakeholders],
            "agencies": [item.to_dict() for item in self.agencies],
            "contracts": [item.to_dict() for item in self.contracts],
            "sign_offs": [item.model_dump(mode="json") for item in self.signed],
            "adoption": self.adoption,
            **self.findings.to_dict(),
        }
