"""A group that lists its commands from a table, and imports only the one that is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LazyGroup"]


class LazyGroup(click.Group):
    """A group whose commands stand in modules of their own, each under the name `command`."""

    def __init__(self, *args: Any, table: Mapping[str, str], prefix: str = "", **given: Any) -> None:
        super().__init__(*args, **given)
        self.table = table
        self.prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command from its module."""
        del ctx
        if cmd_name not in self.table:
            return None
        module = import_module(f"fe_contracts_cli.{self.prefix}{cmd_name.replace('-', '_')}")
        return cast("click.Command", module.command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command, or say which names are near the one given."""
        if args[0] not in self.table and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=self.table, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table, without importing any command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self.table.items()))
