"""Tell a contract as a release of the Open Contracting Data Standard 1.1.

The standard is about what governments buy. A subaward is assistance and no purchase, so this is an adaptation: the
city stands as buyer and the agency as supplier. `docs/reference/open-contracting.md` says where each field of a spec
went, and what has no place there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.exchange.ocds_doubts import doubts_of
from fe_contracts.exchange.ocds_identity import (
    contract_name,
    end_of,
    local_name,
    money,
    number,
    ocid_of,
    start_of,
    value_of,
)
from fe_contracts.exchange.ocds_known import Known
from fe_contracts.exchange.ocds_parties import parties_of
from fe_contracts.exchange.ocds_results import Results, milestones_of, transactions_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from fe_contracts.exchange.ocds_parties import Parties
    from fe_contracts.findings import Finding
    from fe_contracts.model.performance import Deliverable
    from fe_contracts.model.spec import Spec
    from fe_contracts.schedule.duties import DatedDuty

__all__ = ["Release", "release_of"]


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its data, and what could not be told in it."""

    data: dict[str, Any]
    contract: str
    """The name of the contract in it."""
    amendment: int
    """Which amendment it shows; 0 for the contract as it was made."""
    is_progress: bool
    """Whether it tells how the contract goes, and not what was agreed."""
    findings: tuple[Finding, ...]


def release_of(
    spec: Spec, duties: Sequence[DatedDuty], known: Known | None = None, results: Results | None = None
) -> Release:
    """Return the release that tells a contract in its present state: as made, as amended, or with what came of it.

    `duties` are the contract's dated duties. The same input gives the same release: no clock is read.
    """
    known, results = known or Known(), results or Results()
    found: list[Finding] = []
    parties = parties_of(
        spec, runs_procedure=spec.contract.procurement_reference is not None, has_payments=bool(results.payments)
    )
    state, day = _state_of(spec, known, results)
    name, ocid = contract_name(spec), ocid_of(spec, known.prefix, known.process)
    ident = f"{name}-{state}-{day.isoformat()}"
    tag = {"contract": "contract", "implementation": "implementation"}.get(state, "contractAmendment")
    milestones = milestones_of(spec, duties, results, found)
    made: dict[str, Any] = {
        "ocid": ocid,
        "id": ident,
        "date": start_of(day),
        "language": "en",
        "tag": [tag],
        "initiationType": "tender",
        "parties": list(parties.listed),
        "buyer": parties.buyer,
        "planning": {"budget": _budget(spec)},
        "tender": _tender(spec, parties),
        "awards": [_award(spec, name, parties, known)],
        "contracts": [_contract(spec, name, day, known, ident if tag == "contractAmendment" else "")],
        "relatedProcesses": _related(spec, ocid, known),
    }
    progress = {"milestones": milestones, "transactions": transactions_of(parties, results.payments)}
    made["contracts"][0]["implementation"] = _without_nothing(progress)
    found += doubts_of(spec, parties, known)
    amendments = spec.contract.amendments
    number_ = amendments[-1].number if amendments else 0
    return Release(_without_nothing(made), name, number_, tag == "implementation", tuple(found))


def _without_nothing(made: dict[str, Any]) -> dict[str, Any]:
    """Return the object without members that are empty: the standard asks for none of them."""
    return {name: value for name, value in made.items() if value not in ({}, [], None)}


def _state_of(spec: Spec, known: Known, results: Results) -> tuple[str, dt.date]:
    """Return what the release shows, and the day it is of: the one given, or that from which this state applies."""
    amendments = spec.contract.amendments
    state, day = "contract", spec.contract.effective_date
    if amendments:
        state, day = f"amendment-{amendments[-1].number}", amendments[-1].effective_date
    last = results.last_day
    if last is not None:
        state, day = "implementation", max(day, last)
    return state, known.released_on or day


def _budget(spec: Spec) -> dict[str, Any]:
    """Return the money as the standard's core has it: one amount; the funds can only be told in words."""
    funds = "; ".join(f"{fund.name} ({fund.source.value}): {money(fund.amount)}" for fund in spec.funding)
    return {"description": funds, "amount": value_of(spec.total_amount), "project": spec.contract.initiative}


