"""Say how a contract goes: reports that came in, milestones that were reached, money that was paid.

Counts of people are totals to date, and only such that no small count can be worked out from two of them: what a
contract's clause on data promises the agency's clients.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from fe_contracts.exchange.ocds_identity import end_of, local_name, number, start_of, value_of
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.schedule.duties import DutyKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from fe_contracts.exchange.ocds_parties import Parties
    from fe_contracts.model.performance import Milestone
    from fe_contracts.model.spec import Spec
    from fe_contracts.schedule.duties import DatedDuty
    from fe_contracts.schedule.periods import Period

__all__ = ["CheckedReport", "PaymentMade", "Results", "milestones_of", "report_duties", "transactions_of"]

_DAY = dt.timedelta(days=1)
_WHOLE_TERM = "term"
"""The label of a period that is the whole term: a report's title says that it is the final one."""

_NEVER = (dt.date.max, 0, "")
"""Where a report stands that covers no period: after all others."""


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """One report that came in and was checked, as far as open data tells of it."""

    report: str
    """The id of the report requirement, such as R1."""
    period: str
    """The period's label, such as 2027-Q1; empty for a report that has none."""
    received_on: dt.date
    accepted: bool = True
    """Whether the check found nothing that must be mended."""
    delivered: Mapping[str, int | Decimal] = field(default_factory=dict)
    """What was delivered in the period, by deliverable."""
    reached: Mapping[str, dt.date] = field(default_factory=dict)
    """The milestones that were reached, each with its day."""


@dataclass(frozen=True, slots=True)
class PaymentMade:
    """One payment of the city to the agency, as the city's books have it."""

    id: str
    paid_on: dt.date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Results:
    """What is known of how a contract goes: nothing, for a contract that has just been made."""

    reports: Sequence[CheckedReport] = ()
    payments: Sequence[PaymentMade] = ()
    smallest: int | None = None
    """The number below which the contract does not let counts of people be published; none published if not known."""

    @property
    def last_day(self) -> dt.date | None:
        """Return the day of the last thing that happened."""
        days = [item.received_on for item in self.reports] + [item.paid_on for item in self.payments]
        return max(days, default=None)


def report_duties(duties: Iterable[DatedDuty]) -> dict[str, DatedDuty]:
    """Return the reports that the agency owes, by the name that each has as a milestone."""
    found = {}
    for duty in duties:
        section, _, name = duty.source.partition(".")
        if duty.kind is DutyKind.REPORT and duty.owed_by == "agency" and section == "reports":
            period = f"-P{duty.period.number:02}" if duty.period else ""
            found[f"report-{name}{period}"] = duty
    return found


def milestones_of(
    spec: Spec, duties: Sequence[DatedDuty], results: Results, found: list[Finding]
) -> list[dict[str, Any]]:
    """Return the steps and reports of a contract with their days, and which were met."""
    reached = _reached(spec, results, found)
    steps = [item for item in duties if item.kind is DutyKind.MILESTONE and item.owed_by == "agency"]
    days = {item.source: item.last_day for item in steps}
    made = [_step(item, days.get(f"milestones.{item.id}"), reached.get(item.id)) for item in spec.milestones]
    owed = report_duties(duties)
    received = _received(owed, results, found)
    totals = _totals(spec, owed, received, results, found)
    return made + [_report(name, owed[name], received.get(name), totals.get(name, "")) for name in owed]


def _step(step: Milestone, last_day: dt.date | None, met_on: dt.date | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"milestone-{step.id}",
        "title": step.title,
        "type": step.type.value,
        "description": f"Shown by: {step.evidence}. Track: {step.track.value}.",
        "code": step.track.value,
        "dueDate": end_of(last_day or step.due_date),
        "status": "met" if met_on else step.status.value,
    }
    return made | ({"dateMet": start_of(met_on)} if met_on else {})


def _report(name: str, duty: DatedDuty, came: CheckedReport | None, total: str) -> dict[str, Any]:
    covers = f", {duty.period.label}" if duty.period and duty.period.label != _WHOLE_TERM else ""
    made: dict[str, Any] = {
        "id": name,
        "title": f"{duty.title}{covers}",
        "type": "reporting",
        "dueDate": end_of(duty.last_day),
        "status": "scheduled",
    }
    if duty.period:
        made["description"] = f"Covers {duty.period.start.isoformat()} to {duty.period.end.isoformat()}.{total}"
    elif total:
        made["description"] = total.strip()
    if came is not None:
        made["dateModified"] = start_of(came.received_on)
        if came.accepted:
            made |= {"status": "met", "dateMet": start_of(came.received_on)}
    return made


def _left_out(message: str, where: str) -> Finding:
    remedy = "Give the ids and labels that the contract has, or export the version of the contract that has these."
    return Finding("OCDS020", Severity.WARNING, f"{message} It is left out.", Where(field=where), remedy)


