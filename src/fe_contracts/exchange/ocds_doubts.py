"""Say what a release could not tell, and what must be settled before anybody publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.exchange.ocds_identity import first_number
from fe_contracts.findings import Citation, Confidence, Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.exchange.ocds_known import Known
    from fe_contracts.exchange.ocds_parties import Parties
    from fe_contracts.model.spec import Spec

__all__ = ["doubts_of"]


def doubts_of(spec: Spec, parties: Parties, known: Known) -> Iterator[Finding]:
    """Yield what stands against publishing, then what the release leaves out."""
    yield from _before_publishing(spec, known)
    yield from _not_known(spec, parties, known)
    if homeless := _without_a_place(spec):
        yield Finding(
            "OCDS030",
            Severity.INFO,
            f"The standard's core has no place for {', '.join(homeless)}: the release leaves them out.",
            remedy="Use the export to json, which holds all of the contract.",
        )


def _before_publishing(spec: Spec, known: Known) -> Iterator[Finding]:
    if not known.prefix:
        yield Finding(
            "OCDS001",
            Severity.WARNING,
            "No prefix was given: the ocid begins with 'unregistered', and may not be published.",
            Where(field="contract.id"),
            "Register a prefix with the Open Contracting Partnership, and give it as --ocid-prefix.",
        )
    if spec.contract.fictional:
        yield Finding(
            "OCDS002",
            Severity.WARNING,
            "The contract is fictional. The release says so in its description; it is no open data.",
            Where(field="contract.fictional"),
            "Do not publish it but as an example.",
        )
    number, is_sure = first_number(spec)
    if not is_sure and not known.process:
        yield Finding(
            "OCDS003",
            Severity.INFO if number == spec.contract.id else Severity.WARNING,
            "This is a further renewal, and the spec names only the contract before it, not the first one: the ocid is "
            f"made of {number}.",
            Where(field="contract.renews.id"),
            "If the first contract had another number, give that as --process: all releases then have one ocid.",
        )
    if spec.host_contract and not known.process:
        yield Finding(
            "OCDS004",
            Severity.INFO,
            f"The rider has an ocid of its own. It belongs to contract {spec.host_contract.number}, of whose release "
            "nothing is known here.",
            Where(field="host_contract.number"),
            "If the host contract is published, give the number in its ocid as --process.",
        )
    if not spec.data.publishes_open_data:
        yield Finding(
            "OCDS005",
            Severity.WARNING,
            "The spec says that the city does not publish contract data; the clause on data (DATA-04) says it too.",
            Where(field="data.publishes_open_data"),
            "Publish nothing yet; agree on it with the agency by setting it to true at the next renewal or amendment.",
        )
    if spec.agency.victim_service_provider:
        yield Finding(
            "OCDS006",
            Severity.WARNING,
            "The agency serves survivors. The release gives no address, but titles, evidence, the people served and "
            "reasons of amendments are in the spec's words.",
            Where(field="agency.victim_service_provider"),
            "Read them, so that none says where a project or a person is.",
            Citation("24 CFR 578.23(c)(4)(ii)", Confidence.VERIFIED) if spec.coc else None,
        )


def _not_known(spec: Spec, parties: Parties, known: Known) -> Iterator[Finding]:
    if parties.unidentified:
        yield Finding(
            "OCDS010",
            Severity.INFO,
            f"No official number is known for {', '.join(parties.unidentified)}: only the name is given.",
            Where(field="agency.ein") if spec.agency.legal_name in parties.unidentified else Where(field="city.name"),
            "For the agency, give ein or uei in the spec. For others, the spec has no field.",
        )
    missing = [
        told
        for told, is_given in (
            ("when it was awarded (--awarded-on)", known.awarded_on),
            ("when it was signed, and so its status (--signed-on)", known.signed_on),
            ("when it is published (--date)", known.released_on),
        )
        if not is_given
    ]
    if missing:
        dated = "" if known.released_on else " It is dated as of the day from which it applies."
        yield Finding(
            "OCDS011",
            Severity.INFO,
            f"The release does not know {', or '.join(missing)}.{dated}",
            remedy="Give the days, if you know them.",
        )
    if spec.contract.procurement_reference is None:
        yield Finding(
            "OCDS012",
            Severity.INFO,
            "The spec names no request for proposals or award decision: the release has no tender.",
            Where(field="contract.procurement_reference"),
            "Give procurement_reference, if there was one.",
        )


def _without_a_place(spec: Spec) -> list[str]:
    """Return the parts of this spec that the standard's core has no field for."""
    given = (
        ("outcomes", spec.outcomes),
        ("budget lines", spec.budget),
        ("the payment model", spec.payment),
        ("what reports hold", spec.reports),
        ("clauses and their versions", True),
        ("elements of the federal award but its number", spec.federal_funds),
        ("match and indirect costs", any(fund.match or fund.indirect for fund in spec.funding)),
        ("monitoring", spec.monitoring),
        ("program terms", spec.coc or spec.esg or spec.cdbg),
    )
    return [name for name, value in given if value]
