"""Say a dated duty in a few words, the same in every form of a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.schedule.duties import Certainty

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from fe_contracts.schedule.burden import Workload
    from fe_contracts.schedule.duties import DatedDuty

__all__ = [
    "PARTIES",
    "covers",
    "day_in_words",
    "heading",
    "long_day",
    "weekday",
    "workload_in_words",
    "workloads_in_words",
]

PARTIES = {"agency": "Agency", "city": "City", "both": "both", "client": "Client", "funder": "funder"}
"""The sides of a contract, as a reader knows them."""


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def weekday(day: dt.date) -> str:
    """Return the day of the week, in English whatever the machine's language."""
    return _WEEKDAYS[day.weekday()]


def long_day(day: dt.date) -> str:
    """Return a day as people say it: Friday, April 30, 2027."""
    return f"{weekday(day)}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def covers(duty: DatedDuty) -> str:
    """Return the period that a duty covers: its name, or its days where it has only a number."""
    period = duty.period
    if period is None:
        return ""
    if period.label.startswith("P"):
        return f"{period.start} to {period.end}"
    return "whole term" if period.label == "term" else period.label


def heading(duty: DatedDuty) -> str:
    """Return what is owed, with the period it covers: Quarterly program report, 2027-Q1."""
    return f"{duty.title}, {covers(duty)}" if covers(duty) else duty.title


def day_in_words(duty: DatedDuty) -> str:
    """Return how sure the day is, and from what day it moved; empty where the contract simply names it."""
    told = []
    if duty.counts_as and duty.counts_as != duty.due:
        told.append(f"moved from {weekday(duty.due)[:3]} {duty.due}")
    if duty.certainty is Certainty.WINDOW:
        told.append(f"on any day from {duty.window_start}")
    if duty.certainty is Certainty.EXPECTED:
        told.append("expected")
    return ", ".join(told)


def workload_in_words(item: Workload) -> str:
    """Return the reporting burden of one contract in a sentence."""
    counts = item.counts
    invoices = f"{float(item.invoices_per_year):g} invoices at most, " if counts.invoices_in_term else ""
    return (
        f"{item.agency} reports {counts.reports_per_year} times a year ({counts.reports_in_term} reports in the term), "
        f"{invoices}about {float(item.fields_per_year):g} values to enter and "
        f"{float(item.hours_per_year):g} hours a year."
    )


def workloads_in_words(items: Sequence[Workload]) -> str:
    """Return the reporting burden of many contracts in a sentence."""
    reports = sum(item.counts.reports_per_year for item in items)
    invoices = sum(item.invoices_per_year for item in items)
    fields = sum(item.fields_per_year for item in items)
    hours = sum(item.hours_per_year for item in items)
    return (
        f"{len(items)} contracts ask for {reports} reports a year, {float(invoices):g} invoices at most, about "
        f"{float(fields):g} values and {float(hours):g} hours a year; JSON shows each contract."
    )
