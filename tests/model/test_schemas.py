"""The JSON Schemas on disk are those of the models, and the files that name them fit them."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fe_contracts.model.facts import VOCABULARY
from fe_contracts.model.schemas import SCHEMAS, schema_file, schema_of, schema_text
from fe_contracts.sources import parse_yaml

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)


def files_with_a_schema() -> list[Path]:
    places = [
        *ROOT.glob("examples/**/*.yaml"),
        *ROOT.glob("clause_library/**/*.yaml"),
        *ROOT.glob("clause_library/**/*.md"),
    ]
    return sorted(file for file in places if NAMED.search(file.read_text(encoding="utf-8")))


def plain(data: Any) -> Any:
    """Return the data as an editor's validator sees it: decimals are numbers."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return float(data) if isinstance(data, Decimal) else data


def front_matter(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    return text.split("---\n", 2)[1] if file.suffix == ".md" else text


def errors_of(name: str, data: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema_of(name), format_checker=jsonschema.FormatChecker())
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_on_disk_is_that_of_the_model(name: str) -> None:
    on_disk = ROOT / "schemas" / schema_file(name)
    assert on_disk.exists(), "Run: fe-contracts schema export schemas/"
    assert on_disk.read_text(encoding="utf-8") == schema_text(name), "Run: fe-contracts schema export schemas/"


def test_no_schema_is_left_over() -> None:
    assert {file.name for file in (ROOT / "schemas").glob("*.schema.json")} == {schema_file(name) for name in SCHEMAS}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_of_the_dialect_it_names(name: str) -> None:
    schema = schema_of(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"{name}.schema.json"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_explained(name: str) -> None:
    schema = schema_of(name)
    groups = {name: schema, **schema.get("$defs", {})}
    silent = [
        f"{group}.{field}"
        for group, part in groups.items()
        for field, described in part.get("properties", {}).items()
        # a field that means just what its kind means has the kind's description
        if not (described.get("description") or groups[described["$ref"].rsplit("/")[-1]].get("description"))
    ]
    assert silent == []


@pytest.mark.parametrize("file", files_with_a_schema(), ids=lambda file: str(file.relative_to(ROOT)))
def test_each_file_names_a_schema_that_is_there_and_fits_it(file: Path) -> None:
    found = NAMED.search(file.read_text(encoding="utf-8"))
    assert found is not None
    schema = (file.parent / found[1]).resolve()
    assert schema.parent == ROOT / "schemas"
    assert schema.is_file()
    if file.parent.name == "broken":
        return
    data = plain(parse_yaml(front_matter(file), str(file)).data)
    assert errors_of(schema.name.removesuffix(".schema.json"), data) == []


def test_an_editor_takes_money_as_number_or_text_and_dates_as_text() -> None:
    spec = plain(parse_yaml((ROOT / "examples" / "pilot.yaml").read_text(encoding="utf-8"), "pilot").data)
    for amount in (260000, 260000.5, "260000.50"):
        assert errors_of("spec", {**spec, "total_amount": amount}) == []
    assert errors_of("spec", {**spec, "total_amount": -1}) != []
    assert errors_of("spec", {**spec, "total_amount": True}) != []
    assert errors_of("spec", {**spec, "term": {**spec["term"], "end_date": "soon"}}) != []
    assert errors_of("spec", {**spec, "totl_amount": 1}) != []
    assert errors_of("spec", {**spec, "clauses": {"pins": {"fe-4": "1.0.0"}}}) != []


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ("always", True),
        ("never", False),
        ({"svc": {"contains": "COUNSEL"}, "contract.type": "subcontract"}, True),
        ({"any": [{"fund.is_federal": True}, {"not": {"city.state": ["WA", "OR"]}}]}, True),
        ({"sub.amount_total": {"more_than": 100000}}, True),
        ({"parameter.tool": {"given": True}, "clause.FE-05": True}, True),
        ({"srv": "COUNSEL"}, False),
        ({"svc": {"has": "COUNSEL"}}, False),
        ({"svc": {"contains_any": []}}, False),
        ({"all": {"svc": "COUNSEL"}}, False),
    ],
)
def test_conditions_are_known_to_the_schema(
    condition: object,
    fits: bool,  # noqa: FBT001
) -> None:
    identity: dict[str, Any] = {
        "title": "T",
        "effective": "2026-01-01",
        "reason": "R",
        "summary": "S",
        "policy_basis": "P",
        "applies": {"level": "mandatory", "when": condition},
    }
    assert (errors_of("clause-version", identity) == []) is fits


def test_every_fact_is_offered_with_its_meaning() -> None:
    condition = json.loads(schema_text("clause-version"))["$defs"]["Condition"]
    offered = condition["anyOf"][1]["properties"]
    assert {fact: offered[fact]["description"] for fact in VOCABULARY} == VOCABULARY
