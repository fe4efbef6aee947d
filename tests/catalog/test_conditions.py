"""Every operator is shown to hold and not to hold, and what is written reads back as the same condition."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.model.clause import Applies
from fe_contracts.model.condition import OPERATORS, Condition, Facts

FACTS: Facts = {
    "number": Decimal(100),
    "count": 3,
    "day": dt.date(2027, 1, 1),
    "word": "A",
    "words": frozenset({"A", "B"}),
    "yes": True,
    "unknown": None,
}
CASES: list[tuple[str, str, Any, bool, str]] = [
    ("word", "equals", "A", True, "word is A"),
    ("word", "equals", "B", False, "word is A"),
    ("number", "equals", "100.00", True, "number is 100"),
    ("yes", "equals", True, True, "yes is yes"),
    ("yes", "equals", False, False, "yes is yes"),
    ("unknown", "equals", "A", False, "unknown is not given"),
    ("word", "is_not", "B", True, "word is A"),
    ("word", "is_not", "A", False, "word is A"),
    ("unknown", "is_not", "A", True, "unknown is not given"),
    ("word", "in", ["A", "C"], True, "word is A"),
    ("word", "in", ["C"], False, "word is A"),
    ("unknown", "in", ["A"], False, "unknown is not given"),
    ("words", "contains", "A", True, "words is A, B"),
    ("words", "contains", "C", False, "words is A, B"),
    ("unknown", "contains", "A", False, "unknown is not given"),
    ("words", "contains_any", ["C", "B"], True, "words is A, B"),
    ("words", "contains_any", ["C"], False, "words is A, B"),
    ("words", "contains_all", ["A", "B"], True, "words is A, B"),
    ("words", "contains_all", ["A", "C"], False, "words is A, B"),
    ("number", "at_least", 100, True, "number is 100"),
    ("number", "at_least", "100.01", False, "number is 100"),
    ("number", "at_most", 100, True, "number is 100"),
    ("number", "at_most", "99.99", False, "number is 100"),
    ("count", "more_than", 2, True, "count is 3"),
    ("count", "more_than", 3, False, "count is 3"),
    ("count", "less_than", 4, True, "count is 3"),
    ("count", "less_than", 3, False, "count is 3"),
    ("unknown", "at_least", 0, False, "unknown is not given"),
    ("unknown", "less_than", 0, False, "unknown is not given"),
    ("day", "on_or_after", "2027-01-01", True, "day is 2027-01-01"),
    ("day", "on_or_after", "2027-01-02", False, "day is 2027-01-01"),
    ("day", "before", "2027-01-02", True, "day is 2027-01-01"),
    ("day", "before", "2027-01-01", False, "day is 2027-01-01"),
    ("unknown", "before", "2027-01-01", False, "unknown is not given"),
    ("word", "given", True, True, "word is A"),
    ("word", "given", False, False, "word is A"),
    ("unknown", "given", False, True, "unknown is not given"),
    ("unknown", "given", True, False, "unknown is not given"),
]


@pytest.mark.parametrize(("fact", "operator", "value", "holds", "because"), CASES)
def test_an_operator_is_judged_and_explained(fact: str, operator: str, value: Any, holds: object, because: str) -> None:
    verdict = Condition.parse({fact: {operator: value}}).judge(FACTS)
    assert (verdict.holds, verdict.because) == (holds, (because,))
    opposite = Condition.parse({"not": {fact: {operator: value}}}).judge(FACTS)
    assert (opposite.holds, opposite.because) == (not holds, (because,))


def test_every_operator_is_shown_both_ways() -> None:
    shown = {(operator, holds) for _, operator, _, holds, _ in CASES}
    assert shown == {(operator, holds) for operator in OPERATORS for holds in (True, False)}


texts = st.text(min_size=1, max_size=6)
values = st.one_of(texts, st.integers(-5, 5), st.booleans())
leaves = st.one_of(
    st.builds(
        lambda fact, operator, value: {fact: {operator: value}},
        st.sampled_from([*FACTS]),
        st.sampled_from([name for name in OPERATORS if name not in {"in", "contains_any", "contains_all"}]),
        values,
    ),
    st.builds(
        lambda fact, operator, value: {fact: {operator: value}},
        st.sampled_from([*FACTS]),
        st.sampled_from(["in", "contains_any", "contains_all"]),
        st.lists(values, min_size=1, max_size=3),
    ),
    st.just("always"),
)
written: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=8,
)


@given(written)
def test_a_condition_survives_being_written_and_read(data: Any) -> None:
    model = Applies.model_validate_json(json.dumps({"level": "optional", "when": data}))
    again = Applies.model_validate_json(model.model_dump_json())
    assert again.when == model.when == Condition.parse(data)
    assert str(again.when) == str(model.when)
