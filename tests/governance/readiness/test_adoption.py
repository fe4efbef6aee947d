from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.governance.initiatives import contract, day, found, initiative, judged, of_code, orderly

from fe_contracts.findings import Severity
from fe_contracts.governance.readiness.contracts import TrainingPromise, agencies_among, same_name


def test_fewer_trained_than_promised_by_the_last_quarter_that_is_over() -> None:
    data = orderly()
    data["training"][0]["trained"] = 9
    (one,) = of_code(judged(data), "READY030")
    assert one.message == (
        "Small Agency, Inc. has trained 9 of the 10 people that C-1 promises by now (D2 Staff trained)."
    )
    assert "a training for 1 more" in one.remedy
    data["training"][0]["trained"] = 10
    assert not of_code(judged(data), "READY030")
    assert of_code(judged(data, as_of=day("2027-06-30")), "READY030")  # sixteen by then


def test_people_trained_before_the_contract_do_not_count_for_its_number() -> None:
    data = orderly()
    data["training"][0]["on"] = "2026-12-31"
    (one,) = of_code(judged(data), "READY030")
    assert "has trained 0 of the 10 people" in one.message
    assert "16 people trained before it took effect do not count." in one.message


def test_the_share_is_judged_on_its_day_and_not_before() -> None:
    data = orderly()
    data["training"][0]["trained"] = 15
    before, after = day("2027-12-30"), day("2027-12-31")
    assert not of_code(judged(data, as_of=before), "READY031")
    (one,) = of_code(judged(data, as_of=after), "READY031")
    assert "has trained 15 of its 20 front-line staff (75%); C-1 promises 80% by 2027-12-31 (FE-12)" in one.message
    data["training"][0]["trained"] = 16
    assert not of_code(judged(data, as_of=after), "READY031")


def test_a_share_of_an_unknown_number_cannot_be_told() -> None:
    data = orderly()
    del data["stakeholders"][0]["front_line_staff"]
    (one,) = of_code(judged(data), "READY032")
    assert one.severity is Severity.INFO
    assert "the file does not say how many there are" in one.message


def test_a_word_file_does_not_tell_numbers() -> None:
    (one,) = of_code(judged(None, contract(promise=None)), "READY032")
    assert "read from a Word file" in one.message


def test_an_agency_with_a_contract_that_was_never_asked() -> None:
    ready = judged(None, contract(), contract("C-2", agency="Stranger House", file="other.yaml"))
    (one,) = of_code(ready, "READY040")
    assert "Stranger House has the contract C-2 and is not among the stakeholders" in one.message
    assert one.where.file == "other.yaml"


def test_an_agency_that_delivers_without_a_contract() -> None:
    data = orderly()
    data["stakeholders"][1]["standing"] = ["delivers"]
    (one,) = of_code(judged(data), "READY041")
    assert one.severity is Severity.WARNING
    step = {"id": "I9", "kind": "clauses_embedded", "title": "Soon", "planned": "2027-07-01", "agency": "people"}
    data["implementation"].append(step)
    (one,) = of_code(judged(data), "READY041")
    assert one.severity is Severity.INFO
    assert one.message.endswith("One is planned by 2027-07-01.")


def test_an_agency_called_like_the_id_of_another_stakeholder_is_not_that_one() -> None:
    ready = judged(None, contract(), contract("C-2", agency="people"), contract("C-3", agency="People, Inc."))
    assert [(one.name, one.stakeholder, len(one.contracts)) for one in ready.agencies] == [
        ("Small Agency, Inc.", "agency", 1),
        ("people", "", 2),
    ]


def test_after_a_renewal_the_share_is_that_of_the_new_contract() -> None:
    renewed = TrainingPromise(share=Decimal(90), by=day("2028-12-31"))
    (agency,) = judged(None, contract(), contract("C-2", effective=day("2027-06-01"), promise=renewed)).agencies
    assert (agency.share, agency.share_by) == (Decimal(90), day("2028-12-31"))
    assert agency.owed == 10


@pytest.mark.parametrize(("field", "name"), [("initiative", "Great Leaps"), ("city", "City of Bigton")])
def test_a_contract_of_another_initiative_or_city(field: str, name: str) -> None:
    (one,) = of_code(judged(None, replace(contract(), **{field: name})), "READY042")  # type: ignore[arg-type]
    assert f"C-1 names the {field} {name!r}" in one.message
    assert not of_code(judged(None, contract(initiative="SMALL STEPS", city="city of smallton")), "READY042")


def test_a_contract_without_the_clauses() -> None:
    assert "(READY043)" in found(None, contract(), contract("C-2", clauses={}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Small Agency, Inc.", "SMALL AGENCY", True),
        ("Café & Home", "Cafe and Home, LLC", True),
        ("Small Agency", "Small Agencies", False),
        ("Inc", "LLC", False),
        ("", "", False),
    ],
)
def test_names_of_one_organization(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert same_name(one, other) is same


@given(st.text(max_size=30), st.text(max_size=30))
def test_being_one_organization_goes_both_ways(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)


def test_a_promise_is_owed_from_the_last_day_of_its_quarter() -> None:
    promise = TrainingPromise("D1", ((day("2027-03-31"), 10), (day("2027-06-30"), 10), (day("2027-09-30"), 30)))
    assert [promise.owed_on(day(text)) for text in ("2027-03-30", "2027-03-31", "2027-09-30")] == [0, 10, 30]
    assert (promise.in_all, TrainingPromise().in_all) == (30, 0)


def test_agencies_are_plain_data() -> None:
    (agency,) = judged().agencies
    assert agency.to_dict() == {
        "name": "Small Agency, Inc.",
        "stakeholder": "agency",
        "contracts": ["C-1"],
        "contracts_to_come": [],
        "trained": 16,
        "trained_before_the_contract": 0,
        "owed_by_now": 10,
        "promised_in_all": 16,
        "share_promised_percent": "80",
        "share_by": "2027-12-31",
        "share_reached_percent": "80",
        "front_line_staff": 20,
    }
    assert agency.share == Decimal(80)


def test_a_contract_belongs_to_the_first_stakeholder_that_bears_one_of_its_names() -> None:
    data = orderly()
    data["stakeholders"][1]["also_known_as"] = ["Guests", "small agency"]
    known = initiative(data).stakeholders
    contracts = [contract(), contract("C-2", agency="The Guests"), contract("C-3", agency="X", other_names=("Guests",))]
    among = agencies_among(known, [*contracts, contract("C-4", agency="Nobody")])
    assert {key: item.id for key, item in among.items()} == {
        ("C-1", "Small Agency Inc"): "agency",
        ("C-2", "The Guests"): "people",
        ("C-3", "X"): "people",
    }
