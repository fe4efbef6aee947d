"""`fe-contracts schedule`: every dated duty of one contract, or of a folder of them."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option, refuse_input

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Schedule

__all__ = ["command"]

_KINDS = (
    "report", "invoice", "payment", "deliverable", "milestone", "training", "monitoring", "insurance", "data", "audit",
    "renewal", "closeout", "retention", "other",
)  # fmt: skip
_WIDEST = 120
_NARROW = 80


def _keep_format(ctx: click.Context, _: click.Parameter, value: str) -> str:
    """Return the form, and keep it for an error on the way: see `fe_contracts_cli.options.wants_json`."""
    ctx.meta["fe_contracts.format"] = value
    return value


def _day(_: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """Return the day that an option gives.

    Raises:
        click.BadParameter: if it is none.
    """
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is no day such as 2027-01-31."
        raise click.BadParameter(message, param=param) from None


@click.command(
    "schedule",
    short_help="List every dated duty: as a table, CSV, JSON or calendar.",
    epilog="""\b
Example:
  fe-contracts schedule my-contract.yaml
  fe-contracts schedule contracts/ --who agency --from 2027-04-01 --to 2027-06-30
  fe-contracts schedule my-contract.yaml --format ics -o my-contract.ics""",
)
@click.argument("specs", type=FILE, nargs=-1, required=True, metavar="SPEC|FOLDER...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "ics"]),
    default="table",
    show_default=True,
    is_eager=True,
    callback=_keep_format,
    help="A table for people, CSV for spreadsheets, JSON for programs, or iCalendar for calendars.",
)
@click.option("-o", "--out", type=FILE, metavar="FILE", help="Write it to a file; to the screen if left out.")
@click.option("--from", "first", metavar="DAY", callback=_day, help="Leave out what is due before, such as 2027-04-01.")
@click.option("--to", "last", metavar="DAY", callback=_day, help="Leave out what is due after.")
@click.option("--who", type=click.Choice(["agency", "city"]), help="Show what this side owes.")
@click.option("--kind", "kinds", type=click.Choice(_KINDS), multiple=True, help="Show this kind; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="List the duties that have no day, too.")
@click.option(
    "--alarm",
    "alarms",
    type=click.IntRange(0, 365),
    multiple=True,
    metavar="DAYS",
    help="In a calendar, remind so many days before; may be repeated. 14 and 2 if left out.",
)
@click.option(
    "--was",
    type=FILE,
    multiple=True,
    metavar="SPEC",
    help="The contract before it was amended: what it had and has no more is cancelled in the calendar.",
)
@click.option("--minutes-per-report", type=click.IntRange(0), metavar="N", help="For the estimate of hours.")
@click.option("--minutes-per-field", type=click.IntRange(0), metavar="N", help="For the estimate of hours.")
@click.option("--minutes-per-invoice", type=click.IntRange(0), metavar="N", help="For the estimate of hours.")
@catalog_option
@force_option
@click.pass_context
def command(  # noqa: PLR0913 - click gives each option by name
    ctx: click.Context,
    /,
    specs: tuple[Path, ...],
    *,
    form: str,
    out: Path | None,
    first: dt.date | None,
    last: dt.date | None,
    who: str | None,
    kinds: tuple[str, ...],
    everything: bool,
    alarms: tuple[int, ...],
    was: tuple[Path, ...],
    catalog: Path | None,
    force: bool,
    **minutes: int | None,
) -> None:
    """List every dated duty of a contract, or of many: reports, invoices, payments, milestones, visits, closeout.

    Each day is shown as the contract counts it: where it falls on a weekend or a holiday, as the next Business Day. An
    expected day is counted from something that has yet to happen, taken to happen on its own last day. A folder means
    every spec in it; one that cannot be read is named, and the others go on.

    Exit code 0: nothing found. 1: something to look at. 2: could not run, or no contract could be read.
    """
    from fe_contracts import Effort, load_catalog, schedule_contracts
    from fe_contracts_cli.output import show_findings

    if out is not None:
        refuse_input(out, *specs, *was)
    library = load_catalog(catalog)
    effort = Effort().given(**minutes) if any(value is not None for value in minutes.values()) else None
    found = schedule_contracts(specs, library, effort=effort)
    if was:
        found = found.since(schedule_contracts(was, library))
    found = found.only(kinds=kinds, who=who, first=first, last=last)
    _show(found, form, out, force=force, everything=everything, alarms=alarms)
    if form != "json" or out is not None:
        show_findings(found.findings, err=True)
    ctx.exit(found.exit_code)


def _show(
    found: Schedule, form: str, out: Path | None, *, force: bool, everything: bool, alarms: tuple[int, ...]
) -> None:
    """Write to a file, or to the screen where none is named; nothing but findings if no contract could be read."""
    from fe_contracts import render_schedule, save_schedule

    how: dict[str, Any] = {"everything": everything}
    if form == "ics" and alarms:
        how["alarms"] = alarms
    if not found.contracts and form != "json":
        return
    if out is not None:
        save_schedule(found, out, form=form, overwrite=force, **how)
        click.echo(f"Made {out}", err=True)
        return
    if form == "table" and sys.stdout.isatty():
        how["width"] = max(_NARROW, min(_WIDEST, shutil.get_terminal_size().columns - 1))
    click.echo(render_schedule(found, form, **how), nl=False)
