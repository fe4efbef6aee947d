"""Where text may be cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.compare.tokens import Cutter, defined_terms

PLAIN = Cutter.knowing()


@pytest.mark.parametrize(
    "whole",
    [
        "$1,234.50",
        "$2.5 million",
        "€300",
        "30%",
        "3.2",
        "2028-06-30",
        "June 30, 2028",
        "30 June 2028",
        "Sept. 1, 2027",
        "15th",
        "12:30",
        "sub-recipient",
        "Agency’s",
        "e\u0301te\u0301",
        "a1\u0301b2",
        "שָׁלוֹם",
        "\U0001f469\u200d\U0001f467",
        "\u270d\U0001f3fd",
        "\U0001f1fa\U0001f1f8",
    ],
)
def test_never_inside(whole: str) -> None:
    assert whole in PLAIN.cut(f"due ({whole}), and {whole} again")


def test_punctuation_and_white_space_stand_alone() -> None:
    assert PLAIN.cut("pay, within  5 days;") == ["pay", ",", " ", "within", "  ", "5", " ", "days", ";"]


def test_a_month_alone_is_a_word_and_a_day_of_it_is_a_date() -> None:
    assert PLAIN.cut("March 3 or March") == ["March 3", " ", "or", " ", "March"]
    assert PLAIN.cut("in March 2027") == ["in", " ", "March", " ", "2027"]


def test_defined_terms_are_found_and_kept_whole() -> None:
    terms = defined_terms('a “Financial Counselor”, the "Statement of Work", “Client” and “not a term here”')
    assert terms == {"Financial Counselor", "Statement of Work"}
    cut = Cutter.knowing(terms).cut("Each Financial Counselor; Financial Counselors; a Statement of Work")
    assert "Financial Counselor" in cut
    assert "Statement of Work" in cut
    assert "Counselors" in cut


def test_terms_may_begin_with_any_sign_and_hold_something() -> None:
    cutter = Cutter.knowing({"", "^Key Staff", "]Key Staff", "-Key Staff"})
    assert cutter.cut("^Key Staff ]Key Staff -Key Staff")[::2] == ["^Key Staff", "]Key Staff", "-Key Staff"]


def test_the_longer_of_two_terms_is_kept() -> None:
    assert "Key Staff Member" in Cutter.knowing({"Key Staff", "Key Staff Member"}).cut("one Key Staff Member")


def test_terms_may_hold_signs_of_patterns() -> None:
    assert "A+ (Plus) Plan" in Cutter.knowing({"A+ (Plus) Plan"}).cut("the A+ (Plus) Plan is")


@given(st.text(max_size=60), st.sets(st.integers(0, 60), max_size=5))
def test_all_text_comes_back_and_edges_hold(text: str, edges: set[int]) -> None:
    tokens = PLAIN.cut(text, edges)
    assert "".join(tokens) == text
    assert all(tokens)
    ends, place = {0}, 0
    for token in tokens:
        place += len(token)
        ends.add(place)
    assert {edge for edge in edges if edge < len(text)} <= ends
