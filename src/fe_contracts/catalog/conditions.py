"""Check that a condition can hold at all: facts that exist, operators that fit them, words that are in use.

A condition that can never hold leaves out a clause without a word, so a misspelt service is a load error.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from fe_contracts.model.clause import ParameterType as P
from fe_contracts.model.vocabulary import (
    CocRole,
    ContractKind,
    EsgComponent,
    FundSource,
    IndirectBasis,
    PaymentModel,
    RelationshipKind,
    RiskRating,
    Service,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fe_contracts.model.clause import ParameterDefinition
    from fe_contracts.model.condition import Condition

__all__ = ["FACT_KINDS", "YES_NO", "FactKind", "faults_of", "kind_of_parameter"]


@dataclass(frozen=True, slots=True)
class FactKind:
    """What kind of fact it is: the operators that fit, and the words it can be, where they are closed."""

    name: str
    operators: frozenset[str]
    words: frozenset[str] = frozenset()


_WORD = frozenset({"equals", "is_not", "in", "given"})
_SET = frozenset({"contains", "contains_any", "contains_all", "given"})
_NUMBER = _WORD | {"at_least", "at_most", "more_than", "less_than"}
_DAY = _WORD | {"on_or_after", "before"}

YES_NO = FactKind("yes or no", frozenset({"equals", "is_not", "given"}))
_A_NUMBER = FactKind("a number", _NUMBER)
_A_DAY = FactKind("a day", _DAY)
_A_STATE = FactKind("a state", _WORD)


def _one_of(words: Iterable[str]) -> FactKind:
    return FactKind("one word", _WORD, frozenset(words))


def _some_of(words: Iterable[str]) -> FactKind:
    return FactKind("a set of words", _SET, frozenset(words))


FACT_KINDS: dict[str, FactKind] = {
    "contract.type": _one_of(ContractKind),
    "contract.effective_date": _A_DAY,
    "fund.sources": _some_of(FundSource),
    "fund.is_federal": YES_NO,
    "award.date": _A_DAY,
    "fund.amount": _A_NUMBER,
    "fund.indirect": _one_of(IndirectBasis),
    "sub.start": _A_DAY,
    "sub.end": _A_DAY,
    "sub.amount_total": _A_NUMBER,
    "sub.amount_federal": _A_NUMBER,
    "rel": _one_of(RelationshipKind),
    "svc": _some_of(Service),
    "pay.model": _one_of(PaymentModel),
    "term.renewals": _A_NUMBER,
    "has.outcomes": YES_NO,
    "has.milestones": YES_NO,
    "has.specific_conditions": YES_NO,
    "has.award_terms": YES_NO,
    "has.match": YES_NO,
    "has.monthly_report": YES_NO,
    "coc.city_role": _one_of(CocRole),
    "coc.match_required": YES_NO,
    "esg.components": _some_of(EsgComponent),
    "esg.match_required": YES_NO,
    "agency.nonprofit_501c3": YES_NO,
    "agency.victim_service_provider": YES_NO,
    "agency.legal_services": YES_NO,
    "agency.faith_based": YES_NO,
    "agency.hud_approved_hca": YES_NO,
    "agency.provides_rental_assistance": YES_NO,
    "agency.serves_families": YES_NO,
    "agency.risk": _one_of(RiskRating),
    "city.state": _A_STATE,
    "city.population": _A_NUMBER,
    "city.form_approval": YES_NO,
    "data.hmis": YES_NO,
    "data.comparable_db": YES_NO,
    "data.credit_reports_pulled": YES_NO,
    "data.tax_data_reused": YES_NO,
    "data.publishes_open_data": YES_NO,
    "data.shared_outside": YES_NO,
}
"""The kind of every fact of the vocabulary."""


def kind_of_parameter(definition: ParameterDefinition) -> FactKind:
    """Return the kind of fact that a parameter's value is."""
    match definition.type:
        case P.BOOL:
            return YES_NO
        case P.INT | P.DAYS | P.MONEY | P.PCT:
            return _A_NUMBER
        case P.DATE:
            return _A_DAY
        case P.TABLE:
            return FactKind("a table", frozenset({"given"}))
        case P.LIST:
            return _some_of(definition.choices)
        case _:
            return _one_of(definition.choices)


def faults_of(condition: Condition, kind_of: Callable[[str], FactKind | None]) -> Iterator[str]:
    """Yield, in words, each test that can never be judged as its author meant.

    `kind_of` returns the kind of a fact, or `None` where that fact was refused already.
    """
    for part in condition.parts:
        yield from faults_of(part, kind_of)
    kind = kind_of(condition.fact) if condition.fact else None
    if kind is None:
        return
    if condition.operator not in kind.operators:
        fitting = ", ".join(sorted(kind.operators))
        yield f"{condition.fact} is {kind.name}, and '{condition.operator}' does not fit it; use {fitting}."
        return
    many = isinstance(condition.value, tuple)
    for value in condition.value if many else (condition.value,):
        if said := _misfit(kind, condition.operator, value):
            yield f"{condition.fact}: {said}"


def _misfit(kind: FactKind, operator: str, value: Any) -> str:
    """Return why a value cannot be compared with a fact of this kind; empty if it can."""
    if operator == "given" or kind is YES_NO:
        return "" if isinstance(value, bool) else f"{value!r} is not true or false."
    if kind is _A_NUMBER:
        return "" if _is_number(value) else f"{value!r} is not a number."
    if kind is _A_DAY:
        return "" if _is_day(value) else f"{value!r} is not a day such as 2027-01-31."
    if not isinstance(value, str):
        return f"{value!r} is not a word."
    if kind is _A_STATE:
        return "" if re.fullmatch("[A-Z]{2}", value) else f"{value!r} is not a state such as OH."
    if kind.words and value not in kind.words:
        near = get_close_matches(value, kind.words, n=1)
        hint = f" Did you mean {near[0]}?" if near else f" The words are {', '.join(sorted(kind.words))}."
        return f"{value!r} is none of its words.{hint}"
    return ""


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return False
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_day(value: Any) -> bool:
    if isinstance(value, dt.date):
        return True
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
