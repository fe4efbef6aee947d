"""Where bars end and columns stand: every axis begins at zero, and nothing is drawn longer than it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.performance.rollups import contract, report, rollup_of

from fe_contracts.exchange.rollup_charts import WIDE, Scale, clause_charts, punctuality, scale_for
from fe_contracts.performance.rollup.rollup import RollUp, Timeliness

SHARES = st.one_of(st.none(), st.integers(0, 5000).map(Decimal))


@given(st.lists(SHARES, max_size=8), SHARES)
def test_a_scale_begins_at_zero_shows_the_target_and_ends_by_200_percent(
    shares: list[Decimal | None], other: Decimal | None
) -> None:
    scale = scale_for(shares)
    assert scale.at(0) == 0
    assert 120 <= scale.end <= 200
    assert 0 < scale.at(100) < WIDE
    for share in shares:
        if share is not None:
            assert scale.at(share) <= WIDE
            assert scale.beyond(share) == (share > 200)
    assert scale.at(other) == (0 if other is None else round(float(min(other, scale.end)) / float(scale.end) * WIDE, 1))


def test_twice_as_much_is_twice_as_long() -> None:
    scale = Scale(Decimal(120))
    assert scale.at(60) == 2 * scale.at(30) == WIDE / 2
    assert scale.at(-5) == 0
    assert Scale(Decimal(0)).at(5) == 0


@pytest.mark.parametrize(("most", "end"), [(None, 120), (119, 120), (121, 140), (140, 140), (999, 200)])
def test_a_scale_ends_at_the_next_twenty(most: int | None, end: int) -> None:
    assert scale_for([None if most is None else Decimal(most), Decimal(3)]).end == end
    assert scale_for([Decimal(40)], whole=60).end == 60


def test_the_pieces_of_a_bar_lie_end_to_end_and_a_period_with_fewer_reports_is_shorter() -> None:
    late, good, missing = Timeliness.LATE, Timeliness.IN_TIME, Timeliness.MISSING
    reports = [report("A", good, 0, 1), report("B", late, 3, 1), report("C", missing, 9, 1), report("A", good, 0, 2)]
    first, second = punctuality(reversed(reports))
    assert (first.label, second.label) == ("March 31, 2027", "June 30, 2027")
    assert [state for state, _, _ in first.pieces] == ["in-time", "late", "missing"]
    ends = [start + wide for _, start, wide in first.pieces]
    assert [start for _, start, _ in first.pieces] == pytest.approx([0, *ends[:-1]])
    assert ends[-1] == pytest.approx(WIDE, abs=0.2)
    ((_, start, wide),) = second.pieces
    assert start == 0
    assert wide == pytest.approx(WIDE / 3, abs=0.1)
    assert (sum(first.counts.values()), first.total) == (3, 3)


def test_no_report_makes_no_bar() -> None:
    assert punctuality([]) == ()


def adopted(*contracts: tuple[str, dt.date]) -> RollUp:
    made = [contract(f"A{place}", clauses={"FE-04": version}, effective=day)
            for place, (version, day) in enumerate(contracts)]  # fmt: skip
    return rollup_of(*made, as_of=dt.date(2027, 8, 1))


def test_columns_stand_on_the_floor_one_for_each_day_as_high_as_the_share_of_contracts() -> None:
    found = adopted(("1.0.0", dt.date(2027, 1, 1)), ("2.0.0", dt.date(2027, 5, 1)))
    (chart,) = clause_charts(found.adoption, found.adoption_days, len(found.contracts))
    assert chart.wide == 16 * len(found.adoption_days)
    by_place: dict[float, list[tuple[float, float, int]]] = {}
    for column in chart.columns:
        by_place.setdefault(column.x, []).append((column.y, column.high, column.shade))
    half = chart.high / 2
    assert [*by_place.values()] == [
        [(half, half, 1)],
        [(half, half, 1), (0, half, 0)],
        [(half, half, 1), (0, half, 0)],
    ]
    assert chart.said == "2 of 2 on 2027-08-01: 1 with 2.0.0, 1 with 1.0.0"


def test_a_clause_that_no_contract_in_force_carries_any_more_says_since_when() -> None:
    found = rollup_of(contract("A"), as_of=dt.date(2028, 8, 1))
    (chart,) = clause_charts(found.adoption, found.adoption_days, 1)
    assert chart.said == "1 of 1 on 2027-12-31: 1 with 1.0.0; ended since"
    ahead = rollup_of(contract("A", effective=dt.date(2027, 9, 1)), as_of=dt.date(2027, 8, 1))
    (empty,) = clause_charts(ahead.adoption, ahead.adoption_days, 1)
    assert (empty.columns, empty.said) == ((), "none in force")
