"""Walk two specs side by side and name every field that differs: nothing that changed can be overlooked.

Entries of a list are matched by what names them (`id`, `clause`, `fact`), so that one more line is one change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from fe_contracts.compare.contract_changes import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.model.spec import Spec

__all__ = ["FieldChange", "field_changes", "long_date", "money", "written"]

_NAMES = ("id", "clause", "fact", "code", "factor", "element", "name", "section")
"""What may name an entry of a list, the best first."""
_APART = frozenset({"clauses"})
"""What is compared elsewhere: which clauses are chosen, in which versions, and the values they take."""
_ABBREVIATIONS = frozenset({"COC", "ESG", "CDBG"})
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def long_date(day: dt.date) -> str:
    """Return a date as a contract writes it: `January 1, 2027`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def money(amount: Decimal) -> str:
    """Return US dollars as a contract writes them: `$1,250.00`."""
    return f"${amount:,.2f}"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, or one entry of a list, that differs between two specs."""

    pattern: str
    """Where, without the names of entries: `reports.*.due_days`."""
    path: str
    """Where: `reports.R1.due_days`."""
    kind: Kind
    old: Any
    new: Any
    items: tuple[BaseModel | None, BaseModel | None] = (None, None)
    """The entry of a list that holds it, before and after."""

    @property
    def item(self) -> Any:
        """Return the entry that holds it, as it stands now; as it stood, if it is gone."""
        return self.items[1] if self.items[1] is not None else self.items[0]


def written(pattern: str, value: Any) -> str:  # noqa: C901 - one case a type
    """Return a field's value as a reader would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dt.date():
            return long_date(value)
        case Decimal():
            if pattern.rpartition(".")[2].endswith("percent"):
                return f"{value.normalize():f}%"
            return f"{value.normalize():f}" if pattern.endswith("counselors") else money(value)
        case int():
            return f"{value:,}"
        case Enum():
            text = str(value.value)
            return text if text in _ABBREVIATIONS else text.replace("_", " ").lower()
        case BaseModel():
            told = (
                f"{name.replace('_', ' ')}: {written(name, getattr(value, name))}"
                for name in type(value).model_fields
                if getattr(value, name) not in (None, ()) and name != "id"
            )
            return "; ".join(told)
        case tuple() | list() | frozenset():
            parts = [written(pattern, item) for item in value]
            return ("; " if any("," in part for part in parts) else ", ").join(parts)
        case dict():
            return "; ".join(f"{key}: {written(str(key), item)}" for key, item in value.items())
        case _:
            return str(value)


def field_changes(old: Spec, new: Spec) -> tuple[FieldChange, ...]:
    """Return every field that differs, in the order of the model."""
    return (*_models("", "", old, new, (None, None)), *_reasons(old, new))


def _reasons(old: Spec, new: Spec) -> Iterator[FieldChange]:
    """Yield the clauses that both leave out for other reasons; one that comes or goes is told as a clause."""
    before = {item.clause: item for item in old.clauses.exclude}
    for item in new.clauses.exclude:
        one = before.get(item.clause)
        if one is not None and one.reason != item.reason:
            path = f"clauses.exclude.{item.clause}.reason"
            yield FieldChange("clauses.exclude.*.reason", path, Kind.CHANGED, one.reason, item.reason, (one, item))


def _models(
    pattern: str, path: str, old: BaseModel, new: BaseModel, items: tuple[BaseModel | None, BaseModel | None]
) -> Iterator[FieldChange]:
    for name in type(new).model_fields:
        if not pattern and name in _APART:
            continue
        here = f"{pattern}.{name}" if pattern else name
        place = f"{path}.{name}" if path else name
        yield from _values(here, place, getattr(old, name), getattr(new, name), items)


def _values(
    pattern: str, path: str, old: Any, new: Any, items: tuple[BaseModel | None, BaseModel | None]
) -> Iterator[FieldChange]:
    if old == new:
        return
    if isinstance(old, BaseModel) and isinstance(new, BaseModel) and type(old) is type(new):
        yield from _models(pattern, path, old, new, items)
    elif isinstance(old, BaseModel) != isinstance(new, BaseModel) and None in (old, new):
        yield from _section(pattern, path, old, new, items)
    elif _of_models(old, new):
        yield from _entries(pattern, path, old, new)
    else:
        yield FieldChange(pattern, path, _kind(old, new), old, new, items)


def _section(
    pattern: str, path: str, old: Any, new: Any, items: tuple[BaseModel | None, BaseModel | None]
) -> Iterator[FieldChange]:
    """Yield each field that is given in a part of the spec that only one side has."""
    present = new if new is not None else old
    for name in type(present).model_fields:
        value = getattr(present, name)
        if value not in (None, (), ""):
            sides = (None, value) if old is None else (value, None)
            kind = _kind(sides[0], sides[1])
            yield FieldChange(f"{pattern}.{name}", f"{path}.{name}", kind, sides[0], sides[1], items)


def _kind(old: Any, new: Any) -> Kind:
    if old in (None, ()) and new not in (None, ()):
        return Kind.ADDED
    return Kind.REMOVED if new in (None, ()) and old not in (None, ()) else Kind.CHANGED


def _of_models(old: Any, new: Any) -> bool:
    """Return whether both are lists of entries with fields of their own."""
    sides = isinstance(old, tuple) and isinstance(new, tuple)
    return sides and all(isinstance(entry, BaseModel) for entry in (*old, *new))


def _entries(pattern: str, path: str, old: tuple[BaseModel, ...], new: tuple[BaseModel, ...]) -> Iterator[FieldChange]:
    before, after = _keyed(old, new)
    for key, entry in before.items():
        if key not in after:
            yield FieldChange(f"{pattern}.*", f"{path}.{key}", Kind.REMOVED, entry, None, (entry, None))
    for key, entry in after.items():
        place = f"{path}.{key}"
        if key not in before:
            yield FieldChange(f"{pattern}.*", place, Kind.ADDED, None, entry, (None, entry))
        elif before[key] != entry:
            yield from _models(f"{pattern}.*", place, before[key], entry, (before[key], entry))
    kept = [key for key in before if key in after], [key for key in after if key in before]
    if kept[0] != kept[1]:
        yield FieldChange(pattern, path, Kind.MOVED, tuple(map(str, kept[0])), tuple(map(str, kept[1])))


def _keyed(
    old: tuple[BaseModel, ...], new: tuple[BaseModel, ...]
) -> tuple[Mapping[str, BaseModel], Mapping[str, BaseModel]]:
    """Return the entries of both lists by what names them; by their place where no field names each once."""
    kinds = {type(entry) for entry in (*old, *new)}
    for name in _NAMES:
        if all(name in kind.model_fields for kind in kinds):
            sides = [{written("", getattr(entry, name)): entry for entry in side} for side in (old, new)]
            if [len(side) for side in sides] == [len(old), len(new)] and "" not in {*sides[0], *sides[1]}:
                return sides[0], sides[1]
    return tuple({str(place): entry for place, entry in enumerate(side, 1)} for side in (old, new))  # type: ignore[return-value]
