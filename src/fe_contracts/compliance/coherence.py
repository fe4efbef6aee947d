"""Check that a spec makes sense: sums that agree, dates inside the term, names that exist.

These rules are sense, not law; law has its own rules, each with its citation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel

from fe_contracts.compliance.remnants import SERVICE_OF
from fe_contracts.compliance.rules import Breach, rule
from fe_contracts.findings import Severity
from fe_contracts.model.vocabulary import ContractKind, Frequency, PaymentModel, RelationshipKind, Service
from fe_contracts.schedule import add_months, periods_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fe_contracts.model.spec import Spec, Term

__all__: list[str] = []

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}"


class _Named(Protocol):
    """An entry with a name of its own."""

    @property
    def id(self) -> str: ...


@rule("MONEY010", ERROR, "Correct the amounts so that they agree.")
def funding_adds_up(spec: Spec) -> Iterator[Breach]:
    """The funds add up to the total amount."""
    total = sum((fund.amount for fund in spec.funding), Decimal(0))
    if total != spec.total_amount:
        yield Breach(
            "funding",
            f"The funds add up to {_dollars(total)}, but total_amount is {_dollars(spec.total_amount)}.",
        )


@rule("MONEY020", ERROR, "Correct the lines or the total so that they agree.")
def budget_adds_up(spec: Spec) -> Iterator[Breach]:
    """The budget adds up to the total amount."""
    total = sum((line.amount for line in spec.budget), Decimal(0))
    if total != spec.total_amount:
        yield Breach(
            "budget",
            f"The budget adds up to {_dollars(total)}, but total_amount is {_dollars(spec.total_amount)}.",
        )


@rule("MONEY030", ERROR, "Correct the lines of this fund or its amount.")
def each_fund_is_budgeted(spec: Spec) -> Iterator[Breach]:
    """The budget lines of each fund add up to the fund's amount."""
    for place, fund in enumerate(spec.funding):
        total = sum((line.amount for line in spec.budget if line.fund == fund.id), Decimal(0))
        if total != fund.amount:
            yield Breach(
                f"funding[{place}].amount",
                f"Budget lines of {fund.id} add up to {_dollars(total)}, but the fund gives {_dollars(fund.amount)}.",
            )


def _named_funds(spec: Spec) -> Iterator[tuple[str, str]]:
    """Yield field and fund of everything that names a fund by its id."""
    yield from ((f"budget[{place}].fund", line.fund) for place, line in enumerate(spec.budget))
    yield from ((f"payment.funds[{place}]", fund) for place, fund in enumerate(spec.payment.funds))
    for place, item in enumerate(spec.deliverables):
        yield from ((f"deliverables[{place}].funds[{index}]", fund) for index, fund in enumerate(item.funds))
    for place, report in enumerate(spec.reports):
        yield from ((f"reports[{place}].funds[{index}]", fund) for index, fund in enumerate(report.funds))
    for place, terms in enumerate(spec.federal_terms.award_terms):
        yield f"federal_terms.award_terms[{place}].fund", terms.fund


@rule("MONEY040", ERROR, "Use the id of a fund under funding.")
def named_funds_exist(spec: Spec) -> Iterator[Breach]:
    """Everything that names a fund names one that exists."""
    known = {fund.id for fund in spec.funding}
    for field, fund in _named_funds(spec):
        if fund not in known:
            yield Breach(field, f"There is no fund {fund!r}; there are {', '.join(sorted(known))}.")


@rule("MONEY050", ERROR, "Correct the rates or the payment model.")
def rates_fit_the_payment_model(spec: Spec) -> Iterator[Breach]:
    """Rates stand where the payment model pays by unit or milestone, and never exceed the total."""
    payment = spec.payment
    by_rate = payment.model in {PaymentModel.UNIT, PaymentModel.MILESTONE}
    if by_rate and not payment.rates:
        yield Breach("payment.rates", f"Payment by {payment.model.lower()} needs rates.")
    if not by_rate and payment.rates:
        yield Breach("payment.rates", f"Rates have no effect where the model is {payment.model}.")
    most = sum((rate.maximum for rate in payment.rates), Decimal(0))
    if by_rate and most > spec.total_amount:
        yield Breach(
            "payment.rates",
            f"The rates can pay {_dollars(most)}, more than the total of {_dollars(spec.total_amount)}.",
        )
    milestones = {item.id for item in spec.milestones}
    for place, rate in enumerate(payment.rates):
        if payment.model is PaymentModel.MILESTONE and rate.id not in milestones:
            yield Breach(f"payment.rates[{place}].id", f"There is no milestone {rate.id!r} to pay for.")


