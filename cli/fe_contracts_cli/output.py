"""Show things: text for people, wrapped and coloured on a terminal only, or JSON for programs."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from fe_contracts.exceptions import RefusedError
from fe_contracts.findings import Finding, Findings, Severity
from fe_contracts_cli.options import wants_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.exceptions import FEContractsError

__all__ = [
    "counted", "harmless", "paragraph", "show_error", "show_findings", "show_json", "style", "summary", "title",
    "write",
]  # fmt: skip

_COLOURS = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.CONFIRM: "cyan",
    Severity.INFO: "blue",
}
_INDENT = 9
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Marks that a terminal obeys instead of showing them: colours, jumps, other directions of writing."""
_WIDEST = 100


def write(text: str = "", *, err: bool = False) -> None:
    """Print a line, without colours where none are wanted."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    click.echo(text, err=err, color=False if plain else None)


def style(text: str, **looks: Any) -> str:
    """Return the text with colours, which `write` leaves out where they are not wanted."""
    return click.style(text, **looks)


def harmless(text: str) -> str:
    """Return text from outside as it can be shown: what a terminal would obey is named, such as `[U+001B]`."""
    return _COMMANDS.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def title(text: str) -> None:
    """Print a heading."""
    write(style(text, bold=True))


def paragraph(text: str, *, indent: int = 0, hanging: int = 0, err: bool = False, dim: bool = False) -> None:
    """Print a paragraph, wrapped to a terminal's width and never otherwise."""
    lines = [text]
    if (sys.stderr if err else sys.stdout).isatty():
        width = max(40, min(_WIDEST, shutil.get_terminal_size().columns - 1) - indent)
        lines = textwrap.wrap(
            text, width, subsequent_indent=" " * hanging, break_long_words=False, break_on_hyphens=False
        )
    for line in lines or [""]:
        write(" " * indent + (style(line, dim=True) if dim else line), err=err)


def counted(number: int, one: str, several: str = "") -> str:
    """Return the number with its noun: 1 error, 2 errors."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def summary(findings: Iterable[Finding]) -> str:
    """Return how many findings of each severity stand: 2 errors, 1 to confirm."""
    found = list(findings)
    words = {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.CONFIRM: ("to confirm", "to confirm"),
        Severity.INFO: ("note", "notes"),
    }
    standing = [item.severity for item in found if not item.overridden_by]
    parts = [counted(standing.count(kind), *words[kind]) for kind in Severity if kind in standing]
    if overridden := len(found) - len(standing):
        parts.append(f"{overridden} overridden")
    return ", ".join(parts) or "nothing found"


def show_findings(findings: Iterable[Finding], *, err: bool = False) -> None:
    """Print each finding: severity, place and code on one line, then what is wrong, the remedy and the source."""
    for item in Findings(tuple(findings)):
        gone = bool(item.overridden_by)
        looks: dict[str, Any] = {"dim": True} if gone else {"fg": _COLOURS[item.severity], "bold": True}
        severity = style(f"{item.severity.value:<{_INDENT}}", **looks)
        write(f"{severity}{style(item.code, bold=True)}  {harmless(str(item.where))}".rstrip(), err=err)
        paragraph(harmless(item.message), indent=_INDENT, err=err)
        if item.remedy:
            paragraph(f"Do: {harmless(item.remedy)}", indent=_INDENT, hanging=4, err=err)
        if item.citation:
            note = f" {item.citation.note}" if item.citation.note else ""
            paragraph(f"Source: {item.citation}{note}", indent=_INDENT, hanging=4, err=err, dim=True)
        if gone:
            paragraph(f"Overridden by {item.overridden_by}", indent=_INDENT, hanging=4, err=err)
        write(err=err)


def show_json(data: Any) -> None:
    """Print data as JSON, readable and in the order it was made."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))


def show_error(error: FEContractsError, ctx: click.Context) -> int:
    """Say why the program cannot go on, and return the exit code: 1 if findings keep it, 2 otherwise."""
    code = 1 if isinstance(error, RefusedError) else 2
    problems: tuple[Finding, ...] = getattr(error, "problems", ())
    heading = str(error).partition("\n")[0] if problems else str(error)
    if wants_json(ctx):
        told = {"kind": type(error).__name__, "message": heading, "findings": [item.to_dict() for item in problems]}
        show_json({"error": told, "exit_code": code})
    paragraph(f"{style('Error:', fg='red', bold=True)} {harmless(heading)}", err=True)
    if problems:
        write(err=True)
        show_findings(problems, err=True)
    return code
