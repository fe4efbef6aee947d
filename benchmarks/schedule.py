"""Schedule many contracts: how the time grows, and whose time it is."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.measuring import Comparison, Outcome, exponent, interleaved, timed
from benchmarks.settings import PILOT, workplace
from fe_contracts import load_catalog, load_spec, render_schedule, schedule_contracts
from fe_contracts.assembly import outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measuring import Options
    from fe_contracts import Catalog, Schedule, Spec

__all__ = ["measure"]

_SPECS = (PILOT, PILOT.with_name("coc-rapid-rehousing.yaml"), PILOT.with_name("esg-prevention.yaml"))
_SIZES = (250, 500, 1000)
_QUICK = (3, 6)
_MEMBERS = 100
"""Contracts in the calendar that is written."""


def _many(specs: Sequence[Spec], size: int) -> list[Spec]:
    """Return so many specs, each with a number of its own."""
    made = []
    for number in range(size):
        spec = specs[number % len(specs)]
        identity = spec.contract.model_copy(update={"id": f"FE-{number:05}"})
        made.append(spec.model_copy(update={"contract": identity}))
    return made


def _outlined(specs: Sequence[Spec], catalog: Catalog) -> int:
    """Choose and number the clauses of each contract and bind their values, and return how many there are."""
    return sum(len(outline(spec, catalog).clauses) for spec in specs)


def _calendar(found: Schedule) -> str:
    return render_schedule(found, "ics")


def _serialized(text: str) -> object:
    """Have the package icalendar read a calendar and write it again: its own share, and more."""
    from icalendar import Calendar

    return Calendar.from_ical(text).to_ical()


def measure(options: Options) -> Outcome:
    """Return how the schedule grows with the contracts, and what of it is choosing clauses and writing a calendar."""
    sizes = _QUICK if options.quick else _SIZES
    rounds = 1 if options.quick else 5
    with workplace():
        catalog = load_catalog(options.catalog)
        rows = {size: _many([load_spec(path) for path in _SPECS], size) for size in sizes}
        most, least = max(sizes), min(sizes)
        grown = interleaved(
            {
                **{
                    str(size): timed(lambda row=row: schedule_contracts(row, catalog))  # type: ignore[misc]
                    for size, row in rows.items()
                },
                "outline": timed(lambda: _outlined(rows[most], catalog)),
            },
            rounds=rounds,
        )
        found = schedule_contracts(rows[most][:_MEMBERS], catalog)
        text = _calendar(found)
        calendar = interleaved(
            {
                "ours": timed(lambda: _calendar(found)),
                "icalendar": timed(lambda: _serialized(text)),
            },
            rounds=rounds,
        )
    here, there = (statistics.median(grown[str(size)]) / size * 1e3 for size in (most, least))
    lines = (
        Comparison(
            f"schedule, per contract of {most:,}", f"per contract of {least:,}", here, there, here / there, target=1.25
        ),
        Comparison.of(
            f"schedule of {most:,} contracts",
            "choosing, numbering and binding their clauses, which is part of it",
            grown[str(most)],
            grown["outline"],
        ),
        Comparison.of(
            f"calendar of {len(found.contracts)} contracts ({len(found.duties):,} events)",
            "icalendar reading and writing the same file",
            calendar["ours"],
            calendar["icalendar"],
            target=1.25,
        ),
    )
    power = exponent(list(sizes), [min(grown[str(size)]) for size in sizes])
    share = statistics.median(grown["outline"]) / statistics.median(grown[str(most)])
    remarks = (
        f"Time grows with the power {power:.2f} of the number of contracts (1 is linear, {least:,} to {most:,}).",
        f"Of the schedule's time, {share:.0%} goes into choosing, numbering and binding clauses; specs are in memory.",
    )
    return Outcome("schedule", lines, remarks)
