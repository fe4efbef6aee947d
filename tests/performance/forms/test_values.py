"""A value is taken for what a person means, or it is said why it cannot be: never guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import days

from fe_contracts.findings import Where
from fe_contracts.performance.forms.filled import CellValue
from fe_contracts.performance.forms.form import FieldKind, FormField, SectionKind
from fe_contracts.performance.forms.values import Taken, taken_as

if TYPE_CHECKING:
    from fe_contracts.performance.forms.form import Value

CHOICE = FormField("m.status", "", FieldKind.CHOICE, SectionKind.MILESTONES, "", choices=("Reached", "Not yet"))


def cell(value: Value, *, base_1904: bool = False) -> CellValue:
    return CellValue(value, "" if value is None else str(value), Where("x"), base_1904=base_1904)


def take(kind: FieldKind | FormField, value: Value, *, base_1904: bool = False) -> Taken:
    return taken_as(kind, cell(value, base_1904=base_1904))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("1,234", 1234),
        ("1,234,567", 1_234_567),
        ("$1,200.00", Decimal("1200.00")),
        ("USD 1,200", 1200),
        ("(5)", -5),
        ("($1,200.50)", Decimal("-1200.50")),
        ("-5", -5),
        ("\u22125", -5),
        ("5-", -5),
        ("-$5", -5),
        ("$-5", -5),
        ("+5", 5),
        ("'5", 5),
        ("1\u00a0234", 1234),
        ("\uff11\uff12", 12),
        ("\u200b7\u200b", 7),
        (".5", Decimal("0.5")),
        ("1e3", 1000),
    ],
)
def test_a_number_kept_as_text_is_read_and_said_to_be_text(text: str, number: int | Decimal) -> None:
    assert take(FieldKind.MONEY, text) == Taken(number, "", "was kept as text")


@pytest.mark.parametrize(
    "text",
    ["twelve", "12 people", "1,23", "1,2345", "1.2.3", "12/3", "=1+1", "5%", "$", "()", "1e999", "9" * 50, "--5-"],
)
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    taken = take(FieldKind.COUNT, text)
    assert (taken.value, taken.problem) == (None, "is no number")


@pytest.mark.parametrize("value", [dt.date(2027, 1, 1), True])
def test_a_day_or_a_truth_is_no_number(value: Value) -> None:
    assert take(FieldKind.COUNT, value).problem == "is no number"


@pytest.mark.parametrize("kind", list(FieldKind))
@pytest.mark.parametrize("value", [None, "", "   ", "\u00a0", "'"])
def test_a_blank_cell_has_no_value_and_no_problem(kind: FieldKind, value: Value) -> None:
    assert take(kind, value) == Taken(None)


@pytest.mark.parametrize("text", ["n/a", "NA", "-", "none"])
def test_a_number_that_was_left_open_in_words_has_no_value(text: str) -> None:
    assert take(FieldKind.COUNT, text) == Taken(None, "", "was left open")


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
@pytest.mark.parametrize("kind", [FieldKind.COUNT, FieldKind.TEXT, FieldKind.DATE])
def test_an_error_of_the_spreadsheet_is_said_to_be_one(text: str, kind: FieldKind) -> None:
    assert "error" in take(kind, text).problem


def test_text_that_begins_with_a_number_sign_is_text() -> None:
    assert take(FieldKind.TEXT, "#1 priority").value == "#1 priority"


def test_a_share_may_have_its_sign() -> None:
    assert take(FieldKind.PERCENT, "45%").value == 45
    assert take(FieldKind.PERCENT, "45.5 %").value == Decimal("45.5")


@pytest.mark.parametrize(
    "text",
    [
        "2027-04-20",
        "2027-4-20",
        "4/20/2027",
        "04/20/27",
        "4-20-2027",
        "April 20, 2027",
        "Apr 20 2027",
        "Apr. 20, 2027",
        "20 April 2027",
        "20-Apr-2027",
        "2027-04-20 00:00:00",
        "2027-04-20T08:30:00Z",
    ],
)
def test_a_day_kept_as_text_is_read(text: str) -> None:
    assert take(FieldKind.DATE, text) == Taken(dt.date(2027, 4, 20), "", "was kept as text")


@pytest.mark.parametrize("text", ["20/4/2027", "2027-02-30", "soon", "Smarch 3, 2027", "2027", "31 Feb 2027"])
def test_what_is_no_day_is_said_to_be_none(text: str) -> None:
    assert take(FieldKind.DATE, text).problem == "is no day"


@given(days)
def test_a_day_that_lost_its_format_is_read_in_both_systems(day: dt.date) -> None:
    if not dt.date(1965, 1, 1) <= day <= dt.date(2110, 1, 1):
        return
    for base, is_1904 in ((dt.date(1899, 12, 30), False), (dt.date(1904, 1, 1), True)):
        number = (day - base).days
        assert take(FieldKind.DATE, number, base_1904=is_1904).value == day
        assert take(FieldKind.DATE, str(number), base_1904=is_1904).value == day


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_is_itself_in_every_way_of_writing_it(number: int) -> None:
    for text in (str(number), f"{number:,}", f" {number:,} ", f"({-number:,})" if number < 0 else f"+{number}"):
        assert take(FieldKind.COUNT, text).value == number


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_is_itself_in_every_way_of_writing_it(amount: Decimal) -> None:
    for text in (f"{amount}", f"{amount:,}", f"${amount:,}"):
        assert take(FieldKind.MONEY, text).value == amount


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    for kind in (*FieldKind, CHOICE):
        taken = take(kind, text)
        assert taken.value is None or not taken.problem


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("YES.", True), ("x", True), ("No", False), ("n", False)])
def test_yes_and_no(text: str, value: bool) -> None:  # noqa: FBT001 - pytest gives it
    assert take(FieldKind.YES_NO, text).value is value


def test_a_choice_is_taken_whatever_its_letters_and_no_other() -> None:
    assert take(CHOICE, " not YET. ").value == "Not yet"
    assert take(CHOICE, "maybe").problem == "is none of: Reached, Not yet"
