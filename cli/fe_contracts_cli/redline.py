"""`fe-contracts redline`: what changed between two Word files, as tracked changes."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, force_option, format_option, refuse_ending, refuse_input

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Redline

__all__ = ["command"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Return the moment that stands in each change; a day alone begins at midnight.

    Raises:
        click.BadParameter: if it is neither.
    """
    if value is None:
        return None
    moment = f"{value}T00:00:00Z" if _DAY.fullmatch(value) else value
    if _MOMENT.fullmatch(moment):
        with suppress(ValueError):  # the 45th of a month
            datetime.fromisoformat(moment)
            return moment
    message = f"{value!r} is no day such as 2027-01-31, and no moment such as 2027-01-31T09:30:00Z."
    raise click.BadParameter(message)


def _author(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Return the name that stands in each change.

    Raises:
        click.BadParameter: if it is none of one line.
    """
    if value is not None and (not value.strip() or not value.isprintable()):
        message = f"{value!r} cannot stand in a Word file: give a name of one line without control characters."
        raise click.BadParameter(message)
    return value


@click.command(
    "redline",
    short_help="Track what changed from one Word file to another.",
    epilog="""\b
Example:
  fe-contracts redline signed-2027.docx draft-2028.docx -o redline.docx
  fe-contracts redline old.docx new.docx -o redline.docx --existing accept --author "City of Exampleton\"""",
)
@click.argument("old", type=FILE, metavar="OLD.docx")
@click.argument("new", type=FILE, metavar="NEW.docx")
@click.option("-o", "--out", type=FILE, metavar="OUT.docx", required=True, help="The Word file to write.")
@click.option(
    "--existing",
    type=click.Choice(["refuse", "accept", "reject", "keep"]),
    default="refuse",
    show_default=True,
    help="What to do with changes that a file tracks already; keep leaves those of NEW, and tracks the rest.",
)
@click.option("--author", callback=_author, metavar="NAME", help="Who stands in each change; fe-contracts if left out.")
@click.option(
    "--date", callback=_date, metavar="DAY", help="When; a fixed day if left out, so that files can be compared."
)
@force_option
@format_option
@click.pass_context
def command(  # noqa: PLR0913 - one argument for each option
    ctx: click.Context,
    old: Path,
    new: Path,
    *,
    out: Path,
    existing: str,
    author: str | None,
    date: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Track what changed from one Word file to another: any .docx, not only contracts made here.

    The redline is the new file with true tracked changes: insertions, deletions, moves, formatting, paragraphs, tables,
    sections, headers, footers and notes. Rejecting all of them gives the old text back, accepting all the new. What
    Word's format cannot track is listed.

    Exit code 0: the files say the same. 1: they differ; the redline shows how. 2: could not run.
    """
    from fe_contracts import redline

    refuse_input(out, old, new)
    refuse_ending(out, ".docx")
    given = {key: value for key, value in (("author", author), ("date", date)) if value}
    made = redline(old, new, existing=existing, **given)
    made.save(out, overwrite=force)
    code = 0 if made.same else 1
    if as_json:
        from fe_contracts_cli.output import show_json

        show_json({"old": str(old), "new": str(new), "out": str(out), **made.to_dict(), "exit_code": code})
    else:
        _show(made, out)
    ctx.exit(code)


def _show(made: Redline, out: Path) -> None:
    """Print what is tracked, and what is not."""
    if made.same and not made.notes:  # the usual output needs no table and no colour: nothing more is loaded
        click.echo("The files say the same: nothing is tracked.")
        click.echo(f"Written: {out}")
        return
    for kind, count in made.counts.items():
        if count:
            click.echo(f"{count:>7,}  {_one(kind) if count == 1 else kind}")
    if made.same:
        click.echo("The files say the same: nothing is tracked.")
    if made.notes:
        from fe_contracts_cli.output import show_findings, write

        write()
        show_findings(made.notes)
    click.echo(f"Written: {out}")


def _one(kind: str) -> str:
    """Return a kind of change as it is said of a single one: `paragraph inserted`, `table property`."""
    first, _, rest = kind.partition("ies")
    return f"{first}y{rest}" if rest or kind.endswith("ies") else re.sub(r"s\b", "", kind, count=1)
