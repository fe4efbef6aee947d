"""Carry figures forward: what earlier reports come to is where the next one begins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.checking.case import number_of
from fe_contracts.performance.forms.form import FormulaKind
from fe_contracts.performance.forms.personal import personal_in
from fe_contracts.performance.forms.values import taken_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import FormField, ReportForm, Value

__all__ = ["Carried", "carried_forward", "carries", "figure_in"]

_DAY = dt.timedelta(days=1)
_MANY = 10**7
"""No smaller number has as many digits as one that points to a person."""
_REMEDY = "Give every earlier report of this kind, or leave --prior out and let the agency fill in what came before."


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier reports come to, by the key of the field that shows it, and what was found on the way."""

    before: dict[str, Value]
    findings: tuple[Finding, ...]


def carries(form: ReportForm) -> Iterator[tuple[FormField, FormField]]:
    """Yield each field that shows what was reported before, with the field of the period's own figure."""
    for item in form.fields:
        formula = item.formula
        if formula is not None and formula.kind is FormulaKind.PLUS and formula.of[0].endswith(".before"):
            yield form.by_key[formula.of[0]], form.by_key[formula.of[1]]


def carried_forward(form: ReportForm, earlier: Iterable[FilledReport]) -> Carried:
    """Return what the earlier reports of the same kind come to; nothing where one is missing between them.

    Of two reports for one period the later in order counts.
    """
    found: list[Finding] = []
    chain = _chain(form, earlier, found)
    if not chain or any(item.severity is Severity.ERROR for item in found):
        return Carried({}, tuple(found))
    before: dict[str, Value] = {}
    missing: list[FormField] = []
    for past, now in carries(form):
        total = _total(form, chain, past, now)
        if total is None:
            missing.append(past)
        else:
            before[past.key] = total
    if missing:
        said = f"What was reported before is left open in {len(missing)} fields, such as {missing[0].key}: "
        said += "an earlier report has no number there."
        remedy = "Check the earlier reports first, or let the agency fill it in."
        found.append(Finding("SHEET031", Severity.WARNING, said, Where(chain[-1].name, field=missing[0].key), remedy))
    return Carried(before, tuple(found))


def _chain(form: ReportForm, earlier: Iterable[FilledReport], found: list[Finding]) -> list[FilledReport]:
    """Return the earlier reports in the order of their periods, one for each, without a gap."""
    by_start: dict[dt.date, FilledReport] = {}
    for report in earlier:
        said = _foreign(form, report)
        if said:
            found.append(Finding("SHEET030", Severity.ERROR, said, Where(report.name), _REMEDY))
        else:
            by_start[dt.date.fromisoformat(report.identity["start"])] = report
    chain = [by_start[start] for start in sorted(by_start)]
    followers = [*(dt.date.fromisoformat(item.identity["start"]) for item in chain[1:]), form.period.start]
    for report, follower in zip(chain, followers, strict=bool(chain)) if chain else ():
        if dt.date.fromisoformat(report.identity["end"]) + _DAY != follower:
            said = (
                f"After the report for {report.identity.get('period', '?')} one is missing: the next begins {follower}."
            )
            found.append(Finding("SHEET030", Severity.ERROR, said, Where(report.name), _REMEDY))
    return chain


def _foreign(form: ReportForm, report: FilledReport) -> str:
    """Return why a report is none of those that came before; empty if it is."""
    identity = report.identity
    for name, ours in (("contract", form.contract), ("requirement", form.requirement)):
        if identity.get(name) != ours:
            return f"This report is for {name} {identity.get(name, 'unknown')!r}, not for {ours!r}."
    try:
        end = dt.date.fromisoformat(identity.get("end", ""))
        dt.date.fromisoformat(identity.get("start", ""))
    except ValueError:
        return "This report does not say which days it covers."
    if end >= form.period.start:
        return f"This report covers days to {end}, and the period begins on {form.period.start}."
    return ""


def _total(form: ReportForm, chain: Sequence[FilledReport], past: FormField, now: FormField) -> int | Decimal | None:
    """Return what came before the first report and what each adds; None where a number is missing."""
    numbers = [figure_in(report, now) for report in chain]
    if chain[0].identity["start"] != form.first_day.isoformat():
        numbers.append(figure_in(chain[0], past))
    there = [number for number in numbers if number is not None]
    return None if len(there) < len(numbers) else sum(there, 0)


def figure_in(report: FilledReport, item: FormField) -> int | Decimal | None:
    """Return the number that a report has for a field; None if there is none, or it may be the number of a person."""
    cell = report.values.get(item.key)
    number = number_of(taken_as(item, cell).value) if cell is not None else None
    if number is None or not Decimal(number).is_finite():
        return None
    return None if not -_MANY < number < _MANY and any(personal_in(str(number))) else number
