"""Describe one sub-contract: the spec, as an analyst writes it and every other layer reads it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from fe_contracts.model.base import ClauseId, ClauseInstance, Key, Line, Model, Money, Prose, VersionNumber
from fe_contracts.model.federal import CdbgTerms, CocTerms, EsgTerms, FederalTerms
from fe_contracts.model.money import BudgetLine, Funding, Payment
from fe_contracts.model.monitoring import Monitoring
from fe_contracts.model.parties import Agency, City, HostContract
from fe_contracts.model.performance import Deliverable, Milestone, Outcome, ReportRequirement
from fe_contracts.model.vocabulary import (
    ContractKind,
    EvidenceBasis,
    FundSource,
    RelationshipKind,
    Service,
)

__all__ = [
    "ClauseChoices",
    "Confirmation",
    "ContractIdentity",
    "DataHandling",
    "Evidence",
    "Exclusion",
    "Override",
    "RecordedAmendment",
    "Relationship",
    "RelationshipReason",
    "Renewed",
    "Services",
    "Spec",
    "Term",
]


class Renewed(Model):
    """The term that a contract follows: what was renewed, and which renewal this is."""

    id: Line
    """The number of the contract that was renewed."""
    effective_date: dt.date
    """The day the renewed contract took effect."""
    end_date: dt.date
    """The last day of the term before this one."""
    renewal: Annotated[int, Field(ge=1, le=99)]
    """Which renewal of the first contract this is: 1 for the second term."""


class RecordedAmendment(Model):
    """An amendment of the contract, as it is recorded: the last one of an amended spec is the one being made."""

    number: Annotated[int, Field(ge=1, le=99)]
    """Its number."""
    effective_date: dt.date
    """The day from which it applies."""
    reason: Prose
    """Why the contract changes, in whole sentences: the amendment itself says it."""


class ContractIdentity(Model):
    """What the contract is called and when it takes effect."""

    id: Line
    """The contract number."""
    title: Line
    """The contract's title, as it stands on the cover."""
    type: ContractKind = ContractKind.SUBCONTRACT
    """A full sub-contract, or an FE rider on a contract that exists."""
    effective_date: dt.date
    """The day it takes effect; what clause versions are chosen by where no other date applies."""
    procurement_reference: Line | None = None
    """The request for proposals or award decision behind it."""
    initiative: Line
    """The name of the financial empowerment initiative."""
    fictional: bool = False
    """Whether names and figures are made up; printed on the cover."""
    renews: Renewed | None = None
    """What this contract renews; left out in a first term. Written by the command renew, never printed."""
    amendments: tuple[RecordedAmendment, ...] = ()
    """The contract's amendments so far, each once and in order; printed in the next amendment, not in the contract."""

    @model_validator(mode="after")
    def _amendments_follow_each_other(self) -> ContractIdentity:
        numbers = [item.number for item in self.amendments]
        if numbers != sorted(set(numbers)):
            msg = f"amendments must be listed once each, by number; they are numbered {', '.join(map(str, numbers))}"
            raise ValueError(msg)
        return self


class RelationshipReason(Model):
    """One factor of 2 CFR 200.331 and what was found."""

    factor: Line
    """The characteristic, in the words of the section."""
    answer: bool
    """Whether it is present."""
    note: Line
    """Why."""


class Relationship(Model):
    """What the agency is to the city, as a person determined it."""

    determination: RelationshipKind
    """Subrecipient, contractor, or not federal when no share is federal."""
    determined_by: Line
    """Who determined it."""
    determined_on: dt.date
    """When."""
    reasons: tuple[RelationshipReason, ...] = ()
    """The factors considered; needed when any share is federal."""


