"""Hold a contract with Continuum of Care money against 24 CFR part 578."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import amount, dollars, host_has_federal_terms, latest_award_day
from fe_contracts.compliance.law.wording import CLIENT_FEES, TRAINING, asks_for, named, promises
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.model.vocabulary import CostKind, FundSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Change, Demand, Finished
    from fe_contracts.model.money import BudgetLine, Funding
    from fe_contracts.model.spec import Spec

__all__: list[str] = []

_TRAINABLE = {CostKind.STAFF_TRAINING, CostKind.PROFESSIONAL_LICENSE, CostKind.HMIS, CostKind.ADMINISTRATION}
"""Kinds under which training is either found by the matrix or may be eligible (24 CFR 578.57, 578.59(a)(2))."""


def _funds(spec: Spec) -> Iterator[tuple[str, Funding]]:
    """Yield each fund of the Continuum of Care with its place."""
    for place, fund in enumerate(spec.funding):
        if fund.source is FundSource.COC:
            yield f"funding[{place}]", fund


def _lines(spec: Spec) -> Iterator[tuple[str, BudgetLine]]:
    """Yield each budget line that Continuum of Care money pays, with its place."""
    funds = {fund.id for _, fund in _funds(spec)}
    for place, line in enumerate(spec.budget):
        if line.fund in funds:
            yield f"budget[{place}]", line


@law("COC040")
def no_training_in_other_words(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The words of a Continuum of Care budget line do not speak of training or licenses of staff."""
    for place, line in _lines(spec):
        words = named(line.description, TRAINING)
        if words and line.cost not in _TRAINABLE:
            yield Breach(
                f"{place}.description",
                f'"{line.description}" speaks of "{words}", which {demand.cite} lets nobody pay from here; '
                f"the line is budgeted as {line.cost or 'no kind of cost'}.",
            )


