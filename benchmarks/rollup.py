"""Roll up many report workbooks: how the time grows, what two processes give, how much memory, and whose time it is.

Four workbooks are made, one for each quarter, and filled in; the others are copies with another contract's number.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import statistics
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from benchmarks.measuring import Comparison, Outcome, exponent, interleaved, timed
from benchmarks.settings import PILOT, workplace
from fe_contracts import load_spec, report_template, roll_up

if TYPE_CHECKING:
    from benchmarks.measuring import Options
    from fe_contracts import ReportForm, RollUp

__all__ = ["measure"]

_SIZES = (250, 500, 1000)
_QUICK = (4, 8)
_PERIODS = ("2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4")
_AS_OF = dt.date(2028, 2, 1)
_MOST = 300.0
"""Megabytes that all processes together may take."""
_PREFIX = "fe."


def _filled(form: ReportForm, content: bytes) -> bytes:
    """Return a workbook with a number in every cell that asks for one."""
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    for item in form.inputs:
        name = book.defined_names.get(_PREFIX + item.key)
        if name is not None and item.kind.is_number:
            ((title, place),) = name.destinations
            book[title][place.replace("$", "")].value = 12
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _renumbered(content: bytes, number: str, other: str) -> bytes:
    """Return a workbook that says it is of another contract."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as box,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out,
    ):
        for name in box.namelist():
            out.writestr(name, box.read(name).replace(number.encode(), other.encode()))
    return made.getvalue()


def _folder(place: Path, size: int, books: dict[str, bytes], text: str, number: str) -> Path:
    """Return a folder with so many workbooks, four for each contract."""
    place.mkdir()
    for agency in range(size // len(_PERIODS)):
        other = f"{number[:-5]}{agency:05}"
        home = place / other
        home.mkdir()
        (home / "contract.yaml").write_text(text.replace(number, other), encoding="utf-8")
        for period, content in books.items():
            (home / f"R1-{period} 2027-12-0{period[-1]}.xlsx").write_bytes(_renumbered(content, number, other))
    return place


def _opened(folder: Path) -> int:
    """Have openpyxl alone open every workbook, and return how many there are."""
    return sum(1 for path in folder.rglob("*.xlsx") if openpyxl.load_workbook(path).sheetnames)


def _resident() -> float:
    """Return the megabytes that this process and those it started hold now; shared pages count once for each part."""
    total = 0.0
    for process in [os.getpid(), *_children()]:
        try:
            told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1000
    return total


def _children() -> list[int]:
    found = []
    for task in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        found += [int(number) for number in task.read_text(encoding="ascii").split()]
    return found


def _peak(folder: Path) -> float | None:
    """Return the most megabytes that a roll-up with two processes held, looked at twenty times a second."""
    if sys.platform != "linux":
        return None
    seen, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.append(_resident())
            time.sleep(0.05)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    roll_up(folder, as_of=_AS_OF, jobs=2)
    done.set()
    watching.join()
    return max(seen)


def _rolled(folder: Path, jobs: int, size: int) -> RollUp:
    found = roll_up(folder, as_of=_AS_OF, jobs=jobs)
    counted = sum(item.version == 1 for item in found.history)
    if counted != size // len(_PERIODS) * len(_PERIODS):
        message = f"Only {counted} of {size} workbooks were counted."
        raise RuntimeError(message)
    return found


def measure(options: Options) -> Outcome:
    """Return how the roll-up grows with the workbooks, and what of it opening them would take openpyxl."""
    sizes = _QUICK if options.quick else _SIZES
    rounds = 1 if options.quick else 3
    with workplace() as place:
        number, text = load_spec(PILOT).contract.id, PILOT.read_text(encoding="utf-8")
        books = {}
        for period in _PERIODS:
            template = report_template(PILOT, period, report="R1")
            books[period] = _filled(template.form, template.to_bytes())
        folders = {size: _folder(place / str(size), size, books, text, number) for size in sizes}
        most, least = max(sizes), min(sizes)
        sides = {f"{size}": timed(lambda size=size: _rolled(folders[size], 1, size)) for size in sizes}  # type: ignore[misc]
        sides["both"] = timed(lambda: _rolled(folders[most], 2, most))
        sides["openpyxl"] = timed(lambda: _opened(folders[least]))
        taken = interleaved(sides, rounds=rounds, warmup=0)
        peak = _peak(folders[most])
    here, there = (statistics.median(taken[f"{size}"]) / size * 1e3 for size in (most, least))
    lines = [
        Comparison(
            f"roll-up, per workbook of {most:,}", f"per workbook of {least:,}", here, there, here / there, target=1.25
        ),
        Comparison.of(
            f"roll-up of {most:,} workbooks, two processes", "one process", taken["both"], taken[f"{most}"], target=0.6
        ),
        Comparison.of(
            f"roll-up of {least:,} workbooks, with its check",
            "openpyxl opening the same",
            taken[f"{least}"],
            taken["openpyxl"],
        ),
    ]
    if peak is not None:
        lines.append(
            Comparison(
                f"peak memory, {most:,} workbooks, all processes",
                "what was asked for",
                peak,
                _MOST,
                peak / _MOST,
                "MB",
                1.0,
            )
        )
    power = exponent(list(sizes), [min(taken[f"{size}"]) for size in sizes])
    remarks = (
        f"Time grows with the power {power:.2f} of the number of workbooks (1 is linear, {least:,} to {most:,}).",
        "The roll-up reads the workbooks' own XML; openpyxl takes no part in it, and writes only what comes out.",
    )
    return Outcome("rollup", tuple(lines), remarks)
