"""A count that is hidden in one table is hidden in every other: the same people are counted more than once."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.rollups import contract, deliverable, outcome, rollup_of

from fe_contracts.performance.rollup.data import rollup_data
from fe_contracts.performance.rollup.public import published
from fe_contracts.performance.rollup.standing import counts_people
from fe_contracts.performance.rollup.suppression import hidden_cells


def test_the_population_of_an_outcome_does_not_tell_who_is_starred_among_the_clients() -> None:
    """A has 20 clients and B has 4: with A starred beside B, an outcome on the same 20 people would undo both stars."""
    first = contract("A", [deliverable("A", [20], targets=(20,))], [outcome("A", 20, 20, 0)])
    second = contract("B", [deliverable("B", [4], targets=(20,))], [])
    shown = published(rollup_of(first, second))
    assert [line.to_date.value for line in shown.deliverables[0].lines] == [None, None]
    (line,) = shown.outcomes
    assert (line.population.hidden, line.population.value) == (True, None)
    assert line.measured.value is None


def test_another_deliverable_with_the_same_count_does_not_tell_it_either() -> None:
    lines = [deliverable("A", [20], targets=(20,)), deliverable("A", [20], targets=(20,), group="plans")]
    second = contract("B", [deliverable("B", [4], targets=(20,))])
    shown = published(rollup_of(contract("A", lines), second))
    assert all(line.to_date.hidden for group in shown.deliverables for line in group.lines)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=5))
def test_no_hidden_count_stands_anywhere_else_for_the_same_contract(counts: list[tuple[int, int]]) -> None:
    contracts = [
        contract(
            f"C{place}",
            [
                deliverable(f"C{place}", [clients], targets=(20,)),
                deliverable(f"C{place}", [plans], targets=(20,), group="p"),
            ],
            [outcome(f"C{place}", clients, clients, 0)],
        )
        for place, (clients, plans) in enumerate(counts)
    ]  # fmt: skip
    internal = rollup_of(*contracts)
    shown = published(internal)
    secret = {
        (line.contract, line.to_date.value)
        for group, other in zip(internal.deliverables, shown.deliverables, strict=True)
        for line, star in zip(group.lines, other.lines, strict=True)
        if star.to_date.hidden and line.to_date.value
    }
    told = {(line.contract, line.to_date.value) for group in shown.deliverables for line in group.lines}
    told |= {(line.contract, line.population.value) for line in shown.outcomes}
    told |= {(line.contract, line.measured.value) for line in shown.outcomes}
    assert not secret & told
    json.dumps(rollup_data(shown))


@pytest.mark.parametrize("table", [[[1] * 11 + [0]], [[1]] * 11, [[1, 1]] * 6])
def test_stars_that_come_to_their_own_number_are_not_beside_their_sum(table: list[list[int]]) -> None:
    hidden = hidden_cells(table, [11] * len(table))
    for row, values in enumerate(table):
        stars = [value for column, value in enumerate(values) if (row, column) in hidden]
        if stars and (row, len(values)) not in hidden:
            assert sum(stars) > len(stars)
    for column in range(len(table[0])):
        stars = [table[row][column] for row in range(len(table)) if (row, column) in hidden]
        if stars and (len(table), column) not in hidden:
            assert sum(stars) > len(stars)


@pytest.mark.parametrize(
    "unit", ["survivors", "veterans", "youth", "seniors", "tenants", "Counselors", "staff", "guests"]
)
def test_people_are_people_by_whichever_name(unit: str) -> None:
    from tests.performance.filling import generated

    item = {
        "id": "D1",
        "title": "Thing",
        "unit": unit,
        "track": "process",
        "quarterly_targets": [5],
        "annual_target": 5,
    }
    (made,) = generated("pilot", {"deliverables": [item | {"funds": ["general-fund"]}]}).spec.deliverables
    assert counts_people(made)
    assert not counts_people(made.model_copy(update={"unit": "meetings"}))


def test_a_target_is_held_against_what_was_done_by_its_own_day() -> None:
    line = deliverable("A", [30], targets=(30,))
    later = line.__class__(**{name: getattr(line, name) for name in line.__slots__} | {"measured": 20})
    assert (later.held, later.share, later.below) == (20, Decimal(67), True)


def test_a_share_just_below_the_tolerance_is_below_it() -> None:
    line = deliverable("A", [199], targets=(250,))
    assert (line.share, line.below) == (Decimal(80), True)


def test_a_contract_that_counts_the_same_twice_keeps_both_lines() -> None:
    lines = [deliverable("A", [30], targets=(30,)), deliverable("A", [40], targets=(40,))]
    other = lines[1].__class__(**{name: getattr(lines[1], name) for name in lines[1].__slots__} | {"id": "D6"})
    found = rollup_of(contract("A", [lines[0], other]))
    assert [[line.id for line in group.lines] for group in found.deliverables] == [["D5"], ["D6"]]


def test_all_agencies_are_held_against_targets_by_what_was_done_for_them() -> None:
    """A did 45 of 90; B did 45 and has no target yet: together that is half, not all."""
    first, second = deliverable("A", [45], targets=(90,)), deliverable("B", [45], targets=(0,))
    without = second.__class__(**{name: getattr(second, name) for name in second.__slots__} | {"target_to_date": None})
    (group,) = rollup_of(contract("A", [first]), contract("B", [without])).deliverables
    assert (group.to_date.value, group.target_to_date, group.share) == (90, 90, Decimal(50))
