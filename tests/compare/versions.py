"""Make clause versions for tests of comparing: from front matter and wording, without a library around them."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog.clause import ClauseVersion
from fe_contracts.catalog.grammar import parse_wording
from fe_contracts.catalog.terms import defined_terms
from fe_contracts.model.clause import VersionFrontMatter

if TYPE_CHECKING:
    from fe_contracts.catalog.wording import Wording

__all__ = ["DUTY", "WORDING", "made"]

WORDING = """
**"Session"** means a meeting under this section.

#. {#plan} The Agency must write a plan within {{ days | count('day') }}.
   #. It belongs to the Client.
#. {#more} See [[FE-05]].
::: when {svc: {contains: CREDIT}}
#. The Agency may help with credit:
   - with reports
   - with disputes
::: end

::: exhibit scope | Sites
::: each site in sites
- {{ site }}
::: end
::: end
"""

DUTY: dict[str, Any] = {
    "id": "plan",
    "who": "agency",
    "to": "client",
    "action": "deliver",
    "what": "A written plan.",
    "when": "Within the agreed days.",
    "due": {"of": "event", "days": "days"},
    "evidence": "The dated plan.",
    "consequence": "It does not count.",
}

_FRONT: dict[str, Any] = {
    "title": "Counseling and plans",
    "effective": "2026-01-01",
    "reason": "A reason.",
    "summary": "What it means.",
    "applies": {"level": "mandatory", "when": {"svc": {"contains": "COUNSEL"}}},
    "legal_basis": ["24 CFR 578.53", "24 CFR 576.105"],
    "policy_basis": "Program policy.",
    "serves": ["dignity"],
    "parameters": {
        "days": {"type": "days", "help": "How long.", "default": 5, "minimum": 1, "maximum": 30, "unit": "days"},
        "sites": {"type": "list", "items": "str", "help": "Where.", "from": "services.sites"},
        "how": {
            "type": "enum",
            "help": "How.",
            "default": "phone",
            "choices": {"phone": "by phone", "video": "by video"},
        },
        "code": {"type": "str", "help": "A code.", "pattern": "[A-Z]+"},
        "rows": {
            "type": "table",
            "help": "Rows.",
            "optional": True,
            "columns": [
                {"name": "what", "title": "What", "help": "What."},
                {"name": "count", "title": "Count", "type": "int", "help": "How many.", "optional": True},
            ],
        },
    },
    "obligations": [DUTY],
    "relations": {"requires": [{"clause": "FE-11", "reason": "Because."}], "supersedes": ["The old section."]},
}


def made(wording: str = WORDING, number: str = "1.0.0", **front: Any) -> ClauseVersion:
    """Return a clause version; fields given replace those of a usual one, and `None` leaves one out."""
    fields = {name: value for name, value in {**_FRONT, **front}.items() if value is not None}
    read = VersionFrontMatter.model_validate_json(json.dumps(fields))
    tree, problems = parse_wording(dedent(wording), f"FE-04@{number}", "clause.md")
    assert problems == ()

    def read_front() -> VersionFrontMatter:
        return read

    def read_wording() -> Wording:
        return tree

    return ClauseVersion(
        "FE-04",
        number,
        read.effective,
        read.expires,
        read.retires,
        tuple(defined_terms(tree)),
        "sha256:" + "0" * 64,
        published=False,
        file="clause.md",
        _read_front=read_front,
        _read_wording=read_wording,
    )
