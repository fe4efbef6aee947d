"""Print what was measured, for people, for programs and for the documentation."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import docxtemplater

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.measuring import Comparison, Outcome

__all__ = ["PAGE", "as_json", "as_markdown", "as_text", "into_page", "machine", "versions"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "benchmarks.md"
"""The page that holds the last figures."""

_PACKAGES = ("fe-contracts", "click", "docxtpl", "jinja2", "lxml", "pydantic", "python-docx", "rapidfuzz")
_HEADINGS = ("what", "ours", "against", "theirs", "ratio", "target", "")


def machine() -> str:
    """Return the kind of machine, in words."""
    return f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"


def versions() -> dict[str, str]:
    """Return the versions of everything that takes part and is installed."""
    found = {"Python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    node = shutil.which("node")
    if node:
        told = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
        found["node"] = told.stdout.strip().removeprefix("v")
        found["docxtemplater"] = docxtemplater.VERSION
    return found


def _amount(value: float, unit: str) -> str:
    """Return a figure with three digits that count, and its unit."""
    if unit == "ms" and value >= 10_000:
        value, unit = value / 1000, "s"
    digits = 0 if value >= 100 or unit == "words" else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def _target(line: Comparison) -> str:
    if line.target is None:
        return "–"
    return f"{'≥' if line.at_least else '≤'} {line.target:g} ×"


def _verdict(line: Comparison) -> str:
    return {True: "met", False: "MISSED", None: ""}[line.met]


def _cells(line: Comparison) -> tuple[str, ...]:
    return (
        line.what,
        _amount(line.ours, line.unit),
        line.against,
        _amount(line.theirs, line.unit),
        f"{line.ratio:.{2 if line.ratio >= 0.2 else 3}f} ×",
        _target(line),
        _verdict(line),
    )


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows as lines of a terminal, each column as wide as its widest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def as_text(outcome: Outcome) -> str:
    """Return the outcome as tables for the terminal."""
    lines = _aligned([_HEADINGS, *(_cells(line) for line in outcome.lines)])
    for table in outcome.tables:
        lines += ["", table.title, *_aligned([table.headings, *table.rows])]
    return "\n".join([outcome.name, *(f"  {line}".rstrip() for line in (*lines, *outcome.remarks)), ""])


def _piped(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def as_markdown(outcome: Outcome) -> str:
    """Return the outcome as tables for the documentation, its remarks below."""
    heads = [*_HEADINGS[:-1], "reached"]
    rows = [heads, [":--", "--:", ":--", "--:", "--:", "--:", ":--"], *(_cells(line) for line in outcome.lines)]
    blocks = [_piped(rows)]
    for table in outcome.tables:
        sides = [":--", *["--:"] * (len(table.headings) - 1)]
        blocks += [f"**{table.title}**", _piped([table.headings, sides, *table.rows])]
    blocks.append("\n".join(f"- {remark}" for remark in outcome.remarks))
    return "\n\n".join(blocks).strip()


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "machine": machine(),
        "versions": versions(),
        "benchmarks": [outcome.to_dict() for outcome in outcomes],
    }


def write_json(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write everything to a file as JSON."""
    path.write_text(json.dumps(as_json(outcomes), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def into_page(text: str, outcomes: Iterable[Outcome]) -> str:
    """Return the page with the tables of these outcomes, and the versions they were measured with, in their places.

    Raises:
        LookupError: if the page has no place for one of them.
    """
    listed = ", ".join(f"{name} {number}" for name, number in versions().items())
    blocks = {"versions": f"{machine()}. {listed}."}
    blocks |= {outcome.name: as_markdown(outcome) for outcome in outcomes}
    for name, block in blocks.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not place.search(text):
            message = f"The page has no place for {name}: it needs the lines {begin} and {end}."
            raise LookupError(message)
        text = place.sub(lambda _, new=f"{begin}\n{block}\n{end}": new, text)  # type: ignore[misc]
    return text
