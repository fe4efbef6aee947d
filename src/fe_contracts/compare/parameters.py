"""Compare the values that clauses take: what specs give and libraries set, or what two documents print."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from fe_contracts.compare.contract_changes import Affected, ContractChange, Kind, Level, Weight
from fe_contracts.compare.shortening import shortened, shortened_pair
from fe_contracts.compare.spec_fields import written
from fe_contracts.compare.table_rows import named_rows, partners_of, row_label, split_rows
from fe_contracts.compare.weighing import (
    TIMES,
    affected_by_duties,
    affected_by_words,
    in_order,
    weights_of_parameter,
    weights_of_words,
)
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fe_contracts.catalog import ClauseVersion
    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.compare.table_rows import Rows
    from fe_contracts.compare.words import Language
    from fe_contracts.model.clause import Column, Obligation, ParameterDefinition

__all__ = ["from_the_spec", "joined", "printed_changes", "value_changes"]

P = ParameterType
_LIBRARY = ("framework.", "glossary.", "computed.exhibits")
_SHOWN = 70
_DUTIES = frozenset(
    {
        "deliverables", "deliverable_details", "outcomes", "measurement", "milestones", "reports", "calendar",
        "funding", "budget", "by_fund", "rate_table", "sources", "condition",
    }
)  # fmt: skip
"""Tables that hold what is owed and paid."""


@dataclass(frozen=True, slots=True)
class _At:
    """One parameter of one clause, on both sides."""

    name: str
    sections: tuple[Section, Section]
    views: tuple[ContractView, ContractView]
    versions: tuple[ClauseVersion | None, ClauseVersion | None]

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
    def stands(self) -> tuple[str, ...]:
        """Return the numbers of the sections that print it now; that printed it, if none does."""
        found = [
            view.stands(section.instance, frozenset({self.name}))
            for view, section in zip(self.views, self.sections, strict=True)
        ]
        return found[1] or found[0]


def from_the_spec(definition: ParameterDefinition | None) -> bool:
    """Return whether a field of the spec gives the value, so that the spec's own comparison tells its change."""
    return definition is not None and definition.from_ is not None and not definition.from_.startswith(_LIBRARY)


def value_changes(
    sections: tuple[Section, Section], views: tuple[ContractView, ContractView], language: Language
) -> Iterator[ContractChange]:
    """Yield the values of one clause that differ and that no field of the spec gives."""
    versions = views[0].version_of(sections[0]), views[1].version_of(sections[1])
    given = [view.values.get(section.instance, {}) for view, section in zip(views, sections, strict=True)]
    for name in dict.fromkeys([*given[1], *given[0]]):
        at = _At(name, sections, views, versions)
        if any(map(from_the_spec, at.definitions)):
            continue
        old, new = (side.get(name) for side in given)
        if old != new:
            yield from _differing(at, old, new, language)
        else:
            yield from _confirmed(at, language)


def _confirmed(at: _At, language: Language) -> Iterator[ContractChange]:
    """Yield that somebody confirmed a value, or must now: while that is open, it stands in brackets."""
    texts = [view.printed.get(f"{s.instance}/{at.name}", "") for view, s in zip(at.views, at.sections, strict=True)]
    pending = [text.startswith("[CONFIRM: ") for text in texts]
    if at.definition is not None and all(texts) and pending[0] != pending[1]:
        yield _one(at, texts[0], texts[1], language, f" ({'confirmed' if pending[0] else 'to be confirmed'})")


def _differing(at: _At, old: Any, new: Any, language: Language) -> Iterator[ContractChange]:
    definition = at.definition
    if definition is not None and definition.type is P.TABLE and old and new:
        yield from _rows(at, definition.columns, _typed_rows(definition, old), _typed_rows(definition, new), language)
        return
    definitions = [one or definition for one in at.definitions]
    sides = [_value(one, side) for one, side in zip(definitions, (old, new), strict=True)]
    if sides[0] != sides[1]:
        yield _one(at, sides[0], sides[1], language, _entries(definitions, old, new))


