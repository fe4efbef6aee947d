"""Make 500 contracts from a table, by one process and by two, and watch what memory each worker holds."""

from __future__ import annotations

import csv
import gc
import multiprocessing
import os
import shutil
import statistics
import subprocess
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import Comparison, Outcome
from benchmarks.settings import PILOT, workplace
from fe_contracts import load_catalog, run_batch

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.measuring import Options
    from fe_contracts import BatchRow

__all__ = ["measure"]

_HEADINGS = ("contract.id", "agency.legal_name", "agency.short_name", "agency.contact.name", "agency.signers[0].name")


_QUIET = 0.1
"""How many processors other programs may use in a round that counts."""


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


def _busy() -> float | None:
    """Return the processor seconds that other programs have used on this machine so far, if this system tells."""
    try:
        line = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0]
    except OSError:
        return None
    user, nice, system, _, _, interrupts, soft, steal, *_ = (int(ticks) for ticks in line.split()[1:])
    own = os.times()
    everyone = (user + nice + system + interrupts + soft + steal) / os.sysconf("SC_CLK_TCK")
    return everyone - (own.user + own.system + own.children_user + own.children_system)


@dataclass(slots=True)
class _Rounds:
    """Time one process and two in turn, until enough rounds had the machine to themselves."""

    sides: dict[int, Callable[[], float]]
    wanted: int
    tries: int
    seconds: dict[int, list[float]] = field(default_factory=lambda: {1: [], 2: []})
    others: list[float] = field(default_factory=list)
    """How many processors other programs used in each round."""

    def run(self) -> None:
        """Time rounds; two processes can do no more than one while another program holds the second processor."""
        while len(self._quiet) < self.wanted and len(self.others) < self.tries:
            before, start = _busy(), time.perf_counter()
            for jobs, side in self.sides.items():
                self.seconds[jobs].append(side())
            after = _busy()
            known = before is not None and after is not None
            self.others.append((after - before) / (time.perf_counter() - start) if known else 0.0)  # type: ignore[operator]

    @property
    def _quiet(self) -> list[int]:
        return [place for place, used in enumerate(self.others) if used < _QUIET]

    @property
    def counted(self) -> list[tuple[float, float]]:
        """Return the seconds of one process and of two, of the rounds that count: all, if none was quiet."""
        places = self._quiet or range(len(self.others))
        return [(self.seconds[1][place], self.seconds[2][place]) for place in places]

    @property
    def remark(self) -> str:
        """Return how much the figures are disturbed."""
        counted = len(self._quiet)
        if counted:
            return f"{counted} of {len(self.others)} rounds had the machine to themselves; only they count."
        return f"No round had the machine to itself: other programs used {min(self.others):.2f} processors and more."


def measure(options: Options) -> Outcome:
    """Return the throughput of two processes against one, and how memory grows."""
    count, first, wanted, tries = (6, 2, 1, 1) if options.quick else (500, 50, 3, 9)
    watches = {jobs: _Watch(first) for jobs in (1, 2)}
    with workplace() as folder:
        table = folder / "table.csv"
        _table(table, count)
        load_catalog(options.catalog)  # so that the cache on disk is warm for all
        sides = {
            jobs: partial(_batch, table, folder / f"out-{jobs}", options, jobs, watch)
            for jobs, watch in watches.items()
        }
        rounds = _Rounds({**sides}, wanted, tries)
        rounds.run()
    ratio = statistics.median(one / two for one, two in rounds.counted)
    one, two = (statistics.median(count / pair[place] for pair in rounds.counted) for place in (0, 1))
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
    remarks = [whole, rounds.remark]
    if len(lines) < 3:
        remarks.append("This system does not tell how much memory a process holds.")
    return Outcome("batch", tuple(lines), tuple(remarks))
