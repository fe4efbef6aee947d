"""Say in words what the closed vocabularies mean, as they read in a contract."""

from __future__ import annotations

from fe_contracts.model.vocabulary import (
    AppendixProvision,
    AwardElement,
    Frequency,
    FundSource,
    MatchKind,
    MilestoneStatus,
    ReportKind,
    Service,
    Track,
)

__all__ = [
    "APPENDIX_II",
    "AWARD_ELEMENTS",
    "FREQUENCIES",
    "FUND_SOURCES",
    "MATCH_KINDS",
    "MILESTONE_STATUSES",
    "REPORT_KINDS",
    "SERVICES",
    "TRACKS",
]

SERVICES: dict[Service, str] = {
    Service.SCREEN: "financial empowerment screening",
    Service.COUNSEL: "one-on-one financial counseling and coaching",
    Service.CREDIT: "credit education and credit building",
    Service.BANK: "help to open and keep a safe bank or credit union account",
    Service.DEBT: "help to reduce debt",
    Service.SAVE: "help to build savings",
    Service.BENEFITS: "help to obtain public benefits",
    Service.TAX: "help to file tax returns free of charge",
    Service.EDUCATE: "group financial education",
    Service.HOUSING_COUNSEL: "housing counseling by a HUD-approved agency",
}
FUND_SOURCES: dict[FundSource, str] = {
    FundSource.COC: "Continuum of Care Program",
    FundSource.ESG: "Emergency Solutions Grants Program",
    FundSource.CDBG: "Community Development Block Grant Program",
    FundSource.OTHER_FEDERAL: "other federal award",
    FundSource.STATE: "state funds",
    FundSource.LOCAL: "City funds",
    FundSource.FOUNDATION: "foundation grant",
}
TRACKS: dict[Track, str] = {Track.PROCESS: "Process", Track.IMPLEMENTATION: "Implementation"}
FREQUENCIES: dict[Frequency, str] = {
    Frequency.MONTHLY: "Monthly",
    Frequency.QUARTERLY: "Quarterly",
    Frequency.SEMIANNUAL: "Twice a year",
    Frequency.ANNUAL: "Annual",
    Frequency.FINAL: "At the end of the term",
    Frequency.ONCE: "Once",
}
REPORT_KINDS: dict[ReportKind, str] = {
    ReportKind.PROGRAM: "Program",
    ReportKind.FINANCIAL: "Financial",
    ReportKind.COMBINED: "Program and financial",
    ReportKind.OUTCOME: "Outcomes",
    ReportKind.CLOSEOUT: "Closeout",
}
MILESTONE_STATUSES: dict[MilestoneStatus, str] = {
    MilestoneStatus.SCHEDULED: "Scheduled",
    MilestoneStatus.MET: "Met",
    MilestoneStatus.NOT_MET: "Not met",
    MilestoneStatus.PARTIALLY_MET: "Partially met",
}
MATCH_KINDS: dict[MatchKind, str] = {
    MatchKind.CASH: "Cash",
    MatchKind.IN_KIND_SERVICES: "In-kind services",
    MatchKind.IN_KIND_GOODS: "In-kind goods",
}
AWARD_ELEMENTS: dict[AwardElement, str] = {
    AwardElement.NAME: "(i) Name of the subrecipient",
    AwardElement.UEI: "(ii) Unique entity identifier",
    AwardElement.FAIN: "(iii) Federal Award Identification Number",
    AwardElement.AWARD_DATE: "(iv) Federal award date",
    AwardElement.PERIOD_OF_PERFORMANCE: "(v) Period of performance of the subaward",
    AwardElement.BUDGET_PERIOD: "(vi) Budget period of the subaward",
    AwardElement.OBLIGATED_AMOUNT: "(vii) Federal funds obligated in the subaward",
    AwardElement.TOTAL_OBLIGATED_AMOUNT: "(viii) Federal funds obligated to the subrecipient in total",
    AwardElement.TOTAL_AWARD_AMOUNT: "(ix) Federal award committed to the subrecipient",
    AwardElement.DESCRIPTION: "(x) Project description of the federal award",
    AwardElement.AGENCIES: "(xi) Federal agency, pass-through entity and awarding official",
    AwardElement.ASSISTANCE_LISTING: "(xii) Assistance Listings title and number",
    AwardElement.RESEARCH_AND_DEVELOPMENT: "(xiii) Whether the award is for research and development",
    AwardElement.INDIRECT_COST_RATE: "(xiv) Indirect cost rate",
}
APPENDIX_II: dict[AppendixProvision, str] = {
    AppendixProvision.REMEDIES: "(A) remedies for breach",
    AppendixProvision.TERMINATION: "(B) termination for cause and for convenience",
    AppendixProvision.EQUAL_EMPLOYMENT_OPPORTUNITY: "(C) equal employment opportunity in construction",
    AppendixProvision.DAVIS_BACON: "(D) wages in construction (Davis-Bacon Act)",
    AppendixProvision.WORK_HOURS: "(E) work hours and safety",
    AppendixProvision.INVENTIONS: "(F) rights to inventions",
    AppendixProvision.CLEAN_AIR_AND_WATER: "(G) clean air and clean water",
    AppendixProvision.DEBARMENT: "(H) debarment and suspension",
    AppendixProvision.LOBBYING: "(I) lobbying",
    AppendixProvision.RECOVERED_MATERIALS: "(J) recovered materials",
    AppendixProvision.TELECOMMUNICATIONS: "(K) telecommunications and video surveillance equipment",
    AppendixProvision.DOMESTIC_PREFERENCE: "(L) preference for goods made in the United States",
}
