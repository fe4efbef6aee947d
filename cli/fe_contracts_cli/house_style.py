"""`fe-contracts house-style`: a city's own look, started here and edited in Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from fe_contracts_cli.options import FILE, force_option, format_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.group("house-style", short_help="Start a house style of your own, or check one.")
def command() -> None:
    """Start a house style of your own, or check one.

    A house style is a Word file that gives contracts their cover, header, footer, signature page and fonts.
    """


@command.command(
    "new",
    epilog="""\b
Example:
  fe-contracts house-style new our-city.docx --look civic""",
)
@click.argument("out", type=FILE, metavar="OUT.docx")
@click.option(
    "--look", type=click.Choice(["plain", "civic"]), default="plain", show_default=True, help="What it begins as."
)
@force_option
@format_option
def new(out: Path, look: Literal["plain", "civic"], *, force: bool, as_json: bool) -> None:
    """Write a house style to start from; edit it in Word."""
    from fe_contracts import new_house_style
    from fe_contracts_cli.output import show_json, style, write

    path = new_house_style(out, look=look, overwrite=force)
    if as_json:
        show_json({"file": str(path), "look": look})
        return
    write(f"{style('Made', fg='green', bold=True)} {style(str(path), bold=True)}")
    write("  Edit it in Word, then:")
    write(f"     fe-contracts house-style check {path}")
    write(f"     fe-contracts assemble SPEC --house-style {path}")


@command.command(
    "check",
    epilog="""\b
Example:
  fe-contracts house-style check our-city.docx""",
)
@click.argument("file", type=FILE, metavar="FILE.docx")
@format_option
@click.pass_context
def check(ctx: click.Context, file: Path, *, as_json: bool) -> None:
    """Say whether a Word file can be a house style, and if not, every reason why."""
    from fe_contracts import check_house_style
    from fe_contracts_cli.output import show_findings, show_json, summary, write

    findings = check_house_style(file)
    if as_json:
        show_json({"file": str(file), **findings.to_dict(), "exit_code": findings.exit_code})
    else:
        show_findings(findings)
        write(f"{file}: {summary(findings) if findings else 'a house style that can be used'}")
    ctx.exit(findings.exit_code)
