"""`fe-contracts catalog`: look into the clause library, check it, change it, publish and approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fe_contracts_cli.governing import COMMANDS
from fe_contracts_cli.options import FILE, catalog_option, format_option, today
from fe_contracts_cli.overlay import command as overlay

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

__all__ = ["command"]


def _day(_: click.Context, __: click.Parameter, value: dt.datetime | None) -> dt.date:
    """Return the day given, or today."""
    return value.date() if value else today()


on_option = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    callback=_day,
    help="The day, such as 2027-01-01; today if left out.",
)


@click.group("catalog", short_help="Look into the clause library, check it and publish it.")
def command() -> None:
    """Look into the clause library, check it and publish it."""


command.add_command(overlay)


@command.command(
    "list",
    epilog="""\b
Example:
  fe-contracts catalog list --on 2027-01-01""",
)
@on_option
@catalog_option
@format_option
def list_(on: dt.date, catalog: Path | None, *, as_json: bool) -> None:
    """List the clauses by family, with the version in force on a day."""
    from fe_contracts import describe_catalog, load_catalog
    from fe_contracts_cli.catalog_view import show_catalog
    from fe_contracts_cli.output import show_json

    data = describe_catalog(load_catalog(catalog), on)
    (show_json if as_json else show_catalog)(data)


@command.command(
    "show",
    epilog="""\b
Example:
  fe-contracts catalog show FE-04 --on 2027-01-01 --wording""",
)
@click.argument("clause", metavar="ID")
@click.option("--version", metavar="NUMBER", help="This version, whatever the day.")
@on_option
@click.option("--wording", is_flag=True, help="Show the wording too, as it stands in the library.")
@catalog_option
@format_option
def show(clause: str, version: str | None, on: dt.date, *, wording: bool, catalog: Path | None, as_json: bool) -> None:
    """Show a clause: what it means, the values it takes, the duties it makes, and what it rests on."""
    from fe_contracts import describe_clause, load_catalog
    from fe_contracts_cli.catalog_view import show_clause
    from fe_contracts_cli.output import show_json

    data = describe_clause(load_catalog(catalog), clause, on=on, version=version, wording=wording)
    (show_json if as_json else show_clause)(data)


@command.command(
    "why",
    epilog="""\b
Example:
  fe-contracts catalog why DATA-05 my-contract.yaml""",
)
@click.argument("clause", metavar="ID")
@click.argument("spec", type=FILE)
@catalog_option
@format_option
def why(clause: str, spec: Path, catalog: Path | None, *, as_json: bool) -> None:
    """Say why a clause, and which version of it, is in or out of a contract."""
    from fe_contracts import explain, load_catalog, load_spec
    from fe_contracts_cli.catalog_view import show_explanation
    from fe_contracts_cli.output import show_json

    data = explain(load_spec(spec), load_catalog(catalog), clause).to_dict()
    (show_json if as_json else show_explanation)(data)


@command.command(
    "lint",
    epilog="""\b
Example:
  fe-contracts catalog lint --catalog our-library/""",
)
@catalog_option
@format_option
@click.pass_context
def lint(ctx: click.Context, catalog: Path | None, *, as_json: bool) -> None:
    """Look at the whole library as a careful editor would: terms, words to avoid, loose ends."""
    from fe_contracts import lint_catalog, load_catalog
    from fe_contracts_cli.output import show_findings, show_json, summary, write

    findings = lint_catalog(load_catalog(catalog))
    if as_json:
        show_json({**findings.to_dict(), "exit_code": findings.exit_code})
    else:
        show_findings(findings)
        write(f"{findings.catalog}: {summary(findings)}")
    ctx.exit(findings.exit_code)


@command.command(
    "cite",
    epilog="""\b
Example:
  fe-contracts catalog cite our-old-form.txt --on 2026-12-01""",
)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@on_option
@catalog_option
@format_option
@click.pass_context
def cite(ctx: click.Context, files: tuple[Path, ...], on: dt.date, catalog: Path | None, *, as_json: bool) -> None:
    """Look for law in any text file that did not stand on a day: moved sections, revoked orders, old amounts.

    Give the federal award's date for terms that follow the award, and the contract's date for the rest.
    """
    from fe_contracts import Findings, load_catalog, stale_citations_in
    from fe_contracts_cli.output import show_findings, show_json, summary, write

    library = load_catalog(catalog)
    found = [item for path in files for item in stale_citations_in(path, on, library)]
    findings = Findings(tuple(found), on, library.name)
    if as_json:
        show_json({**findings.to_dict(), "exit_code": findings.exit_code})
    else:
        show_findings(findings)
        write(f"Judged for {on} by {library.name}: {summary(findings)}")
    ctx.exit(findings.exit_code)


for _governing in COMMANDS:
    command.add_command(_governing)
