"""Load large libraries: from nothing, and again from unchanged files, against reading and hashing those files."""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import statistics
import time
from typing import TYPE_CHECKING

from benchmarks.measuring import Comparison, Outcome, exponent, interleaved, timed
from benchmarks.settings import cache_at, workplace
from benchmarks.synthetic import make_library
from fe_contracts import load_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.measuring import Options

__all__ = ["measure"]

_SIZES = (625, 1250, 2500, 5000)
_QUICK = (10, 20)


def _read_and_hash(folder: Path) -> int:
    """Read every file below the folder, take its digest, and return how many there were."""
    count = 0
    for home, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(home, name), "rb") as file:  # noqa: PTH118, PTH123 - the quick way, as a yardstick
                hashlib.sha256(file.read()).hexdigest()
            count += 1
    return count


def _first(folder: Path, cache: Path) -> Callable[[], float]:
    """Return a side that loads the library into a cache that was just emptied."""

    def side() -> float:
        shutil.rmtree(cache, ignore_errors=True)
        gc.collect()
        start = time.perf_counter()
        load_catalog(folder)
        return time.perf_counter() - start

    return side


def _uncached(folder: Path) -> Callable[[], float]:
    """Return a side that loads the library with the cache turned off."""
    load = timed(lambda: load_catalog(folder))

    def side() -> float:
        with cache_at("off"):
            return load()

    return side


def measure(options: Options) -> Outcome:
    """Return how loading grows with the library, and what a load from unchanged files costs."""
    sizes = _QUICK if options.quick else _SIZES
    rounds, again = (1, 2) if options.quick else (3, 9)
    first: dict[int, list[float]] = {}
    off: dict[int, list[float]] = {}
    second: dict[int, list[float]] = {}
    reading: dict[int, list[float]] = {}
    files = 0
    with workplace() as place:
        made = {make_library(place / f"library-{size}", size): place / f"library-{size}" for size in sizes}
        for size, folder in made.items():
            slow = interleaved(
                {"first": _first(folder, place / "cache"), "off": _uncached(folder)}, rounds=rounds, warmup=0
            )
            first[size], off[size] = slow["first"], slow["off"]
            files = _read_and_hash(folder)
            quick = interleaved(
                {
                    "second": timed(lambda folder=folder: load_catalog(folder)),  # type: ignore[misc]
                    "reading": timed(lambda folder=folder: _read_and_hash(folder)),  # type: ignore[misc]
                },
                rounds=again,
            )
            second[size], reading[size] = quick["second"], quick["reading"]
    least, most = min(made), max(made)
    held = f"The library of {most:,} versions has {files:,} files; every version is an ordinary clause of 6 kB."
    growth = (
        f"Time grows with the power of the size: first load {_growth(first):.2f}, cache off {_growth(off):.2f}, second "
        f"load {_growth(second):.2f}, reading and hashing {_growth(reading):.2f} (1 is linear; from {least:,} to "
        f"{most:,} versions)."
    )
    return Outcome("catalog", tuple(_lines(first, off, second, reading)), (held, growth))


def _growth(times: dict[int, list[float]]) -> float:
    return exponent(list(times), [min(seconds) for seconds in times.values()])


def _lines(
    first: dict[int, list[float]],
    off: dict[int, list[float]],
    second: dict[int, list[float]],
    reading: dict[int, list[float]],
) -> list[Comparison]:
    least, most = min(first), max(first)
    lines = []
    for what, times in (("first load", first), ("load with the cache off", off)):
        here, there = (statistics.median(times[size]) / size * 1e3 for size in (most, least))
        lines.append(
            Comparison(
                f"{what}, per version of {most:,}", f"per version of {least:,}", here, there, here / there, target=1.25
            )
        )
    lines.append(Comparison.of(f"first load of {most:,} versions", "the same, cache off", first[most], off[most]))
    lines.extend(
        Comparison.of(
            f"second load of {size:,} versions",
            "reading and hashing the files",
            second[size],
            reading[size],
            target=3.0,
        )
        for size in second
    )
    return lines
