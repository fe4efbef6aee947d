"""Say who takes part: the city as buyer, the agency as supplier, and whoever gives the city the money.

No person is named. The city's contract manager stands as an office, with the official contact; of the agency there is
neither person nor address, because where some of its programs are must stay secret (24 CFR 578.23(c)(4)(ii)).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.exchange.ocds_identity import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.spec import Spec

__all__ = ["EIN", "UEI", "Parties", "parties_of"]

EIN, UEI = "US-EIN", "US-SAM"
"""The registers, as org-id.guide names them: of the Internal Revenue Service, and of SAM.gov."""


@dataclass(frozen=True, slots=True)
class Parties:
    """The organizations of one release, and how its other parts refer to the two that sign."""

    listed: tuple[dict[str, Any], ...]
    buyer: dict[str, str]
    supplier: dict[str, str]
    unidentified: tuple[str, ...]
    """The names of those for whom no register's number is known."""


def parties_of(spec: Spec, *, runs_procedure: bool, has_payments: bool) -> Parties:
    """Return who takes part in a contract; roles that nothing in the release bears out are left out."""
    city = _city(
        spec, ["buyer", *(["procuringEntity"] if runs_procedure else []), *(["payer"] if has_payments else [])]
    )
    agency = _agency(spec, ["supplier", *(["payee"] if has_payments else [])])
    listed = [city, agency]
    for name in _funders(spec):
        known = next((party for party in listed if name in {party["name"], party["identifier"]["legalName"]}), None)
        if known is not None:
            known["roles"] = [*dict.fromkeys([*known["roles"], "funder"])]
        else:
            ident = f"funder-{local_name(name.lower())}"
            listed.append({"id": ident, "name": name, "identifier": {"legalName": name}, "roles": ["funder"]})
    return Parties(
        tuple(listed),
        _reference(city),
        _reference(agency),
        tuple(party["name"] for party in listed if "id" not in party["identifier"]),
    )


def _reference(party: dict[str, Any]) -> dict[str, str]:
    return {"id": party["id"], "name": party["name"]}


def _city(spec: Spec, roles: list[str]) -> dict[str, Any]:
    """Return the city: its department in the name, its office as the contact."""
    city = spec.city
    manager = city.contract_manager
    contact = {"name": f"{manager.title or 'Contract Manager'}, {city.department}", "email": manager.email}
    if manager.phone:
        contact["telephone"] = manager.phone
    return {
        "id": f"city-{local_name(city.name.lower())}",
        "name": f"{city.name}, {city.department}",
        "identifier": {"legalName": city.name},
        "address": {"region": city.state, "countryName": "United States"},
        "contactPoint": contact,
        "roles": roles,
    }


def _agency(spec: Spec, roles: list[str]) -> dict[str, Any]:
    """Return the agency, by its tax number where that is known, else by its number in SAM.gov, else by its name."""
    agency = spec.agency
    numbers = [(scheme, given) for scheme, given in ((EIN, agency.ein), (UEI, agency.uei)) if given]
    made: dict[str, Any] = {
        "id": "-".join(numbers[0]) if numbers else f"agency-{local_name(agency.legal_name.lower())}",
        "name": agency.legal_name,
        "identifier": {
            **({"scheme": numbers[0][0], "id": numbers[0][1]} if numbers else {}),
            "legalName": agency.legal_name,
        },
        "roles": roles,
    }
    if numbers[1:]:
        made["additionalIdentifiers"] = [
            {"scheme": scheme, "id": given, "legalName": agency.sam_legal_name or agency.legal_name}
            for scheme, given in numbers[1:]
        ]
    return made


def _funders(spec: Spec) -> Iterator[str]:
    """Yield who gives the city money, each once, by name: a pass-through funder, and the federal agency behind it."""
    names = {fund.funder for fund in spec.funding}
    names |= {fund.federal_award.awarding_agency_name for fund in spec.funding if fund.federal_award}
    yield from sorted(name for name in names if name)
