"""Check what a pass-through entity must do besides naming the award: exclusion, terms, risk and monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import (
    amount,
    award_day,
    awards,
    federal_funds,
    first_federal_place,
    given,
    host_has_federal_terms,
    latest_award_day,
    stands_in,
    text,
)
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.effective import Trigger
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import RiskRating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Change, Demand, Finished
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


@law("UG010")
@law("UG500")
def exclusion_is_checked(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The city has made sure that the agency is not excluded."""
    if spec.agency.exclusion_check is None:
        yield Breach(
            "agency.exclusion_check",
            f"Nothing shows that {spec.agency.legal_name} is not excluded or disqualified; {demand.cite} wants it "
            "verified in SAM.gov, by a certification, or by a clause.",
        )


@law("UG020")
def exclusion_is_checked_before(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The check on exclusion was made by the day the contract takes effect."""
    check, effective = spec.agency.exclusion_check, spec.contract.effective_date
    if check is not None and check.checked_on > effective:
        yield Breach(
            "agency.exclusion_check.checked_on",
            f"The agency was checked on {check.checked_on}, after the contract takes effect {effective}; {demand.cite} "
            "wants it done when the city enters into the transaction.",
        )


def _wanted(finished: Finished, demand: Demand, what: str) -> Iterator[Breach]:
    """Yield a breach if none of the requirement's clauses is in the contract, nor the host contract has them."""
    clauses = demand.requirement.clauses
    if not any(finished.has(clause) for clause in clauses) and not host_has_federal_terms(finished.spec):
        yield Breach(
            first_federal_place(finished.spec),
            f"The contract does not hold {' or '.join(clauses)}: {what} ({demand.cite}).",
        )


@law("UG030")
def contract_is_identified_as_a_subaward(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """A subaward says that it is one and identifies the federal award."""
    yield from _wanted(finished, demand, "nothing tells the agency that this is a subaward, and of which award")


@law("UG040")
def federal_requirements_stand(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The requirements of the subaward stand in it."""
    yield from _wanted(finished, demand, "the federal statutes, regulations and award terms are not passed on")


@law("UG050")
def records_are_open(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The city and auditors may see the agency's records and financial statements."""
    yield from _wanted(finished, demand, "the city and auditors get no access to records and financial statements")


@law("UG060")
def closeout_is_agreed(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract says how the subaward is closed out."""
    yield from _wanted(finished, demand, "nothing says how the subaward is closed out")


@law("UG510")
def indirect_rate_stands(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The indirect cost rate stands in the contract."""
    yield from _wanted(finished, demand, "nothing tells the agency what indirect costs it is paid")


@law("UG070")
def closeout_is_in_time(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The days that a spec sets for final reports and liquidation are no more than the law allows."""
    most = amount(demand, "closeout_days", latest_award_day(spec))
    for clause in demand.requirement.clauses:
        for name, what in (("reports_days", "for final reports"), ("liquidation_days", "to liquidate")):
            for field, days in given(spec, clause, name):
                if most is not None and days > most:
                    yield Breach(
                        field,
                        f"The contract gives {days} days after the period of performance {what}; {demand.cite} "
                        f"allows a subrecipient {most}.",
                    )


@law("UG080")
def risk_is_judged(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The agency's risk is judged and rated."""
    if spec.monitoring is None or spec.monitoring.risk is None:
        yield Breach(
            "monitoring.risk",
            f"No assessment of the agency's risk of fraud and noncompliance is recorded ({demand.cite}).",
        )
    if spec.agency.risk_rating is None:
        yield Breach("agency.risk_rating", f"The agency's risk is not rated ({demand.cite}).")


@law("UG090")
def monitoring_is_planned(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The city plans to look at the agency's reports or to visit it."""
    monitoring = spec.monitoring
    if monitoring is None:
        yield Breach("monitoring", f"Nothing says how the city monitors the subaward ({demand.cite}).")
    elif monitoring.desk_reviews_per_year == 0:
        yield Breach(
            "monitoring.desk_reviews_per_year",
            f"No desk review is planned, so nobody reviews the reports as {demand.cite} demands.",
        )


@law("UG100")
def federal_agency_knows_conditions(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The federal agency is told of the specific conditions in force."""
    monitoring = spec.monitoring
    if monitoring is None or monitoring.federal_agency_notified_on is not None:
        return
    standing = [item.id for item in monitoring.specific_conditions if item.removal_date is None]
    if standing:
        yield Breach(
            "monitoring.federal_agency_notified_on",
            f"{', '.join(standing)} in force, and no day is given on which the federal agency was told "
            f"({demand.cite}).",
        )


@law("UG110")
def high_risk_is_visited(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """An agency of high risk is visited."""
    monitoring = spec.monitoring
    if monitoring and spec.agency.risk_rating is RiskRating.HIGH and monitoring.visits_per_year == 0:
        yield Breach(
            "monitoring.visits_per_year",
            f"The agency's risk is rated HIGH and no visit is planned; {demand.cite} ties monitoring to the risk.",
        )


@law("UG120")
def conditions_are_told_first(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The agency is told of a specific condition before it is imposed."""
    effective = spec.contract.effective_date
    for place, item in enumerate(spec.monitoring.specific_conditions if spec.monitoring else ()):
        if item.notified_on > effective:
            yield Breach(
                f"monitoring.specific_conditions[{place}].notified_on",
                f"{item.id} stands in a contract that takes effect {effective}, but the agency was told on "
                f"{item.notified_on}; {demand.cite} wants the notice first.",
            )


@law("UG360")
def large_agency_is_audited(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """An agency that spends as much federal money as the law names has a Single Audit."""
    spent = spec.agency.federal_expended_prior_fiscal_year
    start, _ = trigger_day(spec, Trigger.AUDITEE_FY_START)
    least = amount(demand, "single_audit_threshold", start)
    if spent is not None and least is not None and spent >= least:
        yield Breach(
            "agency.federal_expended_prior_fiscal_year",
            f"The agency spent ${spent:,.0f} of federal awards in its last fiscal year; at ${least:,.0f} in the one "
            f"that begins {start} it needs a Single Audit, and {demand.cite} has the city verify it.",
        )


@law("UG430")
def award_may_follow_newer_rules(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Someone has confirmed which rules an award follows that may fall under pending ones."""
    for place, fund, award in awards(spec):
        if award.award_date is None:
            continue
        if pending := text(demand, "pending", award.award_date):
            yield Breach(
                f"{place}.award_date",
                f"{fund.name} was awarded {award.award_date}. The library's rules are those of October 1, 2024; "
                f"{pending} may have changed them, and the library does not know whether it did.",
            )


@law("UG440")
def amendment_may_follow_newer_rules(change: Change, demand: Demand) -> Iterator[Breach]:
    """Someone has confirmed whether an older award moved to newer rules before its subaward is amended."""
    day, _ = trigger_day(change.new, Trigger.AMENDMENT_DATE)
    if pending := text(demand, "pending", day):
        for place, fund, award in awards(change.new):
            yield Breach(
                f"{place}.award_date",
                f"This amendment of {day} touches {fund.name} (award date {award.award_date}); {pending} may have "
                "changed the rules, and an older award moves to them only when the federal agency amends it.",
            )


@law("UG480")
def terms_are_of_the_award_day(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract names the version of the Uniform Guidance that stood on each award's date."""
    spec = finished.spec
    for clause in demand.requirement.clauses:
        for instance, said in finished.values_of(clause, "ug_version").items():
            for _, fund in federal_funds(spec):
                wanted = text(demand, "ug_version", award_day(spec, fund))
                if instance in {clause, f"{clause}:{fund.id}"} and None not in {said, wanted} and said != wanted:
                    yield Breach(
                        f"clauses.parameters.{clause}.ug_version",
                        f"{instance} names version {said} of the Uniform Guidance; on {award_day(spec, fund)}, when "
                        f"{fund.name} was awarded, {wanted} stood.",
                    )


@law("UG280")
def payment_requests_are_certified(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The words that the agency certifies stand in the contract as the law gives them."""
    words = text(demand, "certification", latest_award_day(finished.spec))
    if words is None or stands_in(finished, demand.requirement.clauses, words):
        return
    if not host_has_federal_terms(finished.spec):
        yield Breach(
            first_federal_place(finished.spec),
            f"The certification of {demand.cite} does not stand word for word in "
            f"{' or '.join(demand.requirement.clauses)}.",
        )
