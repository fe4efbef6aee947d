"""Check that the texts which federal law puts into a contract stand in it, and that none stands without reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import (
    amount,
    award_day,
    dollars,
    federal_funds,
    first_federal_place,
    host_has_federal_terms,
    latest_award_day,
    own_words,
    stands_in,
    text,
)
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.effective import Trigger
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import AppendixProvision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


def _cited(finished: Finished, demand: Demand, what: str) -> Iterator[Breach]:
    """Yield a breach where no clause of the requirement cites the section that the award's day calls for."""
    wanted = text(demand, "cited_as", latest_award_day(finished.spec))
    if wanted is None or host_has_federal_terms(finished.spec):
        return
    if not stands_in(finished, demand.requirement.clauses, wanted):
        yield Breach(
            first_federal_place(finished.spec),
            f"The contract says nothing of {what}: {' and '.join(demand.requirement.clauses)} do not cite {wanted} "
            f"({demand.cite}).",
        )


@law("UG240")
def domestic_preference_stands(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract carries the preference for goods produced in the United States."""
    yield from _cited(finished, demand, "the preference for goods produced in the United States")


@law("UG250")
def telecommunications_ban_stands(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract carries the ban on certain telecommunications equipment."""
    yield from _cited(finished, demand, "the ban on certain telecommunications and video equipment")


@law("UG260")
def whistleblowers_are_protected(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract carries the protection of whistleblowers."""
    yield from _cited(finished, demand, "the protection of employees who report wrongdoing")


@law("UG270")
def disclosure_is_demanded(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract carries the duty to disclose violations."""
    yield from _cited(finished, demand, "the duty to disclose fraud and similar violations")


def _above(finished: Finished, demand: Demand, day_of: Trigger, total: Decimal) -> Decimal | None:
    """Return the threshold that an amount exceeds on its day, or none if it does not."""
    day, _ = trigger_day(finished.spec, day_of)
    threshold = amount(demand, "threshold", day)
    if threshold is None or total <= threshold or host_has_federal_terms(finished.spec):
        return None
    return threshold


@law("UG290")
def remedies_are_agreed(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """A contract above the simplified acquisition threshold says what follows a breach."""
    total = finished.spec.total_amount
    threshold = _above(finished, demand, Trigger.TRANSACTION_DATE, total)
    if threshold is not None and not stands_in(finished, demand.requirement.clauses, "remed"):
        yield Breach(
            "total_amount",
            f"At {dollars(total)}, above {dollars(threshold)}, the contract must say what follows a breach, and "
            f"{' or '.join(demand.requirement.clauses)} does not ({demand.cite}).",
        )


@law("UG300")
def termination_is_agreed(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """A contract above the threshold says how it is terminated for cause and for convenience."""
    total = finished.spec.total_amount
    threshold = _above(finished, demand, Trigger.AWARD_DATE, total)
    lacking = [
        f"for {ground}"
        for ground in ("cause", "convenience")
        if not stands_in(finished, demand.requirement.clauses, f"for {ground}")
    ]
    if threshold is not None and lacking:
        yield Breach(
            "total_amount",
            f"At {dollars(total)}, above {dollars(threshold)}, the contract must address termination "
            f"{' and '.join(lacking)}, and {' or '.join(demand.requirement.clauses)} does not ({demand.cite}).",
        )


@law("UG310")
def clean_air_and_water_stand(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """A subaward above the threshold carries the Clean Air Act and the Federal Water Pollution Control Act."""
    total = finished.spec.total_federal
    threshold = _above(finished, demand, Trigger.AWARD_DATE, total)
    lacking = [
        act
        for act, words in (
            ("Clean Air Act", "comply with the Clean Air Act"),
            ("Federal Water Pollution Control Act", "Federal Water Pollution Control Act"),
        )
        if not stands_in(finished, demand.requirement.clauses, words)
    ]
    if threshold is not None and lacking:
        yield Breach(
            first_federal_place(finished.spec),
            f"At {dollars(total)} of federal money, above {dollars(threshold)}, the contract must carry the "
            f"{' and the '.join(lacking)}, and {' or '.join(demand.requirement.clauses)} does not ({demand.cite}).",
        )


@law("UG320")
def lobbying_is_certified(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """An agency that gets more than the threshold from an award has certified on lobbying."""
    if spec.agency.lobbying_certified_on is not None:
        return
    for _, fund in federal_funds(spec):
        threshold = amount(demand, "threshold", award_day(spec, fund))
        if threshold is not None and fund.amount > threshold:
            yield Breach(
                "agency.lobbying_certified_on",
                f"{fund.name} gives {dollars(fund.amount)}, more than {dollars(threshold)}, and no certification on "
                f"lobbying is recorded ({demand.cite}).",
            )


def _put_in(spec: Spec, provision: AppendixProvision) -> Iterator[str]:
    """Yield the place where a provision of Appendix II was put in by hand."""
    for place, item in enumerate(spec.federal_terms.appendix_ii):
        if item is provision:
            yield f"federal_terms.appendix_ii[{place}]"


_DAVIS_BACON = re.compile(r"\bDavis[\s-]+Bacon\b", re.IGNORECASE)


@law("UG330")
def no_construction_wages(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A contract for services carries no Davis-Bacon wage terms."""
    said = [field for field, words in own_words(spec) if _DAVIS_BACON.search(words)]
    for field in (*_put_in(spec, AppendixProvision.DAVIS_BACON), *said):
        yield Breach(
            field,
            f"Davis-Bacon wage terms are for construction contracts; this contract buys services ({demand.cite}).",
        )


_CONSTRUCTION_EEO = re.compile(r"\b(41 CFR (part )?60\b|equal opportunity clause)", re.IGNORECASE)


@law("UG340")
def no_construction_equal_opportunity_clause(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A contract for services carries no equal opportunity clause for construction."""
    said = [field for field, words in own_words(spec) if _CONSTRUCTION_EEO.search(words)]
    order = text(demand, "order", spec.contract.effective_date)
    revoked = "" if order else ", and the executive order behind it was revoked"
    for field in (*_put_in(spec, AppendixProvision.EQUAL_EMPLOYMENT_OPPORTUNITY), *said):
        yield Breach(
            field,
            f"The equal opportunity clause of Appendix II is for federally assisted construction{revoked}; this "
            f"contract buys services ({demand.cite}).",
        )
