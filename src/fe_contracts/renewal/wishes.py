"""Take the targets and amounts that people give for a new term, and find the fields of the spec that they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import RefusedError, SourceError
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fe_contracts.model.spec import Spec
    from fe_contracts.sources import Loaded, Path_

__all__ = ["Wish", "Wishes", "spread", "wished", "wishes_of_data"]

_LISTS = {
    "target": (("deliverables", ("deliverables",)), ("outcomes", ("outcomes",))),
    "amount": (("funding", ("funding",)), ("budget", ("budget",)), ("payment", ("payment", "rates"))),
}
"""Where targets and amounts stand, by the name that tells two entries of one id apart."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people decided for the new term: by the id of a deliverable, outcome, fund, budget line or rate."""

    targets: Mapping[str, str] = field(default_factory=dict)
    """The year's target, or the quarters' targets with commas between them."""
    amounts: Mapping[str, str] = field(default_factory=dict)
    """US dollars."""

    def over(self, other: Wishes) -> Wishes:
        """Return these wishes, and those of the other that they do not name."""
        return Wishes({**other.targets, **self.targets}, {**other.amounts, **self.amounts})


@dataclass(frozen=True, slots=True)
class Wish:
    """One value decided for the new term, with the entry of the spec that it is for."""

    path: Path_
    """The way to the entry: `("deliverables", 5)`."""
    values: tuple[Decimal, ...]


def wishes_of_data(loaded: Loaded) -> Wishes:
    """Return the wishes in a file with the sections `targets` and `amounts`.

    Raises:
        SourceError: if it holds anything else.
    """
    data = loaded.data
    if not isinstance(data, dict) or not data or set(data) - {"targets", "amounts"}:
        raise _unusable(loaded, (), "The file must hold the sections targets and amounts, or one of them.")
    found: dict[str, dict[str, str]] = {"targets": {}, "amounts": {}}
    for name, section in data.items():
        if not isinstance(section, dict):
            raise _unusable(loaded, (name,), f"{name} must hold ids with values, such as D1: 900.")
        for key, value in section.items():
            found[name][key] = ",".join(map(_text, value)) if isinstance(value, list) else _text(value)
    return Wishes(**found)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _unusable(loaded: Loaded, path: Path_, message: str) -> SourceError:
    remedy = "Write, for example: targets: {D6: 900, O1: 35} and, on a line of its own, amounts: {B1: 112000.00}."
    return SourceError(loaded.name, [Finding("RENEW016", Severity.ERROR, message, loaded.where(path), remedy)])


def wished(spec: Spec, wishes: Wishes) -> tuple[list[Wish], list[Wish]]:
    """Return the targets and the amounts, each with the entry that it is for.

    Raises:
        RefusedError: with every id that names nothing, or two things, and every value that is no number.
    """
    problems: list[Finding] = []
    made: dict[str, list[Wish]] = {"target": [], "amount": []}
    for kind, given in (("target", wishes.targets), ("amount", wishes.amounts)):
        for name, value in given.items():
            path = _entry(spec, kind, name, problems)
            values = _numbers(kind, name, value, problems)
            if path and values:
                made[kind].append(Wish(path, values))
    if problems:
        raise RefusedError(spec.contract.id, problems)
    return made["target"], made["amount"]


def _entry(spec: Spec, kind: str, name: str, problems: list[Finding]) -> Path_ | None:
    """Return the way to the entry that an id names, or keep the problem."""
    group, _, own = name.rpartition(".")
    found: dict[str, Path_] = {}
    known: list[str] = []
    for section, steps in _LISTS[kind]:
        for place, item in enumerate(_items(spec, steps)):
            known.append(item.id)
            if item.id == name or (item.id == own and group == section):
                found[section] = (*steps, place)
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        said = f"{name} names two things: {' and '.join(f'{section}.{name}' for section in found)}."
        problems.append(_problem("RENEW015", said, "Write which one is meant, with its section."))
        return None
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    said = f"The spec has nothing called {name} that has {'a target' if kind == 'target' else 'an amount'}.{hint}"
    problems.append(_problem("RENEW015", said, f"Its ids are {', '.join(known)}."))
    return None


def _items(spec: Spec, steps: tuple[str, ...]) -> Sequence[Any]:
    place: Any = spec
    for step in steps:
        place = getattr(place, step)
    return tuple(place)


def _numbers(kind: str, name: str, value: str, problems: list[Finding]) -> tuple[Decimal, ...]:
    """Return the numbers of a value, none if it is no number; only targets may be several."""
    try:
        numbers = tuple(Decimal(part.strip()) for part in value.split(","))
        sound = all(number.is_finite() and number >= 0 for number in numbers)
    except InvalidOperation:
        numbers, sound = (), False
    if sound and (kind == "target" or len(numbers) == 1):
        return numbers
    form = "900, or a number for each quarter: 200,220,240,240" if kind == "target" else "112000.00, without commas"
    said = f"{name}={value} is no {kind} of zero or more."
    problems.append(_problem("RENEW016", said, f"Write a number such as {form}."))
    return ()


def _problem(code: str, said: str, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, said, Where(), remedy)


def spread(total: int, shares: Sequence[int]) -> list[int]:
    """Return whole numbers that add up to the total, as near as can be in the proportions of the shares.

    What rounding leaves goes to the largest remainders, the earlier first; where all shares are 0, all are alike.
    """
    weights = list(shares) if any(shares) else [1] * len(shares)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(parts)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
