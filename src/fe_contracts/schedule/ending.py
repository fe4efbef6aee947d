"""Date what the end of a contract asks for: renewal, closeout of awards, audits, and how long records are kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.model.vocabulary import Frequency, FundSource, ReportKind
from fe_contracts.schedule.business_days import BusinessDays
from fe_contracts.schedule.dating import expected
from fe_contracts.schedule.duties import Certainty
from fe_contracts.schedule.periods import add_months
from fe_contracts.schedule.reports import report_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.clause import Obligation
    from fe_contracts.schedule.dating import ClauseInForce, Dating
    from fe_contracts.schedule.duties import DatedDuty

__all__ = ["MAKERS"]

_DAY = dt.timedelta(days=1)
_LIMITED = {"last_reports": ("reports_days", "2 CFR 200.344(b)"), "liquidate": ("liquidation_days", "2 CFR 200.344(c)")}
"""What of a closeout law limits, with the parameter that counts the days and the section."""
_FEDERAL = ""
"""No state: the section moves the day for weekends and federal holidays alone."""
_BACK = "It is counted back from the last day of the term: a later day would be too late."


def _renewal(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the last day on which the City says whether it offers a renewal."""
    days, term = clause.days("notice_days"), dating.spec.term
    if days is None or not term.renewals:
        yield "The contract has no renewal option."
        return
    left = (
        f"{term.renewals} {'renewal' if term.renewals == 1 else 'renewals'} of up to {term.renewal_months} months left"
    )
    reach = f"; with all of them the term cannot run past {term.max_extent_date}" if term.max_extent_date else ""
    note = f"The term ends on {term.end_date}. {left}{reach}."
    due = dating.end - dt.timedelta(days=days)
    yield dating.duty(clause, obligation, due, moves=_BACK, source="term.end_date", note=note)


def _award_end(clause: ClauseInForce) -> dt.date | None:
    award = clause.fund.federal_award if clause.fund else None
    return award.period_of_performance_end_date if award else None


