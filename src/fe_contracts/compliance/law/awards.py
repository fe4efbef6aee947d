"""Check the identification of each federal award: the fourteen elements that every subaward must carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import award_day, awards, blank, text
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.model.vocabulary import AwardElement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand
    from fe_contracts.model.federal import FederalAward
    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec

__all__: list[str] = []

_OF_THE_AWARD: dict[str, tuple[AwardElement, str, tuple[str, ...]]] = {
    "AWARD030": (AwardElement.FAIN, "The Federal Award Identification Number", ("award_id_fain",)),
    "AWARD040": (AwardElement.AWARD_DATE, "The federal award date", ("award_date",)),
    "AWARD050": (
        AwardElement.PERIOD_OF_PERFORMANCE,
        "The subaward's period of performance",
        ("period_of_performance_start_date", "period_of_performance_end_date"),
    ),
    "AWARD060": (
        AwardElement.BUDGET_PERIOD,
        "The subaward's budget period",
        ("budget_period_start_date", "budget_period_end_date"),
    ),
    "AWARD070": (
        AwardElement.OBLIGATED_AMOUNT,
        "The amount of federal funds obligated in this subaward",
        ("obligated_amount",),
    ),
    "AWARD080": (
        AwardElement.TOTAL_OBLIGATED_AMOUNT,
        "The total amount of federal funds obligated to the agency",
        ("total_obligated_amount",),
    ),
    "AWARD090": (
        AwardElement.TOTAL_AWARD_AMOUNT,
        "The total amount of the federal award committed to the agency",
        ("total_award_amount",),
    ),
    "AWARD100": (AwardElement.DESCRIPTION, "The federal award project description", ("award_description",)),
    "AWARD120": (
        AwardElement.ASSISTANCE_LISTING,
        "The Assistance Listings title and number",
        ("assistance_listing_number", "assistance_listing_title"),
    ),
    "AWARD130": (
        AwardElement.RESEARCH_AND_DEVELOPMENT,
        "Whether the award is for research and development",
        ("research_and_development",),
    ),
    "AWARD140": (AwardElement.INDIRECT_COST_RATE, "The indirect cost rate for the award", ("indirect_cost_rate",)),
}
"""The elements that stand with the award: by code, what it is called, and its fields."""


def _excused(award: FederalAward, element: AwardElement) -> bool:
    """Return whether the best available information is given for an element that is not known yet."""
    return any(entry.element is element and not blank(entry.best_information) for entry in award.unavailable)


def _demanded(spec: Spec, demand: Demand, fund: Funding) -> str:
    """Return the section that demands the element of an award of that day."""
    return text(demand, "section", award_day(spec, fund)) or demand.cite


def _missing(code: str, spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Yield each field of the element that is blank without an entry under unavailable."""
    element, called, fields = _OF_THE_AWARD[code]
    for place, fund, award in awards(spec):
        if _excused(award, element):
            continue
        for field in fields:
            if blank(getattr(award, field)):
                yield Breach(
                    f"{place}.{field}",
                    f"{called} is not given for {fund.name} ({field} is blank), and unavailable has no best "
                    f"information on element {element.value}; {_demanded(spec, demand, fund)} wants it.",
                )


