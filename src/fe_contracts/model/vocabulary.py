"""List the closed vocabularies: words with one meaning, of the field's standards where one exists."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "AppendixProvision",
    "Applicability",
    "AwardElement",
    "CocRole",
    "ContractKind",
    "CostKind",
    "DeliverableMeasure",
    "Disbursement",
    "EsgComponent",
    "EvidenceBasis",
    "ExclusionMethod",
    "Frequency",
    "FundSource",
    "HostSubject",
    "IndirectBasis",
    "MatchKind",
    "MilestoneStatus",
    "MilestoneType",
    "NationalObjective",
    "OutcomeMeasure",
    "PaymentModel",
    "PeriodBasis",
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
    FEDERAL_TERMS = "federal_terms"


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


class PeriodBasis(StrEnum):
    """What the periods of a report are counted from."""

    CONTRACT = "contract"
    """The term's first day: every period but the last is whole."""
    CALENDAR = "calendar"
    """The calendar year: the first and the last period may be parts of one."""
    CITY_FISCAL_YEAR = "city_fiscal_year"
    """The first day of the city's fiscal year: the first and the last period may be parts of one."""


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


class AwardElement(StrEnum):
    """The fourteen elements of 2 CFR 200.332(b)(1), by their numbers."""

    NAME = "i"
    UEI = "ii"
    FAIN = "iii"
    AWARD_DATE = "iv"
    PERIOD_OF_PERFORMANCE = "v"
    BUDGET_PERIOD = "vi"
    OBLIGATED_AMOUNT = "vii"
    TOTAL_OBLIGATED_AMOUNT = "viii"
    TOTAL_AWARD_AMOUNT = "ix"
    DESCRIPTION = "x"
    AGENCIES = "xi"
    ASSISTANCE_LISTING = "xii"
    RESEARCH_AND_DEVELOPMENT = "xiii"
    INDIRECT_COST_RATE = "xiv"


class IndirectBasis(StrEnum):
    """What an indirect cost rate rests on (2 CFR 200.332(b)(4), 200.414)."""

    NICRA = "NICRA"
    """A rate negotiated with the federal government."""
    NEGOTIATED_PTE = "NEGOTIATED_PTE"
    """A rate negotiated with a pass-through entity."""
    DE_MINIMIS = "DE_MINIMIS"
    """The de minimis rate."""
    DIRECT_ALLOCATION = "DIRECT_ALLOCATION"
    """No rate: shared costs are allocated directly (2 CFR 200.405(d))."""


class ExclusionMethod(StrEnum):
    """The three ways of 2 CFR 180.300 to find that nobody excluded is paid."""

    SAM = "SAM"
    """Exclusions in SAM.gov were looked at."""
    CERT = "CERT"
    """The agency certified."""
    CLAUSE = "CLAUSE"
    """A clause in the contract says so."""


class MatchKind(StrEnum):
    """What kind of contribution counts toward a match."""

    CASH = "cash"
    IN_KIND_SERVICES = "in_kind_services"
    IN_KIND_GOODS = "in_kind_goods"


class CocRole(StrEnum):
    """What the city is in the Continuum of Care program."""

    RECIPIENT = "RECIPIENT"
    UFA = "UFA"
    """Unified Funding Agency."""
    NONE = "NONE"


class EsgComponent(StrEnum):
    """The components of the Emergency Solutions Grants program."""

    STREET_OUTREACH = "SO"
    EMERGENCY_SHELTER = "ES"
    PREVENTION = "HP"
    RAPID_REHOUSING = "RRH"
    HMIS = "HMIS"


class NationalObjective(StrEnum):
    """The national objectives of 24 CFR 570.208 that a public service can meet."""

    LOW_MOD_LIMITED_CLIENTELE = "LMC"
    LOW_MOD_AREA = "LMA"
    URGENT_NEED = "URG"


class AppendixProvision(StrEnum):
    """The provisions of Appendix II to 2 CFR part 200, by their letters."""

    REMEDIES = "A"
    TERMINATION = "B"
    EQUAL_EMPLOYMENT_OPPORTUNITY = "C"
    DAVIS_BACON = "D"
    WORK_HOURS = "E"
    INVENTIONS = "F"
    CLEAN_AIR_AND_WATER = "G"
    DEBARMENT = "H"
    LOBBYING = "I"
    RECOVERED_MATERIALS = "J"
    TELECOMMUNICATIONS = "K"
    DOMESTIC_PREFERENCE = "L"


class CostKind(StrEnum):
    """The kinds of cost in a financial empowerment contract, as the matrix of eligible costs names them."""

    COUNSELOR_PAY = "counselor_pay"
    """Pay and benefits of the people who give the services directly."""
    CREDIT_COUNSELING = "credit_counseling"
    MONEY_MANAGEMENT = "money_management"
    FINANCIAL_EDUCATION = "financial_education"
    CASE_MANAGEMENT = "case_management"
    BENEFITS_ACCESS = "benefits_access"
    EMPLOYMENT = "employment"
    LEGAL_SERVICES = "legal_services"
    TAX_PREPARATION = "tax_preparation"
    HOUSING_COUNSELING = "housing_counseling"
    STAFF_TRAINING = "staff_training"
    PROFESSIONAL_LICENSE = "professional_license"
    """Exam, license or certification fees of staff."""
    DEBT_PAYMENT = "debt_payment"
    """Paying, settling or changing a Client's debt."""
    MATCHED_SAVINGS = "matched_savings"
    ACCOUNT_DEPOSIT = "account_deposit"
    CLIENT_SUPPORT = "client_support"
    """Transport, interpretation and materials that let Clients take part."""
    PARTICIPATION = "participation"
    """Stipends for people who advise the initiative."""
    DATA_SYSTEM = "data_system"
    HMIS = "hmis"
    """The Homeless Management Information System, or a comparable database."""
    RENTAL_ASSISTANCE = "rental_assistance"
    FACILITY = "facility"
    EQUIPMENT = "equipment"
    SUPPLIES = "supplies"
    ADMINISTRATION = "administration"
    INDIRECT = "indirect"
    PROFIT_OR_FEE = "profit_or_fee"
    OTHER = "other"


class DeliverableMeasure(StrEnum):
    """Usual deliverables for which evidence of plausible numbers exists."""

    SCREENED = "screened"
    NEW_CLIENTS = "new_clients"
    SESSIONS = "sessions"
    ACCOUNTS = "accounts"
    BENEFITS_APPLICATIONS = "benefits_applications"
    TAX_RETURNS = "tax_returns"
    STAFF_TRAINED = "staff_trained"


class OutcomeMeasure(StrEnum):
    """Usual outcomes for which evidence of plausible success rates exists."""

    CREDIT_SCORE_RAISED = "credit_score_raised"
    CREDIT_ESTABLISHED = "credit_established"
    DEBT_REDUCED = "debt_reduced"
    SAVINGS_INCREASED = "savings_increased"
    ACCOUNT_OPENED = "account_opened"
    ANY_OUTCOME = "any_outcome"
