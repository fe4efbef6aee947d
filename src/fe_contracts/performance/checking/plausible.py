"""Doubt figures that evidence and practice do not make plausible, and counts that seldom stand so to each other.

None of it is an error: a good agency may do better. Each finding names its source and how sure it is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.effective import Trigger
from fe_contracts.exceptions import NotYetInForceError
from fe_contracts.findings import Citation, Finding, Severity
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import DeliverableMeasure
from fe_contracts.performance.checking.case import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fe_contracts.findings import Where
    from fe_contracts.model.performance import Deliverable
    from fe_contracts.performance.checking.case import CheckCase, Number

__all__ = ["check_plausible"]

_OUTCOMES, _DELIVERABLES = "PRACTICE010", "PRACTICE020"
"""The requirements that hold the ranges; their rules hold the targets against them when the contract is made."""
_YEAR = 365
_SURE = 4
"""Two standard deviations, squared: a share above the range in a handful of people is no surprise."""
_TIMES, _MORE = 3, 20
"""A count to date is asked about from this many times its target, and this much above it: our own rule of thumb."""
_ASK = "Ask how it was counted, and look at the evidence behind a few of them."


def check_plausible(case: CheckCase) -> Iterator[Finding]:
    """Yield results above what is plausible, and counts that do not fit together."""
    yield from _outcomes(case)
    doubted = [*_deliverables(case)]
    yield from doubted
    yield from _far_above(case, {item.where for item in doubted})
    yield from _sessions(case)
    yield from _populations(case)


def _most(case: CheckCase, requirement: str, measure: str) -> tuple[Decimal, Citation] | None:
    """Return the most that is plausible of a measure, and where that comes from; None where nothing is known."""
    placed = case.catalog.requirements.get(requirement)
    parameter = placed.requirement.parameters.get(f"{measure}_high") if placed else None
    if parameter is None:
        return None
    day = trigger_day(case.spec, Trigger.SUBAWARD_DATE)[0]
    try:
        value = parameter.dated.on(day)
    except NotYetInForceError:
        return None
    entry = next(item for item in reversed(parameter.values) if item.from_ <= day)
    return None if value is None else (Decimal(str(value)), Citation(entry.cite, entry.confidence))


def _outcomes(case: CheckCase) -> Iterator[Finding]:
    for outcome in case.spec.outcomes:
        key = f"outcome.{outcome.id}"
        reached, people = case.number(f"{key}.reached"), case.number(f"{key}.population")
        known = _most(case, _OUTCOMES, outcome.measure) if outcome.measure else None
        if known is None or reached is None or not people or reached > people:
            continue
        most, source = known
        share = most / 100
        beyond = Decimal(reached) - share * people
        if beyond > 0 and beyond * beyond > _SURE * people * share * (1 - share):
            message = (
                f"{outcome.id} {outcome.title}: {shown(reached)} of {shown(people)} "
                f"({shown((Decimal(reached) * 100 / people).quantize(Decimal('0.1')))} %) is more than evidence makes "
                f"plausible: up to {shown(most)} %."
            )
            yield case.finding("REPORT090", Severity.CONFIRM, message, f"{key}.reached", remedy=_ASK, citation=source)


def _deliverables(case: CheckCase) -> Iterator[Finding]:
    counselors = case.spec.services.counselors
    if not counselors:
        return
    days = (case.form.period.end - case.spec.term.start_date).days + 1
    years = counselors * days / _YEAR
    for item in case.spec.deliverables:
        key = f"deliverable.{item.id}.to_date"
        count = case.number(key)
        known = _most(case, _DELIVERABLES, item.measure) if item.measure else None
        if known is None or count is None or count <= known[0] * Decimal(str(years)):
            continue
        message = (
            f"{item.id} {item.title}: {shown(count)} to date is more than practice makes plausible for "
            f"{counselors:g} Counselors in {days} days: up to {known[0] * Decimal(str(years)):.0f}."
        )
        place = f"deliverable.{item.id}.actual"
        yield case.finding("REPORT091", Severity.CONFIRM, message, place, remedy=_ASK, citation=known[1])


def _far_above(case: CheckCase, told: Collection[Where]) -> Iterator[Finding]:
    """Yield counts that are so far above their targets that a slip of the hand is likelier than the work."""
    for item in case.spec.deliverables:
        key = f"deliverable.{item.id}"
        count, target = case.number(f"{key}.to_date"), case.number(f"{key}.target_to_date")
        if not count or not target or count < target * _TIMES or count < target + _MORE:
            continue
        if case.where(f"{key}.actual") in told:
            continue
        message = (
            f"{item.id} {item.title}: {shown(count)} to date, where {shown(target)} were to be reached: {_TIMES} times "
            "as many or more."
        )
        yield case.finding("REPORT064", Severity.CONFIRM, message, f"{key}.actual", remedy=_ASK)


def _one(case: CheckCase, measure: DeliverableMeasure) -> Deliverable | None:
    """Return the one deliverable that is a usual measure: as the contract says, else as its unit and title say."""
    named = [item for item in case.spec.deliverables if item.measure is measure]
    if not named:
        named = [item for item in case.spec.deliverables if item.measure is None and _seems(item) is measure]
    return named[0] if len(named) == 1 else None


def _seems(item: Deliverable) -> DeliverableMeasure | None:
    unit, title = item.unit.casefold(), item.title.casefold()
    if unit in {"sessions", "counseling sessions"}:
        return DeliverableMeasure.SESSIONS
    if unit == "clients" and "counseled" in title:
        return DeliverableMeasure.NEW_CLIENTS
    return DeliverableMeasure.SCREENED if unit in {"people", "clients"} and "screened" in title else None


def _to_date(case: CheckCase, item: Deliverable | None) -> Number | None:
    count = case.number(f"deliverable.{item.id}.to_date") if item else None
    return None if count is None or count < 0 else count  # a count below zero is told as such


def _sessions(case: CheckCase) -> Iterator[Finding]:
    """Yield more Clients counseled than Sessions held, or than people screened."""
    clients = _one(case, DeliverableMeasure.NEW_CLIENTS)
    count = _to_date(case, clients)
    if clients is None or count is None:
        return
    place = f"deliverable.{clients.id}.actual"
    sessions, screened = (_one(case, item) for item in (DeliverableMeasure.SESSIONS, DeliverableMeasure.SCREENED))
    held, seen = _to_date(case, sessions), _to_date(case, screened)
    if sessions is not None and held is not None and held < count:
        message = (
            f"{shown(held)} {sessions.unit} ({sessions.id}) for {shown(count)} {clients.unit} counseled "
            f"({clients.id}), to date: each had at least one."
        )
        yield case.finding("REPORT061", Severity.CONFIRM, message, place, remedy=_ASK)
    if screened is not None and seen is not None and seen < count:
        message = (
            f"{shown(count)} {clients.unit} counseled ({clients.id}) are more than {shown(seen)} {screened.unit} "
            f"screened ({screened.id}), to date."
        )
        yield case.finding("REPORT062", Severity.CONFIRM, message, place, remedy=_ASK)


def _populations(case: CheckCase) -> Iterator[Finding]:
    """Yield outcomes that count more people than were counseled, where one report tells both."""
    clients = _one(case, DeliverableMeasure.NEW_CLIENTS)
    count = _to_date(case, clients)
    if clients is None or count is None:
        return
    for outcome in case.spec.outcomes:
        key = f"outcome.{outcome.id}.population"
        people = case.number(key)
        if people is not None and people > count and "client" in outcome.population.casefold():
            message = (
                f"{outcome.id} {outcome.title}: a population of {shown(people)}, and {shown(count)} {clients.unit} "
                f"counseled to date ({clients.id})."
            )
            yield case.finding("REPORT063", Severity.CONFIRM, message, key, remedy=_ASK)
