from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.assembly.specs import award, make_spec
from tests.catalog.libraries import small_catalog, version, write_library

from fe_contracts.assembly import assemble, select
from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity
from fe_contracts.renewal.pins import Pins, check_pins, pinned, pins_of_data, pins_of_manifest
from fe_contracts.sources import parse_json, parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog import Catalog

TWO_AWARDS = {
    "funding": [
        award("old", "COC", "2024-09-30", amount="30000.00"),
        award("new", "COC", "2024-10-01", amount="30000.00"),
    ],
    "relationship.determination": "SUBRECIPIENT",
}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return small_catalog(tmp_path_factory.mktemp("library"))


def record(catalog: Catalog, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the manifest of a contract."""
    contract = assemble(make_spec(changes), catalog).contract
    assert contract is not None
    return dict(contract.manifest)


def found(pins: Pins, catalog: Catalog) -> list[tuple[str, str]]:
    return [(item.code, item.where.field) for item in check_pins(pins, catalog, contract_type="subcontract")]


def test_a_manifest_pins_each_instance_the_contract_type_and_the_framework(catalog: Catalog) -> None:
    pins = pins_of_manifest(record(catalog, TWO_AWARDS), "signed.docx")
    assert (pins.clauses["FED-01:old"], pins.clauses["FED-01:new"]) == ("1.0.0", "2.0.0")
    assert (pins.contract_type, pins.framework["values"]) == ("1.0.0", "1.0.0")
    assert (pins.contract_id, pins.dated, pins.library) == ("SM-2027-001", "2027-01-01", "Small Library 0.1.0")
    assert found(pins, catalog) == []


def test_pins_of_a_contract_choose_its_versions_again(catalog: Catalog) -> None:
    pins = pins_of_manifest(record(catalog, TWO_AWARDS), "signed.docx")
    later = make_spec({**TWO_AWARDS, "services.start_date": "2028-01-01", "term.end_date": "2028-12-31"})
    assert {one.instance: one.version.number for one in select(later, catalog).included if one.version}[
        "FE-01"
    ] == "2.0.0"
    chosen = select(pinned(later, pins), catalog).included
    assert {one.instance: one.version.number for one in chosen if one.version} == dict(pins.clauses)


@pytest.mark.parametrize("wrap", [False, True])
def test_what_inspect_prints_is_a_record_too(catalog: Catalog, *, wrap: bool) -> None:
    import json

    manifest = record(catalog)
    text = json.dumps({"file": "x", "manifest": manifest} if wrap else manifest, default=str)
    assert pins_of_data(parse_json(text, "seen.json")).clauses == pins_of_manifest(manifest, "x").clauses


@pytest.mark.parametrize(
    "text",
    [
        "pins: {FE-01: 1.0.0}\ncontract_type: 1.0.0\nframework: {values: 1.0.0}\n",
        "contract: {id: X}\nclauses:\n  pins: {FE-01: 1.0.0}\n  contract_type: 1.0.0\n  framework: {values: 1.0.0}\n",
    ],
)
def test_a_pins_file_and_a_spec_that_pins_say_the_same(text: str) -> None:
    pins = pins_of_data(parse_yaml(text, "pins.yaml"))
    assert pins.to_dict() == {"pins": {"FE-01": "1.0.0"}, "contract_type": "1.0.0", "framework": {"values": "1.0.0"}}


@pytest.mark.parametrize(
    "text", ["contract: {id: X}\n", "contract: {id: X}\nclauses: {pins: {FE-1: a}}\n", "manifest_version: 1\n"]
)
def test_a_file_without_pins_is_refused(text: str) -> None:
    with pytest.raises(SourceError) as refused:
        pins_of_data(parse_yaml(text, "pins.yaml"))
    assert [problem.code for problem in refused.value.problems] == ["PIN013"]


def test_a_word_file_without_a_record_is_refused() -> None:
    with pytest.raises(SourceError, match="PIN013"):
        pins_of_manifest(None, "legacy.docx")


def test_a_pins_file_with_a_wrong_field_names_it() -> None:
    with pytest.raises(SourceError, match="pin"):
        pins_of_data(parse_yaml("pin: {FE-01: 1.0.0}\n", "pins.yaml"))


def test_unknown_clauses_versions_and_parts_are_each_an_error(catalog: Catalog) -> None:
    pins = Pins("p", {"FE-99": "1.0.0", "FE-01": "7.0.0"}, "9.0.0", {"values": "2.0.0", "songs": "1.0.0"})
    assert found(pins, catalog) == [
        ("PIN010", "FE-99"),
        ("PIN010", "FE-01"),
        ("PIN010", "contract_type"),
        ("PIN010", "framework.values"),
        ("PIN010", "framework.songs"),
    ]


def test_another_text_under_the_same_number_is_an_error(catalog: Catalog, tmp_path: Path) -> None:
    pins = pins_of_manifest(record(catalog), "signed.docx")
    other = small_catalog(tmp_path, {"clauses/FE/FE-05/1.0.0.md": version("Money is paid late.", title="Payment")})
    assert found(pins, other) == [("PIN011", "FE-05")]


class TestSelecting:
    def findings(self, catalog: Catalog, changes: dict[str, Any]) -> list[Finding]:
        return [item for item in select(make_spec(changes), catalog).findings if item.code.startswith("PIN")]

    def test_a_pin_on_what_is_in_force_is_no_finding(self, catalog: Catalog) -> None:
        assert self.findings(catalog, {"clauses.pins": {"FE-01": "1.0.0"}}) == []

    def test_a_superseded_pin_is_a_warning_that_says_by_what_and_why(self, catalog: Catalog) -> None:
        day = {"services.start_date": "2028-01-01", "term.end_date": "2028-12-31"}
        (item,) = self.findings(catalog, {**day, "clauses.pins": {"FE-01": "1.0.0"}})
        assert (item.code, item.severity, item.where.field) == ("PIN020", Severity.WARNING, "clauses.pins.FE-01")
        assert "version 2.0.0 is in force" in item.message
        assert "Sessions grew longer." in item.message

    def test_a_pin_on_an_expired_version_is_a_warning(self, tmp_path: Path) -> None:
        text = version("Money is paid.", title="Payment", expires="2026-06-30")
        catalog = small_catalog(tmp_path, {"clauses/FE/FE-05/1.0.0.md": text})
        (item,) = self.findings(catalog, {"clauses.pins": {"FE-05": "1.0.0"}})
        assert (item.code, "expired 2026-06-30" in item.message) == ("PIN020", True)

    def test_a_pin_on_a_draft_is_a_warning(self, tmp_path: Path) -> None:
        folder = write_library(tmp_path, published=True)
        (folder / "clauses/FE/FE-05/2.0.0.md").write_text(version("New.", effective="2026-06-01"), encoding="utf-8")
        (item,) = self.findings(load_catalog(folder), {"clauses.pins": {"FE-05": "2.0.0"}})
        assert (item.code, item.where.field) == ("PIN030", "clauses.pins.FE-05")

    def test_a_pin_of_one_fund_holds_for_it_alone(self, catalog: Catalog) -> None:
        selection = select(make_spec({**TWO_AWARDS, "clauses.pins": {"FED-01:old": "2.0.0"}}), catalog)
        chosen = {one.instance: one.version.number for one in selection.included if one.version}
        assert (chosen["FED-01:old"], chosen["FED-01:new"]) == ("2.0.0", "2.0.0")
        assert [(item.code, item.where.field) for item in selection.findings] == [("PIN020", "clauses.pins.FED-01:old")]

    def test_a_pin_of_a_fund_that_is_not_there_has_no_effect_and_says_so(self, catalog: Catalog) -> None:
        selection = select(make_spec({**TWO_AWARDS, "clauses.pins": {"FED-01:gone": "2.0.0"}}), catalog)
        assert [(item.code, item.where.field) for item in selection.findings] == [
            ("SELECT060", "clauses.pins.FED-01:gone")
        ]

    def test_a_pinned_contract_type_is_used_whatever_the_day(self, tmp_path: Path) -> None:
        from tests.catalog.libraries import FILES

        one = FILES["contract_types/subcontract/1.0.0.yaml"]
        two = one.replace("2026-01-01", "2026-06-01").replace("First version.", "No fund clause.")
        two = two.replace(", {clause: FE-04}", "")
        catalog = small_catalog(tmp_path, {"contract_types/subcontract/2.0.0.yaml": two})
        assert select(make_spec(), catalog).contract_type.number == "2.0.0"
        assert select(make_spec({"clauses.contract_type": "1.0.0"}), catalog).contract_type.number == "1.0.0"
