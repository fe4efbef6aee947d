from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.exceptions import RefusedError
from fe_contracts.renewal.marks import nodes_of
from fe_contracts.renewal.splicing import MARK, SpecText
from fe_contracts.sources import parse_json, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = """\
# A spec.

contract:                # the contract
  id: 'It''s 1'          # its number
  day: 2027-01-01
  "name": "A \\"name\\""
rows:
  - {id: A, day: 2027-02-28,   # first
     title: One}
  - id: B
    day: 2027-03-31
    parts: [1, 2,  3]

note: >-
  # RENEW: this is text and stays
  and more of it

last:
  - fact: X              # kept
    value: 1

  - fact: Y
"""


def spliced(text: str, change: Callable[[SpecText], None], name: str = "spec.yaml") -> str:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    file = SpecText(name, text, parse_json(plain, name) if name.endswith("json") else parse_yaml(plain, name))
    change(file)
    return file.finished("new" + name[name.rindex(".") :])[0]


def test_nothing_changed_is_the_same_text() -> None:
    assert spliced(TEXT, lambda _: None) == TEXT


@pytest.mark.parametrize(
    ("path", "value", "number", "old", "new"),
    [
        (("contract", "day"), "2028-01-01", False, "day: 2027-01-01", "day: 2028-01-01"),
        (("contract", "id"), "It's 2", False, "'It''s 1' ", "'It''s 2' "),
        (("contract", "name"), 'B "x"', False, '"A \\"name\\""', '"B \\"x\\""'),
        (("rows", 0, "day"), "2028-02-29", False, "day: 2027-02-28", "day: 2028-02-29"),
        (("rows", 0, "id"), "12", False, "{id: A,", '{id: "12",'),  # a text stays a text
        (("rows", 0, "id"), "a: b", False, "{id: A,", '{id: "a: b",'),
        (("last", 0, "value"), "12.50", True, "value: 1\n", "value: 12.50\n"),
    ],
)
def test_one_value_changes_and_nothing_else(
    *, path: tuple[str | int, ...], value: str, number: bool, old: str, new: str
) -> None:
    assert TEXT.count(old) == 1
    assert spliced(TEXT, lambda file: file.put(path, value, number=number)) == TEXT.replace(old, new)


def test_a_list_in_brackets_keeps_its_blanks_where_it_keeps_its_length() -> None:
    path = ("rows", 1, "parts")
    assert spliced(TEXT, lambda file: file.put_list(path, ["4", "5", "6"])) == TEXT.replace("[1, 2,  3]", "[4, 5,  6]")
    assert spliced(TEXT, lambda file: file.put_list(path, ["4"])) == TEXT.replace("[1, 2,  3]", "[4]")


def test_a_list_in_lines_is_written_in_lines() -> None:
    text = "a:\n  b:\n    - 1   # one\n    - 2\nc: 3\n"
    made = spliced(text, lambda file: file.put_list(("a", "b"), ["7", "8", "9"]))
    assert made == "a:\n  b:\n    - 7\n    - 8\n    - 9\nc: 3\n"


def test_a_group_becomes_a_comment_line_by_line() -> None:
    made = spliced(TEXT, lambda file: file.set_aside("ask again", ("last",)))
    kept, _, aside = made.partition(f"{MARK}ask again\n")
    assert kept == TEXT[: TEXT.index("last:")]
    assert aside == "# last:\n#   - fact: X              # kept\n#     value: 1\n\n#   - fact: Y\n"


def test_the_last_field_of_a_group_takes_the_group_with_it() -> None:
    text = "a: 1\nclauses:\n  # which\n  pins: {FE-01: 1.0.0}\n  more:\n    x: 1\nb: 2\n"
    made = spliced(text, lambda file: file.set_aside("why", ("clauses", "pins"), ("clauses", "more")))
    want = "# clauses:\n#   # which\n#   pins: {FE-01: 1.0.0}\n#   more:\n#     x: 1\n"
    assert made == f"a: 1\n{MARK}why\n{want}b: 2\n"
    one = spliced(text, lambda file: file.set_aside("why", ("clauses", "pins")))
    assert one == text.replace("  pins:", f"  {MARK}why\n  # pins:")


def test_in_brackets_a_value_is_made_empty() -> None:
    text = "a: {b: [1, 2], c: {d: 1}, e: 5, f: 6}\n"
    made = spliced(text, lambda file: file.set_aside("why", ("a", "b"), ("a", "c"), ("a", "e")))
    assert made == "a: {b: [], c: {}, e: null, f: 6}\n"


def test_a_field_is_added_after_the_last_one() -> None:
    fields: dict[str, str | int] = {"id": "007", "n": 1}
    made = spliced(TEXT, lambda file: file.add(("contract", "renews"), fields))
    assert made == TEXT.replace('\\""\nrows', '\\""\n  renews: {id: 007, n: 1}\nrows')
    numeric: dict[str, str | int] = {"id": "7: x", "n": 1}
    made = spliced("a: {b: 1}\nc: 2\n", lambda file: file.add(("a", "r"), numeric))
    assert made == 'a: {b: 1, r: {id: "7: x", n: 1}}\nc: 2\n'


