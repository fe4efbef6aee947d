"""Check how often federal money is reported on, when reports are due, and how long records are kept."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import (
    amount,
    award_day,
    federal_funds,
    first_federal_place,
    latest_award_day,
    paid_by_the_model,
)
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.model.vocabulary import Frequency, FundSource, PaymentModel, ReportKind
from fe_contracts.schedule import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.money import Funding
    from fe_contracts.model.performance import ReportRequirement
    from fe_contracts.model.spec import Spec

__all__: list[str] = []

_FINANCIAL = {ReportKind.FINANCIAL, ReportKind.COMBINED}
_PERFORMANCE = {ReportKind.PROGRAM, ReportKind.OUTCOME, ReportKind.COMBINED}
_REGULAR = {Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.SEMIANNUAL, Frequency.ANNUAL}


def _owed_for(report: ReportRequirement, fund: Funding) -> bool:
    """Return whether a report is owed for a fund."""
    return not report.funds or fund.id in report.funds


def _federal_reports(spec: Spec) -> Iterator[tuple[str, ReportRequirement, Funding]]:
    """Yield each report that is owed for federal money, with the latest award it is owed for."""
    for place, report in enumerate(spec.reports):
        owed = [fund for _, fund in federal_funds(spec) if _owed_for(report, fund)]
        if owed:
            yield f"reports[{place}]", report, max(owed, key=lambda fund: award_day(spec, fund))


@law("UG130")
def reports_are_not_monthly(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Reports on federal money are due no more often than quarterly, unless a specific condition says so."""
    for place, report, fund in _federal_reports(spec):
        if report.frequency is Frequency.MONTHLY and report.specific_condition is None:
            yield Breach(
                f"{place}.frequency",
                f"{report.title} is due every month for {fund.name}; {demand.cite} allows quarterly at most where no "
                "specific condition is in force. (Monthly invoices are no reports.)",
            )


