"""Say why a clause is in or out of one contract, in which version, and what the library holds of it.

What comes back is plain data in frozen dataclasses; the command line prints it and a script may read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts import assembly

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.catalog import Catalog, Clause
    from fe_contracts.model.spec import Spec

__all__ = ["Explanation", "Reason", "explain"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one instance of a clause is in or out."""

    instance: str
    """The clause's name in the contract: its id, with the fund's where it stands once per award or fund."""
    included: bool
    version: str
    """The version used; empty where the clause is out."""
    title: str
    level: str
    """mandatory, recommended or optional; empty where the clause's condition does not hold."""
    because: tuple[str, ...]
    day: dt.date | None
    """The day its versions were compared with."""
    day_from: str
    """Where that day comes from, in words."""
    in_force_from: dt.date | None = None
    in_force_until: dt.date | None = None
    """The last day of the version, if another follows it or it expires."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        days = {"day": self.day, "in_force_from": self.in_force_from, "in_force_until": self.in_force_until}
        return {
            "instance": self.instance,
            "included": self.included,
            "version": self.version or None,
            "title": self.title or None,
            "level": self.level or None,
            "because": list(self.because),
            "day_from": self.day_from or None,
            **{name: day.isoformat() if day else None for name, day in days.items()},
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a clause is in or out of one contract: one reason, or one for each award or fund."""

    clause_id: str
    contract_id: str
    contract_type: str
    placed: bool
    """Whether the contract type has a place for the clause at all."""
    trigger: str
    reasons: tuple[Reason, ...]

    @property
    def included(self) -> bool:
        """Return whether the clause stands in the contract, at least once."""
        return any(reason.included for reason in self.reasons)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "clause": self.clause_id,
            "contract": self.contract_id,
            "contract_type": self.contract_type,
            "placed": self.placed,
            "included": self.included,
            "trigger": self.trigger,
            "reasons": [reason.to_dict() for reason in self.reasons],
        }


def _reason(clause: Clause, decision: assembly.Decision) -> Reason:
    """Return one decision of the selection, with the days its version is in force."""
    version = decision.version
    begins, ends = (None, None)
    if version is not None and version.published:
        begins, ends = clause.period(version)
    return Reason(
        instance=decision.instance,
        included=decision.included,
        version=version.number if version else "",
        title=version.front.title if version else "",
        level=decision.level.value if decision.level else "",
        because=tuple(dict.fromkeys(decision.because)),
        day=decision.day,
        day_from=decision.day_from,
        in_force_from=begins,
        in_force_until=ends,
    )


def explain(spec: Spec, catalog: Catalog, clause_id: str) -> Explanation:
    """Return why the clause is in or out of the contract that the spec describes.

    Raises:
        UnknownClauseError: if the catalog does not hold it; the message names the nearest ids.
        ClauseNotInForceError: if the contract type itself is not in force on the effective date.
    """
    clause = catalog[clause_id]
    selection = assembly.select(spec, catalog)
    decisions = selection.of(clause.id)
    return Explanation(
        clause_id=clause.id,
        contract_id=spec.contract.id,
        contract_type=spec.contract.type.value,
        placed=bool(decisions),
        trigger=clause.identity.trigger.value,
        reasons=tuple(_reason(clause, decision) for decision in decisions),
    )
