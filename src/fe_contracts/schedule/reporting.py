"""Date what is reported: reports and the City's answers, targets by quarter, and data for the City's own reports."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.model.vocabulary import Frequency, ReportKind
from fe_contracts.schedule.dating import expected
from fe_contracts.schedule.periods import periods_of
from fe_contracts.schedule.reports import report_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.clause import Obligation
    from fe_contracts.model.performance import ReportRequirement
    from fe_contracts.schedule.dating import ClauseInForce, Dating
    from fe_contracts.schedule.duties import DatedDuty
    from fe_contracts.schedule.reports import ReportDue

__all__ = ["MAKERS"]

_ALONG = {
    ("FIN-07", "report_match"): {ReportKind.FINANCIAL, ReportKind.COMBINED},
    ("FIN-08", "report_income"): {ReportKind.FINANCIAL, ReportKind.COMBINED},
    ("PERF-02", "check"): {ReportKind.OUTCOME, ReportKind.COMBINED, ReportKind.PROGRAM},
}
"""Obligations that are met in a report, or before it, and the kinds of report they belong to."""


def _reports(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield every report of the calendar, as the exhibit prints it."""
    asked = {requirement.id: requirement for requirement in dating.spec.reports}
    for item in report_calendar(dating.spec):
        requirement = asked[item.requirement]
        yield dating.duty(
            clause,
            obligation,
            item.due,
            subject=item.requirement,
            ordinal=f"P{item.period.number:02}",
            title=item.title,
            moves=_limit(dating, requirement, item),
            period=None if item.frequency is Frequency.ONCE else item.period,
            source=f"reports.{item.requirement}",
            recipient=item.recipient,
            also=_goes_with(dating, requirement.kind),
        )


def _limit(dating: Dating, requirement: ReportRequirement, item: ReportDue) -> tuple[dt.date, str] | None:
    """Return the last day that federal law leaves for a report on federal money; none where it names no day."""
    days = []
    for fund in dating.spec.funding:
        if requirement.funds and fund.id not in requirement.funds:
            continue
        limit = dating.limits.get((fund.id, requirement.frequency))
        if limit is None:
            continue
        end = item.period.end
        award = fund.federal_award
        if requirement.frequency is Frequency.FINAL and award and award.period_of_performance_end_date:
            end = award.period_of_performance_end_date
        days.append((end + dt.timedelta(days=limit[0]), limit[1]))
    return min(days, default=None)


def _goes_with(dating: Dating, kind: ReportKind) -> tuple[str, ...]:
    """Return what else is owed in, or before, a report of this kind."""
    return tuple(
        f"{obligation.what} ({clause.instance}, section {clause.section})"
        for clause in dating.clauses
        for obligation in clause.obligations
        if kind in _ALONG.get((clause.clause_id, obligation.id), set())
    )


def _along(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield why a duty that is met in a report has no entry of its own."""
    del dating, clause, obligation
    yield "It is owed with the Reports: see what goes with each."


def _reviews(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the City's answer to each report, taken to arrive on its last day."""
    days = clause.days("review_days")
    if days is None:
        yield "The contract gives no value for review_days."
        return
    for name, report in _dated_reports(dating, clause):
        yield dating.duty(
            clause,
            obligation,
            report.last_day + dt.timedelta(days=days),
            subject=name,
            ordinal=f"P{report.period.number:02}" if report.period else "P01",
            title=f"Answer on: {report.title}",
            period=report.period,
            source=report.source,
            **expected(f"Counted from {report.last_day}; sooner if the Report comes sooner."),
        )


def _dated_reports(dating: Dating, clause: ClauseInForce) -> Iterator[tuple[str, DatedDuty]]:
    """Yield every report that a clause asks for, with the id of its requirement."""
    for obligation in clause.obligations:
        if obligation.id == "report":
            for item in _reports(dating, clause, obligation):
                if not isinstance(item, str):
                    yield item.source.removeprefix("reports."), item


def _final_report(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the final report where the calendar has none: the contract asks for it all the same."""
    if any(report.frequency is Frequency.FINAL for report in dating.spec.reports):
        yield "It is in the reporting calendar."
    else:
        yield from dating.by_its_data(clause, obligation)


def _forms(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the day before the first report is due, by which the City gives its forms."""
    calendar = report_calendar(dating.spec)
    due = calendar[0].due - dt.timedelta(days=1)
    fixed = f"The forms must be there before the first Report, which is due on {calendar[0].due}."
    yield dating.duty(clause, obligation, due, moves=fixed)


def _targets(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the end of each contract quarter, with what was promised for it."""
    spec = dating.spec
    for period in periods_of(dating.start, dating.end, Frequency.QUARTERLY):
        asked = [
            f"{item.title}: {item.quarterly_targets[period.number - 1]:,}"
            for item in spec.deliverables
            if len(item.quarterly_targets) >= period.number
        ]
        yield dating.duty(
            clause,
            obligation,
            period.end,
            ordinal=f"P{period.number:02}",
            title=f"Targets of contract quarter {period.number}",
            moves="The quarter ends on this day, and what is counted ends with it.",
            period=period,
            source="deliverables",
            note=f"{'; '.join(asked)}." if asked else "No target is set for this quarter.",
        )


def _data_for_hud(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the data after the term; those after each grant year wait for the City to tell the grant year's dates."""
    days = clause.days("apr_due_days_to_city")
    if days is not None:
        yield dating.duty(
            clause,
            obligation,
            dating.end + dt.timedelta(days=days),
            ordinal="term",
            note="Owed after each grant year, too: the City tells its dates, which the contract does not hold.",
        )
    yield "After each grant year: the City tells its dates, which the contract does not hold."


MAKERS = {
    ("PERF-04", "report"): _reports,
    ("PERF-04", "review"): _reviews,
    ("PERF-04", "final_report"): _final_report,
    ("PERF-04", "forms"): _forms,
    ("PERF-01", "deliver"): _targets,
    ("PERF-05", "apr_data"): _data_for_hud,
    **dict.fromkeys(_ALONG, _along),
}
"""What dates an obligation whose day its own data cannot give, by clause and obligation."""
