"""Check indirect costs: a negotiated rate is honored, a chosen one respected, and the budget stays within the rate."""

from __future__ import annotations

import re
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import amount, award_day, dollars, federal_funds
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.model.vocabulary import CostKind, IndirectBasis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand
    from fe_contracts.model.federal import IndirectCosts
    from fe_contracts.model.money import BudgetLine, Funding
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


def _indirect(spec: Spec) -> Iterator[tuple[str, Funding, IndirectCosts]]:
    """Yield each federal fund that says how it pays indirect costs, with the place where it says so."""
    for place, fund in federal_funds(spec):
        if fund.indirect is not None:
            yield f"{place}.indirect", fund, fund.indirect


def _percent(value: Decimal) -> str:
    """Return a rate as it is written."""
    return f"{value.normalize():f} %"


@law("UG170")
def indirect_rate_is_agreed(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Each federal fund says how it pays indirect costs."""
    for place, fund in federal_funds(spec):
        if fund.indirect is None:
            yield Breach(
                f"{place}.indirect",
                f"{fund.name} does not say how it pays the agency's indirect costs; {demand.cite} wants the rate, or "
                "that costs are allocated directly, in the subaward.",
            )
        elif fund.indirect.basis is not IndirectBasis.DIRECT_ALLOCATION and fund.indirect.rate_percent is None:
            yield Breach(
                f"{place}.indirect.rate_percent",
                f"{fund.name} pays indirect costs by {fund.indirect.basis}, and names no rate ({demand.cite}).",
            )


@law("UG180")
def negotiated_rate_is_honored(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A rate that the agency negotiated with the federal government is the rate paid."""
    own = spec.agency.indirect_rate_percent
    for place, fund, indirect in _indirect(spec):
        rate = indirect.rate_percent
        if own is None:
            if indirect.basis is IndirectBasis.NICRA:
                yield Breach(
                    "agency.indirect_rate_percent",
                    f"{fund.name} pays indirect costs by a federally negotiated rate, and the agency's rate is not "
                    "given.",
                )
        elif indirect.basis is IndirectBasis.NEGOTIATED_PTE:
            yield Breach(
                f"{place}.basis",
                f"The agency has a federally negotiated rate of {_percent(own)}; {demand.cite} leaves no room for "
                "another rate negotiated with the city.",
            )
        elif indirect.basis is IndirectBasis.NICRA and rate is not None and _differs(rate, own, indirect):
            yield Breach(
                f"{place}.rate_percent",
                f"{fund.name} pays {_percent(rate)}; the agency's federally negotiated rate is {_percent(own)}. "
                f"{demand.cite} wants that rate, unless capped_by names the federal law that limits it.",
            )


def _differs(rate: Decimal, own: Decimal, indirect: IndirectCosts) -> bool:
    """Return whether a rate is above the negotiated one, or below it without a federal law that limits it."""
    return rate > own or (rate < own and indirect.capped_by is None)


@law("UG190")
def de_minimis_is_not_forced(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The de minimis rate is the agency's choice, and no substitute for a negotiated rate."""
    own = spec.agency.indirect_rate_percent
    for place, fund, indirect in _indirect(spec):
        if indirect.basis is not IndirectBasis.DE_MINIMIS:
            continue
        if own is not None:
            yield Breach(
                f"{place}.basis",
                f"{fund.name} pays the de minimis rate, and the agency has a federally negotiated rate of "
                f"{_percent(own)}; {demand.cite} forbids to require it then.",
            )
        if indirect.required_by_city:
            yield Breach(
                f"{place}.required_by_city",
                f"The city, not the agency, chose the de minimis rate for {fund.name} ({demand.cite}).",
            )


@law("UG200")
def chosen_rate_is_paid(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The de minimis rate paid is no lower than the one the agency chose, unless federal law limits it."""
    for place, fund, indirect in _indirect(spec):
        if indirect.basis is not IndirectBasis.DE_MINIMIS:
            continue
        rate, elected = indirect.rate_percent, indirect.elected_percent
        if elected is None:
            yield Breach(
                f"{place}.elected_percent",
                f"{fund.name} pays the de minimis rate, and nothing shows which rate the agency chose ({demand.cite}).",
            )
        elif rate is not None and rate < elected and indirect.capped_by is None:
            yield Breach(
                f"{place}.rate_percent",
                f"{fund.name} pays {_percent(rate)}; the agency chose {_percent(elected)}. {demand.cite} allows a "
                "lower rate only where a federal statute or regulation requires it: name it in capped_by.",
            )


@law("UG210")
def de_minimis_stays_within_the_cap(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The de minimis rate does not exceed the rate that the law allows on the award date."""
    for place, fund, indirect in _indirect(spec):
        most = amount(demand, "de_minimis_cap", award_day(spec, fund))
        for name in ("rate_percent", "elected_percent"):
            rate = getattr(indirect, name)
            if indirect.basis is IndirectBasis.DE_MINIMIS and rate is not None and most is not None and rate > most:
                yield Breach(
                    f"{place}.{name}",
                    f"The de minimis rate for {fund.name} is {_percent(rate)}; {demand.cite} allows {_percent(most)} "
                    f"for an award of {award_day(spec, fund)}.",
                )


_NOT_IN_THE_BASE = {CostKind.INDIRECT, CostKind.EQUIPMENT, CostKind.RENTAL_ASSISTANCE}
_MTDC = re.compile(r"\bmtdc\b|modified total direct cost", re.IGNORECASE)


def _largest_base(lines: list[BudgetLine], indirect: IndirectCosts) -> Decimal:
    """Return the most that the base can come to: all direct lines, less those that MTDC excludes for certain."""
    excluded = _NOT_IN_THE_BASE if _MTDC.search(indirect.base) else {CostKind.INDIRECT}
    return sum((line.amount for line in lines if line.cost not in excluded), Decimal(0))


@law("UG220")
def indirect_lines_stay_within_the_rate(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The budget's indirect lines do not exceed the rate, taken of the base."""
    for _, fund, indirect in _indirect(spec):
        lines = [line for line in spec.budget if line.fund == fund.id]
        charged = sum((line.amount for line in lines if line.cost is CostKind.INDIRECT), Decimal(0))
        places = [place for place, line in enumerate(spec.budget) if line in lines and line.cost is CostKind.INDIRECT]
        rate = Decimal(0) if indirect.basis is IndirectBasis.DIRECT_ALLOCATION else indirect.rate_percent
        if rate is None or not places:
            continue
        base = _largest_base(lines, indirect)
        most = (base * rate / 100).quantize(Decimal("0.01"), ROUND_UP)
        if charged > most:
            yield Breach(
                f"budget[{places[0]}].amount",
                f"Indirect lines of {fund.name} add up to {dollars(charged)}; {_percent(rate)} of a base of at most "
                f"{dollars(base)} is {dollars(most)} ({demand.cite}).",
            )


_FEDERAL_LAW = re.compile(r"\b(C\.?F\.?R|U\.?S\.?C|Pub(lic)?\.? L(aw)?|P\.?L)\b", re.IGNORECASE)


@law("UG230")
def limit_on_the_rate_names_its_law(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """What limits an indirect rate is a federal statute or regulation."""
    for place, fund, indirect in _indirect(spec):
        if indirect.capped_by is not None and not _FEDERAL_LAW.search(indirect.capped_by):
            yield Breach(
                f"{place}.capped_by",
                f"The limit on the indirect rate of {fund.name}, {indirect.capped_by!r}, names no federal statute or "
                f"regulation, and {demand.cite} lets nothing else lower it.",
            )
