"""Describe the clause library as plain data: every clause on a day, or one clause in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import ClauseNotInForceError
from fe_contracts.sources import read_text

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.catalog import Catalog, Clause, ClauseVersion

__all__ = ["describe_catalog", "describe_clause"]


def _in_force(clause: Clause, on: dt.date) -> tuple[ClauseVersion | None, str]:
    """Return the version in force on the day, or none and why."""
    try:
        return clause.in_force_on(on), ""
    except ClauseNotInForceError as error:
        return None, error.why


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def describe_catalog(catalog: Catalog, on: dt.date) -> dict[str, Any]:
    """Return the library's families and clauses, each with the version in force on the day, as plain data."""
    clauses = []
    for clause in catalog:
        version, why = _in_force(clause, on)
        clauses.append(
            {
                "clause": clause.id,
                "family": clause.identity.family,
                "title": (version or clause.latest).front.title,
                "version": version.number if version else None,
                "why_none": why or None,
                "versions": len(clause.versions),
                "drafts": sum(not item.published for item in clause.versions),
                "protection": clause.identity.protection.value,
                "scope": clause.identity.scope.value,
                "trigger": clause.identity.trigger.value,
            }
        )
    library = catalog.library
    return {
        "library": library.name,
        "version": library.version,
        "digest": catalog.digest,
        "notice": library.notice,
        "on": on.isoformat(),
        "families": [{"family": family.id, "title": family.title} for family in library.families],
        "clauses": clauses,
    }


def _versions(clause: Clause) -> list[dict[str, Any]]:
    """Return every version of a clause with the days it is in force."""
    described = []
    for version in clause.versions:
        begins, ends = clause.period(version) if version.published else (version.effective, None)
        described.append(
            {
                "version": version.number,
                "published": version.published,
                "in_force_from": _iso(begins),
                "in_force_until": _iso(ends),
                "reason": version.front.reason,
            }
        )
    return described


def _basis(clause: Clause, version: ClauseVersion) -> list[dict[str, Any]]:
    """Return the sections a version rests on, each with how far it was checked."""
    found = []
    for section in version.front.legal_basis:
        source = clause.identity.sources.get(section)
        found.append(
            {
                "section": section,
                "confidence": source.confidence.value if source else None,
                "as_of": _iso(source.as_of) if source else None,
                "note": source.note if source else None,
            }
        )
    return found


def _parameters(version: ClauseVersion) -> list[dict[str, Any]]:
    """Return the values a version takes: kind, help, default, bounds and where they come from."""
    dumped = version.front.model_dump(mode="json", by_alias=True, include={"parameters"})["parameters"]
    return [
        {"name": name, "required": definition.required and definition.from_ is None, **dumped[name]}
        for name, definition in version.front.parameters.items()
    ]


def _adjusted(version: ClauseVersion) -> list[dict[str, Any]]:
    """Return which overlays fix which of a version's values, and why."""
    return [
        {
            "by": placed.layer,
            "from": _iso(placed.effective),
            "parameters": list(placed.adjustment.parameters),
            "reason": placed.adjustment.reason,
            "reviewed_by": placed.adjustment.reviewed_by,
            "published": placed.published,
        }
        for placed in version.adjusted_by
    ]


def _relations(version: ClauseVersion) -> dict[str, Any]:
    """Return a version's bonds to other clauses, their conditions also in words."""
    relations = version.front.relations
    dumped: dict[str, Any] = relations.model_dump(mode="json", by_alias=True)
    for kind, bonds in (("requires", relations.requires), ("conflicts", relations.conflicts)):
        for data, bond in zip(dumped[kind], bonds, strict=True):
            data["in_words"] = str(bond.when)
    return dumped


def _wording(version: ClauseVersion) -> str:
    """Return the wording as it stands in the library's file, below the front matter."""
    return read_text(version.file).split("\n---\n", 1)[1].strip("\n")


def describe_clause(
    catalog: Catalog, clause_id: str, *, on: dt.date, version: str | None = None, wording: bool = False
) -> dict[str, Any]:
    """Return one clause in full, in the version of that number or the one in force on the day, as plain data.

    Raises:
        UnknownClauseError: if the catalog does not hold the clause.
        UnknownVersionError: if the clause has no such version.
        ClauseNotInForceError: if no version is in force on the day.
    """
    clause = catalog[clause_id]
    chosen = (clause.version(version) if version else clause.in_force_on(on)).on(on)
    current, why = _in_force(clause, on)
    front = chosen.front.model_dump(mode="json", by_alias=True)
    begins, ends = clause.period(chosen) if chosen.published else (chosen.effective, None)
    described = {
        "clause": clause.id,
        "version": chosen.number,
        "title": chosen.front.title,
        "published": chosen.published,
        "on": on.isoformat(),
        "version_in_force": current.number if current else None,
        "why_none": why or None,
        "in_force_from": _iso(begins),
        "in_force_until": _iso(ends),
        "family": clause.identity.family,
        "scope": clause.identity.scope.value,
        "trigger": clause.identity.trigger.value,
        "protection": clause.identity.protection.value,
        "omission": clause.identity.omission.value,
        "digest": chosen.digest,
        "summary": chosen.front.summary,
        "reason": chosen.front.reason,
        "applies": {**front["applies"], "in_words": str(chosen.front.applies.when)},
        "legal_basis": _basis(clause, chosen),
        "policy_basis": chosen.front.policy_basis,
        "serves": list(chosen.front.serves),
        "parameters": _parameters(chosen),
        "obligations": front["obligations"],
        "relations": _relations(chosen),
        "adjusted": _adjusted(chosen),
        "layer": catalog.layer_of(clause.id).name,
        "versions": _versions(clause),
        "notes": clause.identity.notes,
    }
    return {**described, "wording": _wording(chosen)} if wording else described
