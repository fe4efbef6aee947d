"""A contract as a release: valid against the standard, the same for the same contract, and nothing made up."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assembly.specs import BASE, HOST, award, changed, make_spec
from tests.exchange.releases import codes, loose_ends, names_in, release, schema_problems
from tests.library.test_library import ROOT, example
from tests.strategies import amounts, plain_text

from fe_contracts.exchange.ocds_known import Known
from fe_contracts.model.spec import Spec

if TYPE_CHECKING:
    import random

EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))
RICH: dict[str, Any] = {
    "funding": [
        {"id": "b", "source": "LOCAL", "name": "General Fund", "amount": "20000.00"},
        award("a", "COC", "2026-11-01", amount="30000.00"),
        {"id": "c", "source": "FOUNDATION", "name": "Grant", "funder": "Some Fund", "amount": "10000.00"},
    ],
    "milestones": [
        {
            "id": name,
            "title": f"Step {name}",
            "track": "process",
            "due_date": f"2027-0{place}-01",
            "evidence": "Minutes",
        }
        for place, name in ((3, "M2"), (2, "M1"), (5, "M3"))
    ],
    "contract.procurement_reference": "RFP 2026/14",
}
AMENDMENTS = [
    {"number": 1, "effective_date": "2027-03-01", "reason": "More Sessions are wanted."},
    {"number": 2, "effective_date": "2027-06-01", "reason": "A second site opens."},
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_gives_a_release_that_the_standard_accepts(name: str) -> None:
    made = release(example(name)).data
    assert schema_problems(made) == []
    assert loose_ends(made) == []


def test_the_schema_is_held_against_days_and_addresses_too() -> None:
    made = release(make_spec()).data
    assert schema_problems({**made, "date": "2027-01-01"}) == ["date: '2027-01-01' is not a 'date-time'"]
    related = [{"id": "x", "uri": "no address"}]
    assert schema_problems({**made, "relatedProcesses": related}) == [
        "relatedProcesses/0/uri: 'no address' is not a 'uri'"
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(plain_text, min_size=4, max_size=4),
    amount=amounts,
    number=st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30),
    renewals=st.integers(0, 3),
)
def test_any_contract_gives_a_release_that_the_standard_accepts(
    texts: list[str], amount: Any, number: str, renewals: int
) -> None:
    spec = make_spec(
        RICH
        | {
            "contract.id": number,
            "contract.title": texts[0],
            "agency.legal_name": texts[1],
            "city.name": texts[2],
            "funding[2].funder": texts[3],
            "total_amount": str(amount),
            "term.renewals": renewals,
            "term.max_extent_date": "2030-12-31" if renewals else None,
        }
    )
    made = release(spec).data
    assert schema_problems(made) == []
    assert loose_ends(made) == []
    assert round(made["contracts"][0]["value"]["amount"] * 100) == int(amount * 100)
    assert json.loads(json.dumps(made, allow_nan=False)) == made


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_lists_changes_no_name(chance: random.Random) -> None:
    data = make_spec(RICH).model_dump(mode="json", by_alias=True)
    shuffled = {
        name: chance.sample(value, len(value)) if isinstance(value, list) else value for name, value in data.items()
    }
    again = Spec.model_validate_json(json.dumps(shuffled))
    assert names_in(release(again).data) == names_in(release(make_spec(RICH)).data)


def test_the_same_contract_gives_the_same_release() -> None:
    assert release(make_spec(RICH)).data == release(make_spec(RICH)).data


def test_parties_award_contract_items_and_term_stand_where_the_standard_wants_them() -> None:
    spec = make_spec(
        {
            "term.renewals": 2,
            "term.max_extent_date": "2029-12-31",
            "deliverables[0].unit_cost": "12.50",
            "agency.ein": "12-3456789",
        }
    )
    made = release(spec).data
    contract, decided = made["contracts"][0], made["awards"][0]
    term = {
        "startDate": "2027-01-01T00:00:00Z",
        "endDate": "2027-12-31T23:59:59Z",
        "maxExtentDate": "2029-12-31T23:59:59Z",
    }
    assert contract["period"] == decided["contractPeriod"] == term
    assert contract["value"] == decided["value"] == {"amount": 60000, "currency": "USD"}
    assert contract["awardID"] == decided["id"] == "SM-2027-001"
    assert decided["suppliers"] == [{"id": "US-EIN-12-3456789", "name": "Small Agency, Inc."}]
    assert made["buyer"]["name"] == "City of Smallton, Housing Department"
    assert contract["items"][0] == {
        "id": "D1",
        "description": "Clients counseled",
        "quantity": 40,
        "unit": {"name": "Clients", "value": {"amount": 12.5, "currency": "USD"}},
    }
    assert made["tag"] == ["contract"]
    assert made["planning"]["budget"]["project"] == "Small Steps"


def test_what_the_spec_does_not_know_is_left_out_and_said() -> None:
    made = release(make_spec())
    assert {"status", "dateSigned"} & made.data["contracts"][0].keys() == set()
    assert {"status", "date"} & made.data["awards"][0].keys() == set()
    assert "tender" not in made.data
    assert {"OCDS001", "OCDS002", "OCDS005", "OCDS010", "OCDS011", "OCDS012", "OCDS030"} == codes(made)


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-12-20", "pending"), ("2027-01-01", "active"), ("2027-12-31", "active"), ("2028-01-01", "terminated")],
)
def test_a_contract_that_was_signed_has_a_status_on_the_day_of_the_release(day: str, status: str) -> None:
    known = Known("ocds-abc123", "", dt.date.fromisoformat(day), dt.date(2026, 11, 1), dt.date(2026, 12, 1))
    made = release(make_spec(), known).data
    assert made["date"] == f"{day}T00:00:00Z"
    assert made["id"] == f"SM-2027-001-contract-{day}"
    assert made["contracts"][0]["status"] == status
    assert made["contracts"][0]["dateSigned"] == "2026-12-01T00:00:00Z"
    assert made["awards"][0]["date"] == "2026-11-01T00:00:00Z"
    assert made["awards"][0]["status"] == "active"


def test_the_procedure_behind_it_is_told_by_its_reference() -> None:
    made = release(make_spec(RICH)).data
    assert made["tender"]["title"] == "RFP 2026/14"
    assert made["tender"]["procuringEntity"] == made["buyer"]


def test_a_federal_award_is_the_parent_and_each_stands_once() -> None:
    spec = make_spec(
        {"funding": [award("x", "COC", "2026-11-01"), award("x2", "COC", "2026-11-01")]}
        | {"funding[1].federal_award.award_id_fain": "FAIN-x"}
    )
    assert release(spec).data["relatedProcesses"] == [
        {"id": "award-FAIN-x", "relationship": ["parent"], "title": "Federal award FAIN-x", "identifier": "FAIN-x"}
    ]


def test_a_subaward_says_that_it_is_told_in_a_standard_for_procurement() -> None:
    changes = RICH | {"relationship.determination": "SUBRECIPIENT"}
    assert "federal subaward" in release(make_spec(changes)).data["contracts"][0]["description"]
    assert "federal subaward" not in release(make_spec(RICH)).data["contracts"][0]["description"]


def test_a_fictional_contract_says_so_in_what_people_read() -> None:
    assert release(make_spec()).data["contracts"][0]["description"].startswith("FICTIONAL")
    real = release(make_spec({"contract.fictional": False}))
    assert "FICTIONAL" not in json.dumps(real.data)
    assert "OCDS002" not in codes(real)


def test_a_rider_names_its_host_and_says_that_it_has_an_ocid_of_its_own() -> None:
    made = release(make_spec({"contract.type": "fe_rider", "host_contract": HOST}))
    assert "A rider to contract H-1, Shelter Contract." in made.data["contracts"][0]["description"]
    assert "OCDS004" in codes(made)


def test_words_about_an_agency_that_serves_survivors_are_to_be_read_first() -> None:
    spec = make_spec(RICH | {"agency.victim_service_provider": True})
    found = next(item for item in release(spec).findings if item.code == "OCDS006")
    assert found.citation is not None
    assert found.citation.cite == "24 CFR 578.23(c)(4)(ii)"
    local = release(make_spec({"agency.victim_service_provider": True}))
    assert next(item for item in local.findings if item.code == "OCDS006").citation is None
    assert "OCDS006" not in codes(release(make_spec(RICH)))


def test_amendments_are_listed_and_the_release_is_one() -> None:
    before = release(make_spec())
    made = release(make_spec({"contract.amendments": AMENDMENTS}))
    assert made.data["tag"] == ["contractAmendment"]
    assert made.data["id"] == "SM-2027-001-amendment-2-2027-06-01"
    assert made.data["ocid"] == before.data["ocid"]
    assert made.data["contracts"][0]["id"] == before.data["contracts"][0]["id"]
    assert made.data["contracts"][0]["amendments"] == [
        {"id": "1", "date": "2027-03-01T00:00:00Z", "rationale": "More Sessions are wanted."},
        {
            "id": "2",
            "date": "2027-06-01T00:00:00Z",
            "rationale": "A second site opens.",
            "releaseID": made.data["id"],
        },
    ]
    assert schema_problems(made.data) == []


def test_an_amendment_does_not_rewrite_what_was_awarded() -> None:
    made = release(make_spec({"contract.amendments": AMENDMENTS, "total_amount": "70000.00"})).data
    assert "value" not in made["awards"][0]
    assert made["contracts"][0]["value"]["amount"] == 70000


@pytest.mark.parametrize(("number", "name"), [("SM-2027-001", "SM-2027-001-renewal-1"), ("SM-2028-001", "SM-2028-001")])
def test_a_renewal_is_another_contract_of_the_same_process(number: str, name: str) -> None:
    renewed = {"id": "SM-2027-001", "effective_date": "2027-01-01", "end_date": "2027-12-31", "renewal": 1}
    made = release(make_spec({"contract.id": number, "contract.renews": renewed}))
    assert made.data["ocid"] == release(make_spec()).data["ocid"]
    assert made.data["contracts"][0]["id"] == name
    assert "Renewal 1; it follows contract SM-2027-001." in made.data["contracts"][0]["description"]
    assert "relatedProcesses" not in made.data
    assert "OCDS003" not in codes(made)


def test_a_further_renewal_asks_for_the_first_number() -> None:
    renewed = {"id": "B", "effective_date": "2027-01-01", "end_date": "2027-12-31", "renewal": 2}
    spec = make_spec({"contract.id": "C", "contract.renews": renewed})
    assert "OCDS003" in codes(release(spec))
    told = release(spec, Known(process="A"))
    assert "OCDS003" not in codes(told)
    assert told.data["ocid"].endswith("-A")


def test_a_renewal_that_the_city_keeps_as_a_process_of_its_own_names_the_prior_one() -> None:
    renewed = {"id": "SM-2027-001", "effective_date": "2027-01-01", "end_date": "2027-12-31", "renewal": 1}
    spec = make_spec({"contract.id": "SM-2028-001", "contract.renews": renewed})
    made = release(spec, Known("ocds-abc123", process="SM-2028-001")).data
    assert made["relatedProcesses"] == [
        {"id": "renewed", "relationship": ["prior"], "scheme": "ocid", "identifier": "ocds-abc123-SM-2027-001"}
    ]
    assert schema_problems(made) == []


def test_nothing_in_a_release_names_a_person_or_where_services_are_given() -> None:
    secret = {
        "city.contract_manager.name": "Quilla Person",
        "agency.contact.name": "Bo Person",
        "agency.contact.email": "bo.person@agency.example",
        "agency.contact.address": "9 Hidden Lane",
        "services.sites": ["17 Hidden Lane"],
        "agency.signers": [{"name": "Signe Person", "title": "Director"}],
    }
    text = json.dumps(release(Spec.model_validate_json(json.dumps(changed(BASE, secret)))).data)
    assert "Person" not in text
    assert "person@" not in text
    assert "Hidden" not in text


def test_a_release_that_has_a_day_is_not_said_to_have_none() -> None:
    def said(known: Known) -> str:
        return next(item.message for item in release(make_spec(), known).findings if item.code == "OCDS011")

    assert "when it is published (--date). It is dated as of the day from which it applies." in said(Known())
    assert said(Known(released_on=dt.date(2027, 1, 9), signed_on=dt.date(2027, 1, 2))) == (
        "The release does not know when it was awarded (--awarded-on)."
    )
    day = dt.date(2027, 1, 9)
    assert "OCDS011" not in codes(release(make_spec(), Known("ocds-abc123", "", day, day, day)))
