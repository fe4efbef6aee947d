"""Count what an agency must report: how many reports and invoices a contract asks for, and what they must hold."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from fe_contracts.compare.burden_counts import Burden, BurdenChange
from fe_contracts.model.clause import Actor
from fe_contracts.model.vocabulary import Disbursement, Frequency

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fe_contracts.model.clause import Obligation
    from fe_contracts.model.spec import Spec

__all__ = ["burden_change", "burden_of"]

_A_YEAR = {Frequency.MONTHLY: 12, Frequency.QUARTERLY: 4, Frequency.SEMIANNUAL: 2, Frequency.ANNUAL: 1}
_INVOICES = {Disbursement.MONTHLY: 12, Disbursement.QUARTERLY: 4}
_CERTIFICATE = re.compile(r"\bcertificates?\b", re.IGNORECASE)


def burden_of(spec: Spec, dues: Iterable[str], duties: Sequence[Obligation]) -> Burden:
    """Return the burden of one contract; `dues` names, by its title, every report in the reporting calendar."""
    per_report = dict(Counter(dues))
    return Burden(
        reports_per_year=sum(_A_YEAR.get(report.frequency, 0) for report in spec.reports),
        reports_in_term=sum(per_report.values()),
        invoices_in_term=_invoices(spec),
        report_items=sum(len(report.contents) for report in spec.reports),
        deliverables=len(spec.deliverables),
        outcomes=len(spec.outcomes),
        milestones=len(spec.milestones),
        certificates=sum(bool(_CERTIFICATE.search(duty.what)) for duty in duties if duty.who is Actor.AGENCY),
        per_report=per_report,
    )


def _invoices(spec: Spec) -> int:
    """Return the most invoices of the term: one a period, or one for each milestone or rate, and the last one."""
    start, end = spec.term.start_date, spec.term.end_date
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    frequency = spec.payment.frequency
    if frequency is Disbursement.ON_MILESTONE:
        return len(spec.payment.rates) or len(spec.milestones)
    return -(-months * _INVOICES[frequency] // 12) + 1


def burden_change(old: Burden, new: Burden) -> BurdenChange:
    """Return the burden before and after, and one sentence on it."""
    return BurdenChange(old, new, _sentence(old, new))


def _sentence(old: Burden, new: Burden) -> str:
    if old == new:
        return f"The reporting burden stays: {_reports(new.reports_in_term)} in the term."
    told = []
    if old.reports_in_term != new.reports_in_term:
        told.append(f"{_reports(new.reports_in_term)} in the term where it owed {old.reports_in_term}")
    elif old.per_report != new.per_report:
        told.append(f"{_reports(new.reports_in_term)} in the term as before, but not the same ones")
    labels = {
        "invoices_in_term": "invoices at most",
        "report_items": "items in the reports",
        "deliverables": "deliverables to count",
        "outcomes": "outcomes to measure",
        "milestones": "milestones to show",
        "certificates": "certificates to keep current",
    }
    for name, label in labels.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            told.append(f"{after} {label} (before: {before})")
    if not told:
        return f"The reporting burden in the term stays: {_reports(new.reports_in_term)}."
    return f"The Agency owes {'; '.join(told)}."


def _reports(count: int) -> str:
    return f"{count} report" if count == 1 else f"{count} reports"
