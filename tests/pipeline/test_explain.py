from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.cli.small import SPEC

import fe_contracts
from fe_contracts import explain, load_catalog, load_spec
from fe_contracts.exceptions import ClauseNotInForceError, UnknownClauseError, UnknownVersionError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_clause_that_is_in_is_explained_with_version_day_and_reason(library: Path, spec_file: Path) -> None:
    told = explain(load_spec(spec_file), load_catalog(library), "FE-04")
    (reason,) = told.reasons
    assert (told.included, told.placed, told.contract_id) == (True, True, "SM-2027-001")
    assert (reason.version, reason.level, reason.title) == ("1.0.0", "mandatory", "Counseling")
    assert (reason.day, reason.day_from) == (dt.date(2027, 1, 1), "effective date")
    assert (reason.in_force_from, reason.in_force_until) == (dt.date(2026, 1, 1), dt.date(2027, 12, 31))


@pytest.mark.parametrize(("day", "version"), [("2027-12-31", "1.0.0"), ("2028-01-01", "2.0.0")])
def test_the_version_changes_on_the_day_its_successor_takes_effect(
    library: Path, tmp_path: Path, day: str, version: str
) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC.replace("effective_date: 2027-01-01", f"effective_date: {day}"), encoding="utf-8")
    (reason,) = explain(load_spec(path), load_catalog(library), "FE-04").reasons
    assert reason.version == version


def test_a_pin_is_named_as_the_reason_for_the_version(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC + "clauses:\n  pins: {FE-04: 2.0.0}\n", encoding="utf-8")
    (reason,) = explain(load_spec(path), load_catalog(library), "FE-04").reasons
    assert (reason.version, reason.day_from) == ("2.0.0", "pinned to 2.0.0 by the spec")


def test_an_optional_clause_that_nobody_asked_for_is_out(library: Path, spec_file: Path) -> None:
    told = explain(load_spec(spec_file), load_catalog(library), "FE-06")
    assert not told.included
    assert told.reasons[0].because[0] == "optional, and not asked for"


def test_a_clause_without_a_place_says_so(library: Path, spec_file: Path) -> None:
    told = explain(load_spec(spec_file), load_catalog(library), "FE-07")
    assert (told.placed, told.included, told.reasons) == (False, False, ())


def test_an_unknown_clause_names_its_neighbours(library: Path, spec_file: Path) -> None:
    with pytest.raises(UnknownClauseError, match=r"no clause 'FE-4'.*FE-0"):
        explain(load_spec(spec_file), load_catalog(library), "FE-4")


def test_a_clause_is_described_in_the_version_in_force_on_the_day(library: Path) -> None:
    catalog = load_catalog(library)
    early = fe_contracts.describe_clause(catalog, "FE-04", on=dt.date(2027, 12, 31), wording=True)
    late = fe_contracts.describe_clause(catalog, "FE-04", on=dt.date(2028, 1, 1))
    assert (early["version"], late["version"]) == ("1.0.0", "2.0.0")
    assert early["wording"] == "Each Session lasts {{ minutes }} minutes."
    assert "wording" not in late
    (parameter,) = early["parameters"]
    assert (parameter["name"], parameter["default"], parameter["minimum"]) == ("minutes", 45, "15")
    assert early["legal_basis"][0]["confidence"] == "V"


def test_a_version_can_be_asked_for_by_number(library: Path) -> None:
    catalog = load_catalog(library)
    told = fe_contracts.describe_clause(catalog, "FE-04", on=dt.date(2026, 6, 1), version="2.0.0")
    assert (told["version"], told["version_in_force"]) == ("2.0.0", "1.0.0")
    with pytest.raises(UnknownVersionError, match=r"no version '9\.9\.9'"):
        fe_contracts.describe_clause(catalog, "FE-04", on=dt.date(2026, 6, 1), version="9.9.9")


def test_a_clause_that_is_not_in_force_yet_says_from_when(library: Path) -> None:
    with pytest.raises(ClauseNotInForceError, match="takes effect 2026-01-01"):
        fe_contracts.describe_clause(load_catalog(library), "FE-04", on=dt.date(2025, 12, 31))


def test_the_catalog_is_described_for_a_day_with_drafts_counted(library: Path) -> None:
    told = fe_contracts.describe_catalog(load_catalog(library), dt.date(2025, 12, 31))
    assert {item["version"] for item in told["clauses"]} == {None}
    told = fe_contracts.describe_catalog(load_catalog(library), dt.date(2026, 1, 1))
    by_id = {item["clause"]: item for item in told["clauses"]}
    assert by_id["FE-04"]["version"] == "1.0.0"
    assert by_id["FE-04"]["versions"] == 2
    assert by_id["FE-07"]["drafts"] == 1
    assert "only drafts" in by_id["FE-07"]["why_none"]
