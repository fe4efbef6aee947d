"""Print a schedule as a table that fits a narrow window."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fe_contracts.exchange.schedule_words import (
    PARTIES,
    day_in_words,
    heading,
    weekday,
    workload_in_words,
    workloads_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.schedule.duties import DatedDuty
    from fe_contracts.schedule.result import Schedule

__all__ = ["schedule_table"]

_NARROW = 80


def schedule_table(schedule: Schedule, *, everything: bool = False, width: int = _NARROW) -> str:
    """Return the duties by day, then what has no day, then the burden and what a reader must know."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    several = len(schedule.contracts) > 1
    table = Table(box=SIMPLE_HEAD, expand=False, pad_edge=False, show_edge=False)
    table.add_column("Last day", no_wrap=True)
    if several:
        table.add_column("Contract", overflow="fold")
    table.add_column("What", overflow="fold")
    table.add_column("Who", no_wrap=True)
    table.add_column("Section", no_wrap=True)
    for duty in schedule.duties:
        about = day_in_words(duty)
        what = f"{heading(duty)} ({about})" if about else heading(duty)
        cells = [
            f"{duty.last_day} {weekday(duty.last_day)[:3]}",
            *([duty.contract] if several else []),
            what,
            _who(duty),
            duty.section,
        ]
        table.add_row(*map(Text, cells))
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, legacy_windows=False, highlight=False, emoji=False)
    for line in _above(schedule):
        console.print(Text(line))
    if schedule.duties:
        console.print()
        console.print(table)
    for line in _below(schedule, everything=everything):
        console.print(Text(line))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _who(duty: DatedDuty) -> str:
    return PARTIES.get(duty.owed_by, duty.owed_by)


def _above(schedule: Schedule) -> Iterator[str]:
    """Yield which contracts are shown."""
    if len(schedule.contracts) != 1:
        yield f"{len(schedule.contracts)} contracts, {_counted(len(schedule.duties))}"
        return
    contract = schedule.contracts[0]
    yield f"{contract.number}  {contract.title}"
    yield f"{contract.agency}, {contract.city}: {contract.start} to {contract.end}"
    yield _counted(len(schedule.duties))
    if contract.fictional:
        yield "Names and figures are made up."


def _counted(number: int) -> str:
    return f"{number} {'duty' if number == 1 else 'duties'} with a day"


def _below(schedule: Schedule, *, everything: bool) -> Iterator[str]:
    """Yield what has no day, the burden, and what a reader must know."""
    yield ""
    if everything:
        yield "Without a day:"
        for item in schedule.undated:
            who = PARTIES.get(item.owed_by, item.owed_by)
            yield f"- {item.title} ({who}, {item.clause}, section {item.section}): {item.when} {item.because}"
        yield ""
    elif schedule.undated:
        yield f"{len(schedule.undated)} more have no day: they hold all the time, or wait for an event (see --all)."
        yield ""
    if len(schedule.burden) > 1:
        yield workloads_in_words(schedule.burden)
    else:
        yield from map(workload_in_words, schedule.burden)
    if schedule.burden:
        effort = schedule.burden[0].effort
        yield (
            f"The hours are an estimate [{effort.confidence}]: {effort.minutes_per_report} minutes a report, "
            f"{effort.minutes_per_field} a value, {effort.minutes_per_invoice} an invoice "
            f"({effort.source.rstrip('.')})."
        )
    yield from schedule.notes
