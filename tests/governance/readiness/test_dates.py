from __future__ import annotations

from typing import Any

import pytest
from tests.governance.initiatives import contract, day, found, judged, of_code, orderly

from fe_contracts.findings import Severity


def test_an_overdue_milestone_says_how_far_it_is() -> None:
    data = orderly()
    data["training"][0]["trained"] = 4
    (one,) = of_code(judged(data), "READY050")
    assert one.message == (
        "Ten trained was planned for 2027-03-31, 76 days ago, and is not reached. So far: 4 of 10 people, by the "
        "trainings."
    )
    assert one.where.field == "implementation[1].planned"


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("process[3].reached", {"process": 3}),
        ("implementation[2].reached", {"implementation": 2}),
        ("training[0].on", {"training": [{"on": "2028-01-01", "agency": "agency", "trained": 1}]}),
        ("engagements[0].on", {"engagements": [{"on": "2028-01-01", "kind": "survey", "took_part": ["agency"]}]}),
        ("sign_offs[0].on", {"sign_offs": [
            {"by": "agency", "what": "glossary", "version": "1.0.0", "on": "2028-01-01", "record": "Minutes"}]}),
    ],
)  # fmt: skip
def test_a_deed_dated_in_the_future_is_an_error_at_its_place(path: str, entry: dict[str, Any]) -> None:
    data = orderly()
    for field, value in entry.items():
        if isinstance(value, int):
            data[field][value]["reached"] = "2028-01-01"
        else:
            data[field] = value
    (one,) = of_code(judged(data), "READY051")
    assert (one.where.field, one.severity) == (path, Severity.ERROR)
    assert "is dated 2028-01-01, after 2027-06-15" in one.message


def test_hearings_and_positions_dated_in_the_future_are_errors_too() -> None:
    data = orderly()
    data["stakeholders"][0]["positions"][0]["on"] = "2027-06-16"
    data["stakeholders"][1]["heard"][0]["on"] = "2027-06-16"
    fields = [one.where.field for one in of_code(judged(data), "READY051")]
    assert fields == ["stakeholders[0].positions[0].on", "stakeholders[1].heard[0].on"]


def test_a_framework_before_the_first_meeting_or_the_vision_is_out_of_order() -> None:
    data = orderly()
    data["process"][1]["reached"] = "2026-08-31"
    (one,) = of_code(judged(data), "READY052")
    assert one.message == "The framework was adopted on 2026-08-31, before the first committee meeting on 2026-09-01."
    data = orderly()
    data["process"].append(
        {"id": "P9", "kind": "vision_adopted", "title": "V", "planned": "2026-11-02", "reached": "2026-11-02"}
    )
    assert "before the adoption of the vision on 2026-11-02" in of_code(judged(data), "READY052")[0].message


def test_a_report_before_any_contract_is_out_of_order() -> None:
    (one,) = of_code(judged(None, contract(effective=day("2027-05-01"))), "READY052")
    assert "First report is dated 2027-04-30, before the first contract that could owe it on 2027-05-01" in one.message


def test_all_in_order_is_not_found() -> None:
    assert found() == []
