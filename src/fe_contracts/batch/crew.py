"""Keep an executor busy with a bounded number of tasks, and survive the death of its processes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from fe_contracts.batch.outcomes import trouble
from fe_contracts.batch.work import make, workshop
from fe_contracts.exceptions import FEContractsError, MissingToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fe_contracts.batch.outcomes import BatchRow
    from fe_contracts.batch.tasks import Task
    from fe_contracts.batch.work import Setup

__all__ = ["Crew", "InThisProcess", "own_executor", "start_method"]

T = TypeVar("T")

_DEATHS = 3
"""After so many processes died and none did any work, nothing is the matter with the rows."""


class InThisProcess(Executor):
    """Do each task at once, here: no processes to start for one job at a time."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Return a future that is done."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _leave_with_parent() -> None:
    """End this process when the one that started it is gone: a killed batch leaves nobody behind."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _begin(setup: Setup) -> None:
    """Prepare a process: load what every contract needs, and leave interrupts to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    with suppress(FEContractsError):  # each task will say it again, as its outcome
        workshop(setup)


def start_method() -> str:
    """Return how processes begin: as copies of this one where that is safe, else from nothing, which takes longer.

    A copy is safe on Linux in a program without threads; a thread's locks would be copied as they stand.
    """
    with suppress(OSError):
        if sys.platform == "linux" and len([*Path("/proc/self/task").iterdir()]) == 1:
            return "fork"
    return "spawn"


def own_executor(jobs: int, setup: Setup) -> Executor:
    """Return this process for one job, else that many processes, each with catalog and house style loaded."""
    if jobs == 1:
        return InThisProcess()
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, get_context(start_method()), _begin, (setup,))


class Crew:
    """An executor at work on a batch, with at most `width` tasks under way, so that memory stays flat.

    When a process dies, all tasks under way are lost with it. Where the executor can be made anew (`renew`), they
    are tried again one by one, so that only the task that kills its process fails.
    """

    def __init__(
        self, executor: Executor, setup: Setup, *, width: int, renew: Callable[[], Executor] | None = None
    ) -> None:
        self._executor, self._setup, self._width, self._renew = executor, setup, width, renew
        self._suspects: deque[Task] = deque()
        self._waiting: dict[Future[BatchRow], Task] = {}
        self._deaths = 0
        self._worked = False

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[BatchRow]:
        """Yield what becomes of each task, in the order in which they end.

        Raises:
            MissingToolError: if the processes die before any of them does anything.
        """
        todo = iter(tasks)
        try:
            while True:
                yield from self._send(todo)
                if not self._waiting:
                    return
                wait(self._waiting, return_when=FIRST_COMPLETED)
                yield from self._settle()
        finally:
            for future in self._waiting:
                future.cancel()
            if self._renew is not None:  # an executor that was given is its owner's to shut down
                self._executor.shutdown(wait=True, cancel_futures=True)

    def _send(self, todo: Iterator[Task]) -> Iterator[BatchRow]:
        """Put tasks under way up to the width; suspects go alone. Yield those that nobody takes."""
        while len(self._waiting) < (1 if self._suspects else self._width):
            task = self._suspects.popleft() if self._suspects else next(todo, None)
            if task is None:
                return
            try:
                self._waiting[self._executor.submit(make, self._setup, task)] = task
            except (BrokenExecutor, RuntimeError) as error:  # RuntimeError: shut down by its owner
                if self._renew is None:
                    yield _lost(task, error)
                else:
                    self._suspects.appendleft(task)
                    self._replace()

    def _settle(self) -> Iterator[BatchRow]:
        """Yield the outcomes that are there, and keep what died with its process for another try."""
        alone = len(self._waiting) == 1
        if self._renew is not None and any(_broken(future) for future in self._waiting):
            wait(self._waiting)  # a pool that breaks ends everything that is under way
        died: list[tuple[Task, BaseException]] = []
        for future in [future for future in self._waiting if future.done()]:
            task = self._waiting.pop(future)
            try:
                yield future.result()
                self._worked = True
            except BrokenExecutor as error:
                died.append((task, error))
            except (CancelledError, Exception) as error:  # noqa: BLE001 - what a foreign executor raises
                yield _lost(task, error)
        if self._renew is None or alone:
            yield from (_lost(task, error) for task, error in died)
        else:
            self._suspects.extend(task for task, _ in died)
        if died and self._renew is not None:
            self._replace()

    def _replace(self) -> None:
        """Make the executor anew.

        Raises:
            MissingToolError: if that does not help.
        """
        self._deaths += 1
        if self._renew is None or (self._deaths >= _DEATHS and not self._worked):
            raise MissingToolError(
                "the process pool",
                "Its processes end before they do anything.",
                "In a script, call run_batch below if __name__ == '__main__'; or give jobs=1 (--jobs 1).",
            )
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._renew()


def _broken(future: Future[BatchRow]) -> bool:
    """Return whether a future ended because its executor broke."""
    return future.done() and not future.cancelled() and isinstance(future.exception(), BrokenExecutor)


def _lost(task: Task, error: BaseException) -> BatchRow:
    """Return the outcome of a task whose process died."""
    message = f"The process that worked on this row ended abruptly ({str(error) or type(error).__name__})."
    remedy = "Run the batch again: it goes on where it stopped. Should it happen again, use fewer --jobs."
    return task.failed(trouble("BATCH031", message, task.where, remedy))
