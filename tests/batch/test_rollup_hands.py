"""Work that is spread over processes: in order, and only what ends its process is lost."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fe_contracts.batch import rollup_hands
from fe_contracts.batch.crew import InThisProcess
from fe_contracts.batch.rollup_hands import Hands
from fe_contracts.exceptions import MissingToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
Names = tuple[str, ...]


def counted(names: Names) -> int:
    """Return how many letters names have together; end the process over one that is deadly."""
    if "deadly" in names:
        os._exit(13)
    return sum(map(len, names))


def one_by_one(names: Names) -> Sequence[Names]:
    return [(name,) for name in names] if len(names) > 1 else []


def done(hands: Hands, tasks: Sequence[Names]) -> tuple[list[int], list[Names]]:
    """Return what became of the tasks, and those that were lost."""
    lost: list[Names] = []
    return list(hands.spread(counted, tasks, split=one_by_one, lost=lost.append)), lost


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=9), max_size=30))
def test_results_stand_in_the_order_of_the_tasks(names: list[str]) -> None:
    with ThreadPoolExecutor(3) as threads:
        assert done(Hands(threads, 1), [(name,) for name in names]) == ([len(name) for name in names], [])
        assert threads.submit(int, "7").result() == 7  # left open for its owner


def test_only_the_part_that_ends_its_process_is_lost() -> None:
    tasks = [("a", "bb"), ("ccc", "deadly", "dddd"), ("eeeee",)]
    assert done(Hands(None, 2), tasks) == ([3, 3, 4, 5], [("deadly",)])


def test_one_job_or_one_task_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(rollup_hands, "ProcessPoolExecutor", never)
    assert done(Hands(None, 1), [("a",), ("bb",)]) == ([1, 2], [])
    assert done(Hands(None, 8), [("a",)]) == ([1], [])
    assert done(Hands(None, 8), []) == ([], [])


def test_processes_that_never_do_anything_are_told_as_such_and_not_blamed_on_files() -> None:
    """So it is in a script that does not guard its main part: each process begins the script anew, and ends."""
    tasks = [("deadly",)] * 50
    with pytest.raises(MissingToolError, match="__main__"):
        done(Hands(None, 2), tasks)


class Once(InThisProcess):
    """Works once, and counts how often it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        self.asked += 1
        return super().submit(fn, *args, **kwargs)


def test_many_deadly_tasks_are_lost_one_by_one_where_others_work() -> None:
    pool = Once()
    tasks = [("a",), *[("deadly", "b")] * 2]
    hands = Hands(None, 2)
    assert done(hands, tasks) == ([1, 1, 1], [("deadly",)] * 2)
    assert done(Hands(pool, 2), [("a",), ("b",)]) == ([1, 1], [])
    assert pool.asked == 2


def test_an_error_of_the_work_itself_is_no_death() -> None:
    def failing(_: Names) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(Hands(None, 1).spread(failing, one_by_one(("a", "b")), split=one_by_one, lost=lambda _: None))
