"""Hold a contract against what all of HUD's programs for people who are homeless ask alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import latest_award_day
from fe_contracts.compliance.law.wording import HOUSING_COUNSELING, asks_for, promises
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.effective import Trigger
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import FundSource, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


def _through_an_approved_agency(spec: Spec) -> bool:
    """Return whether the agency is approved, or the spec names an approved one that gives the service."""
    given = spec.clauses.parameters.get("FE-13", {})
    return spec.agency.hud_approved_housing_counseling or (
        given.get("housing_counsel") == "BY_HCA" and bool(given.get("hca_id"))
    )


@law("HUD010")
def housing_counseling_is_approved(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Whatever is offered or called housing counseling is given through an agency that HUD approved."""
    if _through_an_approved_agency(spec):
        return
    why = f"and neither the Agency nor one named in FE-13 is approved by HUD ({demand.cite})."
    if Service.HOUSING_COUNSEL in spec.services.offered:
        place = spec.services.offered.index(Service.HOUSING_COUNSEL)
        yield Breach(f"services.offered[{place}]", f"The contract buys housing counseling, {why}")
    for field, text in promises(spec):
        words = asks_for(text, HOUSING_COUNSELING)
        if words and not field.startswith("clauses.parameters.FE-13."):
            yield Breach(field, f'The text speaks of "{words}", {why}')


@law("HUD020")
def counselors_are_certified(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The spec says who gives housing counseling: the agency and, once the law asks for it, certified counselors."""
    given = spec.clauses.parameters.get("FE-13", {})
    day = trigger_day(spec, Trigger.SERVICE_DATE)[0]
    if given.get("housing_counsel") != "BY_HCA":
        yield Breach(
            "clauses.parameters.FE-13.housing_counsel",
            "The contract buys housing counseling, and FE-13 says that it is not provided.",
        )
    if not given.get("hca_id"):
        yield Breach("clauses.parameters.FE-13.hca_id", "FE-13 does not name the agency that HUD approved.")
    if demand.value("certified_counselors", day) == "required" and not given.get("certified_counselors"):
        yield Breach(
            "clauses.parameters.FE-13.certified_counselors",
            f"Services begin {day}, and FE-13 names no counselor whom HUD certified ({demand.cite}).",
        )


def _switched_off(finished: Finished, demand: Demand, switches: dict[str, str]) -> Iterator[Breach]:
    """Yield a breach for each parameter, as FE-06.no_referral_fee, that the contract sets to false."""
    for name, words in switches.items():
        clause, _, parameter = name.partition(".")
        if finished.value(clause, parameter) is False:
            yield Breach(f"clauses.parameters.{name}", f"{clause} lets {words} ({demand.cite}).")


_FEES = {"FE-06.no_referral_fee": "the Agency take money for sending Clients to a bank"}
_SALES = {
    "FE-13.no_sales": "Counselors sell products to Clients",
    "FE-13.neutrality_disclosure": "Counselors keep silent about whose products they know",
}


@law("HUD050")
def referrals_are_not_paid(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Nobody is paid for sending Clients to a bank."""
    yield from _switched_off(finished, demand, _FEES)


@law("HUD060")
def counselors_are_neutral(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Counselors sell nothing and say so."""
    yield from _switched_off(finished, demand, _SALES)


@law("PRACTICE040")
def no_money_pays_for_steering(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Nobody is paid for referrals or sales, whatever the money."""
    yield from _switched_off(finished, demand, _FEES | _SALES)


@law("HUD070")
def addresses_are_kept(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract holds the clause that keeps the addresses of family violence projects secret."""
    if not finished.has("ACC-04"):
        yield Breach("clauses.exclude", f"ACC-04 is not in the contract, and with it the secrecy of {demand.cite}.")


@law("HUD080")
def survivors_get_their_notices(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The notice and the certification form are among the forms that the spec has the Agency give out."""
    listed = spec.clauses.parameters.get("ACC-04", {}).get("vawa_forms")
    if listed is None:
        return  # the clause's own list has both
    for name in ("notice_form", "certification_form"):
        number = demand.value(name, latest_award_day(spec))
        if str(number) not in str(listed):
            yield Breach(
                "clauses.parameters.ACC-04.vawa_forms",
                f"ACC-04 does not list {number}, {demand.requirement.parameters[name].help}",
            )


@law("HUD090")
def faith_leaves_clients_free(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """A faith-based Agency gives Clients the notice of their rights."""
    yield from _switched_off(
        finished, demand, {"ACC-01.faith_based_notice": "the Agency leave out the notice of beneficiaries' rights"}
    )


_PART = {FundSource.COC: "24 CFR 578.", FundSource.ESG: "24 CFR 576.", FundSource.CDBG: "24 CFR 570."}


@law("HUD100")
def the_subrecipient_may_be_one(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The Agency is of a kind that may be a subrecipient of each program that pays."""
    parts = tuple(_PART[fund.source] for fund in spec.funding if fund.source in _PART)
    sections = [source.cite for source in demand.requirement.sources if source.cite.startswith(parts)]
    yield Breach(
        "agency.nonprofit_501c3",
        f"{spec.agency.legal_name} is to be a subrecipient without the exemption of section 501(c)(3); companies for "
        f"profit are shut out by {' and '.join(sections)}.",
    )


@law("HUD110")
def savings_have_a_match(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """A match of Clients' savings that is promised can be paid."""
    only_federal = all(fund.source.is_federal for fund in finished.spec.funding)
    if only_federal and finished.value("FE-07", "matched_savings_source") == "non_federal":
        yield Breach(
            "clauses.parameters.FE-07.matched_savings_source",
            "FE-07 promises a match of savings from money that is not federal, and every fund of the contract is "
            f"federal ({demand.cite}).",
        )
