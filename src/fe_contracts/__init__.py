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
    from fe_contracts.model.facts import VOCABULARY as FACTS
    from fe_contracts.model.spec import Spec
    from fe_contracts.pipeline import AssembledContract, assemble, load_spec, validate, validate_change
    from fe_contracts.pipeline.amending import Amendment, amend
    from fe_contracts.pipeline.citing import stale_citations, stale_citations_in
    from fe_contracts.pipeline.comparing import compare_contracts, render_difference, save_difference
    from fe_contracts.pipeline.describing import describe_catalog, describe_clause
    from fe_contracts.pipeline.explain import Explanation, explain
    from fe_contracts.pipeline.house_styles import check_house_style, new_house_style
    from fe_contracts.pipeline.linting import lint_catalog
    from fe_contracts.pipeline.naming import contract_file_name
    from fe_contracts.pipeline.outdated import next_start, outdated
    from fe_contracts.pipeline.pinning import PinnedSpec, pin_versions, read_pins
    from fe_contracts.pipeline.quickstart import Quickstart, quickstart
    from fe_contracts.pipeline.renewing import load_wishes, renew
    from fe_contracts.pipeline.schemas import check_schemas, export_schemas
    from fe_contracts.renewal.pins import Pins
    from fe_contracts.renewal.result import Renewal
    from fe_contracts.renewal.superseded import Outdated
    from fe_contracts.renewal.wishes import Wishes
    from fe_contracts.word import HouseStyle, Inspection, inspect, load_house_style, to_pdf
    from fe_contracts.word.revisions.redlining import Redline, redline
    from fe_contracts.word.revisions.resolving import Resolved as ResolvedChanges
    from fe_contracts.word.revisions.resolving import accept_changes, reject_changes

__version__ = "0.2.0"

__all__ = [
    "FACTS",
    "Amendment",
    "ApprovalState",
    "AssembledContract",
    "BatchResult",
    "BatchRow",
    "Catalog",
    "Citation",
    "Clause",
    "ClauseVersion",
    "ContractDifference",
    "Decision",
    "Draft",
    "Explanation",
    "FEContractsError",
    "Finding",
    "Findings",
    "HouseStyle",
    "Inspection",
    "LibraryDifference",
    "Outdated",
    "OverlayReport",
    "PinnedSpec",
    "Pins",
    "Publication",
    "Quickstart",
    "RecordedApprovals",
    "Redline",
    "Renewal",
    "ResolvedChanges",
    "Severity",
    "Spec",
    "VersionDifference",
    "Where",
    "Wishes",
    "__version__",
    "accept_changes",
    "amend",
    "approval_state",
    "approve",
    "assemble",
    "check_house_style",
    "check_schemas",
    "compare_contracts",
    "compare_libraries",
    "compare_versions",
    "contract_file_name",
    "describe_catalog",
    "describe_clause",
    "difference_lines",
    "explain",
    "export_schemas",
    "inspect",
    "lint_catalog",
    "load_catalog",
    "load_house_style",
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
    "quickstart",
    "read_pins",
    "redline",
    "reject_changes",
    "render_difference",
    "renew",
    "run_batch",
    "save_difference",
    "stale_citations",
    "stale_citations_in",
    "to_pdf",
    "validate",
    "validate_change",
]

_HOMES = {
    "batch": ("BatchResult", "BatchRow", "run_batch"),
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
    "model.facts": ("FACTS",),
    "model.spec": ("Spec",),
    "pipeline": ("AssembledContract", "assemble", "load_spec", "validate", "validate_change"),
    "pipeline.amending": ("Amendment", "amend"),
    "pipeline.citing": ("stale_citations", "stale_citations_in"),
    "pipeline.comparing": ("compare_contracts", "render_difference", "save_difference"),
    "pipeline.describing": ("describe_catalog", "describe_clause"),
    "pipeline.explain": ("Explanation", "explain"),
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
    "pipeline.renewing": (
        "load_wishes",
        "renew",
    ),
    "renewal.pins": ("Pins",),
    "renewal.result": ("Renewal",),
    "renewal.superseded": ("Outdated",),
    "renewal.wishes": ("Wishes",),
    "pipeline.quickstart": ("Quickstart", "quickstart"),
    "pipeline.schemas": ("check_schemas", "export_schemas"),
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
