"""Time several sides of one question in turn, and hold what came out.

The machines this runs on are shared, and their speed drifts. So the sides take turns (A B C A B C ...), the ratio of
two sides is taken round by round, and its median counts. A time of its own means little; a ratio means something.
"""

from __future__ import annotations

import gc
import math
import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from pathlib import Path

__all__ = ["Comparison", "Options", "Outcome", "Table", "exponent", "interleaved", "process", "timed"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to measure."""

    quick: bool = False
    """Whether only to show that everything runs: sizes and rounds so small that the figures mean nothing."""
    catalog: Path | None = None
    """Another clause library than the bundled one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the table: our side, the other side, their ratio, and what the ratio must reach."""

    what: str
    against: str
    ours: float
    theirs: float
    ratio: float
    unit: str = "ms"
    target: float | None = None
    """What the ratio must reach; `None` where the line only informs."""
    at_least: bool = False
    """Whether the ratio must be the target or more; else it must be the target or less."""

    @classmethod
    def of(
        cls,
        what: str,
        against: str,
        ours: Sequence[float],
        theirs: Sequence[float],
        *,
        target: float | None = None,
    ) -> Comparison:
        """Return the comparison of two sides timed in turn, in seconds."""
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        return cls(what, against, statistics.median(ours) * 1e3, statistics.median(theirs) * 1e3, ratio, target=target)

    @property
    def met(self) -> bool | None:
        """Return whether the ratio reaches its target, or `None` where there is none."""
        if self.target is None:
            return None
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--json`."""
        return {
            "what": self.what,
            "against": self.against,
            "ours": self.ours,
            "theirs": self.theirs,
            "unit": self.unit,
            "ratio": self.ratio,
            "target": self.target,
            "at_least": self.at_least,
            "met": self.met,
        }


@dataclass(frozen=True, slots=True)
class Table:
    """Figures that are no comparison of two sides: headings, and rows of as many cells."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--json`."""
        return {"title": self.title, "rows": [dict(zip(self.headings, row, strict=True)) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one benchmark found: its lines, and remarks on what was measured and what was left out."""

    name: str
    lines: tuple[Comparison, ...]
    remarks: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--json`."""
        return {
            "name": self.name,
            "lines": [line.to_dict() for line in self.lines],
            "tables": [table.to_dict() for table in self.tables],
            "remarks": list(self.remarks),
        }


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Return the work as a side that takes its own time, in seconds; earlier garbage is swept before."""

    def side() -> float:
        gc.collect()
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return side


def process(*command: str, env: Mapping[str, str] | None = None, fine: Container[int] = (0,)) -> Callable[[], float]:
    """Return a side that starts a program and waits for its end.

    Raises:
        subprocess.CalledProcessError: when called, if the program does not end with 0, or one of the exit codes that
            are fine; its output tells why.
    """

    def side() -> float:
        start = time.perf_counter()
        ended = subprocess.run(command, env=env, check=False, capture_output=True)
        seconds = time.perf_counter() - start
        if ended.returncode not in fine:
            error = subprocess.CalledProcessError(ended.returncode, command, ended.stdout, ended.stderr)
            error.add_note(ended.stderr.decode(errors="replace"))
            raise error
        return seconds

    return side


def interleaved(sides: Mapping[str, Callable[[], float]], *, rounds: int, warmup: int = 1) -> dict[str, list[float]]:
    """Return the seconds of each side, round by round, after rounds that do not count."""
    for _ in range(warmup):
        for side in sides.values():
            side()
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            seconds[name].append(side())
    return seconds


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return how time grows with size, as the power of the size that fits best: 1 is linear, 2 quadratic."""
    if len(set(sizes)) < 2:
        return math.nan
    return statistics.linear_regression([math.log(size) for size in sizes], [math.log(item) for item in seconds]).slope
