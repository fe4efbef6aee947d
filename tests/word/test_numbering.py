"""Counting as Word counts."""

from __future__ import annotations

import pytest

from fe_contracts.word.numbering import Counter, letter, roman


@pytest.mark.parametrize(("count", "shown"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb"), (52, "zz"), (53, "aaa")])
def test_letters_double_after_z(count: int, shown: str) -> None:
    assert letter(count) == shown


@pytest.mark.parametrize(
    ("count", "shown"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1994, "mcmxciv")]
)
def test_roman_figures(count: int, shown: str) -> None:
    assert roman(count) == shown


def test_a_level_sets_all_deeper_levels_back() -> None:
    counter = Counter()
    shown = [counter.next(level) for level in (0, 1, 2, 3, 4, 4, 3, 2, 1, 2, 0, 1, 2)]
    assert shown == [
        "Article 1", "1.1", "1.1(a)", "1.1(a)(i)", "1.1(a)(i)(A)", "1.1(a)(i)(B)", "1.1(a)(ii)", "1.1(b)", "1.2",
        "1.2(a)", "Article 2", "2.1", "2.1(a)",
    ]  # fmt: skip


def test_exhibits_have_letters() -> None:
    counter = Counter(exhibits=True)
    assert [counter.next(level) for level in (0, 1, 2, 0, 1)] == ["Exhibit A", "A.1", "A.1(a)", "Exhibit B", "B.1"]


@pytest.mark.parametrize(("levels", "shown"), [((0, 1, 3), "1.1(?)(i)"), ((0, 1, 4), "1.1(?)(?)(A)")])
def test_a_level_without_the_one_above_has_no_number_that_could_be_meant(levels: tuple[int, ...], shown: str) -> None:
    counter = Counter()
    assert [counter.next(level) for level in levels][-1] == shown
