"""Describe federal money: the award behind a fund, its match and indirect costs, and what each program asks."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from fe_contracts.model.base import Key, Line, Model, Money, Percent
from fe_contracts.model.vocabulary import (
    AppendixProvision,
    AwardElement,
    CocRole,
    EsgComponent,
    IndirectBasis,
    MatchKind,
    NationalObjective,
)

__all__ = [
    "AwardTerms",
    "CdbgTerms",
    "CocAdministration",
    "CocCertifications",
    "CocTerms",
    "EsgTerms",
    "FederalAward",
    "FederalTerms",
    "IndirectCosts",
    "MatchSource",
    "UnavailableElement",
]

AssistanceListing = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}\.[0-9A-Z]{3}$"), Field(examples=["14.267"])]
"""An Assistance Listings number, such as 14.267."""


class UnavailableElement(Model):
    """An element of 2 CFR 200.332(b)(1) that is not known yet, with the best information there is."""

    element: AwardElement
    """Which element."""
    best_information: Line
    """The best available information, as the section requires."""
    expected_by: dt.date
    """The day by which the city will give it."""


class FederalAward(Model):
    """The federal award behind a fund, in the names of the USAspending data dictionary.

    The fourteen elements of 2 CFR 200.332(b)(1) are checked by rule, not by this model, because the section
    allows the best available information where an element is not yet known.
    """

    award_id_fain: Line | None = None
    """The Federal Award Identification Number."""
    award_date: dt.date | None = None
    """The day the federal official signed the award; decides which law applies."""
    awarding_agency_name: Line | None = None
    """The federal awarding agency."""
    assistance_listing_number: AssistanceListing | None = None
    """The Assistance Listings number, such as 14.267."""
    assistance_listing_title: Line | None = None
    """The Assistance Listings title."""
    award_description: Line | None = None
    """The federal award project description."""
    period_of_performance_start_date: dt.date | None = None
    """The first day of the subaward's period of performance."""
    period_of_performance_end_date: dt.date | None = None
    """The last day of the subaward's period of performance."""
    budget_period_start_date: dt.date | None = None
    """The first day of the subaward's budget period."""
    budget_period_end_date: dt.date | None = None
    """The last day of the subaward's budget period."""
    obligated_amount: Money | None = None
    """Federal funds obligated in this subaward, US dollars."""
    total_obligated_amount: Money | None = None
    """All federal funds obligated to the agency by the city, this subaward included, US dollars."""
    total_award_amount: Money | None = None
    """The federal award committed to the agency by the city, US dollars."""
    research_and_development: bool | None = None
    """Whether the award is for research and development."""
    indirect_cost_rate: Line | None = None
    """The indirect cost rate for the federal award, in words; whether it is the de minimis rate."""
    unavailable: tuple[UnavailableElement, ...] = ()
    """Elements that are not known yet, each with the best information available."""


class IndirectCosts(Model):
    """How a fund pays the agency's indirect costs."""

    basis: IndirectBasis
    """What the rate rests on."""
    rate_percent: Percent | None = None
    """The rate paid, per cent of the base; none where costs are allocated directly."""
    base: Line = "modified total direct costs (MTDC)"
    """What the rate is taken of."""
    elected_percent: Percent | None = None
    """The de minimis rate that the agency chose, where it uses one."""
    required_by_city: bool = False
    """Whether the city, not the agency, chose the de minimis rate."""
    capped_by: Line | None = None
    """The federal statute or regulation that limits the rate, if one does."""


class MatchSource(Model):
    """One contribution that counts toward a required match."""

    id: Key
    """A short name."""
    source: Line
    """Who gives it."""
    kind: MatchKind
    """Cash, services or goods."""
    value: Money
    """US dollars."""
    cost: Line
    """The eligible cost it pays."""
    mou_date: dt.date | None = None
    """The day the memorandum of understanding on in-kind services was signed."""
    federal_program: Line | None = None
    """The federal program it comes from, if the money is federal."""


