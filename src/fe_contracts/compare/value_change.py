"""Say of one changed value what it is, how grave, whom it affects: a value, a row of a table, or a cell of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.compare.contract_changes import Affected, ContractChange, Kind, Level, Weight
from fe_contracts.compare.pending import bracketed
from fe_contracts.compare.shortening import shortened, shortened_pair
from fe_contracts.compare.weighing import (
    EDITORIAL,
    TIMES,
    affected_by_duties,
    affected_by_words,
    in_order,
    weights_of_parameter,
    weights_of_words,
)
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.catalog import ClauseVersion
    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.compare.words import Language
    from fe_contracts.model.clause import Column, Obligation, ParameterDefinition

__all__ = ["Cell", "ValueAt", "cell_change", "confirmed_change", "from_the_spec", "row_change", "value_change"]

P = ParameterType
_LIBRARY = ("framework.", "glossary.", "computed.exhibits")
_SHOWN = 70
_KINDS = {P.MONEY: Weight.MONEY, P.DATE: Weight.DEADLINE, P.DAYS: Weight.DEADLINE}
_HOW_TO_FILL = ", so that it reads "
"""Where the help of a parameter goes on with what only those who fill it in need."""
_OPEN = "Somebody must still confirm it: until then it stands in brackets."
_DUTIES = frozenset(
    {
        "deliverables", "deliverable_details", "outcomes", "measurement", "milestones", "reports", "calendar",
        "funding", "budget", "by_fund", "rate_table", "sources", "condition",
    }
)  # fmt: skip
"""Tables that hold what is owed and paid."""


@dataclass(frozen=True, slots=True)
class ValueAt:
    """One parameter of one clause, on both sides."""

    name: str
    sections: tuple[Section, Section]
    views: tuple[ContractView, ContractView]
    versions: tuple[ClauseVersion | None, ClauseVersion | None]
    language: Language

    @property
    def definitions(self) -> tuple[ParameterDefinition | None, ParameterDefinition | None]:
        """Return how both versions define it; None where one does not, or is not at hand."""
        one, other = (version.front.parameters.get(self.name) if version else None for version in self.versions)
        return one, other

    @property
    def definition(self) -> ParameterDefinition | None:
        """Return how it is defined now; how it was, if it is gone."""
        return self.definitions[1] or self.definitions[0]

    @property
    def label(self) -> str:
        """Return what the library says that it is."""
        if self.definition is None:
            return self.name.replace("_", " ")
        return self.definition.help.partition(";")[0].partition(_HOW_TO_FILL)[0].rstrip(".")

    @property
    def unit(self) -> str:
        """Return what it is counted in."""
        return (self.definition.unit if self.definition else "") or ""

    @property
    def pending(self) -> tuple[bool, bool]:
        """Return whether somebody has still to confirm it, before and after."""
        one, other = (
            f"{section.instance}/{self.name}" in view.pending
            for view, section in zip(self.views, self.sections, strict=True)
        )
        return one, other

    @property
    def bound(self) -> list[Obligation]:
        """Return the duties whose deadline it is."""
        return [
            duty
            for version in self.versions
            if version
            for duty in version.front.obligations
            if duty.due.days == self.name
        ]

    @property
    def stands(self) -> tuple[str, ...]:
        """Return the numbers of the sections that print it now; that printed it, if none does."""
        found = [
            view.stands(section.instance, frozenset({self.name}))
            for view, section in zip(self.views, self.sections, strict=True)
        ]
        return found[1] or found[0]


@dataclass(frozen=True, slots=True)
class Cell:
    """Some cells of a row: what a reader calls the row, and its key."""

    label: str
    key: str


def from_the_spec(definition: ParameterDefinition | None) -> bool:
    """Return whether a field of the spec gives the value, so that the spec's own comparison tells its change."""
    return definition is not None and definition.from_ is not None and not definition.from_.startswith(_LIBRARY)


def value_change(at: ValueAt, old: str, new: str, *, entries: str = "") -> ContractChange:
    """Return that a value is another one; `entries` says of a list what came and went."""
    unit = f" {at.unit}" if at.unit and new and at.unit not in new else ""
    before, after = shortened_pair(old, new, _SHOWN)
    told = entries or f"{before or 'none'} → {after or 'none'}{unit}"
    return _change(at, (old, new), at.name, f"{at.label}: {told}", _weights(at, old, new), _level(at, ()))


