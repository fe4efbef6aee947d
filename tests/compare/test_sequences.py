"""What two sequences have in common."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.compare import sequences
from fe_contracts.compare.sequences import common, ends, rising

NUMBERS = st.lists(st.integers(0, 6), max_size=40)


def longest(old: list[int], new: list[int]) -> int:
    """The length of a longest common subsequence, by the textbook."""
    row = [0] * (len(new) + 1)
    for left in old:
        above = row[:]
        for place, right in enumerate(new, 1):
            row[place] = above[place - 1] + 1 if left == right else max(above[place], row[place - 1])
    return row[-1]


@given(NUMBERS, NUMBERS)
def test_what_is_found_is_equal_in_order_and_as_much_as_can_be(old: list[int], new: list[int]) -> None:
    found = common(old, new)
    at = by = 0
    for start, other, length in found:
        assert start >= at
        assert other >= by
        assert length > 0
        assert old[start : start + length] == new[other : other + length]
        at, by = start + length, other + length
    assert sum(length for _, _, length in found) == longest(old, new)


@given(NUMBERS, NUMBERS)
def test_the_ends_that_are_shared_are_equal_and_do_not_overlap(old: list[int], new: list[int]) -> None:
    head, tail = ends(old, new)
    assert old[:head] == new[:head]
    assert old[len(old) - tail :] == new[len(new) - tail :]
    inner, other = old[head : len(old) - tail], new[head : len(new) - tail]
    assert head + tail <= min(len(old), len(new))
    assert not inner or not other or (inner[0] != other[0] and inner[-1] != other[-1])


@given(NUMBERS)
def test_a_sequence_has_all_of_itself(values: list[int]) -> None:
    assert common(values, values) == ([(0, 0, len(values))] if values else [])


@given(NUMBERS, NUMBERS)
def test_long_sequences_are_cut_at_anchors_and_stay_true(old: list[int], new: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "_CELLS", 4)
        found = common(old, new)
    assert all(old[a : a + n] == new[b : b + n] for a, b, n in found)
    assert [a for a, _, _ in found] == sorted(a for a, _, _ in found)
    assert all(one[1] + one[2] <= two[1] for one, two in itertools.pairwise(found))


def test_long_sequences_lose_nothing_between_anchors() -> None:
    old = list(range(100_000))
    new = [*range(500), -1, *range(500, 60_000), *range(60_007, 100_000), -2]
    assert sum(length for _, _, length in common(old, new)) == 100_000 - 7


@given(st.lists(st.integers(-20, 20), max_size=30))
def test_a_rising_row_rises_and_is_a_longest_one(values: list[int]) -> None:
    row = [values[place] for place in rising(values)]
    assert row == sorted(set(row))
    assert len(row) == longest(values, sorted(set(values)))
