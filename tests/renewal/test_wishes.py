from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assembly.specs import make_spec

from fe_contracts.exceptions import RefusedError, SourceError
from fe_contracts.renewal.wishes import Wish, Wishes, spread, wished, wishes_of_data
from fe_contracts.sources import parse_yaml


def codes(wishes: Wishes, changes: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    with pytest.raises(RefusedError) as refused:
        wished(make_spec(changes), wishes)
    return [(problem.code, problem.message) for problem in refused.value.problems]


def test_an_id_names_its_entry() -> None:
    targets, amounts = wished(make_spec(), Wishes({"D2": "900", "O1": "35.5"}, {"general": "70000", "B1": "70000.00"}))
    assert targets == [Wish(("deliverables", 1), (Decimal(900),)), Wish(("outcomes", 0), (Decimal("35.5"),))]
    assert [wish.path for wish in amounts] == [("funding", 0), ("budget", 0)]


def test_a_target_may_be_given_by_quarter() -> None:
    ((wish,), _) = wished(make_spec(), Wishes({"D1": "1, 2,3,4"}))
    assert [int(value) for value in wish.values] == [1, 2, 3, 4]


def test_an_id_that_names_nothing_tells_the_nearest_and_all() -> None:
    ((code, said),) = codes(Wishes({"D22": "1"}))
    assert code == "RENEW015"
    assert "Did you mean D2?" in said


def test_an_id_that_names_two_things_wants_its_section() -> None:
    two = {"budget[0].id": "general"}
    ((code, said),) = codes(Wishes(amounts={"general": "5"}), two)
    assert (code, "funding.general and budget.general" in said) == ("RENEW015", True)
    _, (wish,) = wished(make_spec(two), Wishes(amounts={"budget.general": "5"}))
    assert wish.path == ("budget", 0)


@pytest.mark.parametrize("value", ["", "many", "-1", "NaN", "Infinity", "1,,2", "1 000"])
def test_what_is_no_number_of_zero_or_more_is_refused(value: str) -> None:
    assert [code for code, _ in codes(Wishes({"D1": value}))] == ["RENEW016"]


def test_an_amount_has_no_quarters() -> None:
    assert [code for code, _ in codes(Wishes(amounts={"B1": "112,000"}))] == ["RENEW016"]


def test_all_problems_are_told_at_once() -> None:
    assert [code for code, _ in codes(Wishes({"X": "1", "D1": "?"}, {"Y": "1"}))] == [
        "RENEW015", "RENEW016", "RENEW015",
    ]  # fmt: skip


def test_a_file_holds_targets_and_amounts() -> None:
    read = wishes_of_data(parse_yaml("targets: {D1: 900, D2: [1, 2]}\namounts: {B1: 112000.50}\n", "new.yaml"))
    assert read == Wishes({"D1": "900", "D2": "1,2"}, {"B1": "112000.50"})
    assert Wishes({"D1": "1"}).over(read).targets == {"D1": "1", "D2": "1,2"}


@pytest.mark.parametrize("text", ["[]\n", "goals: {D1: 1}\n", "targets: 5\n", "amounts: [1]\n"])
def test_a_file_with_anything_else_is_refused(text: str) -> None:
    with pytest.raises(SourceError) as refused:
        wishes_of_data(parse_yaml(text, "new.yaml"))
    assert [problem.code for problem in refused.value.problems] == ["RENEW016"]


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1, max_size=8))
def test_a_target_spread_over_quarters_adds_up_and_stays_near_the_proportions(total: int, shares: list[int]) -> None:
    parts = spread(total, shares)
    assert sum(parts) == total
    assert len(parts) == len(shares)
    weights = shares if any(shares) else [1] * len(shares)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1


def test_an_unchanged_target_keeps_its_quarters() -> None:
    assert spread(800, [90, 220, 250, 240]) == [90, 220, 250, 240]
