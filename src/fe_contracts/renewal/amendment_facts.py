"""Gather what an amendment tells of itself and of the contract: numbers, names, dates and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.compare.spec_fields import long_date, money
from fe_contracts.model.amendment import Occasion
from fe_contracts.renewal.terms import first_effective

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from fe_contracts.document.tree import Contract
    from fe_contracts.model.spec import RecordedAmendment, Spec
    from fe_contracts.renewal.amendment_instructions import Instruction
    from fe_contracts.renewal.amendment_wording import Wording

__all__ = ["Facts", "earlier_amendments", "facts_of", "occasions_of", "renews"]

_AMENDMENTS = "GEN-05"
"""The clause on amendments: the Agreement's own word on how it is changed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is settled before an amendment is written."""

    number: int
    effective: dt.date
    reason: str
    earlier: tuple[RecordedAmendment, ...] = ()


def earlier_amendments(old: Spec, number: int) -> tuple[RecordedAmendment, ...]:
    """Return the amendments that are in force before the one of this number."""
    return tuple(item for item in old.contract.amendments if item.number < number)


def facts_of(facts: Facts, specs: tuple[Spec, Spec], contract: Contract, wording: Wording) -> dict[str, str]:
    """Return what the recitals and closing terms may name; `contract` is the one before the amendment."""
    old, new = specs
    named = (
        wording.line(
            wording.forms.words.earlier_amendment,
            {"number": str(item.number), "date": long_date(item.effective_date)},
        )
        for item in facts.earlier
    )
    section = next((item.number for item in contract.clauses if item.clause_id == _AMENDMENTS), "")
    return {
        "number": str(facts.number),
        "city": old.city.name,
        "agency": old.agency.legal_name,
        "contract_id": old.contract.id,
        "contract_title": old.contract.title,
        "contract_date": long_date(first_effective(old)),
        "earlier": _listed(tuple(named)),
        "reason": _sentence(facts.reason),
        "effective": long_date(facts.effective),
        "old_total": money(old.total_amount),
        "new_total": money(new.total_amount),
        "difference": money(abs(new.total_amount - old.total_amount)),
        "old_term": _term(old),
        "new_term": _term(new),
        "amendments_section": f"Section {section}" if section else "",
    }


def renews(old: Spec, new: Spec) -> bool:
    """Return whether the new spec is of a further term, and not of another extent of the same."""
    return new.term.start_date > old.term.end_date


def _term(spec: Spec) -> str:
    return f"{long_date(spec.term.start_date)} through {long_date(spec.term.end_date)}"


def _listed(names: Sequence[str]) -> str:
    if len(names) <= 2:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _sentence(text: str) -> str:
    """Return the reason with a full stop, whoever left it out."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def occasions_of(
    facts: Facts,
    specs: tuple[Spec, Spec],
    contract: Contract,
    instructions: Sequence[Instruction],
    *,
    renumbered: bool,
    electronic: bool,
) -> frozenset[Occasion]:
    """Return which paragraphs of the library's wording stand in this amendment."""
    old, new = specs
    growth = new.total_amount - old.total_amount
    restated = any(item.blocks or item.sections for item in instructions)
    given = {
        Occasion.ALWAYS: True,
        Occasion.FIRST: not facts.earlier and facts.number == 1,
        Occasion.LATER: bool(facts.earlier),
        Occasion.MORE_MONEY: growth > 0 and not renews(old, new),
        Occasion.LESS_MONEY: growth < 0 and not renews(old, new),
        Occasion.SAME_MONEY: growth == 0 and not renews(old, new),
        Occasion.TERM_CHANGED: _term(old) != _term(new) and not renews(old, new),
        Occasion.RENEWS: renews(old, new),
        Occasion.AMENDMENTS_SECTION: any(item.clause_id == _AMENDMENTS for item in contract.clauses),
        Occasion.RENUMBERED: renumbered,
        Occasion.RESTATED: restated,
        Occasion.ELECTRONIC: electronic,
        Occasion.INK: not electronic,
        Occasion.FORM_APPROVAL: bool(contract.form_approval),
    }
    return frozenset(occasion for occasion, true in given.items() if true)
