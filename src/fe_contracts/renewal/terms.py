"""Find the next term of a contract within its renewal options, or say why there is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.exceptions import RefusedError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.renewal.moving import Step, step_between
from fe_contracts.schedule import add_months

if TYPE_CHECKING:
    from fe_contracts.model.spec import Spec

__all__ = ["NextTerm", "first_effective", "next_term"]

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NextTerm:
    """The term that follows, and what is left of the renewal options after it."""

    start: dt.date
    end: dt.date
    step: Step
    """How far days move from the old term into it."""
    number: int
    """Which renewal of the first contract it is."""
    left: int
    """How many renewals are left after it."""
    reach: dt.date | None
    """The last day that the contract can still reach, within its limit; none where no renewal is left."""
    notes: tuple[Finding, ...] = ()


def first_effective(spec: Spec) -> dt.date:
    """Return the day a contract first took effect: renewed by amendment, it is still that of its first term."""
    before = spec.contract.renews
    if before is not None and before.id == spec.contract.id:
        return before.effective_date
    return spec.contract.effective_date


def next_term(spec: Spec, *, start: dt.date | None = None, end: dt.date | None = None) -> NextTerm:
    """Return the term that a renewal adds: from the day after the old one, as long as an option allows.

    Raises:
        RefusedError: if no option is left, or the days asked for lie outside what the options allow.
    """
    term = spec.term
    number = (spec.contract.renews.renewal if spec.contract.renews else 0) + 1
    if term.renewals == 0:
        used = f" All {number - 1} have been used." if number > 1 else ""
        said = f"The contract has no renewal left.{used} Its term ends {term.end_date}."
        raise _refused(spec, "RENEW010", "term.renewals", said, "Lengthen the term by an amendment, or make a new one.")
    following = term.end_date + _DAY
    first = start or following
    last = end or min(add_months(first, term.renewal_months) - _DAY, term.max_extent_date or dt.date.max)
    _check(spec, first, last)
    notes = []
    if first > following:
        said = f"The new term begins {first}; the old one ends {term.end_date}: nothing is in force between them."
        remedy = "Begin the day after, or have an attorney say whether a contract that has ended can be renewed."
        notes.append(Finding("RENEW014", Severity.WARNING, said, Where(field="term.start_date"), remedy))
    left = term.renewals - 1
    reach = None
    if left:
        added = add_months(last + _DAY, left * term.renewal_months) - _DAY
        reach = min(added, term.max_extent_date or added)
        if reach <= last:  # the last day is reached, and an option that is left leads nowhere
            left, reach = 0, None
    return NextTerm(first, last, step_between(term.start_date, first), number, left, reach, tuple(notes))


def _check(spec: Spec, first: dt.date, last: dt.date) -> None:
    """Refuse a term that the options do not allow."""
    term = spec.term
    if first <= term.end_date:
        said = f"A new term from {first} would begin before the old one ends, on {term.end_date}."
        raise _refused(spec, "RENEW013", "term.start_date", said, "Give a later --start, or leave it out.")
    if term.max_extent_date is not None and first > term.max_extent_date:
        said = (
            f"The new term would begin {first}; with all renewals, the contract cannot run past {term.max_extent_date}."
        )
        raise _refused(spec, "RENEW011", "term.max_extent_date", said, "Make a new contract.")
    if last < first:
        said = f"The new term would end on {last}, before it begins, on {first}."
        raise _refused(spec, "RENEW013", "term.end_date", said, "Give a later --end, or leave it out.")
    if term.max_extent_date is not None and last > term.max_extent_date:
        said = f"The new term would end {last}; with all renewals, the contract cannot run past {term.max_extent_date}."
        raise _refused(spec, "RENEW011", "term.max_extent_date", said, "Give an earlier --end, or make a new contract.")
    longest = add_months(first, term.renewal_months) - _DAY
    if last > longest:
        said = f"A renewal is for up to {term.renewal_months} months, here to {longest}; the new term would end {last}."
        raise _refused(spec, "RENEW012", "term.renewal_months", said, "Give an earlier --end, or leave it out.")


def _refused(spec: Spec, code: str, field: str, said: str, remedy: str) -> RefusedError:
    return RefusedError(spec.contract.id, [Finding(code, Severity.ERROR, said, Where(field=field), remedy)])