class Term(Model):
    """How long the contract runs and how it may be renewed."""

    start_date: dt.date
    """The first day."""
    end_date: dt.date
    """The last day."""
    renewals: Annotated[int, Field(ge=0, le=4)] = 0
    """How many times it may be renewed from here: a renewal takes one away."""
    renewal_months: Annotated[int, Field(ge=1, le=24)] = 12
    """How many months each renewal adds."""
    max_extent_date: dt.date | None = None
    """The last day it can reach with all renewals."""

    @model_validator(mode="after")
    def _runs_forward(self) -> Term:
        if self.end_date < self.start_date:
            msg = f"end_date {self.end_date} lies before start_date {self.start_date}"
            raise ValueError(msg)
        if self.max_extent_date is not None and self.max_extent_date < self.end_date:
            msg = f"max_extent_date {self.max_extent_date} lies before end_date {self.end_date}"
            raise ValueError(msg)
        if (self.renewals > 0) != (self.max_extent_date is not None):
            msg = "max_extent_date must be given where there are renewals, and only there"
            raise ValueError(msg)
        return self


class Services(Model):
    """Which services the contract buys, for whom and where."""

    offered: tuple[Service, ...] = Field(min_length=1)
    """The services, each once."""
    population: Line
    """Whom the services are for, as the end of a sentence: "adults who live in the City's shelters"."""
    sites: tuple[Line, ...] = Field(min_length=1)
    """Where services are given."""
    start_date: dt.date | None = None
    """The first day of service; the term's first day if left out."""
    counselors: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=2)] | None = None
    """Full-time equivalents of Counselors that the contract pays for."""

    @model_validator(mode="after")
    def _each_once(self) -> Services:
        twice = sorted({item.value for item in self.offered if self.offered.count(item) > 1})
        if twice:
            msg = f"offered lists {', '.join(twice)} more than once"
            raise ValueError(msg)
        return self


class DataHandling(Model):
    """Which data the services touch."""

    hmis: bool = False
    """Whether services are recorded in the Homeless Management Information System."""
    comparable_database: bool = False
    """Whether a victim service provider records them in a comparable database."""
    credit_reports_pulled: bool = False
    """Whether the agency obtains clients' credit reports."""
    tax_data_reused: bool = False
    """Whether tax return information is used for anything but the return."""
    publishes_open_data: bool = False
    """Whether the city publishes contract data."""
    shared_outside: bool = True
    """Whether client data goes to anyone outside the agency."""


class Exclusion(Model):
    """A recommended clause that is left out, and why."""

    clause: ClauseId
    """The clause."""
    reason: Line
    """Why it is left out; recorded in the manifest."""


ParameterValues = dict[str, Any]
"""Values by parameter name; checked against the clause version when it is known."""


class ClauseChoices(Model):
    """Which clauses are added or left out, and the values they take."""

    include: tuple[ClauseId, ...] = ()
    """Optional clauses that are wanted."""
    exclude: tuple[Exclusion, ...] = ()
    """Recommended clauses that are not."""
    parameters: dict[ClauseId, ParameterValues] = Field(default_factory=dict)
    """Values by clause and parameter name."""
    pins: dict[ClauseInstance, VersionNumber] = Field(default_factory=dict)
    """Exact clause versions to use whatever the dates say; FED-01:coc pins what stands for that fund alone."""
    contract_type: VersionNumber | None = None
    """The exact version of the contract type to use whatever the dates say."""
    framework: dict[Key, VersionNumber] = Field(default_factory=dict)
    """Exact versions of vision, values, assumptions or glossary, by name."""


class Confirmation(Model):
    """A person's word that a fact holds."""

    fact: Line
    """The fact as the findings name it, such as FE-05.success_delta_points."""
    value: str | int | Decimal
    """The value that was confirmed; another value must be confirmed anew."""
    confirmed_by: Line
    """Who confirms it."""
    role: Line
    """In what role."""
    confirmed_on: dt.date
    """When."""


class Override(Model):
    """A recorded decision to go on in spite of a finding."""

    code: Line
    """The finding's code."""
    field: Line | None = None
    """The field it was found at; every field if left out."""
    decided_by: Line
    """Who decided."""
    role: Line
    """In what role."""
    decided_on: dt.date
    """When."""
    reason: Prose
    """Why."""


class Evidence(Model):
    """What a value of a worked example rests on."""

    fields: tuple[Line, ...] = Field(min_length=1)
    """The fields, by path, such as funding[0].amount; a path covers all below it."""
    basis: EvidenceBasis
    """Whether the value stands on the public record or is assumed."""
    source: Line
    """Where it stands, or why it was assumed."""


