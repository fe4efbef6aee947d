"""Write the models as JSON Schemas, so that any editor shows what a field means and which words it takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from fe_contracts.model.amendment import AmendmentForms
from fe_contracts.model.approval import Approvals
from fe_contracts.model.authority import Authorities
from fe_contracts.model.clause import ClauseIdentity, VersionFrontMatter
from fe_contracts.model.condition import OPERATORS
from fe_contracts.model.facts import VOCABULARY
from fe_contracts.model.initiative import Initiative
from fe_contracts.model.library import (
    ContractType,
    FrameworkEntries,
    FrameworkText,
    Glossary,
    Library,
    Lock,
)
from fe_contracts.model.overlay import Adjustments, Placements
from fe_contracts.model.requirement import Requirement
from fe_contracts.model.spec import Spec

if TYPE_CHECKING:
    from fe_contracts.model.base import Model

__all__ = ["SCHEMAS", "schema_file", "schema_of", "schema_text"]

SCHEMAS: dict[str, type[Model]] = {
    "spec": Spec,
    "adjustments": Adjustments,
    "amendment-forms": AmendmentForms,
    "approvals": Approvals,
    "citations": Authorities,
    "clause-identity": ClauseIdentity,
    "clause-version": VersionFrontMatter,
    "contract-type": ContractType,
    "framework-entries": FrameworkEntries,
    "framework-text": FrameworkText,
    "glossary": Glossary,
    "initiative": Initiative,
    "library": Library,
    "lock": Lock,
    "placements": Placements,
    "requirement": Requirement,
}
"""Every kind of file that people or this program write, by the name of its schema."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _WithoutTitles(GenerateJsonSchema):
    """Leave out the titles that pydantic makes of field names: the name itself says as much."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return that no field needs one."""
        del schema
        return False


def _condition_definitions() -> dict[str, Any]:
    """Return the schema of a condition, the closed list of facts, and of the tests that a fact can take."""
    value: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    values: dict[str, Any] = {"type": "array", "minItems": 1, "items": value}
    wanted: dict[str, dict[str, Any]] = {
        "given": {"type": "boolean"},
        "in": values,
        "contains_any": values,
        "contains_all": values,
    }
    tests = {
        operator: {**wanted.get(operator, value), "description": f"holds where the fact {words} this"}
        for operator, (words, _) in OPERATORS.items()
    }
    test = {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": tests}
    condition, fact_test = {"$ref": "#/$defs/Condition"}, {"$ref": "#/$defs/FactTest"}
    several: dict[str, Any] = {"type": "array", "minItems": 1, "items": condition}
    facts = {fact: {**fact_test, "description": meaning} for fact, meaning in VOCABULARY.items()}
    mapping = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "all": {**several, "description": "holds where each of these does"},
            "any": {**several, "description": "holds where one of these does"},
            "not": {**condition, "description": "holds where this does not"},
            **facts,
        },
        # facts that a clause brings itself: its parameters, and which other clauses are in the contract
        "patternProperties": {r"^(parameter|clause)\.": fact_test},
    }
    return {
        "Condition": {
            "title": "Condition",
            "description": "When something applies: facts and their values; several mean all of them.",
            "anyOf": [{"const": "always"}, mapping],
        },
        "FactTest": {
            "description": "The value that the fact has, a list of values it may have, or a test by name.",
            "anyOf": [value, values, test],
        },
    }


def _tidied(part: Any) -> Any:
    """Return the schema as people use it: conditions defined once, odd names refused, lines unwrapped."""
    if isinstance(part, list):
        return [_tidied(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("title") == "Condition":
        beside = {key: value for key, value in part.items() if key == "description"}
        return {"$ref": "#/$defs/Condition", "default": "always", **beside}
    tidied = {key: _tidied(value) for key, value in part.items()}
    if isinstance(part.get("description"), str):
        tidied["description"] = " ".join(part["description"].split())
    if "patternProperties" in part:
        tidied.setdefault("additionalProperties", False)
    return tidied


def schema_of(name: str) -> dict[str, Any]:
    """Return one JSON Schema, Draft 2020-12, as data.

    Raises:
        KeyError: if there is no schema of that name; `SCHEMAS` holds them all.
    """
    made = SCHEMAS[name].model_json_schema(by_alias=True, schema_generator=_WithoutTitles)
    schema: dict[str, Any] = _tidied(made)
    if "#/$defs/Condition" in json.dumps(schema):
        schema.setdefault("$defs", {}).update(_condition_definitions())
    return {**schema, "$schema": _DIALECT, "$id": schema_file(name), "title": name.replace("-", " ")}


def schema_file(name: str) -> str:
    """Return the name of the file that holds the schema."""
    return f"{name}.schema.json"


def schema_text(name: str) -> str:
    """Return one JSON Schema as the text of its file: the same on every machine."""
    return json.dumps(schema_of(name), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
