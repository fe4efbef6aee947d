"""All of a contract as data: what it is made of, why, with what values, duties and days."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from tests.library.test_library import bundled, example

from fe_contracts import CheckedReport, PaymentMade, assemble, export_json, schedule_contracts
from fe_contracts.model.vocabulary import Track
from fe_contracts.pipeline.contract_data import SCHEMA, plain


@pytest.mark.parametrize("name", ["coc-rapid-rehousing", "rider"])
def test_the_clauses_are_those_of_the_assembled_contract(name: str) -> None:
    data = export_json(example(name), bundled()).data
    manifest = assemble(example(name), bundled()).contract.manifest
    pins = [(item["instance"], item["version"], item["digest"]) for item in manifest["clauses"]]  # type: ignore[attr-defined]
    assert [(item["instance"], item["version"], item["digest"]) for item in data["clauses"]] == pins
    assert data["contract_type"] == manifest["contract_type"]
    assert data["catalog"]["digest"] == bundled().digest


def test_it_names_its_form_and_the_program_that_made_it() -> None:
    data = export_json(example("pilot"), bundled()).data
    assert data["schema"] == SCHEMA == "urn:fe-contracts:contract:1"
    assert list(data) == ["schema", "engine", "catalog", "contract_type", "spec", "clauses", "schedule", "results"]


def test_a_clause_has_its_values_and_the_duties_that_it_makes_here() -> None:
    clauses = {item["instance"]: item for item in export_json(example("pilot"), bundled()).data["clauses"]}
    duties = {item["id"] for item in clauses["PERF-04"]["obligations"]}
    schedule = schedule_contracts(example("pilot"), bundled())
    dated = {item.source for item in schedule.duties if item.clause == "PERF-04"}
    assert {source.partition(".")[2] for source in dated if source.startswith("PERF-04.")} <= duties
    assert clauses["DATA-04"]["parameters"]["suppress_below"] == 11
    assert clauses["PERF-04"]["section"] == next(item.section for item in schedule.duties if item.clause == "PERF-04")


def test_a_clause_that_stands_once_for_each_fund_names_the_fund() -> None:
    clauses = export_json(example("coc-rapid-rehousing"), bundled()).data["clauses"]
    funds = {item["instance"]: item["fund"] for item in clauses if ":" in item["instance"]}
    assert funds
    assert all(instance.endswith(f":{fund}") for instance, fund in funds.items())


def test_the_dates_are_those_of_the_schedule() -> None:
    made = export_json(example("pilot"), bundled())
    told = schedule_contracts(example("pilot"), bundled()).to_dict()
    assert made.data["schedule"]["duties"] == told["duties"]
    assert made.data["schedule"]["burden"] == told["burden"]
    assert made.exit_code == 0


def test_a_condition_of_a_duty_is_written_as_in_the_library() -> None:
    clauses = export_json(example("coc-rapid-rehousing"), bundled()).data["clauses"]
    conditions = [duty["if"] for item in clauses for duty in item["obligations"]]
    assert any(isinstance(item, dict) for item in conditions)
    assert all(item == "always" or isinstance(item, dict) for item in conditions)


def test_figures_of_reports_and_payments_come_back_exactly() -> None:
    report = CheckedReport(
        "R1", "2027-Q1", dt.date(2027, 4, 9), delivered={"D1": 3}, reached={"M1": dt.date(2027, 2, 1)}
    )
    paid = PaymentMade("7", dt.date(2027, 3, 2), Decimal("18250.10"))
    assert export_json(example("pilot"), bundled(), checked=[report], payments=[paid]).data["results"] == {
        "reports": [
            {
                "report": "R1",
                "period": "2027-Q1",
                "received_on": "2027-04-09",
                "accepted": True,
                "delivered": {"D1": 3},
                "reached": {"M1": "2027-02-01"},
            }
        ],
        "payments": [{"id": "7", "paid_on": "2027-03-02", "amount": 18250.1}],
    }
    assert export_json(example("pilot"), bundled()).data["results"] == {"reports": [], "payments": []}


def test_values_become_what_json_has() -> None:
    made = plain(
        {
            1: Decimal("12.50"),
            "whole": Decimal("3.00"),
            "day": dt.date(2027, 1, 2),
            "word": Track.PROCESS,
            "rows": ({"a": None}, True),
            "other": dt.timedelta(1),
        }
    )
    assert made == {
        "1": 12.5,
        "whole": 3,
        "day": "2027-01-02",
        "word": "process",
        "rows": [{"a": None}, True],
        "other": "1 day, 0:00:00",
    }
    assert json.loads(json.dumps(made)) == made
