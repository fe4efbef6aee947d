"""Conditions as data: judged purely, explained, and refused where they are not in the grammar."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.exceptions import SpecError
from fe_contracts.model.clause import Applies
from fe_contracts.model.condition import ALWAYS, OPERATORS, Condition, ConditionError, Facts
from fe_contracts.model.facts import VOCABULARY, facts_of
from fe_contracts.model.spec import Spec
from fe_contracts.sources import checked, read_data

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FACTS: Facts = {
    "svc": frozenset({"COUNSEL", "CREDIT"}),
    "rel": "SUBRECIPIENT",
    "total": Decimal(100_000),
    "renewals": 2,
    "start": dt.date(2027, 1, 1),
    "federal": True,
    "award": None,
    "risk": None,
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("always", True),
        ({}, True),
        ({"rel": "SUBRECIPIENT"}, True),
        ({"rel": "CONTRACTOR"}, False),
        ({"rel": {"is_not": "CONTRACTOR"}}, True),
        ({"rel": ["CONTRACTOR", "SUBRECIPIENT"]}, True),
        ({"rel": {"in": ["CONTRACTOR"]}}, False),
        ({"svc": {"contains": "COUNSEL"}}, True),
        ({"svc": {"contains": "TAX"}}, False),
        ({"svc": {"contains_any": ["TAX", "CREDIT"]}}, True),
        ({"svc": {"contains_all": ["COUNSEL", "CREDIT"]}}, True),
        ({"svc": {"contains_all": ["COUNSEL", "TAX"]}}, False),
        ({"total": {"at_least": 100_000}}, True),
        ({"total": {"more_than": 100_000}}, False),
        ({"total": {"more_than": "99999.99"}}, True),
        ({"total": {"at_most": 100_000, "at_least": 1}}, True),
        ({"total": {"less_than": 100_000}}, False),
        ({"renewals": 2}, True),
        ({"start": {"on_or_after": "2027-01-01"}}, True),
        ({"start": {"before": "2027-01-01"}}, False),
        ({"federal": True}, True),
        ({"federal": False}, False),
        ({"award": {"given": False}}, True),
        ({"award": {"given": True}}, False),
        ({"award": {"before": "2099-01-01"}}, False),
        ({"risk": "HIGH"}, False),
        ({"risk": {"is_not": "HIGH"}}, True),
        ({"any": [{"rel": "CONTRACTOR"}, {"federal": True}]}, True),
        ({"all": [{"rel": "CONTRACTOR"}, {"federal": True}]}, False),
        ({"not": {"rel": "CONTRACTOR"}}, True),
        ({"rel": "SUBRECIPIENT", "federal": False}, False),
    ],
)
def test_a_condition_is_judged_by_the_facts(condition: Any, holds: bool) -> None:  # noqa: FBT001
    verdict = Condition.parse(condition).judge(FACTS)
    assert verdict.holds is bool(verdict) is holds
    assert verdict.because


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("sometimes", "a condition is a mapping"),
        (["svc"], "a condition is a mapping"),
        ({"svc": {"contain": "COUNSEL"}}, "did you mean 'contains'"),
        ({"svc": {}}, "'svc' has no test"),
        ({"svc": {"contains_any": []}}, "takes a list of one or more"),
        ({"any": {"svc": "x"}}, "'any' takes a list"),
        ({"all": []}, "'all' takes a list"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused(condition: Any, said: str) -> None:
    with pytest.raises(ConditionError, match=said):
        Condition.parse(condition)


def test_a_fact_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(ConditionError, match="Did you mean 'renewals'"):
        Condition.parse({"renewal": 2}).judge(FACTS)


def test_the_reasons_name_the_facts_that_decided() -> None:
    verdict = Condition.parse({"any": [{"rel": "CONTRACTOR"}, {"federal": True}, {"renewals": 2}]}).judge(FACTS)
    assert verdict.because == ("federal is yes", "renewals is 2")
    verdict = Condition.parse({"rel": "SUBRECIPIENT", "award": {"given": True}}).judge(FACTS)
    assert verdict.because == ("award is not given",)


words = st.sampled_from(["COUNSEL", "CREDIT", "TAX"])
leaves = st.one_of(
    st.builds(lambda word: {"svc": {"contains": word}}, words),
    st.builds(lambda word: {"rel": word}, st.sampled_from(["SUBRECIPIENT", "CONTRACTOR"])),
    st.builds(lambda amount: {"total": {"at_least": amount}}, st.integers(0, 200_000)),
    st.builds(lambda truth: {"federal": truth}, st.booleans()),
)
conditions: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: (
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda part: {"not": part}, inner)
    ),
    max_leaves=8,
)


@given(conditions)
def test_not_all_is_any_not(data: Any) -> None:
    holds = Condition.parse(data).judge(FACTS).holds
    assert Condition.parse({"not": data}).judge(FACTS).holds is not holds
    parts = [data, {"federal": True}]
    one = Condition.parse({"not": {"all": parts}}).judge(FACTS).holds
    other = Condition.parse({"any": [{"not": part} for part in parts]}).judge(FACTS).holds
    assert one is other


@given(conditions)
def test_a_condition_written_out_is_the_same_condition(data: Any) -> None:
    condition = Condition.parse(data)
    written = Applies.model_validate({"level": "mandatory", "when": data}, strict=False).model_dump(mode="json")
    assert Condition.parse(written["when"]).judge(FACTS) == condition.judge(FACTS)
    assert condition.facts <= set(FACTS)
    assert str(condition)


def test_always_reads_and_holds() -> None:
    assert str(ALWAYS) == "always"
    assert ALWAYS.judge({}).holds
    assert ALWAYS.facts == frozenset()


def test_every_operator_is_explained_in_the_reference() -> None:
    text = (EXAMPLES.parent / "docs" / "reference" / "conditions.md").read_text(encoding="utf-8")
    assert [operator for operator in OPERATORS if f"`{operator}`" not in text] == []


@pytest.mark.parametrize("name", ["pilot", "south-bend", "rider"])
def test_every_spec_yields_exactly_the_facts_of_the_vocabulary(name: str) -> None:
    spec = checked(read_data(EXAMPLES / f"{name}.yaml"), Spec, error=SpecError)
    facts = facts_of(spec)
    assert set(facts) == set(VOCABULARY)
    assert Condition.parse({"fund.is_federal": False, "svc": {"contains": "COUNSEL"}}).judge(facts).holds
