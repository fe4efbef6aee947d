"""Hold the options that several commands share, so that each means the same everywhere."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

__all__ = [
    "FILE",
    "catalog_option",
    "force_option",
    "format_option",
    "house_style_option",
    "refuse_ending",
    "refuse_existing",
    "refuse_input",
    "today",
    "wants_json",
]

FILE = click.Path(path_type=Path)
"""A path; the library says what is the matter with it, with the nearest name."""

_FORMAT = "fe_contracts.format"
_TODAY = "FE_CONTRACTS_TODAY"
"""The variable that sets the day, for runs that must give the same tomorrow, such as tests."""


def today() -> dt.date:
    """Return the user's own calendar day: only the command line may ask for it.

    Raises:
        click.UsageError: if the variable that sets it holds no day.
    """
    given = os.environ.get(_TODAY)
    if not given:
        return dt.date.today()  # noqa: DTZ011 - the day on the user's wall
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        message = f"{_TODAY} is {given!r}, and no day such as 2027-01-31."
        raise click.UsageError(message) from None


def _keep_format(ctx: click.Context, _: click.Parameter, value: str) -> bool:
    """Return whether JSON is wanted, and keep the answer for an error on the way."""
    ctx.meta[_FORMAT] = value
    return value == "json"


def wants_json(ctx: click.Context) -> bool:
    """Return whether the command that runs was asked for JSON."""
    return ctx.meta.get(_FORMAT) == "json"


def refuse_input(out: Path, *inputs: Path) -> None:
    """Refuse to write over a file that is read, whatever `--force` says: what was signed stays as it was.

    Raises:
        click.UsageError: if the output is one of the inputs.
    """
    for path in inputs:
        if out.resolve() == path.resolve():
            message = f"{out} is one of the files that are read: give another name with -o."
            raise click.UsageError(message)


def refuse_ending(out: Path, *endings: str) -> None:
    """Refuse a name by which no program would know the file; a folder is refused when it is written to.

    Raises:
        OutputError: if it does not end as it must.
    """
    if out.suffix.lower() not in endings and not out.is_dir():
        from fe_contracts.exceptions import OutputError

        wanted = " or ".join(endings)
        raise OutputError(out, f"The name does not end in {wanted}.", f"Give -o {out.with_suffix(endings[0]).name}.")


def refuse_existing(path: Path, *, force: bool) -> None:
    """Keep a file that is made beside another one, before anything is written.

    Raises:
        OutputError: if it is there and may not be written over.
    """
    if path.exists() and not force:
        from fe_contracts.exceptions import OutputError

        remedy = "Give another name, or say that it may be written over (--force)."
        raise OutputError(path, "The file exists and was kept.", remedy)


catalog_option = click.option(
    "--catalog",
    type=FILE,
    metavar="FOLDER",
    help="The clause library's folder, or package:NAME for an installed one; the bundled one if left out.",
)

force_option = click.option("--force", is_flag=True, help="Write over files that stand there already.")

format_option = click.option(
    "--format",
    "as_json",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    is_eager=True,
    callback=_keep_format,
    help="Text for people, or JSON for programs.",
)

house_style_option = click.option(
    "--house-style",
    default="plain",
    show_default=True,
    metavar="NAME|FILE.docx",
    help="How the contract looks: the name of a bundled style (plain, civic) or a Word file of your own.",
)
