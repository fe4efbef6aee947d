"""Hold the clause library in memory: indexed, immutable, answering for any day."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Generic, TypeVar

from fe_contracts.catalog.clause import version_key
from fe_contracts.exceptions import ClauseNotInForceError, UnknownClauseError, UnknownVersionError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fe_contracts.catalog.clause import Clause
    from fe_contracts.model.approval import Approvals
    from fe_contracts.model.authority import Authorities
    from fe_contracts.model.library import ContractType, Framework, Library
    from fe_contracts.model.requirement import Requirement

__all__ = ["Catalog", "Edition", "PlacedApprovals", "PlacedRequirement", "Series"]

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Edition(Generic[T_co]):
    """One version of a contract type or of a part of the framework."""

    name: str
    """Which one: `subcontract`, `vision`, `glossary`."""
    number: str
    content: T_co
    effective: dt.date
    digest: str
    published: bool
    file: str


@dataclass(frozen=True, slots=True)
class Series(Generic[T_co]):
    """All versions of one contract type or one part of the framework, by effective date."""

    name: str
    editions: tuple[Edition[T_co], ...]

    def in_force_on(self, day: dt.date) -> Edition[T_co]:
        """Return the published version in force on the day.

        Raises:
            ClauseNotInForceError: if there is none.
        """
        begun = [edition for edition in self.editions if edition.published and edition.effective <= day]
        if not begun:
            raise ClauseNotInForceError(self.name, day.isoformat(), "no published version has taken effect by then.")
        return begun[-1]

    def version(self, number: str) -> Edition[T_co]:
        """Return the version of that number, published or draft.

        Raises:
            UnknownVersionError: if there is none.
        """
        for edition in self.editions:
            if edition.number == number:
                return edition
        raise UnknownVersionError(self.name, number, known=tuple(edition.number for edition in self.editions))

    @classmethod
    def of(cls, name: str, editions: list[Edition[T_co]]) -> Series[T_co]:
        """Return the series in its order."""
        return cls(name, tuple(sorted(editions, key=lambda item: (item.effective, version_key(item.number)))))


@dataclass(frozen=True, slots=True)
class PlacedRequirement:
    """A requirement and the file it stands in."""

    requirement: Requirement
    digest: str
    published: bool
    """Whether the lock holds just this text; an edited one is a draft until it is published again."""
    file: str


@dataclass(frozen=True, slots=True)
class PlacedApprovals:
    """The recorded decisions on one clause and the file they stand in."""

    record: Approvals
    file: str


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """The clause library, loaded: clauses, contract types and framework, with the digest of all of it."""

    folder: Path
    library: Library
    clauses: Mapping[str, Clause]
    contract_types: Mapping[str, Series[ContractType]]
    framework: Mapping[str, Series[Framework]]
    requirements: Mapping[str, PlacedRequirement]
    approvals: Mapping[str, PlacedApprovals]
    authorities: Authorities | None
    digest: str

    def __iter__(self) -> Iterator[Clause]:
        """Iterate over the clauses, in the order of the library's families and their numbers."""
        return iter(self.clauses.values())

    def __len__(self) -> int:
        """Return how many clauses there are."""
        return len(self.clauses)

    def __contains__(self, clause_id: object) -> bool:
        """Return whether the catalog holds the clause."""
        return clause_id in self.clauses

    def __getitem__(self, clause_id: str) -> Clause:
        """Return the clause.

        Raises:
            UnknownClauseError: if the catalog does not hold it; the message names the nearest ids.
        """
        try:
            return self.clauses[clause_id]
        except KeyError:
            near = tuple(get_close_matches(clause_id, self.clauses, n=2))
            raise UnknownClauseError(clause_id, near=near) from None

    @property
    def name(self) -> str:
        """Return the library's name and version, as findings and manifests carry them."""
        return f"{self.library.name} {self.library.version}"

    def __repr__(self) -> str:
        """Return the name, how much it holds, and the beginning of its digest."""
        versions = sum(len(clause.versions) for clause in self)
        return f"<Catalog {self.name}: {len(self)} clauses, {versions} versions, {self.digest[:19]}>"
