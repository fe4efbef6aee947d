"""Keep the history of each report: which file came when, what it replaced, and which one counts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fe_contracts.performance.forms.form import Value

__all__ = [
    "Arrival", "Change", "FileState", "ReportVersion", "changes_between", "in_order", "is_doubtful", "versions_of",
]  # fmt: skip

_DIGITS = re.compile(r"(\d+)")
_LONG_AGO = dt.datetime.min  # noqa: DTZ901 - only ever compared with days that have no zone


class FileState(StrEnum):
    """What became of a file."""

    COUNTS = "counts"
    REPLACED = "replaced"
    COPY = "same file again"
    LATER = "came later"
    """It came after the day that is asked about."""
    REFUSED = "not counted"
    """It is no report of any contract here, or says so little that it cannot be held against one."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came: what it is, and when."""

    file: str
    digest: str
    received_on: dt.date | None = None
    """The day it came; None where nothing says it."""
    dated_by: str = ""
    """What says the day: received.csv, or the name of the file or folder."""
    modified: dt.datetime | None = None
    """When the file says that it was last saved; used for the order of two versions, and for nothing else."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that a later version of a report gives otherwise."""

    key: str
    before: Value
    after: Value
    label: str = ""
    """What people call it: D5 New Clients counseled, This period."""

    @property
    def name(self) -> str:
        """Return what people call it, else its key."""
        return self.label or self.key


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """One file in the history of one report."""

    contract: str
    agency: str
    requirement: str
    period: str
    arrival: Arrival
    state: FileState
    version: int = 0
    """1 for the first file of this report, and so on; 0 for one that is not counted."""
    replaces: str = ""
    """The file that stood before it."""
    replaced_by: str = ""
    changes: tuple[Change, ...] = ()
    errors: int = 0
    warnings: int = 0
    late_days: int | None = None


def _when(arrival: Arrival) -> tuple[dt.date, dt.datetime, list[tuple[int, str]]]:
    """Return what files are ordered by: the day they came, else were saved; then the number in the name."""
    saved = arrival.modified.replace(tzinfo=None) if arrival.modified else _LONG_AGO
    parts = [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(arrival.file) if part]
    return arrival.received_on or saved.date(), saved, parts


def in_order(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """Return the files of one report in the order in which they came."""
    return sorted(arrivals, key=_when)


def is_doubtful(earlier: Arrival, later: Arrival) -> str:
    """Return what alone says which of two different files came later, where no days of receipt do; empty if they do."""
    if earlier.digest == later.digest:
        return ""
    if _when(earlier)[:2] == _when(later)[:2]:
        return "their names"
    if earlier.received_on and later.received_on:
        return ""
    return "the time of saving" if earlier.modified and later.modified else "the absence of a day"


def changes_between(
    before: Mapping[str, Value], after: Mapping[str, Value], labels: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """Return every figure that a later version gives otherwise, leaves out or adds."""
    return tuple(
        Change(key, before.get(key), after.get(key), (labels or {}).get(key, ""))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    )


def versions_of(
    identity: tuple[str, str, str, str],
    arrivals: Sequence[Arrival],
    figures: Mapping[str, Mapping[str, Value]],
    counts: Mapping[str, tuple[int, int]],
    due: dt.date | None = None,
    labels: Mapping[str, str] | None = None,
) -> tuple[ReportVersion, ...]:
    """Return the history of one report; `arrivals` stand in order, and the last one counts.

    `identity` is contract, agency, requirement and period. `figures` and `counts` (errors and warnings) are by file.
    A file that is the same as one before it replaces nothing.
    """
    kept = _without_copies(arrivals)
    made = []
    for arrival in arrivals:
        errors, warnings = counts.get(arrival.file, (0, 0))
        place = kept.index(arrival) if arrival in kept else -1
        if place < 0:
            made.append(ReportVersion(*identity, arrival, FileState.COPY, errors=errors, warnings=warnings))
            continue
        before = kept[place - 1] if place else None
        after = kept[place + 1] if place + 1 < len(kept) else None
        made.append(
            ReportVersion(
                *identity,
                arrival,
                FileState.REPLACED if after else FileState.COUNTS,
                place + 1,
                before.file if before else "",
                after.file if after else "",
                changes_between(figures.get(before.file, {}), figures.get(arrival.file, {}), labels) if before else (),
                errors,
                warnings,
                _late(arrival, due),
            )
        )
    return tuple(made)


def _late(arrival: Arrival, due: dt.date | None) -> int | None:
    return max(0, (arrival.received_on - due).days) if arrival.received_on and due else None


def _without_copies(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Return the files without those that are byte for byte the one before; of such, the first with a day stays."""
    kept: list[Arrival] = []
    for arrival in arrivals:
        if not kept or kept[-1].digest != arrival.digest:
            kept.append(arrival)
        elif kept[-1].received_on is None and arrival.received_on is not None:
            kept[-1] = arrival
    return kept
