"""Count what an agency must report: reports, invoices, fields, and an estimate of the hours they take."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts.model.burden import Burden
from fe_contracts.model.clause import Actor
from fe_contracts.schedule.paying import invoices_in_term
from fe_contracts.schedule.periods import MONTHS, report_periods
from fe_contracts.schedule.reports import report_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fe_contracts.model.clause import Obligation
    from fe_contracts.model.spec import Spec

__all__ = ["Effort", "Workload", "burden_of", "workload_of"]

_CERTIFICATE = re.compile(r"\bcertificates?\b", re.IGNORECASE)
_INVOICE = "invoice"
"""What the obligation to bill is called; a rider leaves it to its host contract, and asks for no invoice."""
_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Effort:
    """How long reporting takes: an assumption to be replaced by what an agency measures, marked as such."""

    minutes_per_report: int = 60
    """Minutes for a report besides its fields: to open, sign and send it."""
    minutes_per_field: int = 5
    """Minutes to find and enter one value."""
    minutes_per_invoice: int = 60
    """Minutes for an invoice with its papers."""
    confidence: str = "U"
    """U: nobody has measured it."""
    source: str = "an assumption of this library; no source was found. Give the minutes that your agencies measure."

    def given(
        self,
        minutes_per_report: int | None = None,
        minutes_per_field: int | None = None,
        minutes_per_invoice: int | None = None,
    ) -> Effort:
        """Return these minutes with some of them as whoever asks gives them, and answers for them."""
        return replace(
            self,
            minutes_per_report=self.minutes_per_report if minutes_per_report is None else minutes_per_report,
            minutes_per_field=self.minutes_per_field if minutes_per_field is None else minutes_per_field,
            minutes_per_invoice=self.minutes_per_invoice if minutes_per_invoice is None else minutes_per_invoice,
            source="as given by whoever asked; what was not given is an assumption of this library",
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Workload:
    """What reporting under one contract comes to: counted, and estimated in hours."""

    contract: str
    agency: str
    counts: Burden
    invoices_per_year: Decimal
    fields_in_term: int
    """Values to enter over all reports of the term."""
    fields_per_year: Decimal
    hours_per_year: Decimal
    """An estimate: see `effort`."""
    effort: Effort

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "contract": self.contract,
            "agency": self.agency,
            "counts": self.counts.to_dict(),
            "invoices_per_year": float(self.invoices_per_year),
            "fields_in_term": self.fields_in_term,
            "fields_per_year": float(self.fields_per_year),
            "hours_per_year": float(self.hours_per_year),
            "estimated_with": self.effort.to_dict(),
        }


def burden_of(spec: Spec, duties: Iterable[Obligation]) -> Burden:
    """Return what one contract asks to be reported, counted; `duties` are the obligations that it makes."""
    asked = [duty for duty in duties if duty.who is Actor.AGENCY]
    per_report = dict(Counter(item.title for item in report_calendar(spec)))
    return Burden(
        reports_per_year=sum(_A_YEAR // MONTHS[item.frequency] for item in spec.reports if item.frequency in MONTHS),
        reports_in_term=sum(per_report.values()),
        invoices_in_term=invoices_in_term(spec) if any(duty.id == _INVOICE for duty in asked) else 0,
        report_items=sum(len(report.contents) for report in spec.reports),
        deliverables=len(spec.deliverables),
        outcomes=len(spec.outcomes),
        milestones=len(spec.milestones),
        certificates=sum(bool(_CERTIFICATE.search(duty.what)) for duty in asked),
        per_report=per_report,
    )


def workload_of(spec: Spec, duties: Iterable[Obligation], fields: Mapping[str, int], effort: Effort) -> Workload:
    """Return what reporting comes to, in counts and in hours a year of the term.

    `fields` says how many values one report of each requirement asks for, by its id, as counted on its form.
    """
    counts = burden_of(spec, duties)
    in_term = sum(fields[item.id] * len(report_periods(spec, item)) for item in spec.reports)
    days = (spec.term.end_date - spec.term.start_date).days + 1
    years = max(Decimal(days) / Decimal("365.25"), Decimal(1))
    minutes = (
        counts.reports_in_term * effort.minutes_per_report
        + in_term * effort.minutes_per_field
        + counts.invoices_in_term * effort.minutes_per_invoice
    )
    return Workload(
        contract=spec.contract.id,
        agency=spec.agency.short_name or spec.agency.legal_name,
        counts=counts,
        invoices_per_year=_tenth(Decimal(counts.invoices_in_term) / years),
        fields_in_term=in_term,
        fields_per_year=_tenth(Decimal(in_term) / years),
        hours_per_year=_tenth(Decimal(minutes) / 60 / years),
        effort=effort,
    )


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"))
