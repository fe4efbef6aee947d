"""Derive from a spec the facts that conditions may read: the closed vocabulary, each with its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.effective import Trigger
from fe_contracts.model.vocabulary import Frequency

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from fe_contracts.model.condition import Fact
    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec

__all__ = ["VOCABULARY", "facts_of", "facts_of_fund", "trigger_day"]

VOCABULARY: dict[str, str] = {
    "contract.type": "subcontract or fe_rider",
    "contract.effective_date": "the day the contract takes effect",
    "fund.sources": "the set of fund sources: COC, ESG, CDBG, OTHER_FEDERAL, STATE, LOCAL, FOUNDATION",
    "fund.is_federal": "whether any fund is federal money",
    "award.date": "the earliest federal award date; not given without federal money",
    "fund.amount": "the amount of the fund or award at hand, US dollars; not given for a clause that stands once",
    "fund.indirect": "NICRA, NEGOTIATED_PTE, DE_MINIMIS or DIRECT_ALLOCATION for the fund at hand, if given",
    "sub.start": "the first day of the term",
    "sub.end": "the last day of the term",
    "sub.amount_total": "the most the city will pay, US dollars",
    "sub.amount_federal": "the federal part of it, US dollars",
    "rel": "SUBRECIPIENT, CONTRACTOR or NOT_FEDERAL, as a person determined it",
    "svc": "the set of services offered",
    "pay.model": "REIMBURSE, ADVANCE, UNIT, MILESTONE or HOLDBACK",
    "term.renewals": "how many renewals the contract allows",
    "has.outcomes": "whether the contract names outcomes",
    "has.milestones": "whether the contract names milestones",
    "has.specific_conditions": "whether a specific condition (2 CFR 200.208) is in force",
    "has.award_terms": "whether a signed federal award, or the award at hand, carries terms that are attached",
    "has.match": "whether any fund, or the fund at hand, lists match",
    "has.monthly_report": "whether any report is due monthly",
    "coc.city_role": "RECIPIENT, UFA or NONE; not given without Continuum of Care money",
    "coc.match_required": "whether the Continuum of Care match is passed down",
    "esg.components": "the set of ESG components: SO, ES, HP, RRH, HMIS",
    "esg.match_required": "whether the ESG match is passed down",
    "agency.nonprofit_501c3": "whether the agency is exempt under section 501(c)(3)",
    "agency.victim_service_provider": "whether it is a victim service provider",
    "agency.legal_services": "whether it is a legal services provider",
    "agency.faith_based": "whether it is faith-based",
    "agency.hud_approved_hca": "whether HUD approved it as a housing counseling agency",
    "agency.provides_rental_assistance": "whether it pays rental assistance",
    "agency.serves_families": "whether it serves families with children",
    "agency.risk": "LOW, MEDIUM or HIGH; not given if not rated",
    "city.state": "the state, by postal abbreviation",
    "city.population": "residents; not given if unknown",
    "city.form_approval": "whether someone approves the contract as to form",
    "data.hmis": "whether services are recorded in HMIS",
    "data.comparable_db": "whether they are recorded in a comparable database",
    "data.credit_reports_pulled": "whether the agency obtains credit reports",
    "data.tax_data_reused": "whether tax return information is reused",
    "data.publishes_open_data": "whether the city publishes contract data",
    "data.shared_outside": "whether client data goes outside the agency",
}
"""Every fact by name, and what it means."""


def facts_of(spec: Spec) -> dict[str, Fact]:
    """Return every fact of the vocabulary for one spec."""
    agency, data, monitoring = spec.agency, spec.data, spec.monitoring
    conditions = monitoring.specific_conditions if monitoring else ()
    return {
        "contract.type": spec.contract.type.value,
        "contract.effective_date": spec.contract.effective_date,
        "fund.sources": frozenset(fund.source.value for fund in spec.funding),
        "fund.is_federal": bool(spec.federal_funds),
        "award.date": min(_award_dates(spec.federal_funds), default=None),
        "fund.amount": None,
        "fund.indirect": None,
        "sub.start": spec.term.start_date,
        "sub.end": spec.term.end_date,
        "sub.amount_total": spec.total_amount,
        "sub.amount_federal": spec.total_federal,
        "rel": spec.relationship.determination.value,
        "svc": frozenset(service.value for service in spec.services.offered),
        "pay.model": spec.payment.model.value,
        "term.renewals": spec.term.renewals,
        "has.outcomes": bool(spec.outcomes),
        "has.milestones": bool(spec.milestones),
        "has.specific_conditions": any(item.removal_date is None for item in conditions),
        "has.award_terms": bool(spec.federal_terms.award_terms),
        "has.match": any(fund.match for fund in spec.funding),
        "has.monthly_report": any(report.frequency is Frequency.MONTHLY for report in spec.reports),
        "coc.city_role": spec.coc.city_role.value if spec.coc else None,
        "coc.match_required": bool(spec.coc and spec.coc.match_required),
        "esg.components": frozenset(item.value for item in spec.esg.components) if spec.esg else frozenset(),
        "esg.match_required": bool(spec.esg and spec.esg.match_required),
        "agency.nonprofit_501c3": agency.nonprofit_501c3,
        "agency.victim_service_provider": agency.victim_service_provider,
        "agency.legal_services": agency.legal_services,
        "agency.faith_based": agency.faith_based,
        "agency.hud_approved_hca": agency.hud_approved_housing_counseling,
        "agency.provides_rental_assistance": agency.provides_rental_assistance,
        "agency.serves_families": agency.serves_families,
        "agency.risk": agency.risk_rating.value if agency.risk_rating else None,
        "city.state": spec.city.state,
        "city.population": spec.city.population,
        "city.form_approval": spec.city.form_approval is not None,
        "data.hmis": data.hmis,
        "data.comparable_db": data.comparable_database,
        "data.credit_reports_pulled": data.credit_reports_pulled,
        "data.tax_data_reused": data.tax_data_reused,
        "data.publishes_open_data": data.publishes_open_data,
        "data.shared_outside": data.shared_outside,
    }


def facts_of_fund(spec: Spec, fund: Funding | None) -> dict[str, Fact]:
    """Return the facts that are one fund's own, for a clause that stands once per award or fund."""
    if fund is None:
        return {}
    return {
        "fund.sources": frozenset({fund.source.value}),
        "fund.is_federal": fund.source.is_federal,
        "fund.amount": fund.amount,
        "fund.indirect": fund.indirect.basis.value if fund.indirect else None,
        "award.date": fund.federal_award.award_date if fund.federal_award else None,
        "has.award_terms": any(item.fund == fund.id for item in spec.federal_terms.award_terms),
        "has.match": bool(fund.match),
    }


