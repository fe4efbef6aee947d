"""What the front matter of a clause version and a clause's identity take and refuse."""

from __future__ import annotations

from typing import Any

import pytest

from fe_contracts.model.clause import Applies, ClauseIdentity, ParameterDefinition, VersionFrontMatter
from fe_contracts.model.condition import ALWAYS
from fe_contracts.sources import Loaded, problems_of, try_checked

IDENTITY: dict[str, Any] = {
    "id": "FE-04", "family": "FE", "scope": "contract", "trigger": "service_date", "protection": "guarded",
}  # fmt: skip
VERSION: dict[str, Any] = {
    "title": "T", "effective": "2026-01-01", "reason": "R", "summary": "S", "policy_basis": "P",
    "applies": {"level": "mandatory"},
}  # fmt: skip


def said(data: dict[str, Any], model: type[ClauseIdentity | VersionFrontMatter | ParameterDefinition]) -> list[str]:
    return [problem.message for problem in problems_of(Loaded("clause.yaml", data, {}, ""), model)]


def test_what_is_well_written_is_taken() -> None:
    assert said(IDENTITY, ClauseIdentity) == []
    assert said(VERSION, VersionFrontMatter) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"family": "PERF"}, "family PERF is not the beginning of the id FE-04"),
        ({"trigger": "sub_award_date"}, "Did you mean 'subaward_date'?"),
        ({"scope": "fnd"}, "Did you mean 'fund'?"),
        ({"version": "1.0.0"}, "'version' is not a field of this file."),
    ],
)
def test_an_identity_is_refused(change: dict[str, Any], message: str) -> None:
    (problem,) = said({**IDENTITY, **change}, ClauseIdentity)
    assert message in problem


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"policy_basis": None}, "give legal_basis (sections) or policy_basis"),
        ({"expires": "2025-12-31"}, "expires 2025-12-31 lies before effective 2026-01-01"),
        ({"applies": {"level": "mandatory", "when": {"svc": {"contain": "X"}}}}, "did you mean 'contains'"),
        ({"applies": {"level": "maybe"}}, "is not one of the choices"),
        ({"parameters": {"Session": {"type": "int", "help": "h"}}}, "does not have the form of a name"),
    ],
)
def test_a_version_is_refused(change: dict[str, Any], message: str) -> None:
    (problem,) = said({**VERSION, **change}, VersionFrontMatter)
    assert message in problem


def test_an_entry_that_retires_a_clause_needs_no_basis() -> None:
    assert said({**VERSION, "policy_basis": None, "retires": True}, VersionFrontMatter) == []


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ({"type": "enum"}, "enum needs choices"),
        ({"type": "list"}, "list needs items"),
        ({"type": "table"}, "table needs columns"),
        ({"type": "int", "locked": True}, "locked needs a default"),
        ({"type": "int", "from": "term.renewals", "default": 1}, "a value taken `from` a field has no default"),
    ],
)
def test_a_parameter_that_does_not_fit_its_type_is_refused(definition: dict[str, Any], message: str) -> None:
    (problem,) = said({"help": "H", **definition}, ParameterDefinition)
    assert message in problem.lower()


def test_a_parameter_without_default_must_be_given_unless_it_is_optional() -> None:
    cases: list[tuple[dict[str, Any], bool]] = [({}, True), ({"default": 1}, False), ({"optional": True}, False)]
    for definition, required in cases:
        data = {"type": "int", "help": "H", **definition}
        made, _ = try_checked(Loaded("p", data, {}, ""), ParameterDefinition)
        assert made is not None
        assert made.required is required


def test_a_condition_left_out_is_always() -> None:
    made, _ = try_checked(Loaded("a", {"level": "optional"}, {}, ""), Applies)
    assert made is not None
    assert made.when is ALWAYS
    assert made.model_dump(mode="json")["when"] == "always"
