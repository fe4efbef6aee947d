"""`fe-contracts outdated`: which clause versions of a contract have been superseded, and why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from fe_contracts_cli.options import FILE, catalog_option, format_option, today

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Outdated

__all__ = ["command"]


@click.command(
    "outdated",
    short_help="Say which clause versions have been superseded, and why.",
    epilog="""\b
Example:
  fe-contracts outdated my-contract.yaml --next-term
  fe-contracts outdated signed.docx --as-of 2028-01-01""",
)
@click.argument("source", type=FILE, metavar="SPEC|FILE.docx")
@click.option("--as-of", metavar="DAY", help="The day of which it is asked, such as 2028-01-01; today if left out.")
@click.option(
    "--next-term", is_flag=True, help="Ask of the day after the term; a contract without a renewal left is told so."
)
@catalog_option
@format_option
@click.pass_context
def command(
    ctx: click.Context, source: Path, as_of: str | None, *, next_term: bool, catalog: Path | None, as_json: bool
) -> None:
    """Say which clause versions have been superseded, and why.

    For each clause: the version that the contract uses, the one that a contract of the day would have, the reason the
    library records, and what that would change. A newer version that waits for another award or a later day is told
    and is not counted.

    Exit code 0: every clause is current. 1: some are not. 2: could not run.
    """
    from fe_contracts import load_catalog, outdated
    from fe_contracts_cli.output import show_json

    day = _day(source, as_of, next_term=next_term)
    found = outdated(source, load_catalog(catalog), as_of=day)
    if as_json:
        show_json({**found.to_dict(), "exit_code": found.exit_code})
    else:
        _show(found)
    ctx.exit(found.exit_code)


def _day(source: Path, as_of: str | None, *, next_term: bool) -> dt.date:
    """Return the day that is asked about.

    Raises:
        click.UsageError: if both are given, or the day is none.
    """
    if next_term:
        if as_of is not None:
            message = "Give --as-of or --next-term, not both."
            raise click.UsageError(message)
        if source.suffix.lower() not in {".yaml", ".yml", ".json"}:
            message = "--next-term needs the spec: a Word contract does not hold its term as data. Give --as-of."
            raise click.UsageError(message)
        from fe_contracts import load_spec, next_start

        return next_start(load_spec(source))
    if as_of is None:
        return today()
    try:
        return dt.date.fromisoformat(as_of)
    except ValueError:
        message = f"--as-of {as_of!r} is no day such as 2028-01-01."
        raise click.UsageError(message) from None


def _show(found: Outdated) -> None:
    """Print the clauses that are not current, then those that wait, then how many there are."""
    from fe_contracts_cli.output import counted, paragraph, show_findings, style, title, write

    if found.notes:
        show_findings(found.notes)
    for heading, items in (
        ("Superseded", found.outdated),
        ("Newer, and not for this contract: another award, or a later day", found.later),
    ):
        if not items:
            continue
        title(heading)
        for item in items:
            _show_one(item.to_dict())
        write()
    told = counted(len(found.clauses), "clause")
    state = f"{len(found.outdated)} superseded" if found.outdated else "all current"
    later = f", {len(found.later)} with a newer version" if found.later else ""
    write(f"{style(found.name, bold=True)}: {told}, {state}{later}, for {found.as_of}")
    paragraph(found.catalog, dim=True)


def _show_one(item: dict[str, Any]) -> None:
    """Print one clause: the versions, why, and what would change."""
    from fe_contracts_cli.output import paragraph, style, write

    move = f"{item['version'] or 'not in it'} → {item['current'] or 'none'}"
    write(f"  {style(item['instance'], bold=True)}  {item['title'] or ''}  {move}  ({item['standing']})")
    since = f"In force from {item['since']}. " if item["since"] else ""
    paragraph(f"{since}{item['reason'] or ''}", indent=4)
    if item["day"]:
        paragraph(f"Compared with: {item['day_from']}, {item['day']}.", indent=4, dim=True)
    if item["bump"] != "none":
        paragraph(f"The change is {item['bump']}:", indent=4)
    for line in item["impact"]:
        paragraph(f"- {line}", indent=4, hanging=2)
    if item["by_law"]:
        paragraph(item["by_law"], indent=4)
