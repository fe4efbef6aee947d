"""When things are due: pure date arithmetic over a spec, the same for exhibits and commands."""

from __future__ import annotations

from fe_contracts.schedule.periods import (
    Period,
    add_months,
    find_period,
    period_label,
    periods_of,
    report_periods,
)
from fe_contracts.schedule.reports import ReportDue, report_calendar

__all__ = [
    "Period",
    "ReportDue",
    "add_months",
    "find_period",
    "period_label",
    "periods_of",
    "report_calendar",
    "report_periods",
]
