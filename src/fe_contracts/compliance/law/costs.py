"""Hold each budget line against the matrix of eligible costs of the program that pays it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import amount, award_day, dollars
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.effective import DatedValues
from fe_contracts.model.vocabulary import CostKind, FundSource

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand
    from fe_contracts.model.money import BudgetLine, Funding
    from fe_contracts.model.spec import Spec

__all__: list[str] = []

_ADMIN = CostKind.ADMINISTRATION
_BARRED = "no"


def _costs(spec: Spec, source: FundSource) -> Iterator[tuple[str, BudgetLine, CostKind, Funding]]:
    """Yield each budget line that names its kind of cost and is paid by the source, with its place."""
    funds = {fund.id: fund for fund in spec.funding if fund.source is source}
    for place, line in enumerate(spec.budget):
        if line.cost is not None and line.fund in funds:
            yield f"budget[{place}]", line, line.cost, funds[line.fund]


def _is_read(demand: Demand, kind: str, day: dt.date) -> bool:
    """Return whether the answer that stands on the day was read in the text, not inferred from its silence."""
    marks = {entry.from_: entry.confidence for entry in demand.requirement.parameters[kind].values}
    return not DatedValues(marks).on(day).needs_counsel


def _section(demand: Demand, kind: str, day: dt.date) -> str:
    """Return the section that the answer of the day rests on: each line of a matrix has its own."""
    sections = {entry.from_: entry.cite for entry in demand.requirement.parameters[kind].values}
    return DatedValues(sections).on(day)


def _barred(spec: Spec, demand: Demand, source: FundSource, *, inferred: bool) -> Iterator[Breach]:
    """Yield each line whose kind of cost the matrix answers with no."""
    for place, line, kind, fund in _costs(spec, source):
        day = award_day(spec, fund)
        barred = demand.value(kind, day) == _BARRED
        # Profit is barred by 2 CFR part 200 whatever the program, so a rule on all federal money finds it.
        if barred and kind is not CostKind.PROFIT_OR_FEE and (inferred or _is_read(demand, kind, day)):
            yield Breach(
                f"{place}.cost",
                f"{fund.name} pays {dollars(line.amount)} for {line.description}, a cost of the kind {kind}: "
                f"{demand.requirement.parameters[kind].help.rstrip('.').lower()}. {demand.cite} does not allow it.",
            )


def _remarked(spec: Spec, demand: Demand, source: FundSource) -> Iterator[Breach]:
    """Yield each line on whose kind of cost the requirement has a remark: a condition, or a reason."""
    for place, line, kind, fund in _costs(spec, source):
        if kind in demand.requirement.parameters:
            day = award_day(spec, fund)
            remark = str(demand.value(kind, day))
            if " CFR " not in remark:
                remark = f"{remark.removesuffix('.')} ({_section(demand, kind, day)})."
            yield Breach(f"{place}.cost", f"{fund.name} pays for {line.description} ({kind}). {remark}")


@law("COC010")
def continuum_pays_no_barred_cost(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Continuum of Care money pays no cost that its rule bars in words."""
    yield from _barred(spec, demand, FundSource.COC, inferred=False)


@law("COC020")
def continuum_pays_on_conditions(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Costs that Continuum of Care money pays on a condition are known with it."""
    yield from _remarked(spec, demand, FundSource.COC)


@law("COC030")
def continuum_pays_nothing_unlisted(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Continuum of Care money pays no cost that its list leaves out."""
    yield from _remarked(spec, demand, FundSource.COC)


@law("ESG010")
def emergency_money_pays_no_barred_cost(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Emergency Solutions money pays no cost that its rule bars in words."""
    yield from _barred(spec, demand, FundSource.ESG, inferred=False)


@law("ESG020")
def emergency_money_pays_on_conditions(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Costs that Emergency Solutions money pays on a condition are known with it."""
    yield from _remarked(spec, demand, FundSource.ESG)


@law("ESG030")
def emergency_money_pays_nothing_unlisted(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Emergency Solutions money pays no cost that its lists leave out."""
    yield from _remarked(spec, demand, FundSource.ESG)


@law("ESG040")
def a_component_pays_the_cost(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Each line of Emergency Solutions money is paid by a component of the contract that may pay it."""
    components = {item.value for item in spec.esg.components} if spec.esg else set()
    for place, line, kind, fund in _costs(spec, FundSource.ESG):
        if kind in demand.requirement.parameters:
            able = str(demand.value(kind, award_day(spec, fund)))
            if components.isdisjoint(able.split(", ")):
                yield Breach(
                    f"{place}.cost",
                    f"{line.description} ({kind}) is a cost of the components {able}; esg.components lists "
                    f"{', '.join(sorted(components))}.",
                )


def _overhead(spec: Spec, demand: Demand, source: FundSource) -> Iterator[Breach]:
    """Yield each fund of the source whose lines for administration take more than the rule's part of it."""
    for place, fund in enumerate(spec.funding):
        lines = [line for _, line, kind, payer in _costs(spec, source) if kind is _ADMIN and payer.id == fund.id]
        taken = sum((line.amount for line in lines), Decimal(0))
        most = amount(demand, "cap_percent", award_day(spec, fund)) if lines else None
        if most is not None and taken * 100 > fund.amount * most:
            yield Breach(
                f"funding[{place}].amount",
                f"Administration takes {dollars(taken)} of the {dollars(fund.amount)} of {fund.name}, more than "
                f"{most} % ({demand.cite}).",
            )


@law("COC240")
def continuum_administration_is_small(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Administration takes no more of the Continuum of Care money than the grant allows."""
    yield from _overhead(spec, demand, FundSource.COC)


@law("ESG130")
def emergency_administration_is_small(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Administration takes no more of the Emergency Solutions money than the grant allows."""
    yield from _overhead(spec, demand, FundSource.ESG)


@law("CDBG010")
def block_grant_pays_no_barred_cost(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Block grant money pays no cost that its rule bars."""
    yield from _barred(spec, demand, FundSource.CDBG, inferred=True)


@law("CDBG020")
def block_grant_pays_on_conditions(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Costs that block grant money pays on a condition are known with it."""
    yield from _remarked(spec, demand, FundSource.CDBG)
