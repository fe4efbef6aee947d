"""Tell which days are Business Days: weekdays that are no legal holiday and no closed day of the city's own."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.model.parties import City

__all__ = ["LAST_YEAR", "BusinessDays", "is_known_state"]

LAST_YEAR = 2099
"""The last year whose holidays are asked for; the library behind them knows little more."""

_SATURDAY = 5
_WEEKEND = ("Saturday", "Sunday")
_DAY = dt.timedelta(days=1)


@cache
def _states() -> frozenset[str]:
    import holidays

    return frozenset(holidays.list_supported_countries()["US"])


def is_known_state(state: str) -> bool:
    """Return whether the holidays of a state, district or territory are known."""
    return state in _states()


@cache
def _holidays(state: str, year: int) -> Mapping[dt.date, str]:
    """Return the legal holidays of a year, federal and of the state, with the days on which they are observed.

    A day that is a holiday by either law counts: the contract says "legal holidays" and does not say whose.
    """
    import holidays  # only where a day is counted: a contract is assembled without it

    federal = holidays.country_holidays("US", years=year)
    of_state = holidays.country_holidays("US", subdiv=state, years=year) if is_known_state(state) else {}
    return {**of_state, **federal}


class BusinessDays:
    """The Business Days of one city: where it stands, and the days on which its offices are closed."""

    def __init__(self, state: str, closed: Mapping[dt.date, str] | None = None) -> None:
        self.state, self.closed = state, dict(closed or {})

    @classmethod
    def of(cls, city: City) -> BusinessDays:
        """Return the Business Days of a city."""
        return cls(city.state, {item.date: item.name for item in city.closed_days})

    def why_not(self, day: dt.date) -> str | None:
        """Return why a day is no Business Day: Saturday, a holiday's name; None if it is one."""
        if day.weekday() >= _SATURDAY:
            return _WEEKEND[day.weekday() - _SATURDAY]
        if day in self.closed:
            return self.closed[day]
        return _holidays(self.state, day.year).get(day) if day.year <= LAST_YEAR else None

    def on_or_after(self, day: dt.date) -> dt.date:
        """Return the day itself if it is a Business Day, else the next one."""
        while self.why_not(day) is not None:
            day += _DAY
        return day
