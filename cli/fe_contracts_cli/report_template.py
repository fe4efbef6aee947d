"""`fe-contracts report template`: the workbook that an agency fills in, made from the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option, refuse_input

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import ReportTemplate

__all__ = ["command"]


@click.command(
    "template",
    short_help="Make the report that an agency fills in, from the contract.",
    epilog="""\b
Example:
  fe-contracts report template my-contract.yaml --period 2027-Q1 -o reports/
  fe-contracts report template my-contract.yaml --period 2027-Q2 --report R1 \\
      --prior received/R1-2027-Q1.xlsx -o R1-2027-Q2.xlsx""",
)
@click.argument("spec", type=FILE, metavar="SPEC")
@click.option(
    "--period",
    required=True,
    metavar="PERIOD",
    help="The period: its label such as 2027-Q1, its number in the term such as Q1, or a day in it.",
)
@click.option("--report", metavar="ID", help="The report, such as R1; every report for the period if left out.")
@click.option(
    "--prior",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="An earlier report of the same kind, for the figures to date; may be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "csv", "json"]),
    help="A workbook for people, CSV or JSON for programs: for a folder; a file's name says it by its ending.",
)
@click.option(
    "-o",
    "--out",
    type=FILE,
    required=True,
    metavar="FILE|FOLDER",
    help="Where it goes: a file, or a folder (a name without an ending).",
)
@catalog_option
@force_option
@click.pass_context
def command(  # noqa: PLR0913 - click gives each option by name
    ctx: click.Context,
    /,
    spec: Path,
    *,
    period: str,
    report: str | None,
    prior: tuple[Path, ...],
    form: str | None,
    out: Path,
    catalog: Path | None,
    force: bool,
) -> None:
    """Make the report that an agency fills in, from the contract.

    The workbook asks for what the contract asks for, with its targets, definitions and words, and says what contract
    and period it belongs to. Its cells to be filled in are open; all others are locked, without a password.

    With --prior, what earlier reports come to is filled in; without it, the agency fills it in.

    Exit code 0: made. 1: made, but an earlier report could not be used. 2: could not run.
    """
    from fe_contracts import load_catalog, report_templates
    from fe_contracts_cli.output import show_findings

    refuse_input(out, spec, *prior)
    made = report_templates(spec, period, report=report, prior=prior, catalog=load_catalog(catalog))
    for template, path in _places(made, out, form):
        template.save(path, form=_format(path, form), overwrite=force)
        last = template.form.due
        click.echo(f"Made {path}: {template.form.report}, {template.form.period.label}, due {last}", err=True)
    found = [item for template in made for item in template.findings]
    show_findings(found, err=True)
    ctx.exit(1 if found else 0)


def _places(made: tuple[ReportTemplate, ...], out: Path, form: str | None) -> list[tuple[ReportTemplate, Path]]:
    """Return each report with the file it goes into.

    Raises:
        click.UsageError: if there are several and the output is no folder.
    """
    if out.is_dir() or not out.suffix:
        out.mkdir(parents=True, exist_ok=True)
        return [(item, out / f"{item.file_name}.{form or 'xlsx'}") for item in made]
    if len(made) > 1:
        names = ", ".join(f"{item.form.requirement} ({item.form.report})" for item in made)
        message = f"There are several reports for this period: {names}. Name one with --report, or a folder with -o."
        raise click.UsageError(message)
    return [(made[0], out)]


def _format(path: Path, wanted: str | None) -> str:
    """Return the format that a file's name asks for.

    Raises:
        click.UsageError: if it asks for none that is known, or for another one than is wanted.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending not in {"xlsx", "csv", "json"}:
        message = f"{path.name} does not say which format is wanted: end it in .xlsx, .csv or .json."
        raise click.UsageError(message)
    if wanted not in {None, ending}:
        message = f"{path.name} ends in .{ending}, but --format says {wanted}: such a file could not be read again."
        raise click.UsageError(message)
    return ending
