"""Write a schedule as an iCalendar file (RFC 5545) that any calendar takes, and updates when it is given anew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.exchange.schedule_words import PARTIES, heading, long_day
from fe_contracts.schedule.duties import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from icalendar import Alarm, Event

    from fe_contracts.schedule.duties import DatedDuty
    from fe_contracts.schedule.result import Schedule, ScheduledContract

__all__ = ["ALARMS", "schedule_ics"]

ALARMS = (14, 2)
"""How many days before the last day a calendar reminds, unless told otherwise."""

_PRODUCT = "-//fe_contracts//Financial empowerment contracts//EN"
_IN_THE_MORNING = dt.timedelta(hours=9)
_DAY = dt.timedelta(days=1)


def schedule_ics(schedule: Schedule, *, alarms: Sequence[int] = ALARMS) -> str:
    """Return the schedule as one calendar of whole-day events.

    The same contract gives the same bytes: the time stamp is the day from which the contract's state applies, never
    the clock's. An event keeps its UID for ever, and its SEQUENCE grows with each amendment, so that a calendar which
    is given the file anew changes its entries instead of doubling them.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = _name(schedule)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    contracts = {item.key: item for item in schedule.contracts}
    for duty in schedule.duties:
        event = _event(duty, contracts[duty.term])
        event.add("status", "CONFIRMED" if duty.certainty is Certainty.FIXED else "TENTATIVE")
        for days in sorted(set(alarms), reverse=True):
            event.add_component(_alarm(duty, days))
        calendar.add_component(event)
    for duty in schedule.cancelled:
        event = _event(duty, contracts[duty.term])
        event.add("status", "CANCELLED")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def _name(schedule: Schedule) -> str:
    """Return what the calendar is called."""
    if len(schedule.contracts) == 1:
        contract = schedule.contracts[0]
        return f"{contract.number} {contract.title}"
    return f"Due dates of {len(schedule.contracts)} contracts"


def _event(duty: DatedDuty, contract: ScheduledContract) -> Event:
    """Return the event of one duty, without its state and its alarms."""
    from icalendar import Event

    event = Event()
    event.add("uid", duty.uid)
    event.add("dtstamp", dt.datetime.combine(contract.as_of, dt.time(), dt.UTC))
    event.add("sequence", contract.sequence)
    event.add("dtstart", duty.last_day)
    event.add("dtend", duty.last_day + _DAY)
    event.add("summary", _summary(duty))
    event.add("description", "\n".join(_description(duty, contract)))
    event.add("categories", [duty.kind.value, f"owed by {duty.owed_by}"])
    event.add("transp", "TRANSPARENT")
    return event


def _summary(duty: DatedDuty) -> str:
    """Return an event's heading: what is owed, by whom where it is the City, and under which contract."""
    by = "City: " if duty.owed_by == "city" else ""
    expected = " (expected)" if duty.certainty is Certainty.EXPECTED else ""
    return f"{by}{heading(duty)}{expected} – {duty.agency}"


def _description(duty: DatedDuty, contract: ScheduledContract) -> Iterator[str]:
    """Yield what stands in an event, line by line."""
    to = duty.recipient or PARTIES.get(duty.owed_to, duty.owed_to)
    yield f"{PARTIES.get(duty.owed_by, duty.owed_by)} to {to}. Last day: {long_day(duty.last_day)}."
    if duty.counts_because:
        yield duty.counts_because
    if duty.certainty is Certainty.WINDOW:
        yield f"On any day from {duty.window_start}."
    if duty.period:
        yield f"Covers {duty.period.start} to {duty.period.end}."
    if duty.note:
        yield duty.note
    yield f"Evidence: {duty.evidence}"
    yield f"If it is not done: {duty.consequence}"
    for item in duty.also:
        yield f"With it: {item}"
    yield f"Contract {contract.number}, section {duty.section} ({duty.clause} {duty.clause_version})."
    if contract.fictional:
        yield "Names and figures are made up."
    yield "Where this differs from the contract, the contract counts. Days on which the City is closed may differ."


def _alarm(duty: DatedDuty, days: int) -> Alarm:
    """Return the reminder at nine in the morning, so many days before the last day."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _IN_THE_MORNING - dt.timedelta(days=days))
    alarm.add("description", f"{days} {'day' if days == 1 else 'days'} left: {heading(duty)}")
    return alarm
