"""Find what one version of a clause asks less of than another: the terms on which a city's own words are laxer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.model.clause import DueFrom, Protection
from fe_contracts.model.condition import ALWAYS
from fe_contracts.model.vocabulary import Applicability, Frequency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.clause import Clause, ClauseVersion
    from fe_contracts.model.clause import Due, Obligation, ParameterDefinition, VersionFrontMatter

__all__ = ["Loosening", "clause_loosened", "parameter_loosened"]

_LEVELS = (None, Applicability.OPTIONAL, Applicability.RECOMMENDED, Applicability.MANDATORY)
_GUARDS = (Protection.FREE, Protection.GUARDED, Protection.LAW)
_OFTENER = (Frequency.ONCE, Frequency.ANNUAL, Frequency.SEMIANNUAL, Frequency.QUARTERLY, Frequency.MONTHLY)


@dataclass(frozen=True, slots=True)
class Loosening:
    """One term on which the new is laxer than the old."""

    place: str
    """The field: `obligations.report.due`, `parameters.notice_days.minimum`."""
    what: str
    """What happened to it, as a sentence."""
    old: str = ""
    new: str = ""


def _shown(value: Any) -> str:
    """Return a value as a person writes it; nothing where there is none."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def parameter_loosened(name: str, old: ParameterDefinition, new: ParameterDefinition) -> Iterator[Loosening]:
    """Yield each way in which a parameter's new definition allows what the old one refused."""
    place = f"parameters.{name}"

    def lost(field: str, what: str, before: Any = None, after: Any = None) -> Loosening:
        return Loosening(f"{place}.{field}", what, _shown(before), _shown(after))

    yield from _bounds(place, old, new)
    if more := [choice for choice in new.choices if choice not in old.choices]:
        yield lost("choices", "There are more choices.", ", ".join(old.choices), ", ".join(more))
    if old.pattern is not None and new.pattern != old.pattern:
        yield lost("pattern", "The form is another, or free.", old.pattern, new.pattern)
    if old.locked and (not new.locked or new.default != old.default):
        yield lost("locked", "The value is no longer fixed as it was.", old.default, new.default)
    if isinstance(old.default, list | tuple) and new.default and len(new.default) < len(old.default):
        yield lost("default", "It has fewer entries.", len(old.default), len(new.default))
    if old.confirm is not None and new.confirm is None:
        yield lost("confirm", "Nobody has to confirm it any more.", old.confirm.what)
    if new.optional and not old.optional:
        yield lost("optional", "It may stay empty.", old.optional, new.optional)
    if old.type is not new.type:
        yield lost("type", "It is another kind of value.", old.type, new.type)
    if old.from_ is not None and new.from_ != old.from_:
        yield lost("from", "Its value comes from elsewhere.", old.from_, new.from_)


def _bounds(place: str, old: ParameterDefinition, new: ParameterDefinition) -> Iterator[Loosening]:
    if old.minimum is not None and (new.minimum is None or new.minimum < old.minimum):
        yield Loosening(f"{place}.minimum", "The least value is lower.", str(old.minimum), _shown(new.minimum))
    if old.maximum is not None and (new.maximum is None or new.maximum > old.maximum):
        yield Loosening(f"{place}.maximum", "The greatest value is higher.", str(old.maximum), _shown(new.maximum))


def _parameters(old: VersionFrontMatter, new: VersionFrontMatter) -> Iterator[Loosening]:
    for name, definition in old.parameters.items():
        if name in new.parameters:
            yield from parameter_loosened(name, definition, new.parameters[name])
        elif (
            definition.locked or definition.minimum is not None or definition.maximum is not None or definition.confirm
        ):
            yield Loosening(f"parameters.{name}", "A value with bounds is gone.", definition.help)


def _later(old: Due, new: Due) -> bool:
    """Return whether a duty falls due later or less often, or by another count that nobody can compare."""
    if (old.of, old.days, old.frequency) == (new.of, new.days, new.frequency):
        return False
    if old.of is not new.of and new.of is not DueFrom.CONTINUOUS:
        return True
    if old.frequency is not new.frequency and not _oftener(old.frequency, new.frequency):
        return True
    if old.days == new.days or old.of is not new.of:
        return False
    return not (isinstance(old.days, int) and isinstance(new.days, int) and new.days < old.days)


