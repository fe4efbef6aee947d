"""Hold a contract with Emergency Solutions Grants money against 24 CFR part 576."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import amount, awards, host_has_federal_terms, latest_award_day
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.model.vocabulary import EsgComponent, FundSource
from fe_contracts.schedule import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


@law("ESG050")
def services_end_in_time(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Services of stabilization go on no longer than the rule allows in any three years."""
    most = amount(demand, "most_months", latest_award_day(spec))
    if spec.esg is not None and most is not None and spec.esg.service_months_limit > most:
        yield Breach(
            "esg.service_months_limit",
            f"A Client may get {spec.esg.service_months_limit} months of services in three years; {demand.cite} allows "
            f"{most}.",
        )


@law("ESG060")
def the_standards_are_named(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The written standards are named."""
    if spec.esg is not None and spec.esg.written_standards is None:
        yield Breach("esg.written_standards", f"The standards that {demand.cite} wants applied are not named.")


_EVALUATED = ((EsgComponent.PREVENTION, "prevention_months"), (EsgComponent.RAPID_REHOUSING, "rehousing_months"))


@law("ESG070")
def eligibility_is_looked_at_again(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Eligibility is looked at again as often as the rule asks of each component."""
    if spec.esg is None:
        return
    planned = spec.esg.reevaluation_months
    for component, name in _EVALUATED:
        most = amount(demand, name, latest_award_day(spec))
        if component in spec.esg.components and most is not None and (planned is None or planned > most):
            state = "never said to be" if planned is None else f"every {planned} months"
            yield Breach(
                "esg.reevaluation_months",
                f"Eligibility in {component} is looked at again {state}; {demand.cite} asks for every {most} months.",
            )


@law("ESG090")
def services_come_through_coordinated_entry(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract holds the clause on coordinated entry."""
    if not finished.has("FE-09"):
        yield Breach(
            "clauses.exclude", f"FE-09 is not in the contract: nothing ties it to the system of {demand.cite}."
        )


@law("ESG100")
def the_program_terms_are_in(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract, or the one it is attached to, holds the program's terms."""
    if not finished.has("FED-04") and not host_has_federal_terms(finished.spec):
        yield Breach(
            "clauses.exclude",
            f"FED-04 is not in the contract, so it does not say what the City must enforce ({demand.cite}).",
        )


@law("ESG110")
def services_end_fairly(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract holds the process by which a Client's services end."""
    if not finished.has("FE-10"):
        yield Breach("clauses.exclude", f"FE-10 is not in the contract, and with it the process of {demand.cite}.")


@law("ESG120")
def effort_is_kept_up(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Somebody has looked whether the money replaces the City's own for outreach and shelter."""
    if finished.has("FIN-08") and finished.value("FIN-08", "supplant_attest") is not True:
        yield Breach(
            "clauses.parameters.FIN-08.supplant_attest",
            "Nobody has confirmed that the money replaces nothing that the City paid for outreach and shelter in the "
            f"twelve months before ({demand.cite}).",
        )


@law("ESG140")
def no_debt_is_paid(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The clause on debt names the program's money among what pays none."""
    listed = finished.value("FE-07", "no_debt_payment_with")
    if listed is not None and FundSource.ESG not in listed:
        yield Breach(
            "clauses.parameters.FE-07.no_debt_payment_with",
            f"FE-07 leaves Emergency Solutions money out of what may pay no debt ({demand.cite}).",
        )


@law("ESG150")
def the_grant_is_spent_in_time(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """No fund of the program may be spent after the day by which its whole grant must be."""
    for place, fund, award in awards(spec):
        if fund.source is not FundSource.ESG or award.award_date is None:
            continue
        months = amount(demand, "most_months", award.award_date)
        last = None if months is None else add_months(award.award_date, int(months))
        end = fund.end_date or spec.term.end_date
        if last is not None and end > last:
            yield Breach(
                f"{place.removesuffix('.federal_award')}.end_date" if fund.end_date else "term.end_date",
                f"{fund.name} may be spent until {end}; the whole grant must be spent by {last}, {months} months after "
                f"the award of {award.award_date} ({demand.cite}).",
            )
