"""`fe-contracts report`: the reports that an agency fills in, and what they show against the contract.

Each of its commands stands in a module of its own, `report_NAME`, that is loaded when it is wanted.
"""

from __future__ import annotations

import click

from fe_contracts_cli.lazy import LazyGroup

__all__ = ["COMMANDS", "command"]

COMMANDS = {
    "template": "Make the report that an agency fills in, from the contract.",
    "check": "Say what is wrong or doubtful in reports that came back.",
    "rollup": "Add up the reports of many agencies against their contracts.",
}
"""Every command of the group and its help in one line, as the command itself gives it (a test compares them)."""


@click.group(
    "report",
    cls=LazyGroup,
    table=COMMANDS,
    prefix="report_",
    short_help="Make the reports an agency fills in, check them, add them up.",
)
def command() -> None:
    """Make the reports an agency fills in, check them, add them up."""
