"""Initiatives in every state, for the tests of the page that shows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.governance.initiatives import DAY, contract, day, initiative, judged, orderly

from fe_contracts import readiness
from fe_contracts.governance.readiness import judge_readiness

if TYPE_CHECKING:
    from fe_contracts.governance.readiness import Readiness

__all__ = ["HOSTILE", "SAMPLES", "bare", "crowded", "hostile", "in_balance", "process_ahead", "too_early"]

_FOLDER = Path(__file__).resolve().parents[2] / "examples" / "initiative"
HOSTILE = ["</title><script>alert(1)</script>", "\" onload='x", "{{ 7 * 7 }}", "&lt;b&gt;", "=HYPERLINK(1)", "שלום"]


def in_balance() -> Readiness:
    """Return the example in balance."""
    return readiness(_FOLDER / "in-balance.yaml")


def process_ahead() -> Readiness:
    """Return the example that is too long on the process."""
    return readiness(_FOLDER / "process-ahead.yaml")


def too_early() -> Readiness:
    """Return the example that embeds too early."""
    return readiness(_FOLDER / "embedded-too-early.yaml")


def bare() -> Readiness:
    """Return an initiative that has hardly begun: one of everything, no contract."""
    data = orderly()
    small = {name: data[name] for name in ("name", "city", "stakeholders")}
    small["process"] = [{"id": "P", "kind": "other", "title": "Begin", "planned": "2027-06-15"}]
    small["implementation"] = [{"id": "I", "kind": "other", "title": "Act", "planned": "2027-06-15"}]
    return judge_readiness(initiative(small), (), as_of=DAY)


def crowded() -> Readiness:
    """Return an initiative of forty milestones near each other, forty agencies and twenty years."""
    data = orderly()
    for number in range(40):
        planned = day("2027-01-01").replace(day=1 + number % 28).isoformat()
        data["process"].append(
            {"id": f"X{number}", "kind": "other", "title": f"Step {number}", "planned": planned, "reached": planned}
        )
        data["stakeholders"].append(
            {"id": f"a{number}", "organization": f"Agency {number}", "roles": ["other"], "standing": ["delivers"]}
        )
    data["process"][0]["planned"] = "2008-01-01"
    contracts = [contract(f"C-{number}", agency=f"Agency {number}") for number in range(40)]
    return judged(data, *contracts)


def hostile() -> Readiness:
    """Return an initiative whose every text tries to be something else."""
    data = orderly()
    data["name"], data["city"] = HOSTILE[0], HOSTILE[1]
    data["stakeholders"][0]["organization"] = HOSTILE[0]
    data["stakeholders"][1] |= {"organization": HOSTILE[2], "heard": [{"on": "2027-01-01", "how": HOSTILE[3]}]}
    data["process"][3]["title"], data["process"][2]["title"] = HOSTILE[4], HOSTILE[5]
    return judged(data, contract("<i>", agency=HOSTILE[0]), contract("C-2", agency=HOSTILE[1]))


SAMPLES = {
    "in_balance": in_balance,
    "process_ahead": process_ahead,
    "too_early": too_early,
    "bare": bare,
    "crowded": crowded,
    "hostile": hostile,
}
