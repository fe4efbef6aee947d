"""`fe-contracts readiness`: process and implementation of an initiative, in balance or not, and what to do next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option, refuse_input, today

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Readiness

__all__ = ["command"]


def _keep_format(ctx: click.Context, _: click.Parameter, value: str) -> str:
    """Return the form, and keep it for an error on the way: see `fe_contracts_cli.options.wants_json`."""
    ctx.meta["fe_contracts.format"] = value
    return value


@click.command(
    "readiness",
    short_help="Say whether process and implementation are in balance.",
    epilog="""\b
Example:
  fe-contracts readiness initiative.yaml
  fe-contracts readiness initiative.yaml --format html -o readiness.html""",
)
@click.argument("file", type=FILE, metavar="INITIATIVE.yaml")
@click.option(
    "--as-of", metavar="DAY", help="The day it is judged for, such as 2027-06-30; the file's own or today if left out."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    is_eager=True,
    callback=_keep_format,
    help="Text for people, JSON for programs, or one page to look at.",
)
@click.option("-o", "--out", type=FILE, metavar="FILE", help="Write it to a file; to the screen if left out.")
@catalog_option
@force_option
@click.pass_context
def command(
    ctx: click.Context, file: Path, *, as_of: str | None, form: str, out: Path | None, catalog: Path | None, force: bool
) -> None:
    """Say whether process and implementation are in balance.

    Reads an initiative's file and the contracts that it names. Tells which side is ahead and how that is measured, who
    has not been heard, which contracts embed what, who is trained against what was promised, and what to do next.

    Exit code 0: nothing to mend. 1: something was found. 2: could not run.
    """
    from fe_contracts import load_catalog, load_initiative, readiness, save_readiness

    day = _day(as_of) or load_initiative(file).as_of or today()
    found = readiness(file, load_catalog(catalog), as_of=day)
    if out is None:
        _show(found, form)
    else:
        refuse_input(out, file)
        save_readiness(found, out, form=form, overwrite=force)
        click.echo(f"Made {out}", err=True)
    ctx.exit(found.exit_code)


def _day(as_of: str | None) -> dt.date | None:
    """Return the day that is asked about, if one is.

    Raises:
        click.UsageError: if it is none.
    """
    try:
        return dt.date.fromisoformat(as_of) if as_of is not None else None
    except ValueError:
        message = f"--as-of {as_of!r} is no day such as 2027-06-30."
        raise click.UsageError(message) from None


def _show(found: Readiness, form: str) -> None:
    """Print it; the verdict stands out on a terminal."""
    from fe_contracts import render_readiness
    from fe_contracts_cli.output import style, write

    text = render_readiness(found, form)
    if form != "text":
        click.echo(text, nl=False)
        return
    headline = found.headline.upper()
    colour = "green" if found.exit_code == 0 else "yellow"
    for line in text.splitlines():
        write(style(line, fg=colour, bold=True) if line == headline else line)