@rule("MONEY060", ERROR, "Give the percentage, or correct payment.model.")
def percentages_fit_the_payment_model(spec: Spec) -> Iterator[Breach]:
    """An advance or a holdback has its percentage, and stands only with its model."""
    for name, model in (
        ("advance_percent", PaymentModel.ADVANCE),
        ("holdback_percent", PaymentModel.HOLDBACK),
    ):
        value = getattr(spec.payment, name)
        if (value is not None) != (spec.payment.model is model):
            state = "is missing" if value is None else f"has no effect where the model is {spec.payment.model}"
            yield Breach(f"payment.{name}", f"{name} {state}.")


@rule("TERM010", ERROR, "Correct the date or the term.")
def dates_lie_in_the_term(spec: Spec) -> Iterator[Breach]:
    """The first day of service and the days on which a fund may be spent lie inside the term."""
    start, end = spec.term.start_date, spec.term.end_date
    days: list[tuple[str, dt.date | None]] = [("services.start_date", spec.services.start_date)]
    for place, fund in enumerate(spec.funding):
        days += [
            (f"funding[{place}].start_date", fund.start_date),
            (f"funding[{place}].end_date", fund.end_date),
        ]
    for field, day in days:
        if day is not None and not start <= day <= end:
            yield Breach(field, f"{day} lies outside the term, {start} to {end}.")


@rule("TERM020", WARNING, "Correct one of the two dates, or say why in an override.")
def takes_effect_by_its_start(spec: Spec) -> Iterator[Breach]:
    """The contract takes effect no later than its term begins."""
    if spec.contract.effective_date > spec.term.start_date:
        yield Breach(
            "contract.effective_date",
            f"The contract takes effect {spec.contract.effective_date}, after its term begins {spec.term.start_date}.",
        )


def _end_after(term: Term, renewals: int) -> dt.date:
    """Return the last day of a contract after so many renewals in full."""
    day = dt.timedelta(days=1)
    return add_months(term.end_date + day, renewals * term.renewal_months) - day


@rule("TERM030", ERROR, "Correct max_extent_date, renewals or renewal_months.")
def renewals_reach_the_last_day(spec: Spec) -> Iterator[Breach]:
    """The last day a contract can reach is what its renewals add up to; those that are past leave it as it was."""
    term, used = spec.term, spec.contract.renews
    if term.max_extent_date is None:
        return
    reached = _end_after(term, term.renewals)
    if used is not None:  # earlier renewals may have been shorter, or begun later: the limit is the first contract's
        most = _end_after(term, term.renewals + used.renewal)
        if term.max_extent_date > most:
            yield Breach(
                "term.max_extent_date",
                f"{term.renewals} renewals of {term.renewal_months} months after {term.end_date}, and what "
                f"{used.renewal} before could have added, end {most} at the latest, not {term.max_extent_date}.",
            )
        return
    if reached != term.max_extent_date:
        yield Breach(
            "term.max_extent_date",
            f"{term.renewals} renewals of {term.renewal_months} months after {term.end_date} end {reached}, "
            f"not {term.max_extent_date}.",
        )


@rule("TERM040", ERROR, "Move the date into the term or the year after it.")
def milestones_lie_in_the_term(spec: Spec) -> Iterator[Breach]:
    """Milestones are due inside the term; single reports within a year after it."""
    start, end = spec.term.start_date, spec.term.end_date
    for place, item in enumerate(spec.milestones):
        if not start <= item.due_date <= end:
            yield Breach(f"milestones[{place}].due_date", f"{item.due_date} lies outside the term, {start} to {end}.")
    for place, report in enumerate(spec.reports):
        if report.due_date is not None and not start <= report.due_date <= add_months(end, 12):
            yield Breach(
                f"reports[{place}].due_date",
                f"{report.due_date} lies outside the term and the year after it.",
            )


