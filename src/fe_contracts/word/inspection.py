"""Hold what was read back from a Word file: its manifest, its clauses, its values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.findings import Finding

__all__ = ["FoundBy", "FoundClause", "FoundValue", "Inspection"]


class FoundBy(StrEnum):
    """What something was recognised by."""

    TAG = "tag"
    """The tag of its content control."""
    BOOKMARK = "bookmark"
    """Its bookmark; the tag is gone."""
    FINGERPRINT = "fingerprint"
    """Its text, unchanged; tag and bookmark are gone."""
    MANIFEST = "manifest"
    """The manifest says that it was printed; where it stands is not known any more."""
    NOTHING = "nothing"
    """It was not found."""


@dataclass(frozen=True, slots=True)
class FoundClause:
    """One clause of the contract, or its part of an exhibit, as it stands in the file."""

    instance: str
    clause_id: str
    version: str
    """Empty where only the number and the word Reserved stand."""
    exhibit: str
    """The exhibit that it fills; empty for a section."""
    found_by: FoundBy
    matches: bool | None
    """Whether its text is what was written; None where no fingerprint tells."""
    title: str
    text: str = field(default="", repr=False)
    """Its text as it stands, title first."""

    @property
    def name(self) -> str:
        """Return `FE-04 1.0.0`, and the exhibit where it is a part of one."""
        name = f"{self.instance} {self.version}".strip()
        return f"{name} in exhibit {self.exhibit}" if self.exhibit else name

    def to_dict(self) -> dict[str, Any]:
        """Return the clause as plain data; its text is left out."""
        return {
            "instance": self.instance,
            "clause": self.clause_id,
            "version": self.version or None,
            "exhibit": self.exhibit or None,
            "title": self.title or None,
            "found_by": self.found_by.value,
            "matches": self.matches,
        }


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A parameter and every text that stands for it in the file."""

    parameter: str
    texts: tuple[str, ...]
    found_by: FoundBy

    def to_dict(self) -> dict[str, Any]:
        """Return the value as plain data."""
        return {"parameter": self.parameter, "texts": list(self.texts), "found_by": self.found_by.value}


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything that a Word file says of where its text came from."""

    name: str
    manifest: Mapping[str, object] | None
    """What the writer recorded; None if the file has no manifest that can be read."""
    clauses: tuple[FoundClause, ...]
    values: tuple[FoundValue, ...]
    notes: tuple[Finding, ...]

    @property
    def ours(self) -> bool:
        """Return whether this library wrote the file, as far as it can tell."""
        return self.manifest is not None or bool(self.clauses)

    @property
    def changed(self) -> tuple[FoundClause, ...]:
        """Return the clauses whose text is not what was written, and those that are gone."""
        return tuple(item for item in self.clauses if item.matches is False or item.found_by is FoundBy.NOTHING)

    def to_dict(self) -> dict[str, Any]:
        """Return the inspection as plain data for `--format json`."""
        return {
            "file": self.name,
            "ours": self.ours,
            "manifest": dict(self.manifest) if self.manifest is not None else None,
            "clauses": [item.to_dict() for item in self.clauses],
            "values": [item.to_dict() for item in self.values],
            "changed": [item.name for item in self.changed],
            "notes": [item.to_dict() for item in self.notes],
        }
