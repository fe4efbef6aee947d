"""No text that is written into a CSV or a workbook is taken for a formula, and none is changed without need."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.sources.cells import safe_cell

STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20A1",
    ],
)
def test_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe_before_it(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Clients", "a=b", "1-2", "'=1", "5 + 5", "name@example.org", "(5)", "$-5"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(st.sampled_from(STARTS + " ab1'"), max_size=6))
def test_nothing_begins_a_formula_afterwards(text: str) -> None:
    safe = safe_cell(text)
    assert not safe.lstrip(" ").startswith(tuple(STARTS))
    assert safe.removeprefix("'") == text or safe == text


@given(st.text(max_size=20))
def test_it_is_safe_to_do_it_twice(text: str) -> None:
    assert safe_cell(safe_cell(text)) == safe_cell(text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_it_comes_through_a_csv_file_unharmed(text: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([safe_cell(text), "end"])
    ((cell, _),) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert cell == safe_cell(text)
