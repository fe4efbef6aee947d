"""Show the check of a report as a program officer reads it: which one, its figures in a table, then what to do."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts_cli.output import show_findings, style, summary, title, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fe_contracts import ReportCheck, ReportForm

__all__ = ["show_check"]

_WIDTH = 80
_TABLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "deliverable",
        (
            ("actual", "Period"),
            ("target", "Target"),
            ("to_date", "To date"),
            ("target_to_date", "Target"),
            ("share", "Share"),
        ),
    ),
    (
        "outcome",
        (
            ("population", "Counted"),
            ("measured", "Measured"),
            ("reached", "Reached"),
            ("result", "Result"),
            ("target", "Target"),
        ),
    ),
    ("training", (("people", "People"), ("trained", "Trained"), ("share", "Share"), ("target", "Promise"))),
    ("budget", (("period", "Period"), ("to_date", "To date"), ("budget", "Budget"), ("share", "Share"))),
    ("fund", (("period", "Period"), ("to_date", "To date"), ("budget", "Budget"), ("share", "Share"))),
    ("total", (("period", "Period"), ("to_date", "To date"), ("budget", "Budget"), ("share", "Share"))),
)
"""The tables of figures: how the keys of their rows begin, and their columns."""
_HEADS = {
    "deliverable": "Deliverables",
    "outcome": "Outcomes, to date",
    "training": "Staff training",
    "budget": "Money",
}
_SHARES = {"share", "result"}
_OF_MONEY = {"budget", "fund", "total"}
_OF_SHARES = {"outcome", "training"}
"""The tables whose targets are shares."""


def show_check(check: ReportCheck) -> None:
    """Print one check: the report, its figures, what was found, and whether it can be accepted."""
    if check.form is not None:
        _heading(check, check.form)
        _figures(check.form, check.figures)
    show_findings(check.findings)
    write(f"{style(check.name, bold=True)}: {_verdict(check)}")


def _heading(check: ReportCheck, form: ReportForm) -> None:
    title(f"{form.requirement} {form.report}, {form.period.label}")
    write(f"{form.agency}")
    write(f"{form.contract}: {form.title}")
    late = check.late_days
    came = "not said when it came" if late is None else f"came {check.received_on}"
    told = "" if late is None else ", in time" if not late else f", {late} {'day' if late == 1 else 'days'} late"
    write(f"Period {form.period.start} to {form.period.end}, due {form.due}, {came}{told}")
    write()


def _figures(form: ReportForm, figures: Mapping[str, Any]) -> None:
    """Print the tables for which there are figures, no wider than 80 columns."""
    rows = {row.fields[0].key.rpartition(".")[0]: row for part in form.sections for row in part.rows}
    last = ""
    for kind, columns in _TABLES:
        names = [name for name in rows if name.partition(".")[0] == kind]
        if not names or not any(f"{name}.{column}" in figures for name in names for column, _ in columns[:1]):
            continue
        if kind in _HEADS:
            if last:
                write()
            _line(_HEADS[kind], [head for _, head in columns], bold=True)
        last = kind
        for name in names:
            label = f"{rows[name].id} {rows[name].title}".strip()
            _line(label, [_shown(kind, column, figures.get(f"{name}.{column}")) for column, _ in columns])
    if last:
        write()


def _line(label: str, cells: Sequence[str], *, bold: bool = False) -> None:
    width = 13 if len(cells) == 4 else 9  # four columns hold amounts, five hold counts
    room = _WIDTH - width * len(cells)
    lines = textwrap.wrap(label, room - 1, subsequent_indent="  ", break_on_hyphens=False) or [""]
    for line in lines[:-1]:
        write(line)
    text = f"{lines[-1]:<{room}}" + "".join(f"{cell:>{width}}" for cell in cells)
    write(style(text, bold=True) if bold else text)


def _shown(kind: str, column: str, value: Any) -> str:
    if value is None:
        return "-"
    if column in _SHARES or (column == "target" and kind in _OF_SHARES):
        return f"{Decimal(value):.0f} %"
    if kind in _OF_MONEY:
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")


def _verdict(check: ReportCheck) -> str:
    told = summary(check.findings)
    if not check.readable:
        return f"not read: {told}"
    if check.form is None:
        return f"not held against the contract: {told}"
    return told if check.accepted else f"not to be accepted as it is: {told}"
