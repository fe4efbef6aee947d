"""The history of a report: what came when, what it replaced, and what counts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.performance.rollup.history import (
    Arrival,
    Change,
    FileState,
    changes_between,
    in_order,
    is_doubtful,
    versions_of,
)

DAY = dt.date(2027, 4, 20)
IDENTITY = ("C-1", "Alder", "R1", "2027-Q1")


def came(name: str, day: int | None = None, saved: dt.datetime | None = None, digest: str = "") -> Arrival:
    return Arrival(name, digest or name, None if day is None else dt.date(2027, 4, day), "received.csv", saved)


def test_files_stand_in_the_order_of_the_days_they_came_whatever_their_names() -> None:
    arrivals = [came("a", 22), came("b", 20), came("c", 21)]
    assert [item.file for item in in_order(arrivals)] == ["b", "c", "a"]


def test_without_days_the_time_of_saving_decides_then_the_number_in_the_name() -> None:
    early, late = dt.datetime(2027, 4, 1, 9, tzinfo=dt.UTC), dt.datetime(2027, 4, 1, 17, tzinfo=dt.UTC)
    assert [item.file for item in in_order([came("a", saved=late), came("b", saved=early)])] == ["b", "a"]
    assert [item.file for item in in_order([came("R1 v10"), came("R1 v9"), came("R1")])] == ["R1", "R1 v9", "R1 v10"]


def test_times_with_and_without_a_zone_can_be_compared() -> None:
    zoned = dt.datetime(2027, 4, 1, 9, tzinfo=dt.UTC)
    plain = dt.datetime(2027, 4, 2)  # noqa: DTZ001 - as a spreadsheet writes it
    assert [item.file for item in in_order([came("a", saved=plain), came("b", saved=zoned)])] == ["b", "a"]


def test_an_order_is_doubtful_only_where_names_alone_decide_it() -> None:
    assert is_doubtful(came("a", 20), came("b", 20))
    assert not is_doubtful(came("a", 20), came("b", 21))
    assert not is_doubtful(came("a", 20, digest="x"), came("b", 20, digest="x"))


def test_each_version_says_what_it_replaced_and_what_replaced_it() -> None:
    arrivals = [came("one", 20), came("two", 24)]
    figures = {"one": {"deliverable.D5.actual": 30, "deliverable.D6.actual": 7}, "two": {"deliverable.D5.actual": 21}}
    first, second = versions_of(IDENTITY, arrivals, figures, {"two": (1, 2)}, DAY)
    assert (first.state, first.version, first.replaced_by, first.late_days) == (FileState.REPLACED, 1, "two", 0)
    assert (second.state, second.version, second.replaces, second.late_days) == (FileState.COUNTS, 2, "one", 4)
    assert second.changes == (Change("deliverable.D5.actual", 30, 21), Change("deliverable.D6.actual", 7, None))
    assert (second.errors, second.warnings) == (1, 2)


def test_the_same_file_again_replaces_nothing() -> None:
    arrivals = [came("one", 20, digest="x"), came("copy", 21, digest="x")]
    first, second = versions_of(IDENTITY, arrivals, {}, {})
    assert (first.state, first.replaced_by) == (FileState.COUNTS, "")
    assert (second.state, second.version, second.replaces) == (FileState.COPY, 0, "")


@given(st.lists(st.tuples(st.integers(1, 28), st.sampled_from("abc")), min_size=1, max_size=8))
def test_exactly_one_file_counts_and_the_chain_of_replacements_reaches_every_version(
    told: list[tuple[int, str]],
) -> None:
    arrivals = in_order(came(f"file {place}", day, digest=mark) for place, (day, mark) in enumerate(told))
    made = versions_of(IDENTITY, arrivals, {}, {})
    assert len(made) == len(arrivals)
    (last,) = [item for item in made if item.state is FileState.COUNTS]
    by_file = {item.arrival.file: item for item in made}
    chain = [last]
    while chain[-1].replaces:
        chain.append(by_file[chain[-1].replaces])
        assert chain[-1].replaced_by == chain[-2].arrival.file
    assert len(chain) == sum(item.state is not FileState.COPY for item in made)


@pytest.mark.parametrize(("before", "after"), [({}, {}), ({"a": 1}, {"a": 1})])
def test_equal_figures_are_no_change(before: dict[str, int], after: dict[str, int]) -> None:
    assert changes_between(before, after) == ()
