"""`fe-contracts report`: the reports that an agency fills in, and what they show against the contract.

Each of its commands stands in a module of its own, `report_NAME`, that is loaded when it is wanted.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

import click

__all__ = ["COMMANDS", "command"]

COMMANDS = {
    "template": "Make the report that an agency fills in, from the contract.",
    "check": "Say what is wrong or doubtful in reports that came back.",
    "rollup": "Add up the reports of many agencies against their contracts.",
}
"""Every command of the group and its help in one line, as the command itself gives it (a test compares them)."""


class _ReportGroup(click.Group):
    """The group, with its commands in the order in which a report goes through them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command from its module."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        return cast("click.Command", import_module(f"fe_contracts_cli.report_{cmd_name}").command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table, without importing any command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group("report", cls=_ReportGroup, short_help="Make the reports an agency fills in, check them, add them up.")
def command() -> None:
    """Make the reports an agency fills in, check them, add them up."""
