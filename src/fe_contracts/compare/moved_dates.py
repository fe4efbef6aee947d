"""Tell dates that only move along with the term from dates that somebody set otherwise."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.compare.contract_changes import ContractChange

__all__ = ["dates_in", "months_moved", "moved_with_term"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")


def dates_in(text: str) -> list[dt.date]:
    """Return the days that a text names, as contracts write them: `January 31, 2027`."""
    found = []
    for month, day, year in _DATE.findall(text):
        try:
            found.append(dt.date(int(year), _MONTHS.index(month) + 1, int(day)))
        except ValueError:  # the 31st of February is text like any other
            return []
    return found


def months_moved(old: str, new: str) -> int:
    """Return by how many months every date of a text moved; 0 if anything else changed, or not all by the same."""
    if _DATE.sub("", old) != _DATE.sub("", new):
        return 0
    before, after = dates_in(old), dates_in(new)
    steps = {_step(one, other) for one, other in zip(before, after, strict=False)}
    return steps.pop() if len(steps) == 1 and len(before) == len(after) else 0


def _step(old: dt.date, new: dt.date) -> int:
    """Return the months between two days; 0 if they are not the same day of their months, or both the last."""
    months = (new.year - old.year) * 12 + new.month - old.month
    return months if old.day == new.day or (_is_last(old) and _is_last(new)) else 0


def _is_last(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1


def moved_with_term(
    changes: Sequence[ContractChange], old_term: str, new_term: str
) -> tuple[int, list[ContractChange]]:
    """Return by how many months the term moved, and the changes in which dates moved by as much and nothing else did.

    0 where the term did not move as a whole.
    """
    months = months_moved(old_term, new_term)
    return months, [item for item in changes if months and months_moved(item.old, item.new) == months]