def _entries(definitions: list[ParameterDefinition | None], old: Any, new: Any) -> str:
    """Return which entries of a list came and went, in words; nothing for any other value."""
    if not (isinstance(old, tuple) and isinstance(new, tuple)):
        return ""
    sides = [
        [_value(one and one.model_copy(update={"type": one.items or P.STR}), item) for item in side]
        for one, side in zip(definitions, (old, new), strict=True)
    ]
    come = [item for item in sides[1] if item not in sides[0]]
    gone = [item for item in sides[0] if item not in sides[1]]
    parts = [f"added: {'; '.join(come)}"] * bool(come) + [f"removed: {'; '.join(gone)}"] * bool(gone)
    return ", ".join(parts)


def _value(definition: ParameterDefinition | None, value: Any) -> str:
    """Return a typed value as the contract would show it."""
    if definition is None or value is None or value == ():
        return written("", value)
    match definition.type:
        case P.ENUM:
            return definition.choices.get(value, str(value))
        case P.LIST:
            entries = [definition.choices.get(str(item), written(_typed(definition.items), item)) for item in value]
            return ("; " if any("," in entry for entry in entries) else ", ").join(entries)
        case P.TABLE:
            rows = _typed_rows(definition, value).values()
            return "\n".join("\t".join(cell for cell in row.values() if cell) for row in rows)
        case kind:
            return written(_typed(kind), value)


def _typed(kind: P | None) -> str:
    """Return the name by which a value of this type is written."""
    return "percent" if kind is P.PCT else "amount"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A row of a table, or one cell of it: what a reader calls it, its key, its column."""

    label: str
    key: str
    columns: Sequence[str] = ()
    """The columns that changed; none where the row came or went."""


def _typed_rows(definition: ParameterDefinition, rows: Any) -> Rows:
    """Return a table's rows by what names them, each cell as it is shown."""
    return named_rows(
        [{column.name: _cell(column, row.get(column.name)) for column in definition.columns} for row in rows]
    )


def _cell(column: Column, value: Any) -> str:
    return column.choices.get(str(value)) or written(_typed(column.type), value)


def _rows(at: _At, columns: tuple[Column, ...], old: Rows, new: Rows, language: Language) -> Iterator[ContractChange]:
    """Yield the rows that were added and removed, and for every other row what changed in it, as one change."""
    titles = {column.name: column.title for column in columns}
    partner = partners_of(old, new)
    for name, row in old.items():
        if name not in partner.values():
            yield _one(at, "; ".join(filter(None, row.values())), "", language, cell=_Cell(row_label(name, row), name))
    for name, row in new.items():
        if name not in partner:
            yield _one(at, "", "; ".join(filter(None, row.values())), language, cell=_Cell(row_label(name, row), name))
            continue
        before = old[partner[name]]
        cells = [cell for cell in dict.fromkeys([*row, *before]) if before.get(cell, "") != row.get(cell, "")]
        if len(cells) == 1:
            label = f"{row_label(name, row)}: {titles.get(cells[0], cells[0])}"
            key = f"{name}.{cells[0]}"
            yield _one(at, before.get(cells[0], ""), row.get(cells[0], ""), language, cell=_Cell(label, key, cells))
        elif cells:
            old_cells, new_cells = (
                "; ".join(f"{titles.get(cell, cell)} {side.get(cell, '')}" for cell in cells) for side in (before, row)
            )
            yield _one(at, old_cells, new_cells, language, cell=_Cell(row_label(name, row), name, cells))
    if [partner[name] for name in new if name in partner] != [name for name in old if name in partner.values()]:
        yield _one(at, "; ".join(old), "; ".join(new), language, " (order)")


def _one(at: _At, old: str, new: str, language: Language, more: str = "", cell: _Cell | None = None) -> ContractChange:
    """Return the change of one value, or of a row or cell of a table."""
    definition, (one, other) = at.definition, at.sections
    bound = [
        duty for version in at.versions if version for duty in version.front.obligations if duty.due.days == at.name
    ]
    label = definition.help.partition(";")[0].rstrip(".") if definition else at.name.replace("_", " ")
    unit = f" {definition.unit}" if definition and definition.unit and new and definition.unit not in new else ""
    before, after = shortened_pair(old, new, _SHOWN if cell is None or len(cell.columns) < 2 else 2 * _SHOWN)
    what = f"{other.title}: {cell.label if cell else label}: {before or 'none'} → {after or 'none'}{unit}{more}"
    if more.startswith(("added: ", "removed: ")):
        what = f"{other.title}: {label}: {more}"
    if cell and not cell.columns:
        what = f"{other.title}: {'added' if new else 'removed'}: {shortened(new or old, _SHOWN)}"
    place = f"parameters.{at.name}" + (f".{cell.key}" if cell else "")
    weights = _weights(at, definition, old, new, language, cell)
    return ContractChange(
        id="",
        level=_level(at, cell, bound=bool(bound)),
        kind=Kind.ADDED if not old else Kind.REMOVED if not new else Kind.CHANGED,
        instance=other.instance,
        clause_id=other.clause_id,
        title=other.title,
        old_number=one.number,
        new_number=other.number,
        place=place,
        what=what,
        old=old,
        new=new,
        affected=_affected(at, bound),
        weights=weights,
        stands=at.stands,
    )


