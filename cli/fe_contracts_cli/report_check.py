"""`fe-contracts report check`: what is wrong or doubtful in reports that came back, against their contract."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, catalog_option, format_option

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import ReportCheck

__all__ = ["command"]


@click.command(
    "check",
    short_help="Say what is wrong or doubtful in reports that came back.",
    epilog="""\b
Example:
  fe-contracts report check my-contract.yaml received/R1-2027-Q1.xlsx --received 2027-04-28
  fe-contracts report check my-contract.yaml received/*.xlsx --format json""",
)
@click.argument("spec", type=FILE, metavar="SPEC")
@click.argument("reports", nargs=-1, required=True, type=FILE, metavar="REPORT...")
@click.option(
    "--earlier",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="An earlier report of the contract, to hold the figures against; may be repeated.",
)
@click.option(
    "--received",
    metavar="DAY",
    help="The day the reports came, such as 2027-04-28; without it nothing is said of whether they are late.",
)
@click.option("--report", metavar="ID", help="Which report it is, such as R1, where the file no longer says it.")
@click.option("--period", metavar="PERIOD", help="Which period, such as 2027-Q1, where the file no longer says it.")
@catalog_option
@format_option
@click.pass_context
def command(  # noqa: PLR0913 - click gives each option by name
    ctx: click.Context,
    /,
    spec: Path,
    reports: tuple[Path, ...],
    *,
    earlier: tuple[Path, ...],
    received: str | None,
    report: str | None,
    period: str | None,
    catalog: Path | None,
    as_json: bool,
) -> None:
    """Say what is wrong or doubtful in reports that came back.

    Each is a workbook, a CSV or a JSON file that 'fe-contracts report template' made and the agency filled in. It is
    held against its contract, against itself, and against those that came before: --earlier, and the other files
    given. Nothing in it is run, and nothing is written. What points to a person is never shown.

    Exit code 0: nothing above a note. 1: something was found. 2: a file could not be read as a report.
    """
    from fe_contracts import check_report, check_reports, load_catalog, load_spec

    if (report or period) and len(reports) > 1:
        message = "--report and --period say which one report is meant: give one file."
        raise click.UsageError(message)
    day, contract, library = _day(received), load_spec(spec), load_catalog(catalog)
    if report or period:
        checks: tuple[ReportCheck, ...] = (
            check_report(
                contract,
                reports[0],
                earlier=earlier,
                received_on=day,
                report=report,
                period=period,
                catalog=library,
            ),
        )
    else:
        checks = check_reports(contract, reports, earlier=earlier, received_on=day, catalog=library)
    code = max(item.findings.exit_code if item.readable else 2 for item in checks)
    _show(checks, code, as_json=as_json)
    ctx.exit(code)


def _day(text: str | None) -> dt.date | None:
    """Return the day that is named.

    Raises:
        click.UsageError: if it is none.
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = f"--received is {text!r}, and no day such as 2027-04-28."
        raise click.UsageError(message) from None


def _show(checks: tuple[ReportCheck, ...], code: int, *, as_json: bool) -> None:
    from fe_contracts_cli.output import show_json, summary, write
    from fe_contracts_cli.report_check_view import show_check

    if as_json:
        show_json({"files": [item.to_dict() for item in checks], "exit_code": code})
        return
    for place, item in enumerate(checks):
        if place:
            write()
        show_check(item)
    if len(checks) > 1:
        write()
        accepted = sum(item.accepted for item in checks)
        told = summary(finding for item in checks for finding in item.findings)
        write(f"{len(checks)} files, {accepted} without errors: {told}")
