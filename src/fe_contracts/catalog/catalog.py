"""Hold the clause library in memory: indexed, immutable, answering for any day."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from fe_contracts.catalog.clause import version_key
from fe_contracts.exceptions import ClauseNotInForceError, UnknownClauseError, UnknownVersionError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fe_contracts.catalog.clause import Clause
    from fe_contracts.model.amendment import AmendmentForms
    from fe_contracts.model.approval import Approvals
    from fe_contracts.model.authority import Authorities
    from fe_contracts.model.library import ContractType, Framework, Library
    from fe_contracts.model.overlay import Adjustments, Placements
    from fe_contracts.model.requirement import Requirement

__all__ = [
    "Catalog",
    "Edition",
    "Layer",
    "PlacedAdjustments",
    "PlacedApprovals",
    "PlacedPlacements",
    "PlacedRequirement",
    "Series",
    "by_family",
]

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Edition(Generic[T_co]):
    """One version of a contract type, of a part of the framework or of an instrument."""

    name: str
    """Which one: `subcontract`, `vision`, `glossary`."""
    number: str
    content: T_co
    effective: dt.date
    digest: str
    published: bool
    file: str
    drafts: tuple[str, ...] = ()
    """What an overlay put into it and has not published yet."""


@dataclass(frozen=True, slots=True)
class Series(Generic[T_co]):
    """All versions of one contract type, one part of the framework or one instrument, by effective date."""

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

    def version(self, number: str, day: dt.date | None = None) -> Edition[T_co]:
        """Return the version of that number, published or draft.

        An overlay that gives a clause a place makes another edition of one number from that day on: `day` says which.

        Raises:
            UnknownVersionError: if there is none.
        """
        named = [edition for edition in self.editions if edition.number == number]
        if not named:
            raise UnknownVersionError(self.name, number, known=tuple(edition.number for edition in self.editions))
        begun = [edition for edition in named if day is not None and edition.effective <= day]
        return begun[-1] if begun else named[0]

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


@dataclass(frozen=True, slots=True)
class PlacedAdjustments:
    """What an overlay fixes of one clause, and the file it stands in."""

    record: Adjustments
    file: str


@dataclass(frozen=True, slots=True)
class PlacedPlacements:
    """The places an overlay gives to clauses in one contract type, and the file they stand in."""

    record: Placements
    file: str


def by_family(clauses: Mapping[str, Clause], library: Library) -> dict[str, Clause]:
    """Return the clauses in the order of the library's families, then of their numbers."""
    families = {family.id: place for place, family in enumerate(library.families)}

    def place(clause: Clause) -> tuple[int, str, int]:
        family, _, number = clause.id.partition("-")
        return families.get(family, len(families)), family, int(number)

    return {clause.id: clause for clause in sorted(clauses.values(), key=place)}


@dataclass(frozen=True, slots=True)
class Layer:
    """One library of a catalog: the base, or what a city put on top of it."""

    name: str
    """Its name and version."""
    folder: Path
    digest: str
    """The digest of its own files."""
    own: Mapping[str, str] = field(repr=False)
    """The digest of all that its own files can publish, by the lock's names; nothing of a layer below."""
    published: frozenset[str] = field(repr=False)
    """The names that its own lock holds."""

    def gives(self, name: str) -> bool:
        """Return whether its own files hold the thing of that lock name, such as `clauses/FE-04/1.0.0`."""
        return name in self.own


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """The clause library, loaded: clauses, contract types and framework, with the digest of all of it.

    An overlay's catalog holds its base's content too; what the overlay itself gives is said by its layer, the last.
    """

    folder: Path
    library: Library
    clauses: Mapping[str, Clause]
    contract_types: Mapping[str, Series[ContractType]]
    framework: Mapping[str, Series[Framework]]
    requirements: Mapping[str, PlacedRequirement]
    approvals: Mapping[str, PlacedApprovals]
    authorities: Authorities | None
    digest: str
    layer: Layer
    """This library's own part."""
    base: Catalog | None = None
    """The catalog that it stands on, if it is an overlay."""
    adjustments: Mapping[str, PlacedAdjustments] = field(default_factory=dict)
    """What this overlay itself fixes, by clause; the clauses' versions carry those of every layer."""
    placements: Mapping[str, PlacedPlacements] = field(default_factory=dict)
    """The places that this overlay itself gives, by contract type."""
    instruments: Mapping[str, Series[AmendmentForms]] = field(default_factory=dict)
    """The wording of instruments that change a contract, by name: `amendment`."""

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

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Return the libraries that it is made of, the lowest first."""
        return (self.layer,) if self.base is None else (*self.base.layers, self.layer)

    def layer_of(self, clause_id: str) -> Layer:
        """Return the layer whose words a clause has: the highest that holds the clause itself.

        Raises:
            UnknownClauseError: if the catalog does not hold it.
        """
        name = f"clauses/{self[clause_id].id}"
        return next(layer for layer in reversed(self.layers) if layer.gives(name))

    @property
    def kinds(self) -> tuple[tuple[str, Mapping[str, Series[Any]]], ...]:
        """Return all that has editions, each with the word that its names in the lock begin with."""
        return (
            ("contract_type", self.contract_types),
            ("framework", self.framework),
            ("instrument", self.instruments),
        )

    def __repr__(self) -> str:
        """Return the name, how much it holds, and the beginning of its digest."""
        versions = sum(len(clause.versions) for clause in self)
        return f"<Catalog {self.name}: {len(self)} clauses, {versions} versions, {self.digest[:19]}>"
