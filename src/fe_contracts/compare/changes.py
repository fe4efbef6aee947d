"""Say what a change is: its kind, its place, what stood and what stands, and how much it weighs in a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog.clause import version_key

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Bump", "ChangeKind", "ClauseChange", "bump_between", "greatest", "next_number"]


class Bump(StrEnum):
    """A step in a version's number, from none to the greatest."""

    NONE = "none"
    PATCH = "patch"
    """No meaning changes."""
    MINOR = "minor"
    """Something is added, and what was agreed before stays valid."""
    MAJOR = "major"
    """A duty, right, amount or deadline changes, or a parameter is removed or narrowed."""

    @property
    def rank(self) -> int:
        """Return 0 for none, 3 for major."""
        return list(Bump).index(self)


class ChangeKind(StrEnum):
    """What part of a clause version changed."""

    WORDING = "wording"
    PARAMETER = "parameter"
    OBLIGATION = "obligation"
    REFERENCE = "reference"
    TERM = "term"
    APPLICABILITY = "applicability"
    LEGAL_BASIS = "legal basis"
    RELATION = "relation"
    VALIDITY = "validity"
    """Whether it ends by itself, or ends the clause."""
    HEADING = "heading"
    NOTE = "note"
    """What is not part of the contract: the summary, help texts."""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One difference between two versions of a clause."""

    kind: ChangeKind
    place: str
    """Where: `parameters.note_days.maximum`, `obligations.note.due`, `line 93 (#plan)`."""
    old: str
    """What stood; empty where it is new."""
    new: str
    """What stands; empty where it is gone."""
    bump: Bump
    """The least step in the number that the change demands."""
    reason: str
    """Why it demands that, in words."""
    line: int = 0
    """The line in the new file, or 0 where it has none."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "kind": self.kind.value,
            "place": self.place,
            "line": self.line or None,
            "old": self.old or None,
            "new": self.new or None,
            "bump": self.bump.value,
            "reason": self.reason,
        }


def greatest(bumps: Iterable[Bump]) -> Bump:
    """Return the greatest of the steps; none if there is none."""
    return max(bumps, key=lambda bump: bump.rank, default=Bump.NONE)


def bump_between(earlier: str, later: str) -> Bump:
    """Return the step from one number to a later one: 1.0.0 to 1.2.0 is a minor one."""
    for bump, one, other in zip(
        (Bump.MAJOR, Bump.MINOR, Bump.PATCH), version_key(earlier), version_key(later), strict=True
    ):
        if one != other:
            return bump if other > one else Bump.NONE
    return Bump.NONE


def next_number(number: str, bump: Bump) -> str:
    """Return the number that a step leads to: a minor one from 1.0.3 to 1.1.0."""
    major, minor, patch = version_key(number)
    match bump:
        case Bump.MAJOR:
            return f"{major + 1}.0.0"
        case Bump.MINOR:
            return f"{major}.{minor + 1}.0"
        case _:
            return f"{major}.{minor}.{patch + 1}"
