"""The matrices of eligible costs are whole, and the rules beside them speak of the same kinds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.compliance import casebook

from fe_contracts.model.vocabulary import CostKind

if TYPE_CHECKING:
    from fe_contracts.model.requirement import DatedValue, Requirement

PROGRAMS = ("COC", "ESG", "CDBG")
KINDS = {kind.value for kind in CostKind}
SOURCED_ELSEWHERE = {CostKind.PROFIT_OR_FEE.value}
"""Barred by 2 CFR part 200 for all federal money, and found by a rule of its own."""


def requirement(code: str) -> Requirement:
    return casebook.requirements()[code].requirement


def answers(program: str) -> dict[str, DatedValue]:
    """Return what the program's matrix answers today for each kind of cost."""
    return {kind: parameter.values[-1] for kind, parameter in requirement(f"{program}010").parameters.items()}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_matrix_answers_for_every_kind_of_cost(program: str) -> None:
    found = answers(program)
    assert found.keys() == KINDS
    assert {entry.value for entry in found.values()} == {"yes", "no", "limited"}


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_answer_has_its_source_and_its_reason(program: str) -> None:
    assert [kind for kind, entry in answers(program).items() if not entry.note or " CFR " not in entry.cite] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_condition_is_said_where_a_cost_is_limited(program: str) -> None:
    limited = {kind for kind, entry in answers(program).items() if entry.value == "limited"}
    said = requirement(f"{program}020").parameters
    assert said.keys() == limited
    assert all(said[kind].values[-1].value == answers(program)[kind].note for kind in limited)


@pytest.mark.parametrize("program", ["COC", "ESG"])
def test_a_no_that_is_only_inferred_is_a_warning_and_no_error(program: str) -> None:
    no = {kind: entry for kind, entry in answers(program).items() if entry.value == "no"}
    inferred = {kind for kind, entry in no.items() if entry.confidence.needs_counsel}
    assert requirement(f"{program}030").parameters.keys() == inferred
    assert no.keys() - inferred - SOURCED_ELSEWHERE, "then nothing is barred in words, and the rule finds nothing"


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_matrix_speaks_from_the_last_amendment_it_was_read_with(program: str) -> None:
    assert {entry.from_ for entry in answers(program).values()} == {dt.date(2016, 12, 14)}


def test_components_are_those_of_the_program_and_of_kinds_that_are_not_barred() -> None:
    components = requirement("ESG040").parameters
    named = {name for item in components.values() for name in str(item.values[-1].value).split(", ")}
    assert named == {"SO", "ES", "HP", "RRH", "HMIS"}
    assert not {kind for kind in components if answers("ESG")[kind].value == "no"}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_clause_on_costs_prints_the_matrix_that_the_rules_judge_by(program: str) -> None:
    newest = max(casebook.catalog()["FIN-06"].versions, key=lambda version: version.front.effective)
    rows = newest.front.parameters[f"matrix_{program.lower()}"].default
    assert {row["cost"]: row["allowed"] for row in rows} == {
        kind: entry.value for kind, entry in answers(program).items()
    }
