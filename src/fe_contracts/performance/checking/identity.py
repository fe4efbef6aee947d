"""Check which report a file is: of which contract, report and period, of which version of both, and when it came."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.checking.case import shown
from fe_contracts.performance.forms.form import BEFORE, FieldRole
from fe_contracts.performance.forms.values import taken_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.performance import ReportRequirement
    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.checking.case import CheckCase
    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.schedule.periods import Period

__all__ = ["check_time", "check_version", "differing_values", "other_contract", "other_period", "unknown_report"]

_AGAIN = "Make the report anew with 'fe-contracts report template', and copy the figures into it."
_VERSION = ("effective", "amendments", "renewal")
_MOST = 3


def other_contract(spec: Spec, filled: FilledReport) -> Finding | None:
    """Return a finding if the report says that it is of another contract; whether it has figures is not asked."""
    said, ours = filled.identity.get("contract", ""), spec.contract.id
    if not said or said.strip().casefold() == ours.casefold():
        return None
    message = f"The report says that it is of contract {said[:80]!r}; it was held against {ours!r}."
    remedy = "Check it with its own contract, or ask the agency for the report of this one."
    return Finding("REPORT010", Severity.ERROR, message, Where(filled.name, field="contract"), remedy)


def unknown_report(spec: Spec, filled: FilledReport) -> Finding:
    """Return the finding that the contract asks for no such report, or that the file does not say which it is."""
    said = filled.identity.get("requirement", "")
    there = ", ".join(f"{item.id} ({item.title})" for item in spec.reports)
    if not said:
        message = "The file does not say which report it is."
        remedy = f"Name the report and its period; contract {spec.contract.id} asks for {there}."
        return Finding("REPORT012", Severity.ERROR, message, Where(filled.name), remedy)
    message = f"Contract {spec.contract.id} asks for no report {said[:40]!r}; it asks for {there}."
    return Finding("REPORT011", Severity.ERROR, message, Where(filled.name, field="requirement"), _AGAIN)


def other_period(
    filled: FilledReport, requirement: ReportRequirement, periods: tuple[Period, ...], meant: Period | None
) -> Finding | None:
    """Return a finding if the contract has no such period, or one with other days."""
    said = {name: filled.identity.get(name, "") for name in ("period", "start", "end")}
    if not said["period"] and not said["start"]:
        return None
    where = Where(filled.name, field="period")
    if meant is None:
        there = ", ".join(f"{item.label} ({item.start} to {item.end})" for item in periods[:13])
        message = (
            f"Report {requirement.id} has no period {said['period'][:40] or said['start'][:10]!r}"
            f"{_days(said)}; it has {there}."
        )
        return Finding("REPORT013", Severity.ERROR, message, where, _AGAIN)
    if (said["start"], said["end"]) != (meant.start.isoformat(), meant.end.isoformat()):
        message = (
            f"The report says that it is for {said['period'][:40] or meant.label}, and that it covers the days"
            f"{_days(said)}; in the contract, {meant.label} runs from {meant.start} to {meant.end}."
        )
        return Finding("REPORT013", Severity.ERROR, message, where, _AGAIN)
    return None


def _days(said: dict[str, str]) -> str:
    return f" from {said['start'][:10]} to {said['end'][:10]}" if said["start"] and said["end"] else ""


def differing_values(case: CheckCase) -> list[str]:
    """Return the keys of what the contract gives and the file has otherwise: a target, a budget, a day."""
    found = []
    for item in case.form.fields:
        cell = case.cell(item.key)
        if item.role is not FieldRole.GIVEN or item.value is None or item.column == BEFORE or cell is None:
            continue
        taken = taken_as(item, cell).value
        if isinstance(item.value, str):
            same = isinstance(taken, str) and _plain(taken) == _plain(item.value)
        else:
            same = taken == item.value
        if not same and case.fresh(item.key):
            found.append(item.key)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).removeprefix("'")


def check_version(case: CheckCase) -> Iterator[Finding]:
    """Yield whether the contract, or what is asked, has changed since the report was made."""
    said, now = case.filled.identity, case.form.identity
    if not said:
        return
    changed = [name for name in _VERSION if name in said and said[name] != now[name]]
    same_form = said.get("form", now["form"]) == now["form"] and said.get("format", now["format"]) == now["format"]
    differ = [] if same_form else differing_values(case)
    told = _told(case, differ)
    if changed:
        message = f"The report was made from the contract as of {said.get('effective', '?')[:10]}{_amended(said)}; "
        message += f"the contract as it stands applies from {now['effective']}{_amended(now)}. {told}"
        yield case.finding("REPORT014", Severity.WARNING, message.strip(), remedy=_AGAIN)
    elif not same_form:
        severity = Severity.WARNING if differ or _lacks(case) else Severity.INFO
        message = f"What is asked has changed since the report was made, without an amendment. {told}"
        yield case.finding("REPORT015", severity, message.strip(), remedy=_AGAIN if differ or _lacks(case) else "")


def _amended(said: object) -> str:
    number = said.get("amendments", "0") if hasattr(said, "get") else "0"
    return f" (amendment {number[:6]})" if number != "0" else ""


def _lacks(case: CheckCase) -> bool:
    return any(item.key not in case.filled.values for item in case.form.inputs)


def _told(case: CheckCase, differ: list[str]) -> str:
    """Return what has changed, by the first few examples."""
    examples = []
    for key in differ[:_MOST]:
        item, cell = case.form.by_key[key], case.cell(key)
        if item.kind.is_number and cell is not None:
            money = item.kind.value == "money"
            old = shown(taken_as(item, cell).value, money=money)
            examples.append(f"{case.about(item)}: {old}, now {shown(item.value, money=money)}")
        else:
            examples.append(case.about(item))
    if not examples:
        return "Nothing that the contract gives is different." if not _lacks(case) else "Some fields are new."
    more = f", and {len(differ) - _MOST} more" if len(differ) > _MOST else ""
    return f"Different: {'; '.join(examples)}{more}. The check holds the figures against the contract as it stands."


def check_time(case: CheckCase) -> Iterator[Finding]:
    """Yield whether the report came too late, or before there was anything to report."""
    day, form = case.received_on, case.form
    if day is None:
        return
    if day > form.due:
        late = (day - form.due).days
        because = f" {form.due_because}" if form.due_because else ""
        message = (
            f"It came on {day}, {late} {'day' if late == 1 else 'days'} late: it was due on {form.due}"
            f"{case.section('PERF-04')}.{because}"
        )
        remedy = "Note it, unless you extended the due date; what follows from a late report stands in the contract."
        yield case.finding("REPORT020", Severity.WARNING, message, remedy=remedy)
    elif day <= form.period.end:
        over = form.period.end + dt.timedelta(days=1)
        message = f"It came on {day}, before its period was over: the period ends on {form.period.end}."
        remedy = f"Ask for it again after {over - dt.timedelta(days=1)}: figures may still be added."
        yield case.finding("REPORT021", Severity.WARNING, message, remedy=remedy)