def _award_dates(funds: Iterable[Funding]) -> list[dt.date]:
    """Return the award dates that are known."""
    awards = [fund.federal_award for fund in funds if fund.federal_award]
    return [award.award_date for award in awards if award.award_date]


def _fiscal_year_start(spec: Spec) -> dt.date:
    """Return the first day of the agency's fiscal year that holds the effective date."""
    month, day = (int(part) for part in spec.agency.fiscal_year_start.split("-"))
    effective = spec.contract.effective_date
    start = effective.replace(month=month, day=1)
    if (effective.month, effective.day) < (month, day):
        start = start.replace(year=start.year - 1)
    return start.replace(day=day)


def trigger_day(spec: Spec, trigger: Trigger, fund: Funding | None = None) -> tuple[dt.date, str]:
    """Return the day a clause's versions are compared with, and in words where it came from.

    A contract that lacks the trigger's date falls back to its own effective date, and the words say so.
    For a clause that stands once per award or fund, `fund` is that award's or fund's.
    """
    effective = spec.contract.effective_date
    match trigger:
        case Trigger.AWARD_DATE:
            funds = (fund,) if fund else spec.federal_funds
            dates = _award_dates(funds)
            if not dates:
                return effective, "effective date (the contract has no federal award date)"
            return max(dates), "award date" if len(dates) == 1 else "latest award date"
        case Trigger.AUDITEE_FY_START:
            return _fiscal_year_start(spec), "start of the agency's fiscal year"
        case Trigger.SERVICE_DATE:
            return spec.service_start, "first day of service"
        case Trigger.SUBAWARD_DATE | Trigger.CALENDAR_DATE:
            return effective, "effective date"
        case Trigger.AMENDMENT_DATE if spec.contract.amendments:
            return spec.contract.amendments[-1].effective_date, "date of the latest amendment"
        case Trigger.TRANSACTION_DATE | Trigger.AMENDMENT_DATE:
            return effective, f"effective date (the contract has no {trigger.value.replace('_', ' ')} yet)"