class CocCertifications(Model):
    """What a subrecipient certifies under 24 CFR 578.23(c)(4)."""

    confidential_records: bool = False
    """(i) It keeps confidential the records of anyone given family violence services."""
    address_not_public: bool = False
    """(ii) The address of a family violence project is not made public without written authorization."""
    education_rights: bool = False
    """(iii) Its policies do not restrict the education rights of homeless children."""
    school_liaison: bool | None = None
    """(iv) A staff person sees that children are enrolled in school; only for projects that serve families."""
    not_debarred: bool = False
    """(v) It, its officers and its employees are not debarred or suspended."""
    data_and_reports: bool = False
    """(vi) It provides the data and reports that HUD requires."""
    certified_by: Line | None = None
    """Who certified for the agency."""
    certified_on: dt.date | None = None
    """When."""


class CocAdministration(Model):
    """What becomes of the administrative money of the Continuum of Care grant."""

    total_amount: Money
    """Administrative money in the grant for this project, US dollars."""
    shared_amount: Money
    """How much of it goes to subrecipients, US dollars."""


class CocTerms(Model):
    """What the Continuum of Care program asks of this contract (24 CFR part 578)."""

    city_role: CocRole
    """What the city is in the program."""
    certifications: CocCertifications = CocCertifications()
    """The subrecipient's certifications."""
    education_liaison: Line | None = None
    """The staff person for school enrollment, where families are served."""
    written_standards: Line | None = None
    """The Continuum's written standards: title and date."""
    match_required: bool = True
    """Whether the grant's match (24 CFR 578.73) is passed down to this contract."""
    administration: CocAdministration | None = None
    """Administrative money, where the grant has any."""
    hud_amendment_on: dt.date | None = None
    """The day HUD approved an amendment of the grant that this budget needs."""


class EsgTerms(Model):
    """What the Emergency Solutions Grants program asks of this contract (24 CFR part 576)."""

    components: tuple[EsgComponent, ...] = Field(min_length=1)
    """The program components it pays for."""
    written_standards: Line | None = None
    """The written standards: title and date."""
    reevaluation_months: Annotated[int, Field(ge=1, le=12)] | None = None
    """How often eligibility is looked at again, in months."""
    service_months_limit: Annotated[int, Field(ge=1, le=120)] = 24
    """The most months of services one Client may get in any three years."""
    match_required: bool = False
    """Whether the recipient's match (24 CFR 576.201) is passed down to this contract."""


class CdbgTerms(Model):
    """What the Community Development Block Grant program asks of this contract (24 CFR part 570)."""

    national_objective: NationalObjective
    """The national objective that the activity meets."""
    benefit_test: Line
    """How the benefit to low- and moderate-income people is shown."""
    public_service_cap_acknowledged: bool = False
    """Whether the city confirms that its public services stay within the limit of 24 CFR 570.201(e)."""
    reversion: bool = True
    """Whether unspent money and property revert to the city at the end."""


class AwardTerms(Model):
    """Terms that one signed federal award carries: attached as they are, never a default."""

    fund: Key
    """The id of the fund whose award carries them."""
    title: Line
    """What the attachment is called."""
    attachment: Line
    """The file or document that holds the terms."""
    court_order: Line | None = None
    """A court order that limits them, by case and date."""
    reviewed_by: Line
    """The counsel who reviewed them."""
    reviewed_on: dt.date
    """When."""


class FederalTerms(Model):
    """Federal terms that are not tied to one program."""

    appendix_ii: tuple[AppendixProvision, ...] = ()
    """Provisions of Appendix II to 2 CFR part 200 that someone put into the contract besides those that apply."""
    award_terms: tuple[AwardTerms, ...] = ()
    """Award-specific or contested terms, attached by name."""

    @model_validator(mode="after")
    def _each_once(self) -> FederalTerms:
        if len(set(self.appendix_ii)) < len(self.appendix_ii):
            msg = "appendix_ii lists a provision twice"
            raise ValueError(msg)
        return self
