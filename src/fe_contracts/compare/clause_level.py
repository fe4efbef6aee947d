"""Say what became of whole clauses: added, removed, moved, in another version, with other duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.catalog.clause import version_key
from fe_contracts.compare.changes import Bump, ChangeKind
from fe_contracts.compare.clauses import differences, language_of
from fe_contracts.compare.contract_changes import ContractChange, Kind, Level, Weight
from fe_contracts.compare.fields import shown
from fe_contracts.compare.weighing import (
    EDITORIAL,
    affected_by_duties,
    affected_by_words,
    in_order,
    weights_of_words,
)
from fe_contracts.compare.words import Language
from fe_contracts.model.clause import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog import ClauseVersion
    from fe_contracts.compare.changes import ClauseChange
    from fe_contracts.compare.contract_changes import Affected
    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.model.clause import Obligation

__all__ = ["come_or_gone", "duty_changes", "moved_section", "version_change"]

_MOST_NOTES = 6
_ACTIONS = {Action.PAY: Weight.MONEY, Action.PERMIT: Weight.RIGHT, Action.REFRAIN: Weight.OBLIGATION}
_KINDS = {
    ChangeKind.PARAMETER: Weight.OBLIGATION,
    ChangeKind.OBLIGATION: Weight.OBLIGATION,
    ChangeKind.REFERENCE: Weight.OBLIGATION,
    ChangeKind.TERM: Weight.OBLIGATION,
    ChangeKind.VALIDITY: Weight.OBLIGATION,
}


def come_or_gone(section: Section, view: ContractView, kind: Kind) -> ContractChange:
    """Return that a clause, or its part of an exhibit, is added or removed."""
    version = view.version_of(section)
    number = section.number
    part = f" in exhibit {number.partition('.')[0]}" if section.exhibit else ""
    verb = "is added as" if kind is Kind.ADDED else "is removed; it was"
    duties = list(version.front.obligations) if version else []
    text = f"{section.title}\n{section.text}"
    affected = affected_by_duties(duties) if duties else affected_by_words(text)
    sides = ("", text) if kind is Kind.ADDED else (text, "")
    summary = (version.front.summary.strip(),) if version and not section.exhibit else ()
    return ContractChange(
        id="",
        level=Level.CLAUSE,
        kind=kind,
        instance=section.instance,
        clause_id=section.clause_id,
        title=section.title,
        old_number="" if kind is Kind.ADDED else number,
        new_number=number if kind is Kind.ADDED else "",
        place="part of an exhibit" if section.exhibit else "clause",
        what=f"{section.title} {verb} section {number}{part}",
        old=sides[0],
        new=sides[1],
        affected=affected,
        weights=in_order([*weights_of_words(*sides, Language()), Weight.OBLIGATION]),
        notes=tuple(f"In plain words: {item}" for item in summary),
    )


def moved_section(old: Section, new: Section) -> ContractChange:
    """Return that a section stands elsewhere; its words are compared apart from that."""
    where = "in another article" if old.home != new.home else "at another place among the sections"
    return ContractChange(
        id="",
        level=Level.CLAUSE,
        kind=Kind.MOVED,
        instance=new.instance,
        clause_id=new.clause_id,
        title=new.title,
        old_number=old.number,
        new_number=new.number,
        place="clause",
        what=f"{new.title} stands {where}: section {old.number} → {new.number}",
        old=old.number,
        new=new.number,
        affected=affected_by_words(new.text),
        weights=EDITORIAL,
        reason="The clause moves as a whole; what changes in its words is told apart.",
    )


def version_change(
    sections: tuple[Section, Section], views: tuple[ContractView, ContractView]
) -> ContractChange | None:
    """Return that a clause stands in another version, with the reasons that the library records; None if it does not.

    The same number with other words, as two cities' own libraries may have it, is another version, too.
    """
    one, other = sections
    before, after = (view.version_of(section) for view, section in zip(views, sections, strict=True))
    known = before is not None and after is not None
    if one.version == other.version and not (known and before and after and before.digest != after.digest):
        return None
    computed: tuple[ClauseChange, ...] = ()
    if before is not None and after is not None and views[1].catalog is not None:
        computed = differences(before, after, language_of(views[1].catalog, other.clause_id))
    same_number = one.version == other.version
    what = f"{other.title}: version {one.version} → {other.version}"
    if same_number:
        what = f"{other.title}: version {other.version} of another library, with other words"
    return ContractChange(
        id="",
        level=Level.VERSION,
        kind=Kind.CHANGED,
        instance=other.instance,
        clause_id=other.clause_id,
        title=other.title,
        old_number=one.number,
        new_number=other.number,
        place="version",
        what=what,
        old=one.version,
        new=other.version,
        affected=_affected(before, after, one, other),
        weights=_weights(computed),
        reason=_reasons(views, other, one.version, other.version),
        notes=_notes(computed, after),
    )


def _affected(
    before: ClauseVersion | None, after: ClauseVersion | None, one: Section, other: Section
) -> tuple[Affected, ...]:
    duties = [duty for version in (before, after) if version for duty in version.front.obligations]
    return affected_by_duties(duties) if duties else affected_by_words(one.text, other.text)


def _weights(computed: tuple[ClauseChange, ...]) -> tuple[Weight, ...]:
    """Return why another version is material; editorial only if the library finds nothing but patches."""
    if not computed:
        return (Weight.OBLIGATION,)
    found: list[Weight] = []
    for change in computed:
        if change.bump in {Bump.NONE, Bump.PATCH} or change.kind is ChangeKind.NOTE:
            continue
        found += weights_of_words(change.old, change.new, Language())
        found.append(_KINDS.get(change.kind, Weight.EDITORIAL))
        if ".due" in change.place:
            found.append(Weight.DEADLINE)
    return in_order(found)


def _reasons(views: tuple[ContractView, ContractView], section: Section, old: str, new: str) -> str:
    """Return why each version from the old one to the new one exists, in the library's own words."""
    catalog = views[1].catalog
    if catalog is None or section.clause_id not in catalog:
        return ""
    low, high = sorted((old or new, new or old), key=version_key)
    passed = [
        version
        for version in catalog[section.clause_id].versions
        if version_key(low) < version_key(version.number) <= version_key(high) or (low == high == version.number)
    ]
    if version_key(old) > version_key(new):
        return f"An earlier version is used; version {old} said: " + " ".join(item.front.reason for item in passed)
    if len(passed) == 1:
        return passed[0].front.reason
    return " ".join(f"{version.number}: {version.front.reason}" for version in passed)


