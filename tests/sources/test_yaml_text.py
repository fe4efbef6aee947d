"""YAML as plain data with places, and every way in which it goes wrong said in plain words."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Where
from fe_contracts.sources import parse_yaml, yaml_text

if TYPE_CHECKING:
    from fe_contracts.findings import Finding


def problems_of(text: str, first_line: int = 1) -> tuple[Finding, ...]:
    with pytest.raises(SourceError) as caught:
        parse_yaml(text, "spec.yaml", first_line=first_line)
    assert all(problem.remedy for problem in caught.value.problems), "every problem says what to do"
    return caught.value.problems


def problem_of(text: str) -> Finding:
    (problem,) = problems_of(text)
    return problem


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"),  # a state, not false
        ("on", "on"),
        ("yes", "yes"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("010", "010"),
        ("00501", "00501"),
        ("12:30", "12:30"),
        ("2027-01-01", "2027-01-01"),
        ("2027-02-30", "2027-02-30"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("-.inf", "-.inf"),
        ("42", 42),
        ("-42", -42),
        ("150000.10", Decimal("150000.10")),
        ("9" * 40, "9" * 40),
        ('"42"', "42"),
        ("'true'", "true"),
        ("1.0.0", "1.0.0"),
        ("01-01", "01-01"),
    ],
)
def test_text_stays_text_and_numbers_stay_exact(written: str, meant: object) -> None:
    value = parse_yaml(f"value: {written}\n", "spec.yaml").data["value"]
    assert value == meant
    assert type(value) is type(meant)
    assert str(value) == str(meant)


def test_places_are_those_of_the_names_and_the_entries() -> None:
    loaded = parse_yaml("# head\na:\n  b: 1\n  list:\n    - x\n    - {c: 2, d: 3}\n", "spec.yaml")
    assert loaded.where(()) == Where("spec.yaml", 1, 1, "")
    assert loaded.where(("a", "b")) == Where("spec.yaml", 3, 3, "a.b")
    assert loaded.where(("a", "list", 0)) == Where("spec.yaml", 5, 7, "a.list[0]")
    assert loaded.where(("a", "list", 1, "d")) == Where("spec.yaml", 6, 14, "a.list[1].d")
    assert loaded.where(("a", "list", 7, "no")) == Where("spec.yaml", 4, 3, "a.list[7].no")


def test_front_matter_counts_from_its_line_of_the_whole_file() -> None:
    loaded = parse_yaml("title: x\nparameters:\n  a: 1\n", "1.0.0.md", first_line=2)
    assert loaded.where(("parameters", "a")).line == 4
    assert problems_of("a: 1\na: 2", first_line=2)[0].where.line == 3


def test_columns_count_characters_not_bytes() -> None:
    assert parse_yaml("{é: 1, 🏠: 2, c: 3}", "spec.yaml").where(("c",)).column == 14


def test_aliases_repeat_what_their_anchor_marks_with_places_of_its_own() -> None:
    loaded = parse_yaml("a: &x\n  b: 1\nc: *x\n", "spec.yaml")
    assert loaded.data == {"a": {"b": 1}, "c": {"b": 1}}
    assert loaded.where(("c",)).line == 3
    assert loaded.where(("c", "b")).line == 2
    loaded.data["c"]["b"] = 2
    assert loaded.data["a"]["b"] == 1, "what an alias repeats is a copy"


def test_a_key_given_twice_is_refused_with_both_lines() -> None:
    problem = problem_of("contract:\n  id: A\n  title: T\n  id: B\n")
    assert problem.code == "SOURCE030"
    assert problem.where == Where("spec.yaml", 4, 3, "contract.id")
    assert problem.message == "'id' is given twice (first on line 2)."
    assert problem.remedy == "Keep one of them."


def test_all_keys_given_twice_are_told_at_once() -> None:
    found = problems_of("a: 1\na: 2\nb: {c: 1, c: {d: 1, d: 2}}\n")
    assert [(problem.where.field, problem.where.line) for problem in found] == [
        ("a", 2),
        ("b.c", 3),
        ("b.c.d", 3),
    ]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "SOURCE034"),
        ("a: &a [*a]", "SOURCE033"),
        ("a: &a {b: *a}", "SOURCE033"),
        ("[" * 200_000, "SOURCE033"),
        ("{" * 200_000, "SOURCE033"),
        ("- " * 200_000, "SOURCE033"),
        ("? " * 200_000, "SOURCE033"),
        ("- 1\n" * 201_000, "SOURCE034"),
        ("- 1\n" * 500_000, "SOURCE034"),
    ],
    ids=[
        "nine to the ninth",
        "a list in itself",
        "a group in itself",
        "brackets",
        "braces",
        "dashes",
        "keys",
        "many",
        "too many",
    ],
)
def test_files_made_to_explode_are_stopped_early(text: str, code: str) -> None:
    begun = time.process_time()
    assert problem_of(text).code == code
    assert time.process_time() - begun < 10


def test_the_bounds_themselves_are_allowed() -> None:
    deep = "[" * yaml_text.MAX_DEPTH + "]" * yaml_text.MAX_DEPTH
    assert parse_yaml(deep, "spec.yaml").data
    assert problem_of(f"[{deep}]").code == "SOURCE033"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "SOURCE014", 1, 1),
        ("# only a comment\n", "SOURCE014", 1, 1),
        ("title: Pilot: one\n", "SOURCE020", 1, 13),
        ("a: 1\n  b: 2\n", "SOURCE020", 2, 4),
        ("a:\n    b: 1\n  c: 2\n", "SOURCE020", 3, 3),
        ("- a\nb: 1\n", "SOURCE020", 2, 1),
        ("a:\n\tb: 1\n", "SOURCE021", 2, 1),
        ("a:\n  b: 1\n\tc: 1\n", "SOURCE021", 3, 1),
        ("a: 1\nb: 'never closed\nc: 2\n", "SOURCE020", 2, 4),
        ("a: [1, 2\nb: 3\n", "SOURCE020", 1, 4),
        ("a: 1\nb\nc: 2\n", "SOURCE020", 2, 1),
        ('a: "\\q"\n', "SOURCE020", 1, 5),
        ("a: @home\n", "SOURCE020", 1, 4),
        ("a: `x`\n", "SOURCE020", 1, 4),
        ("a: %x\n", "SOURCE020", 1, 4),
        ("a: **bold**\n", "SOURCE020", 1, 5),
        ("a: *nowhere\n", "SOURCE035", 1, 4),
        ("a: !!python/object/apply:os.system [x]\n", "SOURCE031", 1, 4),
        ("a: !secret x\n", "SOURCE031", 1, 4),
        ("a: 1\n---\nb: 2\n", "SOURCE023", 2, 1),
        ("? [a, b]\n: 1\n", "SOURCE032", 1, 3),
        ("a: {{ name }}\n", "SOURCE032", 1, 5),
        ("1: one\n", "SOURCE032", 1, 1),
        ("true: one\n", "SOURCE032", 1, 1),
        ("a: {}\n<<: {b: 1}\n", "SOURCE036", 2, 1),
        ("a: x\x07y\n", "SOURCE022", 1, 5),
        ("a: 1\nb: x\u2028y\n", "SOURCE022", 2, 5),
    ],
)
def test_what_is_no_yaml_is_said_with_line_and_column(text: str, code: str, line: int, column: int) -> None:
    problem = problem_of(text)
    assert (problem.code, problem.where.line, problem.where.column) == (code, line, column)
    for jargon in ("scanner", "token", "mapping", "scalar", "node", "flow", "simple key", "block"):
        assert jargon not in f"{problem.message} {problem.remedy}".lower()


def test_a_problem_without_words_of_its_own_still_has_a_place_and_a_remedy() -> None:
    problem = problem_of("&a &b c\n")
    assert problem.code == "SOURCE020"
    assert problem.message.startswith("This is not YAML as it should be: ")
    assert problem.where.line == 1


def test_a_file_full_of_control_characters_names_the_first_twenty() -> None:
    assert len(problems_of("a: \x01\n" * 1_000)) == 20


def test_one_document_may_begin_with_its_mark() -> None:
    assert parse_yaml("---\na: 1\n...\n", "spec.yaml").data == {"a": 1}


@pytest.mark.parametrize(
    "text", ["שלום עולם", "مرحبا", "🏠 home", "R&D <b> \"q\" 'q' §", "é e\u0301", "a\u00a0b", "日本"]
)
def test_text_in_any_script_is_kept_as_it_stands(text: str) -> None:
    assert parse_yaml(f"a: {yaml.safe_dump(text, allow_unicode=True)}", "spec.yaml").data == {"a": text}


def test_the_pure_parser_serves_where_the_c_one_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
    loaded = parse_yaml("a: {b: [1, 2.50, NO]}\n", "spec.yaml")
    assert loaded.data == {"a": {"b": [1, Decimal("2.50"), "NO"]}}
    assert loaded.where(("a", "b", 1)).column == 12
    for text, code in [("a: 'x\n", "SOURCE020"), ("a:\n\tb: 1", "SOURCE021"), ("[" * 300, "SOURCE033")]:
        assert problem_of(text).code == code


FORBIDDEN = {"\u0085", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff"}
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=list(FORBIDDEN)), max_size=30
)
numbers = st.integers(-(10**20), 10**20) | st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=2
)
values: st.SearchStrategy[Any] = st.recursive(
    texts | numbers | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


_Dumper.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value)))


@given(st.dictionaries(texts, values, max_size=5))
def test_what_is_written_as_yaml_is_read_back_the_same(data: dict[str, Any]) -> None:
    for style in (False, True):
        text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, default_flow_style=style)
        assert parse_yaml(text, "spec.yaml").data == data


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(below for step, value in pairs for below in _paths(value, (*path, step)))]


@given(st.dictionaries(texts, values, min_size=1, max_size=5))
def test_every_value_has_a_place_and_every_place_a_value(data: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True)
    loaded = parse_yaml(text, "spec.yaml")
    assert set(loaded.places) == set(_paths(loaded.data))
    last = text.count("\n") + 1
    assert all(1 <= line <= last and column >= 1 for line, column in loaded.places.values())
