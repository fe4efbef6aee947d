"""Find the two ways out of balance: too long on the process, and embedding before the groundwork is adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity
from fe_contracts.governance.readiness.measure import Verdict
from fe_contracts.governance.readiness.norms import BALANCE, GROUNDWORK
from fe_contracts.governance.readiness.words import counted, listed
from fe_contracts.model.initiative import ProcessKind
from fe_contracts.model.vocabulary import Track

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from fe_contracts.governance.readiness.case import Case
    from fe_contracts.governance.readiness.contracts import AdoptedContract
    from fe_contracts.governance.readiness.progress import Step

__all__ = ["check_groundwork", "check_length", "verdict_of"]

_PARTS = ((ProcessKind.FRAMEWORK_ADOPTED, "framework"), (ProcessKind.GLOSSARY_ADOPTED, "glossary"))


def verdict_of(case: Case, found: Iterable[Finding]) -> tuple[Verdict, tuple[str, ...], Finding | None]:
    """Return which side is ahead, why, and the finding on it.

    The measure decides; where it sees balance, an imbalance in time that still stands does.
    """
    standing = {item.code for item in found if item.severity is Severity.WARNING}
    verdict, reasons = case.measure.verdict, [case.measure.explained]
    if verdict is Verdict.IN_BALANCE and "READY020" in standing:
        verdict = Verdict.IMPLEMENTATION_AHEAD
        reasons.append("But the contracts carry clauses whose groundwork is not adopted (READY020).")
    elif verdict is Verdict.IN_BALANCE and standing & {"READY010", "READY011"}:
        verdict = Verdict.PROCESS_AHEAD
        code = min(standing & {"READY010", "READY011"})
        reasons.append(f"But the process has taken too long without a step that carries it out ({code}).")
    if verdict is Verdict.IN_BALANCE:
        return verdict, tuple(reasons), None
    process = verdict is Verdict.PROCESS_AHEAD
    finding = Finding(
        "READY001" if process else "READY002",
        Severity.WARNING,
        f"{'Process is ahead of implementation' if process else 'Implementation is ahead of process'}. "
        + " ".join(reasons),
        case.where("implementation" if process else "process"),
        "Take the next step of the implementation before the next meeting: partners judge by what happens."
        if process
        else "Catch up with the groundwork before more contracts or trainings: those who sign must know what it means.",
        BALANCE,
    )
    return verdict, tuple(reasons), finding


def check_length(case: Case) -> Iterator[Finding]:
    """Yield where the process took, or takes, too long: nothing carried out, or no framework after all that time."""
    _, adopted = case.adopted(ProcessKind.FRAMEWORK_ADOPTED)
    if adopted is not None:
        yield from _after_adoption(case, adopted)
    else:
        yield from _before_adoption(case)


def _after_adoption(case: Case, adopted: dt.date) -> Iterator[Finding]:
    allowed = case.initiative.thresholds.implementation_within_days
    first = _first_step(case)
    gone = ((first or case.as_of) - adopted).days
    if gone <= allowed:
        return
    step, _ = case.adopted(ProcessKind.FRAMEWORK_ADOPTED)
    where = case.where(*step.path, "reached") if step else case.where("process")
    if first is not None:
        yield Finding(
            "READY010",
            Severity.INFO,
            f"The first step of the implementation came on {first}, {gone} days after the framework was adopted on "
            f"{adopted}; at most {allowed} were meant to pass.",
            where,
            "Nothing is left to do; expect partners to remember the wait.",
            BALANCE,
        )
        return
    yield Finding(
        "READY010",
        Severity.WARNING,
        f"Too long on the process: the framework was adopted on {adopted}, and in the {counted(gone, 'day')} since "
        f"nobody was trained, no contract took effect and no report came; at most {allowed} should pass."
        f"{_fading(case)}",
        where,
        f"Carry something out now, however small{_next_of(case.ahead(Track.IMPLEMENTATION))}.",
        BALANCE,
    )


def _before_adoption(case: Case) -> Iterator[Finding]:
    reached = [step.reached for step in case.steps if step.track is Track.PROCESS and step.reached]
    begun, allowed = min(reached, default=None), case.initiative.thresholds.framework_within_days
    if begun is None or (case.as_of - begun).days <= allowed:
        return
    step, _ = case.adopted(ProcessKind.FRAMEWORK_ADOPTED)
    yield Finding(
        "READY011",
        Severity.WARNING,
        f"The process began on {begun}, {counted((case.as_of - begun).days, 'day')} ago, and the framework is not "
        f"adopted; at most {allowed} days should pass.{_fading(case)}",
        case.where(*step.path) if step else case.where("process"),
        "Put a framework to the vote that is good enough to begin with: it has versions, and can be bettered.",
        BALANCE,
    )


def _first_step(case: Case) -> dt.date | None:
    """Return the first day on which anything was carried out, whether or not it was planned as a milestone."""
    days = [step.reached for step in case.steps if step.track is Track.IMPLEMENTATION and step.reached]
    days += [item.effective for item in case.embedded]
    days += [item.on for item in case.initiative.training if item.on <= case.as_of and item.trained]
    return min(days, default=None)


def _next_of(steps: list[Step]) -> str:
    return f", beginning with: {steps[0].title}" if steps else ""


def _fading(case: Case) -> str:
    """Return whose support is fading meanwhile, as a sentence."""
    fading = [f"{item.organization} ({item.why_fading})" for item in case.heeded if item.fading]
    return f" Support is fading: {listed(fading)}." if fading else ""


def check_groundwork(case: Case) -> Iterator[Finding]:
    """Yield where contracts carry the clauses before the framework or the glossary was adopted: which, and which."""
    lacking = [(name, step) for kind, name in _PARTS for step, day in [case.adopted(kind)] if day is None]
    names = listed(name for name, _ in lacking)
    where = next((case.where(*step.path) for _, step in lacking if step), case.where("process"))
    if lacking and case.embedded:
        yield Finding(
            "READY020",
            Severity.WARNING,
            f"Embedded without the groundwork: no {names.replace(' and ', ' and no ')} is adopted by {case.as_of}, and "
            f"these contracts carry the clauses: {_told(case.embedded)}.",
            where,
            f"Have the {names} adopted, with these agencies at the table, before another contract takes effect.",
            GROUNDWORK,
        )
    to_come = [item for item in case.contracts if item.clauses and item.effective > case.as_of]
    if lacking and to_come:
        first = min(item.effective for item in to_come)
        yield Finding(
            "READY024",
            Severity.INFO,
            f"The {names} {'is' if len(lacking) == 1 else 'are'} not adopted, and {listed(one.id for one in to_come)} "
            f"will embed the clauses, the first on {first}.",
            where,
            f"Have the {names} adopted before that day.",
            GROUNDWORK,
        )
    yield from _adopted_since(case)


def _adopted_since(case: Case) -> Iterator[Finding]:
    """Yield where contracts took effect before a part of the groundwork that was adopted since."""
    for kind, name in _PARTS:
        step, adopted = case.adopted(kind)
        early = [item for item in case.embedded if adopted and item.effective < adopted]
        if step and early:
            yield Finding(
                "READY020",
                Severity.INFO,
                f"Embedded before the {name} was adopted on {adopted}: {_told(early)}.",
                case.where(*step.path, "reached"),
                f"Tell these agencies what the {name} says, and hear what they think of it.",
                GROUNDWORK,
            )


def _told(contracts: Iterable[AdoptedContract]) -> str:
    """Return the contracts, those of one day and with the same clauses together."""
    groups: dict[tuple[dt.date, str], list[str]] = {}
    for item in contracts:
        groups.setdefault((item.effective, item.carried), []).append(f"{item.id} of {item.agency}")
    return "; ".join(f"{listed(names)}, since {day}, with {clauses}" for (day, clauses), names in groups.items())
