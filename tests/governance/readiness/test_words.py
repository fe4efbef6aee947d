from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.governance.readiness.words import counted, listed, runs


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        (["FE-01", "FE-02", "FE-03"], "FE-01 to FE-03"),
        (["FE-02", "FE-01"], "FE-01 and FE-02"),
        (["FE-12", "FE-01", "FE-02", "FE-03"], "FE-01 to FE-03 and FE-12"),
        (["FE-09", "FE-10", "FE-11", "FIN-12"], "FE-09 to FE-11 and FIN-12"),
        ([], ""),
    ],
)
def test_runs_of_clauses_are_drawn_together(clauses: list[str], told: str) -> None:
    assert runs(clauses) == told


@given(st.sets(st.integers(1, 24)))
def test_runs_name_as_many_clauses_as_there_are(numbers: set[int]) -> None:
    told = runs([f"FE-{number:02}" for number in numbers])
    if "more" in told:
        return
    named: set[int] = set()
    for part in told.replace(" and ", ", ").split(", "):
        ends = [int(word[3:]) for word in part.split(" to ") if word]
        named |= set(range(ends[0], ends[-1] + 1)) if ends else set()
    assert named == numbers


def test_long_lists_are_cut_and_say_by_how_many() -> None:
    assert listed("abc") == "a, b and c"
    assert listed("abcdefgh") == "a, b, c, d, e, f and 2 more"
    assert listed(["one", "one"]) == "one"
    assert (counted(1, "day"), counted(1200, "day"), counted(2, "entry", "entries")) == (
        "1 day",
        "1,200 days",
        "2 entries",
    )
