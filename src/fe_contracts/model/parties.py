"""Describe the city and the agency: who signs, where notices go, and the facts that decide clauses."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from fe_contracts.model.base import Count, Line, Model, Money
from fe_contracts.model.vocabulary import ExclusionMethod, HostSubject, RiskRating

__all__ = ["Agency", "City", "ClosedDay", "Contact", "ExclusionCheck", "HostContract", "Signer"]

Uei = Annotated[str, StringConstraints(pattern=r"^[A-HJ-NP-Z0-9]{12}$"), Field(examples=["ABC123DEF456"])]
"""A unique entity identifier: twelve letters and digits, never O or I."""

Ein = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{7}$"), Field(examples=["12-3456789"])]
"""An employer identification number, written 12-3456789."""

State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), Field(examples=["OH"])]
"""The two-letter postal abbreviation of a state."""


def _in_every_year(month_day: str) -> str:
    """Return the month and day if every year has that day."""
    try:
        dt.date.fromisoformat(f"2001-{month_day}")
    except ValueError:
        msg = f"{month_day} is not a day of every year"
        raise ValueError(msg) from None
    return month_day


MonthDay = Annotated[
    str,
    StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
    AfterValidator(_in_every_year),
    Field(examples=["07-01"]),
]
"""A day of every year, written month-day, such as 07-01."""


class Signer(Model):
    """A person who signs, and by what authority."""

    name: Line
    """The signer's full name."""
    title: Line
    """The signer's office or position."""
    authority: Line | None = None
    """What empowers the signer, such as a resolution number."""


class Contact(Model):
    """A person and an address to which notices go."""

    name: Line
    """Who receives notices."""
    title: Line | None = None
    """The receiver's position."""
    email: Line
    """The e-mail address for notices."""
    phone: Line | None = None
    """The telephone number."""
    address: Line
    """The postal address, on one line."""


class ClosedDay(Model):
    """A day of its own on which the city's offices are closed."""

    date: dt.date
    """The day."""
    name: Line
    """Why they are closed, such as Founders' Day."""


class City(Model):
    """The city, and the department that manages the contract."""

    name: Line
    """The city's legal name, such as City of Exampleton."""
    department: Line
    """The department that manages the contract."""
    state: State
    """The state whose law governs, by its postal abbreviation."""
    population: Count | None = None
    """Residents at the last census; decides accessibility dates."""
    fiscal_year_start: MonthDay = "07-01"
    """The first day of the city's fiscal year, month-day."""
    closed_days: tuple[ClosedDay, ...] = ()
    """Days besides weekends and federal and state holidays on which the city's offices are closed: no Business Days."""
    contract_manager: Contact
    """The city's contract manager, who receives notices and reports."""
    signers: tuple[Signer, ...] = Field(min_length=1)
    """Who signs for the city, in order."""
    form_approval: Line | None = None
    """Who approves the contract as to form, such as City Attorney; leave out if nobody does."""
    awarding_official: Contact | None = None
    """The official who makes the subaward, with contact information; needed for federal money."""
    simplified_acquisition_threshold: Money | None = None
    """The city's own simplified acquisition threshold, US dollars."""
    micro_purchase_threshold: Money | None = None
    """The city's own micro-purchase threshold, US dollars."""


class ExclusionCheck(Model):
    """How the city made sure that the agency is not excluded (2 CFR 180.300)."""

    method: ExclusionMethod
    """Which of the three ways."""
    checked_on: dt.date
    """The day of the check, or of the certification or clause."""
    checked_by: Line
    """Who made it."""


class Agency(Model):
    """The nonprofit agency that gives the services."""

    legal_name: Line
    """The agency's legal name, exactly as registered."""
    short_name: Line | None = None
    """What the agency is called in everyday talk; never used as a contract term."""
    uei: Uei | None = None
    """The unique entity identifier from SAM.gov; required for federal money."""
    sam_legal_name: Line | None = None
    """The name that SAM.gov shows for the unique entity identifier; must equal legal_name."""
    exclusion_check: ExclusionCheck | None = None
    """How it was found that the agency is not excluded from federal money."""
    lobbying_certified_on: dt.date | None = None
    """The day it signed the certification on lobbying."""
    ein: Ein | None = None
    """The employer identification number."""
    state_of_incorporation: State
    """The state under whose law the agency is organized."""
    contact: Contact
    """Who receives notices for the agency."""
    signers: tuple[Signer, ...] = Field(min_length=1)
    """Who signs for the agency, in order."""
    fiscal_year_start: MonthDay = "07-01"
    """The first day of the agency's fiscal year, month-day."""
    nonprofit_501c3: bool = True
    """Whether the agency is exempt under section 501(c)(3) of the Internal Revenue Code."""
    victim_service_provider: bool = False
    """Whether its main mission is to serve survivors of domestic violence or similar crimes."""
    legal_services: bool = False
    """Whether it is a legal services provider."""
    faith_based: bool = False
    """Whether it is a faith-based organization."""
    hud_approved_housing_counseling: bool = False
    """Whether HUD has approved it as a housing counseling agency."""
    provides_rental_assistance: bool = False
    """Whether it pays rental assistance under this contract."""
    serves_families: bool = False
    """Whether it serves families with children."""
    indirect_rate_percent: Annotated[Money, Field(le=100)] | None = None
    """The federally negotiated indirect cost rate, per cent, if there is one."""
    federal_expended_prior_fiscal_year: Money | None = None
    """Federal awards spent in the agency's last fiscal year, US dollars."""
    risk_rating: RiskRating | None = None
    """The city's rating of the agency's risk."""


class HostSection(Model):
    """One section of the host contract and what the rider does to it."""

    section: Line
    """The section as the host contract numbers it, such as 3.2."""
    title: Line
    """The section's heading."""
    effect: Line
    """What the rider does, as the end of the sentence "Section 3.2 is amended …": to add …, to replace …"""


class HostContract(Model):
    """The agency contract that an FE rider is attached to."""

    number: Line
    """The host contract's number."""
    title: Line
    """The host contract's title."""
    date: dt.date
    """The day the host contract took effect."""
    attachment: Line
    """The number or letter under which the rider is attached, such as Attachment 4."""
    amends: tuple[HostSection, ...] = ()
    """The sections of the host contract that the rider changes, and how."""
    covers: tuple[HostSubject, ...] = ()
    """Subjects the host contract already covers; the rider then stays silent on them."""
