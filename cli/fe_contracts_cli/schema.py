"""`fe-contracts schema`: the JSON Schemas that editors use, and the facts that conditions may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, format_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.group("schema", short_help="Write or check the JSON Schemas; list the facts of conditions.")
def command() -> None:
    """Write or check the JSON Schemas; list the facts of conditions.

    An editor that knows YAML schemas uses them to show what each field means and which words it takes.
    """


@command.command(
    "export",
    epilog="""\b
Example:
  fe-contracts schema export schemas/""",
)
@click.argument("folder", type=FILE, metavar="DIR")
@format_option
def export(folder: Path, *, as_json: bool) -> None:
    """Write every JSON Schema into DIR, over what stands there."""
    from fe_contracts import export_schemas
    from fe_contracts_cli.output import counted, show_json, write

    files = export_schemas(folder)
    if as_json:
        show_json({"files": [str(path) for path in files]})
        return
    for path in files:
        write(f"  {path.name}")
    write(f"{counted(len(files), 'schema')} written to {folder}")


@command.command(
    "check",
    epilog="""\b
Example:
  fe-contracts schema check schemas/""",
)
@click.argument("folder", type=FILE, metavar="DIR")
@format_option
@click.pass_context
def check(ctx: click.Context, folder: Path, *, as_json: bool) -> None:
    """Say which JSON Schemas in DIR are missing or out of date."""
    from fe_contracts import check_schemas
    from fe_contracts_cli.output import show_findings, show_json, summary, write

    findings = check_schemas(folder)
    if as_json:
        show_json({"folder": str(folder), **findings.to_dict(), "exit_code": findings.exit_code})
    else:
        show_findings(findings)
        write(f"{folder}: {summary(findings) if findings else 'up to date'}")
    ctx.exit(findings.exit_code)


@command.command(
    "facts",
    epilog="""\b
Example:
  fe-contracts schema facts""",
)
@format_option
def facts(*, as_json: bool) -> None:
    """List the facts that the conditions of clauses may read."""
    from fe_contracts import FACTS
    from fe_contracts_cli.output import paragraph, show_json, style

    if as_json:
        show_json({"facts": [{"fact": fact, "meaning": meaning} for fact, meaning in FACTS.items()]})
        return
    width = max(len(fact) for fact in FACTS) + 2
    for fact, meaning in FACTS.items():
        paragraph(f"{style(fact, bold=True)}{' ' * (width - len(fact))}{meaning}", hanging=width)
