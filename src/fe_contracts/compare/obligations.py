"""Say what a changed field of the spec means: which duty or amount, how grave, whom it affects, in plain words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from fe_contracts.compare.contract_changes import Affected, Kind, Level, Weight
from fe_contracts.compare.shortening import shortened_pair
from fe_contracts.compare.spec_fields import written
from fe_contracts.compare.weighing import EDITORIAL, affected_by_words, weights_of_words

if TYPE_CHECKING:
    from fe_contracts.compare.spec_fields import FieldChange
    from fe_contracts.compare.words import Language

__all__ = ["Told", "record_of", "tell", "tell_record"]

_M, _D, _R, _O, _DATA = Weight.MONEY, Weight.DEADLINE, Weight.RIGHT, Weight.OBLIGATION, Weight.DATA
_AGENCY, _CITY, _BOTH, _CLIENTS = Affected.AGENCY, Affected.CITY, Affected.BOTH, Affected.CLIENTS


@dataclass(frozen=True, slots=True)
class _Phrase:
    """How a change of one field is told; `{title}`, `{old}`, `{new}`, `{unit}` are filled in."""

    says: str
    weights: tuple[Weight, ...] = ()
    """Empty where the words themselves are weighed."""
    affected: tuple[Affected, ...] = (_AGENCY,)
    level: Level = Level.OBLIGATION


@dataclass(frozen=True, slots=True)
class Told:
    """A changed field in words."""

    title: str
    what: str
    old: str
    new: str
    level: Level
    weights: tuple[Weight, ...]
    affected: tuple[Affected, ...]


_ENTRIES = {
    "deliverables": ("Deliverables", "deliverable", (_O,), (_AGENCY,)),
    "outcomes": ("Outcomes", "outcome", (_O,), (_AGENCY, _CLIENTS)),
    "milestones": ("Milestones", "milestone", (_D, _O), (_AGENCY,)),
    "reports": ("Reports", "report", (_D, _O), (_AGENCY,)),
    "funding": ("Money", "fund", (_M,), (_BOTH,)),
    "funding.*.match": ("Match", "match", (_M, _O), (_AGENCY,)),
    "budget": ("Budget", "budget line", (_M,), (_AGENCY,)),
    "payment.rates": ("Payment", "rate", (_M,), (_BOTH,)),
    "monitoring.specific_conditions": ("Specific conditions", "specific condition", (_O, Weight.REMEDY), (_AGENCY,)),
    "city.signers": ("Signatures", "signer", (_O,), (_CITY,)),
    "agency.signers": ("Signatures", "signer", (_O,), (_AGENCY,)),
}
"""The lists of the spec: heading, what one entry is, its weight, whom it affects."""

_PHRASES = {
    "total_amount": _Phrase("Maximum amount: {old} → {new}", (_M,), (_BOTH,)),
    "deliverables.*.annual_target": _Phrase("{title}: target for the term {old} → {new} {unit}", (_O,)),
    "deliverables.*.quarterly_targets": _Phrase("{title}: targets by quarter {old} → {new} {unit}", (_D, _O)),
    "deliverables.*.unit": _Phrase("{title}: counted in {old} → {new}", (_O,)),
    "deliverables.*.unit_cost": _Phrase("{title}: {old} → {new} per unit", (_M,), (_BOTH,)),
    "deliverables.*.funds": _Phrase("{title}: paid by {old} → {new}", (_M,), (_BOTH,)),
    "outcomes.*.target_percent": _Phrase("{title}: target {old} → {new} of the population", (_O,)),
    "outcomes.*.follow_up_days": _Phrase("{title}: follow-up {old} → {new} days after the baseline", (_D,)),
    "milestones.*.due_date": _Phrase("{title}: due {old} → {new}", (_D,)),
    "reports.*.due_days": _Phrase("{title}: due {old} → {new} days after the period", (_D,)),
    "reports.*.due_date": _Phrase("{title}: due {old} → {new}", (_D,)),
    "reports.*.frequency": _Phrase("{title}: {old} → {new}", (_D, _O)),
    "reports.*.contents": _Phrase("{title}: what it must hold changes", (_O,)),
    "reports.*.recipient": _Phrase("{title}: goes to {old} → {new}", (_O,)),
    "funding.*.amount": _Phrase("{title}: {old} → {new}", (_M,), (_BOTH,)),
    "funding.*.start_date": _Phrase("{title}: may be spent from {old} → {new}", (_M, _D)),
    "funding.*.end_date": _Phrase("{title}: may be spent until {old} → {new}", (_M, _D)),
    "funding.*.indirect.rate_percent": _Phrase("{title}: indirect costs at {old} → {new}", (_M,)),
    "funding.*.match.*.value": _Phrase("Match from {title}: {old} → {new}", (_M, _O)),
    "budget.*.amount": _Phrase("Budget for {title}: {old} → {new}", (_M,)),
    "budget.*.fund": _Phrase("Budget for {title}: paid by {old} → {new}", (_M,)),
    "payment.model": _Phrase("How the City pays: {old} → {new}", (_M,), (_BOTH,)),
    "payment.frequency": _Phrase("Invoices: {old} → {new}", (_M, _D), (_BOTH,)),
    "payment.invoice_day": _Phrase("Invoices: due by day {old} → {new} of the following month", (_D,)),
    "payment.pay_days": _Phrase("The City pays a correct invoice within {old} → {new} days", (_M, _D), (_BOTH,)),
    "payment.final_invoice_days": _Phrase("Last invoice: due {old} → {new} days after the term ends", (_M, _D)),
    "payment.advance_percent": _Phrase("Advance: {old} → {new} of the maximum amount", (_M,)),
    "payment.holdback_percent": _Phrase("Held back until performance is shown: {old} → {new}", (_M, Weight.REMEDY)),
    "payment.separate_bank_account": _Phrase("A bank account for this money alone: {old} → {new}", (_M, _O)),
    "payment.backup": _Phrase("What must come with an invoice changes", (_O,)),
    "payment.rates.*.amount": _Phrase("{title}: {old} → {new} per {unit}", (_M,), (_BOTH,)),
    "payment.rates.*.quantity": _Phrase("{title}: at most {old} → {new} paid", (_M,), (_BOTH,)),
    "payment.rates.*.evidence": _Phrase("{title}: what shows that it was done changes", (_M, _O)),
    "term.start_date": _Phrase("First day of the term: {old} → {new}", (_D,), (_BOTH,)),
    "term.end_date": _Phrase("Last day of the term: {old} → {new}", (_D,), (_BOTH,)),
    "term.renewals": _Phrase("Renewals allowed: {old} → {new}", (_R, _D), (_BOTH,)),
    "term.renewal_months": _Phrase("A renewal adds {old} → {new} months", (_D,), (_BOTH,)),
    "term.max_extent_date": _Phrase("Last day with all renewals: {old} → {new}", (_D,), (_BOTH,)),
    "contract.effective_date": _Phrase("Effective date: {old} → {new}", (_D,), (_BOTH,)),
    "services.start_date": _Phrase("First day of service: {old} → {new}", (_D,)),
    "services.counselors": _Phrase("Full-time Counselors: {old} → {new}", (_O, _M)),
    "services.offered": _Phrase("Services: {old} → {new}", (_O,), (_AGENCY, _CLIENTS)),
    "services.sites": _Phrase("Where services are given: {old} → {new}", (_O,), (_AGENCY, _CLIENTS)),
    "services.population": _Phrase("Whom the services are for changes", (), (_AGENCY, _CLIENTS)),
    "monitoring.visits_per_year": _Phrase("Monitoring visits in a year: {old} → {new}", (_O,), (_BOTH,)),
    "monitoring.desk_reviews_per_year": _Phrase("Desk reviews in a year: {old} → {new}", (_O,), (_BOTH,)),
    "relationship.determination": _Phrase("What the Agency is to the City: {old} → {new}", (_O, _M), (_BOTH,)),
}
"""Fields by their path, without the names of entries."""

_SECTIONS = {
    "contract": "The contract", "city": "City", "agency": "Agency", "host_contract": "Host contract",
    "funding": "Money", "relationship": "Relationship", "term": "Term", "services": "Services", "payment": "Payment",
    "budget": "Budget", "total_amount": "Money", "deliverables": "Deliverables", "outcomes": "Outcomes",
    "milestones": "Milestones", "reports": "Reports", "data": "Data", "monitoring": "Monitoring",
    "coc": "Continuum of Care terms", "esg": "Emergency Solutions Grants terms",
    "cdbg": "Community Development Block Grant terms", "federal_terms": "Federal terms",
    "confirmations": "Confirmations", "overrides": "Recorded decisions", "evidence": "Sources",
    "clauses": "Clauses left out",
}  # fmt: skip
_RECORDS = {
    "contract.renews": "the record of what it renews changes",
    "contract.amendments": "the record of its amendments changes",
    "confirmations": "the record of what was confirmed changes",
    "overrides": "the record of decisions to go on in spite of a finding changes",
    "evidence": "the record of what its values rest on changes",
}
"""What the city keeps with the spec for itself: who decided, on what, when; the contract prints none of it."""
_NAMED_BY = ("title", "description", "name", "source", "fact", "code", "factor", "clause", "id")


def _name_of(item: Any) -> str:
    """Return what an entry is called."""
    for name in _NAMED_BY:
        if isinstance(item, BaseModel) and name in type(item).model_fields and getattr(item, name):
            return written(name, getattr(item, name))
    return ""


def _said(pattern: str, value: Any) -> str:
    """Return an entry, or a field, in a few words."""
    root = pattern.removesuffix(".*")
    if not isinstance(value, BaseModel) or not pattern.endswith(".*"):
        return written(pattern, value)
    item: Any = value
    match root:
        case "deliverables":
            return f"{item.title}: {item.annual_target:,} {item.unit}"
        case "outcomes":
            return f"{item.title}: {written('percent', item.target_percent)} of {item.population}"
        case "milestones":
            return f"{item.title}, due {written('', item.due_date)}"
        case "reports":
            when = written("", item.due_date) if item.due_date else f"{item.due_days} days after the period"
            return f"{item.title}: {written('', item.frequency)}, due {when}"
        case "funding":
            return f"{item.name}: {written('amount', item.amount)}"
        case "funding.*.match":
            return f"{item.source}: {written('value', item.value)}"
        case "budget" | "payment.rates":
            return f"{item.description}: {written('amount', item.amount)}"
        case _:
            return written(pattern, value)


def record_of(change: FieldChange) -> str:
    """Return which of the city's own records a field belongs to; empty if to none."""
    return next((name for name in _RECORDS if change.pattern == name or change.pattern.startswith(f"{name}.")), "")