def _reached(spec: Spec, results: Results, found: list[Finding]) -> dict[str, dt.date]:
    """Return the day on which each milestone was first said to be reached, in reports that were accepted."""
    known = {item.id for item in spec.milestones}
    days: dict[str, dt.date] = {}
    for report in results.reports:
        for name, day in report.reached.items():
            if name not in known:
                found.append(
                    _left_out(f"A report tells of milestone {name!r}, which the contract has not.", "milestones")
                )
            elif report.accepted:
                days[name] = min(day, days.get(name, day))
    return days


def _received(owed: dict[str, DatedDuty], results: Results, found: list[Finding]) -> dict[str, CheckedReport]:
    """Return what counts of each report that is owed: the first day it was accepted, the figures of the last that was.

    Of a report that was never accepted, the last that came tells that it is still being worked on.
    """
    names = {_asked(duty): name for name, duty in owed.items()}
    counts: dict[str, CheckedReport] = {}
    for report in sorted(results.reports, key=lambda item: item.received_on):
        name = names.get((report.report, report.period))
        if name is None:
            found.append(
                _left_out(f"The contract asks for no report {report.report!r} for {report.period!r}.", "reports")
            )
            continue
        before = counts.get(name)
        if before is None or not before.accepted:
            counts[name] = report
        elif report.accepted:
            counts[name] = replace(report, received_on=before.received_on)
    return counts


def _asked(duty: DatedDuty) -> tuple[str, str]:
    return duty.source.partition(".")[2], duty.period.label if duty.period else ""


def _totals(
    spec: Spec, owed: dict[str, DatedDuty], received: dict[str, CheckedReport], results: Results, found: list[Finding]
) -> dict[str, str]:
    """Return, by report, the totals that may be told: any two of them differ by nothing or by no small count."""
    came = [(owed[name].period, name, item.delivered) for name, item in received.items() if item.accepted]
    if not any(delivered for _, _, delivered in came):
        return {}
    if results.smallest is None:
        found.append(_no_counts())
        return {}
    found.append(_show_first())
    tally = _Tally({item.id: item.unit for item in spec.deliverables}, results.smallest, spec.term.start_date)
    lines = {}
    for period, name, delivered in sorted(
        came, key=lambda one: (one[0].end, -one[0].start.toordinal(), one[1]) if one[0] else _NEVER
    ):
        if period and (told := [tally.add(key, period, count) for key, count in sorted(delivered.items())]):
            lines[name] = "; ".join(filter(None, told))
    found += [
        _left_out(f"A report tells of deliverable {key!r}, which the contract has not.", "deliverables")
        for key in sorted(tally.unknown)
    ]
    return {name: f" Total to date: {text}." for name, text in lines.items() if text}


class _Tally:
    """What was delivered so far, and how much of it has been told."""

    def __init__(self, units: Mapping[str, str], smallest: int, first: dt.date) -> None:
        self.units, self.smallest, self.first = units, smallest, first
        self.unknown: set[str] = set()
        self.sums: dict[str, Decimal | int] = defaultdict(int)
        self.told: dict[str, Decimal | int] = defaultdict(int)
        self.until: dict[str, dt.date] = {}

    def add(self, key: str, period: Period, count: Decimal | int) -> str:
        """Return the deliverable's total to date, or nothing: too small a step, counted already, or unknown."""
        if key not in self.units:
            self.unknown.add(key)
            return ""
        if period.start <= self.first:  # the first period, or a report on the whole term so far
            if key in self.until and self.sums[key] == count:
                return ""
            self.sums[key] = count
        elif key not in self.until or period.start != self.until[key] + _DAY:  # no total where a period is missing
            return ""
        else:
            self.sums[key] += count
        self.until[key] = max(period.end, self.until.get(key, period.end))
        step = self.sums[key] - self.told[key]
        if step != 0 and -self.smallest < step < self.smallest:
            return ""
        self.told[key] = self.sums[key]
        return f"{key} {number(self.sums[key]):,} {self.units[key]}"


def _no_counts() -> Finding:
    return Finding(
        "OCDS021",
        Severity.WARNING,
        "The contract does not say which counts are too small to publish (DATA-04 is not in it): no results are told.",
        Where(field="clauses"),
        "Take DATA-04 into the contract, or publish results another way.",
    )


def _show_first() -> Finding:
    return Finding(
        "OCDS022",
        Severity.INFO,
        "The release tells results. The clause on data (DATA-04) lets the agency see them before they are published.",
        Where(field="deliverables"),
        "Show the release to the agency before you publish it. Compare it with what was published before and "
        "elsewhere, such as a roll-up: together they may show a small count that neither shows.",
    )


def transactions_of(parties: Parties, payments: Iterable[PaymentMade]) -> list[dict[str, Any]]:
    """Return the payments, by day."""
    return [
        {
            "id": local_name(item.id),
            "date": start_of(item.paid_on),
            "value": value_of(item.amount),
            "payer": parties.buyer,
            "payee": parties.supplier,
        }
        for item in sorted(payments, key=lambda item: (item.paid_on, item.id))
    ]
