"""Make small differences for the tests: changes and contracts of every kind, and the pilot with one thing changed."""

from __future__ import annotations

import copy
import datetime as dt
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from fe_contracts import load_catalog, load_spec
from fe_contracts.compare.contract_changes import (
    Affected,
    ContractChange,
    ContractDifference,
    Kind,
    Level,
    Segment,
    SegmentKind,
    Side,
    Weight,
)
from fe_contracts.pipeline.comparing import compare_contracts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fe_contracts import Catalog, Spec

__all__ = [
    "PILOT",
    "another",
    "as_told",
    "catalog",
    "change",
    "changed_pilot",
    "difference",
    "find",
    "leaves",
    "pilot",
    "pilot_data",
    "setting",
    "told",
    "turned_round",
]

PILOT = Path(__file__).resolve().parents[2] / "examples" / "pilot.yaml"
SWAPPED = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}


@cache
def catalog() -> Catalog:
    """Return the bundled library."""
    return load_catalog()


@cache
def _raw() -> Any:
    data = yaml.safe_load(PILOT.read_text(encoding="utf-8"))
    return json.loads(json.dumps(data, default=str), parse_float=Decimal)


def pilot_data() -> Any:
    """Return the pilot as data that a test may change."""
    return copy.deepcopy(_raw())


@cache
def pilot() -> Spec:
    """Return the pilot."""
    return load_spec(pilot_data())


def setting(path: tuple[str | int, ...], value: Any) -> Callable[[Any], None]:
    """Return what sets one field of a spec's data."""

    def change_it(data: Any) -> None:
        place = data
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change_it


def changed_pilot(*changes: Callable[[Any], None]) -> Spec:
    """Return the pilot with some changes."""
    data = pilot_data()
    for make in changes:
        make(data)
    return load_spec(data)


def told(*changes: Callable[[Any], None]) -> ContractDifference:
    """Return what is told of the pilot with some changes."""
    return compare_contracts(pilot(), changed_pilot(*changes), catalog=catalog())


def find(found: ContractDifference, place: str) -> ContractChange:
    """Return the one change at a place."""
    (only,) = [change for change in found.changes if change.place == place]
    return only


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every single value of a spec's data, with its path."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if isinstance(data, dict | list):
        for step, value in entries:
            yield from leaves(value, (*path, step))
    else:
        yield path, data


def another(value: Any) -> Any:
    """Return another value of the same kind: a dollar more, a day later, the other choice."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    try:
        return (dt.date.fromisoformat(value) + dt.timedelta(days=1)).isoformat()
    except ValueError:
        return f"{value} x"


def turned_round(found: ContractDifference) -> list[tuple[object, ...]]:
    """Return the changes as the way back tells them."""
    return sorted(
        (item.level, SWAPPED.get(item.kind, item.kind), item.instance, item.new, item.old, item.weights, item.affected)
        for item in found.changes
    )


def as_told(found: ContractDifference) -> list[tuple[object, ...]]:
    """Return the changes in the form of `turned_round`."""
    return sorted(
        (item.level, item.kind, item.instance, item.old, item.new, item.weights, item.affected)
        for item in found.changes
    )


def change(level: Level = Level.PARAMETER, kind: Kind = Kind.CHANGED, **more: Any) -> ContractChange:
    """Return a change with something in every field."""
    given: dict[str, Any] = {
        "id": "c1",
        "instance": "FE-04",
        "clause_id": "FE-04",
        "title": "Counseling",
        "old_number": "3.2",
        "new_number": "3.3",
        "place": "parameters.session_minutes",
        "what": "Length of a Session: 60 → 45 minutes",
        "old": "60",
        "new": "45",
        "affected": (Affected.AGENCY, Affected.CLIENTS),
        "weights": (Weight.OBLIGATION,),
    }
    return ContractChange(level=level, kind=kind, **{**given, **more})


def side(label: str, total: str = "$100.00") -> Side:
    """Return one of two contracts."""
    return Side(label, "C-1", "A Pilot", "January 1, 2027 to December 31, 2027", total, "Library 1.0", {}, "spec")


def difference(*changes: ContractChange, **more: Any) -> ContractDifference:
    """Return a difference that holds these changes."""
    given: dict[str, Any] = {"burden": None, "renumbered": (), "notes": (), "summary": ("One thing changes.",)}
    return ContractDifference(side("old.yaml"), side("new.yaml", "$120.00"), tuple(changes), **{**given, **more})


def words(*pieces: tuple[SegmentKind, str]) -> tuple[Segment, ...]:
    """Return segments."""
    return tuple(Segment(kind, text) for kind, text in pieces)
