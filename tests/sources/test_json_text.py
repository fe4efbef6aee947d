"""JSON as plain data with places: as exact and as strict as YAML."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Where
from fe_contracts.sources import parse_json

if TYPE_CHECKING:
    from fe_contracts.findings import Finding


def problems_of(text: str) -> tuple[Finding, ...]:
    with pytest.raises(SourceError) as caught:
        parse_json(text, "spec.json")
    assert all(problem.remedy for problem in caught.value.problems), "every problem says what to do"
    return caught.value.problems


def test_numbers_stay_exact_and_places_are_those_of_the_names() -> None:
    loaded = parse_json('{\n\t"a": {"b": 150000.10},\n\t"c": [1, 1e3, "x", null, true]\n}\n', "spec.json")
    assert loaded.data == {"a": {"b": Decimal("150000.10")}, "c": [1, Decimal(1000), "x", None, True]}
    assert str(loaded.data["a"]["b"]) == "150000.10"
    assert loaded.where(("a", "b")) == Where("spec.json", 2, 8, "a.b")
    assert loaded.where(("c", 2)) == Where("spec.json", 3, 16, "c[2]")
    assert loaded.where(()).line == 1


def test_characters_beyond_the_first_plane_may_be_written_as_pairs() -> None:
    assert parse_json(json.dumps({"a": "🏠 שלום"}), "spec.json").data == {"a": "🏠 שלום"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "SOURCE014", 1, 1),
        (" \n ", "SOURCE014", 1, 1),
        ('{"a": NaN}', "SOURCE041", 1, 7),
        ('{"a": [1, -Infinity]}', "SOURCE041", 1, 11),
        ('{"a": Infinity}', "SOURCE041", 1, 7),
        ('{"a": 1,\n "b": 2,\n "a": 3}', "SOURCE030", 3, 2),
        ('{"a": 1,}', "SOURCE040", 1, 9),
        ('{"a": [1,]}', "SOURCE040", 1, 10),
        ('{"a" 1}', "SOURCE040", 1, 6),
        ('{"a": 1 "b": 2}', "SOURCE040", 1, 9),
        ('{"a": 1} x', "SOURCE040", 1, 10),
        ("{a: 1}", "SOURCE040", 1, 2),
        ('{"a": True}', "SOURCE040", 1, 7),
        ("{\"a\": 'x'}", "SOURCE040", 1, 7),
        ('{"a": "x', "SOURCE040", 1, 7),
        ('{"a": "x\ny"}', "SOURCE040", 1, 9),
        ('{"a": "\\q"}', "SOURCE040", 1, 8),
        ('{"a": "\\ud800"}', "SOURCE022", 1, 7),
        ('{"a": 01}', "SOURCE040", 1, 8),
        ("[" * 100_000, "SOURCE033", 1, 102),
        ("{", "SOURCE040", 1, 2),
        ("// comment\n{}", "SOURCE040", 1, 1),
    ],
)
def test_what_is_no_json_is_said_with_line_and_column(text: str, code: str, line: int, column: int) -> None:
    (problem,) = problems_of(text)
    assert (problem.code, problem.where.line, problem.where.column) == (code, line, column)


def test_names_given_twice_are_told_at_once_with_the_first_line() -> None:
    found = problems_of('{"a": 1,\n "a": {"b": 1, "b": 2}, "c": 1, "c": 2}')
    assert {(problem.where.field, problem.message) for problem in found} == {
        ("a", "'a' is given twice (first on line 1)."),
        ("a.b", "'b' is given twice (first on line 2)."),
        ("c", "'c' is given twice (first on line 2)."),
    }


@pytest.mark.parametrize("number", ["1" * 5_000, "1e999999999", "1e99999999999999999999", "0." + "1" * 100])
def test_numbers_out_of_all_proportion_stay_text_and_cost_nothing(number: str) -> None:
    assert parse_json(f'{{"a": {number}}}', "spec.json").data == {"a": number}


def test_too_many_values_are_stopped() -> None:
    (problem,) = problems_of("[" + "1," * 200_001 + "1]")
    assert problem.code == "SOURCE034"


whole = st.characters(codec="utf-8")
values: st.SearchStrategy[Any] = st.recursive(
    st.text(whole, max_size=20) | st.integers(-(10**20), 10**20) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(whole, max_size=8), values, max_size=5))
def test_json_is_read_as_the_standard_reader_reads_it(data: dict[str, Any]) -> None:
    for indent in (None, 2, "\t"):
        text = json.dumps(data, indent=indent)
        loaded = parse_json(text, "spec.json")
        assert loaded.data == json.loads(text)
        for path, (line, column) in loaded.places.items():
            if path and isinstance(path[-1], str):
                assert text.split("\n")[line - 1][column - 1 :].startswith(json.dumps(path[-1]))


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_never_breaks_the_reader(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        problems_of(text)
        return
    try:
        read = parse_json(text, "spec.json").data
    except SourceError as error:
        codes = {problem.code for problem in error.problems}
    else:
        codes = set()
        assert read in (expected, text.strip(" \t\r\n"))  # a number out of all proportion stays text
    assert codes <= {"SOURCE022", "SOURCE030", "SOURCE041"}
