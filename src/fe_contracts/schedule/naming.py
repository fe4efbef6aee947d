"""Hold what the library's dated duties are called in a calendar, and what each is about."""

from __future__ import annotations

from fe_contracts.schedule.duties import DutyKind

__all__ = ["KINDS", "TITLES"]

TITLES: dict[tuple[str, str], str] = {
    ("DATA-03", "access"): "Access to the data system, training and standards",
    ("DATA-04", "handover"): "Final data without names",
    ("FE-11", "keep_learning"): "Further training of each Counselor",
    ("FE-12", "offer_course"): "Tell which training is offered",
    ("FE-12", "train"): "Front-Line Staff trained",
    ("FED-01", "supply"): "Award information still missing",
    ("FED-03", "give_standards"): "Written standards of the Continuum",
    ("FED-04", "give_standards"): "Written standards",
    ("FED-05", "revert"): "Transfer of grant money left over",
    ("FED-07", "inform_employees"): "Employees told of whistleblower rights",
    ("FED-09", "audit"): "Single Audit at the Clearinghouse",
    ("FED-09", "tell"): "Statement on federal money spent, and audit",
    ("FED-11", "close"): "Written closeout of the award",
    ("FED-11", "last_reports"): "Last day for all reports on the award",
    ("FED-11", "liquidate"): "Last day to pay what is owed for the award",
    ("FED-11", "list_property"): "List of property bought with the award",
    ("FED-11", "return_unspent"): "Return of unspent award money",
    ("FIN-03", "final_invoice"): "Final Invoice",
    ("FIN-03", "invoice"): "Invoice",
    ("FIN-03", "pay"): "Payment of an Invoice",
    ("FIN-04", "certify_completion"): "Certificate that the work was completed",
    ("FIN-07", "match"): "Match given in full",
    ("FORM-04", "renewal_notice"): "Say whether a renewal is offered",
    ("GEN-02", "certificates"): "Certificates of insurance",
    ("GEN-08", "keep"): "Records kept until this day",
    ("PERF-01", "deliver"): "Targets of the contract quarter",
    ("PERF-03", "answer"): "Answer on a Milestone",
    ("PERF-04", "final_report"): "Final Report",
    ("PERF-04", "forms"): "Forms for Reports, and training in them",
    ("PERF-04", "review"): "Answer on a Report",
    ("PERF-05", "apr_data"): "Data for the City's report to HUD",
    ("PERF-05", "grant_year"): "Tell the dates of the grant year",
    ("PERF-06", "monitor"): "Monitoring",
}
"""Short names, by clause and obligation; another duty is called by what it asks for."""

KINDS: dict[tuple[str, str], DutyKind] = {
    ("DATA-03", "access"): DutyKind.DATA,
    ("DATA-04", "handover"): DutyKind.DATA,
    ("FE-11", "keep_learning"): DutyKind.TRAINING,
    ("FE-12", "offer_course"): DutyKind.TRAINING,
    ("FE-12", "train"): DutyKind.TRAINING,
    ("FED-05", "revert"): DutyKind.CLOSEOUT,
    ("FED-09", "audit"): DutyKind.AUDIT,
    ("FED-09", "tell"): DutyKind.AUDIT,
    ("FED-11", "close"): DutyKind.CLOSEOUT,
    ("FED-11", "last_reports"): DutyKind.CLOSEOUT,
    ("FED-11", "liquidate"): DutyKind.CLOSEOUT,
    ("FED-11", "list_property"): DutyKind.CLOSEOUT,
    ("FED-11", "return_unspent"): DutyKind.CLOSEOUT,
    ("FIN-03", "final_invoice"): DutyKind.INVOICE,
    ("FIN-03", "invoice"): DutyKind.INVOICE,
    ("FIN-03", "pay"): DutyKind.PAYMENT,
    ("FIN-04", "certify_completion"): DutyKind.CLOSEOUT,
    ("FORM-04", "renewal_notice"): DutyKind.RENEWAL,
    ("GEN-02", "certificates"): DutyKind.INSURANCE,
    ("GEN-08", "keep"): DutyKind.RETENTION,
    ("PERF-01", "deliver"): DutyKind.DELIVERABLE,
    ("PERF-03", "answer"): DutyKind.MILESTONE,
    ("PERF-03", "reach"): DutyKind.MILESTONE,
    ("PERF-04", "final_report"): DutyKind.REPORT,
    ("PERF-04", "forms"): DutyKind.REPORT,
    ("PERF-04", "report"): DutyKind.REPORT,
    ("PERF-04", "review"): DutyKind.REPORT,
    ("PERF-05", "apr_data"): DutyKind.DATA,
    ("PERF-05", "grant_year"): DutyKind.DATA,
    ("PERF-06", "monitor"): DutyKind.MONITORING,
}
"""What a duty is about, by clause and obligation; `other` where nothing is said."""
