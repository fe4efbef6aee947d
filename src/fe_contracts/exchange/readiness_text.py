"""Tell an initiative's readiness as plain text of at most 80 columns: the verdict first, then what to do."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.governance.readiness import AdoptedContract, Readiness
    from fe_contracts.governance.readiness.adoption import Agency
    from fe_contracts.governance.readiness.hearing import Heeded
    from fe_contracts.governance.readiness.measure import TrackShare
    from fe_contracts.governance.readiness.progress import Step

__all__ = ["readiness_text"]

_WIDTH = 80
_BAR = 40
_STATES = {"reached": "reached", "overdue": "OVERDUE", "ahead": "ahead"}


def readiness_text(found: Readiness) -> str:
    """Return readiness as plain text, without colours."""
    return "\n".join(line.rstrip() for line in _lines(found)) + "\n"


def _wrapped(text: str, indent: int = 0, hanging: int = 0, first: str = "") -> Iterator[str]:
    """Yield a paragraph in lines of at most 80 columns; a word that is longer stands alone."""
    lead = " " * indent
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first or lead,
        subsequent_indent=lead + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _lines(found: Readiness) -> Iterator[str]:
    told = "made-up example, " if found.initiative.fictional else ""
    yield from _wrapped(f"{found.initiative.name}, {found.initiative.city} ({told}as of {found.as_of})")
    yield ""
    yield found.headline.upper()
    yield ""
    yield _bar("Process", found.measure.process)
    yield _bar("Implementation", found.measure.implementation)
    yield f"  {'':<15}{'':>6}  # reached   | where the plan is by now"
    yield ""
    for reason in found.reasons:
        yield from _wrapped(reason, 2)
    yield from _next(found)
    yield from _milestones(found)
    yield from _voices(found)
    yield from _contracts(found)
    yield from _training(found)
    yield from _findings(found)


def _bar(name: str, side: TrackShare) -> str:
    """Return one side as a bar, with a mark where its plan is."""
    filled, mark = (round(share * _BAR) for share in (side.reached_share, side.planned_share))
    cells = ["#" if place < filled else "." for place in range(_BAR)]
    cells.insert(mark, "|")
    return f"  {name:<15}{round(side.reached_share * 100):>5}%  {''.join(cells)}  {side.reached} of {side.total}"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)


def _next(found: Readiness) -> Iterator[str]:
    if not found.next_steps:
        return
    yield from _heading("What to do next")
    for number, item in enumerate(found.next_steps, start=1):
        yield from _wrapped(item.what, 4, first=f" {number}. ")
        codes = f" ({', '.join(item.codes)})" if item.codes else ""
        yield from _wrapped(f"{item.why}{codes}", 4)


def _milestones(found: Readiness) -> Iterator[str]:
    yield from _heading("Milestones")
    for track, name in (("process", "Process"), ("implementation", "Implementation")):
        yield f"  {name}"
        for step in found.steps:
            if step.track.value == track:
                yield from _milestone(step)


def _milestone(step: Step) -> Iterator[str]:
    day = step.reached or step.planned
    notes = [f"planned {step.planned}"] if step.reached and step.reached != step.planned else []
    notes += [f"{step.progress} by the {step.known_from}"] if step.progress and not step.reached else []
    told = f" ({'; '.join(notes)})" if notes else ""
    yield from _wrapped(f"{step.title}{told}", 25, first=f"    {_STATES[step.state.value]:<9}{day}  ")


def _voices(found: Readiness) -> Iterator[str]:
    yield from _heading("Who has been heard")
    for item in found.stakeholders:
        yield from _wrapped(f"{item.organization}: {_voice(item)}", 4, first=f"  {'!' if item.fading else ' '} ")


def _voice(item: Heeded) -> str:
    stands = item.position.position.value if item.position else "no position"
    was = f", was {item.was.position.value}" if item.was else ""
    if item.last_heard is None:
        return f"{stands}{was}; NEVER HEARD"
    return f"{stands}{was}; heard {item.last_heard}, {item.silent_days} days ago ({item.how})"


def _contracts(found: Readiness) -> Iterator[str]:
    yield from _heading("What the contracts carry")
    if not found.contracts:
        yield "  No contract is listed."
    for item in found.contracts:
        yield from _wrapped(_contract(item, begun=item.effective <= found.as_of), 2, hanging=2)
    for one in found.signed:
        told = f"Signed off: {one.what.value} {one.version}, by {found.name_of(one.by)} on {one.on} ({one.record})"
        yield from _wrapped(told, 2, hanging=2)


def _contract(item: AdoptedContract, *, begun: bool) -> str:
    versions = sorted(set(item.framework.values()))
    framework = f"; framework and glossary {', '.join(versions)}" if versions else ""
    carried = item.carried or "none of the clauses"
    return f"{item.id}, {item.agency}, {'since' if begun else 'from'} {item.effective}: {carried}{framework}"


def _training(found: Readiness) -> Iterator[str]:
    agencies = [item for item in found.agencies if item.contracts or item.trained or item.trained_before]
    if agencies:
        yield from _heading("Training of front-line staff")
    for item in agencies:
        yield from _wrapped(f"{item.name}: {_trained(item)}", 4, first=f"  {'!' if item.trained < item.owed else ' '} ")


def _trained(item: Agency) -> str:
    told = [f"{item.trained} trained"]
    if item.promised:
        told.append(f"{item.owed} promised by now, {item.promised} in all")
    if item.share is not None and item.share_by is not None:
        reached = f"{item.share_reached}% of {item.staff} front-line staff, " if item.share_reached is not None else ""
        told.append(f"{reached}{item.share.normalize():f}% promised by {item.share_by}")
    return "; ".join(told)


def _findings(found: Readiness) -> Iterator[str]:
    yield from _heading(f"Findings ({len(found.findings)})")
    if not len(found.findings):
        yield "  None."
    for item in found.findings:
        yield from _finding(item)
    marks = {item.citation.confidence for item in found.findings if item.citation}
    if any(mark.needs_counsel for mark in marks):
        yield ""
        yield from _wrapped("[U] is this program's own judgment, [I] its reading of a text; [W] was read on the web.")


def _finding(item: Finding) -> Iterator[str]:
    grave = {Severity.ERROR: "ERROR", Severity.WARNING: "warning", Severity.CONFIRM: "confirm", Severity.INFO: "note"}
    yield from _wrapped(f"{item.code} {grave[item.severity]}  {item.where}", 2, hanging=2)
    yield from _wrapped(item.message, 4)
    if item.remedy:
        yield from _wrapped(f"Do: {item.remedy}", 4, hanging=4)
    if item.citation:
        yield from _wrapped(f"Source: {item.citation}", 4, hanging=4)
