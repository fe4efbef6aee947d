"""Tell a roll-up as plain data, in the view that it has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from fe_contracts.findings import Finding, Findings
from fe_contracts.performance.rollup.rollup import Count
from fe_contracts.schedule.burden import Workload

if TYPE_CHECKING:
    from fe_contracts.performance.rollup.rollup import RollUp

__all__ = ["LEFT_OUT", "rollup_data"]

LEFT_OUT = "left out"
"""What stands for a count that is not told."""


def rollup_data(found: RollUp) -> dict[str, Any]:
    """Return the roll-up as plain data; the lines stand with their contracts, totals by deliverable."""
    told: dict[str, Any] = {
        "view": found.view.value,
        "as_of": found.as_of.isoformat(),
        "contracts": [_plain(item) for item in found.contracts],
        "deliverables": [
            {name: value for name, value in _plain(group).items() if name != "lines"} | {"share": _plain(group.share)}
            for group in found.deliverables
        ],
        "adoption_days": [day.isoformat() for day in found.adoption_days],
        "adoption": [_plain(item) for item in found.adoption],
        "drifting": [_plain(item) for item in found.drifting],
        "history": [_plain(item) for item in found.history],
        "skipped": [_plain(item) for item in found.skipped],
        "notes": list(found.notes),
    }
    return told | found.findings.to_dict() | {"exit_code": found.exit_code}


def _plain(value: Any) -> Any:
    match value:
        case Count():
            return LEFT_OUT if value.hidden else _plain(value.value)
        case Finding() | Findings() | Workload():
            return value.to_dict()
        case Enum():
            return value.value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {str(name): _plain(item) for name, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        case _:
            return value