def _closing(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield what is owed within so many days after an award's period of performance."""
    end = _award_end(clause)
    days = clause.days(str(obligation.due.days))
    if obligation.id == "list_property" and clause.values.get("property_list") is False:
        yield "The contract asks for no list of property."
    elif end is None or days is None:
        yield "The City gives the day on which the period of performance ends; the contract does not hold it."
    else:
        fund = clause.fund.name if clause.fund else ""
        yield dating.duty(
            clause,
            obligation,
            end + dt.timedelta(days=days),
            moves=_by_law(clause, obligation, end),
            source=f"{clause.instance}.{obligation.id}",
            note=f"{fund}: the period of performance ends on {end}.",
        )


def _by_law(clause: ClauseInForce, obligation: Obligation, end: dt.date) -> tuple[dt.date, str] | None:
    """Return the last day that law leaves, where law limits the duty."""
    if obligation.id not in _LIMITED:
        return None
    name, section = _LIMITED[obligation.id]
    most = clause.most.get(name)
    return None if most is None else (end + dt.timedelta(days=most), section)


def _closed(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the City's confirmation, everything it waits for taken to arrive on its last day."""
    end, days = _award_end(clause), clause.days("close_days")
    waits = [clause.days(name) or 0 for name in ("reports_days", "liquidation_days", "unspent_return_days")]
    if end is None or days is None:
        yield "The City gives the day on which the period of performance ends; the contract does not hold it."
        return
    all_there = end + dt.timedelta(days=max(waits))
    note = f"Counted from {all_there}, when all reports, bills and lists are there at the latest."
    yield dating.duty(clause, obligation, all_there + dt.timedelta(days=days), **expected(note))


def _fiscal_year_ends(dating: Dating) -> Iterator[dt.date]:
    """Yield the last day of each of the agency's fiscal years that the term touches."""
    month, day = map(int, dating.spec.agency.fiscal_year_start.split("-"))
    for year in range(dating.start.year, dating.end.year + 2):
        first = dt.date(year, month, day)
        if first > dating.start and add_months(first, -12) <= dating.end:
            yield first - _DAY


def _statements(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the statement on federal money spent, after each fiscal year of the agency."""
    days = clause.days("statements_days")
    if days is None:
        yield "The contract gives no value for statements_days."
        return
    for end in _fiscal_year_ends(dating):
        yield dating.duty(
            clause,
            obligation,
            end + dt.timedelta(days=days),
            ordinal=end.isoformat(),
            in_every_term=True,
            source="agency.fiscal_year_start",
            note=f"For the fiscal year that ends on {end}.",
        )


def _audits(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the last day for each Single Audit: nine months after the fiscal year, and only if one is due."""
    amount = clause.values.get("threshold")
    if amount is None:
        yield "The contract gives no value for threshold."
        return
    for end in _fiscal_year_ends(dating):
        first = end + _DAY
        due = add_months(first, 9) - _DAY
        yield dating.duty(
            clause,
            obligation,
            due,
            ordinal=end.isoformat(),
            in_every_term=True,
            source="agency.fiscal_year_start",
            moves=(BusinessDays(_FEDERAL).on_or_after(due), "2 CFR 200.512(a)(1)"),
            **expected(
                f"Only if the Agency spent ${amount:,.0f} or more of federal awards in its fiscal year to {end}; 30 "
                f"days after the auditor's report if that is sooner ({clause.cited('2 CFR 200.512(a)')})."
            ),
        )


def _records(dating: Dating, clause: ClauseInForce, obligation: Obligation) -> Iterator[DatedDuty | str]:
    """Yield the day until which records of each kind of money are kept, counted from what is known today."""
    kept = "Records of a suit, claim or audit are kept until it is settled; the longest period controls."
    sources = {fund.source for fund in dating.spec.funding}
    if sources & {FundSource.STATE, FundSource.LOCAL, FundSource.FOUNDATION}:
        yield from _local_records(dating, clause, obligation, kept)
    for source, section in (
        (FundSource.COC, "24 CFR 578.103(c)"),
        (FundSource.ESG, "24 CFR 576.500(y)"),
    ):
        if source in sources:
            base = _last_day_of(dating, source)
            told = (
                f"Five years after all funds of the grant are spent ({clause.cited(section)}); the City tells the day."
            )
            note = f"{told} Counted as if the last were spent on {base}. {kept}"
            yield _kept(dating, clause, obligation, source, add_months(base, 60), note)
    if FundSource.CDBG in sources:
        section = clause.cited("24 CFR 570.502(a)(7)(ii)")
        note = (
            f"Three years after the Agreement ends, or after the last performance report if later ({section}). {kept}"
        )
        yield _kept(dating, clause, obligation, FundSource.CDBG, add_months(dating.end, 36), note)
    if FundSource.OTHER_FEDERAL in sources:
        base = _last_report(dating, money=True)
        section = clause.cited("2 CFR 200.334")
        note = f"Three years after the final financial report ({section}), taken to be given on {base}. {kept}"
        yield _kept(dating, clause, obligation, FundSource.OTHER_FEDERAL, add_months(base, 36), note)


def _local_records(
    dating: Dating, clause: ClauseInForce, obligation: Obligation, kept: str
) -> Iterator[DatedDuty | str]:
    """Yield the day until which records of money that is not federal are kept."""
    years = clause.days("years")
    if years is None:
        yield "The contract gives no value for years."
        return
    counted = {
        "TERM_END": (dating.end, "the end of the term", Certainty.FIXED),
        "FINAL_REPORT": (_last_report(dating), "the final Report", Certainty.EXPECTED),
        "FINAL_PAYMENT": (_last_payment(dating), "the final payment", Certainty.EXPECTED),
    }
    found = counted.get(str(clause.values.get("trigger")))
    if found is None:
        yield "The contract does not say what the years are counted from."
        return
    base, words, certainty = found
    taken = f", taken to be on {base}" if certainty is Certainty.EXPECTED else f" on {base}"
    note = f"Money that is not federal: {years} years after {words}{taken}. {kept}"
    yield _kept(dating, clause, obligation, "local", add_months(base, 12 * years), note, certainty)


def _kept(
    dating: Dating,
    clause: ClauseInForce,
    obligation: Obligation,
    money: str,
    until: dt.date,
    note: str,
    certainty: Certainty = Certainty.EXPECTED,
) -> DatedDuty:
    name = "money that is not federal" if money == "local" else f"{money} money"
    return dating.duty(
        clause,
        obligation,
        until,
        subject=str(money),
        title=f"Keep records of {name} until this day",
        moves="Records are kept until the day, and no later act is owed.",
        certainty=certainty,
        note=note,
    )


def _last_day_of(dating: Dating, source: FundSource) -> dt.date:
    """Return the last day on which money of a kind can be spent, as far as the contract knows."""
    ends = [
        (fund.federal_award.period_of_performance_end_date if fund.federal_award else None)
        or fund.end_date
        or dating.end
        for fund in dating.spec.funding
        if fund.source is source
    ]
    return max(ends, default=dating.end)


def _last_report(dating: Dating, *, money: bool = False) -> dt.date:
    """Return the day on which the final report is due, or the last one of the calendar."""
    asked = {requirement.id: requirement for requirement in dating.spec.reports}
    about = {ReportKind.FINANCIAL, ReportKind.COMBINED, ReportKind.CLOSEOUT} if money else set(ReportKind)
    calendar = report_calendar(dating.spec)
    of_kind = [item for item in calendar if asked[item.requirement].kind in about] or list(calendar)
    final = [item for item in of_kind if item.frequency is Frequency.FINAL]
    return max(item.due for item in final or of_kind)


def _last_payment(dating: Dating) -> dt.date:
    """Return the day by which the last invoice is paid, if it is sent on its last day."""
    payment = dating.spec.payment
    due = dating.end + dt.timedelta(days=payment.final_invoice_days)
    moved, _ = dating.counted(due)
    return (moved or due) + dt.timedelta(days=payment.pay_days)


MAKERS = {
    ("FORM-04", "renewal_notice"): _renewal,
    ("FED-11", "last_reports"): _closing,
    ("FED-11", "liquidate"): _closing,
    ("FED-11", "return_unspent"): _closing,
    ("FED-11", "list_property"): _closing,
    ("FED-11", "close"): _closed,
    ("FED-09", "tell"): _statements,
    ("FED-09", "audit"): _audits,
    ("GEN-08", "keep"): _records,
}
"""What dates an obligation whose day its own data cannot give, by clause and obligation."""
