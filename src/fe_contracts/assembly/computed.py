"""Work out the values that parameters take `from: computed.…`: rows and lists derived from the spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fe_contracts.assembly import formatting
from fe_contracts.assembly.labels import (
    APPENDIX_II,
    AWARD_ELEMENTS,
    FREQUENCIES,
    FUND_SOURCES,
    MATCH_KINDS,
    MILESTONE_STATUSES,
    REPORT_KINDS,
    SERVICES,
    TRACKS,
)
from fe_contracts.model.vocabulary import Frequency
from fe_contracts.schedule import report_calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec
    from fe_contracts.schedule import ReportDue

__all__ = ["COMPUTED", "COMPUTED_OF_FUND", "DEFERRED"]

Row = dict[str, Any]


def _fund_names(spec: Spec) -> dict[str, str]:
    return {fund.id: fund.name for fund in spec.funding}


def _services(spec: Spec) -> list[str]:
    return [SERVICES[service] for service in spec.services.offered]


def _funding(spec: Spec) -> list[Row]:
    return [
        {
            "id": fund.id,
            "name": fund.name,
            "source": FUND_SOURCES[fund.source],
            "funder": fund.funder or spec.city.name,
            "amount": fund.amount,
            "start_date": fund.start_date or spec.term.start_date,
            "end_date": fund.end_date or spec.term.end_date,
            "assistance_listing": fund.federal_award.assistance_listing_number if fund.federal_award else None,
        }
        for fund in spec.funding
    ]


def _budget(spec: Spec) -> list[Row]:
    names = _fund_names(spec)
    return [
        {
            "id": line.id,
            "description": line.description,
            "fund": names.get(line.fund, line.fund),
            "activity": line.activity,
            "amount": line.amount,
        }
        for line in spec.budget
    ]


def _budget_by_fund(spec: Spec) -> list[Row]:
    return [
        {
            "fund": fund.name,
            "amount": sum((line.amount for line in spec.budget if line.fund == fund.id), start=0),
        }
        for fund in spec.funding
    ]


def _deliverables(spec: Spec) -> list[Row]:
    names = _fund_names(spec)
    return [
        {
            "id": item.id,
            "title": item.title,
            "unit": item.unit,
            **{f"q{place}": target for place, target in enumerate(item.quarterly_targets, start=1)},
            "annual": item.annual_target,
            "unit_cost": item.unit_cost,
            "track": TRACKS[item.track],
            "funds": "; ".join(names.get(fund, fund) for fund in item.funds),
        }
        for item in spec.deliverables
    ]


def _outcomes(spec: Spec) -> list[Row]:
    return [outcome.model_dump() for outcome in spec.outcomes]


def _milestones(spec: Spec) -> list[Row]:
    return [
        {
            "id": item.id,
            "title": item.title,
            "track": TRACKS[item.track],
            "due_date": item.due_date,
            "evidence": item.evidence,
            "status": MILESTONE_STATUSES[item.status],
        }
        for item in spec.milestones
    ]


def _rates(spec: Spec) -> list[Row]:
    return [{**rate.model_dump(), "maximum": rate.maximum} for rate in spec.payment.rates]


def _reports(spec: Spec) -> list[Row]:
    return [
        {
            "id": item.id,
            "title": item.title,
            "kind": REPORT_KINDS[item.kind],
            "frequency": FREQUENCIES[item.frequency],
            "due_days": item.due_days,
            "contents": "; ".join(item.contents),
            "recipient": item.recipient,
        }
        for item in spec.reports
    ]


def _period(due: ReportDue) -> str:
    """Return what a report covers, in words."""
    if due.frequency is Frequency.ONCE:
        return "Once"
    return f"{formatting.date(due.period.start)} to {formatting.date(due.period.end)}"


def _report_calendar(spec: Spec) -> list[Row]:
    return [
        {"report": due.title, "period": _period(due), "due_date": due.due, "recipient": due.recipient}
        for due in report_calendar(spec)
    ]


def _signers(spec: Spec) -> list[Row]:
    return [
        {"party": party, "name": signer.name, "title": signer.title, "authority": signer.authority}
        for party, signers in (
            (spec.city.name, spec.city.signers),
            (spec.agency.legal_name, spec.agency.signers),
        )
        for signer in signers
    ]


def _notices(spec: Spec) -> list[Row]:
    return [
        {
            "party": party,
            "name": contact.name,
            "title": contact.title,
            "address": contact.address,
            "email": contact.email,
            "phone": contact.phone,
        }
        for party, contact in (
            (spec.city.name, spec.city.contract_manager),
            (spec.agency.legal_name, spec.agency.contact),
        )
    ]


def _determination_reasons(spec: Spec) -> list[Row]:
    return [
        {"factor": reason.factor, "answer": reason.answer, "note": reason.note} for reason in spec.relationship.reasons
    ]


def _host_sections(spec: Spec) -> list[Row]:
    return [item.model_dump() for item in spec.host_contract.amends] if spec.host_contract else []


def _match(spec: Spec) -> list[Row]:
    return [
        {
            "fund": fund.name,
            "source": item.source,
            "kind": MATCH_KINDS[item.kind],
            "value": item.value,
            "cost": item.cost,
            "mou_date": item.mou_date,
        }
        for fund in spec.funding
        for item in fund.match
    ]


def _specific_conditions(spec: Spec) -> list[Row]:
    if spec.monitoring is None:
        return []
    return [item.model_dump() for item in spec.monitoring.specific_conditions if item.removal_date is None]


def _appendix_ii(spec: Spec) -> list[str]:
    return [APPENDIX_II[item] for item in spec.federal_terms.appendix_ii]


def _award_unavailable(_: Spec, fund: Funding) -> list[Row]:
    return [
        {
            "element": AWARD_ELEMENTS[item.element],
            "best_information": item.best_information,
            "expected_by": item.expected_by,
        }
        for item in (fund.federal_award.unavailable if fund.federal_award else ())
    ]


def _fund_budget(spec: Spec, fund: Funding) -> list[Row]:
    return [
        {"description": line.description, "activity": line.activity, "amount": line.amount}
        for line in spec.budget
        if line.fund == fund.id
    ]


def _award_terms(spec: Spec, fund: Funding) -> list[Row]:
    return [item.model_dump() for item in spec.federal_terms.award_terms if item.fund == fund.id]


COMPUTED: dict[str, Callable[[Spec], Any]] = {
    "services": _services,
    "funding": _funding,
    "budget": _budget,
    "budget_by_fund": _budget_by_fund,
    "deliverables": _deliverables,
    "outcomes": _outcomes,
    "milestones": _milestones,
    "rates": _rates,
    "reports": _reports,
    "report_calendar": _report_calendar,
    "signers": _signers,
    "notices": _notices,
    "determination_reasons": _determination_reasons,
    "host_sections": _host_sections,
    "match": _match,
    "specific_conditions": _specific_conditions,
    "appendix_ii": _appendix_ii,
}
"""What can be worked out from the spec alone, by name."""

COMPUTED_OF_FUND: dict[str, Callable[[Spec, Funding], Any]] = {
    "award_unavailable": _award_unavailable,
    "fund_budget": _fund_budget,
    "award_terms": _award_terms,
}
"""What can be worked out for the fund or award at hand, in a clause that stands once for each."""

DEFERRED = "exhibits"
"""The one value that is known only once every clause has been filled: which exhibits there are."""
