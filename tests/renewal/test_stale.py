"""Comments of people that quote what was: named with their place, and with nothing that merely looks like a year."""

from __future__ import annotations

import datetime as dt

import pytest

from fe_contracts.renewal.moving import Step
from fe_contracts.renewal.remarks import MARK
from fe_contracts.renewal.result import FieldChange
from fe_contracts.renewal.stale import lines_set_aside, stale_remarks
from fe_contracts.renewal.terms import NextTerm

TERM = NextTerm(dt.date(2028, 7, 1), dt.date(2029, 6, 30), Step(12), 1, 0, None)
CHANGES = [
    FieldChange("day", "2027-07-01", "2028-07-01", "moved", 1),
    FieldChange("amount", "160000.00", "168000.00", "given", 2),
    FieldChange("target", "40", "44", "given", 3),
]


def named(text: str, changes: list[FieldChange] = CHANGES) -> list[tuple[int, int, str]]:
    found = stale_remarks(text, "new.yaml", changes, TERM)
    return [(item.where.line, item.where.column, item.message) for item in found]


@pytest.mark.parametrize(
    ("remark", "what"),
    [
        ("since 2026", "2026"),
        ("the budget of November 13, 2026.", "2026"),
        ("2026-11-13", "2026"),
        ("from 2026 to 2027, then more", "2026 and 2027"),
        ("(2027)", "2027"),
        ("in 2027/28", "2027"),
        ("Ordinance 2026-311", ""),
        ("$2,026 or 2,027.50 or 2027.5", ""),
        ("room 20270, FY2027X", ""),
        ("from 2028 on, and 2029", ""),
        ("in July", ""),  # beside no day that moved
        ("160,000 dollars", "160,000"),
        ("of 160000.00", "160000.00"),
        ("40 clients", ""),  # too small to be known for the one that changed
    ],
)
def test_a_year_that_has_passed_and_an_amount_that_changed_are_named_wherever_they_stand(
    remark: str, what: str
) -> None:
    want = [(2, 3, f"The comment names {what}: # {remark}")] if what else []
    assert named(f"group:\n  # {remark}\n  b: 1\n") == want


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("day: 2028-07-01  # July is for training", "July"),
        ("day: 2028-07-01  # decides the versions", ""),
        ("target: 44  # 40 each", "40"),
        ("target: 44  # in July", ""),
        ("target: 44  # 4 or 400", ""),
        ("other: 44  # 40 each", ""),
    ],
)
def test_beside_a_changed_value_a_month_or_the_old_number_is_enough(line: str, what: str) -> None:
    remark = line[line.index("#") :]
    want = [(1, line.index("#") + 1, f"The comment names {what}: {remark}")] if what else []
    assert named(f"{line}\n") == want
    assert named(f"\ufeff{line}\r\n") == want


def test_values_and_what_a_renewal_wrote_are_no_comments_of_people() -> None:
    aside = f"{MARK}confirmed for the term to 2027.\n# confirmations:\n#   - 2026-11-12\n"
    text = f'a: "# of 2026"\nb: |\n  # of 2026\n{aside}'
    assert named(text) == []
    assert lines_set_aside(text) == {"confirmations": 4}


def test_a_long_comment_is_cut() -> None:
    ((_, _, said),) = named(f"a: 1  # 2026 {'x' * 200}\n")
    assert said.endswith("xxx...")
    assert len(said) < 130


def test_a_value_that_became_a_comment_is_not_beside_anything() -> None:
    assert named("target: 40  # 40\n", [FieldChange("target", "40", "", "set aside", 1)]) == []