def confirmed_change(at: ValueAt, value: str) -> ContractChange:
    """Return that somebody confirmed a value, or still must: the value stays, the brackets around it come or go."""
    shown = [bracketed(value) if pending else value for pending in at.pending]
    told = f"{at.label}: {shortened(value, _SHOWN)} ({'still to be confirmed' if at.pending[1] else 'confirmed'})"
    return _change(at, (shown[0], shown[1]), at.name, told, EDITORIAL, Level.PARAMETER)


def row_change(at: ValueAt, key: str, old: str, new: str) -> ContractChange:
    """Return that a row came or went: one side is empty."""
    told = f"{'added' if new else 'removed'}: {shortened(new or old, _SHOWN)}"
    return _change(at, (old, new), f"{at.name}.{key}", told, _weights(at, old, new), _level(at, ()))


def cell_change(at: ValueAt, cell: Cell, old: Mapping[str, str], new: Mapping[str, str]) -> ContractChange:
    """Return that some cells of a row are others; `old` and `new` hold the same cells by their columns."""
    columns = tuple(at.definition.columns) if at.definition else ()
    titles = {column.name: column.title for column in columns}
    several = len(new) > 1
    before, after = (
        "; ".join(f"{titles.get(name, name)} {text}" if several else text for name, text in side.items())
        for side in (old, new)
    )
    cells = "; ".join(f"{titles.get(name, name)}: {_arrow(old[name], text)}" for name, text in new.items())
    changed = tuple(column for column in columns if column.name in new)
    return _change(
        at,
        (before, after),
        f"{at.name}.{cell.key}" + ("" if several else f".{next(iter(new))}"),
        f"{cell.label} ({cells})" if several else f"{cell.label}: {cells}",
        _cell_weights(at, changed, old, new, (before, after)),
        _level(at, changed),
    )


def _arrow(old: str, new: str) -> str:
    before, after = shortened_pair(old, new, _SHOWN)
    return f"{before or 'none'} → {after or 'none'}"


def _change(
    at: ValueAt, sides: tuple[str, str], place: str, told: str, weights: tuple[Weight, ...], level: Level
) -> ContractChange:
    one, other = at.sections
    old, new = sides
    return ContractChange(
        id="",
        level=level,
        kind=Kind.ADDED if not old else Kind.REMOVED if not new else Kind.CHANGED,
        instance=other.instance,
        clause_id=other.clause_id,
        title=other.title,
        old_number=one.number,
        new_number=other.number,
        place=f"parameters.{place}",
        what=f"{other.title}: {told}",
        old=old,
        new=new,
        affected=_affected(at),
        weights=weights,
        stands=at.stands,
        notes=(_OPEN,) if weights != EDITORIAL and new and at.pending[1] else (),
    )


def _affected(at: ValueAt) -> tuple[Affected, ...]:
    """Return who is affected: by the duty that the value belongs to, else by any duty of the clause."""
    if not at.bound and from_the_spec(at.definition):
        return (Affected.BOTH,)
    duties = at.bound or [duty for version in at.versions if version for duty in version.front.obligations]
    return affected_by_duties(duties) if duties else affected_by_words(at.sections[1].text)


def _level(at: ValueAt, columns: tuple[Column, ...]) -> Level:
    """Return whether the value is what somebody owes: an amount, a date, a time, a table of duties."""
    definition = at.definition
    if at.bound or at.name in _DUTIES:
        return Level.OBLIGATION
    if definition is None:
        return Level.PARAMETER
    kinds = {column.type for column in columns} or {definition.type}
    timed = at.unit.casefold() in TIMES
    return Level.OBLIGATION if kinds & {P.MONEY, P.DATE, P.DAYS} or timed else Level.PARAMETER


def _weights(at: ValueAt, old: str, new: str) -> tuple[Weight, ...]:
    """Return why the value, or a whole row, is material."""
    if at.definition is None:
        return weights_of_words(old, new, at.language)
    return weights_of_parameter(at.definition, at.sections[1].clause_id, old, new, at.language)


def _cell_weights(
    at: ValueAt, columns: tuple[Column, ...], old: Mapping[str, str], new: Mapping[str, str], sides: tuple[str, str]
) -> tuple[Weight, ...]:
    """Return why other cells are material: each by the kind of its column, where the library knows it."""
    if not columns:
        return _weights(at, *sides)
    found: set[Weight] = set()
    for column in columns:
        before, after = old.get(column.name, ""), new.get(column.name, "")
        if column.type in _KINDS:
            found.add(_KINDS[column.type])
        elif before and after:
            if column.type is P.PCT:  # a share is no amount of money, though it looks like a price
                before, after = before.rstrip("%"), after.rstrip("%")
            found.update(weights_of_words(before, after, at.language, f"{column.title}: {before} {after}"))
        else:
            found.add(Weight.OBLIGATION)
    return in_order(found)