def _notes(computed: tuple[ClauseChange, ...], after: ClauseVersion | None) -> tuple[str, ...]:
    """Return the plain-language summary and what the library computed, the gravest first."""
    told = [f"In plain words: {after.front.summary.strip()}"] if after is not None else []
    counted = [change for change in computed if change.place != "summary"]
    told += (f"{change.bump.value}, {_part(change)}: {change.reason}" for change in counted[:_MOST_NOTES])
    if len(counted) > _MOST_NOTES:
        told.append(f"and {len(counted) - _MOST_NOTES} more: fe-contracts catalog diff shows them all")
    return tuple(told)


def _part(change: ClauseChange) -> str:
    """Return what part of the clause changed, without the line of the library's file: `wording`, `parameter days`."""
    steps = change.place.split(".")
    named = len(steps) > 1 and change.kind in {ChangeKind.PARAMETER, ChangeKind.OBLIGATION}
    return f"{change.kind.value} {steps[1]}" if named else change.kind.value


def _duties(view: ContractView, section: Section) -> dict[str, Obligation]:
    """Return the duties that a clause makes in this contract, as far as its facts are known."""
    version = view.version_of(section)
    if version is None:
        return {}
    facts = view.facts.get(section.instance)
    return {duty.id: duty for duty in version.front.obligations if facts is None or duty.applies_when.judge(facts)}


def duty_changes(
    old: tuple[Section | None, ContractView], new: tuple[Section | None, ContractView]
) -> Iterator[ContractChange]:
    """Yield the duties that a clause makes, ends or changes: by its version, or because facts of the contract did."""
    before, after = (_duties(view, section) if section else {} for section, view in (old, new))
    section = new[0] or old[0]
    if section is None:
        return
    numbers = old[0].number if old[0] else "", new[0].number if new[0] else ""
    for name, duty in before.items():
        if name not in after:
            yield _duty(section, numbers, duty, Kind.REMOVED)
    for name, duty in after.items():
        if name not in before:
            yield _duty(section, numbers, duty, Kind.ADDED)
        elif before[name] != duty:
            yield from _changed_duty(section, numbers, before[name], duty)


def _duty(section: Section, numbers: tuple[str, str], duty: Obligation, kind: Kind) -> ContractChange:
    told = f"{duty.what} {duty.when}"
    verb = "New duty" if kind is Kind.ADDED else "Duty ends"
    who = f"{duty.who.value.capitalize()} to {duty.to.value}"
    weights = in_order([_ACTIONS.get(duty.action, Weight.OBLIGATION), Weight.OBLIGATION])
    sides = ("", told) if kind is Kind.ADDED else (told, "")
    return _change(
        section, numbers, duty, kind, f"obligations.{duty.id}", f"{verb} ({who}): {duty.what}", sides, weights
    )


def _changed_duty(
    section: Section, numbers: tuple[str, str], old: Obligation, new: Obligation
) -> Iterator[ContractChange]:
    for name in type(new).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if name == "due":
            sides = (shown(before.model_dump(mode="json")), shown(after.model_dump(mode="json")))
            weights: tuple[Weight, ...] = (Weight.DEADLINE,)
        else:
            sides = (str(before), str(after))
            weights = in_order([*weights_of_words(*sides, Language()), *([Weight.DEADLINE] if name == "when" else [])])
        field = {"applies_when": "applies if", "what": "what is owed", "who": "who owes it", "to": "to whom"}.get(
            name, name
        )
        what = f"{new.what.rstrip('.')}: {field}: {sides[0]} → {sides[1]}"
        if weights_of_words(*sides, Language()) == EDITORIAL and name in {"what", "when", "evidence", "consequence"}:
            weights = EDITORIAL
        yield _change(section, numbers, new, Kind.CHANGED, f"obligations.{new.id}.{name}", what, sides, weights)


def _change(  # noqa: PLR0913, PLR0917 - one record of this many parts
    section: Section,
    numbers: tuple[str, str],
    duty: Obligation,
    kind: Kind,
    place: str,
    what: str,
    sides: tuple[str, str],
    weights: tuple[Weight, ...],
) -> ContractChange:
    return ContractChange(
        id="",
        level=Level.OBLIGATION,
        kind=kind,
        instance=section.instance,
        clause_id=section.clause_id,
        title=section.title,
        old_number=numbers[0],
        new_number=numbers[1],
        place=place,
        what=what,
        old=sides[0],
        new=sides[1],
        affected=affected_by_duties([duty]),
        weights=weights,
    )
