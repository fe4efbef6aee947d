"""Hold the options that several commands share, so that each means the same everywhere."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["FILE", "catalog_option", "force_option", "format_option", "house_style_option", "wants_json"]

FILE = click.Path(path_type=Path)
"""A path; the library says what is the matter with it, with the nearest name."""

_FORMAT = "fe_contracts.format"


def _keep_format(ctx: click.Context, _: click.Parameter, value: str) -> bool:
    """Return whether JSON is wanted, and keep the answer for an error on the way."""
    ctx.meta[_FORMAT] = value
    return value == "json"


def wants_json(ctx: click.Context) -> bool:
    """Return whether the command that runs was asked for JSON."""
    return ctx.meta.get(_FORMAT) == "json"


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
