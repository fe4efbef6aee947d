"""Hold what a renewal came to: the new file, every change with its reason, and all that a person must still decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import OutputError
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.findings import Findings
    from fe_contracts.model.spec import Spec
    from fe_contracts.renewal.terms import NextTerm

__all__ = ["FieldChange", "Kept", "Notice", "Renewal", "Undecided"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value of the spec that the renewal changed."""

    field: str
    old: str
    """What stood; empty where the field is new."""
    new: str
    """What stands; empty where the field is set aside."""
    why: str
    line: int = 0
    """The line of the old file, or 0 where the field is new."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        told = {"field": self.field, "old": self.old or None, "new": self.new or None}
        return {**told, "why": self.why, "line": self.line or None}


@dataclass(frozen=True, slots=True)
class Kept:
    """One day of the spec that stays as it was, because it names something that happened once."""

    field: str
    value: str
    why: str
    again: bool
    """Whether it was done for the term that ends and must be done again for the new one."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {"field": self.field, "value": self.value, "why": self.why, "again": self.again}


@dataclass(frozen=True, slots=True)
class Undecided:
    """One value that was carried over and that a person must decide on for the new term."""

    field: str
    what: str
    value: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {"field": self.field, "what": self.what, "value": self.value}


@dataclass(frozen=True, slots=True)
class Notice:
    """A day by which somebody must say something about a renewal."""

    what: str
    by: dt.date
    clause: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {"what": self.what, "by": self.by.isoformat(), "clause": self.clause}


@dataclass(frozen=True, slots=True)
class Renewal:
    """The next term of a contract: its spec as text and as a value, and everything worth knowing of the way there."""

    old: Spec
    new: Spec
    term: NextTerm
    text: str = field(repr=False)
    """The new file: the old one, with only the changed values changed."""
    changes: tuple[FieldChange, ...]
    kept: tuple[Kept, ...]
    undecided: tuple[Undecided, ...]
    notices: tuple[Notice, ...]
    findings: Findings
    """What the renewal leaves to people, and what `validate` finds in the new spec."""
    source: Path
    """The old file, which is never written to."""
    lines: frozenset[int] = frozenset()
    """The lines of the old file in which anything changed, from 1."""

    def save(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write the new spec and return its path; an existing file is kept unless told otherwise.

        Raises:
            OutputError: if it cannot be written, or is the old spec's own file; nothing is left half written.
        """
        target = Path(path)
        if target.exists() and target.samefile(self.source):
            why = "This is the spec that is renewed, and it stays as it is."
            raise OutputError(target, why, "Give the new spec a name of its own.")
        write_atomic(target, self.text.encode(), overwrite=overwrite)
        return target

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        term = self.term
        return {
            "contract": self.new.contract.id,
            "old_term": {
                "start": self.old.term.start_date.isoformat(),
                "end": self.old.term.end_date.isoformat(),
            },
            "new_term": {"start": term.start.isoformat(), "end": term.end.isoformat()},
            "moved_by": str(term.step),
            "renewal": term.number,
            "renewals_left": term.left,
            "can_reach": term.reach.isoformat() if term.reach else None,
            "notices": [item.to_dict() for item in self.notices],
            "changes": [item.to_dict() for item in self.changes],
            "kept": [item.to_dict() for item in self.kept],
            "undecided": [item.to_dict() for item in self.undecided],
            **self.findings.to_dict(),
        }
