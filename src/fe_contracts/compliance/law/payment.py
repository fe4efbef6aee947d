"""Check how federal money is paid: in time, for costs, as often as asked, without an account of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import (
    amount,
    award_day,
    dollars,
    federal_funds,
    first_federal_place,
    own_words,
    paid_by_the_model,
)
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.model.vocabulary import CostKind, Disbursement, FundSource, PaymentModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec

__all__: list[str] = []

_FIXED = {PaymentModel.UNIT, PaymentModel.MILESTONE}


def _fixed_amounts(spec: Spec) -> Iterator[tuple[str, str, Funding]]:
    """Yield each federal fund that is paid by unit or milestone: where that is said, its place, the fund."""
    if spec.payment.model in _FIXED:
        yield from ((said, place, fund) for said, place, fund in paid_by_the_model(spec) if fund.source.is_federal)


def _needs_match(fund: Funding) -> bool:
    """Return whether the fund's program requires cost sharing."""
    return fund.source is FundSource.COC or (fund.source is FundSource.OTHER_FEDERAL and bool(fund.match))


@law("PAY010")
def matched_money_is_not_fixed(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Money of a program that requires cost sharing is not paid by unit or milestone."""
    for said, _, fund in _fixed_amounts(spec):
        if _needs_match(fund):
            yield Breach(
                said,
                f"{fund.name} is paid by {spec.payment.model.lower()}; its program requires cost sharing, and "
                f"{demand.cite} bars a fixed amount award there.",
            )


@law("PAY020")
def emergency_money_is_not_fixed(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Emergency Solutions Grants money is not paid by unit or milestone."""
    for said, _, fund in _fixed_amounts(spec):
        if fund.source is FundSource.ESG:
            yield Breach(
                said,
                f"{fund.name} is paid by {spec.payment.model.lower()}; the program requires the recipient to match the "
                f"grant, and {demand.cite} bars a fixed amount award in such a program.",
            )


@law("PAY030")
def allowable_costs_are_not_held_back(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """No part of federal payments is held back until performance is shown."""
    if spec.payment.model is PaymentModel.HOLDBACK:
        for said, _, fund in paid_by_the_model(spec):
            if fund.source.is_federal:
                yield Breach(
                    said,
                    f"{spec.payment.holdback_percent or 0} % of payments from {fund.name} is held back until results "
                    f"are shown; {demand.cite} lets payment for allowable costs be withheld only for noncompliance or "
                    "a federal debt.",
                )


def _approvable(spec: Spec) -> Iterator[tuple[str, Funding]]:
    """Yield the place and the fund of each fixed amount subaward that could be approved."""
    for _, place, fund in _fixed_amounts(spec):
        if fund.source is not FundSource.ESG and not _needs_match(fund):
            yield place, fund


@law("PAY040")
def fixed_amounts_are_approved(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """A fixed amount subaward has the federal agency's prior written approval."""
    spec = finished.spec
    approved = finished.value("FIN-04", "federal_prior_approval_date")
    for _, fund in _approvable(spec):
        if approved is None or approved > spec.contract.effective_date:
            state = "no approval" if approved is None else f"approval only on {approved}"
            yield Breach(
                "clauses.parameters.FIN-04.federal_prior_approval_date",
                f"{fund.name} is paid by {spec.payment.model.lower()} from {spec.contract.effective_date}, and the "
                f"contract shows {state} of the federal agency ({demand.cite}).",
            )


@law("PAY050")
def fixed_amounts_stay_within_the_cap(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A fixed amount subaward does not exceed the amount that the law allows."""
    for place, fund in _approvable(spec):
        most = amount(demand, "cap", award_day(spec, fund))
        if most is not None and fund.amount > most:
            yield Breach(
                f"{place}.amount",
                f"{fund.name} pays {dollars(fund.amount)} in fixed amounts; {demand.cite} allows {dollars(most)} for "
                f"an award of {award_day(spec, fund)}.",
            )


def _paid_late(spec: Spec, demand: Demand, sources: set[FundSource]) -> Iterator[Breach]:
    """Yield a breach if the city takes longer to pay than the law allows for money of the sources."""
    for _, fund in federal_funds(spec):
        most = amount(demand, "pay_days", award_day(spec, fund)) if fund.source in sources else None
        if most is not None and spec.payment.pay_days > most:
            yield Breach(
                "payment.pay_days",
                f"The city pays a correct invoice within {spec.payment.pay_days} days; for {fund.name}, {demand.cite} "
                f"gives it {most}.",
            )


@law("PAY060")
def emergency_money_is_paid_in_time(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Emergency Solutions Grants money is paid within the program's days."""
    yield from _paid_late(spec, demand, {FundSource.ESG})


@law("PAY070")
def continuum_money_is_paid_in_time(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Continuum of Care money is paid within the program's days."""
    yield from _paid_late(spec, demand, {FundSource.COC})


@law("PAY080")
def other_federal_money_is_paid_in_time(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Federal money that reimburses costs is paid within the days of the Uniform Guidance."""
    fixed = {fund.source for _, _, fund in _fixed_amounts(spec)}
    yield from _paid_late(spec, demand, {FundSource.CDBG, FundSource.OTHER_FEDERAL} - fixed)


@law("PAY090")
def last_invoice_lets_money_be_liquidated(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The last invoice is due within the days in which a subaward must be liquidated."""
    days = spec.payment.final_invoice_days
    for _, fund in federal_funds(spec):
        most = amount(demand, "liquidation_days", award_day(spec, fund))
        if most is not None and days > most:
            yield Breach(
                "payment.final_invoice_days",
                f"The last invoice is due {days} days after the end; {fund.name} must be liquidated within {most} "
                f"({demand.cite}).",
            )


_ACCOUNT = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bwithout a )(?<!\bneeds no )\b(separate|dedicated|segregated|exclusive)\s+"
    r"(interest-bearing\s+)?(bank|depository|checking|deposit)\s+accounts?\b",
    re.IGNORECASE,
)


@law("PAY100")
def no_separate_account_is_demanded(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Nobody demands a bank account of its own for federal money."""
    said = [field for field, words in own_words(spec) if _ACCOUNT.search(words)]
    if spec.payment.separate_bank_account and all(fund.source.is_federal for fund in spec.funding):
        said.insert(0, "payment.separate_bank_account")
    for field in said:
        yield Breach(
            field,
            f"The contract demands a separate bank account, and uses federal money ({first_federal_place(spec)}); "
            f"{demand.cite} forbids to require one.",
        )


@law("PAY110")
def advances_meet_immediate_needs(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Someone confirms that an advance of federal money covers immediate needs only."""
    if spec.payment.model is PaymentModel.ADVANCE:
        for said, _, fund in paid_by_the_model(spec):
            if fund.source.is_federal:
                yield Breach(
                    said,
                    f"{fund.name} is advanced, {spec.payment.advance_percent or 0} % of the maximum amount; "
                    f"{demand.cite} limits an advance to immediate cash needs, timed with the spending.",
                )


@law("PAY120")
def payment_can_be_asked_for_monthly(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The agency may ask for payment of federal costs at least monthly."""
    fixed = {fund.id for _, _, fund in _fixed_amounts(spec)}
    for _, fund in federal_funds(spec):
        if fund.id not in fixed and spec.payment.frequency is not Disbursement.MONTHLY:
            yield Breach(
                "payment.frequency",
                f"The agency may ask for payment {spec.payment.frequency.value.replace('_', ' ')}; for {fund.name}, "
                f"{demand.cite} lets it ask at least monthly.",
            )


_PROFIT = re.compile(
    r"(?<!non)(?<!non-)(?<!not-for-)\bprofits?\b(?!\s+(and|&)\s+loss)"
    r"|\b(management|fixed|incentive|success|performance|developer'?s?)\s+fees?\b",
    re.IGNORECASE,
)


@law("PAY130")
def no_profit_is_paid(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """No budget line pays a profit or fee from federal money."""
    funds = {fund.id: fund for _, fund in federal_funds(spec)}
    for place, line in enumerate(spec.budget):
        if line.fund not in funds:
            continue
        if line.cost is CostKind.PROFIT_OR_FEE:
            field = f"budget[{place}].cost"
        elif _PROFIT.search(f"{line.activity}: {line.description}"):
            field = f"budget[{place}].description"
        else:
            continue
        yield Breach(
            field,
            f"{line.description} ({dollars(line.amount)}) is a profit or fee paid by {funds[line.fund].name}; "
            f"{demand.cite} lets a subrecipient earn none.",
        )
