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
    from fe_contracts.catalog.lint import lint as lint_catalog
    from fe_contracts.exceptions import FEContractsError
    from fe_contracts.findings import Citation, Finding, Findings, Severity, Where
    from fe_contracts.governance import Publication, publish
    from fe_contracts.model.facts import VOCABULARY as FACTS
    from fe_contracts.model.spec import Spec
    from fe_contracts.pipeline import AssembledContract, assemble, load_spec, validate
    from fe_contracts.pipeline.describing import describe_catalog, describe_clause
    from fe_contracts.pipeline.explain import Explanation, explain
    from fe_contracts.pipeline.house_styles import check_house_style, new_house_style
    from fe_contracts.pipeline.naming import contract_file_name
    from fe_contracts.pipeline.quickstart import Quickstart, quickstart
    from fe_contracts.pipeline.schemas import check_schemas, export_schemas
    from fe_contracts.word import HouseStyle, Inspection, inspect, load_house_style, to_pdf

__version__ = "0.1.0"

__all__ = [
    "FACTS",
    "AssembledContract",
    "BatchResult",
    "BatchRow",
    "Catalog",
    "Citation",
    "Clause",
    "ClauseVersion",
    "Explanation",
    "FEContractsError",
    "Finding",
    "Findings",
    "HouseStyle",
    "Inspection",
    "Publication",
    "Quickstart",
    "Severity",
    "Spec",
    "Where",
    "__version__",
    "assemble",
    "check_house_style",
    "check_schemas",
    "contract_file_name",
    "describe_catalog",
    "describe_clause",
    "explain",
    "export_schemas",
    "inspect",
    "lint_catalog",
    "load_catalog",
    "load_house_style",
    "load_spec",
    "new_house_style",
    "publish",
    "quickstart",
    "run_batch",
    "to_pdf",
    "validate",
]

_HOMES = {
    "batch": ("BatchResult", "BatchRow", "run_batch"),
    "catalog": ("Catalog", "Clause", "ClauseVersion", "load_catalog"),
    "catalog.lint": ("lint_catalog",),
    "exceptions": ("FEContractsError",),
    "findings": ("Citation", "Finding", "Findings", "Severity", "Where"),
    "governance": ("Publication", "publish"),
    "model.facts": ("FACTS",),
    "model.spec": ("Spec",),
    "pipeline": ("AssembledContract", "assemble", "load_spec", "validate"),
    "pipeline.describing": ("describe_catalog", "describe_clause"),
    "pipeline.explain": ("Explanation", "explain"),
    "pipeline.house_styles": ("check_house_style", "new_house_style"),
    "pipeline.naming": ("contract_file_name",),
    "pipeline.quickstart": ("Quickstart", "quickstart"),
    "pipeline.schemas": ("check_schemas", "export_schemas"),
    "word": ("HouseStyle", "Inspection", "inspect", "load_house_style", "to_pdf"),
}
"""The modules that hold the public names."""

_CALLED_THERE = {"FACTS": "VOCABULARY", "lint_catalog": "lint"}
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
