"""Spread the work of a roll-up over processes, so that one that dies takes only its own task with it."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from fe_contracts.batch.crew import InThisProcess, start_method
from fe_contracts.exceptions import MissingToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Hands"]

T = TypeVar("T")
R = TypeVar("R")

_DEATHS = 3
"""So many processes that end before any of them does anything are no accident of one file."""


class Hands:
    """What does the work: an executor that was given, else as many processes as there are jobs."""

    def __init__(self, executor: Executor | None, jobs: int) -> None:
        self.executor, self.jobs = executor, jobs
        self._apart: ProcessPoolExecutor | None = None
        self._deaths = 0
        self._worked = False

    def spread(
        self,
        work: Callable[[T], R],
        tasks: Sequence[T],
        *,
        split: Callable[[T], Sequence[T]],
        lost: Callable[[T], None],
    ) -> Iterator[R]:
        """Yield what becomes of each task, in their order.

        One that died with its process is tried once more, apart from the others; then its parts, as `split` tells
        them; what dies again is given to `lost`.

        Raises:
            MissingToolError: if the processes die before any of them does anything.
        """
        pool = self.executor or self._pool(len(tasks))
        try:
            futures = [_handed(pool, work, task) for task in tasks]
            for task, future in zip(tasks, futures, strict=True):
                try:
                    result = future.result()
                except BrokenExecutor:
                    yield from self._again(work, task, split, lost)
                else:
                    self._worked = True
                    yield result
        finally:
            if self.executor is None:  # one that was given is its owner's to shut down
                pool.shutdown(wait=True, cancel_futures=True)
            self._close()

    def _pool(self, tasks: int) -> Executor:
        workers = min(self.jobs, tasks)
        if workers <= 1:
            return InThisProcess()
        from multiprocessing import get_context

        return ProcessPoolExecutor(workers, get_context(start_method()))

    def _again(
        self, work: Callable[[T], R], task: T, split: Callable[[T], Sequence[T]], lost: Callable[[T], None]
    ) -> Iterator[R]:
        """Yield what becomes of a task, or of its parts, in a process that does one thing at a time.

        Raises:
            MissingToolError: if that process dies too, and no other has done anything.
        """
        try:
            result = self._one().submit(work, task).result()
        except BrokenExecutor:
            self._died()
            parts = split(task)
            for part in parts:
                yield from self._again(work, part, split, lost)
            if not parts:
                lost(task)
        else:
            self._worked = True
            yield result

    def _one(self) -> Executor:
        from multiprocessing import get_context

        self._apart = self._apart or ProcessPoolExecutor(1, get_context("spawn"))
        return self._apart

    def _died(self) -> None:
        self._close()
        self._deaths += 1
        if self._deaths >= _DEATHS and not self._worked:
            raise MissingToolError(
                "the process pool",
                "Its processes end before they do anything.",
                "In a script, call roll_up below if __name__ == '__main__'; or give jobs=1 (--jobs 1).",
            )

    def _close(self) -> None:
        if self._apart is not None:
            self._apart.shutdown(wait=True, cancel_futures=True)
            self._apart = None


def _handed(pool: Executor, work: Callable[[T], R], task: T) -> Future[R]:
    """Return the future of a task; broken already if the pool is, which may happen while tasks are handed to it."""
    try:
        return pool.submit(work, task)
    except BrokenExecutor as error:
        broken: Future[R] = Future()
        broken.set_exception(error)
        return broken
