"""No small count can be worked out from what is published."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.performance.rollup.suppression import Cell, hidden_cells, is_small, with_totals

LIMIT = 11
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.just(0), st.integers(0, 14), st.integers(0, 200)), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


def _follows(table: list[list[int]], hidden: frozenset[Cell]) -> set[Cell]:
    """Return the hidden cells that the sums of rows and columns leave only one value: by solving them."""
    whole = with_totals(table)
    order = sorted(hidden)
    rows, columns = len(whole), len(whole[0])
    lines = [[(row, column) for column in range(columns)] for row in range(rows)]
    lines += [[(row, column) for row in range(rows)] for column in range(columns)]
    matrix = []
    for line in lines:
        *inner, total = line
        signs = {cell: Fraction(1) for cell in inner} | {total: Fraction(-1)}
        matrix.append([signs.get(cell, Fraction(0)) for cell in order])
    rank = 0
    for place in range(len(order)):
        pivot = next((row for row in range(rank, len(matrix)) if matrix[row][place]), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        matrix[rank] = [value / matrix[rank][place] for value in matrix[rank]]
        for row in range(len(matrix)):
            if row != rank and matrix[row][place]:
                factor = matrix[row][place]
                matrix[row] = [one - factor * two for one, two in zip(matrix[row], matrix[rank], strict=True)]
        rank += 1
    alone = [row for row in matrix[:rank] if sum(bool(value) for value in row) == 1]
    return {order[next(place for place, value in enumerate(row) if value)] for row in alone}


@given(TABLES)
def test_no_small_count_is_shown_and_none_that_is_hidden_follows_from_the_others(table: list[list[int]]) -> None:
    hidden = hidden_cells(table, [LIMIT] * len(table))
    whole = with_totals(table)
    small = {
        (row, column) for row, line in enumerate(whole) for column, value in enumerate(line) if is_small(value, LIMIT)
    }
    assert small <= hidden
    assert _follows(table, hidden) == set()


@given(TABLES)
def test_what_is_hidden_beside_a_total_is_together_no_small_count(table: list[list[int]]) -> None:
    hidden = hidden_cells(table, [LIMIT] * len(table))
    whole = with_totals(table)
    for row, line in enumerate(whole):
        if (row, len(line) - 1) not in hidden:
            assert not is_small(sum(v or 0 for c, v in enumerate(line[:-1]) if (row, c) in hidden), LIMIT)
    for column in range(len(whole[0])):
        if (len(whole) - 1, column) not in hidden:
            inner = [whole[row][column] or 0 for row in range(len(whole) - 1) if (row, column) in hidden]
            assert not is_small(sum(inner), LIMIT)


@given(TABLES)
def test_nothing_is_hidden_where_nothing_is_small(table: list[list[int]]) -> None:
    large = [[value + LIMIT if value else 0 for value in row] for row in table]
    assert hidden_cells(large, [LIMIT] * len(table)) == frozenset()


def test_one_small_count_takes_three_others_with_it_and_no_total() -> None:
    table = [[3, 40, 50], [30, 20, 60], [70, 80, 90]]
    hidden = hidden_cells(table, [LIMIT] * 3)
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_row_has_its_own_limit_and_a_total_the_strictest() -> None:
    assert hidden_cells([[8, 30], [40, 50]], [5, 11]) == frozenset()
    assert (0, 0) in hidden_cells([[8, 30], [40, 50]], [11, 5])


@pytest.mark.parametrize("table", [[[3]], [[3, 0, 0]], [[3], [0], [0]], [[None, 4], [None, 0]]])
def test_where_everything_comes_to_a_small_count_its_totals_are_hidden_with_it(table: list[list[int | None]]) -> None:
    hidden = hidden_cells(table, [LIMIT] * len(table))
    assert (len(table), len(table[0])) in hidden
    assert all((row, column) in hidden for row, line in enumerate(table) for column, value in enumerate(line) if value)


def test_a_large_table_takes_no_long_time() -> None:
    table = [[(row * 7 + column * 13) % 60 for column in range(4)] for row in range(1000)]
    hidden = hidden_cells(table, [LIMIT] * 1000)
    assert len(hidden) < 2600


def test_an_empty_table_hides_nothing() -> None:
    assert hidden_cells([], []) == frozenset()