def _affected(at: _At, bound: list[Obligation]) -> tuple[Affected, ...]:
    """Return who is affected: by the duty that the value belongs to, else by any duty of the clause."""
    if not bound and from_the_spec(at.definition):
        return (Affected.BOTH,)
    duties = bound or [duty for version in at.versions if version for duty in version.front.obligations]
    return affected_by_duties(duties) if duties else affected_by_words(at.sections[1].text)


def _level(at: _At, cell: _Cell | None, *, bound: bool) -> Level:
    """Return whether the value is what somebody owes: an amount, a date, a time, a table of duties."""
    definition = at.definition
    if bound or at.name in _DUTIES:
        return Level.OBLIGATION
    if definition is None:
        return Level.PARAMETER
    kinds = {column.type for column in _columns(definition, cell)} or {definition.type}
    timed = (definition.unit or "").casefold() in TIMES
    return Level.OBLIGATION if kinds & {P.MONEY, P.DATE, P.DAYS} or timed else Level.PARAMETER


def _columns(definition: ParameterDefinition, cell: _Cell | None) -> list[Column]:
    return [column for column in definition.columns if cell and column.name in cell.columns]


def _weights(
    at: _At, definition: ParameterDefinition | None, old: str, new: str, language: Language, cell: _Cell | None
) -> tuple[Weight, ...]:
    if definition is None:
        return weights_of_words(old, new, language)
    columns = _columns(definition, cell)
    if not columns:
        return weights_of_parameter(definition, at.sections[1].clause_id, old, new, language)
    kinds = {P.MONEY: Weight.MONEY, P.DATE: Weight.DEADLINE, P.DAYS: Weight.DEADLINE}
    found = {kinds[column.type] for column in columns if column.type in kinds}
    if not found or any(column.type not in kinds for column in columns):
        found.update(weights_of_words(old, new, language) if old and new else (Weight.OBLIGATION,))
    return in_order(found)


def printed_changes(
    sections: tuple[Section, Section], views: tuple[ContractView, ContractView], language: Language
) -> Iterator[ContractChange]:
    """Yield the values of one clause that two documents print otherwise."""
    versions = views[0].version_of(sections[0]), views[1].version_of(sections[1])
    sides = [
        {name.rpartition("/")[2]: text for name, text in view.printed.items() if name.rpartition("/")[0] == s.instance}
        for view, s in zip(views, sections, strict=True)
    ]
    for name in dict.fromkeys([*sides[1], *sides[0]]):
        old, new = (side.get(name, "") for side in sides)
        at = _At(name, sections, views, versions)
        if old == new:
            continue
        tables = [view.headings.get(f"{s.instance}/{name}", ()) for view, s in zip(views, sections, strict=True)]
        if (any(tables) or "\t" in old + new) and old and new:
            columns = at.definition.columns if at.definition else ()
            rows = [split_rows(text, heads, columns) for text, heads in zip((old, new), tables, strict=True)]
            yield from _rows(at, columns, rows[0], rows[1], language)
        else:
            yield _one(at, old, new, language)


def joined(changes: list[ContractChange], origins: Mapping[int, str]) -> list[ContractChange]:
    """Return the changes with one for each value that several clauses print, listing all the places.

    `origins` says, by a change's place in the list, what gives the value: the same field of the spec, the same clause.
    """
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, change in enumerate(changes):
        groups[origins.get(place) or f"{change.instance}/{change.place}", change.old, change.new].append(place)
    found = []
    for places in groups.values():
        stands = tuple(dict.fromkeys(number for place in places for number in changes[place].stands))
        found.append((places[0], replace(changes[places[0]], stands=stands)))
    return [change for _, change in sorted(found, key=lambda item: item[0])]