@law("UG140")
def condition_behind_a_report_stands(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The specific condition behind a report is in force."""
    conditions = spec.monitoring.specific_conditions if spec.monitoring else ()
    standing = [item.id for item in conditions if item.removal_date is None]
    for place, report in enumerate(spec.reports):
        name = report.specific_condition
        if name is not None and name not in standing:
            removed = any(item.id == name for item in conditions)
            yield Breach(
                f"reports[{place}].specific_condition",
                f"{report.title} rests on the specific condition {name}, which "
                f"{'was removed' if removed else 'is not among monitoring.specific_conditions'} ({demand.cite}).",
            )


@law("UG150")
def reports_are_at_least_annual(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Money and performance of each federal fund are reported on at least once a year."""
    fixed = {fund.id for _, _, fund in paid_by_the_model(spec)} if _by_rates(spec) else set()
    for place, fund in federal_funds(spec):
        months = amount(demand, "longest_interval_months", award_day(spec, fund))
        within = months is not None and spec.term.end_date < add_months(spec.term.start_date, int(months))
        enough = _REGULAR | ({Frequency.FINAL} if within else set())
        kinds = {report.kind for report in spec.reports if _owed_for(report, fund) and report.frequency in enough}
        lacking = [] if kinds & _PERFORMANCE else ["performance"]
        if not kinds & _FINANCIAL and fund.id not in fixed:
            lacking.append("financial")
        if months is not None and lacking:
            yield Breach(
                "reports",
                f"No regular {' and no '.join(lacking)} report is owed for {fund.name} ({place}); {demand.cite} "
                f"wants one at least every {months} months.",
            )


def _by_rates(spec: Spec) -> bool:
    """Return whether the contract pays fixed amounts, for which the law asks no financial report."""
    return spec.payment.model in {PaymentModel.UNIT, PaymentModel.MILESTONE}


_LIMITS = {
    Frequency.QUARTERLY: "quarterly_days",
    Frequency.SEMIANNUAL: "quarterly_days",
    Frequency.ANNUAL: "annual_days",
    Frequency.FINAL: "final_days",
}


@law("UG160")
def reports_are_due_in_time(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Reports on federal money are due within the days that the law allows."""
    for place, report, fund in _federal_reports(spec):
        day = award_day(spec, fund)
        if report.due_date is not None:
            most = amount(demand, "final_days", day)
            last = None if most is None else spec.term.end_date + dt.timedelta(days=int(most))
            if last is not None and report.due_date > last:
                yield Breach(
                    f"{place}.due_date",
                    f"{report.title} is due {report.due_date}, more than {most} days after the term ends "
                    f"{spec.term.end_date} ({demand.cite}).",
                )
        elif name := _LIMITS.get(report.frequency):
            most = amount(demand, name, day)
            if most is not None and report.due_days > most:
                yield Breach(
                    f"{place}.due_days",
                    f"{report.title} ({report.frequency.value}) is due {report.due_days} days after the period for "
                    f"{fund.name}; {demand.cite} allows {most}.",
                )


_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_YEARS = re.compile(rf"\b(\d+|{'|'.join(_WORDS)})\s+(?:more\s+)?years?\b", re.IGNORECASE)


def _years_said(finished: Finished, clause: str, section: str) -> list[list[int]]:
    """Return the numbers of years that each paragraph of a clause names in which it cites the section."""
    paragraphs = [line for line in finished.text(clause).split("\n") if section in line]
    return [[_number(found) for found in _YEARS.findall(line)] for line in paragraphs]


def _number(word: str) -> int:
    """Return the number that a word or digits stand for."""
    return int(word) if word.isdigit() else _WORDS.index(word.lower())


def _too_short(finished: Finished, demand: Demand, source: FundSource) -> Iterator[Breach]:
    """Yield a breach where the clause on records does not keep a program's records for the years the law sets."""
    spec = finished.spec
    place, fund = next((place, fund) for place, fund in federal_funds(spec) if fund.source is source)
    years = amount(demand, "years", award_day(spec, fund))
    for clause in demand.requirement.clauses:
        said = _years_said(finished, clause, demand.cite)
        if years is not None and finished.has(clause) and not any(said):
            yield Breach(
                f"{place}.source",
                f"{clause} does not say how long records of {fund.name} are kept; {demand.cite} sets {years} years.",
            )
        for numbers in said:
            if years is not None and numbers and min(numbers) < years:
                yield Breach(
                    f"{place}.source",
                    f"{clause} keeps records of {fund.name} for {min(numbers)} years; {demand.cite} sets {years}.",
                )


@law("UG450")
def coc_records_are_kept(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Records of Continuum of Care money are kept for the program's own period."""
    yield from _too_short(finished, demand, FundSource.COC)


@law("UG460")
def esg_records_are_kept(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Records of Emergency Solutions Grants money are kept for the program's own period."""
    yield from _too_short(finished, demand, FundSource.ESG)


@law("UG470")
def cdbg_records_are_kept(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Records of Community Development Block Grant money are kept until the later of two days."""
    yield from _too_short(finished, demand, FundSource.CDBG)
    for clause in demand.requirement.clauses:
        lines = [line.lower() for line in finished.text(clause).split("\n") if demand.cite in line]
        if lines and not any(re.search(r"\b(later|longer|longest) of\b", line) for line in lines):
            yield Breach(
                first_federal_place(finished.spec),
                f"{clause} does not say that the later of two days counts for block grant money: after the agreement, "
                f"or after the last performance report on the activity ({demand.cite}).",
            )


@law("UG490")
def no_years_are_added(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The city adds no years to the period that the law sets for records of other federal money."""
    spec = finished.spec
    most = amount(demand, "years", latest_award_day(spec))
    place, fund = next((place, fund) for place, fund in federal_funds(spec) if fund.source is FundSource.OTHER_FEDERAL)
    for clause in demand.requirement.clauses:
        for numbers in _years_said(finished, clause, demand.cite):
            if most is not None and numbers and max(numbers) > most:
                yield Breach(
                    f"{place}.source",
                    f"{clause} keeps records of {fund.name} for {max(numbers)} years; {demand.cite} sets {most} and "
                    "lets a pass-through entity add none.",
                )
