"""`fe-contracts inspect`: what a Word contract says of where its text came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fe_contracts_cli.options import FILE, format_option

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Inspection

__all__ = ["command"]


@click.command(
    "inspect",
    short_help="Say which clauses and values a Word contract was made from.",
    epilog="""\b
Example:
  fe-contracts inspect signed.docx
  fe-contracts inspect signed.docx --values""",
)
@click.argument("file", type=FILE, metavar="FILE.docx")
@click.option("--values", is_flag=True, help="List the values too, each with the parameter that it fills.")
@format_option
@click.pass_context
def command(ctx: click.Context, file: Path, *, values: bool, as_json: bool) -> None:
    """Say which clauses and values a Word contract was made from.

    Tells the contract, the clause library, each clause with its version, and whether its text is still what was
    written.

    Exit code 0: every clause reads as written. 1: some do not, or the file was not made here. 2: could not run.
    """
    from fe_contracts import Findings, inspect
    from fe_contracts_cli.output import show_json

    found = inspect(file)
    code = 0 if found.ours and not found.changed and Findings(found.notes).clean else 1
    if as_json:
        show_json({**found.to_dict(), "exit_code": code})
    else:
        _show(found, file, values=values)
    ctx.exit(code)


def _show(found: Inspection, file: Path, *, values: bool) -> None:
    """Print what was found."""
    from fe_contracts_cli.output import counted, paragraph, show_findings, style, title, write

    title(str(file))
    if not found.ours:
        paragraph("Nothing in this file says that it was made by fe-contracts.", indent=2)
    if found.manifest:
        _show_manifest(found.manifest)
    sections = [item for item in found.clauses if not item.exhibit]
    parts = [item for item in found.clauses if item.exhibit]
    for heading, items in (("Sections", sections), ("Parts of exhibits", parts)):
        if not items:
            continue
        write()
        title(heading)
        width = max(len(item.name) for item in items) + 2
        for item in items:
            state = "" if item.matches else style(_state(item), fg="yellow", bold=True)
            write(f"  {item.name:<{width}}{item.title}{'  ' if state else ''}{state}")
    if values and found.values:
        write()
        title("Values")
        for value in found.values:
            texts = "; ".join(dict.fromkeys(text.replace("\n", " / ").replace("\t", ", ") for text in value.texts))
            paragraph(f"{value.parameter}: {texts}", indent=2, hanging=2)
    write()
    if found.notes:
        show_findings(found.notes)
    if found.clauses:
        counts = f"{counted(len(sections), 'section')}, {counted(len(parts), 'part')} of exhibits"
        changed = len(found.changed)
        write(f"{counts}: {f'{changed} changed' if changed else 'all read as written'}")


def _state(item: Any) -> str:
    """Return in words what is the matter with a clause."""
    if item.found_by.value == "nothing":
        return "not found"
    return "not known whether changed" if item.matches is None else "CHANGED"


def _show_manifest(manifest: Any) -> None:
    """Print the contract and what it was made with."""
    from fe_contracts_cli.output import paragraph

    contract, catalog = manifest.get("contract") or {}, manifest.get("catalog") or {}
    for label, text in (
        ("Contract", ", ".join(str(contract[key]) for key in ("id", "title") if contract.get(key))),
        ("Effective", manifest.get("dated")),
        ("Library", f"{catalog.get('name', '')} {catalog.get('version', '')}".strip()),
        ("Digest", catalog.get("digest")),
        ("Made by", manifest.get("engine")),
        ("To confirm", ", ".join(manifest.get("to_confirm") or ())),
        ("Drafts", ", ".join(manifest.get("drafts") or ())),
    ):
        if text:
            paragraph(f"{label:<12}{text}", indent=2, hanging=12)
