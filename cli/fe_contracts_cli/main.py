"""Find the command that was asked for, and say why where it cannot go on.

Only click is imported here: each command stands in a module of its own that is loaded when it is wanted.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import Any, TextIO, cast

import click

from fe_contracts_cli.lazy import LazyGroup

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS = {
    "quickstart": "Make a first contract, from nothing.",
    "validate": "Say what is wrong, doubtful or still to be confirmed in a spec.",
    "assemble": "Make the Word contract that a spec describes.",
    "batch": "Make many contracts, from a folder of specs or a table.",
    "inspect": "Say which clauses and values a Word contract was made from.",
    "diff": "Say what changed from one contract to another.",
    "redline": "Track what changed from one Word file to another.",
    "accept": "Accept every tracked change of a Word file.",
    "reject": "Reject every tracked change of a Word file.",
    "renew": "Make the spec of the next term, with every change listed.",
    "outdated": "Say which clause versions have been superseded, and why.",
    "amend": "Make the amendment that turns one contract into another.",
    "readiness": "Say whether process and implementation are in balance.",
    "schedule": "List every dated duty: as a table, CSV, JSON or calendar.",
    "export": "Hand a contract over as data: Open Contracting or JSON.",
    "report": "Make the reports an agency fills in, check them, add them up.",
    "catalog": "Look into the clause library, check it and publish it.",
    "schema": "Write or check the JSON Schemas; list the facts of conditions.",
    "house-style": "Start a house style of your own, or check one.",
}
"""Every command and its help in one line, as the command itself gives it (a test compares them)."""

_BROKEN_PIPE = 141  # what a shell reports of a program that a closed pipe ended
_INTERRUPTED = 130
_OBJECTS_BEFORE_SWEEPING = 100_000


class _Program(LazyGroup):
    """The program: every command, and what becomes of an error that no command expects."""

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command; what the library raises on purpose becomes a message and an exit code."""
        from fe_contracts.exceptions import FEContractsError

        try:
            return super().invoke(ctx)
        except FEContractsError as error:
            from fe_contracts_cli.output import show_error

            ctx.exit(show_error(error, ctx))
        except BrokenPipeError:  # the reader has left, as `head` does
            sys.stdout = cast("TextIO", open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
            ctx.exit(_BROKEN_PIPE)
        except KeyboardInterrupt:
            click.echo("\nInterrupted.", err=True)
            ctx.exit(_INTERRUPTED)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's way
    if wanted:
        from fe_contracts import __version__

        click.echo(f"fe-contracts {__version__}")
        ctx.exit()


@click.group(
    cls=_Program,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="'fe-contracts COMMAND --help' says more, with an example. Exit codes: 0 clean, 1 something found, "
    "2 could not run. This is no legal advice, and the clause library is approved by nobody until a city "
    "approves it.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def cli() -> None:
    """Make sub-contracts with financial empowerment clauses: a spec goes in, a checked Word contract comes out."""


def main() -> None:
    """Run the command line, with output that no console can stumble over."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            encoding = None if stream.isatty() else "utf-8"
            cast("Any", stream).reconfigure(encoding=encoding, errors="replace")
    # Nobody else's plug-in has a say in how a spec is read, and none is searched for among all that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nearly all that a command makes lives until it ends: looking for garbage in it, most of all when everything goes
    # at the end, takes a tenth of the time in which one contract is made.
    gc.set_threshold(_OBJECTS_BEFORE_SWEEPING, 10, 10)
    try:
        cli(prog_name="fe-contracts")
    finally:
        gc.freeze()
