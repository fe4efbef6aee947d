"""Columns as wide as they need to be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.word.sample import text

from fe_contracts.document.tree import Column, Row, Table
from fe_contracts.word.widths import column_widths

_WHOLE = 9640


def _table(shares: list[int], rows: list[list[str]]) -> Table:
    columns = tuple(Column((text(f"C{place}"),), share) for place, share in enumerate(shares))
    return Table("FE-01/t", "Table", columns, tuple(Row(tuple((text(cell),) for cell in row)) for row in rows))


def test_widths_follow_the_shares_where_everything_fits() -> None:
    assert column_widths(_table([50, 25, 25], [["a", "b", "c"]]), 8000) == [4000, 2000, 2000]


def test_columns_without_shares_are_equal() -> None:
    assert column_widths(_table([0, 0], [["a", "b"]]), 8000) == [4000, 4000]


def test_no_word_is_broken_where_there_is_room() -> None:
    narrow, wide = column_widths(_table([5, 95], [["Implementation", "some words " * 20]]), _WHOLE)
    assert narrow >= len("Implementation") * 100
    assert narrow + wide == _WHOLE


def test_what_a_column_cannot_use_goes_to_those_that_break_lines() -> None:
    short, long = column_widths(_table([50, 50], [["M1", "several words that need more than one line " * 5]]), _WHOLE)
    assert short < 1500
    assert short + long == _WHOLE


def test_one_endless_word_does_not_push_the_others_out() -> None:
    widths = column_widths(_table([25] * 4, [["x" * 400, "b", "c", "d"]]), _WHOLE)
    assert min(widths) > 0
    assert sum(widths) == _WHOLE


@given(
    st.lists(st.integers(0, 90), min_size=1, max_size=12).flatmap(
        lambda shares: st.tuples(
            st.just(shares),
            st.lists(st.lists(st.text(max_size=60), min_size=len(shares), max_size=len(shares)), max_size=4),
        )
    )
)
def test_widths_always_add_up_and_none_is_lost(made: tuple[list[int], list[list[str]]]) -> None:
    widths = column_widths(_table(*made), _WHOLE)
    assert sum(widths) == _WHOLE
    assert min(widths) > 0
