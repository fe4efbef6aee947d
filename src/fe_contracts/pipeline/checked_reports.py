"""Hand on what a checked report tells of how a contract goes, for whoever publishes or exports it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.exchange.ocds_results import CheckedReport
from fe_contracts.performance.forms.program import DONE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from fe_contracts.performance.checking.report import ReportCheck
    from fe_contracts.performance.forms.form import Value

__all__ = ["checked_report"]


def checked_report(check: ReportCheck) -> CheckedReport | None:
    """Return what a report that was checked tells: what was delivered in its period, and which milestones were reached.

    None if it is no report of the contract, or nobody knows when it came: it then counts from the day it was signed,
    if that is known.
    """
    signed = check.figures.get("certification.signed_on")
    day = check.received_on or (signed if isinstance(signed, dt.date) else None)
    if check.form is None or day is None:
        return None
    return CheckedReport(
        report=check.form.requirement,
        period=check.form.period.label,
        received_on=day,
        accepted=check.accepted,
        delivered=_delivered(check.figures),
        reached=_reached(check.figures),
    )


def _row(key: str, kind: str, column: str) -> str:
    """Return the id of a row by the key of one of its fields; empty for any other field."""
    row = key.removeprefix(f"{kind}.").removesuffix(f".{column}")
    return row if key == f"{kind}.{row}.{column}" else ""


def _delivered(figures: Mapping[str, Value]) -> dict[str, int | Decimal]:
    found: dict[str, int | Decimal] = {}
    for key, value in figures.items():
        row = _row(key, "deliverable", "actual")
        if row and not isinstance(value, str | bool | dt.date | None):
            found[row] = value
    return found


def _reached(figures: Mapping[str, Value]) -> dict[str, dt.date]:
    found: dict[str, dt.date] = {}
    for key, value in figures.items():
        row = _row(key, "milestone", "reached_on")
        if row and isinstance(value, dt.date) and figures.get(f"milestone.{row}.status") == DONE:
            found[row] = value
    return found