@law("AWARD010")
def name_is_the_registered_one(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The agency's name is the name that SAM.gov shows for its unique entity identifier."""
    agency = spec.agency
    wanting = [fund for _, fund, award in awards(spec) if not _excused(award, AwardElement.NAME)]
    if agency.sam_legal_name is None:
        if wanting:
            yield Breach(
                "agency.sam_legal_name",
                f"The name that SAM.gov shows for the agency is not given, so nobody can see that {agency.legal_name} "
                f"matches it; {_demanded(spec, demand, wanting[0])} wants the name associated with the identifier.",
            )
    elif _as_compared(agency.sam_legal_name) != _as_compared(agency.legal_name):
        section = next((_demanded(spec, demand, fund) for _, fund, _ in awards(spec)), demand.cite)
        yield Breach(
            "agency.legal_name",
            f"The contract calls the agency {agency.legal_name}, SAM.gov calls it {agency.sam_legal_name}; "
            f"{section} wants the two to match.",
        )


def _as_compared(name: str) -> str:
    """Return a name as it is compared: SAM.gov writes names in capitals."""
    return " ".join(name.split()).casefold()


@law("AWARD020")
def agency_has_an_identifier(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The agency has a unique entity identifier; best available information cannot stand for it."""
    if spec.agency.uei is None:
        section = next((_demanded(spec, demand, fund) for _, fund, _ in awards(spec)), demand.cite)
        yield Breach(
            "agency.uei",
            f"The agency's unique entity identifier is not given; {section} wants it, and {demand.cite} "
            "bars a subaward to an agency without one, so an entry under unavailable does not help.",
        )


@law("AWARD030")
def federal_award_number(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The Federal Award Identification Number is given."""
    yield from _missing("AWARD030", spec, demand)


@law("AWARD040")
def federal_award_date(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The federal award date is given."""
    yield from _missing("AWARD040", spec, demand)


@law("AWARD050")
def period_of_performance(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The subaward's period of performance is given."""
    yield from _missing("AWARD050", spec, demand)


@law("AWARD060")
def budget_period(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The subaward's budget period is given."""
    yield from _missing("AWARD060", spec, demand)


@law("AWARD070")
def obligated_amount(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The amount obligated in the subaward is given."""
    yield from _missing("AWARD070", spec, demand)


@law("AWARD080")
def total_obligated_amount(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The total obligated to the agency is given."""
    yield from _missing("AWARD080", spec, demand)


@law("AWARD090")
def total_award_amount(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The total of the award committed to the agency is given."""
    yield from _missing("AWARD090", spec, demand)


@law("AWARD100")
def award_description(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The project description is given."""
    yield from _missing("AWARD100", spec, demand)


@law("AWARD110")
def agencies_and_official(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The federal agency is named, and the official of the city that makes the subaward can be reached."""
    wanting = [item for item in awards(spec) if not _excused(item[2], AwardElement.AGENCIES)]
    for place, fund, award in wanting:
        if blank(award.awarding_agency_name):
            yield Breach(
                f"{place}.awarding_agency_name",
                f"The federal agency that awarded {fund.name} is not named, and unavailable has no best information on "
                f"element xi; {_demanded(spec, demand, fund)} wants its name.",
            )
    if wanting and spec.city.awarding_official is None:
        yield Breach(
            "city.awarding_official",
            f"{spec.city.name} names no awarding official with contact information; "
            f"{_demanded(spec, demand, wanting[0][1])} wants one in the subaward.",
        )


@law("AWARD120")
def assistance_listing(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The Assistance Listings title and number are given."""
    yield from _missing("AWARD120", spec, demand)


@law("AWARD130")
def research_and_development(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Whether the award is for research and development is said."""
    yield from _missing("AWARD130", spec, demand)


@law("AWARD140")
def indirect_cost_rate(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The indirect cost rate for the federal award is given."""
    yield from _missing("AWARD140", spec, demand)


def _given(spec: Spec, award: FederalAward, element: AwardElement) -> bool:
    """Return whether an element is given in full."""
    if element is AwardElement.NAME:
        return spec.agency.sam_legal_name is not None
    if element is AwardElement.UEI:
        return spec.agency.uei is not None
    if element is AwardElement.AGENCIES:
        return not blank(award.awarding_agency_name) and spec.city.awarding_official is not None
    fields = next(fields for known, _, fields in _OF_THE_AWARD.values() if known is element)
    return not any(blank(getattr(award, field)) for field in fields)


@law("AWARD150")
def unavailable_is_unavailable(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """An element that is given is not listed as unavailable too."""
    for place, fund, award in awards(spec):
        for index, entry in enumerate(award.unavailable):
            if _given(spec, award, entry.element):
                yield Breach(
                    f"{place}.unavailable[{index}].element",
                    f"Element {entry.element.value} of {fund.name} is given and listed as unavailable; {demand.cite} "
                    "allows best information only where an element is not known.",
                )
