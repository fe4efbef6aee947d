"""Make 500 contracts from a table, by one process and by two, and watch what memory each worker holds."""

from __future__ import annotations

import csv
import gc
import multiprocessing
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import Comparison, Outcome, interleaved
from benchmarks.settings import PILOT, workplace
from fe_contracts import load_catalog, run_batch

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.measuring import Options
    from fe_contracts import BatchRow

__all__ = ["measure"]

_HEADINGS = ("contract.id", "agency.legal_name", "agency.short_name", "agency.contact.name", "agency.signers[0].name")


def _table(path: Path, rows: int) -> None:
    """Write a table of agencies that differ in their names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        for number in range(1, rows + 1):
            name, person = f"Agency Number {number}", f"Person {number}"
            writer.writerow([f"FE-2027-{number:04}", f"{name}, Inc.", name, person, person])


def _resident(process: int) -> float | None:
    """Return how many megabytes of memory a process holds now, if this system tells."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        pass
    try:
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], check=True, capture_output=True, text=True)
        return int(told.stdout) * 1024 / 1e6
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


@dataclass(slots=True)
class _Watch:
    """Note the memory of each worker when every one has made its share of the first contracts, and at the end."""

    first: int
    done: int = 0
    early: dict[int, float] = field(default_factory=dict)
    late: dict[int, float] = field(default_factory=dict)

    def __call__(self, _: BatchRow, total: int) -> None:
        """Take note; the batch calls this after each contract."""
        self.done += 1
        if self.done == self.first:
            self.early = _workers()
        if self.done == total - 1:  # with the last, the workers may be gone
            self.late = _workers()

    @property
    def growth(self) -> tuple[float, float] | None:
        """Return the megabytes of the worker that grew most, early and late."""
        both = [(self.early[process], self.late[process]) for process in self.early if process in self.late]
        return max(both, key=lambda pair: pair[1] / pair[0], default=None)


def _workers() -> dict[int, float]:
    """Return the megabytes of each process that makes contracts."""
    processes = [child.pid for child in multiprocessing.active_children()] or [os.getpid()]
    found = {process: _resident(process) for process in processes if process}
    return {process: held for process, held in found.items() if held is not None}


def _batch(table: Path, out: Path, options: Options, jobs: int, watch: _Watch) -> float:
    """Return the seconds of one whole batch into an empty folder; processes start and end within it.

    Raises:
        RuntimeError: if a contract was not made.
    """
    shutil.rmtree(out, ignore_errors=True)
    watch.done = 0
    gc.collect()
    start = time.perf_counter()
    result = run_batch(table, base=PILOT, out=out, catalog=options.catalog, jobs=jobs, progress=watch)
    seconds = time.perf_counter() - start
    if result.counts["made"] != len(result):
        message = f"Not every contract was made: {result.counts}, such as {result.rows[0]}."
        raise RuntimeError(message)
    return seconds


def _spin(_: int) -> float:
    """Keep a processor busy, and return how long it took."""
    start = time.perf_counter()
    total = 0
    for number in range(6_000_000):
        total += number & 7
    return time.perf_counter() - start


def _machine(rounds: int) -> float:
    """Return how much more work two processes do on this machine than one: at best 2."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_spin, [0, 0], chunksize=1)
        ratios = []
        for _ in range(rounds):
            alone = pool.apply(_spin, (0,))
            ratios.append(2 * alone / max(pool.map(_spin, [0, 0], chunksize=1)))
    return sorted(ratios)[len(ratios) // 2]


def measure(options: Options) -> Outcome:
    """Return the throughput of two processes against one, and how memory grows."""
    count, first, rounds = (6, 2, 1) if options.quick else (500, 50, 3)
    watches = {jobs: _Watch(first) for jobs in (1, 2)}
    with workplace() as folder:
        table = folder / "table.csv"
        _table(table, count)
        load_catalog(options.catalog)  # so that the cache on disk is warm for all
        sides: dict[str, Callable[[], float]] = {
            str(jobs): partial(_batch, table, folder / f"out-{jobs}", options, jobs, watch)
            for jobs, watch in watches.items()
        }
        able = _machine(1 if options.quick else 5)
        times = interleaved(sides, rounds=rounds, warmup=0)
    rates = {jobs: [count / seconds for seconds in taken] for jobs, taken in times.items()}
    ratio = sorted(two / one for one, two in zip(rates["1"], rates["2"], strict=True))[rounds // 2]
    one, two = (sorted(rates[jobs])[rounds // 2] for jobs in ("1", "2"))
    lines = [
        Comparison(f"{count} contracts, two processes", "one process", two, one, ratio, "per s", 1.7, at_least=True)
    ]
    for jobs, words in ((1, "the one process"), (2, "a worker of two")):
        pair = watches[jobs].growth
        if pair:
            early, late = pair
            lines.append(
                Comparison(
                    f"memory of {words} at the end", f"after {first} contracts", late, early, late / early, "MB", 1.05
                )
            )
    whole = (
        "A batch is whole: two processes start, load the clause library, and end within it; one job needs no process "
        "of its own."
    )
    machine = f"On this machine, in the same minutes, two busy loops at once did {able:.2f} × the work of one."
    remarks = [whole, machine]
    if len(lines) < 3:
        remarks.append("This system does not tell how much memory a process holds.")
    return Outcome("batch", tuple(lines), tuple(remarks))
