from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.compare.shortening import shortened, shortened_pair

WORDS = st.lists(st.text("abc", min_size=1, max_size=9), max_size=40).map(" ".join)


def test_a_short_pair_stays_as_it_is() -> None:
    assert shortened_pair("30 days", "15  days", 80) == ("30 days", "15 days")


def test_a_long_pair_shows_where_it_differs() -> None:
    same = "Sessions are available at the shelters and in the office of the Agency, on every weekday "
    old, new = shortened_pair(f"{same}from 9 to 5", f"{same}from 8 to 6", 60)
    assert (old, new) == ("…Agency, on every weekday from 9 to 5", "…Agency, on every weekday from 8 to 6")


def test_a_difference_at_the_beginning_keeps_the_beginning() -> None:
    old, new = shortened_pair("Two " + "words " * 30, "Ten " + "words " * 30, 40)
    assert old.startswith("Two words")
    assert new.startswith("Ten words")
    assert old.endswith("words…")


@given(WORDS, WORDS, WORDS)
def test_neither_is_too_long_and_a_difference_stays_in_sight(same: str, old: str, new: str) -> None:
    one, other = f"{same} {old}".strip(), f"{same} {new}".strip()
    before, after = shortened_pair(one, other, 60)
    assert max(len(before), len(after)) <= 60
    assert (before == after) == (one == other)


@given(WORDS)
def test_a_text_is_cut_at_a_word(text: str) -> None:
    cut = shortened(text, 50)
    assert len(cut) <= 50
    assert text.startswith(cut.removesuffix("…"))
