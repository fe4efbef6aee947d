"""Write a schedule as CSV, one duty a line, as spreadsheets open it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from fe_contracts.sources.cells import safe_cell

if TYPE_CHECKING:
    from fe_contracts.schedule.duties import DatedDuty, UndatedDuty
    from fe_contracts.schedule.result import Schedule

__all__ = ["COLUMNS", "schedule_csv"]

COLUMNS = (
    "last_day", "due", "contract", "agency", "kind", "title", "period", "period_start", "period_end", "window_start",
    "owed_by", "owed_to", "recipient", "section", "clause", "clause_version", "certainty", "counts_because", "evidence",
    "consequence", "goes_with", "note", "source", "uid",
)  # fmt: skip
"""The first line. A new column comes last, so that what reads the file by place goes on."""


def schedule_csv(schedule: Schedule, *, everything: bool = False) -> str:
    """Return the schedule as CSV; duties without a day have empty days, and come last where they are wanted.

    Text that a spreadsheet would take for a formula is made harmless. Saved to a file it begins with a byte order mark,
    by which Excel knows the encoding.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    rows = [_dated(duty) for duty in schedule.duties]
    rows += [_undated(duty) for duty in schedule.undated] if everything else []
    for row in rows:
        writer.writerow({name: safe_cell(str(value)) for name, value in row.items() if value is not None})
    return out.getvalue()


def _dated(duty: DatedDuty) -> dict[str, Any]:
    row = {name: value for name, value in duty.to_dict().items() if name in COLUMNS}
    period = duty.period
    return {
        **row,
        "period": period.label if period else None,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "goes_with": "; ".join(duty.also),
    }


def _undated(duty: UndatedDuty) -> dict[str, Any]:
    row = {name: value for name, value in duty.to_dict().items() if name in COLUMNS}
    return {**row, "certainty": "none", "note": f"{duty.when} {duty.because}"}
