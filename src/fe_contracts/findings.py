"""Hold what a check found, as data: frozen, sortable, printable, ready for JSON.

This module knows nothing of specs, clauses or Word; every layer above it reports in its words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

__all__ = ["Citation", "Confidence", "Finding", "Findings", "Severity", "Where"]


class Severity(StrEnum):
    """How much a finding weighs, most grave first (see `docs/reference/findings.md`)."""

    ERROR = "error"
    WARNING = "warning"
    CONFIRM = "confirm"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Return 0 for the gravest."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure the library is of a fact of law or practice."""

    VERIFIED = "V"
    """Read in the primary text."""
    WEB = "W"
    """Read in a page or public file that is not the primary text."""
    MEMORY = "M"
    """General knowledge, not confirmed in a source."""
    INFERENCE = "I"
    """The library's own reading of verified text: counsel should confirm."""
    UNKNOWN = "U"
    """Unknown or contested."""

    @property
    def needs_counsel(self) -> bool:
        """Return whether someone must confirm it before it is relied on (marks M, I and U)."""
        return self in {Confidence.MEMORY, Confidence.INFERENCE, Confidence.UNKNOWN}


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in an input: file, line and column (both from 1; 0 if unknown) and the field's path."""

    file: str = ""
    line: int = 0
    column: int = 0
    field: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: field`, leaving out what is unknown."""
        place = self.file
        if self.line:
            place += f":{self.line}" + (f":{self.column}" if self.column else "")
        return ": ".join(part for part in (place, self.field) if part)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a demand comes from: the section, the day its text was read, and how sure that reading is."""

    cite: str
    confidence: Confidence
    as_of: dt.date | None = None
    note: str = ""

    def __str__(self) -> str:
        """Return the section and its confidence mark: `24 CFR 578.53(d) [V]`."""
        return f"{self.cite} [{self.confidence.value}]"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach, doubt or fact to confirm: what is wrong, where, and what to do."""

    code: str
    severity: Severity
    message: str
    where: Where = field(default_factory=Where)
    remedy: str = ""
    citation: Citation | None = None
    overridden_by: str = ""
    """Who decided, on the record, to go on in spite of it; empty when nobody did."""

    @property
    def key(self) -> tuple[int, str, Where, str]:
        """Return what findings are sorted by: gravest first, then code, then place."""
        return self.severity.rank, self.code, self.where, self.message

    def overridden(self, by: str) -> Finding:
        """Return this finding with the recorded decision to go on in spite of it."""
        return replace(self, overridden_by=by)

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain data for `--format json`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.where.file or None,
            "line": self.where.line or None,
            "column": self.where.column or None,
            "field": self.where.field or None,
            "message": self.message,
            "remedy": self.remedy or None,
            "citation": self.citation.cite if self.citation else None,
            "confidence": self.citation.confidence.value if self.citation else None,
            "overridden_by": self.overridden_by or None,
        }

    def __str__(self) -> str:
        """Return one line: place, severity, code, message, remedy, source."""
        parts = [f"{self.where}:" if str(self.where) else "", f"{self.severity} {self.code}:", self.message]
        parts.append(self.remedy)
        if self.citation:
            parts.append(f"({self.citation})")
        if self.overridden_by:
            parts.append(f"[overridden by {self.overridden_by}]")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a check found, gravest first, with the day it was made for and the catalog it used."""

    items: tuple[Finding, ...] = ()
    as_of: dt.date | None = None
    catalog: str = ""

    def __post_init__(self) -> None:
        """Sort once, so that equal findings print equally."""
        object.__setattr__(self, "items", tuple(sorted(self.items, key=lambda item: item.key)))

    def __iter__(self) -> Iterator[Finding]:
        """Iterate, gravest first."""
        return iter(self.items)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.items)

    @property
    def standing(self) -> tuple[Finding, ...]:
        """Return those that nobody has overridden on the record."""
        return tuple(item for item in self.items if not item.overridden_by)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the standing errors: what keeps a contract from being assembled."""
        return tuple(item for item in self.standing if item.severity is Severity.ERROR)

    @property
    def clean(self) -> bool:
        """Return whether nothing above *info* stands."""
        return all(item.severity is Severity.INFO for item in self.standing)

    @property
    def exit_code(self) -> int:
        """Return 0 if clean, else 1."""
        return 0 if self.clean else 1

    def to_dict(self) -> dict[str, Any]:
        """Return the findings as plain data for `--format json`."""
        counts = Counter(item.severity.value for item in self.standing)
        return {
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "catalog": self.catalog or None,
            "counts": {severity.value: counts[severity.value] for severity in Severity},
            "findings": [item.to_dict() for item in self.items],
        }
