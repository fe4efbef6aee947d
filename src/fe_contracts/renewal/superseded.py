"""Hold which versions of a contract's clauses have been superseded: by what, why, and what that would change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from fe_contracts.compare import compare_versions
from fe_contracts.compare.changes import Bump, ChangeKind
from fe_contracts.model.vocabulary import Applicability

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.catalog import Catalog, Clause, ClauseVersion
    from fe_contracts.compare import VersionDifference
    from fe_contracts.compare.changes import ClauseChange
    from fe_contracts.findings import Finding

__all__ = ["Outdated", "Standing", "Superseded", "impact_of", "legal_duty", "superseded_by"]


class Standing(StrEnum):
    """How the version that a contract uses stands to the library on a day."""

    CURRENT = "current"
    """It is the one that the contract would be made with on that day."""
    SUPERSEDED = "superseded"
    """A contract made on that day would have another version."""
    LATER = "later"
    """A newer version exists, which the clause's own trigger does not reach yet: another award, a later day."""
    ENDED = "ended"
    """No version is in force on that day: retired or expired."""
    ADDED = "added"
    """The contract does not have the clause; one made on that day would."""
    DROPPED = "dropped"
    """The contract has the clause; one made on that day would not."""
    UNKNOWN = "unknown"
    """The library does not hold the clause or the version."""

    @property
    def outdated(self) -> bool:
        """Return whether a contract of that day would be another one."""
        return self not in {Standing.CURRENT, Standing.LATER}


@dataclass(frozen=True, slots=True)
class Superseded:
    """One clause of a contract: its version, the one that would be used, and what lies between them."""

    instance: str
    """The clause's name in the contract: `FE-04`, or `FED-01:coc` for one fund."""
    title: str
    standing: Standing
    version: str
    """The version that the contract uses; empty where it does not have the clause."""
    current: str
    """The version that takes its place; empty where there is none."""
    day: dt.date | None
    """The day that the versions were compared with."""
    day_from: str
    """Where that day comes from, in words."""
    since: dt.date | None = None
    """The first day of the version that takes its place."""
    reason: str = ""
    """Why it exists, as the library records it; or why there is none."""
    difference: VersionDifference | None = None
    impact: tuple[str, ...] = ()
    """What would change, in words: duties, values, what the spec would have to give."""
    by_law: str = ""
    """Whether, from when and by which sections the new version is mandatory; empty where it rests on no section."""

    @property
    def bump(self) -> Bump:
        """Return the step in the number that the changes demand; none where nothing is compared."""
        return self.difference.least_bump if self.difference else Bump.NONE

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "instance": self.instance,
            "title": self.title or None,
            "standing": self.standing.value,
            "version": self.version or None,
            "current": self.current or None,
            "day": self.day.isoformat() if self.day else None,
            "day_from": self.day_from or None,
            "since": self.since.isoformat() if self.since else None,
            "reason": self.reason or None,
            "bump": self.bump.value,
            "impact": list(self.impact),
            "by_law": self.by_law or None,
            "difference": self.difference.to_dict() if self.difference else None,
        }


@dataclass(frozen=True, slots=True)
class Outdated:
    """How every clause of one contract stands to the library on a day."""

    name: str
    """The spec's or the contract's file."""
    contract_id: str
    as_of: dt.date
    catalog: str
    clauses: tuple[Superseded, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def outdated(self) -> tuple[Superseded, ...]:
        """Return the clauses that a contract of that day would have otherwise."""
        return tuple(item for item in self.clauses if item.standing.outdated)

    @property
    def later(self) -> tuple[Superseded, ...]:
        """Return the clauses whose newer version waits for another award or a later day."""
        return tuple(item for item in self.clauses if item.standing is Standing.LATER)

    @property
    def exit_code(self) -> int:
        """Return 0 if every clause is current, else 1."""
        return 1 if self.outdated else 0

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "file": self.name,
            "contract": self.contract_id or None,
            "as_of": self.as_of.isoformat(),
            "catalog": self.catalog,
            "outdated": len(self.outdated),
            "later": len(self.later),
            "clauses": [item.to_dict() for item in self.clauses],
            "notes": [item.to_dict() for item in self.notes],
        }


def superseded_by(
    catalog: Catalog,
    instance: str,
    old: ClauseVersion,
    new: ClauseVersion,
    standing: Standing,
    compared: tuple[dt.date | None, str],
) -> Superseded:
    """Return one clause's standing where another version takes the place of the one that the contract uses."""
    difference = compare_versions(catalog, old.key, new.key)
    return Superseded(
        instance,
        new.front.title,
        standing,
        old.number,
        new.number,
        *compared,
        new.effective,
        new.front.reason,
        difference,
        impact_of(difference, new),
        legal_duty(catalog[new.clause_id], new),
    )


def legal_duty(clause: Clause, version: ClauseVersion) -> str:
    """Return from when a version is mandatory and by which sections; nothing where none is named."""
    front = version.front
    if not front.legal_basis or front.applies.level is not Applicability.MANDATORY:
        return ""
    trigger = clause.identity.trigger.value.replace("_", " ")
    sections = ", ".join(front.legal_basis)
    return f"Mandatory, where it applies, if the {trigger} is {version.effective} or later; rests on {sections}."


_TOLD = {
    ChangeKind.OBLIGATION: "Duty",
    ChangeKind.PARAMETER: "Parameter",
    ChangeKind.APPLICABILITY: "Where it applies",
    ChangeKind.VALIDITY: "Validity",
    ChangeKind.LEGAL_BASIS: "Legal basis",
    ChangeKind.TERM: "Defined term",
    ChangeKind.RELATION: "Other clauses",
}


def impact_of(difference: VersionDifference, new: ClauseVersion) -> tuple[str, ...]:
    """Return what a newer version would change, in words; what the spec would have to give comes first."""
    wanted = [name for name in _added(difference.changes) if _must_be_given(new, name)]
    told = [
        f"The spec must give {new.clause_id}.{name}: {new.front.parameters[name].help}"
        for name in dict.fromkeys(wanted)
    ]
    told += [
        _in_words(change) for change in difference.changes if change.kind in _TOLD and change.bump is not Bump.NONE
    ]
    wording = [change for change in difference.changes if change.kind is ChangeKind.WORDING]
    if wording:
        told.append(f"Wording: {len(wording)} place{'' if len(wording) == 1 else 's'}.")
    return tuple(dict.fromkeys(told))


def _in_words(change: ClauseChange) -> str:
    what = change.place.partition(".")[2]
    move = {(True, True): f"{change.old} → {change.new}", (True, False): f"{change.old}, gone"}
    told = move.get((bool(change.old), bool(change.new)), f"new: {change.new}" if change.new else change.reason)
    kind = "Policy basis" if change.place == "policy_basis" else _TOLD[change.kind]
    return f"{kind}{' ' if what else ''}{what}: {told}"


def _added(changes: tuple[ClauseChange, ...]) -> list[str]:
    """Return the names of the parameters that the changes speak of."""
    return [
        change.place.split(".")[1]
        for change in changes
        if change.kind is ChangeKind.PARAMETER and change.place.startswith("parameters.")
    ]


def _must_be_given(version: ClauseVersion, name: str) -> bool:
    """Return whether a parameter takes its value from the spec's own entry alone."""
    definition = version.front.parameters.get(name)
    if definition is None:
        return False
    return definition.default is None and not definition.optional and definition.from_ is None
