"""What the rules on federal money share: blanks, places, words and days."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from tests.compliance import casebook

from fe_contracts.compliance.law import federal


@pytest.mark.parametrize(
    "word",
    [
        None,
        "TBD",
        "t.b.d.",
        "To be determined",
        "N/A",
        "n / a",
        "unknown",
        "Pending",
        "none",
        "???",
        "--",
        "(tbd)",
        "xxx",
    ],
)
def test_a_word_that_says_nothing_is_blank(word: str | None) -> None:
    assert federal.blank(word)


@pytest.mark.parametrize("word", ["OH0417L5E082407", "None of the costs are indirect", "TBD Housing, Inc.", False, 0])
def test_what_says_something_is_not_blank(word: object) -> None:
    assert not federal.blank(word)


@for_any(st.text(alphabet="abcdefghij0123456789", min_size=12))
def test_a_number_of_an_award_is_never_blank(number: str) -> None:
    assert not federal.blank(number)


@pytest.mark.parametrize(
    ("amount", "written"),
    [("30000.00", "$30,000"), ("29999.99", "$29,999.99"), ("0", "$0"), ("1000000.10", "$1,000,000.10")],
)
def test_whole_dollars_are_written_without_cents(amount: str, written: str) -> None:
    assert federal.dollars(Decimal(amount)) == written


def test_federal_funds_keep_their_places() -> None:
    spec = casebook.base_spec("mixed")
    assert [place for place, _ in federal.federal_funds(spec)] == ["funding[0]", "funding[2]", "funding[3]"]
    assert [place for place, _, _ in federal.awards(spec)] == [
        "funding[0].federal_award",
        "funding[2].federal_award",
        "funding[3].federal_award",
    ]
    assert federal.first_federal_place(spec) == "funding[0].source"
    assert federal.first_federal_place(casebook.base_spec("local")) == "funding"


def test_the_latest_award_counts_for_the_text_and_each_for_itself() -> None:
    spec = casebook.base_spec("mixed")
    days = [federal.award_day(spec, fund) for _, fund in federal.federal_funds(spec)]
    assert federal.latest_award_day(spec) == max(days) == dt.date(2026, 9, 22)
    assert len(set(days)) == 3


def test_words_are_found_across_lines_spaces_marks_and_case() -> None:
    found = casebook.reworded(
        casebook.finished(casebook.base_spec("coc")),
        {"FED-08": ["As “2\u00a0CFR 200.322”\nsays, it\u2019s due."], "FED-07": None},
    )
    assert federal.stands_in(found, ("FED-07", "FED-08"), '"2 cfr  200.322" says, it\'s')
    assert not federal.stands_in(found, ("FED-07",), "2 CFR")
    assert not federal.stands_in(found, ("FED-08",), "2 CFR 200.216")
