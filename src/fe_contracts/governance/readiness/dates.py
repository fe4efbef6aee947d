"""Find dates that cannot be: milestones overdue, deeds dated in the future, an order that turns things around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity
from fe_contracts.governance.readiness.progress import State
from fe_contracts.governance.readiness.words import counted
from fe_contracts.model.initiative import ImplementationKind, ProcessKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fe_contracts.governance.readiness.case import Case
    from fe_contracts.sources import Path_

__all__ = ["check_dates", "check_overdue"]


def check_overdue(case: Case) -> Iterator[Finding]:
    """Yield each milestone whose day has passed and that is not reached."""
    for step in case.steps:
        if step.state is State.OVERDUE:
            progress = f" So far: {step.progress}, by the {step.known_from}." if step.progress else ""
            yield Finding(
                "READY050",
                Severity.WARNING,
                f"{step.title} was planned for {step.planned}, {counted(step.days_late(case.as_of), 'day')} ago, and "
                f"is not reached.{progress}",
                case.where(*step.path, "planned"),
                "Reach it, or plan it anew and tell those who wait for it.",
            )


def _deeds(case: Case) -> Iterator[tuple[Path_, dt.date, str]]:
    """Yield every day of the file on which something is said to have happened."""
    initiative = case.initiative
    dated = [(item.id, item.reached, item.title) for item in initiative.process]
    dated += [(item.id, item.reached, item.title) for item in initiative.implementation]
    for step_id, reached, title in dated:
        if reached:
            yield (*_path_of(case, step_id), "reached"), reached, title
    for place, who in enumerate(initiative.stakeholders):
        for inner, taken in enumerate(who.positions):
            yield ("stakeholders", place, "positions", inner, "on"), taken.on, f"a position of {who.organization}"
        for inner, heard in enumerate(who.heard):
            yield ("stakeholders", place, "heard", inner, "on"), heard.on, f"the hearing of {who.organization}"
    for group, days in (
        ("training", [(one.on, "a training") for one in initiative.training]),
        ("engagements", [(one.on, one.title or f"a {one.kind.value}") for one in initiative.engagements]),
        ("sign_offs", [(one.on, f"the sign-off of the {one.what}") for one in initiative.sign_offs]),
    ):
        yield from (((group, place, "on"), day, told) for place, (day, told) in enumerate(days))


def _path_of(case: Case, step_id: str) -> Path_:
    return next(step.path for step in case.steps if step.id == step_id)


def check_dates(case: Case) -> Iterator[Finding]:
    """Yield what is dated after the day asked about, and what came before something it rests on."""
    for path, day, told in _deeds(case):
        if day > case.as_of:
            yield Finding(
                "READY051",
                Severity.ERROR,
                f"{told[:1].upper()}{told[1:]} is dated {day}, after {case.as_of}, the day this is judged for; it does "
                "not count.",
                case.where(*path),
                "Correct the date. What is still to come is planned, not dated as done.",
            )
    yield from _order(case)


def _order(case: Case) -> Iterator[Finding]:
    """Yield what came before something it rests on."""
    _, met = case.adopted(ProcessKind.COMMITTEE_MEETING)
    _, vision = case.adopted(ProcessKind.VISION_ADOPTED)
    step, framework = case.adopted(ProcessKind.FRAMEWORK_ADOPTED)
    for name, before in (("the first committee meeting", met), ("the adoption of the vision", vision)):
        if step and framework and before and framework < before:
            yield _turned(case, (*step.path, "reached"), f"The framework was adopted on {framework}", name, before)
    for place, item in enumerate(case.initiative.implementation):
        if item.kind is not ImplementationKind.FIRST_REPORT or item.reached is None or item.reached > case.as_of:
            continue
        begun = [
            one.effective
            for one in case.contracts
            if item.agency is None or ((agency := case.agency(one)) and agency.id == item.agency)
        ]
        if begun and item.reached < min(begun):
            told = f"{item.title} is dated {item.reached}"
            path = ("implementation", place, "reached")
            yield _turned(case, path, told, "the first contract that could owe it", min(begun))


def _turned(case: Case, path: Path_, told: str, name: str, before: dt.date) -> Finding:
    return Finding(
        "READY052",
        Severity.WARNING,
        f"{told}, before {name} on {before}.",
        case.where(*path),
        "Correct the date that is wrong.",
    )
