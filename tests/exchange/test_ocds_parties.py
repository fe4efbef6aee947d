"""Who takes part in a release, in which roles, under which numbers."""

from __future__ import annotations

from typing import Any

from tests.assembly.specs import award, make_spec

from fe_contracts.exchange.ocds_parties import parties_of


def parties(changes: dict[str, Any], *, payments: bool = False) -> list[dict[str, Any]]:
    return list(parties_of(make_spec(changes), runs_procedure=False, has_payments=payments).listed)


def test_the_agency_is_known_by_its_tax_number_and_its_number_in_sam() -> None:
    agency = parties({"agency.ein": "12-3456789", "agency.uei": "ABC123DEF456"})[1]
    assert agency["id"] == "US-EIN-12-3456789"
    assert agency["identifier"] == {"scheme": "US-EIN", "id": "12-3456789", "legalName": "Small Agency, Inc."}
    assert agency["additionalIdentifiers"] == [
        {"scheme": "US-SAM", "id": "ABC123DEF456", "legalName": "Small Agency, Inc."}
    ]


def test_without_a_tax_number_the_number_in_sam_is_the_first() -> None:
    agency = parties({"agency.uei": "ABC123DEF456"})[1]
    assert agency["identifier"]["scheme"] == "US-SAM"
    assert "additionalIdentifiers" not in agency


def test_no_register_is_made_up_where_no_number_is_known() -> None:
    made = parties_of(make_spec(), runs_procedure=False, has_payments=False)
    assert all("scheme" not in party["identifier"] for party in made.listed)
    assert made.unidentified == ("City of Smallton, Housing Department", "Small Agency, Inc.")


def test_each_funder_stands_once_and_a_city_that_is_its_own_funder_is_one_party() -> None:
    fund = {"id": "f", "source": "STATE", "name": "Fund", "amount": "1.00"}
    made = parties(
        {
            "funding": [
                award("a", "COC", "2026-11-01"),
                award("b", "COC", "2026-11-01"),
                {**fund, "funder": "City of Smallton"},
                {**fund, "id": "i", "funder": "City of Smallton, Housing Department"},
                {**fund, "id": "g", "funder": "State of Ohio"},
                {**fund, "id": "h"},
            ]
        }
    )
    assert [(party["name"], party["roles"]) for party in made] == [
        ("City of Smallton, Housing Department", ["buyer", "funder"]),
        ("Small Agency, Inc.", ["supplier"]),
        ("HUD", ["funder"]),
        ("State of Ohio", ["funder"]),
    ]


def test_who_pays_and_who_is_paid_is_told_only_of_payments_that_were_made() -> None:
    assert [party["roles"] for party in parties({})] == [["buyer"], ["supplier"]]
    assert [party["roles"] for party in parties({}, payments=True)] == [["buyer", "payer"], ["supplier", "payee"]]


def test_the_contact_is_the_office() -> None:
    city = parties({"city.contract_manager.title": "Program Manager", "city.contract_manager.phone": "(555) 010-0100"})[
        0
    ]
    assert city["contactPoint"] == {
        "name": "Program Manager, Housing Department",
        "email": "ann@smallton.example",
        "telephone": "(555) 010-0100",
    }
