"""Compare the values that clauses take: what specs give and libraries set, or what two documents print."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fe_contracts.compare.spec_fields import written
from fe_contracts.compare.table_rows import named_rows, partners_of, row_label, split_rows
from fe_contracts.compare.value_change import (
    Cell,
    ValueAt,
    cell_change,
    confirmed_change,
    from_the_spec,
    row_change,
    value_change,
)
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fe_contracts.compare.contract_changes import ContractChange
    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.compare.table_rows import Rows
    from fe_contracts.compare.words import Language
    from fe_contracts.model.clause import Column, ParameterDefinition

__all__ = ["joined", "printed_changes", "value_changes"]

P = ParameterType
_AND = " / "
"""What stands between the entries of a list that a document prints one below the other."""


def value_changes(
    sections: tuple[Section, Section], views: tuple[ContractView, ContractView], language: Language
) -> Iterator[ContractChange]:
    """Yield the values of one clause that differ and that no field of the spec gives."""
    versions = views[0].version_of(sections[0]), views[1].version_of(sections[1])
    given = [view.values.get(section.instance, {}) for view, section in zip(views, sections, strict=True)]
    for name in dict.fromkeys([*given[1], *given[0]]):
        at = ValueAt(name, sections, views, versions, language)
        if any(map(from_the_spec, at.definitions)):
            continue
        old, new = (side.get(name) for side in given)
        if old != new:
            yield from _differing(at, old, new)
        else:
            yield from _confirmed(at)


def _confirmed(at: ValueAt) -> Iterator[ContractChange]:
    """Yield that somebody confirmed a value that both contracts print, or must now."""
    name = f"{at.sections[1].instance}/{at.name}"
    if at.pending[0] != at.pending[1] and at.stands:
        yield confirmed_change(at, at.views[1].printed.get(name, ""))


def _differing(at: ValueAt, old: Any, new: Any) -> Iterator[ContractChange]:
    definition = at.definition
    if definition is not None and definition.type is P.TABLE and old and new:
        yield from _rows(at, _typed_rows(definition, old), _typed_rows(definition, new))
        return
    definitions = [one or definition for one in at.definitions]
    sides = [_value(one, side) for one, side in zip(definitions, (old, new), strict=True)]
    if sides[0] != sides[1]:
        yield value_change(at, sides[0], sides[1], entries=_typed_entries(definitions, old, new))


def _typed_entries(definitions: list[ParameterDefinition | None], old: Any, new: Any) -> str:
    """Return which entries of a list came and went, in words; nothing for any other value."""
    if not (isinstance(old, tuple) and isinstance(new, tuple)):
        return ""
    old_entries, new_entries = (
        [_value(one and one.model_copy(update={"type": one.items or P.STR}), item) for item in side]
        for one, side in zip(definitions, (old, new), strict=True)
    )
    return _entries(old_entries, new_entries)


def _entries(old: Sequence[str], new: Sequence[str]) -> str:
    """Return which entries came and went, in words; nothing where only their order changes."""
    come, gone = [item for item in new if item not in old], [item for item in old if item not in new]
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


def _typed_rows(definition: ParameterDefinition, rows: Any) -> Rows:
    """Return a table's rows by what names them, each cell as it is shown."""
    return named_rows(
        [{column.name: _cell(column, row.get(column.name)) for column in definition.columns} for row in rows]
    )


def _cell(column: Column, value: Any) -> str:
    return column.choices.get(str(value)) or written(_typed(column.type), value)


def _rows(at: ValueAt, old: Rows, new: Rows) -> Iterator[ContractChange]:
    """Yield the rows that were added and removed, and for every other row what changed in it, as one change."""
    partner = partners_of(old, new)
    for name, row in old.items():
        if name not in partner.values():
            yield row_change(at, name, _line(row), "")
    for name, row in new.items():
        if name not in partner:
            yield row_change(at, name, "", _line(row))
            continue
        before = old[partner[name]]
        cells = [cell for cell in dict.fromkeys([*row, *before]) if before.get(cell, "") != row.get(cell, "")]
        if cells:
            label = row_label(name, row) if partner[name] == name else next(iter(row.values()))
            sides = ({cell: side.get(cell, "") for cell in cells} for side in (before, row))
            yield cell_change(at, Cell(label, name), *sides)
    if [partner[name] for name in new if name in partner] != [name for name in old if name in partner.values()]:
        yield value_change(at, "; ".join(old), "; ".join(new), entries="the order of the rows changes")


def _line(row: Mapping[str, str]) -> str:
    return "; ".join(filter(None, row.values()))


def printed_changes(
    sections: tuple[Section, Section],
    views: tuple[ContractView, ContractView],
    language: Language,
    *,
    reads_same: bool = False,
) -> Iterator[ContractChange]:
    """Yield the values of one clause that two documents print otherwise.

    Where the clause `reads_same` in both, a value that differs stands in a manifest only: the text was edited since.
    """
    versions = views[0].version_of(sections[0]), views[1].version_of(sections[1])
    sides = [
        {name.rpartition("/")[2]: text for name, text in view.printed.items() if name.rpartition("/")[0] == s.instance}
        for view, s in zip(views, sections, strict=True)
    ]
    for name in dict.fromkeys([*sides[1], *sides[0]]):
        old, new = (side.get(name, "") for side in sides)
        at = ValueAt(name, sections, views, versions, language)
        if old == new or reads_same:
            yield from _confirmed(at)
            continue
        tables = [view.headings.get(f"{s.instance}/{name}", ()) for view, s in zip(views, sections, strict=True)]
        if (any(tables) or "\t" in old + new) and old and new:
            columns = at.definition.columns if at.definition else ()
            rows = [split_rows(text, heads, columns) for text, heads in zip((old, new), tables, strict=True)]
            yield from _rows(at, rows[0], rows[1])
        else:
            listed = at.definition is not None and at.definition.type is P.LIST
            if listed and old and new and _AND in old + new:
                entries = [side.split(_AND) for side in (old, new)]
                yield value_change(at, *map("; ".join, entries), entries=_entries(*entries))
            else:
                yield value_change(at, old, new)


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