def _known_schema(number: int) -> int:
    """Return the schema number, or say which this program reads."""
    if number != 1:
        msg = f"this program reads spec_version 1, not {number}"
        raise ValueError(msg)
    return number


class Spec(Model):
    """One sub-contract, or one rider, as data: everything its clauses and exhibits are filled from."""

    spec_version: Annotated[int, AfterValidator(_known_schema)] = 1
    """The version of this format."""
    contract: ContractIdentity
    """Identity and dates."""
    city: City
    """The city."""
    agency: Agency
    """The agency."""
    host_contract: HostContract | None = None
    """The contract a rider is attached to; only for a rider."""
    funding: tuple[Funding, ...] = Field(min_length=1)
    """The sources of money."""
    relationship: Relationship
    """The relationship determination."""
    term: Term
    """Term and renewals."""
    services: Services
    """The services bought."""
    payment: Payment
    """The payment model."""
    budget: tuple[BudgetLine, ...] = Field(min_length=1)
    """The budget."""
    total_amount: Money
    """The most the city will pay, US dollars."""
    deliverables: tuple[Deliverable, ...] = Field(min_length=1)
    """What is delivered."""
    outcomes: tuple[Outcome, ...] = ()
    """What changes."""
    milestones: tuple[Milestone, ...] = ()
    """The dated steps."""
    reports: tuple[ReportRequirement, ...] = Field(min_length=1)
    """The reports owed."""
    data: DataHandling = DataHandling()
    """The data touched."""
    monitoring: Monitoring | None = None
    """How the city watches over the contract, and its specific conditions; needed for federal subawards."""
    coc: CocTerms | None = None
    """Continuum of Care terms; only and always with Continuum of Care money."""
    esg: EsgTerms | None = None
    """Emergency Solutions Grants terms; only and always with that money."""
    cdbg: CdbgTerms | None = None
    """Community Development Block Grant terms; only and always with that money."""
    federal_terms: FederalTerms = FederalTerms()
    """Federal terms that are not tied to one program."""
    clauses: ClauseChoices = ClauseChoices()
    """Clause choices and parameter values."""
    confirmations: tuple[Confirmation, ...] = ()
    """Facts confirmed."""
    overrides: tuple[Override, ...] = ()
    """Findings decided upon."""
    evidence: tuple[Evidence, ...] = ()
    """What the values of a worked example rest on."""

    _origin: Any = PrivateAttr(default=None)
    """What the spec was read from, so that findings can name its lines; no part of its value."""

    @model_validator(mode="after")
    def _rider_names_its_host(self) -> Spec:
        is_rider = self.contract.type is ContractKind.FE_RIDER
        if is_rider and self.host_contract is None:
            msg = "a rider needs host_contract: the number, title and date of the contract it is attached to"
            raise ValueError(msg)
        if not is_rider and self.host_contract is not None:
            msg = "host_contract belongs to a rider; set contract.type to fe_rider or delete it"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _programs_have_their_terms(self) -> Spec:
        sources = {fund.source for fund in self.funding}
        for name, source in (("coc", FundSource.COC), ("esg", FundSource.ESG), ("cdbg", FundSource.CDBG)):
            given = getattr(self, name) is not None
            if given != (source in sources):
                msg = (
                    f"{name} is given, but no fund is {source} money; delete it or correct funding"
                    if given
                    else f"{source} money needs the section {name}, with the program's own terms"
                )
                raise ValueError(msg)
        return self

    @property
    def service_start(self) -> dt.date:
        """Return the first day of service."""
        return self.services.start_date or self.term.start_date

    @property
    def federal_funds(self) -> tuple[Funding, ...]:
        """Return the funds that are federal money."""
        return tuple(fund for fund in self.funding if fund.source.is_federal)

    @property
    def total_federal(self) -> Decimal:
        """Return the federal part of the money, US dollars."""
        return sum((fund.amount for fund in self.federal_funds), Decimal(0))