@law("COC050")
def training_is_paid_elsewhere(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The clauses on training do not name the Continuum of Care as who pays."""
    for clause in ("FE-11", "FE-12"):
        sources = spec.clauses.parameters.get(clause, {}).get("paid_from")
        if isinstance(sources, (list, tuple)) and FundSource.COC in sources:
            yield Breach(
                f"clauses.parameters.{clause}.paid_from",
                f"{clause} lets the Continuum of Care pay for training; {demand.cite} does not.",
            )


@law("COC060")
def clients_pay_no_fee(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract sets no fee for Clients."""
    fee = finished.value("FE-10", "fee")
    if fee:
        yield Breach(
            "clauses.parameters.FE-10.fee",
            f"FE-10 sets a fee of {dollars(Decimal(fee))}; {demand.cite} bars every fee of program participants.",
        )


@law("COC070")
def no_words_of_fees(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """No words of the spec speak of fees that Clients pay."""
    for field, text in promises(spec):
        words = asks_for(text, CLIENT_FEES)
        if words:
            yield Breach(field, f'"{words}" may be a fee that Clients pay, which {demand.cite} bars.')


@law("COC080")
def administration_is_shared(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The City shares at least the part of the administrative money that the rule names."""
    money = spec.coc.administration if spec.coc else None
    least = amount(demand, "share_percent", latest_award_day(spec))
    if money is None or least is None:
        return
    due = money.total_amount * least / 100
    if money.shared_amount < due:
        yield Breach(
            "coc.administration.shared_amount",
            f"Subrecipients get {dollars(money.shared_amount)} of {dollars(money.total_amount)} for administration; "
            f"{demand.cite} gives them at least {least} %, {dollars(due)}.",
        )


def _by_activity(spec: Spec) -> dict[str, Decimal]:
    """Return the Continuum of Care money of each activity, by its words whatever their case."""
    money: dict[str, Decimal] = defaultdict(Decimal)
    for _, line in _lines(spec):
        money[line.activity.casefold()] += line.amount
    return money


def _is_amended(change: Change) -> bool:
    """Return whether the new spec names an amendment of the grant that the old one did not, signed in time.

    HUD signs before the money moves: by the day the change takes effect, or, where no day is given, in the term.
    """
    day = change.new.coc.hud_amendment_on if change.new.coc else None
    if day is None or (change.old.coc is not None and day == change.old.coc.hud_amendment_on):
        return False
    takes_effect = change.new.contract.effective_date
    return day <= (takes_effect if takes_effect != change.old.contract.effective_date else change.new.term.end_date)


@law("COC090")
def little_moves_between_activities(change: Change, demand: Demand) -> Iterator[Breach]:
    """No more of an activity's money moves to other activities than the rule allows without an amendment."""
    before, after = _by_activity(change.old), _by_activity(change.new)
    most = amount(demand, "shift_percent", latest_award_day(change.new))
    if _is_amended(change) or most is None:
        return
    gained = sum((max(after[name] - before[name], Decimal(0)) for name in after), Decimal(0))
    for name, money in before.items():
        moved = min(money - after[name], gained)
        if moved * 100 > money * most:
            yield Breach(
                "coc.hud_amendment_on",
                f"{dollars(moved)} of {dollars(money)} leaves the activity {name} for others, more "
                f"than {most} %; {demand.cite} wants an amendment signed by HUD first.",
            )


@law("COC100")
def activities_stay(change: Change, demand: Demand) -> Iterator[Breach]:
    """No activity is added or dropped without an amendment."""
    before, after = set(_by_activity(change.old)), set(_by_activity(change.new))
    if not before or not after or _is_amended(change):
        return
    for names, word in ((after - before, "added"), (before - after, "dropped")):
        for name in sorted(names):
            yield Breach(
                "coc.hud_amendment_on",
                f"The activity {name} is {word}; {demand.cite} wants an amendment signed by HUD first.",
            )


@law("COC110")
def sites_and_people_stay(change: Change, demand: Demand) -> Iterator[Breach]:
    """Sites and the people served change only with an amendment."""
    if _is_amended(change) or change.old.coc is None:
        return
    old, new = change.old.services, change.new.services
    if set(old.sites) != set(new.sites):
        yield Breach(
            "services.sites", f"The sites change; if one is a project site, {demand.cite} wants an amendment first."
        )
    if old.population != new.population:
        yield Breach(
            "services.population",
            f'The services are now for "{new.population}", no longer for "{old.population}"; if that is another '
            f"subpopulation, {demand.cite} wants an amendment first.",
        )


@law("COC160")
def the_city_visits(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The City visits the Agency as often as the rule asks."""
    least = amount(demand, "visits_per_year", latest_award_day(spec))
    visits = spec.monitoring.visits_per_year if spec.monitoring else 0
    if least is not None and visits < least:
        yield Breach(
            "monitoring.visits_per_year",
            f"The contract plans {visits} monitoring visits a year; {demand.cite} asks for at least {least}.",
        )


_CERTIFICATIONS = {
    "confidential_records": "(i) confidential records",
    "address_not_public": "(ii) an address that is not public",
    "education_rights": "(iii) education rights",
    "school_liaison": "(iv) a person for school enrollment",
    "not_debarred": "(v) nobody debarred",
    "data_and_reports": "(vi) data and reports",
}


@law("COC170")
def certifications_are_made(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Each certification is made, by a person, on a day."""
    if spec.coc is None:
        return
    made = spec.coc.certifications
    for name, words in _CERTIFICATIONS.items():
        asked = name != "school_liaison" or spec.agency.serves_families
        if asked and getattr(made, name) is not True:
            yield Breach(f"coc.certifications.{name}", f"The Agency has not certified {words} ({demand.cite}).")
    for name in ("certified_by", "certified_on"):
        if getattr(made, name) is None:
            yield Breach(f"coc.certifications.{name}", f"{name} does not say who certified, or when ({demand.cite}).")


@law("COC180")
def a_person_sees_to_school(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The person who sees that children are enrolled in school is named."""
    if spec.coc is not None and spec.coc.education_liaison is None:
        yield Breach(
            "coc.education_liaison",
            f"The Agency serves families, and nobody is named who sees that children go to school ({demand.cite}).",
        )


@law("COC190")
def services_come_through_coordinated_entry(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract holds the clause on coordinated entry."""
    if not finished.has("FE-09"):
        yield Breach(
            "clauses.exclude", f"FE-09 is not in the contract: nothing ties it to the system of {demand.cite}."
        )


@law("COC200")
def the_standards_are_named(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The Continuum's written standards are named."""
    if spec.coc is not None and spec.coc.written_standards is None:
        yield Breach("coc.written_standards", f"The standards that {demand.cite} wants followed are not named.")


@law("COC210")
def the_program_terms_are_in(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract, or the one it is attached to, holds the program's terms."""
    if not finished.has("FED-03") and not host_has_federal_terms(finished.spec):
        yield Breach("clauses.exclude", f"FED-03 is not in the contract, and with it the promise of {demand.cite}.")


@law("COC220")
def nothing_is_replaced(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Somebody has looked whether the money replaces state or local money."""
    if finished.has("FIN-08") and finished.value("FIN-08", "supplant_attest") is not True:
        yield Breach(
            "clauses.parameters.FIN-08.supplant_attest",
            f"Nobody has confirmed that no state or local money for homeless people is replaced ({demand.cite}).",
        )


@law("COC230")
def rules_come_first(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Clients get the rules in writing before services begin."""
    if not finished.has("FE-10"):
        yield Breach("clauses.exclude", f"FE-10 is not in the contract, and with it the process of {demand.cite}.")
    elif finished.value("FE-10", "written_rules_at_start") is not True:
        yield Breach(
            "clauses.parameters.FE-10.written_rules_at_start",
            f"Clients do not get the rules in writing before services begin, as {demand.cite} asks.",
        )