def tell_record(record: str) -> Told:
    """Return that one of the city's own records changes, in plain words; its values are for the caller to add."""
    title = _SECTIONS[record.partition(".")[0]]
    return Told(title, f"{title}: {_RECORDS[record]}", "", "", Level.PARAMETER, EDITORIAL, (Affected.CITY,))


def tell(change: FieldChange, language: Language) -> Told:
    """Return a changed field in plain words, with its level, its weight and whom it affects."""
    old, new = _said(change.pattern, change.old), _said(change.pattern, change.new)
    root = change.pattern.removesuffix(".*")
    title = _SECTIONS.get(change.pattern.partition(".")[0], "The contract")
    if change.kind is Kind.MOVED:
        what = f"{title}: only the order of entries changes"
        return Told(title, what, old, new, Level.PARAMETER, EDITORIAL, (_BOTH,))
    if change.pattern.endswith(".*") and root in _ENTRIES:
        heading, noun, weights, affected = _ENTRIES[root]
        verb = "is added" if change.kind is Kind.ADDED else "is removed"
        return Told(
            heading,
            f"{'An' if noun[0] in 'aeiou' else 'A'} {noun} {verb}: {new or old}",
            old,
            new,
            Level.OBLIGATION,
            weights,
            affected,
        )
    phrase = _PHRASES.get(change.pattern)
    if phrase is None:
        return _plainly(change, title, old, new, language)
    gone, come = _entries_of(change)
    if gone or come:
        head = phrase.says.partition("{old}")[0].rstrip(": ").removesuffix(" changes")
        parts = [f"added: {'; '.join(come)}"] * bool(come) + [f"removed: {'; '.join(gone)}"] * bool(gone)
        head = head.format(title=_name_of(change.item))
        return Told(title, f"{head}: {', '.join(parts)}", old, new, phrase.level, phrase.weights, phrase.affected)
    told = phrase.says.format(
        title=_name_of(change.item),
        old=old or "none",
        new=new or "none",
        unit=getattr(change.item, "unit", ""),
    ).strip()
    weights = phrase.weights or weights_of_words(old, new, language)
    return Told(title, told, old, new, phrase.level, weights, phrase.affected)


