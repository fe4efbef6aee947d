"""Check that the elements of a federal award agree: amounts, periods, and the contract that uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import awards, dollars
from fe_contracts.compliance.rules import Breach, law

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


@law("AWARD160")
def total_includes_this_obligation(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The total obligated to the agency includes what this subaward obligates."""
    for place, fund, award in awards(spec):
        this, total = award.obligated_amount, award.total_obligated_amount
        if this is not None and total is not None and total < this:
            yield Breach(
                f"{place}.total_obligated_amount",
                f"{fund.name} obligates {dollars(this)} in this subaward, but the total obligated to the agency is "
                f"{dollars(total)}; {demand.cite} counts the current obligation in the total.",
            )


@law("AWARD170")
def commitment_covers_the_obligations(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The award committed to the agency is no less than what is obligated to it."""
    for place, fund, award in awards(spec):
        total, committed = award.total_obligated_amount, award.total_award_amount
        if total is not None and committed is not None and committed < total:
            yield Breach(
                f"{place}.total_award_amount",
                f"{fund.name} has {dollars(total)} obligated to the agency, but only {dollars(committed)} committed to "
                f"it ({demand.cite}).",
            )


@law("AWARD180")
def budget_period_lies_inside(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The budget period lies inside the period of performance."""
    for place, fund, award in awards(spec):
        first, last = award.period_of_performance_start_date, award.period_of_performance_end_date
        start, end = award.budget_period_start_date, award.budget_period_end_date
        if first is not None and start is not None and start < first:
            yield Breach(
                f"{place}.budget_period_start_date",
                f"The budget period of {fund.name} begins {start}, before its period of performance begins {first} "
                f"({demand.cite}).",
            )
        if last is not None and end is not None and end > last:
            yield Breach(
                f"{place}.budget_period_end_date",
                f"The budget period of {fund.name} ends {end}, after its period of performance ends {last} "
                f"({demand.cite}).",
            )


@law("AWARD190")
def periods_run_forward(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A period ends on or after the day it begins."""
    for place, fund, award in awards(spec):
        for name, called in (("period_of_performance", "period of performance"), ("budget_period", "budget period")):
            start, end = getattr(award, f"{name}_start_date"), getattr(award, f"{name}_end_date")
            if start is not None and end is not None and end < start:
                yield Breach(
                    f"{place}.{name}_end_date",
                    f"The {called} of {fund.name} ends {end}, before it begins {start}; {demand.cite} wants the dates "
                    "of a time in which costs may be incurred.",
                )


@law("AWARD200")
def money_is_spent_in_the_budget_period(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Federal money may be spent only on days inside the approved budget period."""
    for place, fund, award in awards(spec):
        start, end = fund.start_date or spec.term.start_date, fund.end_date or spec.term.end_date
        first = award.budget_period_start_date or award.period_of_performance_start_date
        last = award.budget_period_end_date or award.period_of_performance_end_date
        at = place.removesuffix(".federal_award")
        if first is not None and start < first:
            yield Breach(
                f"{at}.start_date",
                f"{fund.name} may be spent from {start}, but its budget period begins {first}; "
                f"costs before that day are not allowable ({demand.cite}).",
            )
        if last is not None and end > last:
            yield Breach(
                f"{at}.end_date",
                f"{fund.name} may be spent until {end}, but its budget period ends {last}; "
                f"costs after that day are not allowable ({demand.cite}).",
            )


@law("AWARD210")
def obligation_is_what_the_contract_uses(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The amount obligated in the subaward is the amount that the contract uses of the fund."""
    for place, fund, award in awards(spec):
        obligated = award.obligated_amount
        if obligated is not None and obligated != fund.amount:
            yield Breach(
                f"{place}.obligated_amount",
                f"{fund.name} gives this contract {dollars(fund.amount)}, but {dollars(obligated)} is stated as "
                f"obligated in it ({demand.cite}).",
            )


@law("AWARD220")
def best_information_is_still_awaited(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The day by which a missing element comes has not passed when the contract takes effect."""
    effective = spec.contract.effective_date
    for place, fund, award in awards(spec):
        for index, entry in enumerate(award.unavailable):
            if entry.expected_by < effective:
                yield Breach(
                    f"{place}.unavailable[{index}].expected_by",
                    f"Element {entry.element.value} of {fund.name} was expected by {entry.expected_by}, before the "
                    f"contract takes effect {effective}; {demand.cite} wants it given when it is obtained.",
                )