def test_marks_stand_above_a_field_and_the_next_renewal_takes_them_out() -> None:
    noted = spliced(TEXT, lambda file: file.note(("rows",), "decide " * 30))
    lines = [line for line in noted.splitlines() if line.startswith(MARK)]
    assert len(lines) > 1
    assert all(len(line) <= 120 for line in lines)
    assert "".join(line for line in noted.splitlines(keepends=True) if not line.startswith(MARK)) == TEXT
    assert spliced(noted, lambda _: None) == TEXT


def test_line_ends_and_byte_order_mark_are_kept() -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n")

    def change(file: SpecText) -> None:
        file.put(("contract", "day"), "2028-01-01")
        file.add(("contract", "renews"), {"n": 1})
        file.set_aside("why", ("last",))
        file.note(("rows",), "decide")

    made = spliced(text, change)
    assert made.startswith("\ufeff")
    assert made.count("\n") == made.count("\r\n")
    assert made.replace("\r\n", "\n").removeprefix("\ufeff") == spliced(TEXT, change)


def test_json_is_changed_in_place_too() -> None:
    text = '{\n\t"a": {"day": "2027-01-01", "n": 5.50},\n\t"b": [1, 2],\n\t"c": [{"x": "\\u00e9"}]\n}\n'

    def change(file: SpecText) -> None:
        file.put(("a", "day"), "2028-01-01")
        file.put(("a", "n"), "6.00", number=True)
        file.add(("a", "renews"), {"id": "x", "n": 1})
        file.set_aside("why", ("c",))
        file.note(("b",), "no place for a comment")

    made = spliced(text, change, "spec.json")
    assert json.loads(made) == {
        "a": {"day": "2028-01-01", "n": 6.0, "renews": {"id": "x", "n": 1}}, "b": [1, 2], "c": [],
    }  # fmt: skip
    assert made.startswith('{\n\t"a": {"day": "2028-01-01", "n": 6.00, "renews": {"id": "x", "n": 1}},\n\t"b": [1, 2],')


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: &day 2027-01-01\nb: *day\n", ("a",)),  # b would change too
        ("a: &rows [{day: 1}]\nb: *rows\n", ("b", 0, "day")),  # stands nowhere of its own
        ("a: {x: 1}\n", ("a",)),  # no single value
    ],
)
def test_what_cannot_change_alone_is_refused_by_name(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(RefusedError) as refused:
        spliced(text, lambda file: file.put(path, "2028-01-01"))
    (problem,) = refused.value.problems
    assert problem.code == "RENEW017"
    assert problem.where.field


def test_what_refers_to_another_value_gets_its_own() -> None:
    made = spliced("a: &day 2027-01-01\nb: *day  # same\n", lambda file: file.put(("b",), "2028-01-01"))
    assert made == "a: &day 2027-01-01\nb: 2028-01-01  # same\n"

    def change(file: SpecText) -> None:
        file.put(("a",), "2028-01-01")
        file.put(("b",), "2028-01-01")

    assert spliced("a: &day 2027-01-01\nb: *day\n", change) == "a: &day 2028-01-01\nb: 2028-01-01\n"


def test_what_stands_around_the_document_is_kept() -> None:
    text = "# first\n---\na: 1  # one\n...\n# last\n"
    assert spliced(text, lambda file: file.put(("a",), "2", number=True)) == text.replace("a: 1", "a: 2")


def test_what_is_read_and_cannot_be_changed_in_place_is_refused() -> None:
    """JSON takes a name of any length; the parser that tells the places does not."""
    text = json.dumps({"a" * 1100: 1})
    with pytest.raises(RefusedError, match="RENEW017"):
        SpecText("spec.json", text, parse_json(text, "spec.json"))


SCALARS = [path for path, node in nodes_of(TEXT).items() if node.kind == "scalar" and path != ("note",)]


@given(values=st.dictionaries(st.sampled_from(SCALARS), st.text(max_size=12), max_size=6), crlf=st.booleans())
def test_any_values_change_only_their_own_lines(values: dict[Any, str], *, crlf: bool) -> None:
    """Whatever text is put in: it is read again as it is, and no other line differs."""
    values = {path: value for path, value in values.items() if value.isprintable()}
    text = TEXT.replace("\n", "\r\n") if crlf else TEXT
    file = SpecText("s.yaml", text, parse_yaml(TEXT, "s.yaml"))
    for path, value in values.items():
        file.put(path, value)
    made, loaded = file.finished("new.yaml")
    for path, value in values.items():
        found: Any = loaded.data
        for step in path:
            found = found[step]
        assert found == value
    old, new = text.splitlines(keepends=True), made.splitlines(keepends=True)
    assert len(old) == len(new)
    differing = {place for place, (one, other) in enumerate(zip(old, new, strict=True), start=1) if one != other}
    assert differing <= file.lines == {nodes_line(path) for path in values}


def nodes_line(path: Any) -> int:
    return TEXT[: nodes_of(TEXT)[path].start].count("\n") + 1
