"""Find the federal funds of a spec, their days and their places: what the rules on federal money share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.effective import Trigger
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import HostSubject

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.federal import FederalAward
    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec

__all__ = [
    "amount",
    "award_day",
    "awards",
    "blank",
    "dollars",
    "federal_funds",
    "first_federal_place",
    "given",
    "host_has_federal_terms",
    "latest_award_day",
    "own_words",
    "paid_by_the_model",
    "stands_in",
    "text",
]

_PLACEHOLDER = re.compile(
    r"^\W*(t\.?b\.?d|t\.?b\.?a|to be (determined|announced|assigned|provided|supplied)|n\s*/\s*a|not available"
    r"|unknown|pending|none|see above|x+|\?+|-+)?\W*$",
    re.IGNORECASE,
)


def blank(value: object) -> bool:
    """Return whether nothing is said: no value, or a word such as TBD that stands for none."""
    return value is None or (isinstance(value, str) and _PLACEHOLDER.match(value) is not None)


def dollars(value: Decimal) -> str:
    """Return an amount as it is written: whole dollars without cents."""
    return f"${value:,.2f}".removesuffix(".00")


def amount(demand: Demand, name: str, day: dt.date) -> Decimal | None:
    """Return the number that the law sets on a day, or none if it was repealed."""
    value = demand.value(name, day)
    return None if value is None else Decimal(value)


def text(demand: Demand, name: str, day: dt.date) -> str | None:
    """Return the words that the law sets on a day, such as a section's number; none if it was repealed."""
    value = demand.value(name, day)
    return None if value is None else str(value)


def federal_funds(spec: Spec) -> Iterator[tuple[str, Funding]]:
    """Yield each federal fund with its place, such as funding[0]."""
    for place, fund in enumerate(spec.funding):
        if fund.source.is_federal:
            yield f"funding[{place}]", fund


def awards(spec: Spec) -> Iterator[tuple[str, Funding, FederalAward]]:
    """Yield each federal fund with the place of its award and the award."""
    for place, fund in federal_funds(spec):
        if fund.federal_award is not None:
            yield f"{place}.federal_award", fund, fund.federal_award


def award_day(spec: Spec, fund: Funding) -> dt.date:
    """Return the day of the fund's award, or the contract's own where the award's is not known."""
    return trigger_day(spec, Trigger.AWARD_DATE, fund)[0]


def latest_award_day(spec: Spec) -> dt.date:
    """Return the day of the latest federal award: the text of the contract must satisfy the newest law."""
    return trigger_day(spec, Trigger.AWARD_DATE)[0]


def first_federal_place(spec: Spec) -> str:
    """Return the field that makes the contract federal: the first federal fund's source."""
    return next((f"{place}.source" for place, _ in federal_funds(spec)), "funding")


def paid_by_the_model(spec: Spec) -> Iterator[tuple[str, str, Funding]]:
    """Yield each fund that payment.model pays: where it says so, where the fund stands, and the fund."""
    named = spec.payment.funds
    for place, fund in enumerate(spec.funding):
        if not named or fund.id in named:
            said = f"payment.funds[{named.index(fund.id)}]" if named else "payment.funds"
            yield said, f"funding[{place}]", fund


def given(spec: Spec, clause: str, name: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the number that the spec gives a clause's parameter, with its field; nothing where it gives none."""
    value = spec.clauses.parameters.get(clause, {}).get(name)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield f"clauses.parameters.{clause}.{name}", Decimal(value)


def host_has_federal_terms(spec: Spec) -> bool:
    """Return whether the spec is a rider on a contract that holds the federal terms already."""
    return spec.host_contract is not None and HostSubject.FEDERAL_TERMS in spec.host_contract.covers


def stands_in(finished: Finished, clauses: tuple[str, ...], words: str) -> bool:
    """Return whether one of the clauses says the words, whatever the line ends, quotation marks and case."""
    wanted = _plain(words)
    return any(finished.has(clause) and wanted in _plain(finished.text(clause)) for clause in clauses)


def _plain(words: str) -> str:
    """Return text as it is compared."""
    for mark, plain in (
        ("\u00a0", " "),
        ("\u2011", "-"),
        ("\u2013", "-"),
        ("\u2019", "'"),
        ("\u201c", '"'),
        ("\u201d", '"'),
    ):
        words = words.replace(mark, plain)
    return " ".join(words.split()).casefold()


def own_words(spec: Spec) -> Iterator[tuple[str, str]]:
    """Yield the text that a spec's author wrote and a contract prints, with its field."""
    for place, line in enumerate(spec.budget):
        yield f"budget[{place}].description", line.description
    for place, item in enumerate(spec.payment.backup):
        yield f"payment.backup[{place}]", item
    for place, deliverable in enumerate(spec.deliverables):
        yield f"deliverables[{place}].title", deliverable.title
    for place, report in enumerate(spec.reports):
        for index, item in enumerate(report.contents):
            yield f"reports[{place}].contents[{index}]", item
    for place, condition in enumerate(spec.monitoring.specific_conditions if spec.monitoring else ()):
        yield f"monitoring.specific_conditions[{place}].nature", condition.nature
        yield f"monitoring.specific_conditions[{place}].action", condition.action
    for clause, values in spec.clauses.parameters.items():
        for name, value in values.items():
            yield from _strings(f"clauses.parameters.{clause}.{name}", value)


def _strings(field: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the text in a value, however deep, at the parameter or the row of its table."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(field, item)
    elif isinstance(value, (list, tuple)):
        for place, item in enumerate(value):
            yield from _strings(f"{field}[{place}]", item)
