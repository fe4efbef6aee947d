"""Date the money: when each invoice is due, and by when the City pays it."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.model.vocabulary import Disbursement
from fe_contracts.schedule.dating import expected
from fe_contracts.schedule.periods import Period, add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.clause import Obligation
    from fe_contracts.model.spec import Spec
    from fe_contracts.schedule.dating import ClauseInForce, Dating
    from fe_contracts.schedule.duties import DatedDuty

__all__ = ["MAKERS", "invoice_periods", "invoices_in_term"]

_MONTHS = {Disbursement.MONTHLY: 1, Disbursement.QUARTERLY: 3}
_DAY = dt.timedelta(days=1)
_SET_BY_LAW = "Federal law sets the time for payment of federal money (2 CFR 200.305), and the day does not move."


def invoice_periods(spec: Spec) -> tuple[Period, ...]:
    """Return the times that invoices cover: whole calendar months from the month in which the term begins.

    None where the contract pays on milestones.
    """
    months = _MONTHS.get(spec.payment.frequency)
    if months is None:
        return ()
    start, end = spec.term.start_date, spec.term.end_date
    first = start.replace(day=1)
    periods: list[Period] = []
    while (begins := add_months(first, months * len(periods))) <= end:
        ends = min(add_months(begins, months) - _DAY, end)
        number = len(periods) + 1
        label = f"{begins:%Y-%m}" if months == 1 else f"P{number:02}"
        periods.append(Period(number, max(begins, start), ends, label))
    return tuple(periods)


def invoices_in_term(spec: Spec) -> int:
    """Return the most invoices of the term: one a period and the last one, or one for each milestone or rate."""
    if spec.payment.frequency is Disbursement.ON_MILESTONE:
        return len(spec.payment.rates) or len(spec.milestones)
    return len(invoice_periods(spec)) + 1


def _in_month_after(day: dt.date, wanted: int) -> dt.date:
    """Return the wanted day of the month after the one a day lies in, or that month's last day."""
    first = add_months(day.replace(day=1), 1)
    return first.replace(day=min(wanted, calendar.monthrange(first.year, first.month)[1]))


def _each(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[tuple[str, DatedDuty]]:
    """Yield each invoice but the last, with the name that stays its own: P03, or the id of a milestone."""
    spec = dating.spec
    told = "The Agency may send it; one that comes late is still paid, but later."
    for period in invoice_periods(spec):
        name = f"P{period.number:02}"
        due = _in_month_after(period.end, spec.payment.invoice_day)
        yield (
            name,
            dating.duty(clause, obligation, due, ordinal=name, period=period, source="payment.invoice_day", note=told),
        )
    if spec.payment.frequency is Disbursement.ON_MILESTONE:
        paid = {rate.id for rate in spec.payment.rates}
        for milestone in spec.milestones:
            if paid and milestone.id not in paid:
                continue
            due = _in_month_after(milestone.due_date, spec.payment.invoice_day)
            why = expected(f"Counted from the Milestone's due date, {milestone.due_date}. {told}")
            title = f"Invoice for milestone {milestone.id}"
            source = "payment.invoice_day"
            made = dating.duty(clause, obligation, due, subject=milestone.id, title=title, source=source, **why)
            yield milestone.id, made


def _invoices(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield each invoice: one a period, or one for each milestone that is paid for."""
    made = [invoice for _, invoice in _each(dating, clause, obligation)]
    yield from made
    if not made:
        yield "It is due in the month after a payment was earned."


def _payments(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the day by which the City pays each invoice, taken to arrive on its last day."""
    days = clause.days("pay_days")
    if days is None:
        yield "The contract gives no value for pay_days."
        return
    for name, invoice in _all_invoices(dating, clause):
        yield dating.duty(
            clause,
            obligation,
            invoice.last_day + dt.timedelta(days=days),
            subject=name,
            title=f"Payment of: {invoice.title}",
            period=invoice.period,
            source="payment.pay_days",
            moves=_SET_BY_LAW if dating.federal else None,
            **expected(f"Counted from {invoice.last_day}; sooner if a correct Invoice comes sooner."),
        )


def _all_invoices(dating: Dating, clause: ClauseInForce) -> Iterator[tuple[str, DatedDuty]]:
    """Yield each invoice with its name, the last one too."""
    for obligation in clause.obligations:
        if obligation.id == "invoice":
            yield from _each(dating, clause, obligation)
        elif obligation.id == "final_invoice":
            for item in dating.by_its_data(clause, obligation):
                if not isinstance(item, str):
                    yield "final", item


MAKERS = {("FIN-03", "invoice"): _invoices, ("FIN-03", "pay"): _payments}
"""What dates an obligation whose day its own data cannot give, by clause and obligation."""