def _entries_of(change: FieldChange) -> tuple[list[str], list[str]]:
    """Return what went from a list of words and what came to it; nothing where only its order changes."""
    sides = change.old, change.new
    if not all(isinstance(side, tuple) and all(isinstance(item, str) for item in side) for side in sides):
        return [], []
    old, new = ([written(change.pattern, item) for item in side] for side in sides)
    return [item for item in old if item not in new], [item for item in new if item not in old]


def _plainly(change: FieldChange, title: str, old: str, new: str, language: Language) -> Told:
    """Return a field for which there is no phrase: its name, and what its value is before and after."""
    section = change.pattern.partition(".")[0]
    steps = [step for step in change.pattern.split(".")[1:] if step != "*"]
    field = ": ".join(steps).replace("_", " ")
    label = ": ".join(dict.fromkeys(part for part in (title, _name_of(change.item), field) if part))
    if change.pattern.endswith(".*"):
        label = title
    before, after = shortened_pair(old, new, _LONGEST)
    what = f"{label}: {before or 'none'} → {after or 'none'}"
    affected = {"city": (_CITY,), "agency": (_AGENCY,)}.get(section) or affected_by_words(old, new)
    return Told(title, what, old, new, Level.PARAMETER, _weights(change, section, old, new, language), affected)


_LONGEST = 80


def _weights(change: FieldChange, section: str, old: str, new: str, language: Language) -> tuple[Weight, ...]:
    """Return the weight of a field by its name and its kind of value."""
    name = change.pattern.rpartition(".")[2]
    if isinstance(change.new, str) and isinstance(change.old, str):
        return weights_of_words(old, new, language)
    values = change.old, change.new
    if any(isinstance(value, Decimal) for value in values):
        return (_O,) if name == "counselors" else (_M,)
    if any(isinstance(value, dt.date) for value in values) or name.endswith(
        ("date", "_on", "days", "months", "year", "fiscal_year_start")
    ):
        return (_D,)
    return (_DATA,) if section == "data" else (_O,)
