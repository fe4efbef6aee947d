"""`fe-contracts validate`: everything wrong, doubtful or to be confirmed, for one spec or many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fe_contracts_cli.options import FILE, catalog_option, format_option

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Catalog, Findings

__all__ = ["command"]


@click.command(
    "validate",
    short_help="Say what is wrong, doubtful or still to be confirmed in a spec.",
    epilog="""\b
Example:
  fe-contracts validate my-contract.yaml
  fe-contracts validate specs/*.yaml --format json
  fe-contracts validate amended.yaml --against signed.yaml""",
)
@click.argument("specs", nargs=-1, required=True, type=FILE, metavar="SPEC...")
@click.option(
    "--against",
    type=FILE,
    metavar="OLD",
    help="The spec in force that the one SPEC is to replace: also say what is wrong with the change.",
)
@catalog_option
@format_option
@click.pass_context
def command(
    ctx: click.Context, specs: tuple[Path, ...], against: Path | None, catalog: Path | None, *, as_json: bool
) -> None:
    """Say what is wrong, doubtful or still to be confirmed in a spec.

    A spec is a YAML or JSON file that describes one sub-contract. Each finding names its place, what is wrong and
    what to do; the gravest come first. Nothing is written.

    Exit code 0: nothing above a note. 1: something was found. 2: a file could not be read as a spec.
    """
    from fe_contracts import load_catalog
    from fe_contracts_cli.output import show_json

    if against is not None and len(specs) > 1:
        message = "--against takes one SPEC: the one that is to replace the spec in force."
        raise click.UsageError(message)
    library = load_catalog(catalog)
    checked = [(path, *_checked(path, library, against)) for path in specs]
    code = max(2 if not readable else findings.exit_code for _, findings, readable in checked)
    if as_json:
        show_json({"files": [_data(*item) for item in checked], "exit_code": code})
    else:
        _show(checked)
    ctx.exit(code)


def _checked(path: Path, library: Catalog, against: Path | None) -> tuple[Findings, bool]:
    """Return what was found in one file, and whether it, and the one it replaces, could be read as a spec at all."""
    from fe_contracts import Findings, load_spec, validate, validate_change
    from fe_contracts.exceptions import SourceError, SpecError

    try:
        if against is not None:
            return validate_change(load_spec(against), load_spec(path), library), True
        return validate(load_spec(path), library), True
    except (SourceError, SpecError) as error:
        return Findings(error.problems, None, library.name), False


def _data(path: Path, findings: Findings, readable: bool) -> dict[str, Any]:  # noqa: FBT001 - one of a tuple
    """Return one file's findings as plain data."""
    return {"file": str(path), "readable": readable, **findings.to_dict()}


def _show(checked: list[tuple[Path, Findings, bool]]) -> None:
    """Print the findings file by file, and how many there were."""
    from fe_contracts_cli.output import show_findings, style, summary, write

    for path, findings, readable in checked:
        show_findings(findings)
        told = summary(findings) if readable else f"no spec: {summary(findings)}"
        write(f"{style(str(path), bold=True)}: {told}")
        if findings and path != checked[-1][0]:
            write()
    if len(checked) > 1:
        write()
        write(f"{len(checked)} files: {summary(item for _, findings, _ in checked for item in findings)}")
