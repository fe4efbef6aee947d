"""Say in a few plain sentences what the agency should know of a difference."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from fe_contracts.compare.contract_changes import Affected, Kind, Level, Weight
from fe_contracts.compare.contract_views import COVER_PAGE
from fe_contracts.compare.moved_dates import moved_with_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fe_contracts.compare.burden_counts import BurdenChange
    from fe_contracts.compare.contract_changes import ContractChange
    from fe_contracts.compare.contract_views import ContractView

__all__ = ["plain_summary"]

_MOST = 6
_TOLD = ("total_amount", "term.start_date", "term.end_date")
"""What the sentences on the amount and the term tell."""
_GRAVEST = [
    Weight.MONEY,
    Weight.OBLIGATION,
    Weight.DEADLINE,
    Weight.RIGHT,
    Weight.REMEDY,
    Weight.DATA,
    Weight.EDITORIAL,
]
"""What a director asks first: what do we get, what must we do, by when."""
_ABOUT = {
    Weight.MONEY: "money",
    Weight.DEADLINE: "deadlines",
    Weight.RIGHT: "rights",
    Weight.OBLIGATION: "duties",
    Weight.REMEDY: "what happens if something goes wrong",
    Weight.DATA: "data",
}


def plain_summary(
    old: ContractView, new: ContractView, changes: Sequence[ContractChange], burden: BurdenChange | None
) -> tuple[str, ...]:
    """Return sentences for the agency: money and term, what it must do, its reports, what is new, what is gone."""
    if not changes:
        return ("Nothing changes: both contracts say the same.",)
    rest = [change for change in changes if not _is_told(change, old, new)]
    months, moved = moved_with_term(rest, old.side.term, new.side.term)
    told = [_counts(changes)]
    for label, before, after in (
        ("The most that the City pays", old.side.total, new.side.total),
        ("The term", old.side.term, new.side.term),
    ):
        if before and after and before != after:
            told.append(f"{label}: {after} (before: {before}).")
        elif before and before == after:
            told.append(f"{label} stays as it was: {after}.")
    told += _owed([change for change in rest if change not in moved])
    told += _moved(moved, months)
    if burden is not None:
        told.append(burden.summary)
    told += _clauses(changes)
    mine = [change for change in changes if change.material and _touches(change)]
    affects = "that matters affects" if len(mine) == 1 else "that matter affect"
    told.append(f"{_many(len(mine), 'change') if mine else 'No changes'} {affects} the Agency.")
    told += _still_open(new)
    by_hand = sum(change.drift for change in changes)
    if by_hand:
        told.append(f"{_many(by_hand, 'change')} of words {'was' if by_hand == 1 else 'were'} made by hand.")
    return tuple(told)


def _is_told(change: ContractChange, old: ContractView, new: ContractView) -> bool:
    """Return whether a sentence on the amount or the term tells it: a field of the spec, or what a document prints."""
    if change.place.startswith(_TOLD):
        return True
    days = [side.term.split(" to ") for side in (old.side, new.side)]
    sides = (change.old, change.new)
    parameter = change.place.startswith("parameters.") and change.place.count(".") == 1
    as_term = all(text in found for text, found in zip(sides, days, strict=True))
    totals = old.side.total, new.side.total
    as_total = all(total and total in text for text, total in zip(sides, totals, strict=True))
    return change.place == COVER_PAGE or (parameter and (as_term or as_total))


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _listed(items: Sequence[str]) -> str:
    shown = list(items[:_MOST])
    if len(items) > _MOST:
        shown.append(f"{len(items) - _MOST} more")
    return shown[0] if len(shown) == 1 else f"{'; '.join(shown[:-1])}; and {shown[-1]}"


def _touches(change: ContractChange) -> bool:
    return Affected.AGENCY in change.affected or Affected.BOTH in change.affected


def _counts(changes: Sequence[ContractChange]) -> str:
    grave = [change for change in changes if change.material]
    if not grave:
        which = "which does not matter" if len(changes) == 1 else "none of which matters"
        return f"{_many(len(changes), 'change')}, {which}: no amount, duty, date or right changes."
    about = [name for weight, name in _ABOUT.items() if any(weight in change.weights for change in grave)]
    words = about[0] if len(about) == 1 else f"{', '.join(about[:-1])} and {about[-1]}"
    if len(grave) == len(changes):
        every = "it matters" if len(grave) == 1 else "all of them matter"
        return f"{_many(len(changes), 'change')}, and {every}: about {words}."
    verb = "matters" if len(grave) == 1 else "matter"
    return f"{_many(len(changes), 'change')}, of which {len(grave)} {verb}: about {words}."


def _moved(changes: Sequence[ContractChange], months: int) -> list[str]:
    """Return that dates move along with the term: one sentence for all, however many there are."""
    if not changes:
        return []
    along = f"{_many(abs(months), 'month')} {'later' if months > 0 else 'earlier'}, as the term does"
    if len(changes) == 1:
        return [f"One more date moves {along}: {changes[0].what}."]
    return [f"{len(changes)} other dates or periods move {along}; the list below has each."]


def _still_open(new: ContractView) -> list[str]:
    count = len(new.pending)
    if not count:
        return []
    return [f"{_many(count, 'value')} in brackets must still be confirmed before anyone signs."]


def _clauses(changes: Sequence[ContractChange]) -> list[str]:
    told = []
    for level, kind, says in (
        (Level.CLAUSE, Kind.ADDED, "New in the contract"),
        (Level.CLAUSE, Kind.REMOVED, "No longer in the contract"),
        (Level.VERSION, Kind.CHANGED, "In a new version"),
    ):
        found = [change for change in changes if change.level is level and change.kind is kind]
        names = list(dict.fromkeys(f"{change.title} (section {change.number})" for change in found))
        if names:
            told.append(f"{says}: {_listed(names)}.")
    return told


def _gravest_first(changes: Iterable[ContractChange]) -> list[ContractChange]:
    """Return the first change about money, the first about a deadline and so on, then the second of each."""
    kinds: dict[int, list[ContractChange]] = {}
    for change in changes:
        kinds.setdefault(min(map(_GRAVEST.index, change.weights)), []).append(change)
    rounds = zip_longest(*(kinds[kind] for kind in sorted(kinds)))
    return [change for once in rounds for change in once if change is not None]


def _owed(changes: Sequence[ContractChange]) -> list[str]:
    """Return what the agency owes otherwise than before, in the words of the changes, the gravest first."""
    owed = [change for change in changes if change.level is Level.OBLIGATION and _touches(change)]
    given = [change.what for change in owed if change.clause_id and change.place.startswith("obligations.")]
    others = [change.what for change in _gravest_first(item for item in owed if item.what not in given)]
    told = []
    if given:
        told.append(f"Duties by the clauses: {_listed([item.rstrip('.') for item in given])}.")
    if others:
        told.append(f"Owed otherwise than before: {_listed(others)}.")
    return told
