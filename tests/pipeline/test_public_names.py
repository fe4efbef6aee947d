from __future__ import annotations

import subprocess
import sys

import pytest
from tests.cli.small import environment

import fe_contracts

NAMES = [
    "__version__",
    "accept_changes",
    "AdoptedContract",
    "amend",
    "Amendment",
    "approval_state",
    "ApprovalState",
    "approve",
    "assemble",
    "AssembledContract",
    "BatchResult",
    "BatchRow",
    "Catalog",
    "check_house_style",
    "check_report",
    "check_reports",
    "check_schemas",
    "checked_report",
    "CheckedReport",
    "Citation",
    "Clause",
    "ClauseVersion",
    "compare_contracts",
    "compare_libraries",
    "compare_versions",
    "contract_file_name",
    "contract_reports",
    "ContractDifference",
    "DatedDuty",
    "ContractExport",
    "ContractReports",
    "Decision",
    "describe_catalog",
    "describe_clause",
    "difference_lines",
    "Draft",
    "Effort",
    "explain",
    "Explanation",
    "export_json",
    "export_ocds",
    "export_ocds_package",
    "export_schemas",
    "FACTS",
    "FEContractsError",
    "FilledReport",
    "find_period",
    "Finding",
    "Findings",
    "FormField",
    "HouseStyle",
    "Initiative",
    "inspect",
    "Inspection",
    "LibraryDifference",
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
    "Outdated",
    "outdated",
    "overlay_report",
    "OverlayReport",
    "PaymentMade",
    "pin_versions",
    "PinnedSpec",
    "Period",
    "Pins",
    "Publication",
    "publish",
    "published",
    "Quickstart",
    "quickstart",
    "read_pins",
    "read_report",
    "Readiness",
    "readiness",
    "ReceivedReport",
    "RecordedApprovals",
    "Redline",
    "redline",
    "reject_changes",
    "render_difference",
    "render_readiness",
    "render_schedule",
    "renew",
    "Renewal",
    "report_form",
    "report_template",
    "report_templates",
    "ReportCheck",
    "ReportForm",
    "ReportTemplate",
    "ResolvedChanges",
    "roll_up",
    "RollUp",
    "rollup_data",
    "run_batch",
    "save_difference",
    "save_readiness",
    "save_rollup",
    "save_schedule",
    "Schedule",
    "schedule_contracts",
    "Severity",
    "Spec",
    "stale_citations",
    "stale_citations_in",
    "to_pdf",
    "UndatedDuty",
    "validate",
    "validate_change",
    "VersionDifference",
    "Where",
    "Wishes",
    "Workload",
]


def test_the_public_names_are_these_and_a_change_is_a_decision() -> None:
    assert sorted(fe_contracts.__all__) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_public_name_is_there_and_explains_itself(name: str) -> None:
    value = getattr(fe_contracts, name)
    assert name in dir(fe_contracts)
    if callable(value):
        assert (value.__doc__ or "").strip()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'assembles'"):
        _ = getattr(fe_contracts, "assembles")  # noqa: B009 - a type checker would refuse it plainly


def test_a_name_stays_itself_once_the_module_it_comes_from_is_loaded() -> None:
    import fe_contracts.batch.running as module

    assert fe_contracts.run_batch is module.run_batch


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, fe_contracts; dir(fe_contracts);"
        "print([name for name in ('pydantic','lxml','babel','yaml','jinja2','docx','click','fe_contracts.findings')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
