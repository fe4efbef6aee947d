"""`fe-contracts export`: a contract as data, in a form that others read: Open Contracting, or all of it as JSON."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option, refuse_input

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fe_contracts import Catalog, CheckedReport, ContractExport

__all__ = ["command"]


def _day(_: click.Context, option: click.Parameter, value: str | None) -> dt.date | None:
    """Return the day that an option names.

    Raises:
        click.UsageError: if it is none.
    """
    try:
        return dt.date.fromisoformat(value) if value is not None else None
    except ValueError:
        message = f"{option.opts[0]} {value!r} is no day such as 2027-01-31."
        raise click.UsageError(message) from None


@click.command(
    "export",
    short_help="Hand a contract over as data: Open Contracting or JSON.",
    epilog="""\b
Example:
  fe-contracts export my-contract.yaml --to json -o my-contract.json
  fe-contracts export my-contract.yaml --to ocds --ocid-prefix ocds-abc123 -o release.json
  fe-contracts export my-contract.yaml --to ocds --ocid-prefix ocds-abc123 --reports received/ -o release.json
  fe-contracts export made.yaml amended.yaml --to ocds --package \\
      --ocid-prefix ocds-abc123 --uri https://data.example.gov/fe.json -o package.json""",
)
@click.argument("specs", type=FILE, nargs=-1, required=True, metavar="SPEC...")
@click.option(
    "--to",
    "form",
    type=click.Choice(["ocds", "json"]),
    required=True,
    help="An Open Contracting release (1.1), or all of the contract as JSON.",
)
@click.option("-o", "--out", type=FILE, metavar="FILE", help="Write it to a file; to the screen if left out.")
@click.option("--ocid-prefix", default="", metavar="PREFIX", help="The publisher's registered prefix: ocds-abc123.")
@click.option(
    "--process", default="", metavar="NUMBER", help="The city's number of the process, if not the first contract's."
)
@click.option(
    "--date", callback=_day, metavar="DAY", help="The day it is published; the day it applies from if left out."
)
@click.option("--awarded-on", callback=_day, metavar="DAY", help="The day the award was decided, if known.")
@click.option("--signed-on", callback=_day, metavar="DAY", help="The day of the last signature, if known.")
@click.option(
    "--reports",
    type=FILE,
    metavar="FOLDER",
    help="Reports that came back, to be checked and told: the last version of each, as for a roll-up.",
)
@click.option("--as-of", callback=_day, metavar="DAY", help="Only reports that came by this day.")
@click.option("--package", is_flag=True, help="A release package, to be published; for one contract or several.")
@click.option("--uri", default="", metavar="ADDRESS", help="Where the package will stand on the web.")
@click.option("--publisher", default="", metavar="NAME", help="Who publishes the package; the city if left out.")
@catalog_option
@force_option
@click.pass_context
def command(
    ctx: click.Context, /, specs: tuple[Path, ...], *, form: str, out: Path | None, catalog: Path | None, **given: Any
) -> None:
    """Hand a contract over as data.

    To ocds: a release of the Open Contracting Data Standard 1.1, with what stands against publishing it. A subaward is
    no procurement, so this is an adaptation. To json: all of the contract, with its clauses and dates; it names people
    and is not for publishing.

    Exit code 0: done. 1: done, and something was found; or refused. 2: could not run.
    """
    from fe_contracts import contract_reports, load_catalog
    from fe_contracts_cli.output import show_findings

    force, folder, day = given.pop("force"), given.pop("reports"), given.pop("as_of")
    _check(form, specs, given)
    if day and folder is None:
        message = "--as-of belongs to --reports."
        raise click.UsageError(message)
    library = load_catalog(catalog)
    reports = [contract_reports(spec, folder, as_of=day, catalog=library) for spec in specs] if folder else []
    made = _made(form, specs, library, given, [item.reports for item in reports])
    for found in (*(item.findings for item in reports), made.findings):
        show_findings(found, err=True)
    if out is None:
        click.echo(made.to_json(), nl=False)
    else:
        refuse_input(out, *specs)
        made.save(out, overwrite=force)
        click.echo(f"Made {out}", err=True)
    ctx.exit(max(made.exit_code, *(item.findings.exit_code for item in reports), 0))


def _check(form: str, specs: tuple[Path, ...], given: dict[str, Any]) -> None:
    """Refuse options that do not go together.

    Raises:
        click.UsageError: if they do not.
    """
    package = given["package"]
    used = [f"--{name.replace('_', '-')}" for name, value in given.items() if value]
    if form == "json" and used:
        message = f"{used[0]} belongs to --to ocds."
        raise click.UsageError(message)
    single = [name for name in used if name in {"--process", "--awarded-on", "--signed-on"}]
    if package and single:
        message = f"{single[0]} is about one contract: a package takes none."
        raise click.UsageError(message)
    if not package and (alone := [name for name in used if name in {"--uri", "--publisher"}]):
        message = f"{alone[0]} belongs to --package."
        raise click.UsageError(message)
    if len(specs) > 1 and not package:
        message = "Give one spec, or --to ocds --package for several."
        raise click.UsageError(message)


def _made(
    form: str,
    specs: tuple[Path, ...],
    catalog: Catalog,
    given: dict[str, Any],
    reports: Sequence[Sequence[CheckedReport]],
) -> ContractExport:
    """Return what was asked for; `reports` are those of each spec, or none."""
    from fe_contracts import export_json, export_ocds, export_ocds_package, load_spec

    checked = reports[0] if reports else ()
    if form == "json":
        return export_json(specs[0], catalog, checked=checked)
    shared = {"ocid_prefix": given["ocid_prefix"], "date": given["date"]}
    if given["package"]:
        contracts = [load_spec(spec) for spec in specs]
        told = {spec.contract.id: found for spec, found in zip(contracts, reports, strict=False)}
        publishing = {"uri": given["uri"], "publisher": given["publisher"]}
        return export_ocds_package(contracts, catalog, checked=told, **publishing, **shared)
    one = {name: given[name] for name in ("process", "awarded_on", "signed_on")}
    return export_ocds(specs[0], catalog, checked=checked, **shared, **one)
