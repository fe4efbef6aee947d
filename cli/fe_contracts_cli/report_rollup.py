"""`fe-contracts report rollup`: what the reports of many agencies and periods come to, as a page and a workbook."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option, format_option, today

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import RollUp

__all__ = ["command"]

_VIEWS = {"both": ("internal", "public"), "internal": ("internal",), "public": ("public",)}


@click.command(
    "rollup",
    short_help="Add up the reports of many agencies against their contracts.",
    epilog="""\b
Example:
  fe-contracts report rollup received/ -o quarter-end/ --as-of 2027-08-15
  fe-contracts report rollup received/ --contracts contracts/ -o quarter-end/ --view public""",
)
@click.argument("folder", type=FILE, metavar="FOLDER")
@click.option(
    "-o",
    "--out",
    type=FILE,
    required=True,
    metavar="FOLDER",
    help="Where it goes: a folder that gets internal/ and public/, each with a page and a workbook.",
)
@click.option(
    "--contracts",
    type=FILE,
    multiple=True,
    metavar="FILE|FOLDER",
    help="Contracts (specs) that are not in the folder; may be repeated.",
)
@click.option("--as-of", metavar="DAY", help="The day it is for, such as 2027-08-15; today if left out.")
@click.option(
    "--view",
    type=click.Choice([*_VIEWS]),
    default="both",
    show_default=True,
    help="Exact counts and findings for the city's own work, or what may be given to others.",
)
@click.option(
    "--smallest",
    type=click.IntRange(2, 1000),
    default=11,
    show_default=True,
    metavar="N",
    help="Counts of people below N are left out of the public view, where a contract says nothing of it.",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Files read at a time; one for each processor.")
@catalog_option
@force_option
@format_option
@click.pass_context
def command(  # noqa: PLR0913 - click gives each option by name
    ctx: click.Context,
    /,
    folder: Path,
    *,
    out: Path,
    contracts: tuple[Path, ...],
    as_of: str | None,
    view: str,
    smallest: int,
    jobs: int | None,
    catalog: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Add up the reports of many agencies against their contracts.

    FOLDER holds contracts (their specs) and reports that came back, anywhere below. When each came is told by a table
    received.csv in it (columns file, received), else by a day in the name of the file or its folder. The last version
    of each report counts; the history keeps all. A file that cannot be read is told, and the others go on.

    Written are a page and a workbook of each view: 'internal' holds exact counts, the history and every finding;
    'public' leaves out small counts, and those from which one could be worked out. JSON holds the internal view, unless
    the public one alone is asked for.

    Exit code 0: nothing above a note, and no report is missing. 1: something is. 2: there is no contract, or it could
    not run.
    """
    from fe_contracts import published, roll_up, rollup_data, save_rollup
    from fe_contracts_cli.output import show_json

    day = _day(as_of) or today()
    found = roll_up(folder, as_of=day, contracts=contracts, catalog=catalog, smallest=smallest, jobs=jobs)
    written = save_rollup(found, out, views=_VIEWS[view], overwrite=force) if found.contracts else ()
    if as_json:
        shown = published(found) if view == "public" else found
        more = {"written": [str(path) for path in written], "exit_code": found.exit_code}
        show_json(rollup_data(shown) | more)
    else:
        _show(found)
    for path in written:
        click.echo(f"Wrote {path}", err=True)
    ctx.exit(found.exit_code)


def _day(text: str | None) -> dt.date | None:
    """Return the day that is named.

    Raises:
        click.UsageError: if it is none.
    """
    try:
        return dt.date.fromisoformat(text) if text is not None else None
    except ValueError:
        message = f"--as-of is {text!r}, and no day such as 2027-08-15."
        raise click.UsageError(message) from None


def _show(found: RollUp) -> None:
    from fe_contracts_cli.output import counted, harmless, paragraph, show_findings, style, summary, title, write

    if found.contracts:
        title(f"{counted(len(found.agencies), 'agency', 'agencies')}, as of {found.as_of}")
        undated = any(item.state.value == "came, day not known" for one in found.contracts for item in one.reports)
        _line("Agency", ["Due", "In time", "Late", *(["No day"] if undated else []), "Missing", "Below"], bold=True)
        for contract in found.contracts:
            states = [item.state.value for item in contract.reports]
            due = len(states) - states.count("not due yet")
            below = sum(line.below for line in contract.deliverables)
            no_day = [states.count("came, day not known")] if undated else []
            counts = [due, states.count("in time"), states.count("late"), *no_day, states.count("missing"), below]
            _line(harmless(contract.agency), [str(count) if count else "-" for count in counts])
        write()
    if found.drifting:
        title("Drifting")
        for item in found.drifting:
            paragraph(f"{style(harmless(item.agency), bold=True)}, {harmless(item.about)}: {item.why}", hanging=2)
        write()
    show_findings(found.findings)
    if found.skipped:
        paragraph(f"{counted(len(found.skipped), 'other file')} in the folder passed by.")
    inside = [finding for contract in found.contracts for finding in contract.findings]
    write(f"In the folder: {summary(found.findings)}. In the reports that count: {summary(inside)}.")
    if inside:
        paragraph("The internal page and workbook name those in the reports; so does 'fe-contracts report check'.")


def _line(label: str, cells: list[str], *, bold: bool = False) -> None:
    from fe_contracts_cli.output import style, write

    room = 80 - 9 * len(cells)
    cut = label if len(label) < room else f"{label[: room - 4].rstrip()}..."
    text = f"{cut:<{room}}" + "".join(f"{cell:>9}" for cell in cells)
    write(style(text, bold=True) if bold else text)
