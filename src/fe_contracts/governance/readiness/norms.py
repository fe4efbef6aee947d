"""Hold what readiness is judged by, as data with its source: whom to hear, and where each yardstick comes from.

No study known to this library sets any of these figures. They are its own judgment, marked U, and an initiative file
may set each of them otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from fe_contracts.findings import Citation, Confidence
from fe_contracts.model.initiative import Role

__all__ = ["BALANCE", "BUY_IN", "GROUNDWORK", "HERE", "ROLES", "ROLE_NAMES", "TRAINING", "RoleNeeded"]

_SEED = "Living Cities on its grants to Seattle and Louisville, 2012 to 2013"

BUY_IN = Citation(
    f"{_SEED}, lesson 1: stakeholder buy-in",
    Confidence.WEB,
    note="The number of days is this program's judgment.",
)
"""Whoever carries out a change must have been heard."""

BALANCE = Citation(
    f"{_SEED}, lesson 2: balance process and implementation",
    Confidence.WEB,
    note="The figures are this program's judgment.",
)
"""Too long on the process loses support."""

GROUNDWORK = Citation(f"{_SEED}, lesson 2: lay the groundwork before embedding language", Confidence.WEB)
"""Framework, values and assumptions come before new language in the contracts."""

TRAINING = Citation(f"{_SEED}, lesson 2: training front-line staff is implementation", Confidence.WEB)
"""A promise to train is part of the change."""

HERE = Citation("This program's judgment", Confidence.UNKNOWN)
"""No source: reasoned, and open to another view."""

ROLE_NAMES = {
    Role.LIVED_EXPERIENCE: "people with lived experience of homelessness",
    Role.FRONT_LINE_STAFF: "front-line staff",
    Role.FINANCE: "those who keep an agency's books",
    Role.NONPROFIT_DIRECTOR: "nonprofit directors",
    Role.BANK_PARTNER: "a bank or credit union",
    Role.FUNDER: "funders",
    Role.CITY_LEADERSHIP: "the city's leadership",
    Role.CONTRACT_MANAGER: "the city's contract managers",
    Role.COUNSEL: "counsel",
    Role.COORDINATED_ENTRY: "the lead of Coordinated Entry",
    Role.OTHER: "others",
}
"""What each role is called in a sentence."""


@dataclass(frozen=True, slots=True)
class RoleNeeded:
    """A role that should be among the stakeholders, why, and on whose word."""

    role: Role
    why: str
    source: Citation


ROLES = (
    RoleNeeded(
        Role.LIVED_EXPERIENCE,
        "They know what help with money is worth in a shelter.",
        Citation(
            "24 CFR 578.75(g)(1) and 24 CFR 576.405(a)",
            Confidence.INFERENCE,
            note="These speak of the policy-making body of a recipient or subrecipient; that the same holds for an "
            "initiative's committee is this program's reading.",
        ),
    ),
    RoleNeeded(Role.FRONT_LINE_STAFF, "They are the ones who will do the new work.", TRAINING),
    RoleNeeded(Role.NONPROFIT_DIRECTOR, "They sign the contracts, and mostly nonprofits deliver the services.", BUY_IN),
    RoleNeeded(Role.FINANCE, "They will invoice, and fill in the reports that the contracts ask for.", HERE),
    RoleNeeded(Role.BANK_PARTNER, "A safe account needs a bank or credit union that opens it.", HERE),
    RoleNeeded(Role.FUNDER, "Their rules decide what the money may pay for.", HERE),
)
"""Whom an initiative should hear, unless its file says otherwise."""
