"""Compare libraries: two versions of one clause by name, or all that two loaded libraries hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.compare.changes import Bump, greatest
from fe_contracts.compare.clauses import differences, language_of
from fe_contracts.exceptions import UnknownVersionError

if TYPE_CHECKING:
    from fe_contracts.catalog import Catalog, ClauseVersion
    from fe_contracts.compare.changes import ClauseChange

__all__ = ["LibraryDifference", "VersionDifference", "compare_libraries", "compare_versions"]


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """What changed from one version of a clause to another."""

    old: str
    """The earlier one: `FE-04@1.0.0`."""
    new: str
    title: str
    reason: str
    """Why the new version exists, as it says itself."""
    published: bool
    """Whether the new version is published."""
    changes: tuple[ClauseChange, ...]

    @property
    def least_bump(self) -> Bump:
        """Return the least step in the number that the changes demand."""
        return greatest(change.bump for change in self.changes)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "old": self.old,
            "new": self.new,
            "title": self.title,
            "reason": self.reason,
            "published": self.published,
            "least_bump": self.least_bump.value,
            "changes": [change.to_dict() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class LibraryDifference:
    """What changed from one library to another, things by their names in the lock."""

    old: str
    new: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    """What both hold under one name with another text: drafts, requirements, or two libraries' own."""
    clauses: tuple[VersionDifference, ...]
    """The clauses whose last version is another one."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "old": self.old,
            "new": self.new,
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": list(self.changed),
            "clauses": [clause.to_dict() for clause in self.clauses],
        }


def _version(catalog: Catalog, name: str) -> ClauseVersion:
    clause_id, _, number = name.partition("@")
    clause = catalog[clause_id]
    return clause.version(number) if number else clause.latest


def _difference(catalog: Catalog, old: ClauseVersion, new: ClauseVersion) -> VersionDifference:
    changes = differences(old, new, language_of(catalog, new.clause_id))
    return VersionDifference(old.key, new.key, new.front.title, new.front.reason, new.published, changes)


def compare_versions(catalog: Catalog, old: str, new: str = "") -> VersionDifference:
    """Return what changed between two versions named like `FE-04@1.0.0`; of a clause alone, its last two.

    Raises:
        UnknownClauseError: if the catalog does not hold a clause.
        UnknownVersionError: if a clause has no such version, or no two.
    """
    if new:
        return _difference(catalog, _version(catalog, old), _version(catalog, new))
    clause_id, _, number = old.partition("@")
    versions = catalog[clause_id].versions
    later = catalog[clause_id].version(number) if number else versions[-1]
    before = versions[: versions.index(later)]
    if not before:
        numbers = tuple(version.number for version in versions)
        raise UnknownVersionError(clause_id, f"before {later.number}", known=numbers)
    return _difference(catalog, before[-1], later)


def _named(catalog: Catalog) -> dict[str, str]:
    """Return the digest of each thing a library holds, by its name in a lock; identities are left out."""
    found = {
        f"clauses/{version.clause_id}/{version.number}": version.digest
        for clause in catalog
        for version in clause.versions
    }
    for kind, group in catalog.kinds:
        found |= {f"{kind}/{item.name}/{item.number}": item.digest for one in group.values() for item in one.editions}
    found |= {f"requirements/{code}": placed.digest for code, placed in catalog.requirements.items()}
    for layer in catalog.layers:  # each may fix values and places of one clause
        for name in [name for name in layer.own if name.startswith(("adjustments/", "placements/"))]:
            found[name] = found.get(name, "") + layer.own[name]
    return found


def compare_libraries(old: Catalog, new: Catalog) -> LibraryDifference:
    """Return what one library holds and another does not, and what changed in each clause's last version."""
    before, after = _named(old), _named(new)
    clauses = [
        _difference(new, old[clause.id].latest, clause.latest)
        for clause in new
        if clause.id in old and old[clause.id].latest.digest != clause.latest.digest
    ]
    return LibraryDifference(
        old.name,
        new.name,
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
        tuple(clauses),
    )
