"""The same contracts through any executor, and what happens when its processes die."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from tests.cli.small import SPEC, agencies, table

from fe_contracts import BatchResult, run_batch
from fe_contracts.batch import crew
from fe_contracts.batch.crew import Crew, InThisProcess, start_method
from fe_contracts.batch.tasks import Task
from fe_contracts.batch.work import Setup
from fe_contracts.exceptions import MissingToolError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

T = TypeVar("T")


@pytest.fixture
def batch(tmp_path: Path, library: Path, look: Path) -> Callable[..., BatchResult]:
    (tmp_path / "base.yaml").write_text(SPEC, encoding="utf-8")
    rows = agencies(8)
    rows[3]["total_amount"] = "-1"
    source = table(tmp_path / "rows.csv", rows)

    def run(name: str, **more: Any) -> BatchResult:
        return run_batch(
            source, base=tmp_path / "base.yaml", out=tmp_path / name, catalog=library, house_style=look, **more
        )

    return run


def contents(result: BatchResult) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in result.out.glob("*.docx")}


def test_threads_processes_and_this_process_make_the_same_bytes(
    batch: Callable[..., BatchResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = batch("alone", jobs=1)
    with ThreadPoolExecutor(3) as threads:
        threaded = batch("threads", executor=threads)
        assert threads.submit(int, "7").result() == 7  # left open for its owner
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        foreign = batch("processes", executor=processes)
        again = batch("again", executor=processes)
    own = batch("own", jobs=2)
    monkeypatch.setattr(crew, "start_method", lambda: "spawn")
    spawned = batch("spawned", jobs=2)
    assert alone.counts == {"made": 7, "kept": 0, "refused": 0, "failed": 1}
    for other in (threaded, foreign, again, own, spawned):
        assert other.rows == alone.rows
        assert contents(other) == contents(alone)


class Counting(Executor):
    """Hold tasks back, to see how many are under way at once."""

    def __init__(self) -> None:
        self.held: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.most = 0

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        self.held.append((future, lambda: fn(*args, **kwargs)))
        self.most = max(self.most, len(self.held))
        if len(self.held) == 4:
            for waiting, work in self.held:
                waiting.set_result(work())
            self.held.clear()
        return future


def test_no_more_than_a_few_tasks_are_under_way_at_once(batch: Callable[..., BatchResult]) -> None:
    executor = Counting()
    result = batch("counted", executor=executor, jobs=2)
    assert executor.most == 4
    assert result.counts["made"] == 7


SETUP = Setup("out", "", "", "", "", "", "", "", overwrite=False)
TASKS = [Task(number, "rows.csv", f"S-{number}", f"S-{number}.docx") for number in range(1, 7)]


class Breaking(Executor):
    """Break as a process pool does when a task kills its process, and all that is under way is lost with it."""

    def __init__(self, deadly: AbstractSet[int], slow: AbstractSet[int] = frozenset()) -> None:
        self.deadly, self.slow, self.broken = deadly, slow, False
        self.under_way: list[tuple[Future[Any], Task]] = []

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        del fn, kwargs
        if self.broken:
            raise BrokenExecutor("broken")
        future: Future[T] = Future()
        task: Task = args[1]
        self.under_way.append((future, task))
        if task.row in self.deadly:
            self.broken = True
            for other, _ in self.under_way:
                other.set_exception(BrokenExecutor("a process ended abruptly"))
            self.under_way.clear()
        elif task.row not in self.slow:
            future.set_result(task.failed())  # type: ignore[arg-type]
            self.under_way.pop()
        return future


def test_only_the_task_that_kills_its_process_fails() -> None:
    made: list[Executor] = []

    def renew() -> Executor:
        made.append(Breaking({4}))
        return made[-1]

    outcomes = list(Crew(Breaking({4}, slow={3}), SETUP, width=3, renew=renew).outcomes(TASKS))
    assert sorted(row.row for row in outcomes) == [1, 2, 3, 4, 5, 6]
    assert [row.row for row in outcomes if row.findings] == [4]
    assert [item.code for row in outcomes for item in row.findings] == ["BATCH031"]
    assert made


def test_an_executor_of_somebody_else_that_breaks_fails_the_rows_that_are_left() -> None:
    outcomes = list(Crew(Breaking({2}), SETUP, width=1).outcomes(TASKS))
    assert [row.row for row in outcomes if row.findings] == [2, 3, 4, 5, 6]


def test_a_pool_that_never_works_is_told_as_such() -> None:
    everything = {task.row for task in TASKS}
    with pytest.raises(MissingToolError, match="__main__"):
        list(Crew(Breaking(everything), SETUP, width=2, renew=lambda: Breaking(everything)).outcomes(TASKS))


def test_an_executor_that_was_shut_down_fails_its_rows_plainly() -> None:
    threads = ThreadPoolExecutor(1)
    threads.shutdown()
    outcomes = list(Crew(threads, SETUP, width=2).outcomes(TASKS))
    assert {item.code for row in outcomes for item in row.findings} == {"BATCH031"}


def test_a_program_with_threads_is_never_copied() -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(int, "7").result()
        assert start_method() == "spawn"


def test_this_process_is_an_executor_too() -> None:
    with InThisProcess() as executor:
        assert executor.submit(int, "7").result() == 7


def test_a_library_that_changes_while_the_batch_runs_is_told(tmp_path: Path, library: Path, look: Path) -> None:
    from fe_contracts.batch.work import make

    spec = tmp_path / "s.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    setup = Setup(str(tmp_path), str(library), "sha256:another", str(look), "x", "", "", "", overwrite=False)
    row = make(setup, Task(1, str(spec), "", "s.docx"))
    assert [item.code for item in row.findings] == ["BATCH050"]
