"""Comments told apart: what a renewal wrote and takes out again, and what people wrote and keep."""

from __future__ import annotations

from textwrap import dedent

import pytest

from fe_contracts.renewal.marks import nodes_of
from fe_contracts.renewal.remarks import MARK, own_remarks, people_s_remarks, remark_lines
from fe_contracts.renewal.splicing import SpecText
from fe_contracts.sources import parse_yaml

TEXT = dedent(f"""\
    # The file of the pilot
    term:
      end_date: 2028-12-31   # the last day
      {MARK}no renewal is left.
      # max_extent_date: 2029-12-31   # the limit
      # a remark of people
    note: "# no comment"
    more: |
      # no comment either
      {MARK}nor this
    {MARK}to decide for the term:
    {MARK}the targets of D1.
    # of people, too
    rows:
      - {{a: 1}}  # one
    {MARK}confirmed for the term that ends.
    # confirmations:
    #   - fact: X
    #     # why
    #     value: 1

    #   - fact: Y

    # The end
    """)


def renewed(text: str) -> str:
    return SpecText("s.yaml", text, parse_yaml(text, "s.yaml")).finished("new.yaml")[0]


def test_each_remark_is_found_with_the_field_that_it_set_aside() -> None:
    found = [(item.name, item.text.splitlines()) for item in own_remarks(TEXT, nodes_of(TEXT))]
    assert [name for name, _ in found] == ["max_extent_date", "", "confirmations"]
    assert found[0][1][-1] == "  # max_extent_date: 2029-12-31   # the limit"
    assert len(found[1][1]) == 2
    assert found[2][1][-1] == "#   - fact: Y"


def test_the_others_are_of_people_and_nothing_inside_a_value_is_one() -> None:
    assert [item.text for item in people_s_remarks(TEXT, nodes_of(TEXT))] == [
        "# The file of the pilot", "# the last day", "# a remark of people", "# of people, too", "# one", "# The end",
    ]  # fmt: skip


def test_the_next_renewal_takes_them_out_but_for_what_nobody_has_answered() -> None:
    made = renewed(TEXT)
    assert [item.text for item in people_s_remarks(made, nodes_of(made))] == [
        item.text for item in people_s_remarks(TEXT, nodes_of(TEXT))
    ]
    (left,) = own_remarks(made, nodes_of(made))
    assert left.name == "confirmations"
    assert renewed(made) == made


def test_what_was_answered_takes_the_question_with_it() -> None:
    answered = TEXT.replace("# The end\n", "# The end\nconfirmations:\n  - {fact: X, value: 1}\n")
    made = renewed(answered)
    assert not list(own_remarks(made, nodes_of(made)))
    assert made.count("fact: X") == 1
    assert made.endswith("  - {a: 1}  # one\n\n# The end\nconfirmations:\n  - {fact: X, value: 1}\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_setting_aside_again_leaves_one_block(newline: str) -> None:
    text = "a: 1\nconfirmations:\n  - fact: X\n\n  - fact: Y   # kept\nb: 2\n".replace("\n", newline)
    for year in ("2027", "2028", "2029"):
        file = SpecText("s.yaml", text, parse_yaml(text.replace("\r\n", "\n"), "s.yaml"))
        file.set_aside(f"confirmed for {year}.", ("confirmations",))
        text, _ = file.finished("new.yaml")
        assert text.count(MARK) == 1
        assert text.count("fact: X") == 1
        text = text.replace("# confirmations:", "confirmations:").replace("#   - fact", "  - fact")  # asked again
    assert text.replace(newline, "\n").startswith(f"a: 1\n{MARK}confirmed for 2029.\nconfirmations:\n  - fact: X\n\n")


def test_a_question_inside_what_is_set_aside_goes_with_it() -> None:
    text = f"a: 1\nlast:\n  {MARK}old.\n  # pins: {{x: 1}}\n  more: 1\nb: 2\n"
    file = SpecText("s.yaml", text, parse_yaml(text, "s.yaml"))
    file.set_aside("why.", ("last",))
    assert file.finished("new.yaml")[0] == f"a: 1\n{MARK}why.\n# last:\n#   # pins: {{x: 1}}\n#   more: 1\nb: 2\n"


def test_a_long_remark_is_wrapped() -> None:
    lines = remark_lines("decide " * 40, 2)
    assert len(lines) > 1
    assert all(line.startswith(MARK) and len(line) <= 118 for line in lines)
