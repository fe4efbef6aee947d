"""Financial empowerment clauses in city sub-contracts: a spec goes in, a checked Word contract comes out.

    catalog = load_catalog()
    spec = load_spec("my-contract.yaml")
    for finding in validate(spec, catalog):
        print(finding)
    assemble(spec, catalog).save("my-contract.docx")

Each public name is imported when it is first asked for, so that importing the package costs next to nothing.
Whatever the library raises on purpose is an `FEContractsError`; its kinds stand in `fe_contracts.exceptions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fe_contracts.batch import BatchResult, BatchRow, run_batch
    from fe_contracts.batch.rolling import roll_up
    from fe_contracts.batch.rollup_reports import ContractReports, contract_reports
    from fe_contracts.batch.rollup_saving import save_rollup
    from fe_contracts.catalog import Catalog, Clause, ClauseVersion, load_catalog
    from fe_contracts.catalog.approvals import ApprovalState, approval_state
    from fe_contracts.catalog.overlays import OverlayReport, overlay_report
    from fe_contracts.compare import LibraryDifference, VersionDifference, compare_libraries, compare_versions
    from fe_contracts.compare.contract_changes import ContractDifference
    from fe_contracts.exceptions import FEContractsError
    from fe_contracts.exchange.difference_text import difference_lines
    from fe_contracts.findings import Citation, Finding, Findings, Severity, Where
    from fe_contracts.governance import (
        Decision,
        Draft,
        Publication,
        RecordedApprovals,
        approve,
        new_clause,
        next_version,
        publish,
    )
    from fe_contracts.governance.readiness import AdoptedContract, Readiness, ReceivedReport
    from fe_contracts.model.facts import VOCABULARY as FACTS
    from fe_contracts.model.initiative import Initiative
    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.checking.report import ReportCheck
    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import FormField, ReportForm
    from fe_contracts.performance.reading.report import read_report
    from fe_contracts.performance.rollup.data import rollup_data
    from fe_contracts.performance.rollup.public import published
    from fe_contracts.performance.rollup.rollup import RollUp
    from fe_contracts.performance.writing.template import ReportTemplate
    from fe_contracts.pipeline import AssembledContract, assemble, load_spec, validate, validate_change
    from fe_contracts.pipeline.amending import Amendment, amend
    from fe_contracts.pipeline.checked_reports import checked_report
    from fe_contracts.pipeline.citing import stale_citations, stale_citations_in
    from fe_contracts.pipeline.comparing import compare_contracts, render_difference, save_difference
    from fe_contracts.pipeline.describing import describe_catalog, describe_clause
    from fe_contracts.pipeline.explain import Explanation, explain
    from fe_contracts.pipeline.exporting import (
        CheckedReport,
        ContractExport,
        PaymentMade,
        export_json,
        export_ocds,
        export_ocds_package,
    )
    from fe_contracts.pipeline.house_styles import check_house_style, new_house_style
    from fe_contracts.pipeline.linting import lint_catalog
    from fe_contracts.pipeline.naming import contract_file_name
    from fe_contracts.pipeline.outdated import next_start, outdated
    from fe_contracts.pipeline.pinning import PinnedSpec, pin_versions, read_pins
    from fe_contracts.pipeline.quickstart import Quickstart, quickstart
    from fe_contracts.pipeline.readiness import load_initiative, readiness, render_readiness, save_readiness
    from fe_contracts.pipeline.renewing import load_wishes, renew
    from fe_contracts.pipeline.reporting import report_form, report_template, report_templates
    from fe_contracts.pipeline.reporting_check import check_report, check_reports
    from fe_contracts.pipeline.scheduling import render_schedule, save_schedule, schedule_contracts
    from fe_contracts.pipeline.schemas import check_schemas, export_schemas
    from fe_contracts.renewal.pins import Pins
    from fe_contracts.renewal.result import Renewal
    from fe_contracts.renewal.superseded import Outdated
    from fe_contracts.renewal.wishes import Wishes
    from fe_contracts.schedule.burden import Effort, Workload
    from fe_contracts.schedule.duties import DatedDuty, UndatedDuty
    from fe_contracts.schedule.periods import Period, find_period
    from fe_contracts.schedule.result import Schedule
    from fe_contracts.word import HouseStyle, Inspection, inspect, load_house_style, to_pdf
    from fe_contracts.word.revisions.redlining import Redline, redline
    from fe_contracts.word.revisions.resolving import Resolved as ResolvedChanges
    from fe_contracts.word.revisions.resolving import accept_changes, reject_changes

__version__ = "0.3.0"

__all__ = [
    "FACTS",
    "AdoptedContract",
    "Amendment",
    "ApprovalState",
    "AssembledContract",
    "BatchResult",
    "BatchRow",
    "Catalog",
    "CheckedReport",
    "Citation",
    "Clause",
    "ClauseVersion",
    "ContractDifference",
    "ContractExport",
    "ContractReports",
    "DatedDuty",
    "Decision",
    "Draft",
    "Effort",
    "Explanation",
    "FEContractsError",
    "FilledReport",
    "Finding",
    "Findings",
    "FormField",
    "HouseStyle",
    "Initiative",
    "Inspection",
    "LibraryDifference",
    "Outdated",
    "OverlayReport",
    "PaymentMade",
    "Period",
    "PinnedSpec",
    "Pins",
    "Publication",
    "Quickstart",
    "Readiness",
    "ReceivedReport",
    "RecordedApprovals",
    "Redline",
    "Renewal",
    "ReportCheck",
    "ReportForm",
    "ReportTemplate",
    "ResolvedChanges",
    "RollUp",
    "Schedule",
    "Severity",
    "Spec",
    "UndatedDuty",
    "VersionDifference",
    "Where",
    "Wishes",
    "Workload",
    "__version__",
    "accept_changes",
    "amend",
    "approval_state",
    "approve",
    "assemble",
    "check_house_style",
    "check_report",
    "check_reports",
    "check_schemas",
    "checked_report",
    "compare_contracts",
    "compare_libraries",
    "compare_versions",
    "contract_file_name",
    "contract_reports",
    "describe_catalog",
    "describe_clause",
    "difference_lines",
    "explain",
    "export_json",
    "export_ocds",
    "export_ocds_package",
    "export_schemas",
    "find_period",
    "inspect",
    "lint_catalog",
    "load_catalog",
    "load_house_style",
    "load_initiative",
    "load_spec",
    "load_wishes",
    "new_clause",
    "new_house_style",
    "next_start",
    "next_version",
    "outdated",
    "overlay_report",
    "pin_versions",
    "publish",
    "published",
    "quickstart",
    "read_pins",
    "read_report",
    "readiness",
    "redline",
    "reject_changes",
    "render_difference",
    "render_readiness",
    "render_schedule",
    "renew",
    "report_form",
    "report_template",
    "report_templates",
    "roll_up",
    "rollup_data",
    "run_batch",
    "save_difference",
    "save_readiness",
    "save_rollup",
    "save_schedule",
    "schedule_contracts",
    "stale_citations",
    "stale_citations_in",
    "to_pdf",
    "validate",
    "validate_change",
]

_HOMES = {
    "batch": ("BatchResult", "BatchRow", "run_batch"),
    "batch.rolling": ("roll_up",),
    "batch.rollup_reports": ("ContractReports", "contract_reports"),
    "batch.rollup_saving": ("save_rollup",),
    "catalog": ("Catalog", "Clause", "ClauseVersion", "load_catalog"),
    "catalog.approvals": ("ApprovalState", "approval_state"),
    "catalog.overlays": ("OverlayReport", "overlay_report"),
    "compare": ("LibraryDifference", "VersionDifference", "compare_libraries", "compare_versions"),
    "compare.contract_changes": ("ContractDifference",),
    "exceptions": ("FEContractsError",),
    "exchange.difference_text": ("difference_lines",),
    "findings": ("Citation", "Finding", "Findings", "Severity", "Where"),
    "governance": (
        "Decision",
        "Draft",
        "Publication",
        "RecordedApprovals",
        "approve",
        "new_clause",
        "next_version",
        "publish",
    ),
    "governance.readiness": ("AdoptedContract", "Readiness", "ReceivedReport"),
    "model.facts": ("FACTS",),
    "model.initiative": ("Initiative",),
    "model.spec": ("Spec",),
    "pipeline": ("AssembledContract", "assemble", "load_spec", "validate", "validate_change"),
    "performance.checking.report": ("ReportCheck",),
    "performance.forms.filled": ("FilledReport",),
    "performance.forms.form": ("FormField", "ReportForm"),
    "performance.reading.report": ("read_report",),
    "performance.rollup.rollup": ("RollUp",),
    "performance.rollup.data": ("rollup_data",),
    "performance.rollup.public": ("published",),
    "performance.writing.template": ("ReportTemplate",),
    "pipeline.amending": ("Amendment", "amend"),
    "pipeline.checked_reports": ("checked_report",),
    "pipeline.citing": ("stale_citations", "stale_citations_in"),
    "pipeline.comparing": ("compare_contracts", "render_difference", "save_difference"),
    "pipeline.describing": ("describe_catalog", "describe_clause"),
    "pipeline.explain": ("Explanation", "explain"),
    "pipeline.exporting": (
        "CheckedReport",
        "ContractExport",
        "PaymentMade",
        "export_json",
        "export_ocds",
        "export_ocds_package",
    ),
    "pipeline.house_styles": ("check_house_style", "new_house_style"),
    "pipeline.linting": ("lint_catalog",),
    "pipeline.naming": ("contract_file_name",),
    "pipeline.outdated": (
        "next_start",
        "outdated",
    ),
    "pipeline.pinning": (
        "PinnedSpec",
        "pin_versions",
        "read_pins",
    ),
    "pipeline.readiness": ("load_initiative", "readiness", "render_readiness", "save_readiness"),
    "pipeline.renewing": (
        "load_wishes",
        "renew",
    ),
    "renewal.pins": ("Pins",),
    "renewal.result": ("Renewal",),
    "renewal.superseded": ("Outdated",),
    "renewal.wishes": ("Wishes",),
    "pipeline.quickstart": ("Quickstart", "quickstart"),
    "pipeline.reporting": ("report_form", "report_template", "report_templates"),
    "pipeline.reporting_check": ("check_report", "check_reports"),
    "pipeline.scheduling": ("render_schedule", "save_schedule", "schedule_contracts"),
    "pipeline.schemas": ("check_schemas", "export_schemas"),
    "schedule.burden": ("Effort", "Workload"),
    "schedule.duties": ("DatedDuty", "UndatedDuty"),
    "schedule.periods": ("Period", "find_period"),
    "schedule.result": ("Schedule",),
    "word": ("HouseStyle", "Inspection", "inspect", "load_house_style", "to_pdf"),
    "word.revisions.redlining": ("Redline", "redline"),
    "word.revisions.resolving": ("ResolvedChanges", "accept_changes", "reject_changes"),
}
"""The modules that hold the public names."""

_CALLED_THERE = {"FACTS": "VOCABULARY", "ResolvedChanges": "Resolved"}
"""What a name is called in its module, where that differs."""


def _load(name: str) -> Any:
    """Return the public name from its module, and keep it here for the next time.

    Raises:
        AttributeError: if there is no such name.
    """
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"{__name__}.{home}"), _CALLED_THERE.get(name, name))
            globals()[name] = value
            return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


if not TYPE_CHECKING:  # else a type checker would believe any name to be here
    __getattr__ = _load


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *__all__})
