"""Find who has not been heard: stakeholders that fell silent or turned away, and roles that nobody speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity
from fe_contracts.governance.readiness.norms import BUY_IN, HERE, ROLE_NAMES, ROLES, RoleNeeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.governance.readiness.case import Case
    from fe_contracts.governance.readiness.hearing import Heeded

__all__ = ["check_roles", "check_voices"]


def check_voices(case: Case) -> Iterator[Finding]:
    """Yield each stakeholder that was never heard, was not heard for too long, or stands worse than before."""
    for item in case.heeded:
        if item.last_heard is None:
            yield Finding(
                "READY014",
                Severity.WARNING,
                f"{item.organization} has never been heard.",
                case.where("stakeholders", item.place),
                "Ask what they need from the change and what they fear, and record when and how.",
                BUY_IN,
            )
        elif item.too_long:
            yield _silent(case, item)
        if item.was and item.position:
            note = f' ("{item.position.note}")' if item.position.note else ""
            yield Finding(
                "READY013",
                Severity.WARNING,
                f"{item.organization} stands worse than before: {item.was.position} on {item.was.on}, "
                f"{item.position.position} on {item.position.on}{note}.",
                case.where("stakeholders", item.place, "positions"),
                "Find out what changed for them, and answer it before the next milestone.",
                BUY_IN,
            )


def _silent(case: Case, item: Heeded) -> Finding:
    allowed = case.initiative.thresholds.heard_within_days
    return Finding(
        "READY012",
        Severity.WARNING,
        f"{item.organization} has not been heard for {item.silent_days} days, since {item.last_heard} ({item.how}); at "
        f"most {allowed} should pass.",
        case.where("stakeholders", item.place),
        "Ask how the change looks from their side, and record when and how.",
        BUY_IN,
    )


def check_roles(case: Case) -> Iterator[Finding]:
    """Yield each role that the initiative should hear and that none of its stakeholders speaks for."""
    spoken = {role for item in case.initiative.stakeholders for role in item.roles}
    known = {item.role: item for item in ROLES}
    wanted = case.initiative.roles_needed
    needed = ROLES if wanted is None else tuple(known.get(role) or RoleNeeded(role, "", HERE) for role in wanted)
    for item in needed:
        if item.role not in spoken:
            yield Finding(
                "READY015",
                Severity.WARNING,
                f"Nobody among the stakeholders speaks for {ROLE_NAMES[item.role]}. {item.why}".rstrip(),
                case.where("stakeholders"),
                f"Invite somebody, and add them with the role {item.role.value}; a group does, no client is named.",
                item.source,
            )
