"""Say what to do next: at most five steps, the most pressing first, each with the findings it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.findings import Severity
from fe_contracts.governance.readiness.norms import ROLE_NAMES
from fe_contracts.governance.readiness.progress import State
from fe_contracts.governance.readiness.words import counted, ended, listed
from fe_contracts.model.initiative import ProcessKind, Standing
from fe_contracts.model.vocabulary import Track

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fe_contracts.findings import Finding
    from fe_contracts.governance.readiness.adoption import Agency
    from fe_contracts.governance.readiness.case import Case
    from fe_contracts.governance.readiness.hearing import Heeded

__all__ = ["MOST", "Advice", "advised"]

MOST = 5
"""How many steps are told: a longer list is read by nobody."""

_NAMES = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """One step to take next."""

    what: str
    why: str
    codes: tuple[str, ...] = ()
    """The findings that it answers."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"what": self.what, "why": self.why, "codes": list(self.codes)}


def advised(case: Case, agencies: Sequence[Agency], found: Sequence[Finding]) -> tuple[Advice, ...]:
    """Return what to do next, in this order.

    Mend what cannot be judged; adopt before embedding; carry something out; hear people; keep promises; then the rest.
    """
    codes = {item.code for item in found if item.severity is not Severity.INFO}
    steps = [
        *_mend(found),
        *_adopt(case, codes),
        *_carry_out(case, codes),
        *_hear(case, codes),
        *_train(agencies, codes),
        *_sign(found),
        *_invite(case, found),
        *_match(agencies, codes),
        *_overdue(case, codes),
        *_to_come(case),
    ]
    return tuple(steps[:MOST])


def _mend(found: Sequence[Finding]) -> Iterator[Advice]:
    wrong = [item for item in found if item.severity is Severity.ERROR]
    if wrong:
        places = listed((str(item.where) for item in wrong), _NAMES)
        what = f"Correct {counted(len(wrong), 'entry', 'entries')} that cannot be judged: {places}."
        yield Advice(what, "What is wrong there is left out of everything below.", _codes(wrong))


def _codes(found: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(sorted({item.code for item in found}))


def _adopt(case: Case, codes: set[str]) -> Iterator[Advice]:
    if not codes & {"READY020", "READY011"}:
        return
    kinds = (("framework", ProcessKind.FRAMEWORK_ADOPTED), ("glossary", ProcessKind.GLOSSARY_ADOPTED))
    missing = [name for name, kind in kinds if case.adopted(kind)[1] is None]
    to_come = sorted(item.effective for item in case.contracts if item.effective > case.as_of)
    first = f" The next contract takes effect on {to_come[0]}." if to_come else ""
    embedded = counted(len(case.embedded), "contract carries", "contracts carry")
    why = f"{embedded} the clauses already.{first}" if case.embedded else f"Partners wait for it.{first}"
    yield Advice(
        f"Put the {listed(missing)} to the steering committee for adoption"
        f"{', and let no other contract take effect before that' if case.embedded else ''}.",
        why,
        tuple(sorted(codes & {"READY020", "READY011"})),
    )


def _carry_out(case: Case, codes: set[str]) -> Iterator[Advice]:
    answered = codes & {"READY001", "READY010"}
    steps = case.ahead(Track.IMPLEMENTATION)
    if answered and steps:
        late = f", planned for {steps[0].planned}" + ("" if steps[0].state is State.AHEAD else " and overdue")
        what = f"Take the next step of the implementation: {steps[0].title}{late}."
        to_come = sorted((item.effective, item.id) for item in case.contracts if item.effective > case.as_of)
        soon = f" The next contract, {to_come[0][1]}, takes effect only on {to_come[0][0]}." if to_come else ""
        yield Advice(what, f"The process is ahead; partners judge by what happens.{soon}", tuple(sorted(answered)))


def _hear(case: Case, codes: set[str]) -> Iterator[Advice]:
    answered = tuple(sorted(codes & {"READY012", "READY013", "READY014"}))
    fading = sorted((item for item in case.heeded if item.fading), key=_urgency)
    if answered and fading:
        names = listed((f"{item.organization} ({item.why_fading})" for item in fading), _NAMES)
        yield Advice(f"Talk with {names}.", "Those who carry out a change must have been heard.", answered)


def _urgency(item: Heeded) -> tuple[int, int, int, int]:
    """Return what those to be heard are sorted by: who turned away, who decides or delivers, who waits longest."""
    standing = set(item.stakeholder.standing)
    silent = item.silent_days if item.silent_days is not None else 10_000
    return (
        -(item.position.position.rank if item.was and item.position else 0),
        0 if standing & {Standing.DELIVERS, Standing.DECIDES} else 1,
        -silent,
        item.place,
    )


def _train(agencies: Sequence[Agency], codes: set[str]) -> Iterator[Advice]:
    short = [item for item in agencies if item.trained < item.owed]
    if short and "READY030" in codes:
        people = listed((f"{item.owed - item.trained} at {item.name}" for item in short), _NAMES)
        why = "The contracts promise them by now, and a duty without training is only paper."
        yield Advice(ended(f"Train {people}"), why, ("READY030",))


def _sign(found: Sequence[Finding]) -> Iterator[Advice]:
    unsigned = [item for item in found if item.code in {"READY021", "READY022"}]
    if unsigned:
        what = "Have the steering committee sign off the versions that the contracts embed."
        yield Advice(what, " ".join(item.message for item in unsigned), _codes(unsigned))


def _invite(case: Case, found: Sequence[Finding]) -> Iterator[Advice]:
    missing = [item for item in found if item.code == "READY015"]
    if missing:
        spoken = {role for item in case.initiative.stakeholders for role in item.roles}
        names = listed(name for role, name in ROLE_NAMES.items() if role not in spoken and _named(name, missing))
        yield Advice(f"Invite somebody who speaks for {names}.", "Nobody does so far.", ("READY015",))


def _named(name: str, found: Sequence[Finding]) -> bool:
    return any(name in item.message for item in found)


def _match(agencies: Sequence[Agency], codes: set[str]) -> Iterator[Advice]:
    strangers = [item.name for item in agencies if not item.stakeholder]
    if strangers:
        why = "They have contracts of this initiative, and are not among its stakeholders."
        yield Advice(ended(f"Bring in {listed(strangers, _NAMES)}"), why, ("READY040",))
    if "READY041" in codes:
        idle = listed((item.name for item in agencies if not item.contracts and not item.to_come), _NAMES)
        yield Advice(f"Settle whether {idle} will have a contract.", "They are said to deliver.", ("READY041",))


def _overdue(case: Case, codes: set[str]) -> Iterator[Advice]:
    named = case.ahead(Track.IMPLEMENTATION)[:1] if codes & {"READY001", "READY010"} else []
    late = [step for step in case.ahead() if step.state is State.OVERDUE and step not in named]
    if late and "READY050" in codes:
        titles = listed((f"{step.title} (planned for {step.planned})" for step in late), _NAMES)
        yield Advice(f"Reach or plan anew: {titles}.", "Their days have passed.", ("READY050",))


def _to_come(case: Case) -> Iterator[Advice]:
    for step in case.ahead():
        if step.state is State.AHEAD:
            days = counted((step.planned - case.as_of).days, "day")
            yield Advice(f"Keep the date: {step.title}, {step.planned}.", f"It is planned for {days} from now.")
