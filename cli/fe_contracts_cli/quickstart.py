"""`fe-contracts quickstart`: from nothing to a first contract, each step explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option, format_option, house_style_option

if TYPE_CHECKING:
    from fe_contracts import Quickstart

__all__ = ["command"]


@click.command(
    "quickstart",
    short_help="Make a first contract, from nothing.",
    epilog="""\b
Example:
  fe-contracts quickstart
  fe-contracts quickstart trial --house-style civic""",
)
@click.argument("folder", type=FILE, default=Path("fe-contracts-quickstart"), metavar="[DIR]")
@house_style_option
@catalog_option
@force_option
@format_option
def command(folder: Path, house_style: str, *, catalog: Path | None, force: bool, as_json: bool) -> None:
    """Make a first contract, from nothing.

    Puts an example spec into DIR (./fe-contracts-quickstart if left out), checks it, and makes the Word contract
    that it describes. Files that stand there already are kept, unless --force is given.
    """
    from fe_contracts import load_catalog, quickstart
    from fe_contracts_cli.output import show_json

    library = load_catalog(catalog)
    made = quickstart(folder, library, house_style=house_style, overwrite=force)
    if as_json:
        show_json({**made.to_dict(), "notice": library.library.notice})
    else:
        _show(made, library.library.notice)


def _show(made: Quickstart, notice: str) -> None:
    """Print each step, what it made, and what to do next."""
    from fe_contracts_cli.output import counted, paragraph, style, summary, title, write

    def step(number: int, what: str, path: Path | str) -> None:
        kept = style("  (kept as it was)", fg="yellow") if path in made.kept else ""
        write(f"{style(f'{number}. {what:<13}', bold=True)}{path}{kept}")

    step(1, "The spec", made.spec)
    paragraph("One file describes one sub-contract. This one is a pilot; every name and figure is made up.", indent=3)
    write()
    step(2, "The check", summary(made.findings))
    for item in made.findings:
        paragraph(f"{item.code}: {item.message}", indent=3, hanging=2)
    write()
    step(3, "The contract", made.contract)
    contents = f"{counted(made.sections, 'section')} and {counted(made.exhibits, 'exhibit')}, ready for Word"
    paragraph(f"{contents}. Look at its first page: it lists what someone must confirm before signing.", indent=3)
    write()
    title("What to do next")
    spec, contract = (_quoted(path) for path in (made.spec, made.contract))
    paragraph(f"Change the values in {made.spec} (the comments in it explain them), then:", indent=3)
    write(f"     fe-contracts validate {spec}")
    write(f"     fe-contracts assemble {spec} -o {contract} --force")
    paragraph("'fe-contracts catalog list' shows the clauses, 'fe-contracts --help' everything else.", indent=3)
    write()
    paragraph(notice, dim=True)


def _quoted(path: Path) -> str:
    """Return the path as it can be typed."""
    text = str(path)
    return f'"{text}"' if " " in text else text
