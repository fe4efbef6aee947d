from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from tests.exchange.readiness_samples import SAMPLES, crowded, in_balance, process_ahead

from fe_contracts.exchange.readiness_timeline import LEFT, RIGHT, WIDTH, timeline_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.governance.readiness import Readiness

every = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)


@every
def test_no_disc_covers_another_and_all_stand_in_the_picture(sample: Callable[[], Readiness]) -> None:
    line = timeline_of(sample())
    for lane in line.lanes:
        for one, other in combinations(lane.marks, 2):
            assert abs(one.x - other.x) >= 21 or abs(one.y - other.y) >= 21
        for mark in lane.marks:
            assert LEFT <= mark.x <= WIDTH - RIGHT
            assert lane.y < mark.y < lane.y + lane.high
    assert line.lanes[-1].y < line.high


@every
def test_labels_of_the_two_curves_stand_clear_of_each_other(sample: Callable[[], Readiness]) -> None:
    one, other = timeline_of(sample()).curves
    assert abs(one.label_y - other.label_y) >= 15


@every
def test_months_are_few_enough_to_be_read(sample: Callable[[], Readiness]) -> None:
    months = timeline_of(sample()).months
    assert len(months) <= 16
    assert [tick.x for tick in months] == sorted(tick.x for tick in months)


def test_milestones_are_numbered_in_the_order_of_their_days() -> None:
    line = timeline_of(in_balance())
    days = [step.reached or step.planned for _, step in line.rows]
    assert days == sorted(days)
    assert [number for number, _ in line.rows] == list(range(1, 14))


def test_a_curve_ends_at_its_share_on_the_day_asked_about() -> None:
    line = timeline_of(process_ahead())
    process, implementation = line.curves
    assert (process.percent, process.end_y) == (100, line.chart_top)
    assert (implementation.percent, implementation.end_y) == (0, line.chart_end)
    assert process.path.endswith(f"H{line.today}V{process.end_y}")


def test_contracts_of_one_day_are_one_diamond_with_their_number() -> None:
    contracts = next(lane for lane in timeline_of(crowded()).lanes if lane.name == "Contracts")
    assert [tick.label for tick in contracts.ticks] == ["40"]


def test_nobody_was_heard_after_the_day_asked_about() -> None:
    line = timeline_of(process_ahead())
    heard = next(lane for lane in line.lanes if lane.name == "Heard")
    assert len(heard.ticks) == 6
    assert all(tick.x <= line.today for tick in heard.ticks)