def _oftener(old: Frequency | None, new: Frequency | None) -> bool:
    """Return whether a duty recurs more often than before."""
    if old is None or new is None:
        return old is None
    return old in _OFTENER and new in _OFTENER and _OFTENER.index(new) > _OFTENER.index(old)


def _obligations(old: VersionFrontMatter, new: VersionFrontMatter) -> Iterator[Loosening]:
    left = {duty.id: duty for duty in new.obligations}
    for duty in old.obligations:
        place = f"obligations.{duty.id}"
        if duty.id not in left:
            yield Loosening(place, "The duty is gone.", duty.what)
            continue
        yield from _duty(place, duty, left[duty.id])


def _duty(place: str, old: Obligation, new: Obligation) -> Iterator[Loosening]:
    for field in ("who", "to", "action", "what", "when", "evidence", "consequence"):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield Loosening(f"{place}.{field}", "The duty has another text here.", str(before), str(after))
    if _later(old.due, new.due):
        yield Loosening(f"{place}.due", "It falls due later, less often, or by another count.", *map(_due, (old, new)))
    if new.applies_when not in (old.applies_when, ALWAYS):
        yield Loosening(
            f"{place}.if", "It exists under another condition.", *map(str, (old.applies_when, new.applies_when))
        )


def _due(duty: Obligation) -> str:
    due = duty.due
    parts = [f"{due.days} days after" if due.days is not None else "", due.of.value, due.frequency or ""]
    return " ".join(filter(None, parts))


def _applies(old: VersionFrontMatter, new: VersionFrontMatter) -> Iterator[Loosening]:
    before, after = old.applies, new.applies
    if _LEVELS.index(after.level) < _LEVELS.index(before.level):
        yield Loosening("applies.level", "It is wanted less strongly.", before.level, after.level)
    if after.when not in (before.when, ALWAYS):
        yield Loosening("applies.when", "It is for other contracts.", str(before.when), str(after.when))
    covered = after.level if after.when == ALWAYS else after.otherwise
    if before.when != ALWAYS and _LEVELS.index(covered) < _LEVELS.index(before.otherwise):
        yield Loosening("applies.otherwise", "It is wanted less strongly.", _shown(before.otherwise), _shown(covered))


def _bonds(old: VersionFrontMatter, new: VersionFrontMatter) -> Iterator[Loosening]:
    for cite in old.legal_basis:
        if cite not in new.legal_basis:
            yield Loosening("legal_basis", "A section of law that it rests on is dropped.", cite)
    for kind in ("requires", "conflicts"):
        kept = {(bond.clause, str(bond.when)) for bond in getattr(new.relations, kind)}
        for bond in getattr(old.relations, kind):
            if (bond.clause, str(bond.when)) not in kept:
                yield Loosening(f"relations.{kind}", "A bond is dropped.", f"{bond.clause or bond.when}: {bond.reason}")


def _identity(old: Clause, new: Clause) -> Iterator[Loosening]:
    before, after = old.identity, new.identity
    if _GUARDS.index(after.protection) < _GUARDS.index(before.protection):
        yield Loosening("protection", "It is protected less.", before.protection, after.protection)
    for field in ("scope", "trigger"):
        if getattr(before, field) is not getattr(after, field):
            yield Loosening(field, "It is another one.", getattr(before, field), getattr(after, field))


def clause_loosened(old: Clause, was: ClauseVersion, new: Clause, version: ClauseVersion) -> Iterator[Loosening]:
    """Yield each term on which a version of the new clause asks less than the old clause's version did."""
    yield from _identity(old, new)
    before, after = was.front, version.front
    if version.retires and not was.retires:
        yield Loosening("retires", "The clause ends.", was.number, version.number)
        return
    if version.expires is not None and (was.expires is None or version.expires < was.expires):
        yield Loosening(
            "expires", "The clause ends by itself, or sooner.", _shown(was.expires), _shown(version.expires)
        )
    yield from _applies(before, after)
    yield from _parameters(before, after)
    yield from _obligations(before, after)
    yield from _bonds(before, after)
