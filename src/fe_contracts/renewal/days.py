"""Say what becomes of every day that a spec names: moved into the new term, or kept because it happened once."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.sources import Path_

__all__ = ["MOVED", "ONCE", "days_in", "pattern_of", "texts_in"]

_OF_AWARD = "the subaward's periods follow the term"
MOVED: dict[str, str] = {
    "contract.effective_date": "the contract takes effect as long before, or after, its first day as it did",
    "milestones[].due_date": "as far into the new term as it lay in the old one",
    "reports[].due_date": "as far into the new term as it lay in the old one",
    "funding[].start_date": "the fund is spent in the new term",
    "funding[].end_date": "the fund is spent in the new term",
    "funding[].federal_award.period_of_performance_start_date": _OF_AWARD,
    "funding[].federal_award.period_of_performance_end_date": _OF_AWARD,
    "funding[].federal_award.budget_period_start_date": _OF_AWARD,
    "funding[].federal_award.budget_period_end_date": _OF_AWARD,
}
"""The days that belong to a term, with the reason why they move."""

_SIGNED = "signed for the term that ends"
_DONE = "done for the term that ends"
ONCE: dict[str, tuple[str, bool]] = {
    "city.closed_days[].date": ("a day on which the city's offices are closed", False),
    "relationship.determined_on": ("determined for the term that ends", True),
    "agency.exclusion_check.checked_on": (_DONE, True),
    "agency.lobbying_certified_on": (_SIGNED, True),
    "funding[].federal_award.award_date": ("the day of the award; a new award has its own", False),
    "funding[].federal_award.unavailable[].expected_by": ("promised for the term that ends", True),
    "funding[].match[].mou_date": (_SIGNED, True),
    "coc.certifications.certified_on": (_SIGNED, True),
    "coc.hud_amendment_on": ("HUD approved an earlier amendment that day", False),
    "federal_terms.award_terms[].reviewed_on": ("counsel reviewed the terms of that award", False),
    "monitoring.risk.assessed_on": ("assessed for the term that ends", True),
    "monitoring.specific_conditions[].notified_on": ("the day of a notice that was given", False),
    "monitoring.specific_conditions[].removal_date": ("the day a condition was removed", False),
    "monitoring.federal_agency_notified_on": ("the day of a notice that was given", False),
    "host_contract.date": ("the day the host contract took effect", False),
    "contract.amendments[].effective_date": ("the day of an amendment that was made", False),
    "contract.renews.effective_date": ("of the term before", False),
    "contract.renews.end_date": ("of the term before", False),
}
"""The days on which something happened, why they stay, and whether it must happen again for the new term."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_INDEX = re.compile(r"\[\d+\]")


def pattern_of(field: str) -> str:
    """Return a field's name without its places in lists: `milestones[].due_date`."""
    return _INDEX.sub("[]", field)


def texts_in(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield every text of a spec's data with its path, in the order of the file."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from texts_in(value, (*path, name))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from texts_in(value, (*path, place))
    elif isinstance(data, str):
        yield path, data


def days_in(data: Any) -> Iterator[tuple[Path_, dt.date]]:
    """Yield every value that is a day, and nothing else, with its path."""
    for path, text in texts_in(data):
        if _ISO.fullmatch(text):
            try:
                yield path, dt.date.fromisoformat(text)
            except ValueError:
                continue
