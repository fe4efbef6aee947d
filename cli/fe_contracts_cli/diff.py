"""`fe-contracts diff`: what changed from one contract to another, at five levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import ContractDifference

__all__ = ["command"]

_LEVELS = ("clause", "version", "parameter", "obligation", "wording")


def _keep_format(ctx: click.Context, _: click.Parameter, value: str) -> str:
    """Return the form, and keep it for an error on the way: see `fe_contracts_cli.options.wants_json`."""
    ctx.meta["fe_contracts.format"] = value
    return value


@click.command(
    "diff",
    short_help="Say what changed from one contract to another.",
    epilog="""\b
Example:
  fe-contracts diff last-year.yaml this-year.yaml
  fe-contracts diff signed.docx renewed.docx --format html -o changes.html""",
)
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    show_default=True,
    is_eager=True,
    callback=_keep_format,
    help="Text for people, JSON for programs, Markdown for a memo, or one page to look at.",
)
@click.option("-o", "--out", type=FILE, metavar="FILE", help="Write it to a file; to the screen if left out.")
@click.option(
    "--level", "levels", type=click.Choice(_LEVELS), multiple=True, help="Show this level only; may be repeated."
)
@click.option("--material", is_flag=True, help="Leave out what is only editorial.")
@catalog_option
@click.option("--old-catalog", type=FILE, metavar="FOLDER", help="The clause library of OLD, if it is not that of NEW.")
@force_option
@click.pass_context
def command(  # noqa: PLR0913 - click gives each option by name
    ctx: click.Context,
    old: Path,
    new: Path,
    *,
    form: str,
    out: Path | None,
    levels: tuple[str, ...],
    material: bool,
    catalog: Path | None,
    old_catalog: Path | None,
    force: bool,
) -> None:
    """Say what changed from one contract to another.

    Both are specs, or Word contracts that were made here, or one of each. Five levels: clauses, their versions,
    values, obligations, wording. A section that only has another number is no change.

    Exit code 0: nothing changed, of what was asked for. 1: something changed. 2: could not run.
    """
    from fe_contracts import compare_contracts, load_catalog

    library = load_catalog(catalog)
    before = load_catalog(old_catalog) if old_catalog else library
    found = compare_contracts(old, new, catalog=library, old_catalog=before).only(levels, material=material)
    code = 1 if found.changes else 0
    if form == "text" and out is None:
        _show(found)
    else:
        _write(found, form, out, force=force)
    ctx.exit(code)


def _write(found: ContractDifference, form: str, out: Path | None, *, force: bool) -> None:
    """Write to a file, or to the screen where none is named."""
    from fe_contracts import render_difference, save_difference

    if out is None:
        click.echo(render_difference(found, form), nl=False)
    else:
        save_difference(found, out, form=form, overwrite=force)
        click.echo(f"Made {out}", err=True)


def _show(found: ContractDifference) -> None:
    """Print the difference, wrapped and in colours on a terminal."""
    from fe_contracts import difference_lines
    from fe_contracts_cli.output import paragraph, show_findings, style, title, write

    looks = {"material": {"fg": "yellow"}, "editorial": {}}
    for line in difference_lines(found):
        if line.look == "title":
            title(line.text)
        elif not line.text:
            write()
        else:
            text = style(line.text, **looks[line.look]) if line.look in looks else line.text
            paragraph(text, indent=line.indent, hanging=2, dim=line.look == "detail")
    if found.notes:
        write()
        show_findings(found.notes)
