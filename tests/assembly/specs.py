"""Make small specs for tests: one base, changed field by field."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fe_contracts.model.spec import Spec

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BASE", "HOST", "LEFT_OUT", "award", "changed", "make_spec"]

BASE: dict[str, Any] = {
    "contract": {
        "id": "SM-2027-001",
        "title": "Small Pilot",
        "effective_date": "2027-01-01",
        "initiative": "Small Steps",
        "fictional": True,
    },
    "city": {
        "name": "City of Smallton",
        "department": "Housing Department",
        "state": "OH",
        "contract_manager": {"name": "Ann", "email": "ann@smallton.example", "address": "1 Main Street"},
        "signers": [{"name": "Ann", "title": "Director"}],
    },
    "agency": {
        "legal_name": "Small Agency, Inc.",
        "state_of_incorporation": "OH",
        "contact": {"name": "Bo", "email": "bo@agency.example", "address": "2 Main Street"},
        "signers": [{"name": "Bo", "title": "Director"}],
    },
    "funding": [{"id": "general", "source": "LOCAL", "name": "General Fund", "amount": "60000.00"}],
    "total_amount": "60000.00",
    "relationship": {"determination": "NOT_FEDERAL", "determined_by": "Ann", "determined_on": "2026-11-12"},
    "term": {"start_date": "2027-01-01", "end_date": "2027-12-31"},
    "services": {"offered": ["COUNSEL"], "population": "people in shelters", "sites": ["The shelter", "The center"]},
    "payment": {"model": "REIMBURSE"},
    "budget": [
        {"id": "B1", "description": "Counselor", "fund": "general", "activity": "Personnel", "amount": "60000.00"}
    ],
    "deliverables": [
        {
            "id": "D1",
            "title": "Clients counseled",
            "unit": "Clients",
            "quarterly_targets": [10, 10, 10, 10],
            "annual_target": 40,
            "funds": ["general"],
        },
        {
            "id": "D2",
            "title": "Sessions",
            "unit": "Sessions",
            "quarterly_targets": [300, 300, 300, 300],
            "annual_target": 1200,
            "funds": ["general"],
        },
    ],
    "outcomes": [
        {
            "id": "O1",
            "title": "Savings increased",
            "population": "Clients",
            "baseline_rule": "At the first Session",
            "threshold": "Higher by 2 percent",
            "target_percent": "30",
            "follow_up_days": 180,
            "evidence": "Statements",
            "source_system": "The data system",
        }
    ],
    "reports": [
        {
            "id": "R1",
            "title": "Quarterly report",
            "kind": "combined",
            "frequency": "quarterly",
            "due_days": 30,
            "contents": ["results"],
        }
    ],
}

HOST: dict[str, Any] = {
    "number": "H-1",
    "title": "Shelter Contract",
    "date": "2025-07-01",
    "attachment": "Attachment 4",
    "amends": [{"section": "2.1", "title": "Scope", "effect": "to add services"}],
}

LEFT_OUT = object()
"""The change that takes a field away."""

_STEP = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]")


def award(fund_id: str, source: str, day: str, *, amount: str = "60000.00") -> dict[str, Any]:
    """Return a fund of federal money under an award of that day."""
    return {
        "id": fund_id,
        "source": source,
        "name": f"Fund {fund_id}",
        "amount": amount,
        "federal_award": {
            "award_id_fain": f"FAIN-{fund_id}",
            "award_date": day,
            "awarding_agency_name": "HUD",
            "assistance_listing_number": "14.267",
            "assistance_listing_title": "Continuum of Care",
        },
    }


def changed(data: Any, changes: Mapping[str, Any]) -> Any:
    """Return a copy of the data with the value at each path, such as funding[0].amount, set or left out."""
    data = deepcopy(data)
    for path, value in changes.items():
        steps = [name or int(index) for name, index in _STEP.findall(path)]
        place = data
        for step, following in pairwise(steps):
            if isinstance(place, dict):
                place = place.setdefault(step, [] if isinstance(following, int) else {})
            else:
                place = place[step]
        if value is LEFT_OUT:
            del place[steps[-1]]
        elif isinstance(place, list) and steps[-1] == len(place):
            place.append(value)
        else:
            place[steps[-1]] = value
    return data


PROGRAMS: dict[str, tuple[str, dict[str, Any]]] = {
    "COC": ("coc", {"city_role": "RECIPIENT"}),
    "ESG": ("esg", {"components": ["HP"]}),
    "CDBG": ("cdbg", {"national_objective": "LMC", "benefit_test": "Income is documented"}),
}
"""The section that a spec with such money must have, and the least that it says."""


def with_programs(data: dict[str, Any]) -> dict[str, Any]:
    """Return the spec's data with the section of each program whose money it names, where it is missing."""
    sources = {fund.get("source") for fund in data["funding"]}
    return {**{name: terms for source, (name, terms) in PROGRAMS.items() if source in sources}, **data}


def make_spec(changes: Mapping[str, Any] | None = None) -> Spec:
    """Return the base spec with some fields changed."""
    return Spec.model_validate_json(json.dumps(with_programs(changed(BASE, changes or {})), default=str))
