"""`fe-contracts catalog overlay`: what a city's own catalog does to the one it stands on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from fe_contracts_cli.options import FILE, format_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(
    "overlay",
    epilog="""\b
Example:
  fe-contracts catalog overlay examples/exampleton""",
)
@click.argument("folder", type=FILE)
@format_option
@click.pass_context
def command(ctx: click.Context, folder: Path, *, as_json: bool) -> None:
    """Say what a city's catalog adds to its base, replaces, adjusts and loosens, and who approved.

    FOLDER holds a library.yaml that says `extends`; package:NAME is a catalog that an installed package brings. The
    exit code is 1 if somebody should look at something, such as a base that has changed since.
    """
    from fe_contracts import load_catalog, overlay_report
    from fe_contracts_cli.output import show_findings, show_json, summary, title, write

    report = overlay_report(load_catalog(folder))
    data = report.to_dict()
    if as_json:
        show_json({**data, "exit_code": report.findings.exit_code})
    else:
        title(f"{data['overlay']}, on top of {data['base']}")
        _rows("Adds", [_added(row) for row in data["adds"]])
        _rows("Replaces", [_replaced(row) for row in data["replaces"]])
        _rows("Adjusts", [_adjusted(row) for row in data["adjusts"]])
        _reasons(data["adjusts"])
        _rows("Loosens", [_loosened(row) for row in data["loosens"]])
        _rows("Approvals", _approvals(data["approvals"]))
        write()
        show_findings(report.findings)
        write(f"{data['overlay']}: {summary(report.findings)}")
    ctx.exit(report.findings.exit_code)


def _rows(heading: str, rows: list[str]) -> None:
    """Print a heading and its rows; an empty part is said to be so."""
    from fe_contracts_cli.output import paragraph, title, write

    write()
    title(f"{heading} ({len(rows)})" if rows else f"{heading}: nothing")
    for row in rows:
        paragraph(row, indent=2, hanging=4)


def _added(row: dict[str, Any]) -> str:
    return f"{row['kind'].replace('_', ' '):<12}  {row['name']:<10}  {row['what']}"


def _replaced(row: dict[str, Any]) -> str:
    if row["kind"] != "clause":
        return f"{row['kind']:<12}  {row['name']:<10}  {row['what']}"
    numbers = f"{', '.join(row['versions'])} for {', '.join(row['base_versions'])}"
    why = f" Why: {row['reason']} Reviewed by: {row['reviewed_by']}." if row["reason"] else ""
    return f"clause        {row['name']:<10}  {row['what']} ({row['protection']}; {numbers}).{why}"


def _adjusted(row: dict[str, Any]) -> str:
    draft = "" if row["published"] else " (draft)"
    change = f"{_shown(row['old'])} -> {_shown(row['new'])}"
    return f"{row['clause']}.{row['parameter']}, {row['field']}: {change}, from {row['from']}{draft}"


def _reasons(rows: list[dict[str, Any]]) -> None:
    """Print why each clause was adjusted, once for all its values of a day."""
    from fe_contracts_cli.output import paragraph

    told = {(row["clause"], row["from"]): row for row in rows}
    for (clause, day), row in told.items():
        reviewed = f" Reviewed by: {row['reviewed_by']}." if row["reviewed_by"] else ""
        paragraph(f"Why {clause} from {day}: {row['reason']}{reviewed}", indent=2, hanging=4)


def _loosened(row: dict[str, Any]) -> str:
    change = f" {_shown(row['old'])} -> {_shown(row['new'])}" if row["old"] or row["new"] else ""
    return f"{row['name']} than {row['than']}, {row['place']}: {row['what']}{change}"


def _shown(value: Any) -> str:
    """Return a value as a person would write it."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case list() if any(isinstance(item, dict) for item in value):
            return f"{len(value)} rows"
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _approvals(rows: list[dict[str, Any]]) -> list[str]:
    """Return how many decisions each role has recorded."""
    counts = Counter((row["role"], row["decision"]) for row in rows)
    return [f"{role}: {count} {decision}" for (role, decision), count in counts.items()]