@rule("PERF010", ERROR, "Give each entry an id of its own.")
def ids_are_unique(spec: Spec) -> Iterator[Breach]:
    """No two entries of one list have the same id."""
    lists: dict[str, Sequence[_Named]] = {
        "funding": spec.funding,
        "budget": spec.budget,
        "payment.rates": spec.payment.rates,
        "deliverables": spec.deliverables,
        "outcomes": spec.outcomes,
        "milestones": spec.milestones,
        "reports": spec.reports,
    }
    for name, items in lists.items():
        counts = Counter(item.id for item in items)
        for place, item in enumerate(items):
            if counts[item.id] > 1:
                yield Breach(f"{name}[{place}].id", f"The id {item.id!r} stands {counts[item.id]} times in {name}.")


@rule("PERF020", ERROR, "Give one target for each quarter of the term.")
def each_quarter_has_a_target(spec: Spec) -> Iterator[Breach]:
    """Each deliverable has a target for every quarter of the term, counted from its first day."""
    quarters = len(periods_of(spec.term.start_date, spec.term.end_date, Frequency.QUARTERLY))
    for place, item in enumerate(spec.deliverables):
        if len(item.quarterly_targets) != quarters:
            yield Breach(
                f"deliverables[{place}].quarterly_targets",
                f"There are {len(item.quarterly_targets)} targets for a term of {quarters} quarters.",
            )


@rule("PERF030", WARNING, "Name at least one outcome with its baseline, follow-up and evidence.")
def counseling_has_outcomes(spec: Spec) -> Iterator[Breach]:
    """A contract that buys counseling names outcomes."""
    if Service.COUNSEL in spec.services.offered and not spec.outcomes:
        yield Breach("outcomes", "The contract buys counseling and measures no change in clients' lives.")


@rule("PERF040", WARNING, "Delete the outcome, add the service, or correct the measure.")
def outcomes_have_their_service(spec: Spec) -> Iterator[Breach]:
    """A usual outcome stands with the service that leads to it."""
    for place, item in enumerate(spec.outcomes):
        service = SERVICE_OF.get(item.measure) if item.measure else None
        if service is not None and service not in spec.services.offered:
            yield Breach(
                f"outcomes[{place}].measure",
                f"{item.id} ({item.title}) is measured, and the service {service} that leads to it is not bought.",
            )


@rule("REL010", ERROR, "Correct relationship.determination or funding.")
def relationship_fits_the_money(spec: Spec) -> Iterator[Breach]:
    """NOT_FEDERAL stands exactly where no fund is federal; another determination has its reasons."""
    federal = bool(spec.federal_funds)
    kind = spec.relationship.determination
    if federal == (kind is RelationshipKind.NOT_FEDERAL):
        state = "is federal" if federal else "is not federal"
        yield Breach("relationship.determination", f"The determination is {kind}, but the money {state}.")
    if federal and not spec.relationship.reasons:
        yield Breach("relationship.reasons", "Federal money needs the factors of 2 CFR 200.331 and what was found.")


@rule("RIDER010", WARNING, "Name the sections under host_contract.amends, or say why in an override.")
def a_rider_amends_something(spec: Spec) -> Iterator[Breach]:
    """A rider names the sections of the host contract that it amends."""
    if spec.contract.type is ContractKind.FE_RIDER and spec.host_contract and not spec.host_contract.amends:
        yield Breach("host_contract.amends", "The rider names no section of the host contract that it amends.")


_STEP = re.compile(r"\.?([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]")


def _exists(spec: Spec, path: str) -> bool:
    """Return whether a path such as funding[0].amount names something in the spec."""
    value: object = spec
    end = 0
    for step in _STEP.finditer(path):
        if step.start() != end:
            return False
        end = step.end()
        name, index = step.groups()
        if name is not None and isinstance(value, BaseModel) and name in type(value).model_fields:
            value = getattr(value, name)
        elif index is not None and isinstance(value, tuple) and int(index) < len(value):
            value = value[int(index)]
        else:
            return False
    return bool(path) and end == len(path)


@rule("EVIDENCE010", WARNING, "Correct the path.")
def evidence_names_fields(spec: Spec) -> Iterator[Breach]:
    """The evidence of a worked example names fields that exist."""
    for place, item in enumerate(spec.evidence):
        for index, path in enumerate(item.fields):
            if not _exists(spec, path):
                yield Breach(f"evidence[{place}].fields[{index}]", f"There is no field {path!r} in this spec.")
