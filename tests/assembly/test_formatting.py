"""Values are written as contracts write them, checked against what others compute."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, parse_decimal
from hypothesis import example, given
from hypothesis import strategies as st
from tests.strategies import amounts, days

from fe_contracts.assembly import formatting

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_ONES.split())}
_UNITS |= {word: value * 10 for value, word in enumerate(_TENS.split(), start=2)}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def read(words: str) -> int:
    """Return the number that English words name: the way back, written independently."""
    total = group = 0
    for word in words.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in _SCALES:
            total, group = total + group * _SCALES[word], 0
        else:
            group += _UNITS[word]
    return total + group


@given(st.integers(0, 10**15 - 1))
@example(0)
@example(10**15 - 1)
@example(1_000_001)
def test_a_number_in_words_reads_back_as_the_number(value: int) -> None:
    assert read(formatting.cardinal(value)) == value


@given(st.integers(0, 10**15 - 1))
def test_a_number_in_words_agrees_with_num2words(value: int) -> None:
    num2words = pytest.importorskip("num2words", reason="a test-only oracle").num2words
    assert formatting.cardinal(value) == num2words(value).replace(",", "").replace(" and ", " ")


def test_a_number_that_words_cannot_hold_is_refused() -> None:
    for value in (-1, 10**15):
        with pytest.raises(ValueError, match="cannot be written in words"):
            formatting.cardinal(value)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.00", "zero dollars ($0.00)"),
        ("0.01", "zero dollars and one cent ($0.01)"),
        ("1.00", "one dollar ($1.00)"),
        ("1.99", "one dollar and ninety-nine cents ($1.99)"),
        ("21.00", "twenty-one dollars ($21.00)"),
        ("150000.00", "one hundred fifty thousand dollars ($150,000.00)"),
        ("1000000.10", "one million dollars and ten cents ($1,000,000.10)"),
        (
            "999999999999.99",
            formatting.cardinal(999_999_999_999) + " dollars and ninety-nine cents ($999,999,999,999.99)",
        ),
    ],
)
def test_an_amount_is_written_in_words_and_figures(amount: str, words: str) -> None:
    assert formatting.money_words(Decimal(amount)) == words


@given(amounts)
def test_words_and_figures_of_an_amount_agree(amount: Decimal) -> None:
    text = formatting.money_words(amount)
    match = re.fullmatch(r"(.*) dollars?(?: and (.*) cents?)? \(\$(.*)\)", text)
    assert match is not None
    dollars, cents, figures = match.groups()
    assert Decimal(read(dollars)) + Decimal(read(cents) if cents else 0) / 100 == amount
    assert parse_decimal(figures, locale="en_US") == amount


@given(amounts)
def test_money_is_written_as_babel_writes_it_and_reads_back(amount: Decimal) -> None:
    text = formatting.money(amount)
    assert text == format_currency(amount, "USD", locale="en_US")
    assert Decimal(text.replace("$", "").replace(",", "")) == amount


@given(days)
def test_a_date_is_written_out_and_reads_back(day: dt.date) -> None:
    text = formatting.date(day)
    assert text == format_date(day, "long", locale="en_US")
    assert dt.datetime.strptime(text, "%B %d, %Y").date() == day  # noqa: DTZ007 - a day has no zone


@given(st.decimals(0, 1000, places=4))
@example(Decimal("33.3333"))
@example(Decimal("0.0001"))
def test_a_per_cent_value_loses_no_decimal(value: Decimal) -> None:
    text = formatting.percent(value)
    assert text.endswith("%")
    assert Decimal(text[:-1].replace(",", "")) == value


@given(st.integers(0, 10**12) | st.decimals(0, 10**6, places=6))
def test_a_number_loses_nothing(value: int | Decimal) -> None:
    assert Decimal(formatting.number(value).replace(",", "")) == value


ORDINALS = "0th 1st 2nd 3rd 4th 10th 11th 12th 13th 20th 21st 22nd 23rd 30th 101st 111th 112th 113th 1003rd"


@pytest.mark.parametrize("text", ORDINALS.split())
def test_an_ordinal_has_its_ending(text: str) -> None:
    assert formatting.ordinal(int(text[:-2])) == text


@pytest.mark.parametrize(
    ("count", "one", "many", "text"),
    [
        (1, "day", "", "day"),
        (0, "day", "", "days"),
        (2, "person", "people", "people"),
        (1, "person", "people", "person"),
    ],
)
def test_a_word_takes_the_form_of_its_number(count: int, one: str, many: str, text: str) -> None:
    assert formatting.plural(count, one, many) == text


def test_places_are_lettered_as_word_letters_them() -> None:
    assert [formatting.letters(place) for place in (1, 2, 26, 27, 28, 52, 53)] == [
        "a",
        "b",
        "z",
        "aa",
        "bb",
        "zz",
        "aaa",
    ]


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(value: int) -> None:
    marks = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    numbers = [marks[mark] for mark in formatting.roman(value)]
    total = sum(-one if following > one else one for one, following in zip(numbers, [*numbers[1:], 0], strict=True))
    assert total == value
    assert not re.search(r"(.)\1{3}", formatting.roman(value))
