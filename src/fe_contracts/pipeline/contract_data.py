"""Tell a contract as data, whole: its spec, the clauses it is made of with their values and duties, its dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from fe_contracts import __version__, assembly
from fe_contracts.model.base import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.catalog import Catalog
    from fe_contracts.exchange.ocds_results import CheckedReport, PaymentMade
    from fe_contracts.model.spec import Spec
    from fe_contracts.schedule.result import Schedule

__all__ = ["SCHEMA", "contract_data", "plain"]

SCHEMA = "urn:fe-contracts:contract:1"
"""The name of this form of data: the number at its end grows when a member is removed or means something else."""


def contract_data(
    spec: Spec,
    catalog: Catalog,
    schedule: Schedule,
    checked: Sequence[CheckedReport] = (),
    payments: Sequence[PaymentMade] = (),
) -> dict[str, Any]:
    """Return all of a contract as plain data; `spec` in it is a spec that can be loaded again.

    Results are exact, as the agency reported them: small counts are not left out here.

    Raises:
        ClauseNotInForceError: if the contract type is not in force on the effective date.
    """
    outline = assembly.outline(spec, catalog)
    contract_type = assembly.select(spec, catalog).contract_type
    return {
        "schema": SCHEMA,
        "engine": f"fe_contracts {__version__}",
        "catalog": {
            "name": catalog.library.name,
            "version": catalog.library.version,
            "digest": catalog.digest,
            "layers": [{"name": layer.name, "digest": layer.digest} for layer in catalog.layers],
        },
        "contract_type": {
            "name": contract_type.name,
            "version": contract_type.number,
            "digest": contract_type.digest,
        },
        "spec": plain(spec),
        "clauses": [_clause(item) for item in outline.clauses],
        "schedule": _dates(schedule),
        "results": {
            "reports": [_members(item) for item in checked],
            "payments": [_members(item) for item in payments],
        },
    }


def _clause(placed: assembly.PlacedClause) -> dict[str, Any]:
    """Return one clause of the contract: which version, why, where it stands, its values and its duties."""
    decision, version = placed.decision, placed.version
    return {
        "instance": decision.instance,
        "clause": decision.clause_id,
        "version": version.number,
        "digest": version.digest,
        "published": version.published,
        "effective": version.effective.isoformat(),
        "section": placed.number,
        "title": version.front.title,
        "fund": decision.fund.id if decision.fund else None,
        "level": decision.level.value if decision.level else None,
        "because": list(decision.because),
        "chosen_for": decision.day.isoformat() if decision.day else None,
        "chosen_by": decision.day_from,
        "parameters": plain(placed.values),
        "obligations": [plain(item) for item in version.front.obligations if item.applies_when.judge(placed.facts)],
    }


def _dates(schedule: Schedule) -> dict[str, Any]:
    """Return the dated duties, those without a day, the burden and the notes; whose contract it is stands above."""
    told = schedule.to_dict()
    return {name: told[name] for name in ("duties", "undated", "burden", "notes")}


def _members(record: CheckedReport | PaymentMade) -> dict[str, Any]:
    """Return a record with every member by its name."""
    return {item.name: plain(getattr(record, item.name)) for item in fields(record)}


def plain(value: Any) -> Any:
    """Return a value as JSON has it: days as text, amounts as numbers that lose nothing, models as objects."""
    match value:
        case Model():
            return plain(value.model_dump(by_alias=True))
        case Mapping():
            return {str(name): plain(item) for name, item in value.items()}
        case tuple() | list() | frozenset() | set():
            return [plain(item) for item in value]
        case Enum():
            return value.value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dt.date():
            return value.isoformat()
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)