def _tender(spec: Spec, parties: Parties) -> dict[str, Any]:
    """Return the procedure behind the contract, of which a spec knows only the reference."""
    reference = spec.contract.procurement_reference
    if reference is None:
        return {}
    return {
        "id": local_name(reference),
        "title": reference,
        "procuringEntity": parties.buyer,
        "mainProcurementCategory": "services",
    }


def _award(spec: Spec, name: str, parties: Parties, known: Known) -> dict[str, Any]:
    """Return the award; what it was worth is told once, in the contract's first release, and amendments leave it."""
    made: dict[str, Any] = {"id": name, "title": spec.contract.title, "suppliers": [parties.supplier]}
    if known.awarded_on or known.signed_on:
        made["status"] = "active"
    if known.awarded_on:
        made["date"] = start_of(known.awarded_on)
    if not spec.contract.amendments:
        made |= {"value": value_of(spec.total_amount), "contractPeriod": _period(spec)}
    return made


def _period(spec: Spec) -> dict[str, Any]:
    term = spec.term
    made = {"startDate": start_of(term.start_date), "endDate": end_of(term.end_date)}
    return made | ({"maxExtentDate": end_of(term.max_extent_date)} if term.max_extent_date else {})


def _contract(spec: Spec, name: str, day: dt.date, known: Known, amended_by: str) -> dict[str, Any]:
    """Return the contract: its term, its money, what it buys, and how it was amended."""
    made: dict[str, Any] = {
        "id": name,
        "awardID": name,
        "title": spec.contract.title,
        "description": _described(spec),
        "period": _period(spec),
        "value": value_of(spec.total_amount),
        "items": [_item(deliverable) for deliverable in spec.deliverables],
        "amendments": _amendments(spec, amended_by),
    }
    if known.signed_on:
        made |= {"status": _status(spec, day), "dateSigned": start_of(known.signed_on)}
    return _without_nothing(made)


def _status(spec: Spec, day: dt.date) -> str:
    """Return where a signed contract stands on the day of the release."""
    if day < spec.contract.effective_date:
        return "pending"
    return "terminated" if day > spec.term.end_date else "active"


def _described(spec: Spec) -> str:
    """Return what the contract is, in words: that it is made up, what it belongs to, and that it may be a subaward."""
    identity = spec.contract
    parts = ["FICTIONAL: parties and figures are made up."] if identity.fictional else []
    parts.append(f"Contract {identity.id} of {identity.initiative}, for {spec.services.population}.")
    if identity.renews:
        parts.append(f"Renewal {identity.renews.renewal}; it follows contract {identity.renews.id}.")
    if spec.host_contract:
        host = spec.host_contract
        parts.append(f"A rider to contract {host.number}, {host.title}.")
    if spec.federal_funds and spec.relationship.determination.value == "SUBRECIPIENT":
        parts.append("A federal subaward (2 CFR 200.1), told in a standard for procurement.")
    return " ".join(parts)


def _item(deliverable: Deliverable) -> dict[str, Any]:
    """Return a deliverable as an item: how many of what, and the price of one where there is one."""
    unit: dict[str, Any] = {"name": deliverable.unit}
    if deliverable.unit_cost is not None:
        unit["value"] = value_of(deliverable.unit_cost)
    return {
        "id": deliverable.id,
        "description": deliverable.title,
        "quantity": number(deliverable.annual_target),
        "unit": unit,
    }


def _amendments(spec: Spec, amended_by: str) -> list[dict[str, Any]]:
    """Return the amendments so far; the last one names this release as the one that shows it."""
    made = [
        {"id": str(item.number), "date": start_of(item.effective_date), "rationale": item.reason}
        for item in spec.contract.amendments
    ]
    if made and amended_by:
        made[-1]["releaseID"] = amended_by
    return made


def _related(spec: Spec, ocid: str, known: Known) -> list[dict[str, Any]]:
    """Return the federal awards that the money comes from, and the process that a renewal of its own follows."""
    awards = {fund.federal_award.award_id_fain for fund in spec.funding if fund.federal_award}
    made: list[dict[str, Any]] = [
        {
            "id": f"award-{local_name(fain)}",
            "relationship": ["parent"],
            "title": f"Federal award {fain}",
            "identifier": fain,
        }
        for fain in sorted(fain for fain in awards if fain)
    ]
    before = ocid_of(spec, known.prefix, "")
    if spec.contract.renews and ocid != before:
        made.append({"id": "renewed", "relationship": ["prior"], "scheme": "ocid", "identifier": before})
    return made
