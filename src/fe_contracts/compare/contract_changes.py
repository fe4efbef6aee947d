"""Say what changed between two contracts, as data: five levels, who is affected, how much it weighs.

Frozen dataclasses and nothing else, so that whoever prints a difference loads neither models nor the clause library.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from fe_contracts.compare.burden_counts import BurdenChange
    from fe_contracts.findings import Finding

__all__ = [
    "Affected",
    "ContractChange",
    "ContractDifference",
    "Kind",
    "Level",
    "Renumbered",
    "Segment",
    "SegmentKind",
    "Side",
    "Weight",
]


class Level(StrEnum):
    """What a change is a change of, from the whole clause down to its words."""

    CLAUSE = "clause"
    """A clause is added, removed or stands elsewhere."""
    VERSION = "version"
    """A clause stands in another version."""
    PARAMETER = "parameter"
    """A value that the contract prints is another one."""
    OBLIGATION = "obligation"
    """What somebody owes: a deliverable, an amount, a deadline, how often."""
    WORDING = "wording"
    """The words of a paragraph."""


class Kind(StrEnum):
    """What happened to it."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


class Affected(StrEnum):
    """Who has to do, gets or loses something by it."""

    AGENCY = "agency"
    CITY = "city"
    BOTH = "both"
    CLIENTS = "clients"


class Weight(StrEnum):
    """Why a change is material; editorial if for no reason at all."""

    MONEY = "money"
    DEADLINE = "deadline"
    RIGHT = "right"
    OBLIGATION = "obligation"
    REMEDY = "remedy"
    DATA = "data"
    EDITORIAL = "editorial"
    """Known to change no meaning; whatever is in doubt is not editorial."""


class SegmentKind(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words that stayed, went or came; white space belongs to the words, so that joining gives a text."""

    kind: SegmentKind
    text: str

    def to_dict(self) -> dict[str, str]:
        """Return it as plain data."""
        return {"kind": self.kind.value, "text": self.text}


@dataclass(frozen=True, slots=True)
class ContractChange:
    """One difference between two contracts."""

    id: str
    """Its name in this difference, good as an anchor: `c12`."""
    level: Level
    kind: Kind
    instance: str
    """The clause's name in the contract: `FE-04`, `FED-01:hud-1`; empty for what belongs to the whole contract."""
    clause_id: str
    """The clause; empty for what belongs to the whole contract."""
    title: str
    """The section's heading, or what part of the contract it is, such as `Deliverables`."""
    old_number: str
    """The section's number in the old contract, `4.3` or `A.1`; empty if it does not stand there."""
    new_number: str
    place: str
    """Where exactly: `parameters.session_minutes`, `reports.R1.due_days`, `paragraph 2`."""
    what: str
    """The change in plain words: `Quarterly report: due 30 → 15 days after the period`."""
    old: str
    """What stood, as the contract shows it; empty where it is new."""
    new: str
    """What stands; empty where it is gone."""
    affected: tuple[Affected, ...]
    weights: tuple[Weight, ...]
    """Why it is material, the gravest first; `(Weight.EDITORIAL,)` if it is not."""
    reason: str = ""
    """Why the library or the spec changed it, as recorded there."""
    segments: tuple[Segment, ...] = ()
    """For wording: what stayed, went and came, cut at words."""
    stands: tuple[str, ...] = ()
    """The numbers of the sections in which the new contract prints it (the old, where it is gone)."""
    notes: tuple[str, ...] = ()
    """More to know: the differences the library computed, that an edit was made by hand."""
    drift: bool = False
    """Whether somebody changed the words by hand after the contract was assembled."""

    @property
    def material(self) -> bool:
        """Return whether it is more than editorial."""
        return any(weight is not Weight.EDITORIAL for weight in self.weights)

    @property
    def number(self) -> str:
        """Return the section's number in the new contract; in the old one, where it is gone."""
        return self.new_number or self.old_number

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "id": self.id,
            "level": self.level.value,
            "kind": self.kind.value,
            "instance": self.instance or None,
            "clause": self.clause_id or None,
            "title": self.title,
            "old_number": self.old_number or None,
            "new_number": self.new_number or None,
            "place": self.place,
            "what": self.what,
            "old": self.old or None,
            "new": self.new or None,
            "affected": [item.value for item in self.affected],
            "weights": [item.value for item in self.weights],
            "material": self.material,
            "reason": self.reason or None,
            "stands": list(self.stands),
            "segments": [segment.to_dict() for segment in self.segments],
            "notes": list(self.notes),
            "drift": self.drift,
        }


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two contracts: what it is and what it was made from."""

    label: str
    """The file, or the contract's number where there is none."""
    contract_id: str
    title: str
    term: str
    """`July 1, 2026 to June 30, 2027`; empty if not known."""
    total: str
    """The maximum amount; empty if not known."""
    library: str
    """The clause library with its version."""
    pins: Mapping[str, str]
    """The version of each clause, by instance."""
    made_from: str
    """`spec` or `document`."""
    city: str = ""
    agency: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "label": self.label,
            "contract_id": self.contract_id,
            "title": self.title,
            "city": self.city or None,
            "agency": self.agency or None,
            "term": self.term or None,
            "total": self.total or None,
            "library": self.library,
            "pins": dict(self.pins),
            "made_from": self.made_from,
        }


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A section that only has another number: told apart, never a change."""

    instance: str
    old_number: str
    new_number: str
    title: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return it as plain data."""
        return {
            "instance": self.instance,
            "old_number": self.old_number,
            "new_number": self.new_number,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class ContractDifference:
    """Everything that changed from one contract to another, in the order of the new one."""

    old: Side
    new: Side
    changes: tuple[ContractChange, ...]
    burden: BurdenChange | None
    """The reporting burden; None where a document alone does not tell it."""
    renumbered: tuple[Renumbered, ...]
    notes: tuple[Finding, ...]
    summary: tuple[str, ...]
    """What the agency should know, in plain sentences."""
    left_out: int = 0
    """How many changes were found and are not shown, because somebody asked for some only."""

    @property
    def same(self) -> bool:
        """Return whether nothing changed at all."""
        return not self.changes and not self.left_out

    def only(self, levels: Collection[str] = (), *, material: bool = False) -> ContractDifference:
        """Return the difference with the changes of some levels, or with those that are more than editorial."""
        shown = tuple(
            change
            for change in self.changes
            if (not levels or change.level in levels) and (change.material or not material)
        )
        return replace(self, changes=shown, left_out=self.left_out + len(self.changes) - len(shown))

    @property
    def material(self) -> tuple[ContractChange, ...]:
        """Return the changes that are more than editorial."""
        return tuple(change for change in self.changes if change.material)

    def by_level(self) -> dict[Level, tuple[ContractChange, ...]]:
        """Return the changes of each level, all five levels in their order."""
        return {level: tuple(change for change in self.changes if change.level is level) for level in Level}

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "old": self.old.to_dict(),
            "new": self.new.to_dict(),
            "same": self.same,
            "left_out": self.left_out,
            "counts": {level.value: len(found) for level, found in self.by_level().items()},
            "material": len(self.material),
            "summary": list(self.summary),
            "burden": self.burden.to_dict() if self.burden else None,
            "changes": [change.to_dict() for change in self.changes],
            "renumbered": [item.to_dict() for item in self.renumbered],
            "notes": [note.to_dict() for note in self.notes],
        }
