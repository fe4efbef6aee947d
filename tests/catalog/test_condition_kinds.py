"""A condition that could never hold is refused when the library is loaded: it would drop a clause in silence."""

from __future__ import annotations

from typing import Any

import pytest
from tests.assembly.specs import award, make_spec

from fe_contracts.catalog.conditions import FACT_KINDS, FactKind, faults_of, kind_of_parameter
from fe_contracts.model.clause import ParameterDefinition
from fe_contracts.model.condition import OPERATORS, Condition
from fe_contracts.model.facts import facts_of


def faults(data: Any) -> list[str]:
    return [*faults_of(Condition.parse(data), FACT_KINDS.get)]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"svc": "COUNSEL"}, "svc is a set of words, and 'equals' does not fit it"),
        ({"svc": {"contains": "COUNCIL"}}, "Did you mean COUNSEL?"),
        ({"svc": {"contains_any": ["TAX", "TAXES"]}}, "'TAXES' is none of its words"),
        ({"svc": {"contains": ["TAX"]}}, "is not a word"),
        ({"fund.sources": ["COC"]}, "'in' does not fit it"),
        ({"rel": {"contains": "CONTRACTOR"}}, "rel is one word"),
        ({"rel": "VENDOR"}, "'VENDOR' is none of its words"),
        ({"fund.is_federal": "yes"}, "'yes' is not true or false"),
        ({"fund.is_federal": {"given": "yes"}}, "is not true or false"),
        ({"agency.risk": {"at_least": "LOW"}}, "'at_least' does not fit it"),
        ({"sub.amount_total": {"more_than": "much"}}, "'much' is not a number"),
        ({"sub.amount_total": {"more_than": True}}, "True is not a number"),
        ({"sub.start": {"before": "2027-13-01"}}, "is not a day"),
        ({"sub.start": {"before": "20270101"}}, "is not a day"),
        ({"sub.start": {"at_least": "2027-01-01"}}, "'at_least' does not fit it"),
        ({"city.state": "Ohio"}, "'Ohio' is not a state"),
        ({"not": {"any": [{"svc": {"contains": "TAX"}}, {"pay.model": "MONTHLY"}]}}, "'MONTHLY' is none"),
    ],
)
def test_a_test_that_does_not_fit_its_fact_is_told(condition: Any, said: str) -> None:
    (fault,) = faults(condition)
    assert said in fault


@pytest.mark.parametrize(
    "condition",
    [
        {"svc": {"contains_all": ["COUNSEL", "TAX"]}},
        {"fund.sources": {"contains_any": ["COC", "ESG"]}},
        {"rel": {"is_not": "CONTRACTOR"}},
        {"rel": ["CONTRACTOR", "NOT_FEDERAL"]},
        {"city.population": {"at_least": 50000, "less_than": "100000.5"}},
        {"award.date": {"on_or_after": "2024-10-01"}},
        {"agency.risk": {"given": False}},
        {"city.state": ["OH", "WA"]},
        {"contract.type": "fe_rider"},
        "always",
    ],
)
def test_a_test_that_fits_is_let_through(condition: Any) -> None:
    assert faults(condition) == []


@pytest.mark.parametrize(
    ("definition", "good", "bad"),
    [
        ({"type": "bool"}, {"equals": True}, {"equals": "yes"}),
        ({"type": "int"}, {"more_than": 3}, {"contains": 3}),
        ({"type": "date"}, {"before": "2027-01-01"}, {"before": "soon"}),
        ({"type": "enum", "choices": {"a": "A", "b": "B"}}, {"in": ["a", "b"]}, {"equals": "c"}),
        ({"type": "list", "items": "enum", "choices": {"a": "A"}}, {"contains": "a"}, {"equals": "a"}),
        ({"type": "list", "items": "str"}, {"contains": "anything"}, {"more_than": 1}),
        ({"type": "table", "columns": [{"name": "a", "title": "A", "help": "A."}]}, {"given": True}, {"contains": "a"}),
        ({"type": "str"}, {"equals": "anything"}, {"contains": "a"}),
    ],
)
def test_a_parameter_is_tested_by_its_type(definition: dict[str, Any], good: Any, bad: Any) -> None:
    kind = kind_of_parameter(ParameterDefinition.model_validate({"help": "A value.", **definition}, strict=False))

    def kind_of(_: str) -> FactKind:
        return kind

    assert [*faults_of(Condition.parse({"parameter.x": good}), kind_of)] == []
    assert len([*faults_of(Condition.parse({"parameter.x": bad}), kind_of)]) == 1


def test_every_operator_fits_some_fact() -> None:
    assert set(OPERATORS) == set().union(*(kind.operators for kind in FACT_KINDS.values()))


def test_the_kinds_agree_with_the_facts_of_a_spec() -> None:
    federal = {"funding[0]": award("coc-1", "COC", "2026-01-01"), "city.population": 5000, "agency.risk_rating": "LOW"}
    for spec in (make_spec(), make_spec(federal)):
        for name, value in facts_of(spec).items():
            kind = FACT_KINDS[name]
            if value is None or value == frozenset():
                continue
            operator = "contains_all" if isinstance(value, frozenset) else "equals"
            written = sorted(value) if isinstance(value, frozenset) else value
            condition = Condition.parse({name: {operator: written}})
            assert [*faults_of(condition, lambda _, kind=kind: kind)] == [], name  # type: ignore[misc]
            assert condition.judge(facts_of(spec)).holds
