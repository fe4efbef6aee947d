"""List the closed vocabularies: words with one meaning, of the field's standards where one exists."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Applicability",
    "ContractKind",
    "Disbursement",
    "EvidenceBasis",
    "Frequency",
    "FundSource",
    "HostSubject",
    "MilestoneStatus",
    "MilestoneType",
    "PaymentModel",
    "RelationshipKind",
    "ReportKind",
    "RiskRating",
    "Service",
    "SignerParty",
    "Track",
]


class ContractKind(StrEnum):
    """The contract types of the bundled catalog."""

    SUBCONTRACT = "subcontract"
    FE_RIDER = "fe_rider"


class FundSource(StrEnum):
    """Where the money comes from."""

    COC = "COC"
    ESG = "ESG"
    CDBG = "CDBG"
    OTHER_FEDERAL = "OTHER_FEDERAL"
    STATE = "STATE"
    LOCAL = "LOCAL"
    FOUNDATION = "FOUNDATION"

    @property
    def is_federal(self) -> bool:
        """Return whether the money is a federal award or passed through from one."""
        return self in {FundSource.COC, FundSource.ESG, FundSource.CDBG, FundSource.OTHER_FEDERAL}


class HostSubject(StrEnum):
    """What a host contract may already cover, so that a rider need not."""

    FUNDING = "funding"
    BUDGET = "budget"
    PAYMENT = "payment"
    CONFIDENTIALITY = "confidentiality"
    CLIENT_CONSENT = "client_consent"
    DATA_SYSTEM = "data_system"
    CREDIT_REPORTS = "credit_reports"
    ACCESS = "access"
    MONITORING = "monitoring"


class RelationshipKind(StrEnum):
    """What the agency is to the city under 2 CFR 200.331: a human determination, never computed."""

    SUBRECIPIENT = "SUBRECIPIENT"
    CONTRACTOR = "CONTRACTOR"
    NOT_FEDERAL = "NOT_FEDERAL"


class Service(StrEnum):
    """The financial empowerment services a contract can buy."""

    SCREEN = "SCREEN"
    COUNSEL = "COUNSEL"
    CREDIT = "CREDIT"
    BANK = "BANK"
    DEBT = "DEBT"
    SAVE = "SAVE"
    BENEFITS = "BENEFITS"
    TAX = "TAX"
    EDUCATE = "EDUCATE"
    HOUSING_COUNSEL = "HOUSING_COUNSEL"


class PaymentModel(StrEnum):
    """How the city pays."""

    REIMBURSE = "REIMBURSE"
    ADVANCE = "ADVANCE"
    UNIT = "UNIT"
    MILESTONE = "MILESTONE"
    HOLDBACK = "HOLDBACK"


class Disbursement(StrEnum):
    """How often the agency may invoice."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ON_MILESTONE = "on_milestone"


class Track(StrEnum):
    """The two tracks of an initiative: preparing the change, and carrying it out."""

    PROCESS = "process"
    IMPLEMENTATION = "implementation"


class Frequency(StrEnum):
    """How often something is due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    FINAL = "final"
    ONCE = "once"


class ReportKind(StrEnum):
    """What a report is about."""

    PROGRAM = "program"
    FINANCIAL = "financial"
    COMBINED = "combined"
    OUTCOME = "outcome"
    CLOSEOUT = "closeout"


class MilestoneStatus(StrEnum):
    """The milestone statuses of the Open Contracting Data Standard 1.1."""

    SCHEDULED = "scheduled"
    MET = "met"
    NOT_MET = "notMet"
    PARTIALLY_MET = "partiallyMet"


class MilestoneType(StrEnum):
    """The milestone types of the Open Contracting Data Standard 1.1."""

    PRE_PROCUREMENT = "preProcurement"
    APPROVAL = "approval"
    ENGAGEMENT = "engagement"
    ASSESSMENT = "assessment"
    DELIVERY = "delivery"
    REPORTING = "reporting"
    FINANCING = "financing"
    PAYMENT = "payment"


class RiskRating(StrEnum):
    """The city's rating of an agency's risk."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class EvidenceBasis(StrEnum):
    """Whether a value of a worked example stands on the public record."""

    ON_RECORD = "on_record"
    ASSUMED = "assumed"


class SignerParty(StrEnum):
    """Who a signer signs for."""

    CITY = "city"
    AGENCY = "agency"


class Applicability(StrEnum):
    """How strongly a clause is wanted where its condition holds."""

    MANDATORY = "mandatory"
    """By law or by the program's design; the legal basis says which."""
    RECOMMENDED = "recommended"
    """In by default, left out only with a recorded reason."""
    OPTIONAL = "optional"
    """Out by default."""
