"""From a spec to a file that others read: a release, a package, or the whole contract."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.assembly.specs import make_spec
from tests.exchange.releases import loose_ends, schema_problems
from tests.library.test_library import bundled, example

from fe_contracts import CheckedReport, PaymentMade, export_json, export_ocds, export_ocds_package, load_spec
from fe_contracts.exceptions import OutputError, RefusedError, SourceError

ROOT = Path(__file__).resolve().parents[2]
AMENDED = ROOT / "examples" / "aurora" / "amended.yaml"
BASE = ROOT / "examples" / "aurora" / "base.yaml"
URI = "https://data.example.gov/fe.json"


def test_a_release_is_read_from_a_file_and_findings_name_its_lines() -> None:
    made = export_ocds(ROOT / "examples" / "pilot.yaml", bundled())
    found = {item.code: item for item in made.findings}
    line = found["OCDS002"].where.line
    assert "fictional: true" in (ROOT / "examples" / "pilot.yaml").read_text("utf-8").splitlines()[line - 1]
    assert made.exit_code == 1
    assert schema_problems(made.data) == []


def test_a_contract_that_is_published_rightly_has_nothing_against_it() -> None:
    spec = make_spec({"contract.fictional": False, "data.publishes_open_data": True})
    made = export_ocds(spec, bundled(), ocid_prefix="ocds-abc123")
    assert made.exit_code == 0
    assert {item.severity.value for item in made.findings} == {"info"}


def test_the_bundled_library_is_used_if_no_other_is_given() -> None:
    assert export_ocds(make_spec()).data == export_ocds(make_spec(), bundled()).data


@pytest.mark.parametrize("prefix", ["abc123", "ocds-ABC123", "ocds-abc12", "ocds-abc123-", "ocds-abc1234"])
def test_a_prefix_that_nobody_was_given_is_refused(prefix: str) -> None:
    with pytest.raises(RefusedError, match="no ocid prefix"):
        export_ocds(make_spec(), bundled(), ocid_prefix=prefix)


def test_small_counts_are_those_of_the_contracts_own_clause() -> None:
    report = CheckedReport("R1", "2027-Q1", dt.date(2027, 4, 12), delivered={"D1": 12})

    def told(changes: dict[str, Any]) -> str:
        return str(export_ocds(make_spec(changes), bundled(), checked=[report]).data)

    assert "D1 12 Clients" in told({})
    assert "D1 12 Clients" not in told({"clauses.parameters": {"DATA-04": {"suppress_below": 13}}})
    assert "D1 12 Clients" not in told({"clauses.exclude": [{"clause": "DATA-04", "reason": "Agreed elsewhere"}]})


def test_reports_and_payments_make_a_release_about_progress() -> None:
    made = export_ocds(
        example("san-antonio"),
        bundled(),
        date=dt.date(2027, 5, 3),
        checked=[CheckedReport("R1", "2027-Q1", dt.date(2027, 4, 28), delivered={"D3": 221})],
        payments=[PaymentMade("7", dt.date(2027, 3, 2), make_spec().total_amount)],
    ).data
    assert made["tag"] == ["implementation"]
    assert made["date"] == "2027-05-03T00:00:00Z"
    assert schema_problems(made) == []
    assert loose_ends(made) == []


def test_a_contract_whose_dates_cannot_be_computed_is_refused() -> None:
    early = {"contract.effective_date": "2020-01-01", "term.start_date": "2020-01-01", "term.end_date": "2020-12-31"}
    with pytest.raises(RefusedError, match="SCHED010"):
        export_ocds(make_spec(early), bundled())


def test_a_package_holds_a_contract_as_it_was_made_and_as_it_was_amended() -> None:
    made = export_ocds_package([BASE, AMENDED], bundled(), uri=URI, ocid_prefix="ocds-abc123")
    first, second = made.data["releases"]
    assert first["ocid"] == second["ocid"]
    assert second["tag"] == ["contractAmendment"]
    assert second["contracts"][0]["amendments"][-1]["amendsReleaseID"] == first["id"]
    assert made.data["publishedDate"] == second["date"]
    assert made.data["publisher"] == {"name": load_spec(BASE).city.name}
    for item in (first, second):
        assert schema_problems(item) == []
        assert loose_ends(item) == []


def test_the_publisher_and_the_day_may_be_given() -> None:
    made = export_ocds_package(
        [make_spec()], bundled(), uri=URI, ocid_prefix="ocds-abc123", publisher="A Region", date=dt.date(2027, 8, 1)
    )
    assert made.data["publisher"] == {"name": "A Region"}
    assert made.data["publishedDate"] == "2027-08-01T00:00:00Z"


def test_a_package_of_nothing_is_refused() -> None:
    with pytest.raises(RefusedError, match="OCDS044"):
        export_ocds_package([], bundled(), uri=URI, ocid_prefix="ocds-abc123")


def test_a_file_is_written_once_and_the_same_each_time(tmp_path: Path) -> None:
    made = export_ocds(make_spec(), bundled())
    out = made.save(tmp_path / "release.json")
    assert json.loads(out.read_text("utf-8")) == made.data
    with pytest.raises(OutputError, match="exists"):
        made.save(out)
    export_ocds(make_spec(), bundled()).save(tmp_path / "again.json")
    assert out.read_bytes() == (tmp_path / "again.json").read_bytes()


def test_a_file_that_is_no_spec_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.yaml"):
        export_json(tmp_path / "none.yaml", bundled())


@pytest.mark.parametrize("name", ["coc-rapid-rehousing", "esg-prevention", "pilot", "rider", "san-antonio"])
def test_the_spec_in_the_json_is_the_spec_again(name: str, tmp_path: Path) -> None:
    spec = example(name)
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(export_json(spec, bundled()).data["spec"]), "utf-8")
    assert load_spec(path).model_dump() == spec.model_dump()


def test_a_spec_with_odd_values_comes_back_whole(tmp_path: Path) -> None:
    spec = make_spec(
        {
            "total_amount": "999999999999.99",
            "contract.title": 'Quotes " \\ and ünïcödé 𝔘',
            "clauses.parameters": {"FE-04": {"session_minutes": 45}},
            "city.closed_days": [{"date": "2028-02-29", "name": "Leap Day"}],
        }
    )
    path = tmp_path / "spec.yaml"
    path.write_text(yaml.safe_dump(export_json(spec, bundled()).data["spec"], allow_unicode=True), "utf-8")
    assert load_spec(path).model_dump() == spec.model_dump()
