"""Check the amounts that federal law sets by date: audit, purchases, subaward reports, equipment; and cost kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import amount, award_day, dollars, federal_funds, given
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.effective import Trigger
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import CostKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from decimal import Decimal

    from fe_contracts.compliance.rules import Demand
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


@law("UG350")
def audit_threshold_is_the_laws(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A contract that names an audit threshold names the one that stands for the agency's fiscal year."""
    start, _ = trigger_day(spec, Trigger.AUDITEE_FY_START)
    wanted = amount(demand, "single_audit_threshold", start)
    for clause in demand.requirement.clauses:
        for field, value in given(spec, clause, "threshold"):
            if wanted is not None and value != wanted:
                yield Breach(
                    field,
                    f"The contract asks for a Single Audit at {dollars(value)}; for the fiscal year that begins "
                    f"{start}, {demand.cite} sets {dollars(wanted)}.",
                )


def _local(spec: Spec, field: str, parameter: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the city's own threshold where the spec gives it: with the city, or as a value of FED-08."""
    value = getattr(spec.city, field)
    if value is not None:
        yield f"city.{field}", value
    yield from given(spec, "FED-08", parameter)


def _purchases(spec: Spec) -> dt.date:
    """Return the day whose purchasing thresholds the contract goes by."""
    return trigger_day(spec, Trigger.TRANSACTION_DATE)[0]


@law("UG370")
def simplified_acquisitions_stay_below(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The city's simplified acquisition threshold does not exceed the federal one of the day."""
    day = _purchases(spec)
    most = amount(demand, "ceiling", day)
    for field, value in _local(spec, "simplified_acquisition_threshold", "sat"):
        if most is not None and value > most:
            yield Breach(
                field,
                f"The local simplified acquisition threshold is {dollars(value)}; on {day} the federal one is "
                f"{dollars(most)}, and {demand.cite} lets no local one exceed it.",
            )


@law("UG380")
def higher_micro_purchases_are_certified(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A micro-purchase threshold above the federal one rests on a yearly self-certification."""
    day = _purchases(spec)
    free, most = amount(demand, "ceiling", day), amount(demand, "self_certified", day)
    for field, value in _local(spec, "micro_purchase_threshold", "micro"):
        if free is not None and most is not None and free < value <= most:
            yield Breach(
                field,
                f"The local micro-purchase threshold is {dollars(value)}, above the federal {dollars(free)} of {day}; "
                f"it needs a self-certification each year ({demand.cite}).",
            )


@law("UG390")
def micro_purchases_stay_below(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A micro-purchase threshold does not exceed what can be self-certified."""
    most = amount(demand, "self_certified", _purchases(spec))
    for field, value in _local(spec, "micro_purchase_threshold", "micro"):
        if most is not None and value > most:
            yield Breach(
                field,
                f"The local micro-purchase threshold is {dollars(value)}; above {dollars(most)} the cognizant agency "
                f"must approve it ({demand.cite}).",
            )


@law("UG400")
def subaward_is_reported(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A subaward of the amount that the law names is reported to the federal subaward system."""
    day, _ = trigger_day(spec, Trigger.SUBAWARD_DATE)
    least = amount(demand, "threshold", day)
    for place, fund in federal_funds(spec):
        if least is not None and fund.amount >= least:
            yield Breach(
                f"{place}.amount",
                f"{fund.name} gives {dollars(fund.amount)}; the city reports a subaward of {dollars(least)} or more by "
                f"the end of the month after the one in which it is made ({demand.cite}).",
            )


@law("UG410")
def small_equipment_is_supplies(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """What costs less than the threshold is budgeted as supplies, not as equipment."""
    funds = {fund.id: fund for _, fund in federal_funds(spec)}
    for place, line in enumerate(spec.budget):
        fund = funds.get(line.fund)
        if fund is None or line.cost is not CostKind.EQUIPMENT:
            continue
        least = amount(demand, "threshold", award_day(spec, fund))
        if least is not None and line.amount < least:
            yield Breach(
                f"budget[{place}].cost",
                f"{line.description} costs {dollars(line.amount)} in all, less than the {dollars(least)} a piece from "
                f"which an item can count as equipment for an award of {award_day(spec, fund)} ({demand.cite}).",
            )


@law("UG420")
def federal_costs_have_a_kind(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Each budget line that federal money pays says what kind of cost it is."""
    funds = {fund.id: fund for _, fund in federal_funds(spec)}
    for place, line in enumerate(spec.budget):
        if line.fund in funds and line.cost is None:
            yield Breach(
                f"budget[{place}].cost",
                f"{line.description} is paid by {funds[line.fund].name}, and its kind of cost is not named, so nobody "
                f"can see whether the program allows it ({demand.cite}).",
            )
