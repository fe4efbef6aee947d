"""Show what accepting or rejecting the tracked changes of a file did: the two commands share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fe_contracts.findings import Findings

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import ResolvedChanges

__all__ = ["finish"]

_WORDS = {
    "insertions": ("insertion", "insertions"),
    "deletions": ("deletion", "deletions"),
    "moves": ("move", "moves"),
    "formatting": ("change of formatting", "changes of formatting"),
    "paragraph_properties": ("change of a paragraph's properties", "changes of paragraphs' properties"),
    "numbering": ("change of numbering", "changes of numbering"),
    "table_rows": ("row of a table", "rows of tables"),
    "table_cells": ("cell of a table", "cells of tables"),
    "table_properties": ("change of a table's properties", "changes of tables' properties"),
    "sections": ("change of a section", "changes of sections"),
    "content_controls": ("content control", "content controls"),
}
"""The kinds of tracked changes in words: one, and several."""


def finish(resolved: ResolvedChanges, source: Path, out: Path, *, force: bool, as_json: bool) -> int:
    """Write the resolved file, say what was in it, and return the exit code."""
    resolved.save(out, overwrite=force)
    findings = Findings(resolved.notes)
    if as_json:
        _show_json(resolved, source, out, findings)
    else:
        _show(resolved, out, findings)
    return findings.exit_code


def _show_json(resolved: ResolvedChanges, source: Path, out: Path, findings: Findings) -> None:
    from fe_contracts_cli.output import show_json

    data: dict[str, Any] = {
        "file": str(out),
        "source": str(source),
        "side": resolved.side.value,
        "changes": sum(resolved.counts.values()),
        "by_kind": resolved.counts,
        "findings": [item.to_dict() for item in findings],
        "exit_code": findings.exit_code,
    }
    show_json(data)


def _show(resolved: ResolvedChanges, out: Path, findings: Findings) -> None:
    from fe_contracts_cli.output import counted, paragraph, show_findings, style, write

    if findings:
        show_findings(findings)
    write(f"{style('Made', fg='green', bold=True)} {style(str(out), bold=True)}")
    done = {"accept": "accepted", "reject": "rejected"}[resolved.side.value]
    if not resolved.counts:
        paragraph("The file holds no tracked changes: its text is as it was.", indent=2)
        return
    total = sum(resolved.counts.values())
    listed = ", ".join(counted(number, *_WORDS[kind]) for kind, number in resolved.counts.items())
    paragraph(f"{counted(total, 'tracked change')} {done}: {listed}", indent=2, hanging=2)
