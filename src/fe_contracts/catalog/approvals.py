"""Read approvals: which roles stand by a version, and whether the record of them is whole.

Each entry carries the digest of the one before it, so that none can be changed, moved or taken out unseen.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.approval import ApprovalDecision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fe_contracts.catalog.catalog import Catalog, PlacedApprovals
    from fe_contracts.catalog.clause import Clause, ClauseVersion
    from fe_contracts.model.approval import Approval

__all__ = ["ApprovalState", "approval_state", "check_approvals", "digest_of_entry", "roles_of", "unapproved_in_words"]


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """Who stands by one clause version, and who does not yet."""

    version: str
    """The version: `FE-04@1.0.0`."""
    roles: tuple[str, ...]
    """The roles that its family names."""
    by_role: Mapping[str, Approval]
    """The last decision of each role on just this text, if it approved."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the roles that have not approved it, or have withdrawn."""
        return tuple(role for role in self.roles if role not in self.by_role)

    @property
    def approved(self) -> bool:
        """Return whether every role approved it."""
        return not self.missing


def digest_of_entry(entry: Approval) -> str:
    """Return the digest of what an entry says, the same however its YAML is laid out."""
    said = json.dumps(entry.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"


def roles_of(catalog: Catalog, clause_id: str) -> tuple[str, ...]:
    """Return the roles that must approve the clause: those its family names."""
    family = clause_id.partition("-")[0]
    return next((item.approved_by for item in catalog.library.families if item.id == family), ())


def approval_state(catalog: Catalog, version: ClauseVersion) -> ApprovalState:
    """Return which roles approved a version as it stands, and which are missing."""
    placed = catalog.approvals.get(version.clause_id)
    standing: dict[str, Approval] = {}
    for entry in placed.record.approvals if placed else ():
        if entry.version != version.number or entry.digest != version.digest:
            continue
        if entry.decision is ApprovalDecision.APPROVED:
            standing[entry.role] = entry
        else:
            standing.pop(entry.role, None)
    return ApprovalState(version.key, roles_of(catalog, version.clause_id), standing)


_SHOWN = 3


def unapproved_in_words(catalog: Catalog, versions: Iterable[ClauseVersion]) -> str:
    """Return how many versions are not approved, by which roles, and the first few; empty if all are."""
    states = {version.key: approval_state(catalog, version) for version in versions}
    lacking = {key: state.missing for key, state in states.items() if state.missing}
    if not lacking:
        return ""
    titles = {role.id: role.title for role in catalog.library.roles}
    counts: dict[str, int] = {}
    for missing in lacking.values():
        for role in missing:
            counts[role] = counts.get(role, 0) + 1
    by_role = ", ".join(f"{titles.get(role, role)} ({count})" for role, count in counts.items())
    first = ", ".join(list(lacking)[:_SHOWN])
    more = f" and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
    noun = "clause version is" if len(states) == 1 else "clause versions are"
    return f"{len(lacking)} of {len(states)} {noun} not approved: {first}{more}. Still to decide: {by_role}."


def check_approvals(catalog: Catalog) -> Iterator[Finding]:
    """Yield a problem for each entry that does not hold: its chain, its role, its version, its digest."""
    roles = {role.id for role in catalog.library.roles}
    for clause_id, placed in catalog.approvals.items():
        if clause_id not in catalog and catalog.base is None:  # an overlay's are looked at with its other files
            message = f"The library holds no clause {clause_id}, so there is nothing to approve."
            remedy = "Write its clause.yaml and a version, or delete the file."
            yield Finding("APPROVAL040", Severity.ERROR, message, Where(placed.file), remedy)
        before: Approval | None = None
        for place, entry in enumerate(placed.record.approvals):
            yield from _chain(placed, place, before, entry)
            yield from _entry(placed, place, roles, catalog.clauses.get(clause_id))
            before = entry


def _problem(placed: PlacedApprovals, place: int, field: str, told: tuple[str, str, str]) -> Finding:
    from fe_contracts.exceptions import SourceError
    from fe_contracts.sources import parse_yaml, read_text

    try:
        where = parse_yaml(read_text(placed.file), placed.file).where(("approvals", place, field))
    except SourceError:  # it changed a moment ago; the file's name is still right
        where = Where(placed.file, field=f"approvals[{place}].{field}")
    code, message, remedy = told
    return Finding(code, Severity.ERROR, message, where, remedy)


def _chain(placed: PlacedApprovals, place: int, before: Approval | None, entry: Approval) -> Iterator[Finding]:
    wanted = digest_of_entry(before) if before else None
    if entry.previous == wanted:
        return
    message = "The entry does not carry the digest of the one before it: an entry was changed, moved or taken out."
    if before is None:
        message = "The first entry names one before it, which is gone."
    remedy = "Restore the file as it was: entries are only added, by 'fe-contracts catalog approve'."
    yield _problem(placed, place, "previous", ("APPROVAL020", message, remedy))


def _entry(placed: PlacedApprovals, place: int, roles: set[str], clause: Clause | None) -> Iterator[Finding]:
    entry = placed.record.approvals[place]
    if entry.role not in roles:
        message = f"{entry.role!r} is no role of library.yaml."
        remedy = f"The roles are {', '.join(sorted(roles))}."
        yield _problem(placed, place, "role", ("APPROVAL030", message, remedy))
    if clause is None:
        return  # told once, of the whole file
    version = next((item for item in clause.versions if item.number == entry.version), None)
    if version is None:
        known = ", ".join(item.number for item in clause.versions)
        message = f"{clause.id} has no version {entry.version}."
        yield _problem(placed, place, "version", ("APPROVAL040", message, f"Its versions are {known}."))
    elif not version.published:
        message = f"{version.key} is a draft, whose text may still change: nobody can have approved it."
        remedy = "Publish it first, then record the approval."
        yield _problem(placed, place, "version", ("APPROVAL050", message, remedy))
    elif version.digest != entry.digest:
        message = f"The digest is not that of {version.key}: another text was approved than the one that stands here."
        remedy = "Restore the text that was approved, or have the role decide anew."
        yield _problem(placed, place, "digest", ("APPROVAL060", message, remedy))
