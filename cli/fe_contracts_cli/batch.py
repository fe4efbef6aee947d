"""`fe-contracts batch`: many contracts in one run."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option, format_option, house_style_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fe_contracts import BatchResult, BatchRow

__all__ = ["command"]

_SHOWN = 20
"""How many troubled rows are printed; the summary holds them all."""


@click.command(
    "batch",
    short_help="Make many contracts, from a folder of specs or a table.",
    epilog="""\b
Example:
  fe-contracts batch agencies.csv --base program.yaml -o out/
  fe-contracts batch specs/ -o out/ --jobs 4""",
)
@click.argument("source", type=FILE, metavar="TABLE|DIR")
@click.option("--base", type=FILE, metavar="BASE.yaml", help="The spec that the rows of a table are laid over.")
@click.option("-o", "--out", type=FILE, required=True, metavar="OUT", help="The folder for the contracts.")
@house_style_option
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="How many processes; one for each processor if left out."
)
@catalog_option
@force_option
@format_option
@click.pass_context
def command(  # noqa: PLR0913 - one for each option
    ctx: click.Context, source: Path, base: Path | None, out: Path, house_style: str, *,
    jobs: int | None, catalog: Path | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make many contracts, from a folder of specs or a table.

    A table is a CSV or Excel file with one row for each contract. Its headings name fields of the spec, such as
    agency.legal_name or funding[0].amount; an empty cell keeps the base's value. A column with the heading file
    names the contracts, else contract.id does; in a folder each is named like its spec.

    A row that cannot be made is reported and stops no other. OUT/summary.csv and OUT/summary.json say what became
    of each row. A run that was stopped goes on where it stopped: what is finished and unchanged is kept. A contract
    that somebody edited is kept and reported, unless --force is given.

    Exit code 0: every contract is there. 1: some are not. 2: could not run.
    """
    from fe_contracts import run_batch
    from fe_contracts_cli.output import show_json, write

    try:
        with _progress(quiet=as_json) as told:
            result = run_batch(
                source, base=base, out=out, catalog=catalog, house_style=house_style, jobs=jobs, overwrite=force,
                progress=told,
            )  # fmt: skip
    except KeyboardInterrupt:
        write("\nThe contracts made so far are finished. The same command goes on from here.", err=True)
        raise
    if as_json:
        show_json({**result.to_dict(), "exit_code": result.exit_code})
    else:
        _show(result)
    ctx.exit(result.exit_code)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[BatchRow, int], None] | None]:
    """Show a bar while the batch runs, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Contracts"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # without a thread of its own to draw it: processes start faster in a program that has no threads
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        job = bar.add_task("contracts", total=None)
        yield lambda _, total: bar.update(job, total=total, advance=1, refresh=True)


def _show(result: BatchResult) -> None:
    """Print the rows that someone must look at, and how many came to what."""
    from fe_contracts_cli.output import paragraph, show_findings, style, write

    for row in result.troubled[:_SHOWN]:
        name = ", ".join(part for part in (row.contract_id, row.file) if part)
        write(f"{style(f'Row {row.row}', bold=True)} {row.status.value}: {name}")
        show_findings(row.findings)
    if len(result.troubled) > _SHOWN:
        write(f"… and {len(result.troubled) - _SHOWN} more rows.\n")
    told = ", ".join(f"{number} {status}" for status, number in result.counts.items() if number)
    colour = "yellow" if result.exit_code else "green"
    write(f"{style(told, fg=colour, bold=True)} of {len(result)}, in {style(str(result.out), bold=True)}")
    if result.drafts:
        marked = style(f"{result.drafts} marked DRAFT", fg="yellow")
        write(f"  {marked}: not every role approved their clauses (APPROVAL010)")
    write(f"  {result.out / 'summary.csv'} says what became of each row; {result.catalog}")
    write()
    paragraph(result.notice, dim=True)
