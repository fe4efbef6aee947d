"""Say in words what the closed vocabularies mean, as they read in a contract."""

from __future__ import annotations

from fe_contracts.model.vocabulary import (
    Frequency,
    FundSource,
    MilestoneStatus,
    ReportKind,
    Service,
    Track,
)

__all__ = ["FREQUENCIES", "FUND_SOURCES", "MILESTONE_STATUSES", "REPORT_KINDS", "SERVICES", "TRACKS"]

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
