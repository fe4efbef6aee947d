"""Put counts, lists and clause ids into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["counted", "ended", "listed", "runs"]

_NAMED = 6
_RUN = 3


def counted(number: int, one: str, several: str = "") -> str:
    """Return the number with its noun: 1 day, 2 days."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def ended(sentence: str) -> str:
    """Return the sentence with its stop, and no second one after the stop of a name: `Agency, Inc.`."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def listed(words: Iterable[str], limit: int = _NAMED) -> str:
    """Return words joined as in a sentence, and how many more there are."""
    found = list(dict.fromkeys(words))
    if len(found) > limit:
        found = [*found[:limit], f"{len(found) - limit} more"]
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def runs(clauses: Iterable[str]) -> str:
    """Return clause ids with runs drawn together: `FE-01 to FE-04 and FE-12`."""
    groups: list[list[str]] = []
    for clause in sorted(clauses):
        if groups and _follows(groups[-1][-1], clause):
            groups[-1].append(clause)
        else:
            groups.append([clause])
    words: list[str] = []
    for group in groups:
        words += [f"{group[0]} to {group[-1]}"] if len(group) >= _RUN else group
    return listed(words, limit=12)


def _follows(one: str, other: str) -> bool:
    family, _, number = one.rpartition("-")
    following, _, next_number = other.rpartition("-")
    return family == following and int(next_number) == int(number) + 1
