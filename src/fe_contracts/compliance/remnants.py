"""Find what a change left behind: outcomes and milestones of a service or a deliverable that is no longer bought.

A spec links them by no id, so they are known by the usual measure that an outcome names, and else by their words. That
may be wrong: what is found is a question to the person who made the change, and can be overridden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.vocabulary import OutcomeMeasure, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.performance import Deliverable, Milestone, Outcome
    from fe_contracts.model.spec import Spec

__all__ = ["SERVICE_OF", "check_remnants"]

SERVICE_OF: dict[OutcomeMeasure, Service] = {
    OutcomeMeasure.CREDIT_SCORE_RAISED: Service.CREDIT,
    OutcomeMeasure.CREDIT_ESTABLISHED: Service.CREDIT,
    OutcomeMeasure.DEBT_REDUCED: Service.DEBT,
    OutcomeMeasure.SAVINGS_INCREASED: Service.SAVE,
    OutcomeMeasure.ACCOUNT_OPENED: Service.BANK,
}
"""The service that leads to each usual outcome, where it is one."""

_WORDS: dict[Service, str] = {
    Service.SCREEN: r"screen\w*",
    Service.COUNSEL: r"counsel\w*|sessions?|action plans?",
    Service.CREDIT: r"credit(?! unions?\b)",
    Service.BANK: r"bank\w*|unbanked|underbanked|accounts?",
    Service.DEBT: r"debts?",
    Service.SAVE: r"savings?",
    Service.BENEFITS: r"benefits?",
    Service.TAX: r"tax\w*",
    Service.EDUCATE: r"education|class(?:es)?|workshops?|courses?",
    Service.HOUSING_COUNSEL: r"housing counsel\w*",
}
"""The words by which an outcome, a deliverable or a milestone shows which service it belongs to."""

_REMEDY = "Delete it, or correct its words; if it still holds, say why in an override that names the field."
_WORD = re.compile(r"[a-z][a-z-]+")
_SHORT = 3
_ENOUGH = 2


def check_remnants(old: Spec, new: Spec) -> Iterator[Finding]:
    """Yield what stays in `new` though the service or the deliverable that it belongs to was dropped since `old`."""
    dropped = [item for item in old.services.offered if item not in new.services.offered]
    gone = _gone(old, new)
    for field, name, title, measure in _kept(old, new):
        service = next((item for item in dropped if _belongs(title, measure, item)), None)
        if service is not None:
            said = f"{name} ({title}) stays, and the service {service} that it belongs to is no longer bought."
            yield Finding("CHANGE030", Severity.WARNING, said, Where(field=field), _REMEDY)
        elif not field.startswith("deliverables"):
            found = next((item for item in gone if _counts(title, item, new)), None)
            if found is not None:
                state = "has no target any more" if any(found.id == item.id for item in new.deliverables) else "is gone"
                said = f"{name} ({title}) stays, and the deliverable {found.id} ({found.title}) {state}."
                yield Finding("CHANGE040", Severity.WARNING, said, Where(field=field), _REMEDY)


def _gone(old: Spec, new: Spec) -> list[Deliverable]:
    """Return the deliverables that are no longer promised: left out, or with a target of none."""
    targets = {item.id: item.annual_target for item in new.deliverables}
    return [item for item in old.deliverables if item.annual_target and not targets.get(item.id)]


def _kept(old: Spec, new: Spec) -> Iterator[tuple[str, str, str, OutcomeMeasure | None]]:
    """Yield each entry that reads as it did: field, id, title and usual measure. What was reworded was thought of."""
    known = {(item.id, item.title) for _, item in _entries(old)}
    for field, item in _entries(new):
        if (item.id, item.title) in known:
            measure = getattr(item, "measure", None)
            yield field, item.id, item.title, measure if isinstance(measure, OutcomeMeasure) else None


def _entries(spec: Spec) -> Iterator[tuple[str, Outcome | Milestone | Deliverable]]:
    """Yield what may belong to a service or count a deliverable, with its field; a target of none is no entry."""
    for place, outcome in enumerate(spec.outcomes):
        yield f"outcomes[{place}]", outcome
    for place, milestone in enumerate(spec.milestones):
        yield f"milestones[{place}]", milestone
    for place, deliverable in enumerate(spec.deliverables):
        if deliverable.annual_target:
            yield f"deliverables[{place}]", deliverable


def _belongs(title: str, measure: OutcomeMeasure | None, service: Service) -> bool:
    if measure in SERVICE_OF:
        return SERVICE_OF[measure] is service
    return re.search(rf"\b(?:{_WORDS[service]})\b", title.lower()) is not None


def _counts(title: str, gone: Deliverable, new: Spec) -> bool:
    """Return whether a title speaks of what a dropped deliverable counted, and no other one counts."""
    others = {word for item in new.deliverables if item.annual_target for word in _words(f"{item.title} {item.unit}")}
    said = _words(title)
    own, unit = _words(gone.title) - others, _words(gone.unit) - others
    return bool(said & unit) or len(said & own) >= _ENOUGH


def _words(text: str) -> set[str]:
    """Return the words that carry meaning, one and several alike."""
    return {word.rstrip("s") for word in _WORD.findall(text.lower()) if len(word) > _SHORT}
