"""Small initiatives for the tests of readiness: one that is in order, to be changed in one place at a time."""

from __future__ import annotations

import datetime as dt
import json
from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import SourceError
from fe_contracts.governance.readiness import AdoptedContract, TrainingPromise, judge_readiness
from fe_contracts.model.initiative import Initiative
from fe_contracts.sources import checked, parse_yaml

if TYPE_CHECKING:
    from fe_contracts.findings import Finding
    from fe_contracts.governance.readiness import Readiness, ReceivedReport

__all__ = ["DAY", "contract", "day", "found", "initiative", "judged", "of_code", "orderly", "read"]

DAY = dt.date(2027, 6, 15)

_ORDERLY: dict[str, Any] = {
    "name": "Small Steps",
    "city": "City of Smallton",
    "stakeholders": [
        {
            "id": "agency",
            "organization": "Small Agency, Inc.",
            "roles": ["nonprofit_director", "front_line_staff", "finance"],
            "standing": ["decides", "delivers"],
            "front_line_staff": 20,
            "positions": [{"on": "2027-05-01", "position": "supports"}],
        },
        {
            "id": "people",
            "organization": "Guest council",
            "roles": ["lived_experience", "bank_partner", "funder"],
            "standing": ["affected"],
            "heard": [{"on": "2027-05-20", "how": "visit"}],
        },
    ],
    "process": [
        {"id": "P1", "kind": "committee_meeting", "title": "First meeting", "planned": "2026-09-01",
         "reached": "2026-09-01"},
        {"id": "P2", "kind": "framework_adopted", "title": "Framework adopted", "planned": "2026-11-01",
         "reached": "2026-11-01"},
        {"id": "P3", "kind": "glossary_adopted", "title": "Glossary adopted", "planned": "2026-12-01",
         "reached": "2026-12-01"},
        {"id": "P4", "kind": "committee_meeting", "title": "Year's review", "planned": "2027-12-01"},
    ],
    "implementation": [
        {"id": "I1", "kind": "clauses_embedded", "title": "Clauses embedded", "planned": "2027-01-01"},
        {"id": "I2", "kind": "staff_trained", "title": "Ten trained", "planned": "2027-03-31", "number": 10},
        {"id": "I3", "kind": "first_report", "title": "First report", "planned": "2027-04-30", "reached": "2027-04-30"},
        {"id": "I4", "kind": "staff_trained", "title": "Twenty trained", "planned": "2027-09-30", "number": 20},
    ],
    "training": [{"on": "2027-02-15", "agency": "agency", "trained": 16}],
    "sign_offs": [
        {"by": "agency", "what": "framework", "version": "1.0.0", "on": "2026-11-01", "record": "Minutes"},
        {"by": "agency", "what": "glossary", "version": "1.0.0", "on": "2026-12-01", "record": "Minutes"},
    ],
}  # fmt: skip


def orderly() -> dict[str, Any]:
    """Return an initiative in order, as data that a test may change."""
    return deepcopy(_ORDERLY)


def initiative(data: dict[str, Any] | None = None) -> Initiative:
    """Return the initiative of the data; the orderly one if none is given."""
    return Initiative.model_validate_json(json.dumps(data or orderly()))


def contract(number: str = "C-1", **changes: Any) -> AdoptedContract:
    """Return a contract of the small agency that carries all clauses since the first of January."""
    promise = TrainingPromise("D2 Staff trained", ((day("2027-03-31"), 10), (day("2027-06-30"), 16)), Decimal(80),
                              day("2027-12-31"))  # fmt: skip
    given: dict[str, Any] = {
        "file": f"{number}.yaml",
        "id": number,
        "title": "A contract",
        "agency": "Small Agency Inc",
        "effective": day("2027-01-01"),
        "clauses": {"FE-01": "1.0.0", "FE-02": "1.0.0", "FE-03": "1.0.0", "FE-12": "1.0.0"},
        "framework": dict.fromkeys(("vision", "values", "assumptions", "glossary"), "1.0.0"),
        "promise": promise,
    }
    return AdoptedContract(**{**given, **changes})


def day(text: str) -> dt.date:
    """Return a day."""
    return dt.date.fromisoformat(text)


def judged(
    data: dict[str, Any] | None = None,
    *contracts: AdoptedContract,
    as_of: dt.date = DAY,
    reports: tuple[ReceivedReport, ...] = (),
) -> Readiness:
    """Return how ready the initiative of the data is, with the one contract if none is given."""
    return judge_readiness(initiative(data), contracts or (contract(),), as_of=as_of, reports=reports)


def found(data: dict[str, Any] | None = None, *contracts: AdoptedContract, as_of: dt.date = DAY) -> list[str]:
    """Return the codes found, each once and in order, those that are only worth knowing in brackets."""
    findings = judged(data, *contracts, as_of=as_of).findings
    return sorted({f"({one.code})" if one.severity.value == "info" else one.code for one in findings})


def of_code(ready: Readiness, code: str) -> list[Finding]:
    """Return the findings of one code."""
    return [one for one in ready.findings if one.code == code]


def read(text: str) -> Readiness:
    """Return how ready an initiative is that is read from YAML, so that findings name its lines."""
    origin = parse_yaml(text, "initiative.yaml")
    return judge_readiness(checked(origin, Initiative, error=SourceError), [contract()], as_of=DAY, origin=origin)
