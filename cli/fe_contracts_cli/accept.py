"""`fe-contracts accept`: a Word file with every tracked change made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, force_option, format_option, refuse_ending, refuse_input

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(
    "accept",
    short_help="Accept every tracked change of a Word file.",
    epilog="""\b
Example:
  fe-contracts accept redline.docx -o new.docx""",
)
@click.argument("file", type=FILE, metavar="FILE.docx")
@click.option("-o", "--out", type=FILE, metavar="OUT.docx", required=True, help="The Word file to write.")
@force_option
@format_option
@click.pass_context
def command(ctx: click.Context, file: Path, out: Path, *, force: bool, as_json: bool) -> None:
    """Accept every tracked change of a Word file.

    The file is written anew with all its changes made, as Word's "Accept All Changes" does: text, formatting,
    paragraphs, tables, sections, headers, footers, notes and comments. Accepting the changes of a redline gives back
    the new document.

    Exit code 0: done. 1: done, but something in the file is odd or could not be resolved. 2: could not run.
    """
    from fe_contracts import accept_changes
    from fe_contracts_cli.resolving import finish

    refuse_input(out, file)
    refuse_ending(out, ".docx")
    ctx.exit(finish(accept_changes(file), file, out, force=force, as_json=as_json))
